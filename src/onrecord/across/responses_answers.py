"""Finds what in a report answers something, by its words: "in response to", "asked about", "rejected the offer", "a day after Seoul demanded".

Says what the words point at, never which record that is. The words are data (``languages/en/responses.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.across.responses_phrases import explicit
from onrecord.across.responses_pointers import pointer
from onrecord.across.responses_records import answers, cue_of, made, parties, told_inside
from onrecord.across.responses_sides import Answer, Grade, Pointer, Told, stems_between
from onrecord.across.responses_text import AFTER, stem
from onrecord.model import Event, Statement

_ORDER: tuple[Grade, ...] = ("explicit", "after", "strong", "weak", "again")
_WORDS = frozenset({"ACCUSE", "REJECT", "THREATEN", "REQUEST", "PROTEST"})
_ACTS = _WORDS | frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "SUPPORT", "CONCEDE", "RETREAT"})
"""Types of acts that answer others; what is met or agreed after an act is no answer to it."""
_GOES_ON = 3
"""Sentences through which somebody who has answered may go on answering."""


def answers_of(told: Told) -> list[Answer]:
    """Every answer of a report, in reading order: of each record the plainest words that make it one."""
    best: dict[str, Answer] = {}
    for found in (*explicit(told), *_after(told), *_reactions(told)):
        old = best.get(found.id)
        if old is None or _rank(found) < _rank(old):
            best[found.id] = found
    plain = list(best.values())
    for found in list(_going_on(told, [a for a in plain if a.grade == "explicit"])):
        best.setdefault(found.id, found)
    for found in _quoted(told, plain):
        best[found.id] = replace(best.get(found.id, found), quoted=True)
    return sorted(best.values(), key=lambda a: (a.start, a.id))


def _rank(answer: Answer) -> tuple[int, bool, int]:
    return _ORDER.index(answer.grade), answer.pointer is None, answer.at


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
        if record is not None and aim is not None and not (aim.vague and isinstance(record, Event) and record.type not in _WORDS):
            yield made(told, record, "after", f"{word} {aim.words}", aim, at)


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
    words, signals = told.words, told.signals
    if not (words.words[i + 1] in signals.definite | signals.own or i + 1 in told.covered):
        return None
    aim = pointer(told, i + 1)
    return aim if aim is not None and aim.noun and not told.signals.nouns[aim.noun].generic else None


def _main_act(told: Told, begin: int, at: int, theirs: frozenset[str]) -> Statement | Event | None:
    """What the sentence that begins at ``begin`` tells before ``at`` of another party than ``theirs``: words, or an act that may be an answer.

    What is told by somebody counts where he tells of his own side: "Tokyo said that its navy put to sea after …".
    """
    found = []
    for r in told.known.values():
        if begin <= r.evidence.start < at and answers(told, r) and not parties(r) & theirs and not told_inside(told, r):
            content = next((c for c in r.content if c.start < at < c.end), None) if isinstance(r, Statement) else None
            own = content is None or any(p in parties(r) for _, _, p in told.named.between(content.start, at))
            if own and (isinstance(r, Statement) or r.type in _ACTS):
                found.append(r)
    return min(found, key=lambda r: (r.evidence.start, isinstance(r, Event), -r.evidence.end, r.id), default=None)


def _quoted(told: Told, plain: Sequence[Answer]) -> Iterator[Answer]:
    """The quotation by which the same party goes on at once, in the next sentence of the paragraph: it is to what the answer before it is to."""
    for record in told.known.values():
        if isinstance(record, Statement) and record.content and record.form == "direct" and not told_inside(told, record) and answers(told, record):
            number, who = told.words.sentence(record.evidence.start), parties(record)
            begin = told.words.sentences[number]
            if (
                any(a.parties == who and a.sentence == number - 1 and a.id != record.id for a in plain)
                and "\n" not in told.words.text[begin - 2 : begin]
            ):
                cue = record.cue.text if record.cue is not None else ""
                yield made(told, record, "again", cue, Pointer(pronoun=True), record.evidence.start)


def _going_on(told: Told, explicit: Sequence[Answer]) -> Iterator[Answer]:
    """What somebody who has just answered says next; whether it is an answer still, the words that it takes up must tell."""
    for record in told.known.values():
        if isinstance(record, Statement) and record.cue is not None and not told_inside(told, record) and answers(told, record):
            number, who = told.words.sentence(record.cue.start), parties(record)
            for answer in explicit:
                if answer.parties == who and answer.id != record.id and 0 <= number - answer.sentence <= _GOES_ON and answer.pointer is not None:
                    yield made(told, record, "again", f"{answer.words} … {record.cue.text}", answer.pointer, record.cue.start)
                    break


def _reactions(told: Told) -> Iterator[Answer]:
    """Answers whose own verb is one of reaction and whose object points back."""
    signals, words = told.signals, told.words
    for record in told.known.values():
        cue = cue_of(record)
        if cue is None or not answers(told, record) or record.id in told.twins:
            continue
        said = [words.words[i] for i in words.between(cue.start, cue.end)]
        own = list(map(stem, said))
        grade: Grade | None = "strong" if signals.strong.intersection(own) else "weak" if signals.weak.intersection(own) else None
        if grade is None or (grade == "weak" and not signals.idle.isdisjoint(said)) or not signals.shy.isdisjoint(said):
            continue
        content = record.content[0] if isinstance(record, Statement) and record.content else None
        begin = content.start if content is not None else cue.end
        aim = pointer(told, words.first(begin), bare=grade == "strong", apposed=content is not None and content.start < cue.start)
        if aim is None or not (aim.noun or aim.pronoun) or (aim.doers and aim.doers <= parties(record)):
            continue
        yield made(told, record, grade, cue.text, aim, cue.start)
