-- Saved searches: filled in by the search part.
CREATE TABLE searches_placeholder (key INTEGER PRIMARY KEY) STRICT;
