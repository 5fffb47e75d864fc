"""Finds what in a report answers something, by its words: "in response to", "asked about", "rejected the offer", "a day after Seoul demanded".

Says what the words point at, never which record that is. The words are data (``languages/en/responses.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.across.responses_pointers import pointer, restated
from onrecord.across.responses_sides import Answer, Grade, Pointer, Told, days_of, doers_of, parties_of, stems_between
from onrecord.across.responses_text import stem
from onrecord.model import Event, Span, Statement

_ORDER: tuple[Grade, ...] = ("explicit", "after", "strong", "weak", "again")
_GOES_ON = 3
"""Sentences through which somebody who has answered may go on answering."""
_BEFORE = 3


def answers(told: Told) -> list[Answer]:
    """Every answer of a report, in reading order: of each record the plainest words that make it one."""
    best: dict[str, Answer] = {}
    for found in (*_explicit(told), *_after(told), *_reactions(told)):
        old = best.get(found.id)
        if old is None or _rank(found) < _rank(old):
            best[found.id] = found
    for found in list(_going_on(told, [a for a in best.values() if a.grade == "explicit"])):
        best.setdefault(found.id, found)
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
    if holds and signals.void.isdisjoint(words.words[behind : behind + _BEFORE]):
        aim = pointer(told, behind, bare=True)
        direct = aim is None and words.words[behind - 1] not in signals.to
    else:
        start = _matter(told, behind, behind if holds else behind + 1)
        direct = not holds and (behind >= len(words.words) or words.words[behind] not in signals.to)
        aim = None if direct or start is None else pointer(told, start, bare=True)
    if (aim is None and not direct) or (direct and _question(told, i, behind)):
        return
    record = _answering(told, words.starts[i], aim, words.words[i])
    if record is not None and (aim is None or aim.noun or aim.pronoun or aim.doers - _parties(record)):
        yield _answer(told, record, "explicit", words.text[words.starts[i] : words.ends[behind - 1]], aim, words.starts[i])


def _matter(told: Told, behind: int, start: int) -> int | None:
    """The index where what is answered begins; behind "about" where it is a question, None where that says of what."""
    words, signals = told.words.words, told.signals
    if signals.void.isdisjoint(words[start : start + _BEFORE]):
        return start
    return next((k + 1 for k in range(behind, min(behind + 6, len(words))) if words[k] in ("about", "on") and k > start), None)


def _question(told: Told, i: int, behind: int) -> bool:
    """True where a reply is one to a question: "asked whether …, he replied", "answered reporters' questions"."""
    words, signals = told.words, told.signals
    start = words.first(words.sentences[words.sentence(words.starts[i])])
    return "asked" in words.words[start:i] or not signals.void.isdisjoint(words.words[behind : behind + _BEFORE])


def _answering(told: Told, at: int, aim: Pointer | None, first: str) -> Statement | Event | None:
    """The record that a phrase at ``at`` is part of: whose cue or trigger it is, else the narrowest one around it, else the next in its sentence."""
    number = told.words.sentence(at)
    begin, end = told.words.sentences[number], told.words.sentence_end(number)
    near = [r for r in told.known.values() if r.evidence.start < end and r.evidence.end > begin and _answers(r)]
    own = [r for r in near if (cue := cue_of(r)) is not None and cue.start <= at < cue.end]
    around = [r for r in near if r.evidence.start <= at < r.evidence.end]
    if not (own or around):
        behind = [r for r in near if at < r.evidence.start < end]
        if not behind and first == "asked":
            behind = [r for r in told.known.values() if end <= r.evidence.start < told.words.sentence_end(number + 1) and _answers(r)]
        found = min(behind, key=lambda r: (r.evidence.start, -r.evidence.end, isinstance(r, Event), r.id), default=None)
    else:
        found = min(own or around, key=lambda r: (r.evidence.end - r.evidence.start, isinstance(r, Event), r.id))
    if aim is not None and (found is None or _parties(found) & aim.doers):
        return _subject(told, begin, at)
    return found if found is None or own or isinstance(found, Event) or _own_words(told, found, at) else None


def _own_words(told: Told, found: Statement, at: int) -> bool:
    """True unless the phrase at ``at`` is in a clause that somebody tells: there another may be the one who answers."""
    if not any(c.start <= at < c.end for c in found.content):
        return True
    words, signals = told.words, told.signals
    if words.text[:at].rstrip().endswith((",", "–", "—")) or words.words[max(0, words.first(at) - 1)] in ("a", "an"):
        return True
    if found.cue is not None and found.form == "indirect" and signals.clausal.isdisjoint(found.cue.text.lower().split()):
        return True
    before = words.words[words.first(found.content[0].start) : words.first(at)]
    return not signals.first_person.isdisjoint(before)


def _subject(told: Told, begin: int, at: int) -> Statement | None:
    """The last statement before ``begin`` of whoever is named, if only by a pronoun, between ``begin`` and ``at`` ("It was answering Seoul")."""
    who = {p for _, _, p in told.named.between(begin, at)}
    last = [r for r in told.known.values() if isinstance(r, Statement) and r.evidence.start < begin and r.nested_in is None and _parties(r) & who]
    return max(last, key=lambda r: (r.evidence.start, r.id), default=None)


def _answers(record: Statement | Event) -> bool:
    """True for a record of a known party that is not the question put to it."""
    if isinstance(record, Event):
        return bool(parties_of(record.actors)) and record.status in ("actual", "historical", "future")
    return bool(parties_of([record.speaker])) and (record.cue is None or stem(record.cue.text.split()[0].lower() if record.cue.text else "") != "ask")


def _after(told: Told) -> Iterator[Answer]:
    """Answers that came after something that another party is told to have said or done: "a day after Seoul demanded the files"."""
    words, signals = told.words, told.signals
    for i, word in enumerate(words.words):
        if word not in signals.after:
            continue
        at, number = words.starts[i], words.sentence(words.starts[i])
        end = words.sentence_end(number)
        verb = next((k for k in range(i + 2, min(i + 14, len(words.words))) if words.words[k] in signals.verbs and words.starts[k] < end), None)
        if verb is None:
            continue
        doers = frozenset(p for _, _, p in told.named.between(words.ends[i], words.starts[verb]))
        record = _main_act(told, words.sentences[number], at, doers) if doers else None
        if record is None:
            continue
        phrase = words.text[at : words.ends[verb]]
        timed = not signals.units.isdisjoint(words.words[max(0, i - 2) : i])
        stems = stems_between(told, words.starts[verb], end)
        aim = Pointer(stem(words.words[verb]), doers, stems=stems, words=" ".join(phrase.split()), vague=not timed)
        yield _answer(told, record, "after", phrase, aim, at)


def _main_act(told: Told, begin: int, at: int, doers: frozenset[str]) -> Statement | Event | None:
    """What the sentence that begins at ``begin`` tells before ``at``: the first record of another party than ``doers`` that is told by nobody."""
    found = [
        r for r in told.known.values() if begin <= r.evidence.start < at and _answers(r) and not _parties(r) & doers and not _told_inside(r)
    ]  # fmt: skip
    return min(found, key=lambda r: (r.evidence.start, isinstance(r, Event), -r.evidence.end, r.id), default=None)


def _told_inside(record: Statement | Event) -> bool:
    return bool(record.statement_id or (isinstance(record, Statement) and record.nested_in))


def _going_on(told: Told, explicit: Sequence[Answer]) -> Iterator[Answer]:
    """What somebody who has just answered says next; whether it is an answer still, the words that it takes up must tell."""
    for record in told.known.values():
        if isinstance(record, Statement) and record.cue is not None and not _told_inside(record) and _answers(record):
            number, parties = told.words.sentence(record.cue.start), _parties(record)
            for answer in explicit:
                if answer.parties == parties and answer.id != record.id and 0 <= number - answer.sentence <= _GOES_ON and answer.pointer is not None:
                    yield _answer(told, record, "again", f"{answer.words} … {record.cue.text}", answer.pointer, record.cue.start)
                    break


def _reactions(told: Told) -> Iterator[Answer]:
    """Answers whose own verb is one of reaction and whose object points back."""
    signals, words = told.signals, told.words
    for record in told.known.values():
        cue = cue_of(record)
        if cue is None or not _answers(record) or (isinstance(record, Event) and _twin(told, record)):
            continue
        own = [stem(words.words[i]) for i in words.between(cue.start, cue.end)]
        grade: Grade | None = "strong" if signals.strong.intersection(own) else "weak" if signals.weak.intersection(own) else None
        if grade is None or (grade == "weak" and not signals.idle.isdisjoint(own)):
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
    return parties_of(doers_of(record))


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
