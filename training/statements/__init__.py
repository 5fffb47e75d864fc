"""Recipe of the statement tagger: prepare windows, train, compare trials, export."""
