"""What a verb, noun or adjective takes as its content, by grammar alone. Which words report, and with which complements, the reporting table says.

A *frame* names the complement: ``that``, ``that_far`` (behind a noun between), ``clause`` (no conjunction), ``wh``, ``inf``, ``obj_inf``, ``ing``,
``pred`` ("calls it a crime"), ``obj``, ``obj_as``, ``as``, ``for`` … (prepositions), ``obj_for`` … (object and preposition), ``main_clause`` (the cue
stands behind or inside the clause: "…, he said"), ``as_clause`` ("as he put it"). The prefix ``pass_`` marks a passive whose speaker is its agent or
unknown, ``state_`` one whose speaker is its subject ("is opposed to"). English function words (that, whether, as, to, by) are grammar and stand here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.statements.draft import trimmed
from onrecord.extract.statements.speakers import agent, owner, strays, subject
from onrecord.reading.analysis import TokenRange

_WH = frozenset(("WP", "WDT", "WRB", "WP$"))
_PASSIVE = frozenset(("auxpass", "nsubjpass"))


@dataclass(frozen=True, slots=True)
class Complement:
    """One way to read ``head`` as a cue: the frame, whose words, the content, and the preposition that belongs to the cue."""

    frame: str
    speaker: Token | None
    content: tuple[TokenRange, ...]
    addressee: Token | None = None
    preposition: Token | None = None


def whole(token: Token) -> TokenRange:
    """Everything under ``token``."""
    return token.left_edge.i, token.right_edge.i + 1


def of_verb(verb: Token) -> Iterator[Complement]:
    """Every complement ``verb`` could report with."""
    children = list(verb.children)
    passive = verb.tag_ == "VBN" and (verb.dep_ in ("acl", "advcl", "amod") or any(c.dep_ in _PASSIVE for c in children))
    if not passive:
        who = subject(verb)
        for found in _clauses(verb, children):
            yield Complement(found.frame, found.speaker or who, found.content, found.addressee, found.preposition)
        return
    said_by, of_whom = agent(verb), subject(verb)
    for found in _clauses(verb, children):
        yield Complement("pass_" + found.frame, said_by, found.content, None, found.preposition)
        yield Complement("state_" + found.frame, of_whom, found.content, None, found.preposition)
    if said_by is not None:
        own = next((c for c in children if c.dep_ == "nsubjpass"), verb.head if verb.dep_ in ("acl", "relcl") else None)
        if own is not None:
            start, end = whole(own)
            yield Complement("pass_obj", said_by, ((start, min(end, verb.i) if own.i < verb.i else end),))


def _clauses(verb: Token, children: list[Token]) -> Iterator[Complement]:
    objects = [c for c in children if c.dep_ in ("dobj", "dative", "nsubjpass")]
    after = next((c for c in objects if c.i > verb.i and c.dep_ != "nsubjpass"), None)
    addressee = next((c for c in objects if c.dep_ == "dative" or c.ent_type_ or c.pos_ in ("PRON", "PROPN", "NOUN")), None)
    for child in children:
        if child.dep_ == "ccomp":
            yield from _clause(verb, child, addressee)
        elif child.dep_ == "xcomp" and child.i > verb.i:
            yield from _open_clause(child, after)
        elif child.dep_ in ("oprd", "attr", "acomp") and after is not None and child.i > after.i:
            yield Complement("pred", None, ((whole(after)[0], whole(child)[1]),))
        elif child.dep_ == "advcl" and child.i > verb.i and child.left_edge.i - verb.i < 3 and _mark(child) in ("whether", "if", "as"):
            yield Complement("as" if _mark(child) == "as" else "wh", None, (whole(child),), addressee)
        elif child.dep_ == "prep" and child.i > verb.i:
            yield from _prepositional(child, after)
    yield from _that_further_on(verb, addressee)
    if after is not None and after.dep_ == "dobj":
        yield Complement("obj", None, (whole(after),))
        for prep in after.children:
            if prep.dep_ == "prep" and prep.i > after.i:
                yield Complement(f"obj_{prep.lower_}", None, (whole(after),))
    yield from _around(verb)


def _mark(clause: Token) -> str:
    return next((c.lower_ for c in clause.children if c.dep_ == "mark"), "")


def _clause(verb: Token, clause: Token, addressee: Token | None) -> Iterator[Complement]:
    if clause.i < verb.i:
        return
    span, first = _with_next(verb, clause), clause.left_edge
    if _mark(clause) == "that":
        yield Complement("that", None, (span,), addressee)
    elif _mark(clause) in ("whether", "if") or first.tag_ in _WH:
        yield Complement("wh", None, (span,), addressee)
    elif clause.tag_ == "VBG" and not any(c.dep_ in ("aux", "nsubj") for c in clause.children):
        yield Complement("ing", None, (span,))
    elif any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children):
        yield Complement("obj_inf", None, (span,))
    elif clause.tag_ in ("VBG", "NN", "NNS", "NNP", "JJ"):
        yield Complement("pred", None, (span,))
    else:
        yield Complement("clause", None, (span,), addressee)


def _that_further_on(verb: Token, addressee: Token | None) -> Iterator[Complement]:
    """A that-clause that the parser hung onto a noun between it and the verb ("told the envoy during a visit last week that …")."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 20, verb.right_edge.i + 1)]:
        if token.pos_ == "VERB" or (token.is_punct and token.text != ","):
            return
        if token.lower_ != "that" or token.dep_ != "mark" or token.head.left_edge.i != token.i:
            continue
        noun = token.head.head
        if token.head.dep_ in ("relcl", "acl") and noun.dep_ in ("pobj", "npadvmod", "dative") and noun.i > verb.i:
            yield Complement("that_far", None, (whole(token.head),), addressee)
            return


def _with_next(verb: Token, clause: Token) -> TokenRange:
    """A complement clause with the one right after it, which the parser often hangs onto the cue instead of onto the first clause."""
    start, end = whole(clause)
    for child in clause.children:
        if child.dep_ == "conj" and strays(child):
            return start, max(clause.i + 1, child.left_edge.i - 1)
    for other in verb.children:
        if other.dep_ in ("ccomp", "advcl") and other.left_edge.i == end and other.left_edge.lower_ in ("that", "because", "if", "unless"):
            end = whole(other)[1]
    return start, end


def _open_clause(clause: Token, after: Token | None) -> Iterator[Complement]:
    start, end = whole(clause)
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children):
        if after is not None and after.i < clause.i:
            yield Complement("obj_inf", None, ((whole(after)[0], end),), after)
        else:
            yield Complement("inf", None, ((start, end),))
    elif clause.tag_ == "VBG":
        yield Complement("ing", None, ((start, end),))
    elif after is not None:
        yield Complement("pred", None, ((whole(after)[0], end),))


def _prepositional(prep: Token, after: Token | None) -> Iterator[Complement]:
    if prep.right_edge.i == prep.i:
        return
    name, end = prep.lower_, whole(prep)[1]
    if name == "as" and (after is None or after.i > prep.i):
        yield Complement("as", None, ((prep.i, end),))
        return
    if after is not None and after.i < prep.i:
        yield Complement(f"obj_{name}", None, ((whole(after)[0], end),))
    else:
        further = next((c for c in prep.head.children if c.dep_ == "prep" and c.i == end and c.lower_ == "as"), None)
        yield Complement(name, None, ((prep.i + 1, whole(further)[1] if further is not None else end),), None, prep)


def _around(verb: Token) -> Iterator[Complement]:
    """The cue stands behind or inside the clause that is its content."""
    before = [c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i]
    start, end = whole(verb)
    if before:
        clause = before[-1]
        left = verb.sent.start if verb.dep_ == "ROOT" else clause.left_edge.i
        who = next((c.left_edge.i for c in verb.children if c.dep_ == "nsubj" and clause.i < c.i < verb.i), verb.i)
        edge = clause.right_edge.i + 1
        first = min(who, *(c.i for c in verb.children if c.i > clause.i and c.dep_ in ("aux", "neg")), verb.i)
        parts: list[TokenRange] = [(left, min(edge, first))]
        if edge > verb.i + 1:
            parts.append((verb.i + 1, edge))
        yield Complement("main_clause", None, tuple(parts))
    elif (inserted := _inserted(verb)) is not None:
        left, right = whole(verb.head)
        speaker, (start, end) = inserted
        yield Complement("main_clause", speaker, ((left, start), (end, right)))
    elif (inverted := _inverted(verb)) is not None:
        left, right = whole(verb.head)
        yield Complement("main_clause", inverted, ((left, start), (end, right)))
    elif verb.dep_ == "advcl" and _mark(verb) == "as":
        left, right = whole(verb.head)
        yield Complement("as_clause", None, ((left, start), (end, right)) if start > left else ((end, right),))


def _inverted(verb: Token) -> Token | None:
    """The speaker of ", [added] Jane Roe, …" where the parser took the name for an object; None for any other verb."""
    doc = verb.doc
    if verb.dep_ not in ("advcl", "conj", "dep") or verb.i < 2 or doc[verb.i - 1].text != "," or verb.tag_ not in ("VBD", "VBZ"):
        return None
    name = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "PROPN"), None)
    if name is None or name.left_edge.i != verb.i + 1 or any(c.dep_ in ("nsubj", "ccomp", "xcomp", "mark") for c in verb.children):
        return None
    return name


def _inserted(verb: Token) -> tuple[Token, TokenRange] | None:
    """Speaker and extent of a cue set off by commas or dashes inside the clause that is its content ("…, she said, …", "…, said Jane Roe, …")."""
    doc = verb.doc
    if verb.dep_ not in ("parataxis", "ccomp") or verb.head.i == verb.i or any(c.dep_ in ("ccomp", "xcomp") for c in verb.children):
        return None
    start, end = trimmed(doc, *whole(verb))
    behind = next((c for c in verb.children if c.dep_ in ("nsubj", "dobj") and c.left_edge.i == verb.i + 1), None)
    who = behind or next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if behind is not None:
        start = verb.i  # what stands before the verb then belongs to the clause around it, whatever the parser says
    if who is None or start == 0 or doc[start - 1].text not in ",—–-(" or (end < len(doc) and not doc[end].is_punct):
        return None
    return who, (start, end)


def of_noun(noun: Token) -> Iterator[Complement]:
    """Every complement ``noun`` could report with ("a warning that", "his support for")."""
    who = _noun_owner(noun)
    for child in noun.children:
        if child.i < noun.i:
            continue
        if child.dep_ in ("acl", "ccomp", "relcl"):
            if _mark(child) == "that" or child.left_edge.lower_ == "that":
                yield Complement("that", who, (whole(child),))
            elif any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
                yield Complement("inf", who, (whole(child),))
        elif child.dep_ == "prep":
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is not None:
                yield Complement(child.lower_, who, ((child.i + 1, whole(child)[1]),), None, child)
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.lemma_ == "be":
        for child in verb.children:
            if child.dep_ == "ccomp" and child.i > verb.i:
                yield Complement("is", who, (whole(child),))
    if any(c.dep_ == "poss" for c in noun.children):
        yield Complement("bare", who, (whole(noun),))


def _noun_owner(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ in ("GPE", "NORP", "ORG", "PERSON"):
            return child
    return owner(noun)


def of_adjective(adjective: Token) -> Iterator[Complement]:
    """Every complement a predicative adjective could report with ("is confident that", "is wary of")."""
    if adjective.dep_ not in ("acomp", "oprd", "ROOT", "conj"):
        return
    who = subject(adjective if adjective.dep_ == "ROOT" else adjective.head)
    verb = adjective.head
    for child in [*adjective.children, *(c for c in verb.children if c.i > adjective.i and c.dep_ in ("prep", "ccomp", "xcomp"))]:
        if child.i < adjective.i:
            continue
        if child.dep_ in ("ccomp", "advcl"):
            mark = _mark(child)
            yield Complement("that" if mark == "that" else "wh" if mark in ("whether", "if") else "clause", who, (whole(child),))
        elif child.dep_ == "xcomp":
            yield Complement("inf", who, (whole(child),))
        elif child.dep_ == "prep":
            yield Complement(child.lower_, who, ((child.i + 1, whole(child)[1]),), None, child)
