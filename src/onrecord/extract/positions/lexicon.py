"""The stance words of a language. Data only."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from onrecord.languages import language
from onrecord.model.records import Stance

_SHOWING = (
    *(f"verb.{name}" for name in ("support", "oppose", "emphasis", "want", "tell", "refuse", "prepositions", "threatening")),
    *(f"act.{name}" for name in ("support", "oppose", "break_off", "walk", "ease")),
)
"""The lists whose verbs show a stance by themselves."""


_SILENT = ("refrain", "verbs", "keeping", "drawn", "making", "wishing", "confirming")
"""The lists whose verbs may tell of silence."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb with the ``words`` (lemmas or forms, in order) that make it a stance.

    ``preposition`` brings what it is about, "" where nothing does; ``if_denied``: it tells its stance only where it is denied ("took no sides").
    """

    words: tuple[str, ...]
    preposition: str
    stance: Stance
    if_denied: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The table ``stance`` of a language pack: sections by name, each list as a set.

    ``verbs``: first words of all verbs of stance; ``deeds``: verbs that show one with certain objects; ``phrases``: verb → its phrases, the longest
    first;     ``silent``: verbs that may tell of silence; ``forms``: what the lemmatiser gets wrong.
    """

    table: dict[str, Any]
    sets: dict[str, frozenset[str]]
    verbs: frozenset[str]
    deeds: frozenset[str]
    phrases: dict[str, list[Phrase]]
    silent: frozenset[str]
    forms: dict[str, str]

    def has(self, name: str, lemma: str) -> bool:
        """True if the list ``section.key`` holds the lemma."""
        return lemma in self.sets[name]

    def map(self, section: str, key: str) -> dict[str, Any]:
        """A table of a section, such as the prepositions a verb takes."""
        found: dict[str, Any] = self.table[section][key]
        return found


@functools.cache
def stance_words() -> Words:
    """The English table."""
    table = language("en").table("stance")
    sets = {f"{section}.{key}": frozenset(value) for section, rows in table.items() if section != "forms" for key, value in rows.items()}
    sets["feeling.all"] = frozenset().union(*(sets[f"feeling.{name}"] for name in ("support", "oppose", "drawing", "meeting")))
    verbs = {word.split()[0] for name in _SHOWING for word in sets[name]}
    deeds = {word for name, row in table["deed"].items() if not name.endswith("_what") for word in row}
    silent = frozenset(word for name in _SILENT for word in sets[f"silence.{name}"])
    return Words(table, sets, frozenset(verbs | sets["phrase.abstaining"] | {"look"}), frozenset(deeds), _phrases(table), silent, table["forms"])


def _phrases(table: dict[str, Any]) -> dict[str, list[Phrase]]:
    """Phrases by their verb; those of the verbs of contest ("march against") are made of two lists."""
    verb, listed = table["verb"], table["phrase"]
    stances: dict[Stance, list[str]] = {"support": listed["support"], "oppose": listed["oppose"], "neutral": listed["neutral"]}
    rows = [(text, stance, False) for stance, texts in stances.items() for text in texts]
    rows += [(text, "neutral", True) for text in listed["denied"]]
    rows += [(text, "oppose", True) for text in listed["refused"]]
    rows += [(f"{v} {p}", "support", False) for v in verb["siding"] for p in verb["favouring"]]
    rows += [(f"{v} {p}", "oppose", False) for v in (*verb["siding"], *verb["opposing"]) for p in verb["against"]]
    index: dict[str, list[Phrase]] = {}
    for text, stance, denied in rows:
        first, *rest = text.split()
        preposition = rest.pop() if len(rest) > 0 and rest[-1] in listed["bringing"] else ""
        index.setdefault(first, []).append(Phrase(tuple(rest), preposition, stance, denied))
    for found in index.values():
        found.sort(key=lambda p: -len(p.words) - bool(p.preposition))
    return index
