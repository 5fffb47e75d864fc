-- What people judge of links stands in the one chain with what they decide on records: seq goes on through both tables, each digest hangs on the one
-- before. Judgements of before have neither.
ALTER TABLE links ADD COLUMN seq INTEGER;
ALTER TABLE links ADD COLUMN digest TEXT;
CREATE UNIQUE INDEX links_in_the_chain ON links(seq) WHERE seq IS NOT NULL;
CREATE INDEX links_of_people ON links(created_at) WHERE created_at <> '';
CREATE TRIGGER judgements_stay BEFORE UPDATE ON links WHEN old.seq IS NOT NULL BEGIN SELECT raise(ABORT, 'a judgement is never changed'); END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON links WHEN old.seq IS NOT NULL BEGIN SELECT raise(ABORT, 'a judgement is never taken away'); END;
