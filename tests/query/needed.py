"""What must be said to ask a query at all, for tests that ask every one of them."""

from __future__ import annotations

from itertools import islice

from starlette.testclient import TestClient

from onrecord.store import View


def needed(name: str, view: View, text: str = "the") -> dict[str, str]:
    """The fields that a query is nothing without, of records and reports that are there."""
    one, other = (d.id for d in islice(view.documents(), 2))
    return _of(text, next(view.records()).id, one, other).get(name, {})


def needed_over_http(name: str, client: TestClient) -> dict[str, str]:
    """The same for somebody who has no view."""
    one, other = (row["id"] for row in client.get("/api/documents?limit=2").json()["rows"])
    return _of("the", client.get("/api/timeline?limit=1").json()["rows"][0]["id"], one, other).get(name, {})


def _of(text: str, record: str, one: str, other: str) -> dict[str, dict[str, str]]:
    return {
        "search": {"text": text},
        "corroboration": {"record_id": record},
        "beside": {"document_id": one, "other_document_id": other},
        "others": {"document_id": one},
    }
