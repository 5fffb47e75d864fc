"""The words of a report as the search for answers needs them: tokens, stems, sentences, and the tables of signal words. Links nothing.

Cheap on purpose: one pass of a regular expression over the text, no parse. A stem is the word without its ending, good enough to find one word
again in another form ("sanctions", "sanctioned"), no more.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add
from typing import Any

from onrecord.languages import language

WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?][”\"’')\]]*\s+(?=[“\"‘'(\[]*[A-Z0-9À-Þ])|\n+")
_SHORT = re.compile(r"\b[A-Z][A-Za-z]{0,2}$")
"""What looks like the end of a sentence and may be a title or initials ("Gen.", "U.S.")."""
_SHORTEST = 4
GENERIC, AFTER = "generic", "after "


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, lower case: ``starts`` and ``ends`` are code points of the text, ``sentences`` where each sentence begins."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]

    def first(self, offset: int) -> int:
        """The index of the first word that begins at ``offset`` or behind it."""
        return bisect_left(self.starts, offset)

    def between(self, start: int, end: int) -> range:
        """The indices of the words that begin in ``[start, end)``."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def sentence(self, offset: int) -> int:
        """The number of the sentence that ``offset`` lies in."""
        return bisect_right(self.sentences, offset) - 1

    def sentence_end(self, number: int) -> int:
        """Where a sentence ends: the start of the next one, or the end of the text."""
        return self.sentences[number + 1] if number + 1 < len(self.sentences) else len(self.text)


def words_of(text: str) -> Words:
    """The words and sentences of ``text``."""
    found = WORD.findall(text)
    starts = [m.start() for m in WORD.finditer(text)]
    sentences = [0]
    for end in _SENTENCE_END.finditer(text):
        if end.group().strip() != "." or "\n" in end.group() or not _SHORT.search(text, max(0, end.start() - 6), end.start()):
            sentences.append(end.end())
    ends = list(map(add, starts, map(len, found)))
    return Words(text, [word.lower() for word in found], starts, ends, sentences)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The word without its endings: the plural's first, then -ing or -ed, a doubled consonant and a last e."""
    for endings in (("ies", "ied", "es", "s"), ("ing", "ed")):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1 and not word.endswith("ss"):
                word = word[: -len(ending)] + ("y" if ending[0] == "i" and ending != "ing" else "")
                break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > _SHORTEST and word[-1] == "e" else word


@dataclass(frozen=True, slots=True)
class Noun:
    """The kinds of thing that a noun can point at: types of events, and stems of cues and triggers.

    ``generic``: any words at all; ``loose``: any words meant for the one who answers; ``strict``: an event's own word must fit as well.
    """

    types: frozenset[str] = frozenset()
    cues: tuple[str, ...] = ()
    generic: bool = False
    loose: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Signals:
    """The tables of ``responses.toml``, ready for look-up. ``explicit``: first word → phrases; ``nouns``: stem → what it can point at."""

    explicit: Mapping[str, tuple[tuple[str, ...], ...]]
    held: frozenset[str]
    asked: frozenset[str]
    concerning: frozenset[str]
    clausal: frozenset[str]
    to: frozenset[str]
    denied: frozenset[str]
    void: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]
    idle: frozenset[str]
    shy: frozenset[str]
    after: frozenset[str]
    units: frozenset[str]
    verbs: Mapping[str, str]
    seats: Mapping[str, str]
    nouns: Mapping[str, Noun]
    definite: frozenset[str]
    own: frozenset[str]
    indefinite: frozenset[str]
    by: frozenset[str]
    ends: frozenset[str]
    pronouns: frozenset[str]
    said_again: frozenset[str]
    possessive: frozenset[str]
    purpose: frozenset[str]
    prepositions: frozenset[str]
    first_person: frozenset[str]
    inside: frozenset[str]
    stop: frozenset[str]


@cache
def signals(code: str = "en") -> Signals:
    """The signal words of a language."""
    table = language(code).table("responses")
    explicit: dict[str, list[tuple[str, ...]]] = {}
    for phrase in table["explicit"]["phrases"]:
        parts = tuple(phrase.split())
        explicit.setdefault(parts[0], []).append(parts)
    verbs = {word: kind for kind, words in table["after"]["verbs"].items() for word in words}
    pointing, stop = table["pointing"], table["stop"]["words"]
    return Signals(
        explicit={first: tuple(sorted(found, key=len, reverse=True)) for first, found in explicit.items()},
        held=frozenset(table["explicit"]["held"]),
        asked=frozenset(table["explicit"]["asked"]),
        concerning=frozenset(table["explicit"]["concerning"]),
        clausal=frozenset(table["explicit"]["clausal"]),
        to=frozenset(table["explicit"]["to"]),
        denied=frozenset(table["explicit"]["not"]),
        void=frozenset(table["explicit"]["void"]),
        strong=frozenset(map(stem, table["reactions"]["strong"])),
        weak=frozenset(map(stem, table["reactions"]["weak"])),
        idle=frozenset(table["reactions"]["idle"]),
        shy=frozenset(table["reactions"]["shy"]),
        after=frozenset(table["after"]["words"]),
        units=frozenset(table["after"]["units"]),
        verbs=verbs,
        seats=table["seats"],
        nouns=_nouns(table["nouns"], verbs),
        definite=frozenset(pointing["definite"]),
        own=frozenset(pointing["own"]),
        indefinite=frozenset(pointing["indefinite"]),
        by=frozenset(pointing["by"]),
        ends=frozenset(pointing["ends"]),
        pronouns=frozenset(pointing["pronouns"]),
        said_again=frozenset(pointing["said_again"]),
        possessive=frozenset(pointing["possessive"]),
        purpose=frozenset(pointing["purpose"]),
        prepositions=frozenset(pointing["prepositions"]),
        first_person=frozenset(pointing["first_person"]),
        inside=frozenset(pointing["inside"]),
        stop=frozenset((*stop, *map(stem, stop))),
    )


def _nouns(classes: Mapping[str, Mapping[str, Any]], verbs: Mapping[str, str]) -> dict[str, Noun]:
    """Each noun by its stem; one of several classes fits what any of them fits. A verb behind "after" points back as well."""
    found: dict[str, Noun] = {}
    for verb, kind in verbs.items():
        found[f"{AFTER}{stem(verb)}"] = Noun(frozenset() if kind == GENERIC else frozenset({kind}), (stem(verb),), kind == GENERIC)
    for name, entry in classes.items():
        for word in entry["words"]:
            old = found.get(stem(word), Noun())
            found[stem(word)] = Noun(
                old.types | set(entry["types"]),
                (*old.cues, *entry["cues"]),
                old.generic or name == GENERIC,
                old.loose or bool(entry.get("loose")),
                old.strict or bool(entry.get("strict")),
            )
    return found
