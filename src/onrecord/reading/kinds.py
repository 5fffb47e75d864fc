"""What sort of thing a name is that no table has: the tagger's opinion is corrected by what the whole text says of it.

A name is a person's where its first word is a given name, where it explains an office ("the envoy, Idriss Mahamat") or where the text says "Mr."
of it; a place's where something happens in, near or at it and nothing says it is a person. Decides nothing about names the knowledge base has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.knowledge import knowledge_base
from onrecord.reading.names import Name, Names
from onrecord.reading.phrases import is_plural, lemma
from onrecord.reading.titles import titles

LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "around"})


def mark(blocks: Sequence[tuple[Doc, Sequence[Token], Names]]) -> None:
    """Correct ``person`` and ``place`` of the unknown names of a document, for all mentions of a name alike."""
    unknown: dict[str, list[tuple[Doc, Name]]] = defaultdict(list)
    for doc, _, names in blocks:
        for name in names.runs:
            if not name.aliases and not name.full:
                unknown[doc[name.start : name.end].text].append((doc, name))
    if not unknown:
        return
    honoured = _honoured(blocks)
    for text, uses in unknown.items():
        last = text.rsplit(" ", 1)[-1].lower()
        if _body_by_name(text):
            _set(uses, person=False)
        elif last in honoured or any(_explains(doc, name) for doc, name in uses):
            _set(uses, person=True)
        elif any(name.person for _, name in uses):
            if any(_located(doc, name) for doc, name in uses) and not any(_humanly(doc, name) for doc, name in uses):
                _set(uses, person=False, place=True)
        elif all(_looks_like_person(doc, name) for doc, name in uses):
            _set(uses, person=True)


def _body_by_name(text: str) -> bool:
    """Whether a name ends in a word for a body and does not begin with a given name: "Delhi High Court", not "Frank House"."""
    first, *rest = text.split(" ")
    return bool(rest) and rest[-1].lower() in titles().body and first.lower() not in knowledge_base().given_names


def _set(uses: list[tuple[Doc, Name]], *, person: bool, place: bool = False) -> None:
    for _, name in uses:
        name.person, name.place = person, place


def _honoured(blocks: Sequence[tuple[Doc, Sequence[Token], Names]]) -> set[str]:
    """The lower-case words the text puts behind "Mr.", "Ms." and the like."""
    honorifics = titles().honorifics
    return {doc[t.i + 1].lower_ for doc, tokens, _ in blocks for t in tokens if t.lower_ in honorifics and t.i + 1 < len(doc) and t.text[0].isupper()}


def _explains(doc: Doc, name: Name) -> bool:
    """Whether the name says who holds an office: "the Syrian ambassador, Walid Nasser,"."""
    root = doc[name.start : name.end].root
    head = root.head
    return (
        root.dep_ == "appos"
        and head.i < name.start
        and name.end - name.start > 1
        and lemma(head) in titles().person
        and not is_plural(head)
        and doc[name.start - 1].text == ","
    )


def _located(doc: Doc, name: Name) -> bool:
    """Whether something is said to happen at the name, or it is what a summit, province or airport is called after."""
    root = doc[name.start : name.end].root
    if root.dep_ == "pobj" and root.head.lower_ in LOCATIVE and root.head.head.lemma_ not in ("believe", "trust", "confidence", "faith", "interest"):
        return root.head.lower_ != "at" or root.head.head.pos_ != "VERB"
    return root.dep_ == "compound" and root.head.lower_ in titles().events and root.head.i > root.i


def _humanly(doc: Doc, name: Name) -> bool:
    """Whether a use shows a person: a given name, a title before it, or a verb of speech behind it."""
    root = doc[name.start : name.end].root
    before = doc[name.start - 1] if name.start else None
    return (
        (_given(doc[name.start].lower_) and name.end - name.start > 1)
        or (before is not None and (lemma(before) in titles().person or before.lower_ in titles().honorifics))
        or (root.dep_ == "nsubj" and root.head.lemma_ in ("say", "tell", "add", "ask", "think", "know"))
    )


def _looks_like_person(doc: Doc, name: Name) -> bool:
    """Whether a name the tagger takes for a firm is two or three words of which the first is a given name."""
    words = titles()
    tokens = doc[name.start : name.end]
    return (
        2 <= len(tokens) <= 3
        and tokens.root.dep_ != "compound"
        and _given(tokens[0].lower_)
        and tokens.root.ent_type_ == "ORG"
        and all(t.text[:1].isupper() and t.text.isalpha() and not t.text.isupper() for t in tokens)
        and not {t.lower_ for t in tokens} & (words.body.keys() | words.outlets | words.mastheads | words.geography | words.businesses)
        and not (name.start and doc[name.start - 1].lower_ == "the")
    )


def _given(word: str) -> bool:
    """Whether a lower-case word is a given name."""
    return word in knowledge_base().given_names or word in titles().female_names or word in titles().male_names
