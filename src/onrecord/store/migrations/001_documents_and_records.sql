-- Documents, the records read from them, and what each input item was. Claims only: nothing merged is stored.

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  config TEXT NOT NULL,    -- JSON
  versions TEXT NOT NULL   -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT,
  publisher TEXT,
  publisher_folded TEXT,
  published TEXT,
  first_day TEXT NOT NULL,  -- of publication; '' where unknown
  last_day TEXT NOT NULL,
  language TEXT,
  url TEXT,
  text TEXT NOT NULL,
  rest TEXT NOT NULL,       -- JSON: credits, raw_sha256, meta
  input_key TEXT NOT NULL,  -- the input whose reading is kept
  run_id TEXT NOT NULL REFERENCES runs(id)
) STRICT;
CREATE INDEX documents_in_order ON documents(first_day, id);
CREATE INDEX documents_by_publisher ON documents(publisher_folded, id);
CREATE INDEX documents_by_run ON documents(run_id);

-- What a reading found besides records: times, places, mentions, its log. JSON lists, read whole.
CREATE TABLE layers (
  document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  times TEXT NOT NULL,
  places TEXT NOT NULL,
  mentions TEXT NOT NULL,
  issues_log TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('statement', 'event', 'position', 'relation')),
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,   -- its place in the reading
  start INTEGER NOT NULL,      -- of the evidence, in code points
  first_day TEXT NOT NULL,     -- own date, else the document's; '' where unknown
  last_day TEXT NOT NULL,
  type TEXT,
  stance TEXT,
  status TEXT,
  issue TEXT,
  issue_folded TEXT,           -- its label, for look-up
  form TEXT,
  statement_id TEXT,
  record_id TEXT,
  confidence REAL NOT NULL,
  words TEXT NOT NULL,
  about TEXT NOT NULL,
  json TEXT NOT NULL           -- the record exactly
) STRICT;
-- In the order of answers, so that a page is read and not sorted; last_day at the end, so that a filter by date reads the index alone.
CREATE INDEX records_in_order ON records(first_day, document_id, start, id, last_day);
CREATE INDEX records_by_kind ON records(kind, first_day, document_id, start, id, last_day);
CREATE INDEX records_by_type ON records(type, first_day, document_id, start, id, last_day) WHERE type IS NOT NULL;
CREATE INDEX records_by_issue ON records(issue, first_day, document_id, start, id, last_day) WHERE issue IS NOT NULL;
CREATE INDEX records_by_document ON records(document_id, position);
CREATE INDEX records_by_statement ON records(statement_id) WHERE statement_id IS NOT NULL;
CREATE INDEX records_by_record ON records(record_id) WHERE record_id IS NOT NULL;

-- Each actor as it was written down, once; participants point to it.
CREATE TABLE actors (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT NOT NULL,  -- ISO 3166-1 alpha-3, '' where none
  UNIQUE (id, name, kind, country)
) STRICT;
CREATE INDEX actors_by_name ON actors(folded);
CREATE INDEX actors_by_country ON actors(country);

CREATE TABLE participants (
  record INTEGER NOT NULL REFERENCES records(key) ON DELETE CASCADE,
  role TEXT NOT NULL,
  position INTEGER NOT NULL,
  actor INTEGER REFERENCES actors(key),
  mention_folded TEXT,
  PRIMARY KEY (record, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_by_actor ON participants(actor, role) WHERE actor IS NOT NULL;
CREATE INDEX participants_by_mention ON participants(mention_folded, role) WHERE mention_folded IS NOT NULL;

CREATE TABLE inputs (
  key TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('done', 'failed')),
  document_id TEXT REFERENCES documents(id),
  run_id TEXT NOT NULL,
  CHECK ((state = 'done') = (document_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX inputs_by_document ON inputs(document_id);

CREATE TABLE problems (
  input_key TEXT NOT NULL REFERENCES inputs(key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  "where" TEXT NOT NULL,
  hint TEXT NOT NULL,
  PRIMARY KEY (input_key, position),
  UNIQUE (input_key, code, message, "where")
) STRICT, WITHOUT ROWID;

-- Decisions across documents. They name ids that may come and go, so they refer to no table.
CREATE TABLE links (
  "left" TEXT NOT NULL,
  "right" TEXT NOT NULL,
  type TEXT NOT NULL,
  "by" TEXT NOT NULL,
  created_at TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY ("left", "right", type, "by", created_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_right ON links("right");

-- Full text. External content: the words are kept once, in the tables above; triggers keep the index in step within the same transaction.
CREATE VIRTUAL TABLE document_words USING fts5(title, text, content='documents', content_rowid='key', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE record_words USING fts5(words, about, content='records', content_rowid='key', tokenize='unicode61 remove_diacritics 2');

CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
  INSERT INTO document_words(rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
  INSERT INTO document_words(document_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER documents_retitled AFTER UPDATE OF title ON documents WHEN old.title IS NOT new.title BEGIN
  INSERT INTO document_words(document_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
  INSERT INTO document_words(rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER records_added AFTER INSERT ON records BEGIN
  INSERT INTO record_words(rowid, words, about) VALUES (new.key, new.words, new.about);
END;
CREATE TRIGGER records_removed AFTER DELETE ON records BEGIN
  INSERT INTO record_words(record_words, rowid, words, about) VALUES ('delete', old.key, old.words, old.about);
END;
