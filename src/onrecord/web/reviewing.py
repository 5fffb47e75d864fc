"""What the page of reviews shows: the queue, the record at hand with its words, and what was decided on it. Asks the store; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from onrecord.across.joined import ANSWERS, SAME_EVENT, SAME_STATEMENT
from onrecord.desk.tokens import Person
from onrecord.errors import NotThere, QueryError
from onrecord.model import Decision, Link, Reading, Record, to_dict
from onrecord.model.links import LinkType
from onrecord.query import Filter
from onrecord.query.headings import heading
from onrecord.query.links import Pair as LinkedPair
from onrecord.query.links import disputed_pairs
from onrecord.query.reviews import UNDECIDED, QueueRow, changed, put_forward, queue
from onrecord.review.forms import Field, fields_of, people
from onrecord.store import View
from onrecord.store.standing import Reviewed, State, counting, judged, judgements, may_settle
from onrecord.web.filters import address
from onrecord.web.marking import CHARACTERS, Paragraph, Stretch, cut, numbered, paragraphs
from onrecord.web.reader import Item, items

LISTED = 15
"""Records of the queue on one page."""
PAIRS: tuple[LinkType, ...] = (*SAME_EVENT, *SAME_STATEMENT, *ANSWERS)


@dataclass(frozen=True, slots=True)
class Word:
    """A reviewer's decision that counts; ``differs``: (field, what the machine reads, what it should be), for a correction."""

    decision: Decision
    differs: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that belong together or not, and all that is said of it. ``own``, ``words``: of the one and the other, None where the store has it not.

    ``found``: what machines say; ``said``: people's judgements that count, and ``state`` what they come to. ``may_settle``: whether the asking
    reviewer may end the dispute there is.
    """

    type: LinkType
    one: str
    other: str
    own: str | None
    words: str | None
    found: tuple[Link, ...]
    said: tuple[Link, ...]
    state: str
    may_settle: bool


@dataclass(frozen=True, slots=True)
class Hand:
    """The record at hand. ``paragraphs``: the text around it, cut at its words; ``start``: where that begins (code points).

    ``words``: the decisions that count; ``mine``: the asking reviewer's; ``may_settle``: whether that reviewer may end the dispute there is.
    ``decided``, ``of``: how many of its report's records are decided.
    """

    record: Record
    item: Item
    reading: Reading
    paragraphs: list[Paragraph]
    start: int
    reviewed: Reviewed | None
    words: tuple[Word, ...]
    mine: Decision | None
    may_settle: bool
    pairs: tuple[Pair, ...]
    decided: int
    of: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form to correct the record at hand, or to add one of ``kind`` to its report. ``people``: whom its report names."""

    kind: str
    adds: bool
    fields: tuple[Field, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole page: the queue, the record at hand, how much is done. ``following``, ``previous``: addresses beside the record at hand.

    ``disputes``: the first of the links on which people differ, of which there are ``disputed_links``.
    """

    rows: tuple[QueueRow, ...]
    hand: Hand | None
    form: Form | None
    reading: Reading | None
    next_id: str
    previous: str | None
    following: str | None
    states: Mapping[State, int]
    size: int
    disputes: tuple[Pair, ...]
    disputed_links: int


def board(view: View, who: Person, wanted: Filter, *, record: str, edit: str, kind: str) -> Board:
    """The page for one reviewer; ``record``: the one at hand, else the first; ``edit``: correct or add (one of ``kind``). Raises QueryError."""
    rows = list(islice(queue(view, replace(wanted, limit=LISTED + 1)), LISTED + 1))
    more, rows = len(rows) > LISTED, rows[:LISTED]
    ids = [row.id for row in rows]
    this = at_hand(view, record) if record else rows[0].record if rows else None
    at = ids.index(this.id) if this is not None and this.id in ids else -1
    next_id = ids[at + 1] if at + 1 < len(ids) else ""
    further = address("/review", wanted, after=ids[-1]) if more and at + 1 == len(ids) else None
    hand = None if this is None else _hand(view, who, this, wide=bool(edit))
    document = hand.record.document_id if hand else wanted.document_id
    reading = hand.reading if hand else view.reading(document) if document else None
    disputed = disputed_pairs(view)
    listed = sorted(disputed, key=_ends)[:LISTED] if wanted.state == "disputed" else []
    return Board(
        rows=tuple(rows),
        hand=hand,
        form=_form(hand, reading, edit, kind),
        reading=reading,
        next_id=next_id,
        previous=address("/review", wanted, record=ids[at - 1]) if at > 0 else None,
        following=address("/review", wanted, record=next_id) if next_id else further,
        states=view.states(),
        size=view.size(),
        disputes=tuple(_pair(view, who, _ends(pair), view.links(pair[0], [pair[1]])) for pair in listed),
        disputed_links=len(disputed),
    )


def typed(form: Form, said: Mapping[str, str]) -> Form:
    """The form as it was sent, so that nothing typed is lost where it could not be kept."""
    kept = [
        replace(f, value=said.get(f"{f.name}.at", f.value), who=said.get(f"{f.name}.who", f.who))
        if f.kind in ("span", "party")
        else replace(f, value=said.get(f.name, "" if f.kind == "check" else f.value))
        for f in form.fields
    ]
    return replace(form, fields=tuple(kept))


def at_hand(view: View, given: str) -> Record:
    """The record with this id, whether it stands or not. Raises NotThere."""
    found = put_forward(view, given)
    if found is None:
        raise NotThere(f"no record has the id {given[:80]!r}", hint="take one of the queue")
    return found


def _hand(view: View, who: Person, record: Record, *, wide: bool) -> Hand:
    reading = view.reading(record.document_id)
    text = reading.document.text
    start, end = _around(text, record, wide=wide)
    (marked,) = numbered([record])
    stretch = Stretch(start, end, (marked,), 0)
    reviewed = next(view.reviewed(record_id=record.id), None)
    words = counting(view.decisions(record_id=record.id))
    machine = view.machine(record.id)
    states = list(view.reviewed(document_id=record.document_id))
    undecided = {r.id for r in reading.records} - {r.record_id for r in states}
    return Hand(
        record=record,
        item=items(reading, stretch, {record.id: reviewed.state if reviewed else ""})[0],
        reading=reading,
        paragraphs=cut(text, stretch),
        start=start,
        reviewed=reviewed,
        words=tuple(Word(d, _differs(d.record, machine)) for d in words),
        mine=next((d for d in words if d.by == who.name), None),
        may_settle=_may_settle(who, reviewed, words),
        pairs=tuple(_pairs(view, who, record)),
        decided=len(states),
        of=len(states) + len(undecided),
    )


def _may_settle(who: Person, reviewed: Reviewed | None, words: tuple[Decision, ...]) -> bool:
    """Whether somebody may end the dispute there is; an admin also one that was settled, again."""
    return may_settle(words, who.name, disputed=reviewed is not None and reviewed.state == "disputed", admin=who.may("admin")) == "yes"


def _around(text: str, record: Record, *, wide: bool) -> tuple[int, int]:
    """Where the text to be shown begins and ends: the paragraphs of the record and one on each side; ``wide``: as much as a page holds."""
    whole = paragraphs(text)
    there = [i for i, (low, high) in enumerate(whole) if low < max(record.evidence.end, record.evidence.start + 1) and record.evidence.start < high]
    if wide:
        low, high = record.evidence.start - CHARACTERS // 2, record.evidence.end + CHARACTERS // 2
        chosen = [span for span in whole if span[1] > low and span[0] < high]
        return chosen[0][0], chosen[-1][1]
    return whole[max(there[0] - 1, 0)][0], whole[min(there[-1] + 1, len(whole) - 1)][1]


def _differs(record: Record | None, machine: Record | None) -> tuple[tuple[str, Any, Any], ...]:
    if record is None or machine is None:
        return ()
    ours, theirs = to_dict(record), to_dict(machine)
    return tuple((name, _short(theirs[name]), _short(ours[name])) for name in changed(record, machine))


def _short(value: Any) -> str:
    """A value of a field as a reviewer compares it: names, words, codes."""
    if isinstance(value, list):
        return "; ".join(map(_short, value)) or "none"
    if not isinstance(value, dict):
        return "none" if value is None else str(value)
    if "mention" in value:
        named, said = value["actor"], value["mention"]
        return (named["name"] if named else "") + (f" (“{said['text']}”)" if said else "") or "nobody"
    if "text" in value:
        return str(value["text"])
    shown = [_short(inner) for name, inner in value.items() if inner is not None and name not in ("id", "basis", "precision", "kind")]
    return ", ".join(shown) or "none"


def _pairs(view: View, who: Person, record: Record) -> Iterator[Pair]:
    """The links of a record, each with all that is said of it."""
    found: dict[tuple[str, LinkType], list[Link]] = {}
    for link in view.links([record.id], PAIRS):
        found.setdefault((link.right if link.left == record.id else link.left, link.type), []).append(link)
    for (other, kind), links in found.items():
        yield _pair(view, who, (record.id, other, kind), links)


def _pair(view: View, who: Person, pair: tuple[str, str, LinkType], links: Iterable[Link]) -> Pair:
    """All that is said of two; of ``links``, those between them count."""
    one, other, kind = pair
    between = [link for link in links if {link.left, link.right} == {one, other}]
    said = judgements(between)
    state = judged(said) or UNDECIDED
    return Pair(
        type=kind,
        one=one,
        other=other,
        own=_words(view, one),
        words=_words(view, other),
        found=tuple(link for link in between if not link.created_at),
        said=said,
        state=state,
        may_settle=may_settle(said, who.name, disputed=state == "disputed", admin=who.may("admin")) == "yes",
    )


def _words(view: View, end: str) -> str | None:
    """The words of a record, or the heading of a report; None where the store has neither."""
    with suppress(QueryError):
        return view.record(end).evidence.text
    with suppress(QueryError):
        return heading(view.document(end))
    return None


def _ends(pair: LinkedPair) -> tuple[str, str, LinkType]:
    """The two ids in order, and how they are linked."""
    one, other = sorted(pair[0])
    return one, other, pair[1]


def _form(hand: Hand | None, reading: Reading | None, edit: str, kind: str) -> Form | None:
    if reading is None or edit not in ("correct", "add"):
        return None
    names = tuple(people(reading))
    if edit == "correct" and hand is not None:
        return Form(hand.record.kind, False, tuple(fields_of(hand.record.kind, hand.record, reading)), names)
    return Form(kind or "position", True, tuple(fields_of(kind or "position", None, reading)), names)
