"""English: cue words, titles, negation, hedges, calendar words. Data only (the .toml files beside this one)."""
