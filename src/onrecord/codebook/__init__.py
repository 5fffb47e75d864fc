"""PLOVER, CAMEO and their mapping, relation types, issues: versioned tables, look-up and explain()."""
