"""Statements of different reports that are one utterance, in whatever wording, linked.

One utterance: one speaker (an unnamed spokesman of a ministry may be the one who is named elsewhere), around the same days, the same words. Several
words in a row may come back much later. A pure function of two reports decides; records stay as they are. Method and figures are in
``docs/decisions/0027-same-event-across.md``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.across.same_parties import Side, from_row, row, sameness, side
from onrecord.across.same_put import candidates, own_links, put
from onrecord.across.same_words import Marks, everybody, likeness, marks, named, number_of, packed, stems, term, unpacked
from onrecord.model import Link, Reading, Statement
from onrecord.model.links import LinkType
from onrecord.store import UNDATED, Linking, Trace
from onrecord.store.days import days, first_day, ordinal

TYPE: LinkType = "same-statement"
ENOUGH = 4.4
"""Points from which two statements are one utterance."""
_FEWEST = 2
"""Stems that a statement needs, to be told from another."""
_HALF = 0.5
"""The share of the shorter wording's words that the other must have."""
_READ = 120
"""Stems of a statement that are looked at."""
_NAMED = frozenset({"state", "place", "person"})
_MOST, _HOLDERS, _FORTNIGHT, _WEEK, _LONG = 12, 16, 14, 7, 5


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in one report. ``day``: the ordinal of its first day, ``UNDATED`` where unknown; ``words``: hashed stems, in order."""

    id: str
    start: int
    speaker: Side
    day: int
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sayings:
    """The statements of a report, and what the report is recognised by. ``published``: an ordinal."""

    document_id: str
    published: int
    marks: Marks
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class _Partner:
    """A statement of this report, and one of another report that is the same utterance, with points and grounds."""

    own: Said
    sayings: Sayings
    said: Said
    points: float
    grounds: str


class SameStatements:
    """The linker of statements that are one utterance."""

    name = "same-statements"

    def link(self, reading: Reading, linking: Linking) -> None:
        """Link the statements of a report with those of others, and remember them."""
        own = sayings(reading)
        near = {t for said in own.said for t in _near(said, 0)}
        rows = {t for said in own.said for t in _rows(said)}
        linking.remember(Trace(self.name, own.document_id, own.document_id, own.published, (*near, *rows), encode(own)))
        if not own.said:
            return
        asked = rows.union(t for said in own.said for shift in (-_WEEK, _WEEK) for t in _near(said, shift))
        hits = Counter(key for _, key in linking.find(self.name, asked, at_most=_HOLDERS))
        best = [key for key, _ in sorted(hits.items(), key=lambda h: (-h[1], h[0]))[: _MOST + 1]]
        former = own_links(linking, [said.id for said in own.said], self.name)
        traces = candidates(linking, best, former, self.name)
        others = [decode(trace.data) for trace in traces if trace.document_id != own.document_id]
        found = [_Partner(a, other, b, points, grounds) for other in others for a, b, points, grounds in same(own, other)]
        found.sort(key=lambda p: (-p.points, p.said.id))
        put(linking, former, [(p.own.id, self._link(own, p)) for p in found])

    def _link(self, own: Sayings, partner: _Partner) -> Link:
        """The later published on the left."""
        earlier, later = sorted(((own, partner.own), (partner.sayings, partner.said)), key=lambda t: (t[0].published, t[0].document_id))
        score = min(0.97, 0.8 + 0.04 * (partner.points - ENOUGH))
        return Link(later[1].id, earlier[1].id, TYPE, "positive", round(score, 2), partner.grounds, self.name, "")


def same(one: Sayings, other: Sayings) -> list[tuple[Said, Said, float, str]]:
    """The utterances that both reports have, with points and grounds: one may be split up in the other report."""
    alike = likeness(one.marks, other.marks)
    return [(a, b, *v) for a in one.said for b in other.said if (v := verdict(a, b, alike)) is not None]


def verdict(one: Said, other: Said, alike: float) -> tuple[float, str] | None:
    """Points and grounds for two statements, of reports so much ``alike``, being one utterance; None where they are not."""
    words, others = set(one.words), set(other.words)
    shared = len(words & others)
    if shared < _FEWEST:
        return None
    speaker = sameness(one.speaker, other.speaker)
    rows = len(set(pairwise(one.words)) & set(pairwise(other.words)))
    whole = shared / min(len(words), len(others))
    if whole < _HALF:
        return None
    if not speaker and not (rows >= _LONG and whole > 0.7 and not (one.speaker.kind == other.speaker.kind == "person")):
        return None
    gap = abs(one.day - other.day) if one.day and other.day else _WEEK + 1
    if gap > _WEEK and rows < _LONG:
        return None
    when = -1.0 if gap > _WEEK else 1.0 if gap <= 1 else 0.5 if gap <= 3 else 0.0
    points = 0.8 * min(shared, 6) * whole + 0.4 * min(rows, 4) + speaker + when + min(1.5, 3 * alike)
    if points < ENOUGH:
        return None
    return points, f"{shared} words in common, {whole:.0%} of the shorter; reports alike to {alike:.0%}"


def sayings(reading: Reading) -> Sayings:
    """The statements of a reading that have words enough."""
    published = ordinal(first_day(reading.document.published))
    met = everybody(reading)
    names = named(met, _NAMED)
    said = tuple(s for statement in reading.statements if len((s := _said(statement, reading.document.published, names)).words) >= _FEWEST)
    return Sayings(reading.document.id, published, marks(reading.document, named(met)), said)


def _said(statement: Statement, published: str | None, names: frozenset[str]) -> Said:
    text = " ".join(span.text for span in statement.content)[: 8 * _READ]
    words = tuple(number_of(word) for word in stems(text) if word not in names)[:_READ]
    return Said(statement.id, statement.evidence.start, side(statement.speaker), ordinal(days(statement.date, published)[0]), words)


def encode(sayings: Sayings) -> bytes:
    """A report's statements as bytes; :func:`decode` is the inverse."""
    rows = [[s.id, s.start, row(s.speaker), s.day, s.words] for s in sayings.said]
    head = [sayings.document_id, sayings.published, packed(sayings.marks.names), packed(sayings.marks.words)]
    return json.dumps([head, rows], separators=(",", ":")).encode()


@lru_cache(maxsize=2048)
def decode(data: bytes) -> Sayings:
    """What :func:`encode` made bytes of."""
    (document_id, published, names, words), rows = json.loads(data)
    said = (Said(i, start, from_row(who), day, tuple(stems)) for i, start, who, day, stems in rows)
    return Sayings(document_id, published, Marks(unpacked(names), unpacked(words)), tuple(said))


def _near(said: Said, shift: int) -> Iterator[int]:
    """What a statement is filed under: the speaker's party with a word, in its fortnight."""
    if said.day == UNDATED:
        return
    who = said.speaker.party or " ".join(sorted(said.speaker.name))
    for word in sorted(set(said.words))[:4]:
        yield term(who, word, (said.day + shift) // _FORTNIGHT)


def _rows(said: Said) -> Sequence[int]:
    """What a statement is filed under whenever it was said and whoever said it: words in a row."""
    return sorted({term("row", *pair) for pair in pairwise(said.words)})[:3]
