"""What reports on the same event or the same words tell differently: numbers, dates, places, who. Decides nothing about who is right.

Two reports are compared where links join a record of the one with a record of the other, and reports of one story in their tolls and sums; never a
report with its copy, and copies are one side of a row together. A toll that a later report gives higher is marked as an update. What lasts ("the
war") joins reports of many months and compares nothing. What contradicts what is said in ``clashes``.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from onrecord.across.joined import COPIES, Joined
from onrecord.across.same_words import lasting
from onrecord.across.stories import SAME_STORY
from onrecord.across.stories_changes import is_story
from onrecord.model import Event, Reading
from onrecord.model.links import LinkType
from onrecord.query.clashes import Clash, Pairs, clashes
from onrecord.query.figures import figures
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import distinct
from onrecord.query.records import check_fields
from onrecord.query.rows import Flat, Names, timeline_row
from onrecord.store import RecordKind, View
from onrecord.store.days import first_day

_TYPES: tuple[LinkType, ...] = ("same-event", "same-statement")
CONTRADICTIONS = ("actor", "about", "issue", "type", "status", "since", "until", "publisher", "text", "document_id", "record_id")
_KINDS: tuple[RecordKind, ...] = ("event", "statement")
_CACHED = 64
_MOST = 12
"""Reports of one group that are all compared with each other; of more, those that a link joins directly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionRow(Flat):
    """Two values that cannot both be so, each with who says so in which words; ``other_…``: those of the second, which was published later.

    ``what``: number, date, place or who; ``counts``: what a number counts, or the role of who; ``update``: the second is a later, higher toll.
    ``id``: the record nearest to the words, "" in a report without any, with its ``actor``, ``about``, ``type``, ``status`` and ``via``; ``date``:
    when it was published. Copies stand together on one side, with all their publishers.
    """

    what: str
    counts: str
    value: str
    other_value: str
    update: bool
    actor: Names
    about: Names
    type: str | None
    status: str | None
    publisher: Names
    other_publisher: Names
    date: str | None
    other_date: str | None
    via: Names
    words: str
    other_words: str
    id: str
    other_id: str
    document_id: Names
    other_document_id: Names


def contradictions(view: View, wanted: Filter = EVERYTHING) -> list[ContradictionRow]:
    """What reports on the same event or utterance tell differently: numbers, dates, places, who.

    One row for each two values; ``record_id``: only what concerns this event or statement.
    """
    check_fields(wanted, CONTRADICTIONS, "contradictions")
    reading = lru_cache(_CACHED)(view.reading)
    numbers = lru_cache(_CACHED)(lambda document_id: figures(reading(document_id)))
    compared = _pairs(view, wanted)
    # All links of copies for all reports, those of a few reports for one record.
    copies = Joined.of(view, *COPIES) if wanted.record_id is None else Joined.around(view, {i for pair in compared for i in pair}, COPIES)
    found: dict[tuple[str, str], list[Clash]] = {}
    for (left, right), ids in compared.items():  # those of one happening or story together, so that few reports are read twice
        if copies.first(left) != copies.first(right):
            one, other = sorted((reading(left), reading(right)), key=_published)
            by_id = {r.id: r for r in (*one.records, *other.records)} if ids else {}
            pairs = [(by_id[a], by_id[b]) for a, b in ids]
            found[left, right] = list(clashes(one, other, pairs, lambda r: numbers(r.document.id)))
    return _rows(clash for pair in sorted(found) for clash in found[pair])


def between(left: Reading, right: Reading, pairs: Pairs) -> list[ContradictionRow]:
    """What two reports tell differently; ``pairs``: their records that tell of the same."""
    one, other = sorted((left, right), key=_published)
    return _rows(clashes(one, other, pairs))


def _rows(found: Iterable[Clash]) -> list[ContradictionRow]:
    rows = [_row(group) for group in _together(found)]
    return sorted(rows, key=lambda r: (r.date or "", r.document_id, r.what, r.words, r.other_words))


def _published(reading: Reading) -> tuple[str, str]:
    return first_day(reading.document.published), reading.document.id


def _pairs(view: View, wanted: Filter) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Two documents → the ids of their records that links join, of which ``wanted`` lets one through; reports of one story, even where none do."""
    joined = Joined.around(view, [wanted.record_id], _TYPES) if wanted.record_id is not None else Joined.of(view, *_TYPES)
    groups = _groups(view, joined, wanted)
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}  # ids, for the records of all pairs do not fit
    for group in groups:
        records = [view.record(i) for i in group]
        if all(isinstance(r, Event) and lasting(r.trigger.text) for r in records):
            continue
        by_document: dict[str, list[str]] = {}
        for record in records:
            by_document.setdefault(record.document_id, []).append(record.id)
        for left, right in combinations(sorted(by_document)[:_MOST], 2):
            found.setdefault((left, right), []).extend((a, b) for a in by_document[left] for b in by_document[right])
    for pair in _of_stories(view, wanted):
        found.setdefault(pair, [])
    return found


def _of_stories(view: View, wanted: Filter) -> Iterator[tuple[str, str]]:
    if wanted.record_id is not None:
        return
    let_through = None if wanted == EVERYTHING else {r.document_id for kind in _KINDS for r in view.records(kind, wanted)}
    for group in Joined.of(view, *SAME_STORY).groups():
        documents = [id_ for id_ in group if not is_story(id_)]
        if let_through is None or not let_through.isdisjoint(documents):
            yield from combinations(documents[:_MOST], 2)


def _groups(view: View, joined: Joined, wanted: Filter) -> list[list[str]]:
    if wanted.record_id is not None:
        return [sorted((wanted.record_id, *joined.others(wanted.record_id)))] if joined.others(wanted.record_id) else []
    if wanted == EVERYTHING:
        return joined.groups()
    let_through = {joined.first(r.id) for kind in _KINDS for r in view.records(kind, wanted) if joined.others(r.id)}
    return [group for group in joined.groups() if joined.first(group[0]) in let_through]


def _together(found: Iterable[Clash]) -> list[list[Clash]]:
    """Clashes of the same two values that share a side are one."""
    groups: dict[Hashable, list[list[Clash]]] = {}
    for clash in found:
        alike = groups.setdefault(clash.what, [])
        group = next((g for g in alike if any(c.ends & clash.ends for c in g)), None)
        if group is None:
            alike.append([clash])
        else:
            group.append(clash.turned(group[0].one.key))
    return [group for alike in groups.values() for group in alike]


def _row(group: Sequence[Clash]) -> ContradictionRow:
    """The row of clashes of the same two values; the one that was published first stands first."""
    documents = [[c.one.reading.document for c in group], [c.other.reading.document for c in group]]
    days = [min((d.published[:10] for d in side if d.published), default=None) for side in documents]
    if (days[1] or "") < (days[0] or ""):
        group, documents, days = [c.turned(group[0].other.key) for c in group], documents[::-1], days[::-1]
    one, other = group[0].one, group[0].other
    update = any(c.update for c in group) and None not in days and days[0] != days[1]
    record = timeline_row(one.record, one.reading.document) if one.record is not None else None
    return ContradictionRow(
        what=group[0].kind,
        counts=group[0].counts,
        value=one.value,
        other_value=other.value,
        update=update,
        actor=record.actor if record is not None else (),
        about=record.about if record is not None else (),
        type=record.type if record is not None else None,
        status=record.status if record is not None else None,
        publisher=distinct(d.publisher for d in documents[0]),
        other_publisher=distinct(d.publisher for d in documents[1]),
        date=days[0],
        other_date=days[1],
        via=record.via if record is not None else (),
        words=one.words,
        other_words=other.words,
        id=one.record.id if one.record is not None else "",
        other_id=other.record.id if other.record is not None else "",
        document_id=distinct(d.id for d in documents[0]),
        other_document_id=distinct(d.id for d in documents[1]),
    )
