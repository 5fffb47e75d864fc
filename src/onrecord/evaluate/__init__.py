"""Gold format, scorers, gate."""
