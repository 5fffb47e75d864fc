-- What became of documents, records and links, in order, so that whoever keeps a copy can ask what is new. A document that was added or read anew stands
-- for all its records; records that it no longer has are named one by one.
CREATE TABLE changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,     -- UTC
  what TEXT NOT NULL,   -- added, changed, withdrawn
  kind TEXT NOT NULL,   -- document, record, link
  id TEXT NOT NULL      -- of a link: left, right, type, by and created_at, divided by spaces
) STRICT;

INSERT INTO changes (at, what, kind, id) SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'added', 'document', id FROM documents ORDER BY key;
INSERT INTO changes (at, what, kind, id)
  SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'added', 'link', "left" || ' ' || "right" || ' ' || type || ' ' || "by" || ' ' || created_at FROM links;

CREATE TRIGGER links_added AFTER INSERT ON links BEGIN
  INSERT INTO changes (at, what, kind, id) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'added', 'link',
    new."left" || ' ' || new."right" || ' ' || new.type || ' ' || new."by" || ' ' || new.created_at);
END;
CREATE TRIGGER links_changed AFTER UPDATE OF json ON links WHEN old.json <> new.json BEGIN
  INSERT INTO changes (at, what, kind, id) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'changed', 'link',
    new."left" || ' ' || new."right" || ' ' || new.type || ' ' || new."by" || ' ' || new.created_at);
END;
CREATE TRIGGER links_removed AFTER DELETE ON links BEGIN
  INSERT INTO changes (at, what, kind, id) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'withdrawn', 'link',
    old."left" || ' ' || old."right" || ' ' || old.type || ' ' || old."by" || ' ' || old.created_at);
END;
