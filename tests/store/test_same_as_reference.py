"""Any selection gives the same from SQLite as from the store made of dicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Link
from onrecord.store import ALL, Selection, View, open_store
from onrecord.store.sqlite import select_documents, sets, walk
from store.builders import ACTORS, PUBLISHERS, sample
from store.contract import fill
from store.reference import ReferenceStore

READINGS = [replace(r, document=replace(r.document, language=("en", "fr", None)[n % 3])) for n in range(24) for r in [sample(n)]]
SAME = [
    Link(one.id, other.id, f"same-{kind}", "positive", 0.9, "", "test", "")
    for kind, records in (("event", [r.events for r in READINGS]), ("statement", [r.statements for r in READINGS]))
    for one, other in zip([x for few in records[:8] for x in few], [x for few in records[8:] for x in few], strict=False)
]
IDS = [r.id for reading in READINGS for r in reading.records]
TERMS = sorted(
    {*(a.id for a in ACTORS.values()), *(a.name for a in ACTORS.values()), "BOR", "rur", "lund", "celik", "straits", "a convoy", "nobody", "of"}
)
DATES = ["2029", "2030", "2030-11", "2031-05", "2031-05-03", "2031-06-15", "2032-01"]
WORDS = ["harbour", "straits", "dove", "éclair", "CONVOY", '"must stay"', '"stay must"', "harbour open", "日本の海", "Port 3", "nothing-here"]


def maybe(values: list[str] | tuple[str, ...]) -> st.SearchStrategy[str | None]:
    return st.none() | st.none() | st.sampled_from(values)


SELECTIONS = st.builds(
    Selection,
    actor=maybe(TERMS),
    speaker=maybe(TERMS),
    about=maybe([*TERMS, "taiwan-status", "South China Sea", "harbour"]),
    issue=maybe(["taiwan-status", "south-china-sea"]),
    type=maybe(["ASSAULT", "COERCE", "war"]),
    stance=maybe(["support", "oppose"]),
    status=maybe(["actual", "negated", "current"]),
    form=maybe(["direct", "indirect"]),
    since=maybe(DATES),
    until=maybe(DATES),
    publisher=maybe([*filter(None, PUBLISHERS), "echo du golfe", "none"]),
    language=maybe(["en", "fr"]),
    via=maybe(["Q7", "BOR", "Ana Lund", "a convoy"]),
    text=maybe(WORDS),
    confidence=st.none() | st.sampled_from([0.5, 1.0]),
    corroboration=st.none() | st.none() | st.sampled_from([1, 2]),
    document_id=st.none() | st.none() | st.none() | st.sampled_from([r.document.id for r in READINGS]),
    limit=st.none() | st.integers(0, 9),
    order=maybe(["oldest", "newest"]),
    after=st.none() | st.none() | st.none() | st.sampled_from(IDS),
)


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[View, View]]:
    plain: Any = ReferenceStore()
    path = tmp_path_factory.mktemp("same") / "s.onrecord"
    with open_store(path, create=True) as store:
        for each in (plain, store):
            fill(each, READINGS)
            with each.writer() as w:
                for link in SAME:
                    w.link(link)
        with store.view() as view:
            yield view, plain.view()


@pytest.mark.parametrize("start", ["", "b", "bor", "BORD", "éc", "ec", "ana l", "straits h", "nobody", "'; --", "%"])
def test_names_that_begin_so_are_the_same(views: tuple[View, View], start: str) -> None:
    one, two = views
    for of in ("actor", "publisher"):
        assert list(one.beginning(start, of, 3)) == list(two.beginning(start, of, 3))


ON, LIST = 0.0, 1e9
"""What a row costs to read, so that the store reads on, or lists keys."""


@pytest.mark.parametrize(
    "bounds",
    [(sets.FEW, sets.SOME, walk.LOOK, walk.READ), (0, sets.SOME, walk.LOOK, walk.READ), (0, 0, 3, ON), (0, 20, 1, LIST), (5, 20, 7, walk.READ)],
)
def test_any_selection_gives_the_same(views: tuple[View, View], bounds: tuple[int, int, int, float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the store looks its records up, lists their keys or asks each: what a big store does is tried on a small one."""
    few, some, look, read = bounds
    one, two = views
    monkeypatch.setattr(sets, "FEW", few)
    monkeypatch.setattr(sets, "SOME", some)
    monkeypatch.setattr(select_documents, "FEW_DOCUMENTS", few)
    monkeypatch.setattr(walk, "LOOK", look)
    monkeypatch.setattr(walk, "LEAST", 1)
    monkeypatch.setattr(walk, "PAGE", 2)
    monkeypatch.setattr(walk, "READ", read)

    @settings(max_examples=120, deadline=None)
    @given(kind=st.sampled_from([None, None, "statement", "event", "position", "relation"]), selection=SELECTIONS)
    def compare(kind: str | None, selection: Selection) -> None:
        assert [r.id for r in one.records(kind, selection)] == [r.id for r in two.records(kind, selection)]
        assert list(one.days(kind, selection)) == list(two.days(kind, selection))
        assert [r.id for r in one.undecided(kind, selection)] == [r.id for r in two.undecided(kind, selection)]

    @settings(max_examples=40, deadline=None)
    @given(ids=st.sets(st.sampled_from([*IDS, "nothing"])), kind=st.sampled_from([None, "event"]), selection=SELECTIONS)
    def compare_some(ids: set[str], kind: str | None, selection: Selection) -> None:
        assert list(one.among(ids, kind, selection)) == list(two.among(ids, kind, selection))
        assert [one.count(kind, selection, n, 60) for n in (0, 3, 99)] == [two.count(kind, selection, n, 60) for n in (0, 3, 99)]
        assert sorted(one.parts(["speaker", "actors", "subject"], selection)) == sorted(two.parts(["speaker", "actors", "subject"], selection))

    @settings(max_examples=60, deadline=None)
    @given(
        selection=SELECTIONS.map(lambda s: replace(s, after=None)),
        after=st.none() | st.none() | st.sampled_from([r.document.id for r in READINGS]),
        fields=st.sets(st.sampled_from(sorted(Selection.__dataclass_fields__)), min_size=1, max_size=5),
    )
    def compare_documents(selection: Selection, after: str | None, fields: set[str]) -> None:
        selection = Selection(**{n: getattr(selection, n) for n in fields | {"limit"}} | {"after": after})
        assert [d.id for d in one.documents(selection)] == [d.id for d in two.documents(selection)]
        assert [one.count("document", selection, n, 60) for n in (0, 3, 99)] == [two.count("document", selection, n, 60) for n in (0, 3, 99)]
        assert sorted(one.published(selection), key=str) == sorted(two.published(selection), key=str)

    compare()
    compare_some()
    compare_documents()
    assert list(one.names()) == list(two.names())
    assert list(one.publishers()) == list(two.publishers())


@pytest.mark.parametrize("text", WORDS)
def test_documents_by_words_and_what_they_hold(views: tuple[View, View], text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of two lists of keys is asked for the keys of the other."""
    one, two = views
    for name, value in {"LOOK": 1, "LEAST": 1, "READ": LIST}.items():
        monkeypatch.setattr(walk, name, value)
    for wanted in ({"status": "actual"}, {"stance": "support"}, {"issue": "taiwan-status"}, {"actor": "BOR", "form": "direct"}):
        selection = Selection(text=text, **wanted)  # type: ignore[arg-type]
        assert [d.id for d in one.documents(selection)] == [d.id for d in two.documents(selection)]
        assert [r.id for r in one.undecided(None, selection)] == [r.id for r in two.undecided(None, selection)]


def test_counting_ends_when_its_time_is_over(views: tuple[View, View], monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = views
    assert one.count(None, ALL, 10_000, 60) == (len(IDS), True)
    monkeypatch.setattr("onrecord.store.sqlite.view._STEPS", 1)
    found, whole = one.count(None, ALL, 10_000, 0)
    assert (found < len(IDS), whole) == (True, False)
    assert len(list(one.records())) == len(IDS), "nothing else is cut short"
