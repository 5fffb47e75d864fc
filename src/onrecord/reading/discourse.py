"""What a document has spoken of so far: mentions in order with their place in the sentence, for resolving what points back.

Keeps a record and answers questions about it; the rules of what may point where are in ``coreference``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from onrecord.model import ActorRef
from onrecord.reading.titles import titles

SUBJECT, OBJECT, MODIFIER = 3, 1, 0
REACH = 4
"""How many sentences back a pronoun may point."""
MOST = 300
"""How many entries are looked at for one question, so that a sentence of thousands of words costs no more than it should."""


@dataclass(slots=True)
class Entry:
    """One thing spoken of. ``sentence`` counts through the document; ``refs`` is empty for things that are no actors ("the deal").

    ``grade``: how prominent its place is, 3 for the subject of a main clause down to 0; ``noun``: the lemma of a description, "" for a name;
    ``quoted``: number of the quotation it stands in, -1 outside.
    """

    sentence: int
    token: Token
    refs: tuple[ActorRef, ...]
    grade: float
    noun: str
    quoted: int
    plural: bool


@dataclass(slots=True)
class Discourse:
    """The entries so far, in order."""

    entries: list[Entry] = field(default_factory=list)
    issuers: dict[str, tuple[ActorRef, ...]] = field(default_factory=dict)

    def back(self, sentence: int, reach: int = REACH) -> Iterator[Entry]:
        """The entries from the latest, not further than ``reach`` sentences and ``MOST`` entries back."""
        for entry in reversed(self.entries[-MOST:]):
            if sentence - entry.sentence > reach:
                return
            yield entry

    def best(self, sentence: int, quoted: int, fits: Callable[[Entry], bool]) -> tuple[Entry | None, bool]:
        """The most prominent entry that ``fits``, and whether another one is as prominent."""
        top: Entry | None = None
        score = -1.0
        tie = False
        for order, entry in enumerate(self.back(sentence)):
            if not fits(entry):
                continue
            value = prominence(entry, sentence, quoted) - order * 0.01
            if value > score + 0.5:
                top, score, tie = entry, value, False
            elif (
                top is not None
                and entry.refs != top.refs
                and abs(value - score) <= 0.5
                and entry.sentence == top.sentence
                and entry.grade == top.grade
            ):
                tie = entry.grade < SUBJECT
        return top, tie

    def speaking(self, sentence: int, fits: Callable[[Entry], bool]) -> Entry | None:
        """Who spoke last outside quotation marks, up to a dozen sentences back, where it is somebody who ``fits``."""
        verbs = titles().saying
        last = next(
            (
                e
                for e in self.back(sentence - 1, 12)
                if e.quoted < 0 and e.token.dep_ in ("nsubj", "appos") and e.grade >= 2 and e.token.head.lemma_ in verbs
            ),
            None,
        )
        return last if last is not None and fits(last) else None

    def called(self, noun: str, sentence: int) -> ActorRef | None:
        """The body or organisation that "the agency", "the party", "the group", "the newspaper" means.

        For a group or party the nearest one of that sort, whatever its place in the sentence. Else the one spoken of last whose name has ``noun``
        in it ("the agency" after "the International Atomic Energy Agency"), the last outlet for "the newspaper", the last international
        organisation for "the bloc".
        """
        words = titles()
        if noun in words.groups:
            return self._group(noun, sentence)
        for entry in self.back(sentence, 60):
            if len(entry.refs) != 1 or entry.noun in words.person or entry.refs[0].kind not in ("body", "organisation", "outlet", "group"):
                continue
            if noun in _words(entry):
                return entry.refs[0]
        for entry in self.back(sentence, 8):
            for ref in entry.refs:
                if (ref.kind == "outlet" and noun in words.last_outlets) or (
                    "IGO" in ref.sectors and noun in words.organisations and ref.kind != "group"
                ):
                    return ref
        return None

    def group_of(self, noun: str, country: str | None, sentence: int) -> ActorRef | None:
        """The armed group or party of a country, or of any, that "the Lebanese militia" means, where one was named by its name."""
        found = self._group(noun, sentence, country)
        return found if found is not None and {"REB", "PTY"} & set(found.sectors) and not found.id.endswith(f"-{noun}") else None

    def _group(self, noun: str, sentence: int, country: str | None = None) -> ActorRef | None:
        """The party, movement or armed group "the party", "the group" means: of the nearest sentence that has one, the most prominent."""
        found: tuple[int, bool, bool, float] | None = None
        chosen: ActorRef | None = None
        named = None
        for entry in self.back(sentence, 30):
            ref = entry.refs[0] if len(entry.refs) == 1 else None
            if (
                ref is None
                or ref.kind not in ("group", "organisation", "body")
                or entry.noun in titles().person
                or country not in (None, ref.country)
            ):
                continue
            igo = "IGO" in ref.sectors
            named = named or (ref if noun in _words(entry) and not (igo and noun == "party") else None)
            if not _group_like(ref, noun) or sentence - entry.sentence > 8:
                continue
            value = (entry.sentence, _sort_fits(ref, noun), noun in _words(entry), entry.grade)
            if found is None or value > found:
                found, chosen = value, ref
        if chosen is not None:
            return chosen
        if named is None and noun in titles().organisations:
            named = next((r for e in self.back(sentence, 8) for r in e.refs if "IGO" in r.sectors and r.kind in ("organisation", "body")), None)
        return named

    def last_country(self, sentence: int, reach: int = 3, *, states: bool = False) -> str | None:
        """The country of the latest actor in subject position; with ``states`` only states and bodies count."""
        for least in (SUBJECT, 2.5):
            for entry in self.back(sentence, reach):
                if (
                    entry.grade >= least
                    and len(entry.refs) == 1
                    and entry.refs[0].country
                    and (not states or entry.refs[0].kind in ("state", "body"))
                ):
                    return entry.refs[0].country
        return None


def _group_like(ref: ActorRef, noun: str) -> bool:
    """Whether an actor can be called a group or party: none that governs, and no international body, except as an alliance."""
    if noun == "alliance" and "IGO" in ref.sectors:
        return True
    if ref.kind == "group":
        return "IGO" not in ref.sectors  # also one that governs for a time
    return "IGO" not in ref.sectors and not {"GOV", "MIL", "LEG", "JUD", "COP", "JRN", "BUS", "SPY"} & set(ref.sectors)


def _sort_fits(ref: ActorRef, noun: str) -> bool:
    """Whether what is known of an actor is just what the noun says: a party, an armed group, an alliance of states."""
    wanted = {"party": "PTY", "alliance": "IGO", "militia": "REB", "rebels": "REB", "faction": "REB", "movement": "PTY", "coalition": "PTY"}.get(noun)
    return wanted in ref.sectors if wanted else bool({"REB", "PTY"} & set(ref.sectors))


def _words(entry: Entry) -> list[str]:
    """The words an entry was named with, there and in its known name."""
    token = entry.token
    return [entry.noun, *entry.refs[0].name.lower().split(), *token.doc[token.left_edge.i : token.i + 1].text.lower().split()]


def prominence(entry: Entry, sentence: int, quoted: int) -> float:
    """How likely an entry is to be meant by a pronoun in a sentence: near and in subject position counts most; across a quotation mark least."""
    distance = sentence - entry.sentence
    value = (10.0, 6.0, 3.0, 1.0, 0.0)[min(distance, 4)] + 2 * entry.grade
    if entry.quoted != quoted and entry.quoted >= 0:
        value -= 8
    return value


def grade(token: Token) -> float:
    """The prominence of a token's place: 3 subject of a main clause, 2.5 of a reported one, 2 another subject, 1 object, 0 modifier."""
    head = token
    while head.dep_ in ("conj", "appos") and head.head != head:
        head = head.head
    dep = head.dep_
    if dep in ("nsubj", "nsubjpass", "csubj"):
        verb = head.head
        if _main(verb):
            return SUBJECT
        return 2.5 if verb.dep_ in ("ccomp", "parataxis") and _main(verb.head) else 2
    if dep == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according":
        return 2
    if dep in ("amod", "compound", "nmod", "npadvmod"):
        return MODIFIER
    return OBJECT


def _main(verb: Token) -> bool:
    """Whether a verb heads a main clause; quoted or reported clauses under a later verb do not."""
    for _ in range(6):
        if verb.dep_ == "ROOT":
            return True
        if verb.dep_ not in ("conj", "parataxis"):
            return False
        verb = verb.head
    return False
