"""What of a report can be answered (:class:`Said`) and what in it answers (:class:`Answer`), each with all that a decision about a pair needs.

Links nothing. Offsets are code points of the document's text; a party is a state by its code, else an actor's id, else the words of the mention.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.across.claims import party
from onrecord.across.responses_text import WORD, Signals, Words, stem
from onrecord.model import Document, Event, Participant, Reading, Statement

Grade = Literal["explicit", "after", "again", "strong", "weak"]
"""How plainly the words say that something is answered: outright; as what came after it; by whoever has just answered and goes on; by a verb of
reaction; by one of attitude."""
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"})
"""Types of acts that are done by words, which a statement may tell as well."""
_JOINT = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types of events that both sides take part in, so that those who are told as recipients stand for actors that nothing names."""
_TOLD = frozenset({"actual", "future", "historical"})
"""Status of what was done, or is promised."""
FRESH = 2
"""Days before its publication that a report's undated news may have happened."""
_AGAINST = frozenset({"OPP", "REB"})
"""Sectors of those who do not speak for their state."""
_NAMES = frozenset({"unknown-name", "ambiguous"})
"""Why a name was not resolved; other mentions that were not are no names."""
_NAMED = 24
"""Stems kept of one record."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement or event that may be answered.

    ``names``: words of the names of those who said or did it; ``kind``: a type of event, or "" for a statement; ``types``: that type, or those of
    what its speaker does by it; ``cue``: the stems of its cue or trigger; ``aimed``: the other parties it names; ``days``: the first and last day it
    can have been, ordinals, None where unknown; ``main``: not in a clause inside another; ``sentence``: its number; ``inside``: the statement it is
    told in.
    """

    id: str
    parties: frozenset[str]
    names: frozenset[str]
    kind: str
    types: frozenset[str]
    cue: frozenset[str]
    stems: frozenset[str]
    issues: frozenset[str]
    aimed: frozenset[str]
    days: tuple[int, int] | None
    start: int = 0
    end: int = 0
    sentence: int = 0
    main: bool = True
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """What an answer points at: the ``noun`` by its stem ("" where there is none), whose it is (``doers``), and the other parties named with it."""

    noun: str = ""
    doers: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    words: str = ""
    pronoun: bool = False
    vague: bool = False
    apposed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement or event that says by its words that it answers another.

    ``pointer`` is None where it answers what was told just before; ``quoted``: a quotation by which the party of the answer before goes on.
    """

    id: str
    parties: frozenset[str]
    grade: Grade
    words: str
    pointer: Pointer | None
    stems: frozenset[str]
    issues: frozenset[str]
    aimed: frozenset[str]
    days: tuple[int, int] | None
    start: int
    end: int
    sentence: int
    at: int = 0
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """The parties that a document's mentions name, by where they begin."""

    starts: list[int]
    ends: list[int]
    parties: list[str]

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Start, end and party of each mention that begins in ``[start, end)``."""
        for n in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            yield self.starts[n], self.ends[n], self.parties[n]


@dataclass(frozen=True, slots=True)
class Told:
    """A reading as the search sees it, its parts looked up once.

    ``issues``: of each record; ``known``: statements and events by id; ``covered``: the words that are part of a name, by index; ``twins``: acts of
    words, each with the statement that tells the same.
    """

    words: Words
    named: Named
    issues: dict[str, frozenset[str]]
    published: tuple[int, int] | None
    signals: Signals
    known: dict[str, Statement | Event]
    covered: frozenset[int]
    twins: dict[str, str]


def told(reading: Reading, words: Words, signals: Signals) -> Told:
    """A reading, prepared."""
    found = sorted(
        (p.mention.start, p.mention.end, who)
        for p in reading.mentions
        if p.mention is not None and p.actor is not None
        for who in (side_of(p), *names_of(p), *_seat(p.mention.text, signals))
    )
    named = Named([f[0] for f in found], [f[1] for f in found], [f[2] for f in found])
    issues: dict[str, set[str]] = {}
    for position in reading.positions:
        for record_id in (position.record_id, position.statement_id):
            if position.issue is not None and record_id is not None:
                issues.setdefault(record_id, set()).add(position.issue.id)
    records: tuple[Statement | Event, ...] = (*reading.statements, *reading.events)
    known = {r.id: r for r in records}
    covered = frozenset(i for start, end, _ in found for i in words.between(start, end))
    twins = dict(_twins(reading))
    return Told(words, named, {k: frozenset(v) for k, v in issues.items()}, published(reading.document), signals, known, covered, twins)


def _twins(reading: Reading) -> Iterator[tuple[str, str]]:
    """Acts of words with the statement that tells the same: its cue is their word, or they are what its speaker does by its content."""
    statements = [(s, s.cue.start if s.cue else -1, s.cue.end if s.cue else -1, parties_of([s.speaker])) for s in reading.statements]
    for event in reading.events:
        if event.type in _SPOKEN:
            at, parties = event.trigger.start, parties_of(event.actors)
            found = [
                (start <= at < end, -(s.evidence.end - s.evidence.start), s.id)
                for s, start, end, who in statements
                if (start <= at < end or (s.evidence.start <= at < s.evidence.end and s.id != event.statement_id)) and who & parties
            ]
            if found:
                yield event.id, max(found)[2]


def published(document: Document) -> tuple[int, int] | None:
    """When what a document tells without a date may have happened: on the day of publication or shortly before; None where that is no whole day."""
    day = _days(document.published, document.published)
    return (day[0] - FRESH, day[1]) if day is not None else None


def said(reading: Told) -> list[Said]:
    """What can be answered, in reading order: every record of somebody's, but for what is denied, asked for or only thought of."""
    types: dict[str, set[str]] = {}
    for event_id, statement_id in reading.twins.items():
        event = reading.known[event_id]
        if isinstance(event, Event):
            types.setdefault(statement_id, set()).add(event.type)
    alone = (record for record in reading.known.values() if record.id not in reading.twins)
    found = [s for record in alone if (s := _said(reading, record, types.get(record.id, ()))) is not None]
    return sorted(found, key=lambda s: (s.start, s.kind != "", s.id))


def _said(reading: Told, record: Statement | Event, types: Iterable[str]) -> Said | None:
    if isinstance(record, Statement):
        others, kind, cue, outer = record.addressees, "", record.cue, record.nested_in or record.statement_id
    else:
        others, kind, cue, outer = record.recipients, record.type, record.trigger, record.statement_id
        if record.status not in _TOLD:
            return None
    who = doers_of(record)
    parties = parties_of(who) or (parties_of(others) if kind in _JOINT else frozenset())
    if not parties:
        return None
    words = reading.words
    start, end = record.evidence.start, record.evidence.end
    told_at = cue.start if cue is not None else start
    sentence = words.sentence(told_at)
    begin = words.sentences[sentence]
    return Said(
        id=record.id,
        parties=parties,
        names=frozenset(name for p in who for name in names_of(p)),
        kind=kind,
        types=frozenset(types if isinstance(record, Statement) else (record.type,)),
        cue=frozenset(stem(words.words[i]) for i in words.between(cue.start, cue.end)) if cue is not None else frozenset(),
        stems=stems_between(reading, start, end) | stems_between(reading, begin, start),
        issues=reading.issues.get(record.id, frozenset()),
        aimed=(parties_of(others) | {p for _, _, p in reading.named.between(start, end)}) - parties,
        days=days_of(reading, record),
        start=start,
        end=end,
        sentence=sentence,
        main=_main(reading, begin, told_at),
        inside=outer,
    )


def _main(reading: Told, begin: int, at: int) -> bool:
    """True unless a word that opens a clause stands before ``at`` in its sentence, with no comma between."""
    words = reading.words
    for i in reversed(words.between(begin, at)):
        if "," in words.text[words.ends[i] : words.starts[i + 1] if i + 1 < len(words.starts) else words.ends[i]]:
            return True
        if words.words[i] in reading.signals.inside:
            return False
    return True


def doers_of(record: Statement | Event) -> tuple[Participant, ...]:
    """Who said or did it."""
    return (record.speaker,) if isinstance(record, Statement) else record.actors


def parties_of(participants: Iterable[Participant]) -> frozenset[str]:
    """The parties of participants; those that nothing names are left out."""
    return frozenset(filter(None, map(side_of, participants)))


def side_of(participant: Participant) -> str:
    """The party that somebody speaks or acts for: the opposition and rebels of a state for themselves; "" for whom nothing names."""
    actor, mention = participant.actor, participant.mention
    if actor is not None:
        return actor.id if actor.kind != "state" and not _AGAINST.isdisjoint(actor.sectors) else party(participant)
    if mention is None:
        return ""
    first, *rest = mention.text.split() or [""]
    named = any(word[:1].isupper() for word in rest) or (participant.reason in _NAMES and first[:1].isupper())
    return party(participant) if named else ""


def names_of(participant: Participant) -> Iterator[str]:
    """The words of a person's name, marked by a tilde: they tell two people of one state apart, and find one whose state is not known."""
    actor, mention = participant.actor, participant.mention
    if actor is not None and actor.kind == "person":
        yield from (f"~{word}" for word in WORD.findall(actor.name.lower()) if len(word) > 2)
    elif actor is None and mention is not None:
        yield from (f"~{word.lower()}" for word in WORD.findall(mention.text)[-3:] if len(word) > 2 and word[0].isupper())


def _seat(words: str, signals: Signals) -> tuple[str, ...]:
    """The body that a capital stands for, if it does."""
    body = signals.seats.get(words.lower())
    return (body,) if body is not None else ()


def stems_between(reading: Told, start: int, end: int) -> frozenset[str]:
    """The stems of the words that say something of the matter, at most the first few."""
    words, stop, covered = reading.words, reading.signals.stop, reading.covered
    found = [stem(w) for i in words.between(start, end) if len(w := words.words[i]) > 2 and w not in stop and i not in covered]
    return frozenset([s for s in found if s not in stop][:_NAMED])


def days_of(reading: Told, record: Statement | Event) -> tuple[int, int] | None:
    """When: the record's own days, else the day of publication as the last that it can be."""
    when = record.date
    if when.basis == "text":
        return _days(when.start, when.end)
    return reading.published


def _days(start: str | None, end: str | None) -> tuple[int, int] | None:
    try:
        first = date.fromisoformat((start or end or "")[:10])
        last = date.fromisoformat((end or start or "")[:10])
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()
