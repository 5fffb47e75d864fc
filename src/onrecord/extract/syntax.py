"""Small questions to the parse: a verb's subject, who a noun is said of, what stands after a preposition. It knows no words of any relation."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
RELATIVE = ("who", "which", "that", "whom")


def subject(verb: Token) -> Token | None:
    """The noun that does ``verb``: its own subject, that of the verb it is coordinated with or controlled by, or the noun it modifies."""
    seen = 0
    while seen < 6:
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return _antecedent(child, verb)
        head = verb.head
        if verb.dep_ in ("acl", "relcl") and verb.tag_ != "VBN" and head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _nearest(verb, head)
        if head == verb or verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep", "aux", "auxpass", "ccomp", "acl"):
            return None
        verb, seen = head, seen + 1
    return None


def _nearest(verb: Token, head: Token) -> Token:
    """The doer of a participle: in "support for Kenya opposing …" Kenya, which the parse often passes over for the noun above it."""
    before = verb.nbor(-1) if verb.i > 0 and verb.dep_ == "acl" else head
    return before if before.pos_ == "PROPN" and head.is_ancestor(before) else head


def _antecedent(word: Token, verb: Token) -> Token:
    """What a relative pronoun stands for, else the word itself."""
    if word.lower_ in RELATIVE:
        while verb.dep_ in ("conj", "aux") and verb.head != verb:
            verb = verb.head
        if verb.dep_ == "relcl":
            return verb.head
    return word


def objects(verb: Token) -> Iterator[Token]:
    """Direct objects of a verb; a relative pronoun gives what it stands for. A passive subject is the object."""
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "dative"):
            yield _antecedent(child, verb)


def after(head: Token, *words: str) -> Iterator[Token]:
    """The nouns governed by one of the prepositions ``words`` that hang on ``head``, or on the preposition right after it."""
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in words:
            yield from (c for c in child.children if c.dep_ in ("pobj", "pcomp"))
            for nested in child.children:
                if (nested.dep_ == "prep" and nested.lower_ in words) or (nested.dep_ == "conj" and nested.pos_ == "ADP"):
                    yield from (c for c in nested.children if c.dep_ == "pobj")


def ahead(noun: Token, word: str, reach: int = 8) -> Iterator[Token]:
    """The nouns after the preposition ``word`` within ``reach`` tokens, before the next verb: where the parse hangs it on another noun."""
    for token in noun.doc[noun.i + 1 : min(noun.i + 1 + reach, noun.sent.end)]:
        if token.pos_ in ("VERB", "AUX") or token.text in (";", ":"):
            return
        if token.lower_ == word and token.dep_ in ("prep", "agent"):
            yield from (c for c in token.children if c.dep_ == "pobj")
            return


def governor(noun: Token) -> Token | None:
    """The verb a noun depends on, through prepositions, coordination and other nouns; None at the top of a phrase."""
    token = noun
    for _ in range(8):
        if token.head == token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None


def bearers(noun: Token) -> Iterator[Token]:
    """Of whom a role noun is said: apposition ("Y, an ally"), compound ("ally Y"), copula ("Y is an ally"), "as" ("describes Y as an ally")."""
    head = noun.head
    if noun.dep_ == "appos" or (noun.dep_ in ("compound", "amod", "nmod") and head.pos_ in ("PROPN", "NOUN")):
        yield head
    elif noun.dep_ == "attr":
        found = subject(head)
        if found is not None:
            yield found
    elif noun.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ in ("VERB", "AUX"):
        yield from objects(head.head)
    elif noun.dep_ == "oprd":
        yield from objects(head)
    for child in noun.children:
        if child.dep_ == "appos":
            yield child


def subjects_up(noun: Token) -> Iterator[Token]:
    """Subjects of the clauses around a noun, innermost first."""
    verb = governor(noun)
    for _ in range(5):
        if verb is None:
            return
        found = subject(verb)
        if found is not None and found is not noun:
            yield found
        verb = governor(verb)
