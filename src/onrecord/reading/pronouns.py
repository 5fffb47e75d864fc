"""Whom a third-person pronoun can mean, by number, gender, place in the sentence and quotation marks. First-person ones are in ``first_person``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.model import ActorRef
from onrecord.model.participants import Reason
from onrecord.reading.discourse import OBJECT, SUBJECT, Discourse, Entry
from onrecord.reading.persons import Persons
from onrecord.reading.titles import titles

Answer = tuple[tuple[ActorRef, ...], Reason | None]
"""Actors, or none and the reason."""
GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})


@dataclass(slots=True)
class Pronouns:
    """Answers for one document. Every question takes the number of the sentence and of the quotation the pronoun stands in (-1 outside), and the main
    subject where it is still ahead.
    """

    discourse: Discourse
    persons: Persons

    def whom(self, token: Token, number: int, quoted: int, ahead: tuple[ActorRef, ...]) -> Answer:
        """Whom a third-person pronoun means; the reason where nobody or more than one fits; ``generic`` for "it is early"."""
        low = token.lower_
        if low.endswith(("self", "selves")):
            return self._reflexive(token, number)
        if low in GENDER:
            return self._person(token, number, quoted, ahead)
        if low in THEY:
            return self._plural(token, number, quoted, ahead)
        return self._thing(token, number, quoted, ahead)

    def _reflexive(self, token: Token, number: int) -> Answer:
        """For "Itself", "himself": the subject of the same verb."""
        verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
        for entry in self.discourse.back(number, 0):
            if entry.token.head == verb and entry.token.dep_ in ("nsubj", "nsubjpass") and entry.refs:
                return entry.refs, None
        return (), "no-antecedent"

    def _person(self, token: Token, number: int, quoted: int, ahead: tuple[ActorRef, ...]) -> Answer:
        gender = GENDER[token.lower_]

        def fits(entry: Entry) -> bool:
            if quoted >= 0 and (entry.refs == ahead or (entry.quoted < 0 and entry.sentence == number and entry.grade >= SUBJECT)):
                return False  # inside a quotation, its speaker is "I"
            if not entry.refs:
                return entry.grade >= 2 and entry.noun in titles().person and not entry.plural and not _same_clause(entry, token, number)
            return len(entry.refs) == 1 and self._human(entry, gender) and not _same_clause(entry, token, number)

        return self._choose(token, number, quoted, fits, [r for r in ahead if r.kind == "person"] if len(ahead) == 1 else [])

    def _human(self, entry: Entry, gender: str) -> bool:
        ref = entry.refs[0]
        if ref.kind == "group":
            return entry.noun in titles().person and not entry.plural
        if ref.kind != "person":
            return False
        known = self.persons.by_id.get(ref.id)
        return known is None or known.gender is None or known.gender == gender

    def _plural(self, token: Token, number: int, quoted: int, ahead: tuple[ActorRef, ...]) -> Answer:
        def fits(entry: Entry) -> bool:
            if _same_clause(entry, token, number):
                return False
            if any(r.kind == "place" for r in entry.refs):
                return False
            return entry.plural or any(r.kind == "people" for r in entry.refs)

        return self._choose(token, number, quoted, fits, list(ahead) if len(ahead) > 1 else [])

    def _thing(self, token: Token, number: int, quoted: int, ahead: tuple[ActorRef, ...]) -> Answer:
        if token.lower_ == "it" and _expletive(token):
            return (), "generic"
        if quoted < 0 and _fronted(token) and not any(e.sentence == number and e.grade >= 2 and e.refs for e in self.discourse.back(number, 0)):
            return (tuple(r for r in ahead if r.kind != "person"), None) if len(ahead) == 1 and ahead[0].kind != "person" else ((), "no-antecedent")

        if token.lower_ == "it" and token.dep_ in ("dobj", "pobj", "dative"):
            return self._nearest(token, number)

        def fits(entry: Entry) -> bool:
            if entry.plural or _same_clause(entry, token, number):
                return False
            if not entry.refs:
                return entry.grade >= SUBJECT and entry.noun not in titles().person
            return len(entry.refs) == 1 and entry.refs[0].kind not in ("person", "people", "place")

        return self._choose(token, number, quoted, fits, [r for r in ahead if r.kind != "person"] if len(ahead) == 1 else [])

    def _nearest(self, token: Token, number: int) -> Answer:
        """What "it" as an object points to: the thing named last, which is rarely an actor."""
        for entry in self.discourse.back(number, 1):
            if entry.plural or _same_clause(entry, token, number) or any(r.kind in ("person", "place") for r in entry.refs) or entry.grade < OBJECT:
                continue
            return (entry.refs, None) if len(entry.refs) == 1 else ((), "no-antecedent")
        return (), "no-antecedent"

    def _choose(self, token: Token, number: int, quoted: int, fits: Callable[[Entry], bool], ahead: Sequence[ActorRef]) -> Answer:
        best, tie = self.discourse.best(number, quoted, fits)
        if (
            ahead
            and token.lower_ in ("his", "her", "its", "their", "he", "she", "it", "they")
            and quoted < 0
            and (best is None or best.sentence < number)
        ):
            return tuple(ahead), None
        if best is None or not best.refs:
            return (), "no-antecedent"
        if tie:
            return (), "ambiguous"
        return best.refs, None


def _same_clause(entry: Entry, token: Token, number: int) -> bool:
    """Whether an entry is an argument of the very verb the pronoun depends on ("Putin told him"), which the pronoun then cannot mean."""
    if entry.sentence != number or token.dep_ == "poss" or token.tag_ == "PRP$":
        return False
    verb = token.head if token.dep_ != "pobj" else token.head.head
    return entry.token.head == verb


def _fronted(token: Token) -> bool:
    """Whether a possessive stands in a phrase before the main subject ("In its criticism, Taiwan …"), which is then what it points to."""
    if token.tag_ != "PRP$":
        return False
    root = token.sent.root
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    branch = next((c for c in root.children if c.left_edge.i <= token.i <= c.right_edge.i), None)
    return subject is not None and branch is not None and branch.i < subject.i < root.i and token.i < subject.i and branch.dep_ in ("prep", "advcl")


def _expletive(token: Token) -> bool:
    """For "It is too early", "it would be wrong to", "it seems": no reference."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    if verb.pos_ == "ADJ" and verb.head.lemma_ in ("make", "find", "consider", "think", "believe", "deem"):
        return True  # "making it impossible to"
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_ not in ("be", "seem", "appear", "remain", "become", "take", "emerge", "happen"):
        return False
    if verb.lemma_ in ("seem", "appear", "emerge", "happen"):
        return True
    complement = next((c for c in verb.children if c.dep_ in ("acomp", "attr")), None)
    clause = any(
        c.dep_ in ("ccomp", "xcomp", "advcl", "csubj", "acl", "relcl")
        for c in (*verb.children, *(complement.children if complement is not None else ()))
    )
    return complement is not None and (clause or complement.pos_ == "ADJ")
