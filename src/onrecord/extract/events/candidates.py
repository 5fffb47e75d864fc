"""Predicates of a block that could tell of an event, each with the frames to try, best first.

Verbs, adjectives after "be", "visiting" before a name, nominalisations.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.events.lexicon import Frame, Lexicon
from onrecord.extract.events.parties import Parties
from onrecord.extract.events.views import GuestView, NounView, VerbView, View


def candidates(parties: Parties, lexicon: Lexicon) -> Iterator[tuple[View, tuple[Frame, ...]]]:
    """Every predicate of the block with its frames, in reading order."""
    for token in parties.block.doc:
        guest = visitor(token, lexicon)
        if guest is not None:
            yield GuestView(token, guest, parties), lexicon.verbs["visit"]
        elif token.pos_ == "VERB" and token.dep_ not in ("amod", "compound"):
            frames = lexicon.verbs.get(token.lemma_.lower())
            if frames:
                yield VerbView(token, parties), frames
        elif token.dep_ == "acomp" and token.lower_ in lexicon.verbs and token.head.pos_ == "AUX":
            yield VerbView(token, parties), lexicon.verbs[token.lower_]
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
            frames = noun_frames(token, lexicon)
            if frames:
                yield NounView(token, parties, lexicon), frames


def visitor(token: Token, lexicon: Lexicon) -> Token | None:
    """Whom "visiting" describes: "visiting President X"; the parser takes "with visiting President X" for a clause."""
    if token.lower_ not in lexicon.words["guest"]:
        return None
    if token.dep_ == "amod":
        return token.head
    return next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None) if token.dep_ == "pcomp" else None


def noun_frames(noun: Token, lexicon: Lexicon) -> tuple[Frame, ...]:
    """Frames of a noun, those of a compound ("nuclear test") before those of its head."""
    lemma = noun.lemma_.lower()
    found: tuple[Frame, ...] = ()
    for child in noun.lefts:
        if child.dep_ in ("compound", "amod"):
            found += lexicon.nouns.get(f"{child.lower_} {lemma}", ())
    return found + lexicon.nouns.get(lemma, ())
