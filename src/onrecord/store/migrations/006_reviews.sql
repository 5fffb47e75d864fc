-- What people say of records: filled in by the review part.
CREATE TABLE reviews_placeholder (key INTEGER PRIMARY KEY) STRICT;
