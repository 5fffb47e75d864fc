"""Finds what in a report answers something, by its words: "in response to", "asked about", "rejected the offer", "a day after Seoul demanded".

Says what the words point at, never which record that is. The words are data (``languages/en/responses.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.across.responses_pointers import pointer, restated
from onrecord.across.responses_sides import Answer, Grade, Pointer, Told, days_of, parties_of, stems_between
from onrecord.across.responses_text import stem
from onrecord.model import Event, Span, Statement

_ORDER: tuple[Grade, ...] = ("explicit", "after", "strong", "weak")
_BEFORE = 3


def answers(told: Told) -> list[Answer]:
    """Every answer of a report, in reading order: of each record the plainest words that make it one."""
    best: dict[str, Answer] = {}
    for found in (*_explicit(told), *_after(told), *_reactions(told)):
        old = best.get(found.id)
        if old is None or _rank(found) < _rank(old):
            best[found.id] = found
    return sorted(best.values(), key=lambda a: (a.start, a.id))


def _rank(answer: Answer) -> tuple[int, bool, int]:
    return _ORDER.index(answer.grade), answer.pointer is None, answer.at


def _explicit(told: Told) -> Iterator[Answer]:
    """Answers that a phrase such as "in response to" makes one."""
    words, signals = told.words, told.signals
    for i, word in enumerate(words.words):
        for phrase in signals.explicit.get(word, ()):
            if tuple(words.words[i : i + len(phrase)]) == phrase:
                behind = i + len(phrase)
                if (holds := phrase[-1] in signals.held) or not signals.denied.intersection(words.words[max(0, i - _BEFORE) : i]):
                    yield from _phrase(told, i, behind, holds=holds)
                break


def _phrase(told: Told, i: int, behind: int, *, holds: bool) -> Iterator[Answer]:
    """The answer that the words ``i`` to ``behind`` tell of; none where it is one to a reporter's question that says nothing of its matter."""
    words, signals = told.words, told.signals
    to = holds or (behind < len(words.words) and words.words[behind] in signals.to)
    start = behind if holds else behind + 1
    aim: Pointer | None = None
    if to:
        if signals.void.intersection(words.words[start : start + 3]):
            start = next((k + 1 for k in range(start, min(start + 6, len(words.words))) if words.words[k] in ("about", "on")), -1)
            if start < 0:
                return
        aim = pointer(told, start, bare=True)
        if aim is None:
            return
    record = _answering(told, words.starts[i])
    if record is not None:
        yield _answer(told, record, "explicit", words.text[words.starts[i] : words.ends[behind - 1]], aim, words.starts[i])


def _answering(told: Told, at: int) -> Statement | Event | None:
    """The record that a phrase at ``at`` is part of: whose cue or trigger it is, else the narrowest one around it, else the next in its sentence."""
    number = told.words.sentence(at)
    begin, end = told.words.sentences[number], told.words.sentence_end(number)
    near = [r for r in told.known.values() if r.evidence.start < end and r.evidence.end > begin and _answers(r)]
    own = [r for r in near if (cue := cue_of(r)) is not None and cue.start <= at < cue.end]
    around = [r for r in near if r.evidence.start <= at < r.evidence.end]
    if not (own or around):
        around = [r for r in near if at < r.evidence.start < end]
        return min(around, key=lambda r: (r.evidence.start, -r.evidence.end, isinstance(r, Event), r.id), default=None)
    found = min(own or around, key=lambda r: (r.evidence.end - r.evidence.start, isinstance(r, Event), r.id))
    if isinstance(found, Statement) and not own and any(c.start <= at < c.end for c in found.content):
        if found.cue is not None and told.signals.clausal.isdisjoint(found.cue.text.lower().split()) and found.form == "indirect":
            return found
        before = told.words.words[told.words.first(found.content[0].start) : told.words.first(at)]
        return found if told.signals.first_person.intersection(before) else None
    return found


def _answers(record: Statement | Event) -> bool:
    """True for a record of a known party that is not the question put to it."""
    if isinstance(record, Event):
        return bool(parties_of(record.actors)) and record.status in ("actual", "historical", "future")
    return bool(parties_of([record.speaker])) and (record.cue is None or stem(record.cue.text.split()[0].lower() if record.cue.text else "") != "ask")


def _after(told: Told) -> Iterator[Answer]:
    """Answers that came after something that another party is told to have said or done."""
    words, signals = told.words, told.signals
    for i, word in enumerate(words.words):
        if word not in signals.after or i + 1 >= len(words.words):
            continue
        at = words.starts[i]
        number = words.sentence(at)
        end = words.sentence_end(number)
        verb = next((k for k in range(i + 2, min(i + 14, len(words.words))) if words.words[k] in signals.after_said and words.starts[k] < end), None)
        if verb is None or words.words[verb - 1] in ("was", "were", "been", "be", "being"):
            continue
        doers = frozenset(p for _, _, p in told.named.between(words.ends[i], words.starts[verb]))
        record = _answering(told, at)
        if record is None or not doers or doers & _parties(record):
            continue
        aim = Pointer(
            "", doers, frozenset(), stems_between(told, words.starts[verb], end) | {stem(words.words[verb])}, words.text[at : words.ends[verb]]
        )
        yield _answer(told, record, "after", words.text[at : words.ends[verb]], aim, at)


def _reactions(told: Told) -> Iterator[Answer]:
    """Answers whose own verb is one of reaction and whose object points back."""
    signals, words = told.signals, told.words
    for record in told.known.values():
        cue = cue_of(record)
        if cue is None or not _answers(record) or (isinstance(record, Event) and _twin(told, record)):
            continue
        own = [stem(words.words[i]) for i in words.between(cue.start, cue.end)]
        grade: Grade | None = "strong" if signals.strong.intersection(own) else "weak" if signals.weak.intersection(own) else None
        if grade is None:
            continue
        content = record.content[0] if isinstance(record, Statement) and record.content else None
        begin = content.start if content is not None else cue.end
        aim = pointer(told, words.first(begin), bare=grade == "strong", apposed=content is not None and content.start < cue.start)
        if aim is None or not (aim.noun or aim.pronoun) or (aim.doers and aim.doers <= _parties(record)):
            continue
        yield _answer(told, record, grade, cue.text, aim, cue.start)


def _twin(told: Told, event: Event) -> bool:
    """True for an event whose word is the cue of a statement: the statement tells the same."""
    at = event.trigger.start
    return any(isinstance(r, Statement) and r.cue is not None and r.cue.start <= at < r.cue.end for r in told.known.values())


def cue_of(record: Statement | Event) -> Span | None:
    """The word that says what somebody did, or that he spoke."""
    return record.cue if isinstance(record, Statement) else record.trigger


def _parties(record: Statement | Event) -> frozenset[str]:
    return parties_of([record.speaker] if isinstance(record, Statement) else record.actors)


def _answer(told: Told, record: Statement | Event, grade: Grade, words: str, aim: Pointer | None, at: int) -> Answer:  # noqa: PLR0917 - one of each
    start, end = record.evidence.start, record.evidence.end
    parties = _parties(record)
    others = record.addressees if isinstance(record, Statement) else record.recipients
    number = told.words.sentence(at)
    begin = told.words.sentences[number]
    return Answer(
        id=record.id,
        parties=parties,
        grade=grade,
        words=" ".join(words.split()),
        pointer=restated(aim, parties),
        stems=stems_between(told, min(begin, start), end),
        issues=told.issues.get(record.id, frozenset()),
        aimed=(parties_of(others) | {p for _, _, p in told.named.between(min(begin, start), end)}) - parties,
        days=days_of(told, record),
        start=start,
        end=end,
        sentence=number,
        at=at,
    )
