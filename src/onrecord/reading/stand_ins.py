"""How the parser reads states that only an overlay brings: in their place it gets states it has often seen, word for word, and the parse is theirs.

To a parser an unknown capitalised word may be anything, a verb's object as well as half of a person's name; a state of one's own should be read
like any other. Tokens and offsets stay those of the text: only tags, lemmas, tree and entities come from the parse of the stand-ins. Nothing here
says who is meant, and a Reader without such states parses as ever.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.knowledge import KnowledgeBase
from onrecord.languages import language

_COPIED: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
_LONGEST = 2
"""Words of the longest name that has a stand-in."""
_LIKE = {"metonym": "capital"}
"""Kinds of names that are parsed like another kind."""


@dataclass(frozen=True, slots=True)
class StandIns:
    """What is parsed in the place of which words; empty where no overlay brings a state."""

    instead: dict[tuple[str, ...], tuple[str, ...]]

    def parsed(self, nlp: Language, texts: Iterable[str], batch_size: int) -> Iterator[Doc]:
        """The texts parsed, in order."""
        if not self.instead:
            return nlp.pipe(texts, batch_size=batch_size)
        originals = [nlp.make_doc(text) for text in texts]
        docs = nlp.pipe((self._masked(doc) for doc in originals), batch_size=batch_size)
        return (_carried_over(doc, original) for doc, original in zip(docs, originals, strict=True))

    def _masked(self, doc: Doc) -> Doc:
        words = [token.text for token in doc]
        for i in range(len(words)):
            for length in range(_LONGEST, 0, -1):
                found = self.instead.get(tuple(token.text for token in doc[i : i + length]))
                if found and words[i] == doc[i].text:
                    words[i : i + length] = found
                    break
        return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def _carried_over(parsed: Doc, original: Doc) -> Doc:
    """``original`` with the analysis of ``parsed``; a word that was stood in for is its own lemma."""
    columns: Any = parsed.to_array(_COPIED)
    original.from_array(_COPIED, columns)
    for theirs, ours in zip(parsed, original, strict=True):
        if theirs.orth != ours.orth:
            ours.lemma_ = ours.text if ours.pos_ == "PROPN" else ours.lower_
    return original


@functools.lru_cache(maxsize=4)
def stand_ins(base: KnowledgeBase) -> StandIns:
    """The stand-ins for the states that the overlays of ``base`` bring."""
    table = language("en").table("stand_ins")["state"]
    instead: dict[tuple[str, ...], tuple[str, ...]] = {}
    for n, state in enumerate(base.added("state")):
        row = table[n % len(table)]
        for name, kind in base.names(state.id):
            words = tuple(name.split())
            key = _LIKE.get(kind, kind) + ("" if len(words) == 1 else f"_{len(words)}")
            if key in row and name[:1].isupper():
                instead.setdefault(words, tuple(row[key].split()))
    return StandIns(instead)
