"""Words that point without naming: numbers of members, motion, prefixes of states, bynames. A typed view of the language table ``reference``."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from onrecord.languages import language


@dataclass(frozen=True, slots=True)
class Reference:
    """Sets of lower-case words; states by their ISO alpha-3 code. ``numbers``: from three on, as no organisation has fewer members."""

    motion_verbs: frozenset[str]
    motion_nouns: frozenset[str]
    motion_prepositions: frozenset[str]
    spoken: frozenset[str]
    leaving: frozenset[str]
    belonging: dict[str, str]
    voices: frozenset[str]
    penalties: frozenset[str]
    merit: frozenset[str]
    reached: frozenset[str]
    pair_people: frozenset[str]
    pair_states: frozenset[str]
    shared_parties: frozenset[str]
    prefixes: dict[str, str]
    units: frozenset[str]
    counted: frozenset[str]
    numbers: dict[str, int]
    bynames: dict[str, str]
    leading: frozenset[str]
    leading_words: frozenset[str]
    led_by_government: frozenset[str]
    led_by_monarch: frozenset[str]
    led_by_either: frozenset[str]

    def number(self, word: str) -> int | None:
        """The number a word or its digits say; None where none."""
        return int(word) if word.isdecimal() and len(word) < 4 else self.numbers.get(word)


@functools.cache
def reference() -> Reference:
    """The table of the English pack, loaded once."""
    t = language("en").table("reference")
    return Reference(
        motion_verbs=frozenset(t["motion"]["verbs"]),
        motion_nouns=frozenset(t["motion"]["nouns"]),
        motion_prepositions=frozenset(t["motion"]["prepositions"]),
        spoken=frozenset(t["motion"]["spoken"]),
        leaving=frozenset(t["leaving"]["words"]),
        belonging=dict(t["belonging"]),
        voices=frozenset(t["voice"]["nouns"]),
        penalties=frozenset(t["merit"]["penalties"]),
        merit=frozenset(t["merit"]["verbs"]),
        reached=frozenset(t["motion"]["reached"]),
        pair_people=frozenset(t["pair"]["people"]),
        pair_states=frozenset(t["pair"]["states"]),
        shared_parties=frozenset(t["shared"]["parties"]),
        prefixes=dict(t["prefix"]),
        units=frozenset(t["counted"]["units"]),
        counted=frozenset(t["counted"]["nouns"]),
        numbers={word: n for word, n in language("en").table("calendar")["numbers"].items() if n > 2},
        bynames=dict(t["byname"]),
        leading=frozenset(t["leads"]["nouns"]),
        leading_words=frozenset(t["leads"]["words"]),
        led_by_government=frozenset(t["leads"]["government"]),
        led_by_monarch=frozenset(t["leads"]["monarch"]),
        led_by_either=frozenset(t["leads"]["either"]),
    )
