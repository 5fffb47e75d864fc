"""Finds answers that a phrase makes one: "in response to the strikes", "asked about the speech", "was answering the ministry". Reads words only."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.across.responses_pointers import pointer
from onrecord.across.responses_records import answers, cue_of, made, parties
from onrecord.across.responses_sides import Answer, Pointer, Told
from onrecord.model import Event, Statement

_BEFORE = 3
"""Words around a phrase in which something may deny it, or make it an answer to a reporter."""
_TO_MATTER = 6
"""Words between a question and what it is about."""


def explicit(told: Told) -> Iterator[Answer]:
    """Answers that a phrase such as "in response to" makes one."""
    words, signals = told.words, told.signals
    for i, word in enumerate(words.words):
        for phrase in signals.explicit.get(word, ()):
            if tuple(words.words[i : i + len(phrase)]) == phrase:
                holds = phrase[-1] in signals.held
                if holds or signals.denied.isdisjoint(words.words[max(0, i - _BEFORE) : i]):
                    yield from _answers(told, i, i + len(phrase), holds=holds)
                break


def _answers(told: Told, i: int, behind: int, *, holds: bool) -> Iterator[Answer]:
    """The answers that the words ``i`` to ``behind`` tell of; none where it is one to a reporter's question that says nothing of its matter."""
    words, signals = told.words, told.signals
    if holds and signals.void.isdisjoint(words.words[behind : behind + _BEFORE]):
        aim = pointer(told, behind, bare=True)
        direct = aim is None and words.words[behind - 1] not in signals.to
    else:
        start = _matter(told, behind, behind if holds else behind + 1)
        direct = not holds and (behind >= len(words.words) or words.words[behind] not in signals.to)
        aim = None if direct or start is None else pointer(told, start, bare=True)
    if (aim is None and not direct) or (direct and _question(told, i, behind)):
        return
    for record in _answering(told, words.starts[i], aim, asked=words.words[i] in signals.asked):
        if aim is None or aim.noun or aim.pronoun or aim.doers - parties(record):
            yield made(told, record, "explicit", words.text[words.starts[i] : words.ends[behind - 1]], aim, words.starts[i])


def _matter(told: Told, behind: int, start: int) -> int | None:
    """The index where what is answered begins; behind "about" where it is a question, None where that says of what."""
    words, signals = told.words.words, told.signals
    if signals.void.isdisjoint(words[start : start + _BEFORE]):
        return start
    return next((k + 1 for k in range(start + 1, min(behind + _TO_MATTER, len(words))) if words[k] in signals.concerning), None)


def _question(told: Told, i: int, behind: int) -> bool:
    """True where a reply is one to a question: "asked whether …, he replied", "answered reporters' questions"."""
    words, signals = told.words, told.signals
    start = words.first(words.sentences[words.sentence(words.starts[i])])
    return not (signals.asked.isdisjoint(words.words[start:i]) and signals.void.isdisjoint(words.words[behind : behind + _BEFORE]))


def _answering(told: Told, at: int, aim: Pointer | None, *, asked: bool) -> list[Statement | Event]:
    """The records that a phrase at ``at`` makes answers: one of its sentence, else, where that tells none, what its subject says around it.

    Of the sentence: whose cue or trigger the phrase is, else the narrowest around it, else the next behind it, else the last before it.
    """
    number = told.words.sentence(at)
    begin, end = told.words.sentences[number], told.words.sentence_end(number)
    theirs = aim.doers if aim is not None else frozenset()
    inside = [r for r in told.known.values() if r.evidence.start < end and r.evidence.end > begin and answers(told, r)]
    near = [r for r in inside if not parties(r) & theirs]  # what is answered may be told in the same words
    own = [r for r in near if (cue := cue_of(r)) is not None and cue.start <= at < cue.end]
    around = own or [r for r in near if r.evidence.start <= at < r.evidence.end]
    found: Statement | Event | None
    if around:
        found = min(around, key=lambda r: (r.evidence.end - r.evidence.start, isinstance(r, Event), r.id))
    else:
        found = _beside(near, at) if not asked else _beside([r for r in near if at < r.evidence.start], at)
    if found is None:
        return _subjects(told, at, aim) if aim is not None else []
    return [found] if own or isinstance(found, Event) or _own_words(told, found, at) else []


def _beside(near: list[Statement | Event], at: int) -> Statement | Event | None:
    """The first record behind ``at``, else the last before it."""
    behind = [r for r in near if r.evidence.start > at]
    if behind:
        return min(behind, key=lambda r: (r.evidence.start, -r.evidence.end, isinstance(r, Event), r.id))
    return max(near, key=lambda r: (r.evidence.end, isinstance(r, Statement), r.id), default=None)


def _own_words(told: Told, found: Statement, at: int) -> bool:
    """True unless the phrase at ``at`` is in a clause that somebody tells: there another may be the one who answers."""
    if not any(c.start <= at < c.end for c in found.content):
        return True
    words, signals = told.words, told.signals
    if words.words[max(0, words.first(at) - 1)] in signals.indefinite:  # "…, a retort to": said of the sentence, not in it
        return True
    if found.cue is not None and found.form == "indirect" and signals.clausal.isdisjoint(found.cue.text.lower().split()):
        return True
    before = words.words[words.first(found.content[0].start) : words.first(at)]
    return not signals.first_person.isdisjoint(before)


def _subjects(told: Told, at: int, aim: Pointer) -> list[Statement | Event]:
    """What those say, in the sentences before and behind, who are named before the phrase ("He was answering Seoul")."""
    words = told.words
    number = words.sentence(at)
    begin, end = words.sentences[number], words.sentence_end(number)
    last = words.sentence_end(number + 1) if end < len(words.text) else end
    who = {p for _, _, p in told.named.between(begin, at)} - aim.doers
    said = [r for r in told.known.values() if isinstance(r, Statement) and r.nested_in is None and parties(r) & who and answers(told, r)]
    before = max((r for r in said if r.evidence.end <= begin), key=lambda r: (r.evidence.end, r.id), default=None)
    after = min((r for r in said if end <= r.evidence.start < last), key=lambda r: (r.evidence.start, r.id), default=None)
    near = before is not None and number - words.sentence(before.evidence.end - 1) <= 1
    return [r for r in (before if near else None, after) if r is not None]
