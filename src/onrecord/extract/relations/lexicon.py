"""The relation words of a language, as sets. Data only."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Token

from onrecord.languages import language
from onrecord.model.records import RelationStatus


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table ``relations`` of a language pack; ``table`` keeps its sections as they stand.

    ``plurals``: titles before several names, with their singular.
    """

    titles: frozenset[str]
    general: frozenset[str]
    honorifics: frozenset[str]
    passing: frozenset[str]
    former: frozenset[str]
    planned: frozenset[str]
    appointing: frozenset[str]
    portfolio: frozenset[str]
    serving: frozenset[str]
    plurals: dict[str, str]
    table: dict[str, Any]

    def is_title(self, token: Token) -> bool:
        """True for the noun an office ends in."""
        lower = token.lower_
        if lower == "general" and token.i:
            before = token.nbor(-1)
            return before.lower_ in self.general or (before.text == "-" and token.i > 1 and token.nbor(-2).lower_ in self.general)
        return lower in self.titles or (token.lemma_.lower() in self.titles and token.pos_ == "NOUN" and token.tag_ == "NN")

    def status(self, after: Token | None) -> RelationStatus:
        """The status a word after the title gives ("president-elect")."""
        if after is not None and after.text == "-" and after.i + 1 < len(after.doc):
            after = after.nbor(1)
        return "planned" if after is not None and after.lower_.lstrip("-") in self.planned and after.lower_ != "nominee" else "current"


@functools.cache
def lexicon() -> Lexicon:
    """The English table."""
    table = language("en").table("relations")
    office = table["office"]
    return Lexicon(
        **{name: frozenset(office[name]) for name in Lexicon.__slots__ if name not in ("table", "plurals")}, plurals=office["plurals"], table=table
    )
