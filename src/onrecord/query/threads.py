"""Conversations between parties: who answers whom, as trees in order of time. Decides no answer; it reads the links of type responds-to.

What several records tell as one statement or happening (same-statement, same-event) is one turn, so that an answer to one report's version answers
all of them. A turn that answers several hangs under the one it surely answers; links that would close a circle are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from typing import ClassVar

from onrecord.across.joined import ANSWERS, SAME_EVENT, SAME_STATEMENT, Joined, counting
from onrecord.across.responses_sides import side_of
from onrecord.model import Event, Link, Participant, Record, Statement
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.happenings import Parties
from onrecord.query.records import check_fields, document_of, held
from onrecord.query.rows import Names, TimelineRow, name_of, timeline_row
from onrecord.store import RecordKind, View

THREADS = ("actor", "about", "issue", "type", "since", "until", "publisher", "via", "text", "document_id", "record_id", "limit")
_SAME = (*SAME_STATEMENT, *SAME_EVENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRow(TimelineRow):
    """One turn of a conversation: the first record that tells it.

    ``thread``: the id of the turn that began it; ``depth``: 0 for that one, 1 for what answers it, and so on; ``answers``: the id of the turn that
    this one answers, None for the first; ``party``: the states, bodies or people who speak or act; ``to``: those whom they answer; ``detail``: by
    what words it is an answer; ``score``: how sure that is; ``documents``: how many reports tell this turn; ``also_id``: their other records of it.
    """

    own: ClassVar[Names] = ("thread", "depth", "answers", "party", "to", "detail", "score", "documents", "also_id")
    thread: str
    depth: int
    answers: str | None
    party: Names
    to: Names
    detail: str | None
    score: float | None
    documents: int
    also_id: Names


@dataclass(frozen=True, slots=True)
class _Turns:
    """Records as turns, each by the id that stands for its group.

    ``tellings``: the rows of its records, the first told first; ``above``: the link by which a turn answers another, and that one.
    """

    tellings: dict[str, list[TimelineRow]]
    above: dict[str, tuple[str, Link]]

    def root(self, turn: str) -> str:
        """The turn that began the conversation."""
        while turn in self.above:
            turn = self.above[turn][0]
        return turn

    def below(self) -> dict[str, list[str]]:
        """The answers to each turn, by time."""
        found: dict[str, list[str]] = {}
        for turn in sorted(self.above, key=lambda turn: when(self.tellings[turn][0])):
            found.setdefault(self.above[turn][0], []).append(turn)
        return found


def threads(view: View, wanted: Filter = EVERYTHING) -> list[ThreadRow]:
    """Conversations: who said or did what, who answered that, and who answered the answer.

    A conversation is given whole where any of its turns fits, each as a tree in order of time; those that began first come first. ``limit``: at
    most so many conversations; ``record_id``: the one that this statement or event is in. Raises QueryError for an id that nothing has.
    """
    check_fields(wanted, THREADS, "threads")
    fitting = _fitting(view, replace(wanted, record_id=None, limit=None))
    asked = {view.record(wanted.record_id).id} if wanted.record_id is not None else fitting
    turns = _turns(view, view.links(types=ANSWERS) if asked is None else _around(view, asked))
    roots = {turns.root(turn) for turn in turns.above}
    turn_of = {row.id: turn for turn, rows in turns.tellings.items() for row in rows}
    if asked is not None:
        chosen = {turn_of[i] for i in asked if i in turn_of}
        chosen &= chosen if fitting is None else {turn_of[i] for i in fitting if i in turn_of}
        roots &= {turns.root(turn) for turn in chosen}
    below = turns.below()
    ordered = sorted(roots, key=lambda root: when(turns.tellings[root][0]))
    return [row for root in ordered[: wanted.limit] for row in _tree(turns, below, root)]


def when(row: TimelineRow) -> tuple[str, str, int, str]:
    """What rows are put in order of time by; those of no known date come first."""
    return (row.date or "", row.document_id, row.start, row.id)


def _around(view: View, record_ids: Set[str]) -> Iterator[Link]:
    """The answers of the conversations that some records are in."""
    found: dict[tuple[str, str, str, str], Link] = {}
    new, known = set(record_ids), set[str]()
    while new:
        same = Joined.around(view, new, _SAME)
        new |= {other for turn in new for other in same.others(turn)}
        known |= new
        links = list(view.links(new, ANSWERS))
        found.update(((link.left, link.right, link.by, link.created_at), link) for link in links)
        new = {end for link in counting(links, ANSWERS) if link.judgement == "positive" for end in (link.left, link.right)} - known
    return iter(found.values())


def _turns(view: View, links: Iterable[Link]) -> _Turns:
    """What the answers join, each turn under what it answers: by people's judgement first, then the surest; none under its own answer."""
    answers = [link for link in counting(links, ANSWERS) if link.judgement == "positive"]
    ends = {end for link in answers for end in (link.left, link.right)}
    same = Joined.around(view, ends, _SAME)
    tellings = _told(view, {same.first(end): (end, *same.others(end)) for end in ends})
    turns = _Turns(tellings, {})
    for link in sorted(answers, key=lambda link: (not link.created_at, -link.score, link.left, link.right)):
        lower, upper = same.first(link.left), same.first(link.right)
        if lower in tellings and upper in tellings and lower not in turns.above and turns.root(upper) != lower:
            turns.above[lower] = (upper, link)
    return turns


def _told(view: View, groups: Mapping[str, tuple[str, ...]]) -> dict[str, list[TimelineRow]]:
    """The rows of each group's statements and events that the store still holds, the first told first; a group without any is left out."""
    document = document_of(view)
    found = {}
    for turn, ids in groups.items():
        rows = [timeline_row(r, document(r.document_id)) for r in held(view, ids) if isinstance(r, Statement | Event)]
        if rows:
            found[turn] = sorted(rows, key=when)
    return found


def _fitting(view: View, wanted: Filter) -> set[str] | None:
    """The statements and events that fit; None where all do."""
    if wanted == EVERYTHING:
        return None
    kinds: tuple[RecordKind, ...] = ("statement", "event")
    return {r.id for kind in kinds for r in view.records(kind, wanted)}


def _tree(turns: _Turns, below: Mapping[str, Sequence[str]], root: str) -> Iterator[ThreadRow]:
    """The turns of one conversation, each before its answers."""
    left = [(root, 0)]
    first = turns.tellings[root][0].id
    while left:
        turn, depth = left.pop()
        yield _row(turns, turn, first, depth)
        left += [(answer, depth + 1) for answer in reversed(below.get(turn, ()))]


def _row(turns: _Turns, turn: str, first: str, depth: int) -> ThreadRow:
    row, *others = turns.tellings[turn]
    above, link = turns.above.get(turn, (None, None))
    return ThreadRow(
        **{f.name: getattr(row, f.name) for f in fields(TimelineRow)},
        thread=first,
        depth=depth,
        answers=turns.tellings[above][0].id if above is not None else None,
        party=_parties(row.record),
        to=_parties(turns.tellings[above][0].record) if above is not None else (),
        detail=link.detail if link is not None else None,
        score=link.score if link is not None else None,
        documents=len({told.document_id for told in (row, *others)}),
        also_id=tuple(other.id for other in others),
    )


def _parties(record: Record) -> Names:
    """The states and bodies that say or do it; rebels, and those who are not resolved, by their own names."""
    who = (record.speaker,) if isinstance(record, Statement) else record.actors if isinstance(record, Event) else ()
    return tuple(dict.fromkeys(name for p in who if (name := _party(p)) is not None))


def _party(participant: Participant) -> str | None:
    parties = Parties()
    keys = parties.of([participant])
    if not keys or side_of(participant) not in keys:
        return name_of(participant)
    return parties.named(keys.pop())[0]
