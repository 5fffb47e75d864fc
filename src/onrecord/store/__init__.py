"""Where records are kept: Store, Writer, View; SQLite today."""
