-- Who may do what at the desk. A token is shown once, when it is made; only its digest is kept.
CREATE TABLE tokens (
  name TEXT PRIMARY KEY,         -- who it was made for; signs what is done with it
  scope TEXT NOT NULL CHECK (scope IN ('reader', 'reviewer', 'admin')),
  digest TEXT NOT NULL UNIQUE,   -- SHA-256, hexadecimal, of the 256 random bits
  made_at TEXT NOT NULL,         -- UTC
  expires_at TEXT,               -- UTC; NULL: never
  revoked_at TEXT,
  used_at TEXT                   -- the day it was last used
) STRICT, WITHOUT ROWID;

-- A browser that signed in with a token. Gone with it.
CREATE TABLE signed_in (
  digest TEXT PRIMARY KEY,       -- of the cookie
  token TEXT NOT NULL REFERENCES tokens(name) ON DELETE CASCADE,
  csrf TEXT NOT NULL,
  until TEXT NOT NULL            -- UTC
) STRICT, WITHOUT ROWID;
