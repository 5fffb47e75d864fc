"""Predicates of a block that could tell of an event: verbs, "visiting" before a name, nominalisations. Each with the frames to try, best first."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.events.lexicon import Frame, Lexicon
from onrecord.extract.events.parties import Parties
from onrecord.extract.events.views import GuestView, NounView, VerbView, View


def candidates(parties: Parties, lexicon: Lexicon) -> Iterator[tuple[View, tuple[Frame, ...]]]:
    """Every predicate of the block with its frames, in reading order."""
    for token in parties.block.doc:
        if token.lower_ == "visiting" and token.dep_ == "amod":
            yield GuestView(token, parties), lexicon.verbs.get("visit", ())
        elif token.pos_ == "VERB" and token.dep_ not in ("amod", "compound"):
            frames = lexicon.verbs.get(token.lemma_.lower())
            if frames:
                yield VerbView(token, parties), frames
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
            frames = noun_frames(token, lexicon)
            if frames:
                yield NounView(token, parties, lexicon), frames


def noun_frames(noun: Token, lexicon: Lexicon) -> tuple[Frame, ...]:
    """Frames of a noun, those of a compound ("nuclear test") before those of its head."""
    lemma = noun.lemma_.lower()
    found: tuple[Frame, ...] = ()
    for child in noun.lefts:
        if child.dep_ in ("compound", "amod"):
            found += lexicon.nouns.get(f"{child.lower_} {lemma}", ())
    return found + lexicon.nouns.get(lemma, ())
