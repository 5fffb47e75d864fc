"""Forms: what was not touched stays as it was; words by offsets or as they are; whom a name means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import QueryError
from onrecord.model import ActorRef, to_dict
from onrecord.review.forms import fields_of, people, read_form
from onrecord.review.parties import named
from onrecord.review.records import added
from onrecord.store import open_store
from review.world import DOC, HELD, PACT, READING, SAID, STRUCK
from store.builders import ACTORS, sample, span


@pytest.fixture
def view(path: Path) -> Iterator[Any]:
    with open_store(path) as store:
        with store.writer() as w:
            w.add(sample(1), "b.txt", "run-1")
        with store.view() as view:
            yield view


def filled(record: Any, kind: str | None = None) -> dict[str, str]:
    """The form as a browser sends it when nothing was touched."""
    form: dict[str, str] = {}
    for f in fields_of(kind or record.kind, record, READING):
        if f.kind in ("span", "party"):
            form[f"{f.name}.at"] = f.value
            form |= {f"{f.name}.who": f.who} if f.kind == "party" else {}
        elif f.kind != "check" or f.value:
            form[f.name] = f.value
    return form


def change(view: Any, record: Any, **said: str) -> dict[str, Any]:
    form = {name: value for name, value in (filled(record) | {k.replace("__", "."): v for k, v in said.items()}).items() if value is not None}
    return read_form(record.kind, form, record, READING, lambda name: named(view, READING, name))


@pytest.mark.parametrize("record", READING.records, ids=lambda r: r.kind)
def test_an_untouched_form_changes_nothing(view: Any, record: Any) -> None:
    assert change(view, record) == {}


CASES: list[tuple[Any, dict[str, str], dict[str, Any]]] = [
    (HELD, {"stance": "oppose"}, {"stance": "oppose"}),
    (HELD, {"strength": "3"}, {"strength": 3}),
    (HELD, {"issue": ""}, {"issue": None}),
    (HELD, {"issue": "south-china-sea"}, {"issue": "south-china-sea"}),
    (SAID, {"cue__at": "12-17"}, {"cue": to_dict(span(DOC, "backs"))}),
    (SAID, {"cue__at": "backs"}, {"cue": to_dict(span(DOC, "backs"))}),
    (SAID, {"nested_in": ""}, {}),
    (PACT, {"directed": None}, {"directed": False}),
    (PACT, {"since": "2001-05"}, {"since": "2001-05"}),
    (STRUCK, {"contexts": "military, territory"}, {"contexts": ["military", "territory"]}),
    (STRUCK, {"date__start": "2031-05-03"}, {"date": {"start": "2031-05-03", "end": "2031-05-03", "precision": None, "basis": "text", "span": None}}),
    (STRUCK, {"place__name": "Novi", "place__lat": "1.5"}, {"place": {"name": "Novi", "lat": 1.5, "lon": None}}),
    (STRUCK, {"recipients__0__at": "", "recipients__0__who": ""}, {"recipients": []}),
]  # fmt: skip


@pytest.mark.parametrize(("record", "said", "expected"), CASES)
def test_only_what_was_touched_is_changed(view: Any, record: Any, said: Any, expected: dict[str, Any]) -> None:
    found = change(view, record, **said)
    assert set(found) == set(expected)
    for name, value in expected.items():
        if isinstance(value, dict):
            assert found[name].items() >= value.items()
        else:
            assert (found[name]["id"] if name == "issue" and value else found[name]) == value


def test_another_party_is_taken_whole_and_the_others_stay(view: Any) -> None:
    found = change(view, STRUCK, actors__1__at="Ana Lund", actors__1__who="Ana Lund")
    assert found["actors"] == [
        to_dict(STRUCK.actors[0]),
        {"mention": to_dict(span(DOC, "Ana Lund")), "actor": to_dict(ACTORS["Lund"]), "reason": None},
    ]


def test_fields_that_a_page_adds_to_a_list_count(view: Any) -> None:
    found = change(view, STRUCK, recipients__5__at="", recipients__5__who="Q2")
    assert [p["actor"]["id"] for p in found["recipients"]] == ["Q3", "Q2"]


def test_words_without_a_name_are_somebody_unknown(view: Any) -> None:
    assert change(view, HELD, holder__at="Borduria", holder__who="")["holder"] == {
        "mention": to_dict(span(DOC, "Borduria")), "actor": None, "reason": "unknown-name",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"cue__at": "a"}, "does not say 'a' once"),
        ({"cue__at": "nowhere"}, "does not say"),
        ({"cue__at": "5-2000"}, "no words at"),
        ({"cue__at": "9-9"}, "no words at"),
        ({"speaker__who": "Nobody Inparticular"}, "nobody known"),
        ({"speaker__who": "Vik (planet)"}, "'planet' is not known"),
    ],
)
def test_what_cannot_be_meant_is_said(view: Any, said: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        change(view, SAID, **said)


def test_a_number_is_a_number(view: Any) -> None:
    with pytest.raises(QueryError, match=r"place\.lat: 'north' is no number"):
        change(view, STRUCK, place__name="Novi", place__lat="north")


@pytest.mark.parametrize("given", ["Ana Lund", "ana  lund", "Q4", "Ana Lund [Q4]", "whatever [Q4]"])
def test_somebody_of_the_report_is_found(view: Any, given: str) -> None:
    assert named(view, READING, given) == ACTORS["Lund"]


def test_somebody_of_another_report_comes_without_the_office_held_there(view: Any) -> None:
    other = next(p for p in people(sample(1)).values() if p not in people(READING).values())
    assert named(view, READING, other.name) == ActorRef(other.id, other.name, other.kind, other.country, other.sectors)


def test_somebody_new_is_written_with_kind_and_country(view: Any) -> None:
    assert named(view, READING, "Šárka Vik (person, SYL)") == ActorRef("or:sarka-vik", "Šárka Vik", "person", "SYL")


@pytest.mark.parametrize("kind", ["statement", "event", "position", "relation"])
def test_a_new_record_is_made_of_its_form(view: Any, kind: str) -> None:
    record = next(r for r in READING.records if r.kind == kind)
    form = filled(record)
    fields = read_form(kind, form, None, READING, lambda name: named(view, READING, name))
    made = added(kind, fields, DOC, {r.id for r in READING.records})
    same = {
        "via",
        "evidence",
        "document_id",
        "kind",
        *(name for name, _ in (("stance", 0), ("type", 0), ("speaker", 0), ("actors", 0), ("target", 0))),
    }
    assert {n: v for n, v in to_dict(made).items() if n in same} == {n: v for n, v in to_dict(record).items() if n in same}


def test_a_form_of_no_kind_is_refused() -> None:
    with pytest.raises(QueryError, match="kind"):
        fields_of("opinion", None, READING)
