"""Who the subject of the clause around a word is, also where an infinitive, a participle or a joined verb borrows one. Knows grammar, no actors."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.reading.reference import reference

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
BORROWING = frozenset({"acl", "relcl", "advcl", "pcomp", "xcomp"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
"""Tags of what says that something happens: "ousted" in "the army ousted President …", not in "the ousted president"."""
FARTHEST = 12
"""How many steps up the parse are taken before giving up."""


def clause_subject(token: Token) -> Token | None:
    """The head noun that a possessive or object in the clause of ``token`` is about; None where the parse does not say.

    "Saddam" for "his" in "Annan persuaded Saddam to open his palaces", "Bush" in "Blair said Bush had lost his way", "Iraq" in "Iraq's plan to
    move its tanks". The subject a word itself stands in is passed over for that of the clause above.
    """
    node = token
    for _ in range(FARTHEST):
        if node.head == node:
            return None
        below, node = node, node.head
        if node.pos_ not in ("VERB", "AUX"):
            owner = next((c for c in node.lefts if c.dep_ == "poss" and c != below and c.tag_ != "PRP$"), None)
            if owner is not None and below.i > node.i:
                return owner
            deserving = _deserving(node) if node.dep_ == "prep" else None
            if deserving is not None:
                return deserving
            continue
        subject = next((c for c in node.lefts if c.dep_ in SUBJECTS), None)
        if subject is not None and subject != below:
            return node.head if node.dep_ == "relcl" and subject.tag_ in ("WP", "WDT") else subject
        if subject is None and node.dep_ in BORROWING and (node.dep_ != "advcl" or node.tag_ in FINITE):
            lender = _lender(node)
            if lender is not None or node.dep_ == "advcl":
                return lender
    return None


def _lender(verb: Token) -> Token | None:
    """The noun that lends a verb its subject: what the clause is of, the object that is bidden or accused; None for that of the clause above."""
    head = verb.head
    if verb.dep_ in ("acl", "relcl"):
        return head
    if verb.dep_ == "advcl":
        return _mistaken(verb)
    if verb.dep_ == "pcomp":  # "accused Iran of arming them"
        accusing = head.head.pos_ == "VERB" and head.lower_ in ("of", "for", "from", "into")
        return next((c for c in head.head.children if c.dep_ == "dobj" and c.i < verb.i), None) if accusing else None
    return next((c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i), None)


def _deserving(preposition: Token) -> Token | None:
    """Who is thanked or blamed "for" something, or has sanctions laid on him "after" or "over" it: he did it, and not the subject."""
    words, verb = reference(), preposition.head
    given = next((c for c in verb.children if c.dep_ == "dobj" and c.i < preposition.i), None)
    if given is None or preposition.lower_ not in ("for", "over", "after"):
        return None
    if verb.lemma_ in words.merit:
        return given if preposition.lower_ == "for" else None
    if given.lemma_ not in words.penalties:
        return None
    laid = (c for above in (given, verb) for c in above.rights if c.dep_ == "prep" and c.lower_ in ("on", "against", "upon") and c.i < preposition.i)
    return next((obj for prep in laid for obj in prep.children if obj.dep_ == "pobj"), None)


def _mistaken(verb: Token) -> Token | None:
    """The subject of a finite verb that the parser gave to a conjunction before it ("after a judge accused him")."""
    for i in range(verb.i - 1, max(verb.sent.start, verb.i - 10) - 1, -1):
        if verb.doc[i].dep_ == "pobj" and verb.doc[i].head.lower_ in ("after", "before", "since", "until", "as"):
            return verb.doc[i]
    return None


def joined_to(token: Token) -> Token | None:
    """The noun that the owner of a possessive's noun is joined to: "the United States" for "its" in "the United States and its allies".

    Or its possessor: "Iraq" in "Iraq's invasion and its build-up".
    """
    noun = token.head
    if noun.dep_ != "conj" or noun.head.pos_ in ("VERB", "AUX") or noun.head.i > token.i:
        return None
    first = noun.head
    above = first.head.head if first.dep_ == "pobj" else first
    for held in (first, above):  # also in "Iraq's invasion of Kuwait and its build-up"
        owner = next((c for c in held.lefts if c.dep_ == "poss" and c.tag_ != "PRP$"), None)
        if owner is not None and held.pos_ == "NOUN":
            return owner
    return first
