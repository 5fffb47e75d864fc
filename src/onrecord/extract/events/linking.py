"""Mentions of one happening within a report, linked: of each event, the earlier mention of the same act, if there is one.

Two mentions can be of one happening where their types, parties and dates agree; whether they are is judged by how they are worded (a definite noun
that points back, the same word, the same matter). Records stay as they are. Method and figures: ``docs/decisions/0021-mentions-of-one-happening.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Token

from onrecord.codebook.recoding import PREFIX
from onrecord.languages import language
from onrecord.model import Event, Link, Participant
from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component

NAME = "events.linking"
"""How links are signed: without a version, so that one that a person withdrew stays withdrawn when a better version reads anew."""
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"})
"""Acts of words: one speaker's repeated statement is one event."""
AROUND = timedelta(days=7)
"""How long before or after its publication a report's undated news may have happened."""
SCORES = {
    "the same visit": 0.83, "the same meeting": 0.78, "points back": 0.75, "the same word": 0.83, "the same matter": 0.67, "the same statement": 0.83,
    "one clause": 0.67,
}  # fmt: skip
"""By ground, how sure a link is: (right + 1) / (found + 2) on the development reports."""
_MEETINGS = frozenset({None, "third-party", "multilateral"})
_AT_HOME = PREFIX + "meeting-at-home"
_AMOUNTS = frozenset({"MONEY", "QUANTITY", "CARDINAL", "PERCENT"})


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with what its words say.

    ``block``, ``head``: where its trigger stands; ``definite``: a noun that points back; ``timeless``: it bears no tense; ``another``: one more of
    its kind, or many; ``matter``, ``amounts``: the words besides the parties', by lemma, and the numbers.
    """

    event: Event
    block: int
    head: Token
    definite: bool
    timeless: bool
    another: bool
    matter: frozenset[str]
    amounts: frozenset[str]


@component(NAME, requires=["parse", "events"], assigns=["links"])
def linking() -> Step:
    """Link the events of a document that are mentions of one happening."""

    def step(analysis: Analysis) -> None:
        analysis.links = list(links(analysis))

    return step


def links(analysis: Analysis) -> Iterator[Link]:
    """One positive same-event link from each later mention of a happening to an earlier one, in reading order."""
    tellings = [told for event in analysis.events if (told := _telling(analysis, event)) is not None]
    subjects = {(told.block, told.head.head.i): told for told in tellings if told.head.dep_ == "nsubj"}
    happenings: dict[str, list[list[Telling]]] = {}
    for told in tellings:
        subject = subjects.get((told.block, told.head.i))
        if subject is not None and _one_act(subject.event, told.event):
            yield _link(subject, told, "one clause")
            continue
        alike = happenings.setdefault(told.event.type, [])
        found = [
            (SCORES[ground], -n, mentions, earlier, ground)
            for mentions in alike
            if all(compatible(mention, told) for mention in mentions)
            for n, earlier in enumerate(reversed(mentions))
            if (ground := _ground(earlier, told)) is not None
        ]
        if not found:
            alike.append([told])
            continue
        _, _, mentions, earlier, ground = max(found, key=lambda f: f[:2])
        mentions.append(told)
        yield _link(earlier, told, ground)


def _link(earlier: Telling, later: Telling, ground: str) -> Link:
    return Link(earlier.event.id, later.event.id, "same-event", "positive", SCORES[ground], ground, NAME, "")


def compatible(earlier: Telling, later: Telling) -> bool:
    """True where nothing about two mentions of one type, the choice of words apart, says that they are of two happenings."""
    one, other = earlier.event, later.event
    return (
        "negated" not in (one.status, other.status)
        and _ahead(one) == _ahead(other)
        and _one_way(earlier, later)
        and _one_cast(one, other)
        and (later.definite or _shared(one, other))
        and not (earlier.another or later.another)
        and not (earlier.amounts and later.amounts and not earlier.amounts & later.amounts)
        and not _apart(earlier, later)
    )


def _ahead(event: Event) -> bool:
    """True for what lies ahead; a promise or threat is made now, whatever its status."""
    return event.status == "future" and event.type not in SPOKEN


def _one_act(subject: Event, verb: Event) -> bool:
    """True for an act and the verb, of which it is the subject, that tells what it did: "the attack killed five"."""
    return subject.type == verb.type and "negated" not in (subject.status, verb.status) and _one_side(subject.actors, verb.actors)


def _one_way(earlier: Telling, later: Telling) -> bool:
    """True for modes that one act can have.

    A visit is not the talks held on it; what is promised, asked or refused must be the same, unless the same word leaves it open; how a deed was done
    may be left open.
    """
    one, other = earlier.event, later.event
    if one.type in SPOKEN:
        ways = {(event.mode, _rule(event)) for event in (one, other)}
        return len(ways) == 1 or (_one_word(earlier, later) and (None, None) in ways)
    if one.type == "CONSULT":
        return one.mode == other.mode or (_meeting(one) and _meeting(other))
    return one.mode == other.mode or None in (one.mode, other.mode)


def _rule(event: Event) -> str | None:
    """The codebook's re-coding rule that an event follows: it tells what is promised."""
    return next((w.name for w in event.why if w.name.startswith(PREFIX)), None)


def _meeting(event: Event) -> bool:
    """True for a meeting, wherever it is held; one in the country of one of the sides is coded as a visit by the other."""
    return event.mode in _MEETINGS or _rule(event) == _AT_HOME


def _one_cast(one: Event, other: Event) -> bool:
    """True where the same take part in the same roles; a meeting has no roles."""
    if one.type == "CONSULT" and _meeting(one) and _meeting(other):
        return _one_side((*one.actors, *one.recipients), (*other.actors, *other.recipients))
    return _one_side(one.actors, other.actors) and _one_side(one.recipients, other.recipients)


def _one_side(some: Sequence[Participant], others: Sequence[Participant]) -> bool:
    """True where each of ``some`` is one of ``others``, and the other way round."""
    return len(some) == len(others) and all(any(_same(p, q) for q in others) for p in some) and all(any(_same(p, q) for p in some) for q in others)


def _same(one: Participant, other: Participant) -> bool:
    """True for one actor, and for a state and whoever acts for it; those who are not resolved, by their words."""
    a, b = one.actor, other.actor
    if a is None or b is None:
        return a is b and one.mention is not None and other.mention is not None and one.mention.text.casefold() == other.mention.text.casefold()
    return a.id == b.id or (a.country is not None and a.country == b.country and "state" in (a.kind, b.kind))


def _shared(one: Event, other: Event) -> bool:
    """True if somebody takes part in both himself: two states' ties are not what two of their ministers did."""
    parties = [{p.actor.id if p.actor else p.mention for p in (*e.actors, *e.recipients)} for e in (one, other)]
    return bool(parties[0] & parties[1]) or any(p.actor is None for p in (*one.actors, *one.recipients))


def _apart(earlier: Telling, later: Telling) -> bool:
    """True for dates that have no day in common.

    What bears no date of its own is news of these days, unless it bears no tense either or a definite noun points back to it ("its test").
    """
    one, other = (_days(told, dated=not (told.timeless or later.definite)) for told in (earlier, later))
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def _days(told: Telling, *, dated: bool) -> tuple[date, date] | None:
    """The first and last day of an event, None where unknown; ``dated``: it happened around the publication if the text has no date."""
    when = told.event.date
    margin = AROUND if when.basis == "publication" else timedelta()
    if when.basis == "none" or (margin and not dated):
        return None
    try:
        return date.fromisoformat(when.start or "") - margin, date.fromisoformat(when.end or "") + margin
    except (ValueError, OverflowError):
        return None


def _one_word(one: Telling, other: Telling) -> bool:
    return one.head.lemma_.lower() == other.head.lemma_.lower()


def _ground(earlier: Telling, later: Telling) -> str | None:
    """Why two compatible mentions are of one happening: a key of ``SCORES``; None where nothing says so."""
    event = later.event
    if event.type == "CONSULT":
        return "the same meeting" if _meeting(event) else "the same visit"
    if later.definite:
        return "points back"
    if _one_word(earlier, later):
        return "the same word"
    if earlier.matter & later.matter:
        return "the same matter"
    return "the same statement" if event.type in SPOKEN else None


def _telling(analysis: Analysis, event: Event) -> Telling | None:
    """What an event's words say; None where its trigger is not in the parse."""
    block = analysis.blocks[analysis.block_at(event.trigger.start)]
    trigger, evidence = (
        block.doc.char_span(span.start - block.offset, span.end - block.offset, alignment_mode="expand") if span.start >= block.offset else None
        for span in (event.trigger, event.evidence)
    )
    if trigger is None or evidence is None:
        return None
    words = language("en").table("linking")["words"]
    head, before = trigger.root, {c.lower_ for c in trigger.root.children}
    noun = head.pos_ in ("NOUN", "PROPN")
    named = [p.mention for p in (*event.actors, *event.recipients) if p.mention is not None]
    own = [t for t in evidence if not any(m.start <= block.start(t) < m.end for m in named)]
    return Telling(
        event=event,
        block=block.index,
        head=head,
        definite=noun and (not before.isdisjoint(words["definite"]) or any(c.dep_ == "poss" for c in head.children)),
        timeless=noun or head.tag_ == "VBG",
        another=not before.isdisjoint(words["another"]) or (head.dep_ != "dobj" and not before.isdisjoint(words["indefinite"])),
        matter=frozenset(t.lemma_.lower() for t in own if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ")),
        amounts=frozenset(t.lower_ for t in own if t.like_num and t.ent_type_ in _AMOUNTS and t.lower_ not in words["scale"]),
    )
