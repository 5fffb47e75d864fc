"""From an analysis to records: statements, events, positions, relations. Extractors know no store."""
