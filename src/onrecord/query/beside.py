"""Two reports side by side, as rows, and the reports that can be set beside one. What is paired is said in ``side_by_side``; links decide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from onrecord.across.joined import COPIES, SAME_EVENT, SAME_STATEMENT, Joined
from onrecord.across.stories import SAME_STORY
from onrecord.across.stories_changes import is_story
from onrecord.errors import QueryError
from onrecord.model import Document, Record
from onrecord.query.contradictions import ContradictionRow
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import distinct
from onrecord.query.headings import heading
from onrecord.query.records import check_fields, held
from onrecord.query.rows import Flat, Names, timeline_row
from onrecord.query.side_by_side import Pair, SideBySide, side_by_side
from onrecord.store import Selection, View

BESIDE = ("document_id", "other_document_id", "limit")
OTHERS = ("document_id", "limit")
_MOST = 100
"""Other reports that are looked at to find those most alike."""
_OF_A_SIDE = ("actor", "about", "type", "stance", "status", "date", "publisher", "via", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideRow(Flat):
    """What both of two reports tell, what one of them alone, or what they tell differently; ``other_…`` is of the second report.

    ``how``: same-event, same-statement (links say so) or same-claim, with its ``number``, by place in the first report; ``also``, ``also_id``:
    further records of the same in the same report; ``by``, ``score``: who joined them and the best score, none where a third report joins them;
    of a statement what the second report left out, added and changed. told-differently: ``what`` (number, date, place, who), which of it
    (``counts``), both values, and the number of what they belong to, if it has one; ``update``: a later, higher toll.
    only-first, only-second: what the other has not.
    """

    number: int | None
    how: str
    kind: str | None
    what: str | None
    counts: str | None
    value: str | None
    other_value: str | None
    update: bool | None
    actor: Names
    other_actor: Names
    about: Names
    other_about: Names
    type: str | None
    other_type: str | None
    stance: str | None
    other_stance: str | None
    status: str | None
    other_status: str | None
    date: str | None
    other_date: str | None
    publisher: str | None
    other_publisher: str | None
    via: Names
    other_via: Names
    words: str | None
    other_words: str | None
    also: Names
    other_also: Names
    left_out: Names
    added: Names
    changed: Names
    by: Names
    score: float | None
    id: str | None
    other_id: str | None
    also_id: Names
    other_also_id: Names
    document_id: str
    other_document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRow(Flat):
    """A report to set beside another. ``how``: story, copy, or both; ``shared``: how many records of the two links put together.

    ``via``: whose copy it uses; ``words``: its first line; ``document_id``: the report asked about.
    """

    date: str | None
    publisher: str | None
    title: str | None
    how: Names
    shared: int
    via: Names
    words: str
    url: str | None
    id: str
    document_id: str
    heading: str = field(repr=False, metadata={"column": False})

    def shown(self) -> dict[str, str | int | float | bool | None]:
        """With what it is called as its title."""
        return {**self.flat(), "title": self.heading}


def beside(view: View, wanted: Filter = EVERYTHING) -> Iterator[BesideRow]:
    """Two reports side by side: what both tell, what they tell differently, and what only one of them has.

    Every record of the two is in one row that tells of both or of one. Raises QueryError where there are not two reports.
    """
    check_fields(wanted, BESIDE, "beside")
    if wanted.document_id is None or wanted.other_document_id is None:
        raise QueryError("a comparison needs two reports", hint="give two ids, document_id and other_document_id; others lists what to choose from")
    return islice(rows(side_by_side(view, wanted.document_id, wanted.other_document_id)), wanted.limit)


def rows(found: SideBySide) -> Iterator[BesideRow]:
    """Two reports as rows: pairs by number, then what is told differently, then what only the first one has, then only the second."""
    left, right = found.left.document, found.right.document
    of_both = {"document_id": left.id, "other_document_id": right.id}
    for pair in found.pairs:
        yield BesideRow(**{**_NOTHING, **_side(pair.left, left), **_side(pair.right, right, "other_"), **_pair(pair), **of_both})
    for contradiction in found.contradictions:
        yield BesideRow(**{**_NOTHING, **_differently(found, contradiction), **of_both})
    for reading, how, prefix in ((found.left, "only-first", ""), (found.right, "only-second", "other_")):
        for record in found.only(reading):
            yield BesideRow(**{**_NOTHING, **_side((record,), reading.document, prefix), "how": how, "kind": record.kind, **of_both})


_NOTHING: Mapping[str, Any] = {name: () if f.type == "Names" else None for name, f in BesideRow.__dataclass_fields__.items()}
"""A row that says nothing yet."""


def _side(records: tuple[Record, ...], document: Document, prefix: str = "") -> dict[str, Any]:
    """The columns of one report: of the first record, with the words and ids of the others."""
    row = timeline_row(records[0], document)
    columns = {name: getattr(row, name) for name in (*_OF_A_SIDE, "id")}
    columns |= {"also": tuple(r.evidence.text for r in records[1:]), "also_id": tuple(r.id for r in records[1:])}
    return {f"{prefix}{name}": value for name, value in columns.items()}


def _pair(pair: Pair) -> dict[str, Any]:
    differs = {name: getattr(pair.differs, name) for name in ("left_out", "added", "changed")} if pair.differs is not None else {}
    joined = {"by": distinct(link.by for link in pair.links), "score": max((link.score for link in pair.links), default=None)}
    return {"number": pair.number, "how": pair.how, "kind": pair.left[0].kind, **differs, **joined}


def _differently(found: SideBySide, row: ContradictionRow) -> dict[str, Any]:
    """A contradiction, the first report's value first."""
    ways = ("", "other_") if found.left.document.id in row.document_id else ("other_", "")
    columns: dict[str, Any] = {"how": "told-differently", "what": row.what, "counts": row.counts or None, "update": row.update}
    for prefix, theirs, reading in zip(("", "other_"), ways, (found.left, found.right), strict=True):
        columns |= {f"{prefix}{name}": getattr(row, f"{theirs}{name}") or None for name in ("value", "words", "id", "date")}
        columns[f"{prefix}publisher"] = reading.document.publisher
    pair = next((p for p in found.pairs if any(p.has(id_) for id_ in (row.id, row.other_id))), None)
    return columns | ({"number": pair.number, "kind": pair.left[0].kind} if pair is not None else {})


def others(view: View, wanted: Filter = EVERYTHING) -> list[OtherRow]:
    """Reports to set beside one: of its story, its copies, and those with records of the same happenings and words.

    Those with the most of the same first. Raises QueryError where no report is named.
    """
    check_fields(wanted, OTHERS, "others")
    if wanted.document_id is None:
        raise QueryError("beside which report?", hint="give the id of a report")
    document = view.document(wanted.document_id)
    ways = (("story", SAME_STORY), ("copy", COPIES))
    how = {name: [i for i in Joined.around(view, [document.id], types).others(document.id) if not is_story(i)] for name, types in ways}
    shared = _shared(view, document.id)
    found = dict.fromkeys([*sorted(shared, key=lambda i: (-shared[i], i)), *how["story"], *how["copy"]])
    rows = [_other(view.document(i), document, (n for n in how if i in how[n]), shared.get(i, 0)) for i in list(found)[:_MOST]]
    return sorted(rows, key=lambda o: (-o.shared, not o.how, o.date or "", o.id))[: wanted.limit]


def _other(document: Document, asked: Document, how: Iterable[str], shared: int) -> OtherRow:
    d = document
    return OtherRow(
        date=d.published, publisher=d.publisher, title=d.title, how=tuple(how), shared=shared, via=d.credits,
        words=d.text.lstrip().partition("\n")[0], url=d.url, id=d.id, document_id=asked.id, heading=heading(d),
    )  # fmt: skip


def _shared(view: View, document_id: str) -> dict[str, int]:
    """How many of a report's records links join with records of each other report."""
    own = [r.id for r in view.records(None, Selection(document_id=document_id))]
    joined = Joined.around(view, own, (*SAME_EVENT, *SAME_STATEMENT))
    found: dict[str, set[str]] = {}
    groups = {joined.first(i): set(joined.others(i)) for i in own}
    for first, group in groups.items():
        for record in held(view, sorted(group.difference(own))[:_MOST]):
            found.setdefault(record.document_id, set()).add(first)
    return {other: len(firsts) for other, firsts in found.items() if other != document_id}
