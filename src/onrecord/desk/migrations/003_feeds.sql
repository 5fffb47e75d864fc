-- Feeds, and pages, that are followed. All times are UTC.
CREATE TABLE feeds (
  key INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL,        -- the token's name; empty: the command line
  kind TEXT CHECK (kind IN ('feed', 'page')),  -- NULL until it was read
  title TEXT NOT NULL DEFAULT '',
  site TEXT NOT NULL DEFAULT '', -- the host whose articles it lists
  publisher TEXT,                -- what its articles count as published by
  language TEXT NOT NULL DEFAULT '',
  etag TEXT,
  last_modified TEXT,
  due_at TEXT NOT NULL,
  tried_at TEXT,
  answered_at TEXT,              -- the last time it was there, changed or not
  failures INTEGER NOT NULL DEFAULT 0,  -- since then
  code TEXT,                     -- why it failed; NULL where it answered
  problem TEXT,
  done INTEGER NOT NULL DEFAULT 0,      -- items by state, and when the last one was found; kept by the triggers below
  waiting INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  newest TEXT
) STRICT;

-- What followed feeds list, and what became of it.
CREATE TABLE items (
  feed INTEGER NOT NULL REFERENCES feeds(key) ON DELETE CASCADE,
  key TEXT NOT NULL,             -- the feed's own name for it; of a page, the digest of its bytes
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  published TEXT NOT NULL,
  language TEXT NOT NULL,
  publisher TEXT NOT NULL,
  found_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  tries INTEGER NOT NULL DEFAULT 0,
  due_at TEXT NOT NULL,
  document_id TEXT,
  code TEXT,
  problem TEXT,
  PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX items_due ON items (due_at) WHERE state = 'waiting';
CREATE INDEX items_url ON items (url);
CREATE TRIGGER items_listed AFTER INSERT ON items BEGIN
  UPDATE feeds SET done = done + (NEW.state = 'done'), waiting = waiting + (NEW.state = 'waiting'), failed = failed + (NEW.state = 'failed'),
    newest = NEW.found_at WHERE key = NEW.feed;
END;
CREATE TRIGGER items_settled AFTER UPDATE OF state ON items WHEN OLD.state <> NEW.state BEGIN
  UPDATE feeds SET done = done + (NEW.state = 'done') - (OLD.state = 'done'), waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting'),
    failed = failed + (NEW.state = 'failed') - (OLD.state = 'failed') WHERE key = NEW.feed;
END;
