"""The stance words of a language. Data only."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from onrecord.languages import language

_SHOWING = (
    *(f"verb.{name}" for name in ("support", "oppose", "emphasis", "want", "tell", "refuse", "prepositions", "siding", "threatening")),
    *(f"act.{name}" for name in ("support", "oppose", "break_off", "walk", "ease")),
)
"""The lists whose verbs show a stance by themselves."""
_PARTLY = (*(f"idiom.{name}" for name in ("support", "oppose", "neutral", "abstaining")), "verb.opposing")
"""The lists whose verbs show one only with certain other words."""


@dataclass(frozen=True, slots=True)
class Words:
    """The table ``stance`` of a language pack: sections by name, each list as a set.

    ``verbs``: first words of all verbs of stance.
    ``silent``: verbs that may tell of silence; ``partly``: verbs that show one only with certain other words;
    ``forms``: what the lemmatiser gets wrong.
    """

    table: dict[str, Any]
    sets: dict[str, frozenset[str]]
    verbs: frozenset[str]
    partly: frozenset[str]
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
    verbs = {word.split()[0] for name in _SHOWING for word in sets[name]}
    partly = frozenset(word for name in _PARTLY for word in sets[name])
    silent = frozenset(word for name in ("refrain", "verbs", "keeping", "drawn", "making") for word in sets[f"silence.{name}"])
    return Words(table, sets, frozenset(verbs | {"look"}), partly, silent, table["forms"])
