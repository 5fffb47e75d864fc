-- Saved searches, and what each has found since it was saved.
CREATE TABLE searches (
  id TEXT PRIMARY KEY,           -- random; names it in addresses and in the ids of its feed's entries
  name TEXT NOT NULL,
  owner TEXT NOT NULL,           -- the name of a token
  shared INTEGER NOT NULL,       -- whether all who may read see it
  query TEXT NOT NULL,           -- what is looked for: a query of the catalogue
  filter TEXT NOT NULL,          -- JSON: the fields that are set
  made_at TEXT NOT NULL,         -- UTC
  key TEXT NOT NULL,             -- secret: who has it may read the feed
  digest INTEGER NOT NULL,       -- whether the daily digest tells it
  webhook TEXT,                  -- where new records are posted
  secret TEXT NOT NULL,          -- signs what is posted
  through INTEGER NOT NULL,      -- the number of the store's change up to which it was looked through
  seen INTEGER NOT NULL,         -- up to which the owner has looked,
  told INTEGER NOT NULL,         -- the digest has told,
  posted INTEGER NOT NULL        -- and records were posted
) STRICT, WITHOUT ROWID;
CREATE INDEX searches_by_owner ON searches(owner, name);

-- Records (or reports) that were added since and fit, each with the change that brought it. One that fits no longer is kept as gone, so that it is
-- told once even if it comes back.
CREATE TABLE found (
  search TEXT NOT NULL REFERENCES searches(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,              -- when it was added, UTC
  id TEXT NOT NULL,              -- of the record or report
  document_id TEXT NOT NULL,
  gone INTEGER NOT NULL,
  PRIMARY KEY (search, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX found_newest ON found(search, seq, id);
CREATE INDEX found_by_document ON found(search, document_id);
