"""The reporting table: which words report, with which complements, and how often that is right. Data lives in ``languages/en/reporting.toml``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from onrecord.languages import language

Kind = Literal["verb", "noun", "adj"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``rows[kind][lemma][frame]`` is the share of such cues that were attributions when measured, 0 to 1; absent means no cue.

    ``owned_documents``: nouns for texts that speak for their owner ("the ministry's statement said"); ``lemmas``: corrections to the lemmatiser;
    ``relay_verbs``: verbs whose addressee, when an outlet, relays ("told Al-Arabiya"); ``occasions``: nouns for an occasion on which one speaks to an
    outlet ("in an interview with"); ``plain_according``: what stands after "according to" without being a speaker ("the rules").
    """

    rows: Mapping[Kind, Mapping[str, Mapping[str, float]]]
    words: Mapping[str, frozenset[str]]
    lemmas: Mapping[str, str]
    rules: Mapping[str, float]

    def frames(self, kind: Kind, token: Token) -> Mapping[str, float]:
        """The frames ``token`` reports with; empty where it does not."""
        return self.rows[kind].get(self.lemma(token), self.rows[kind].get("other", {}))

    def lemma(self, token: Token) -> str:
        """The table's name for ``token``: its lemma, corrected, American where spelling differs, with its particle ("rule_out")."""
        lemma = token.lemma_.lower()
        lemma = self.lemmas.get(lemma, lemma)
        if lemma.endswith("ise") and lemma[:-3] + "ize" in self.rows["verb"]:
            lemma = lemma[:-3] + "ize"
        if token.pos_ == "VERB":
            particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
            return f"{lemma}_{particle}" if particle else lemma
        return lemma

    def quotes(self, token: Token) -> float:
        """How sure it is that ``token`` introduces a quotation beside it; 0 where it never does."""
        return self.frames("verb", token).get("quote", 0.0)


@functools.cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language, by its ISO 639-1 code."""
    table = language(code).table("reporting")
    other = table["verb"]["other"]
    verbs = {lemma: {**other, **frames} for lemma, frames in table["verb"].items()}
    rows: dict[Kind, Mapping[str, Mapping[str, float]]] = {"verb": verbs, "noun": table["noun"], "adj": table["adj"]}
    return Lexicon(rows, {k: frozenset(v) for k, v in table["words"].items()}, table["lemmas"], table["rules"])
