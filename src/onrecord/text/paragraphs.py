"""Split a document's text into paragraphs and say what each one is.

Only ``prose`` is read; headings, credits, datelines and bylines are recognised and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ParagraphKind = Literal["prose", "heading", "credit", "byline"]
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``[start, end)`` of the document text. ``body`` is where its prose begins (after a dateline such as "ASTANA, July 4 (Xinhua) --")."""

    start: int
    end: int
    kind: ParagraphKind
    body: int


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of ``text`` in order; blank lines belong to none."""
    for line in _LINE.finditer(text):
        words = line.group().strip()
        if words:
            kind: ParagraphKind = "prose" if words[-1] in ".!?”\"’')…:;—-" else "heading"
            yield Paragraph(line.start(), line.end(), kind, line.start())
