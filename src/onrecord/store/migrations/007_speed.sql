-- Indexes that pages are read from in order with all the short columns that filters ask for, so that a record is fetched only where it is wanted.
DROP INDEX records_in_order;
CREATE INDEX records_in_order ON records(first_day, document_id, start, id, last_day, kind, issue, type, stance, status, form, confidence);
DROP INDEX records_by_kind;
CREATE INDEX records_by_kind ON records(kind, first_day, document_id, start, id, last_day, stance, status, form, confidence);
DROP INDEX records_by_issue;
CREATE INDEX records_by_issue ON records(issue, first_day, document_id, start, id, last_day, stance, confidence, record_id, statement_id) WHERE issue IS NOT NULL;
CREATE INDEX records_by_issue_label ON records(issue_folded, issue) WHERE issue_folded IS NOT NULL;
DROP INDEX records_by_document;
CREATE INDEX records_by_document ON records(document_id, position, kind, issue, type, stance, status, form, confidence);
CREATE INDEX documents_by_name ON documents(publisher, first_day, last_day);
CREATE INDEX documents_by_language ON documents(language, id) WHERE language IS NOT NULL;
-- Records whose days are several: few, and the only ones that may reach into a time from before it.
CREATE INDEX records_of_days ON records(last_day, first_day) WHERE last_day > first_day;
DROP INDEX documents_in_order;
CREATE INDEX documents_in_order ON documents(first_day, id, last_day, language);
CREATE INDEX links_by_type ON links(type, "left", "right", "by", created_at);
