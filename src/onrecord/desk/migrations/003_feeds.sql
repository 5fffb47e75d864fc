-- Followed feeds: filled in by the feeds part.
CREATE TABLE feeds_placeholder (key INTEGER PRIMARY KEY) STRICT;
