"""Finds what in a report answers something, by its words: "in response to", "asked about", "rejected the offer", "a day after Seoul demanded".

Says what the words point at, never which record that is. The words are data (``languages/en/responses.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.across.responses_pointers import pointer, restated
from onrecord.across.responses_sides import Answer, Grade, Pointer, Told, days_of, doers_of, parties_of, stems_between
from onrecord.across.responses_text import AFTER, stem
from onrecord.model import Event, Span, Statement

_ORDER: tuple[Grade, ...] = ("explicit", "after", "strong", "weak", "again")
_ACTS = frozenset(
    {"ACCUSE", "REJECT", "THREATEN", "REQUEST", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "SUPPORT", "CONCEDE", "RETREAT"}
)
"""Types of acts that answer others; what is met or agreed after an act is no answer to it."""
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
    """The record that a phrase at ``at`` is part of: whose cue or trigger it is, else the narrowest one around it, else the next in its sentence, else the last."""
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
        if found is None and first != "asked":
            found = max((r for r in near if begin <= r.evidence.start), key=lambda r: (r.evidence.end, isinstance(r, Statement), r.id), default=None)
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
    """True for a record of a known party that is not the question put to it, nor an outlet's report of others."""
    if isinstance(record, Event):
        return bool(parties_of(record.actors)) and record.status in ("actual", "historical", "future")
    if _relays(record):
        return False
    return bool(parties_of([record.speaker])) and (record.cue is None or stem(record.cue.text.split()[0].lower() if record.cue.text else "") != "ask")


def _after(told: Told) -> Iterator[Answer]:
    """Answers that came after what another party is told to have said or done: "a day after Seoul demanded the files", "following the launch"."""
    words, signals = told.words, told.signals
    for i, word in enumerate(words.words):
        if word not in signals.after or i + 1 >= len(words.words):
            continue
        at = words.starts[i]
        aim = _said_after(told, i) or _done_after(told, i)
        theirs = (aim.doers or aim.named) if aim is not None else frozenset()
        record = _main_act(told, words.sentences[words.sentence(at)], at, theirs) if theirs else None
        if record is not None and aim is not None:
            yield _answer(told, record, "after", f"{word} {aim.words}", aim, at)


def _said_after(told: Told, i: int) -> Pointer | None:
    """What stands behind the word ``i``, "after", if it is somebody with a verb of saying or doing."""
    words, signals = told.words, told.signals
    end = words.sentence_end(words.sentence(words.starts[i]))
    verb = next((k for k in range(i + 2, min(i + 14, len(words.words))) if words.words[k] in signals.verbs and words.starts[k] < end), None)
    if verb is None:
        return None
    doers = frozenset(p for _, _, p in told.named.between(words.ends[i], words.starts[verb]))
    timed = not signals.units.isdisjoint(words.words[max(0, i - 2) : i])
    phrase = " ".join(words.text[words.starts[i + 1] : words.ends[verb]].split())
    return (
        Pointer(AFTER + stem(words.words[verb]), doers, stems=stems_between(told, words.starts[verb], end), words=phrase, vague=not timed)
        if doers
        else None
    )


def _done_after(told: Told, i: int) -> Pointer | None:
    """What stands behind the word ``i``, "following", if it is an act by a noun: "the summit between the two leaders"."""
    aim = pointer(told, i + 1)
    return aim if aim is not None and aim.noun and not told.signals.nouns[aim.noun].generic else None


def _main_act(told: Told, begin: int, at: int, theirs: frozenset[str]) -> Statement | Event | None:
    """What the sentence that begins at ``begin`` tells before ``at`` of another party than ``theirs``: words, or an act that may be an answer.

    What is told by somebody counts where he tells of his own side: "Tokyo said that its navy put to sea after …".
    """
    found = []
    for r in told.known.values():
        if begin <= r.evidence.start < at and _answers(r) and not _parties(r) & theirs and not _told_inside(told, r):
            content = next((c for c in r.content if c.start < at < c.end), None) if isinstance(r, Statement) else None
            own = content is None or any(p in _parties(r) for _, _, p in told.named.between(content.start, at))
            if own and (isinstance(r, Statement) or r.type in _ACTS):
                found.append(r)
    return min(found, key=lambda r: (r.evidence.start, isinstance(r, Event), -r.evidence.end, r.id), default=None)


def _told_inside(told: Told, record: Statement | Event) -> bool:
    """True for what is told by somebody who is no outlet."""
    outer = told.known.get((record.nested_in if isinstance(record, Statement) else None) or record.statement_id or "")
    return isinstance(outer, Statement) and (not _relays(outer) or _told_inside(told, outer))


def _relays(record: Statement) -> bool:
    return record.speaker.actor is not None and record.speaker.actor.kind == "outlet"


def _going_on(told: Told, explicit: Sequence[Answer]) -> Iterator[Answer]:
    """What somebody who has just answered says next; whether it is an answer still, the words that it takes up must tell."""
    for record in told.known.values():
        if isinstance(record, Statement) and record.cue is not None and not _told_inside(told, record) and _answers(record):
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
        if cue is None or not _answers(record) or record.id in told.twins:
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
