"""Decides whether one record answers another. A pure function of the two; looks nothing up, writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.across.responses_sides import Answer, Grade, Pointer, Said
from onrecord.across.responses_text import Noun, Signals

Ground = Literal["named", "spoken of", "told before", "as before", "a noun", "elsewhere"]
"""What a link rests on: the answered party is named with the words that point; it is spoken of, or the answered words are meant for the answerer;
it was told just before; another answer just before is to it; a noun alone; it stands in another report and is named."""

SCORES: Mapping[Ground, float] = {"named": 0.88, "spoken of": 0.86, "told before": 0.74, "as before": 0.82, "a noun": 0.67, "elsewhere": 0.9}
"""How sure a link is, by ground: (right + 1) / (found + 2), judged by hand (decision 0028)."""
GRADES: Mapping[Grade, float] = {"explicit": 3.0, "after": 3.0, "again": 2.0, "strong": 2.0, "weak": 1.0}
WITHIN: Mapping[Grade, float] = {"explicit": 4.0, "after": 4.0, "again": 4.0, "strong": 4.5, "weak": 5.0}
BEFORE, AGAIN, ACROSS = 4.5, 4.0, 7.0
"""Points that are enough: within a report by how plain the words are, for what was told just before, for "it", and in another report."""
SPOKEN = 1.0
"""Points where the answer speaks of the party, but not with the words that point."""
NEVER = -9.0
"""Points for a place in the report where no answer can be to what is told there."""
ALONE = 1.0
"""Points that may be lacking where a report tells of one act only that the words can mean."""
LONGEST = 14
"""Days within which a report's answer is one to what another report tells."""
TAKEN_UP = 2
"""Words that a speaker who goes on must take up for what he says to be an answer still, or that tell what somebody is answered for elsewhere."""
FAR, FEW = 7, 2
"""Sentences that may lie between "in response" and what was said to the one who responds, and between an accusation and "denied it"."""
_JOINT = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types of events that nobody is answered for unless a noun points at them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How well two records fit as answer and answered, in points; ``sure`` if that is enough whatever else is told; ``ground``, and it in words."""

    points: float
    sure: bool
    ground: Ground
    words: tuple[str, ...]


def judge(answer: Answer, said: Said, signals: Signals, *, within: bool) -> Verdict | None:
    """Whether ``answer`` answers ``said``; None where it does not. ``within``: both stand in one report."""
    if answer.id == said.id or answer.parties & said.parties:
        return None
    if within and said.start <= answer.start and said.end >= answer.end:
        return None
    late = _late(answer, said)
    if late is None and not within:
        return None
    if late is not None and (late < 0 or (late > LONGEST and not within)):
        return None
    if answer.pointer is None or answer.pointer.pronoun:
        return _just_before(answer, said, signals) if within else None
    found = _pointed(answer, answer.pointer, said, signals, within=within)
    if found is None:
        return None
    points, ground, words = found
    points += GRADES[answer.grade]
    topic, shared = _topic(answer, said, within=within)
    points += topic
    if (answer.grade == "again" or not (within or answer.pointer.noun)) and len(shared) < TAKEN_UP:
        return None
    if not within:
        if answer.pointer.vague and answer.grade != "after":
            return None
        if not shared and not (answer.pointer.noun and (said.types or answer.pointer.noun in said.stems)):
            return None
        points += 1 if late is not None and late <= 1 else 0 if late is not None and late <= 3 else -1
    else:
        points += _near(answer, said)
    bar = WITHIN[answer.grade] if within else ACROSS
    if points < bar - (ALONE if within else 0):
        return None
    words = (f"“{answer.words}”", *words, *([f"shares {', '.join(sorted(shared))}"] if shared else ()))
    return Verdict(points, points >= bar, ground if within else "elsewhere", words)


def _late(answer: Answer, said: Said) -> int | None:
    """How many days at least lie between them; below zero where the answer came first, None where a date is unknown."""
    if answer.days is None or said.days is None:
        return None
    if said.days[0] > answer.days[1]:
        return -1
    return max(0, answer.days[0] - said.days[1])


def _just_before(answer: Answer, said: Said, signals: Signals) -> Verdict | None:
    """An answer to what was told just before: in the main clause of its own sentence, or of the one before, or the last quotation."""
    behind = answer.sentence - said.sentence
    meant = bool(said.aimed & answer.parties)
    if said.start >= answer.at or not said.main or said.inside == answer.id or not 0 <= behind <= (FAR if meant else 1):
        return None
    if answer.pointer is not None and (
        said.kind
        or not (meant or behind)
        or answer.grade == "weak"
        or answer.pointer.words not in signals.said_again
        or behind > (FEW if meant else 1)
    ):
        return None
    points = GRADES[answer.grade] + 2.5 - 0.3 * behind + meant - 0.5 * (said.inside is not None) - 0.1 * bool(said.kind)
    enough = points >= (BEFORE if answer.pointer is None else AGAIN)
    return Verdict(points, True, "told before", (f"“{answer.words}”", "told just before")) if enough else None


def _pointed(
    answer: Answer, aim: Pointer, said: Said, signals: Signals, *, within: bool
) -> tuple[float, Ground, tuple[str, ...]] | None:  # fmt: skip
    """Points, ground and its words for what the answer points at; None where it points at another's words or at another kind of thing."""
    whose = _whose(answer, aim, said)
    meant = bool(said.aimed & answer.parties)
    if whose is None or (not whose[0] and not within) or (not aim.noun and said.kind in _JOINT):
        return None
    if aim.vague and not _vaguely_meant(aim, said, after=answer.grade == "after", meant=meant):
        return None
    points, names = whose
    words = (*names, *(("it is meant",) if meant else ()))
    ground: Ground = "named" if points > SPOKEN else "spoken of" if words else "a noun"
    points += meant
    if not aim.noun:
        return points, ground, words
    fits = _fits(signals.nouns[aim.noun], aim.noun, said, meant=meant)
    if fits == 0 or (answer.grade == "weak" and (fits < 2 or points == 0)):
        return None
    return points + fits, ground, (*words, f"“{aim.words}”")


def _whose(answer: Answer, aim: Pointer, said: Said) -> tuple[float, tuple[str, ...]] | None:
    """Points for how the words name whose the answered thing is, and how; None where they name another."""
    theirs = said.parties | said.names
    if aim.doers:
        people = {who for who in aim.doers if who.startswith("~")}
        found = aim.doers & theirs
        if not found or (people and said.names and not people & said.names):
            return None
        return 3.0 + 0.5 * bool(people & said.names), (f"names {_names(found)}",)
    if found := aim.named & (theirs | said.aimed):
        return 1.5, (f"names {_names(found)}",)
    found = answer.aimed & theirs
    return (SPOKEN, (f"speaks of {_names(found)}",)) if found else (0.0, ())


def _vaguely_meant(aim: Pointer, said: Said, *, after: bool, meant: bool) -> bool:
    """Whether words that point at nothing definite ("denied accusations of theft") can mean this: meant for the answerer, and of that matter."""
    matter = aim.stems - {aim.noun} if not after else frozenset()
    return (meant or bool(aim.named)) and (not matter or bool(matter & said.stems))


def _names(parties: frozenset[str]) -> str:
    """Parties for people to read: by their codes, or by name where there is none."""
    return ", ".join(sorted(p for p in parties if not p.startswith("~")) or sorted(p.removeprefix("~") for p in parties))


def _fits(noun: Noun, word: str, said: Said, *, meant: bool) -> float:
    """How well a noun fits what was said or done: its own word 2.5, its kind 2, any words 1, words meant for the answerer 0.7."""
    own = any(c.startswith(prefix) for c in said.cue for prefix in noun.cues)
    if word in said.cue or (said.kind and word in said.stems and said.kind in noun.types and (own or not noun.strict)):
        return 2.5
    if said.types & noun.types and (own or not noun.strict):
        return 2.0
    if said.kind:
        return 0.0
    if own:
        return 2.0
    return 1.0 if noun.generic else 0.7 if noun.loose and meant else 0.0


def _topic(answer: Answer, said: Said, *, within: bool) -> tuple[float, frozenset[str]]:
    """Points for issues and words that both have, and those; the words of one sentence are one matter anyway."""
    if within and answer.sentence == said.sentence:
        return 0.0, frozenset()
    noun = {answer.pointer.noun} if answer.pointer is not None else set()
    issues = answer.issues & said.issues
    stems = (answer.stems & said.stems) - noun
    return min(3.0, len(issues) + 0.5 * len(stems)), issues | stems


def _near(answer: Answer, said: Said) -> float:
    """Points for standing close before the answer, or inside it."""
    aim = answer.pointer
    if said.inside == answer.id or (said.start >= answer.start and said.end <= answer.end):
        return 3.0
    behind = answer.sentence - said.sentence
    if aim is not None and aim.vague and answer.grade != "after" and not 0 <= behind <= FEW:
        return NEVER
    if aim is not None and aim.apposed:
        return 3.0 if behind == 0 and said.start < answer.at else NEVER
    if behind < 0:
        return -1.5 if answer.grade != "weak" else NEVER
    return 2.0 if behind == 0 else 1.5 if behind == 1 else 1.0 if behind <= 3 else 0.0 if behind <= 8 else -0.5
