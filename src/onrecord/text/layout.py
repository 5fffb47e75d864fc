"""The words of one language that tell credits, bylines, datelines and page furniture from prose, ready to match.

This module knows none itself: ``Layout.of`` takes them from a language's ``layout`` table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Compiled layout words. The empty one recognises what needs no words: headings, bullets, hard-wrapped lines, capital datelines."""

    openers: re.Pattern[str] = _NOTHING
    silent_openers: re.Pattern[str] = _NOTHING
    boilerplate: re.Pattern[str] = _NOTHING
    closers: re.Pattern[str] = _NOTHING
    copyright: re.Pattern[str] = _NOTHING
    credit_words: frozenset[str] = frozenset()
    crafts: re.Pattern[str] = _NOTHING
    credit_places: re.Pattern[str] = _NOTHING
    joiners: re.Pattern[str] = re.compile(r"\s*[,/&]\s*")
    nobody: frozenset[str] = frozenset()
    byline_openers: re.Pattern[str] = _NOTHING
    byline_words: frozenset[str] = frozenset()
    agencies: Mapping[str, str] = field(default_factory=dict)
    furniture: frozenset[str] = frozenset()
    furniture_openers: re.Pattern[str] = _NOTHING
    labels: frozenset[str] = frozenset()
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Layout:
        """The layout of a language's ``layout`` table (``languages/en/layout.toml`` shows its keys)."""
        credit, byline, dateline, furniture = table["credits"], table["bylines"], table["datelines"], table["furniture"]
        return cls(
            openers=_opening(credit["openers"]),
            silent_openers=_opening(credit["silent_openers"]),
            boilerplate=_opening(credit["boilerplate"]),
            closers=re.compile(rf"\b(?:{_any(credit['closers'])})\W*\Z", re.IGNORECASE),
            copyright=_opening(credit["copyright"]),
            credit_words=frozenset(credit["words"]),
            crafts=re.compile(rf"\b(?:{_any(credit['crafts'])})\b", re.IGNORECASE),
            credit_places=re.compile(rf"\s+(?:{_any(credit['places'])})\s+(?=[A-Z]).*", re.DOTALL),
            joiners=re.compile(rf"\s*(?:\b(?:{_any(j for j in credit['joiners'] if j.isalpha())})\b|[,/&])\s*"),
            nobody=frozenset(credit["nobody"]),
            byline_openers=_opening(byline["openers"]),
            byline_words=frozenset(byline["words"]),
            agencies=dict(table["agencies"]),
            furniture=frozenset(furniture["lines"]),
            furniture_openers=_opening(furniture["openers"]),
            labels=frozenset(dateline["labels"]),
            months=tuple(dateline["months"]),
            weekdays=tuple(dateline["weekdays"]),
        )


PLAIN = Layout()
"""No words of any language."""


def _any(words: Iterable[str]) -> str:
    """An alternation that prefers the longest."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _opening(words: Iterable[str]) -> re.Pattern[str]:
    """Matches one of ``words`` at the beginning, whole."""
    return re.compile(rf"(?:{_any(words)})(?!\w)", re.IGNORECASE)
