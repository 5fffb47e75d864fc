"""The event lexicon of a language as frozen frames, indexed by lemma. Knows no text: it only says which words could tell of which act."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.languages import language


@dataclass(frozen=True, slots=True)
class Frame:
    """What one group of words says: the act, where its parties stand, and what must be there for the words to mean it.

    ``actor``, ``recipient`` and ``sides`` name slots (see ``events.toml``); ``needs`` says which parties must be found; ``rule`` is the codebook's
    re-coding rule that it follows.
    """

    name: str
    noun: bool
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actor: tuple[str, ...] = ("subj",)
    recipient: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    needs: str = "both"
    object: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    prep_object: frozenset[str] = frozenset()
    not_complement: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    prep: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    cameo: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames of a language. ``back``: nouns by the type of act they point back to; ``means``: words of weapons by ASSAULT mode;
    ``promised``: things by the re-coding rule for their promise; ``context``: words by the context they show; ``matter``: what a cut is about.
    """

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    back: Mapping[str, frozenset[str]] = field(default_factory=dict)
    means: Mapping[str, frozenset[str]] = field(default_factory=dict)
    promised: Mapping[str, frozenset[str]] = field(default_factory=dict)
    context: Mapping[str, frozenset[str]] = field(default_factory=dict)
    matter: Mapping[str, frozenset[str]] = field(default_factory=dict)


_FLAGS = (
    "political",
    "object_person",
    "object_actor",
    "infinitive",
    "subjunctive",
    "asks",
    "no_object",
    "no_complement",
    "has_object",
    "bodily",
    "crowd",
    "blames",
    "will_clause",
    "acts",
    "denied",
    "alone",
    "guilty",
    "own_act",
    "spelled",
)


def plain(frames: tuple[Frame, ...]) -> Frame | None:
    """What a word means when nothing is known of what stands around it: the first of its frames that asks for nothing, else its first."""
    return next((f for f in frames if not _demands(f)), frames[0] if frames else None)


_TABLES = ("words", "back", "means", "promised", "context", "matter")
"""Tables of word lists, each a field of the lexicon."""


@functools.cache
def lexicon(code: str = "en") -> Lexicon:
    """The event lexicon of the language ``code``; raises OnrecordError where it has none."""
    table = language(code).table("events")
    classes = {name: frozenset(words) for name, words in table["class"].items()}
    return Lexicon(
        _index(table["verb"], classes, noun=False),
        _index(table["noun"], classes, noun=True),
        classes,
        **{part: {name: _words(words, classes) for name, words in table[part].items()} for part in _TABLES},
    )


def _index(entries: list[dict[str, Any]], classes: Mapping[str, frozenset[str]], *, noun: bool) -> dict[str, tuple[Frame, ...]]:
    """Frames by lemma, those that ask for more first: "withdrew its ambassador" must be tried before "withdrew"."""
    found: dict[str, list[Frame]] = {}
    for number, entry in enumerate(entries):
        frame = _frame(entry, classes, number, noun=noun)
        for lemma in entry["lemmas"]:
            found.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(frames, key=_demands, reverse=True)) for lemma, frames in found.items()}


def _demands(frame: Frame) -> int:
    return (
        2 * bool(frame.object)
        + 2 * bool(frame.subject)
        + 2 * bool(frame.prep_object)
        + bool(frame.particle)
        + bool(frame.prep)
        + len(frame.flags & {"infinitive", "subjunctive", "blames", "will_clause", "guilty"})
    )


def _frame(entry: Mapping[str, Any], classes: Mapping[str, frozenset[str]], number: int, *, noun: bool) -> Frame:
    sides = tuple(entry.get("sides", ()))
    recipient = tuple(entry.get("recipient", ()))
    return Frame(
        name=f"{'noun' if noun else 'verb'}-{number}",
        noun=noun,
        type=entry["type"],
        mode=entry.get("mode"),
        contexts=tuple(entry.get("contexts", ())),
        actor=tuple(entry.get("actor", ("subj",))),
        recipient=recipient,
        sides=sides,
        needs=entry.get("needs", "sides" if sides else "both" if recipient else "actor"),
        object=_words(entry.get("object", ()), classes),
        subject=_words(entry.get("subject", ()), classes),
        not_object=_words(entry.get("not_object", ()), classes),
        prep_object=_words(entry.get("prep_object", ()), classes),
        not_complement=_words(entry.get("not_complement", ()), classes),
        particle=frozenset(entry.get("particle", ())),
        prep=frozenset(entry.get("prep", ())),
        cameo=entry.get("cameo"),
        rule=entry.get("rule"),
        flags=frozenset(flag for flag in _FLAGS if entry.get(flag)),
    )


def _words(words: list[str] | tuple[str, ...], classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Plain words, with each "@class" replaced by its members."""
    out: set[str] = set()
    for word in words:
        out |= classes[word[1:]] if word.startswith("@") else {word}
    return frozenset(out)
