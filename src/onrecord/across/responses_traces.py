"""What is remembered of a report so that answers in other reports, or to them, are found: terms to look up and compact text to judge by."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from onrecord.across.responses_sides import Answer, Pointer, Said
from onrecord.across.responses_text import Signals

SAID, ANSWERS = "responses.said", "responses.answers"
_SAID_STEMS = 6
"""Stems that a saying is filed under: the longest, for they are the rarest."""
_SETS = ("parties", "names", "types", "cue", "stems", "issues", "aimed")
_ASKED_STEMS = 12


@lru_cache(maxsize=1 << 16)
def _term(who: str, what: str) -> int:
    """A term of a party and a word, an issue or a type of event: the same in every process."""
    return int.from_bytes(hashlib.blake2b(f"{who}\x1f{what}".encode(), digest_size=5).digest(), "big")


def said_terms(tellings: Iterable[Said], signals: Signals) -> tuple[int, ...]:
    """What sayings are filed under: each of their parties with each of their issues, type, rarest words, and "speech", "letter" and the like."""
    found: dict[int, None] = {}
    for said in tellings:
        nouns = sorted(s for s in said.stems if s in signals.nouns and signals.nouns[s].generic)
        what = (*sorted(said.issues), *_rarest(said.stems, _SAID_STEMS), *nouns, *(f"type {t}" for t in sorted(said.types)))
        for who in sorted(said.parties | said.names):
            found.update(dict.fromkeys(_term(who, word) for word in what))
    return tuple(found)


def answer_terms(answer: Answer, signals: Signals) -> tuple[int, ...]:
    """What an answer looks for: each party that it may be to, with its issues, the types its noun can mean, and its words."""
    aim = answer.pointer
    if aim is None:
        return ()
    types = [f"type {t}" for t in sorted(signals.nouns[aim.noun].types)] if aim.noun else []
    what = (*sorted(answer.issues), *types, *([aim.noun] if aim.noun else ()), *_rarest(answer.stems, _ASKED_STEMS))
    return tuple(dict.fromkeys(_term(who, word) for who in asked(answer) for word in what))


def asked(answer: Answer) -> list[str]:
    """The parties that an answer to another report may be to: those whose words it names, else those named with them, else those it speaks of.

    None for what answers the words just before: they are in its own report.
    """
    aim = answer.pointer
    return sorted(aim.doers or aim.named or answer.aimed) if aim is not None and not aim.pronoun else []


def _rarest(stems: Iterable[str], most: int) -> list[str]:
    return sorted(stems, key=lambda s: (-len(s), s))[:most]


def _packed(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows of text, numbers and lists as bytes."""
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def pack_said(tellings: Iterable[Said]) -> bytes:
    """Sayings as bytes; where in their report they stand is left out."""
    return _packed([(s.id, s.kind, s.inside, s.days, *(sorted(getattr(s, name)) for name in _SETS)) for s in tellings])


def unpack_said(data: bytes) -> list[Said]:
    """The sayings that :func:`pack_said` packed."""
    return [_said(*row) for row in json.loads(zlib.decompress(data))]


def _said(record_id: str, kind: str, inside: str | None, days: list[int], *sets: list[str]) -> Said:
    parties, names, types, cue, stems, issues, aimed = map(frozenset, sets)
    return Said(record_id, parties, names, kind, types, cue, stems, issues, aimed, (days[0], days[1]), inside=inside)


def pack_answers(found: Iterable[tuple[Answer, str | None]]) -> bytes:
    """Answers, each with the record of its own report that it is linked to, as bytes."""
    return _packed([(*_answer_row(answer), within) for answer, within in found])


def _answer_row(answer: Answer) -> tuple[object, ...]:
    aim = answer.pointer or Pointer()
    return (
        answer.id, sorted(answer.parties), answer.grade, answer.words, sorted(answer.stems), sorted(answer.issues), sorted(answer.aimed), answer.days,
        (aim.noun, sorted(aim.doers), sorted(aim.named), aim.words, aim.vague),
    )  # fmt: skip


def unpack_answers(data: bytes) -> list[tuple[Answer, str | None]]:
    """The answers that :func:`pack_answers` packed, each with the record of its own report that it is linked to."""
    found = []
    for i, parties, grade, words, stems, issues, aimed, days, (noun, doers, named, pointed, vague), within in json.loads(zlib.decompress(data)):
        aim = Pointer(noun, frozenset(doers), frozenset(named), words=pointed, vague=vague)
        answer = Answer(i, frozenset(parties), grade, words, aim, frozenset(stems), frozenset(issues), frozenset(aimed), tuple(days), 0, 0, 0)
        found.append((answer, within))
    return found
