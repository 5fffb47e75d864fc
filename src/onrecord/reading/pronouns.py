"""Whom a third-person pronoun can mean, by number, gender, place in the sentence and quotation marks. First-person ones are in ``first_person``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.model import ActorRef
from onrecord.model.participants import Reason
from onrecord.reading.binding import clause_subject, joined_to
from onrecord.reading.discourse import OBJECT, SUBJECT, Discourse, Entry
from onrecord.reading.persons import Persons
from onrecord.reading.titles import Gender, titles

Answer = tuple[tuple[ActorRef, ...], Reason | None]
"""Actors, or none and the reason."""
GENDER: dict[str, Gender] = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A pronoun with the number of the sentence and of the quotation it stands in (-1 outside).

    ``ahead``: the main subject where it is still to come; ``speaker``: who says the quotation; ``beside``: the ids of those who stand with the
    same verb.
    """

    token: Token
    number: int
    quoted: int
    ahead: tuple[ActorRef, ...]
    speaker: tuple[ActorRef, ...]
    beside: frozenset[tuple[str, ...]] = frozenset()

    def speaks(self) -> bool:
        """Whether the pronoun is who says something, outside quotation marks."""
        return self.quoted < 0 and self.token.dep_ == "nsubj" and self.token.head.lemma_ in titles().saying

    def rules_out(self, entry: Entry) -> bool:
        """Whether grammar or the quotation marks forbid that the pronoun means the entry."""
        if (bool(self.speaker) and entry.refs == self.speaker) or _same_clause(entry, self.token, self.number):
            return True
        return bool(entry.refs) and tuple(r.id for r in entry.refs) in self.beside


@dataclass(slots=True)
class Pronouns:
    """Answers for one document."""

    discourse: Discourse
    persons: Persons

    def whom(self, token: Token, number: int, quoted: int, ahead: tuple[ActorRef, ...], speaker: tuple[ActorRef, ...] = ()) -> Answer:
        """Whom a third-person pronoun means; the reason where nobody or more than one fits; ``generic`` for "it is early".

        ``speaker``: who says the quotation it stands in, and would say "I".
        """
        low = token.lower_
        if low.endswith(("self", "selves")):
            return self._reflexive(token, number)
        asked = Asked(token, number, quoted, ahead, speaker if quoted >= 0 else (), self._beside(token, number))
        if low in GENDER:
            return self._person(asked)
        if low in THEY:
            return self._plural(asked)
        return self._thing(asked)

    def _beside(self, token: Token, number: int) -> frozenset[tuple[str, ...]]:
        """The actors that stand with the verb the pronoun depends on, which it then cannot mean, wherever else they were named."""
        if token.tag_ == "PRP$":
            return frozenset()
        return frozenset(tuple(r.id for r in e.refs) for e in self.discourse.back(number, 0) if e.refs and _same_clause(e, token, number))

    def _reflexive(self, token: Token, number: int) -> Answer:
        """For "Itself", "himself": the subject of the same verb."""
        verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
        for entry in self.discourse.back(number, 0):
            if entry.token.head == verb and entry.token.dep_ in ("nsubj", "nsubjpass") and entry.refs:
                return entry.refs, None
        return (), "no-antecedent"

    def _person(self, asked: Asked) -> Answer:
        gender = GENDER[asked.token.lower_]

        def fits(entry: Entry) -> bool:
            if asked.rules_out(entry):
                return False
            if asked.speaks() and entry.quoted >= 0 and entry.sentence == asked.number:
                return False  # nor does a speaker call himself by name
            if asked.quoted >= 0 and (entry.refs == asked.ahead or (entry.quoted < 0 and entry.sentence == asked.number and entry.grade >= SUBJECT)):
                return False  # inside a quotation, its speaker is "I"
            if not entry.refs:
                return entry.grade >= 2 and entry.noun in titles().person and not entry.plural
            return len(entry.refs) == 1 and self._human(entry, gender)

        if asked.speaks():
            said = self.discourse.speaking(asked.number, fits)
            if (
                said is not None
                and said.refs
                and asked.number - said.sentence > 1
                and not self.discourse.best(asked.number, -1, lambda e: fits(e) and e.quoted < 0)[0]
            ):
                return said.refs, None
        answer = self._choose(asked, fits, [r for r in asked.ahead if r.kind == "person"] if len(asked.ahead) == 1 else [])
        self._learn(answer, gender, asked, fits)
        return answer

    def _learn(self, answer: Answer, gender: Gender, asked: Asked, fits: Callable[[Entry], bool]) -> None:
        """Note the gender of somebody whom "he" or "she" can only mean."""
        person = self.persons.by_id.get(answer[0][0].id) if len(answer[0]) == 1 else None
        if person is None or person.gender is not None:
            return
        if {e.refs for e in self.discourse.back(asked.number) if fits(e)} == {answer[0]}:
            person.gender = gender

    def _human(self, entry: Entry, gender: str) -> bool:
        ref = entry.refs[0]
        if ref.kind == "group":
            return entry.noun in titles().person and not entry.plural
        if ref.kind != "person":
            return False
        known = self.persons.by_id.get(ref.id)
        return known is None or known.gender is None or known.gender == gender

    def _plural(self, asked: Asked) -> Answer:
        def fits(entry: Entry) -> bool:
            if asked.rules_out(entry) or any(r.kind == "place" for r in entry.refs):
                return False
            return entry.plural or any(r.kind == "people" or (r.kind == "group" and not entry.noun) for r in entry.refs)

        return self._choose(asked, fits, list(asked.ahead) if len(asked.ahead) > 1 else [])

    def _thing(self, asked: Asked) -> Answer:
        token, number, ahead = asked.token, asked.number, asked.ahead
        if token.lower_ == "it" and _expletive(token):
            return (), "generic"
        if asked.quoted < 0 and _fronted(token) and not any(e.sentence == number and e.grade >= 2 and e.refs for e in self.discourse.back(number, 0)):
            return (tuple(r for r in ahead if r.kind != "person"), None) if len(ahead) == 1 and ahead[0].kind != "person" else ((), "no-antecedent")

        if token.lower_ == "it" and token.dep_ in ("dobj", "pobj", "dative"):
            return self._nearest(token, number)

        def fits(entry: Entry) -> bool:
            if entry.plural or asked.rules_out(entry) or entry.noun in titles().person:
                return False
            if not entry.refs:
                return entry.grade >= SUBJECT
            return len(entry.refs) == 1 and entry.refs[0].kind not in ("person", "people", "place")

        return self._choose(asked, fits, [r for r in ahead if r.kind != "person"] if len(ahead) == 1 else [])

    def _nearest(self, token: Token, number: int) -> Answer:
        """What "it" as an object points to: the thing named last, which is rarely an actor."""
        for entry in self.discourse.back(number, 1):
            if entry.plural or _same_clause(entry, token, number) or any(r.kind in ("person", "place") for r in entry.refs) or entry.grade < OBJECT:
                continue
            return (entry.refs, None) if len(entry.refs) == 1 else ((), "no-antecedent")
        return (), "no-antecedent"

    def _choose(self, asked: Asked, fits: Callable[[Entry], bool], ahead: Sequence[ActorRef]) -> Answer:
        near = self._bound(asked, fits)
        if near is not None:
            return (near.refs, None) if near.refs else ((), "no-antecedent")
        if asked.token.tag_ == "PRP$" and _charged(asked, self.discourse, fits):
            return (), "ambiguous"
        best, tie = self.discourse.best(asked.number, asked.quoted, fits)
        if (
            ahead
            and asked.token.lower_ in ("his", "her", "its", "their", "he", "she", "it", "they")
            and asked.quoted < 0
            and (best is None or best.sentence < asked.number)
            and not self._said_by_another(asked)
        ):
            return tuple(ahead), None
        if best is None or not best.refs:
            return (), "no-antecedent"
        if tie:
            return (), "ambiguous"
        return best.refs, None

    def _said_by_another(self, asked: Asked) -> bool:
        """Whether somebody unknown stands before the pronoun in its sentence, who is likelier meant than the subject to come."""
        return any(
            not e.refs and e.grade >= 2 and e.sentence == asked.number and e.token.head.lemma_ in ("say", "tell", "announce", "warn")
            for e in self.discourse.back(asked.number, 0)
        )

    def _bound(self, asked: Asked, fits: Callable[[Entry], bool]) -> Entry | None:
        """What a possessive belongs to by grammar: the noun its own is joined to, else the subject of its clause."""
        if asked.token.tag_ != "PRP$":
            return None
        if _charged(asked, self.discourse, fits):
            return None
        for noun in (joined_to(asked.token), clause_subject(asked.token)):
            if noun is None or noun.i > asked.token.i:
                continue
            found = next(
                (e for e in self.discourse.back(asked.number, 0) if _explained(e.token).i == noun.i and e.token.doc is noun.doc and fits(e)), None
            )
            if found is not None:
                return found
        return None


def _charged(asked: Asked, discourse: Discourse, fits: Callable[[Entry], bool]) -> bool:
    """If a possessive may be the accuser's or the accused's: "Iran accused Israel of killing its officers", "said Greece violated its airspace"."""
    noun = asked.token.head
    if asked.token.lower_ in ("its", "their") and noun.dep_ == "dobj" and noun.head.lemma_ in titles().trespass:
        return True
    for node in (asked.token, *asked.token.ancestors):
        if node.dep_ == "pcomp" and node.head.lower_ in ("of", "for", "against") and node.head.head.pos_ == "VERB":
            object_ = next((c for c in node.head.head.children if c.dep_ == "dobj"), None)
            return object_ is not None and any(
                e.token.i == object_.i and e.token.doc is object_.doc and fits(e) for e in discourse.back(asked.number, 0)
            )
    return False


def _explained(token: Token) -> Token:
    """The noun that a name stands in apposition to ("a judge, Juan Quispe,"), else the token itself."""
    return token.head if token.dep_ == "appos" else token


def _same_clause(entry: Entry, token: Token, number: int) -> bool:
    """Whether an entry is an argument of the very verb the pronoun depends on ("Putin told him"), which the pronoun then cannot mean."""
    if entry.sentence != number or token.dep_ == "poss" or token.tag_ == "PRP$":
        return False
    verb = token.head if token.dep_ != "pobj" else token.head.head
    if _explained(entry.token).head == verb:
        return True
    subject = clause_subject(token) if token.dep_ not in ("nsubj", "nsubjpass") and verb.pos_ in ("VERB", "AUX") else None
    return subject is not None and subject.i == _explained(entry.token).i


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
    if token.dep_ == "nsubjpass" and verb.lemma_ in titles().opined and any(c.dep_ in ("ccomp", "csubj", "csubjpass") for c in verb.children):
        return True  # "it is estimated that"
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.lemma_ not in ("be", "seem", "appear", "remain", "become", "take", "emerge", "happen"):
        return False
    if verb.lemma_ in ("seem", "appear", "emerge", "happen"):
        return True
    complement = next((c for c in verb.children if c.dep_ in ("acomp", "attr")), None)
    if complement is not None and complement.lower_ in titles().felt:
        return False  # "the ministry said it was concerned"
    clause = any(
        c.dep_ in ("ccomp", "xcomp", "advcl", "csubj", "acl", "relcl")
        for c in (*verb.children, *(complement.children if complement is not None else ()))
    )
    return complement is not None and (clause or complement.pos_ == "ADJ")
