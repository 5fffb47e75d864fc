"""Following the log of changes: a client that starts from nothing and only asks the API ends with exactly the store's records and links."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.model import Decision, Link, Reading, to_dict
from onrecord.store import Store, View, open_store
from onrecord.web.server import create
from store.builders import sample
from web.visiting import BASE

NOW = "2031-06-01T10:00:00+00:00"


class Mirror:
    """A copy that is kept in step as docs/api.md says."""

    def __init__(self, client: TestClient, page: int) -> None:
        self.client, self.page, self.since = client, page, 0
        self.records: dict[str, dict[str, Any]] = {}
        self.links: set[str] = set()

    def follow(self) -> None:
        address: str | None = f"/api/changes?since={self.since}&limit={self.page}"
        while address is not None:
            answer = self.client.get(address).json()
            for row in answer["rows"]:
                self.take(row["what"], row["kind"], row["id"])
            address, self.since = answer["next"], answer["as_of"]

    def take(self, what: str, kind: str, ident: str) -> None:
        if kind == "link":
            (self.links.discard if what == "withdrawn" else self.links.add)(ident)
        elif kind == "record":
            self.records.pop(ident, None)
            found = self.client.get(f"/api/show/{ident}")
            if what != "withdrawn" and found.status_code == 200:
                self.records[ident] = found.json()["record"]
        elif kind == "document":
            self.records = {i: r for i, r in self.records.items() if r["document_id"] != ident}
            found = self.client.get(f"/api/documents/{ident}")
            if found.status_code == 200:  # else it was withdrawn since, which a later row says
                reading = found.json()
                self.records |= {r["id"]: r for kind_ in ("statements", "events", "positions", "relations") for r in reading[kind_]}


def records(view: View) -> dict[str, Any]:
    return {record.id: to_dict(record) for record in view.records()}


def links(view: View) -> set[str]:
    return {f"{link.left} {link.right} {link.type} {link.by} {link.created_at}" for link in view.links()}


@contextmanager
def served() -> Iterator[tuple[Store, TestClient]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s.onrecord")
        with open_store(path, create=True) as store, TestClient(create(path), base_url=BASE) as client:
            yield store, client


def less(reading: Reading, kind: str) -> Reading:
    """The reading as another reader would have it that finds none of one kind."""
    return replace(reading, **{kind: ()}, links=())


DOCUMENTS = st.integers(0, 5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), DOCUMENTS, st.sampled_from(["statements", "events", "positions", "relations"])),
        st.tuples(st.just("read anew"), DOCUMENTS, st.sampled_from(["statements", "events", "positions", "relations"])),
        st.tuples(st.just("review"), DOCUMENTS, st.sampled_from(["accept", "reject", "withdraw"])),
        st.tuples(st.just("link"), DOCUMENTS, st.sampled_from(["same-event", "responds-to"])),
        st.tuples(st.just("follow"), DOCUMENTS, st.just("")),
    ),
    max_size=14,
)


def do(store: Store, step: str, number: int, word: str, run: int) -> None:
    """One thing that may happen to a store."""
    reading = sample(number)
    with store.writer() as writer, store.view() as view:
        there = list(view.records())
        if step == "add":
            writer.add(reading, f"{number}.txt", "run-1")
        elif step == "read anew":
            writer.add(less(sample(number, f"run-{run}"), word), f"{number}.txt", f"run-{run}")
        elif step == "link" and there:
            writer.link(Link(there[0].id, there[-1].id, word, "positive", 0.5, "made up", "Ada", NOW))
        elif step == "review" and there:
            record = there[number % len(there)]
            said = None if word == "withdraw" else record
            writer.decide(Decision(record_id=record.id, document_id=record.document_id, verdict=word, record=said, by="Ada", at=NOW))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, page=st.integers(1, 4))
def test_who_follows_the_changes_has_what_the_store_has(steps: list[tuple[str, int, str]], page: int):
    with served() as (store, client):
        mirror = Mirror(client, page)
        for run, (step, number, word) in enumerate(steps, 2):
            if step == "follow":
                mirror.follow()
            else:
                do(store, step, number, word, run)
        mirror.follow()
        with store.view() as view:
            assert mirror.records == records(view)
            assert mirror.links == links(view)
            assert mirror.since == view.version()


def test_what_is_withdrawn_is_named():
    with served() as (store, client):
        reading = sample(1)
        with store.writer() as writer:
            writer.add(reading, "1.txt", "run-1")
            writer.add(less(sample(1, "run-2"), "events"), "1.txt", "run-2")
        rows = client.get("/api/changes").json()["rows"]
        assert ("withdrawn", "record", reading.events[0].id) in {(row["what"], row["kind"], row["id"]) for row in rows}
        assert [row["seq"] for row in rows] == sorted({row["seq"] for row in rows})


@pytest.mark.parametrize("page", [1, 3, 1000])
def test_pages_of_changes_are_the_whole(page: int):
    with served() as (store, client):
        with store.writer() as writer:
            for number in range(4):
                writer.add(sample(number), f"{number}.txt", "run-1")
        seen, address = [], f"/api/changes?limit={page}"
        while address:
            answer = client.get(address).json()
            seen += answer["rows"]
            address = answer["next"]
        with store.view() as view:
            assert seen == to_dict(list(view.changes()))
        assert client.get("/api/changes", params={"since": seen[-1]["seq"]}).json()["rows"] == []
