-- What people say of records, kept beside what the machine read. Decisions are only ever added.
CREATE TABLE decisions (
  seq INTEGER PRIMARY KEY,     -- the order in which they were made; each one's digest hangs on the one before
  record_id TEXT NOT NULL,
  document_id TEXT NOT NULL,   -- refers to no table: decisions outlast their document
  "by" TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL           -- the decision exactly
) STRICT;
CREATE INDEX decisions_by_record ON decisions(record_id, seq);
CREATE INDEX decisions_by_document ON decisions(document_id, record_id);
CREATE INDEX decisions_by_reviewer ON decisions("by", record_id);
CREATE TRIGGER decisions_stay AFTER UPDATE ON decisions BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER decisions_remain AFTER DELETE ON decisions BEGIN SELECT raise(ABORT, 'a decision is never taken away'); END;

-- What decisions come to, derived: the state of every record on which a decision counts.
CREATE TABLE reviewed (
  record_id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'rejected', 'corrected', 'added', 'disputed', 'orphan')),
  machine TEXT NOT NULL CHECK (machine IN ('same', 'different', 'gone', 'none'))
) STRICT, WITHOUT ROWID;
CREATE INDEX reviewed_by_state ON reviewed(state, record_id);
CREATE INDEX reviewed_by_document ON reviewed(document_id);

-- Where people's word stands in `records` in place of what the machine read: what it read there, NULL for nothing.
CREATE TABLE overridden (
  record_id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  json TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX overridden_by_document ON overridden(document_id);

-- The least sure first, to be reviewed; the columns behind spare a look at each record that a filter leaves out.
CREATE INDEX records_by_confidence ON records(confidence, id, kind, type, stance);
