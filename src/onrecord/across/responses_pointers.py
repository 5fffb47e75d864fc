"""Reads the phrase by which an answer points back: "Borduria's offer", "a claim by Ruritania", "the measures", "them". Looks no record up."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.across.responses_sides import Pointer, Told, stems_between
from onrecord.across.responses_text import stem

_LONGEST = 14
"""Words of a phrase that are looked at."""
_SOON = 3
"""Words at its beginning in which those stand who are answered themselves."""
_BREAK = re.compile(r"[,;:!?()“”\"«»–—]|\.(?!\w)| - |\n\n")
_APPOSED = re.compile(r"[,–—-]\s*\Z")


def pointer(told: Told, start: int, *, bare: bool = False, apposed: bool = False) -> Pointer | None:
    """What the words from index ``start`` on point at; None where they point at nothing said or done.

    ``bare``: a plural without an article will do ("in response to attacks"); ``apposed``: an indefinite noun behind a comma stands for what was just
    told ("accused them of spying, a charge that …").
    """
    words, signals = told.words, told.signals
    end = _end(told, start)
    if end <= start:
        return None
    first = words.words[start]
    if first in signals.ends and (first not in signals.definite or _noun(told, start, min(end, start + 3)) is None):
        return None
    if first in signals.pronouns and (end == start + 1 or words.words[start + 1] in signals.ends or not _noun(told, start, end)):
        return Pointer(pronoun=True, words=words.text[words.starts[start] : words.ends[start]])
    behind = next((k for k in range(start, end) if words.words[k] in signals.prepositions or words.words[k] in signals.by), end)
    at = _noun(told, start, behind)
    if at is None and behind < end and words.words[behind] in signals.purpose:
        at = _noun(told, behind, end)
    head = behind if at is None else at
    before = list(told.named.between(words.starts[start], words.starts[head] if head < len(words.starts) else len(words.text)))
    doers, named = _whose(told, before, at, start)
    if at is not None and behind < end and words.words[behind] in signals.by:
        until = next((k for k in range(behind + 1, end) if words.words[k] in signals.prepositions), end)
        doers |= {p for _, _, p in told.named.between(words.starts[behind], words.ends[until - 1])}
    text_end = words.ends[end - 1]
    named |= {p for _, _, p in told.named.between(words.starts[start], text_end)} - doers
    definite = _definite(told, start, at)
    opens = bool(apposed and _APPOSED.search(words.text, max(0, words.starts[start] - 3), words.starts[start]))
    vague = not (doers or definite or opens)
    if vague and not (bare and at is not None and first not in signals.indefinite):
        return None
    if at is None and not doers:
        return None
    return Pointer(
        noun=stem(words.words[at]) if at is not None else "",
        doers=frozenset(doers),
        named=frozenset(named),
        stems=stems_between(told, words.starts[start], text_end),
        words=" ".join(words.text[words.starts[start] : text_end].split()),
        vague=vague,
        apposed=opens and not doers and first in signals.indefinite,
    )


def _end(told: Told, start: int) -> int:
    """The index behind the phrase: at a mark, or a word that begins a clause."""
    words = told.words
    for k in range(start, min(start + _LONGEST, len(words.words))):
        if words.words[k] in told.signals.ends and k > start:
            return k
        if k > start and _BREAK.search(words.text, words.ends[k - 1], words.starts[k]) and not _initial(told, k - 1):
            return k
    return min(start + _LONGEST, len(words.words))


def _initial(told: Told, k: int) -> bool:
    """True for a letter of an abbreviation ("U.S.") or a title ("Gen.")."""
    words = told.words
    return words.ends[k] - words.starts[k] <= 3 and words.text[words.ends[k] : words.ends[k] + 1] == "." and words.text[words.starts[k]].isupper()


def _noun(told: Told, start: int, end: int) -> int | None:
    """The index of the last noun of ``[start, end)`` that can point back, but in a name; the first word alone only as a plural."""
    words, nouns = told.words, told.signals.nouns
    for k in range(end - 1, start - 1, -1):
        word = words.words[k]
        if stem(word) in nouns and (k > start or word.endswith("s")) and not (k in told.covered and words.text[words.starts[k]].isupper()):
            return k
    return None


def _definite(told: Told, start: int, at: int | None) -> bool:
    if at is None:
        return False
    return not told.signals.definite.isdisjoint(told.words.words[start:at])


def _whose(told: Told, before: list[tuple[int, int, str]], at: int | None, first: int) -> tuple[set[str], set[str]]:
    """Of the parties before the noun, those whose it is, and the others.

    A possessive says whose; before a noun of words any party does ("the Bordurian offer"); with no noun, the parties at the beginning are answered
    themselves, but not for a thing of theirs that is no words or act.
    """
    words, signals = told.words, told.signals
    doers: set[str] = set()
    noun = signals.nouns.get(stem(words.words[at])) if at is not None else None
    early = words.starts[min(first + _SOON, len(words.starts) - 1)]
    for start, end, who in before:
        behind = words.first(end)
        owner = behind < len(words.words) and words.words[behind] in signals.possessive and words.starts[behind] <= end + 1
        owner = owner or words.words[behind - 1] in signals.possessive or words.text[start:end].lower() in signals.own
        if (not owner and start < early) if noun is None else (owner or noun.generic or noun.cues):
            doers.add(who)
    return doers, {who for _, _, who in before} - doers


def restated(aim: Pointer | None, parties: frozenset[str]) -> Pointer | None:
    """The pointer without the answering party among those it names: "its demand" of another is never its own."""
    if aim is None:
        return None
    return replace(aim, doers=aim.doers - parties, named=aim.named - parties)
