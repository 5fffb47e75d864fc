"""The queries as tools for assistants (Model Context Protocol). Read-only, every answer with the words it rests on. Needs the extra mcp."""
