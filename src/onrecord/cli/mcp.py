"""``onrecord mcp``: the queries as tools for assistants, over standard input and output."""

from __future__ import annotations

from onrecord.cli.filters import Store


def mcp(store: Store) -> None:
    """Serve a store's queries as read-only tools to an assistant that speaks the Model Context Protocol over standard input and output."""
    from onrecord.mcp.server import create  # noqa: PLC0415 - an extra

    create(store).run("stdio")
