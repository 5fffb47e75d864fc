"""Whether an act happened, is to come, is only imagined, is denied, or lies in the past that a report tells as background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Token

from onrecord.extract.events.clauses import MAX_CLIMB, light_verb
from onrecord.extract.events.lexicon import Lexicon
from onrecord.model import Document, RecordDate
from onrecord.model.records import Status

NEWS_DAYS = 45
"""How old, in days, a dated act may be and still be told as the report's news. Chosen on the development reports."""


_CARRY = frozenset({"xcomp", "conj", "advcl", "pcomp", "acomp"})
"""Clauses without tense of their own, which take negation, tense and conditions from the clause above."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How a clause presents its act. ``committed``: its subject says it will do it, or it is scheduled; ``wished``: it only means to;
    ``tried``: it set about it.
    """

    negated: bool = False
    future: bool = False
    committed: bool = False
    hypothetical: bool = False
    embedded: bool = False
    past_perfect: bool = False
    wished: bool = False
    tried: bool = False


def mood(trigger: Token, clause: Token, lexicon: Lexicon) -> Mood:
    """The mood of ``trigger`` in the clause of the verb ``clause``."""
    words = lexicon.words
    children = [c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass", "neg", "mark", "advmod", "det")]
    negated = any(c in words["negation"] for c in children) or any(c.dep_ == "det" and c.lower_ == "no" for c in trigger.children)
    negated = negated or _void(clause, words)
    future = any(c in words["future"] for c in children)
    hypothetical = any(c in words["modal"] or c in words["condition"] for c in children)
    past_perfect = ("had" in children and clause.tag_ == "VBN" and not _shifted(clause)) or _long_ago(clause, words)
    hypothetical = hypothetical or _supposed(clause, children, words)
    governed = _governed(trigger, clause, words)
    future = future or (trigger.dep_ == "acomp" and trigger.lower_ in words["commitment"])
    committed = future
    wished = tried = False
    embedded = bool(governed)
    climbed = clause
    for _ in range(MAX_CLIMB):
        head = climbed.head
        if head.i == climbed.i:
            break
        lemma = head.lemma_.lower()
        inside = climbed.dep_ in ("xcomp", "ccomp", "acl", "pcomp", "csubj") or (climbed.dep_ == "advcl" and climbed.tag_ == "VB")
        if climbed.dep_ == "xcomp" or (climbed.dep_ in ("acl", "pcomp") and climbed.tag_ in ("VB", "VBG")):
            if (
                lemma in words["commitment"]
                or (head.lower_ == "to" and head.head.lemma_.lower() in words["commitment"])
                or (lemma == "be" and climbed.tag_ == "VB")
            ):
                future = committed = True
            elif lemma in words["attempt"]:
                tried = tried or lemma in words["tried"]
                wished = wished or _wished(climbed, lemma, words)
                negated = negated or lemma == "fail"
                hypothetical = hypothetical or lemma != "fail"
        if climbed.dep_ == "pcomp" and head.lower_ == "of" and head.head.lemma_ in words["alleging"]:
            hypothetical = True
        if climbed.dep_ == "pcomp" and head.head.lemma_ in words["cause"]:
            embedded = True
        if (climbed.dep_ == "relcl" and climbed.tag_ != "VB") or (climbed.dep_ == "acl" and climbed.tag_ == "VBN"):
            break
        if inside and (
            lemma in words["irrealis"]
            or lemma in words["thinking"]
            or (head.pos_ == "NOUN" and lemma in words["irrealis_clause"])
            or _unmeant(climbed, words)
        ):
            embedded = True
        heads = [c.lower_ for c in head.children if c.dep_ in ("aux", "neg", "mark")]
        carried = climbed.dep_ in _CARRY or (climbed.dep_ in ("acl", "relcl") and climbed.tag_ == "VB") or climbed.pos_ in ("NOUN", "ADJ")
        if carried and not any(c.dep_ in ("aux", "nsubj") and c.lower_ != "to" for c in climbed.children):
            negated = negated or (climbed.dep_ == "xcomp" and any(c in words["negation"] for c in heads))
            future = future or (climbed.dep_ not in ("advcl", "pcomp") and any(c in words["future"] for c in heads))
            committed = committed or future
            hypothetical = hypothetical or any(c in words["condition"] for c in heads)
        climbed = head
        if head.pos_ not in ("VERB", "AUX", "ADP", "NOUN", "ADJ"):
            break
    if governed is not None:
        return Mood(any(c.dep_ == "det" and c.lower_ == "no" for c in trigger.children), embedded=embedded, past_perfect=past_perfect)
    return Mood(negated, future, committed, hypothetical, embedded, past_perfect, wished, tried)


def _void(clause: Token, words: Mapping[str, frozenset[str]]) -> bool:
    """True where nobody did it or it was done to nobody: "no jet bombed", "neither side met", "has yet to sign", "without meeting"."""
    sides = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
    if any(w.lower_ in words["nothing"] for c in sides for w in (c, *(d for d in c.lefts if d.dep_ in ("det", "preconj", "neg", "cc", "advmod")))):
        return True
    head = clause.head
    if clause.dep_ == "pcomp":
        return head.lower_ == "without" or head.head.lemma_ in words["abstain"]
    return clause.dep_ == "xcomp" and head.lemma_ == "have" and any(c.lower_ == "yet" for c in (*head.children, *clause.children))


def _long_ago(clause: Token, words: Mapping[str, frozenset[str]]) -> bool:
    """True for "forty years ago", "once, in the days of sail", "five years after rebels shelled it": by its own words of another age."""
    marks = [c for c in clause.children if c.dep_ == "mark" and c.lower_ in words["after"] and c.i > 0]
    if any(c.nbor(-1).lemma_ in words["age"] for c in marks):
        return True
    for token in clause.sent:
        aged = token.lower_ == "ago" and any(t.lemma_ in words["age"] for t in token.doc[max(0, token.i - 3) : token.i])
        bygone = token.lower_ in words["bygone"] and token.dep_ in ("advmod", "amod", "pobj")
        if (aged or bygone) and next((a.i for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None) == clause.i:
            return True
    return False


def _supposed(clause: Token, children: list[str], words: Mapping[str, frozenset[str]]) -> bool:
    """True for what would only follow from something: "would train police if", "any visit would"; and for what is told of whoever it may be."""
    if any(w.lower_ == "any" for c in clause.children if c.dep_ == "nsubj" for w in c.lefts):
        return True
    if clause.dep_ == "relcl" and any(w.lower_ == "any" for w in clause.head.lefts):
        return True
    if "would" not in children or clause.dep_ == "ccomp":
        return False
    conditions = [c for c in clause.children if c.dep_ in ("advcl", "prep")]
    return any(g.lower_ in words["condition"] for c in conditions for g in c.children if g.dep_ in ("mark", "advmod"))


def _shifted(clause: Token) -> bool:
    """True for a past perfect that only reports what somebody said had happened ("said that rebels had shelled the town")."""
    climbed = clause
    while climbed.dep_ == "conj" and climbed.head.pos_ == "VERB":
        climbed = climbed.head
    return climbed.dep_ == "ccomp" and climbed.head.tag_ == "VBD"


def _wished(clause: Token, lemma: str, words: Mapping[str, frozenset[str]]) -> bool:
    """True for what the subject itself means to do: "wants to visit", not "wants him to visit"."""
    return clause.dep_ == "xcomp" and lemma in words["wished"] and not any(c.dep_ == "nsubj" for c in clause.children)


def _unmeant(clause: Token, words: Mapping[str, frozenset[str]]) -> bool:
    """True for what somebody has no mind to do: "no intention of leaving", "no plans to leave"."""
    noun = clause.head.head if clause.dep_ == "pcomp" else clause.head
    return noun.lemma_ in words["intent"] and any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)


def _governed(trigger: Token, clause: Token, words: Mapping[str, frozenset[str]]) -> bool | None:
    """How a noun stands to the clause it is in: None where it shares the clause's mood ("will hold talks", "talks will resume").

    True where it is only demanded, refused or feared ("urged talks", "a call for talks"), False where it is told by the way ("after the attack").
    """
    if trigger.pos_ not in ("NOUN", "PROPN") or trigger.i == clause.i or light_verb(trigger, words["light_verb"], words["light_prep"]) is not None:
        return None
    if trigger.dep_ in ("nsubj", "nsubjpass"):
        return None if clause.lemma_ in words["aspect"] else False
    head = trigger.head.head if trigger.dep_ == "pobj" else trigger.head
    direct = trigger.dep_ == "dobj" or (trigger.dep_ == "pobj" and trigger.head.lower_ in words["irrealis_prep"])
    lemma = head.lemma_.lower()
    if trigger.lemma_.lower() in words["answered"]:
        return False
    return direct and (lemma in words["irrealis"] if head.pos_ == "VERB" else lemma in words["irrealis_noun"])


def status(how: Mood, when: RecordDate, document: Document) -> Status:
    """The record's status: negation outweighs everything, then the imagined, the coming, and the long past."""
    if how.negated:
        return "negated"
    if how.hypothetical or how.embedded:
        return "hypothetical"
    if how.future:
        return "future"
    if how.past_perfect or _long_past(when, document):
        return "historical"
    return "actual"


def _long_past(when: RecordDate, document: Document) -> bool:
    if when.basis != "text" or not when.end or not document.published:
        return False
    try:
        return date.fromisoformat(when.end[:10]) < date.fromisoformat(document.published[:10]) - timedelta(days=NEWS_DAYS)
    except ValueError:
        return False
