"""Text, HTML, JSONL, folders, standard input → Document."""
