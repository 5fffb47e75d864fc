"""Sections of the pages of issues and actors, which load by themselves: a piece for htmx, a page of its own for whoever has no scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import Request, Response

from onrecord.across.claims import acts_for_state
from onrecord.errors import KnowledgeError
from onrecord.knowledge import knowledge_base
from onrecord.model import ActorRef, Position
from onrecord.query import Filter
from onrecord.query.records import document_of, held
from onrecord.query.rows import Row, timeline_row
from onrecord.store import View
from onrecord.web.answers import Answer, Answers, NotYet
from onrecord.web.filters import address, here
from onrecord.web.render import page, piece
from onrecord.web.serving import serving

MOST = 2_000
"""So many rows of an answer are looked at for a section."""
ROWS, CHANGES = 12, 8
"""So many entries of a list, or changes with their words, are shown."""
FIELDS = ("since", "until", "publisher", "confidence")
"""The filters that all sections take."""
_KINDS = ("change", "silence", "return", "first")
Party = tuple[str, str]
"""The id by which a party's page is found (of a state the country's code), and its name."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section: the macro of parts_subjects.jinja that shows it, what it is called, what the macro is given, and the answers that it rests on."""

    macro: str
    heading: str
    context: Mapping[str, Any]
    answers: Sequence[Answer | NotYet] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """The page that sections belong to: its name among the main places, its address without a filter, what it is called, and the filter."""

    at: str
    path: str
    label: str
    wanted: Filter
    asked: Filter
    """The filter with the issue or actor of the page in it."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """A shift with the records whose words it has from before and after, and its party, as far as the store has them."""

    row: Mapping[str, Any]
    before: Row | None
    after: Row | None
    party: Party | None


def section(request: Request, place: Place, part: Part) -> Response:
    """A section as a piece, or as a page of its own."""
    context = {**part.context, "here": here(request), "place": place, "asked": place.asked}
    if request.headers.get("hx-request"):
        return passing(piece(request, "parts_subjects", part.macro, context), part.answers)
    back = address(place.path, place.wanted), place.label
    return passing(page(request, "section", at=place.at, heading=part.heading, back=back, macro=part.macro, context=context), part.answers)


def answered(request: Request, find: Callable[[View], Place], make: Callable[[Answers, View, Filter], Part]) -> Response:
    """The section that ``make`` makes of the answers to what is asked at the place that ``find`` finds."""
    desk = serving(request)
    with desk.view() as view:
        place = find(view)
        part = make(desk.answers, view, place.asked)
    return section(request, place, part)


def passing(response: Response, answers: Iterable[Answer | NotYet]) -> Response:
    """The response; where one of its ``answers`` is missing or out of date nobody keeps it: it will change though the store stays as it is."""
    if any(not answer.fresh for answer in answers):
        response.headers["Cache-Control"] = "no-store"
    return response


def told(view: View, ids: Iterable[str]) -> dict[str, Row]:
    """The records with these ids as rows, in the order of the ids. What the store no longer has is left out: a kept answer may name it still."""
    order, document = list(dict.fromkeys(ids)), document_of(view)
    rows = {record.id: timeline_row(record, document(record.document_id)) for record in held(view, order)}
    return {record_id: rows[record_id] for record_id in order if record_id in rows}


def parties(said: Mapping[str, Row]) -> dict[str, Party]:
    """Position → the party that holds it; none for who was not resolved."""
    return {i: party_of(row.record.holder.actor) for i, row in said.items() if isinstance(row.record, Position) and row.record.holder.actor}


def party_of(actor: ActorRef) -> Party:
    """The party somebody belongs to: the state whose power it has, else itself."""
    if actor.country and acts_for_state(actor):
        return actor.country, actor.name if actor.kind == "state" else country_name(actor.country)
    return actor.id, actor.name


def country_name(code: str) -> str:
    """What a country is called; its code where nobody knows."""
    try:
        return knowledge_base().state(code).name
    except KnowledgeError:
        return code


def changes(answers: Answers, view: View, asked: Filter) -> Part:
    """Turns, silences and returns, and apart from them first words: the latest first, the doubtful behind the real."""
    found = [answers.get(view, "shifts", replace(asked, kind=kind), count=MOST) for kind in _KINDS]
    *turns, first = (answer.rows for answer in found)
    turned = [row for rows in turns for row in rows]
    context = {
        "answers": found, "turned": _quoted(view, turned), "all_turned": len(turned), "first": _quoted(view, first), "all_first": len(first),
    }  # fmt: skip
    return Part("changes", "What changed", context, found)


def contested(answers: Answers, view: View, asked: Filter) -> Part:
    """On whose stance reports disagree, and what they tell differently."""
    stands = answers.get(view, "standing", asked, count=MOST)
    differ = answers.get(view, "contradictions", replace(asked, confidence=None), count=ROWS)
    both = sorted((row for row in stands.rows if row["otherwise"]), key=lambda row: (-row["otherwise"], row["holder"]))
    ids = [row["record_id"] for row in both[:ROWS]] + [row[end] for row in differ.rows for end in ("id", "other_id")]
    said = told(view, filter(None, ids))
    context = {"answers": (stands, differ), "differ": differ, "both": both[:ROWS], "all_both": len(both), "said": said, "parties": parties(said)}
    return Part("contested", "What is contested", context, (stands, differ))


def _quoted(view: View, rows: Sequence[Mapping[str, Any]]) -> list[Shifted]:
    """The shifts that are shown, with their records."""
    ordered = sorted(sorted(rows, key=lambda row: row["until"] or "", reverse=True), key=lambda row: row["verdict"] != "real")[:CHANGES]
    ends = [(row["id_before"], row["words_before"]) for row in ordered] + [(row["id"], row["words"]) for row in ordered]
    quoted = _with(view, ends)
    found = []
    for row, before, after in zip(ordered, quoted[: len(ordered)], quoted[len(ordered) :], strict=True):
        party = parties({r.id: r for r in (before, after) if r is not None})
        found.append(Shifted(row, before, after, next(iter(party.values()), None)))
    return found


def _with(view: View, ends: Sequence[tuple[Sequence[str], str]]) -> list[Row | None]:
    """For each of these ids and words the first of the records that has the words. It is mostly the first of all; the others are looked up after."""
    said = told(view, (ids[0] for ids, _ in ends if ids))
    missing = [(ids, words) for ids, words in ends if ids and (ids[0] not in said or said[ids[0]].words != words)]
    said |= told(view, (i for ids, _ in missing for i in ids[1:]))
    return [next((said[i] for i in ids if i in said and said[i].words == words), None) for ids, words in ends]
