"""Recipe of the reporting table: which words report, and with which complements."""
