"""What taking in yields, and the settings it works under."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.ingest.problems import problem
from onrecord.model import Document, Problem
from onrecord.text.offsets import OffsetMap

MAX_CHARACTERS = 1_000_000
"""Longest text of one report, in code points: about 150,000 words, far beyond any news report, and what is read in 900 MB of memory."""


@dataclass(frozen=True, slots=True)
class Item:
    """One input: a file that holds one report, or one row.

    ``key`` names it stably (path, row, digest of its bytes), so that adding it again can be skipped. A refused input has ``document`` None and a
    ``problem``. A document may come with a problem too, one of ``problems.NOTES``. Both are None only where ``skip`` knew the key.
    """

    key: str
    document: Document | None = None
    problem: Problem | None = None
    offsets: OffsetMap | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How to take in. The document fields fill in what an input does not say about itself."""

    raw_text: bool = False
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    language: str | None = None
    url: str | None = None
    max_characters: int = MAX_CHARACTERS
    skip: Callable[[str], bool] | None = None

    @property
    def max_bytes(self) -> int:
        """Most bytes of a text within ``max_characters``; UTF-8 and UTF-16 need four a code point at most."""
        return 4 * self.max_characters + 4

    def skips(self, key: str) -> bool:
        """Whether the caller has this input already."""
        return self.skip is not None and self.skip(key)


class RefusedError(InputError):
    """An input that cannot be taken in; carries the problem to log."""

    def __init__(self, code: str, where: str, detail: str = "") -> None:
        self.problem: Problem = problem(code, where, detail)
        super().__init__(self.problem.message, code=code, hint=self.problem.hint)
