-- Indexes that pages are read from in order with all the short columns that filters ask for, so that a record is fetched only where it is wanted.
DROP INDEX records_in_order;
CREATE INDEX records_in_order ON records(first_day, document_id, start, id, last_day, kind, issue, type, stance, status, form, confidence);
DROP INDEX records_by_kind;
CREATE INDEX records_by_kind ON records(kind, first_day, document_id, start, id, last_day, stance, status, form, confidence);
DROP INDEX records_by_issue;
CREATE INDEX records_by_issue ON records(issue, first_day, document_id, start, id, last_day, stance, confidence, record_id, statement_id) WHERE issue IS NOT NULL;
DROP INDEX records_by_document;
CREATE INDEX records_by_document ON records(document_id, position, kind, issue, type, stance, status, form, confidence);
CREATE INDEX documents_by_name ON documents(publisher);
CREATE INDEX records_by_issue_label ON records(issue_folded, issue) WHERE issue_folded IS NOT NULL;
