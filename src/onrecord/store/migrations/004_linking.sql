-- What linkers remember of documents and records, so that a new document is compared with few of them. Derived: it can be made anew from the documents.
CREATE TABLE traces (
  key INTEGER PRIMARY KEY,
  space TEXT NOT NULL,       -- whose
  owner TEXT NOT NULL,       -- a document's or record's id
  document_id TEXT NOT NULL REFERENCES documents(id),
  day INTEGER NOT NULL,      -- ordinal of the proleptic Gregorian calendar; 0 where unknown
  terms BLOB NOT NULL,       -- what it is filed under: little-endian 64-bit integers
  data BLOB NOT NULL,
  UNIQUE (space, owner)
) STRICT;
CREATE INDEX traces_by_document ON traces(document_id);

CREATE TABLE trace_spaces (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE postings (
  term INTEGER NOT NULL,     -- the space's number above 40 bits of the term, so that a row is short
  day INTEGER NOT NULL,
  trace INTEGER NOT NULL,
  PRIMARY KEY (term, day, trace)
) STRICT, WITHOUT ROWID;

-- Documents that are still to be linked with the others, by their key: new ones, and those whose neighbours changed.
CREATE TABLE unlinked (document INTEGER PRIMARY KEY) STRICT;
INSERT INTO unlinked SELECT key FROM documents;

-- Whether a linker made it, so that linkers' links can be told from those of readings and people, and made anew.
ALTER TABLE links ADD COLUMN of_linker INTEGER NOT NULL DEFAULT 0;
