"""Holds a brief against its store, piece by piece, by other means than the brief was made with. What it returns is not borne out by a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from onrecord.across.claims import party
from onrecord.across.independence import Copies, Voices
from onrecord.brief import Brief, Chart, Piece, Sentence, Source
from onrecord.brief.wording import Wording
from onrecord.codebook import codes_of
from onrecord.codebook.issues import packaged
from onrecord.model import Document, Event, Participant, Position, Record, Statement
from onrecord.query import Filter, shifts, standing
from onrecord.query.contradictions import CONTRADICTIONS, contradictions
from onrecord.query.threads import THREADS, threads
from onrecord.query.wordings import WORDINGS, wordings
from onrecord.store import View
from onrecord.store.days import days

TABLE = Wording().table
FREE = ("nothing_", "question", "span_none", "method_", "title_about", "side_")
"""Sentences that may rest on no record: that there is nothing, what the codebook asks, how the brief was made."""


def unfounded(view: View, found: Brief) -> list[str]:
    """What is not in a record: empty for a truthful brief."""
    return [f"{where}: {problem}" for where, problem in _problems(view, found)]


def sentences(part: Any) -> Iterator[Sentence]:
    """Every sentence of a brief, wherever it stands."""
    if isinstance(part, Sentence):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from sentences(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from sentences(getattr(part, field.name))


def charts(found: Brief) -> list[Chart]:
    return [chart for section in found.sections for chart in section.charts]


def _problems(view: View, found: Brief) -> Iterator[tuple[str, str]]:
    check = _Check(view, found)
    for sentence in sentences(found):
        if not sentence.ids and not sentence.key.startswith(FREE) and any(p.kind not in ("plain", "codebook", "asked") for p in sentence.pieces):
            yield sentence.key, f"rests on no record: {sentence.text}"
        for piece in sentence.pieces:
            missing = [i for i in piece.ids if i not in sentence.ids]
            if missing:
                yield sentence.key, f"the sentence does not name {missing} of {piece.text!r}"
            problem = check.problem(piece)
            if problem:
                yield sentence.key, f"{problem}: {piece}"
    for chart in charts(found):
        yield from ((chart.kind, problem) for problem in check.points(chart))
    yield from (("source", problem) for source in found.sources for problem in check.source(source))


class _Check:
    def __init__(self, view: View, found: Brief) -> None:
        self.view, self.found = view, found
        self.record: Callable[[str], Record] = lru_cache(maxsize=None)(view.record)
        self.document: Callable[[str], Document] = lru_cache(maxsize=None)(view.document)
        self.copies = Copies(view)
        self.voices = Voices(view)
        self.plain = _vocabulary()
        self.figures = list(self._rows())

    def problem(self, piece: Piece) -> str:
        """What is wrong with a piece, "" if nothing is."""
        checks: Mapping[str, Callable[[Piece], bool]] = {
            "plain": lambda p: p.text in self.plain and not re.search(r"\d", p.text),
            "name": lambda p: any(p.text in self._names(self.record(i)) for i in p.ids),
            "words": lambda p: p.text in self.document(self.record(p.ids[0]).document_id).text,
            "day": lambda p: p.text == Wording().dated(p.value) and any(self._has_day(self.record(i), p.value) for i in p.ids),
            "code": lambda p: any(p.value in _codes(self.record(i)) for i in p.ids) and p.text in _labels(p.value),
            "codebook": lambda p: p.text in packaged().rows[p.value].definition + "\n" + packaged().rows[p.value].support,
            "count": lambda p: p.text == str(self.count(p.value, p.ids)),
            "figure": lambda p: p.text == _share(self.record(p.ids[0]).confidence) if p.value == "confidence" else self._figure(p),
            "asked": lambda p: p.text in (self.found.asked[p.value], f"{p.value} {self.found.asked[p.value]}"),
        }
        return "" if checks[piece.kind](piece) else f"{piece.kind} not borne out"

    def points(self, chart: Chart) -> Iterator[str]:
        for point in chart.points:
            if point.ids and self.count(chart.unit, point.ids) != point.count:
                yield f"counts {point.count}: {point.label}"
            if chart.kind == "strips" and not all(self.day_of(self.record(i)).startswith(point.day or "?") for i in point.ids):
                yield f"not of {point.day}: {point.label}"

    def source(self, source: Source) -> Iterator[str]:
        document = self.document(source.document_id)
        if (source.publisher, source.published, source.title, source.url) != (document.publisher, document.published, document.title, document.url):
            yield f"not as the report has it: {source.number}"
        for cited in source.cited:
            if document.text[cited.start : cited.end] != cited.words or self.record(cited.record_id).document_id != document.id:
                yield f"not the words of the report: {cited.mark}"

    def count(self, unit: str, ids: tuple[str, ...]) -> int:
        records = [self.record(i) for i in set(ids)]
        units: Mapping[str, Callable[[], set[Any]]] = {
            "record": lambda: {r.id for r in records},
            "report": lambda: {r.document_id for r in records},
            "publisher": lambda: {self.document(r.document_id).publisher for r in records} - {None},
            "original": lambda: {self.copies.first(r.document_id) for r in records},
            "voice": lambda: set(range(self.voices.independent(records))),
            "party": lambda: {party(p) for r in records for p in _leading(r)},
            "issue": lambda: {r.issue.id for r in records if isinstance(r, Position) and r.issue},
        }
        return len(units[unit]())

    def day_of(self, record: Record) -> str:
        return days(record.date, self.document(record.document_id).published)[0]

    def _has_day(self, record: Record, value: str) -> bool:
        known = (record.date.start, record.date.end, self.document(record.document_id).published)
        return any(day and day.startswith(value) for day in known) or self.day_of(record) == value

    def _names(self, record: Record) -> set[str]:
        document = self.document(record.document_id)
        people = [*_leading(record), *_others(record), *record.via]
        named = [n for p in people for n in (p.actor.name if p.actor else None, p.mention.text if p.mention else None) if n]
        return {*named, *document.credits, *(n for n in (document.publisher, document.title) if n)}

    def _rows(self) -> Iterator[Any]:
        asked = {name: value for name, value in self.found.asked.items() if name not in ("limit", "confidence")}
        if "confidence" in self.found.asked:
            asked["confidence"] = float(self.found.asked["confidence"])  # type: ignore[assignment]
        yield from standing(self.view, Filter(**asked))
        for fields_, query in ((CONTRADICTIONS, contradictions), (WORDINGS, wordings), (THREADS, threads)):
            yield from query(self.view, Filter(**{name: value for name, value in asked.items() if name in fields_}))  # type: ignore[arg-type]
        asked.pop("since", None)
        for kind in ("change", "silence", "return"):
            yield from shifts(self.view, Filter(**asked, kind=kind))

    def _figure(self, piece: Piece) -> bool:
        return any(self._has(row, piece) for row in self.figures)

    def _has(self, row: Any, piece: Piece) -> bool:
        value = getattr(row, piece.value, None)
        ids = {i for name in ("id", "id_before", "record_id", "other_id", "answers") for i in _listed(getattr(row, name, None))}
        if isinstance(value, tuple):
            return piece.text in value and bool(ids.intersection(piece.ids))
        shown = _share(value) if isinstance(value, float) else TABLE["differences"].get(value, value)
        return piece.text == shown and set(piece.ids) <= ids


def _listed(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _share(value: float) -> str:
    return f"{min(max(value, 0.01), 0.99):.2f}"


def _vocabulary() -> set[str]:
    """Every stretch of words that is ours."""
    stretches = {" "}
    for template in (*TABLE["sentences"].values(), *TABLE["own"]["sentences"].values()):
        for part in re.split(r"\{\w+\}|[\[\]]", template):
            stretches.add(part)
        stretches.update(re.split(r"\{\w+\}", template.replace("[", "").replace("]", "")))
    stretches.update(f" {noun}" for nouns in TABLE["nouns"].values() for noun in nouns)
    stretches.update(TABLE["joins"].values())
    stretches.update(f"{side} " for side in (*TABLE["sides"].values(), *TABLE["own"]["sides"].values()))
    return stretches


def _labels(code: str) -> set[str]:
    groups = ("stances", "stances_alone", "sides", "kinds", "statuses")
    named = {table[group][code] for table in (TABLE, TABLE["own"]) for group in groups if code in table.get(group, ())}
    return {code, *named, *(e.label for e in codes_of("type") if e.code == code), *_issue_labels(code)}


def _issue_labels(code: str) -> set[str]:
    return LABELS.get(code, set()) | ({packaged().rows[code].label} if code in packaged().rows else set())


LABELS: dict[str, set[str]] = {}
"""What issues are called in the made-up records."""


def _codes(record: Record) -> set[str]:
    found = {record.kind, *(p.actor.country for p in (*_leading(record), *_others(record)) if p.actor and p.actor.country)}
    if isinstance(record, Position):
        entry = packaged().rows.get(record.issue.id) if record.issue else None
        target = record.target.span.text if record.target.span else ""
        side = entry.side(record.stance, target) if entry else ""
        found |= {record.stance, side, record.issue.id if record.issue else ""}
        if record.issue:
            LABELS.setdefault(record.issue.id, set()).add(record.issue.label)
    if isinstance(record, Event):
        found |= {record.type, record.status}
    return found - {""}


def _leading(record: Record) -> tuple[Participant, ...]:
    for role in ("speaker", "holder", "subject"):
        if hasattr(record, role):
            return (getattr(record, role),)
    return record.actors if isinstance(record, Event) else ()


def _others(record: Record) -> tuple[Participant, ...]:
    if isinstance(record, Statement):
        return record.addressees
    if isinstance(record, Event):
        return record.recipients
    other = getattr(record, "object", None) or (record.target.actor if isinstance(record, Position) else None)
    return (other,) if other else ()
