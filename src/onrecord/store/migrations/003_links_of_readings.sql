-- Links that a reading brings belong to its document, in the reading's order; decisions across documents belong to none.
ALTER TABLE links ADD COLUMN document_id TEXT;
ALTER TABLE links ADD COLUMN position INTEGER;
CREATE INDEX links_by_document ON links(document_id, position) WHERE document_id IS NOT NULL;
