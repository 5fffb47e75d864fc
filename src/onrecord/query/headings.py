"""What a report is called where it is listed: by its title; one without, by its first words, marked as such. Data keep its title, or none."""

from __future__ import annotations

from onrecord.model import Document

_WORDS, _LONGEST = 8, 70
"""So many words, or characters, of a report without a title."""


def heading(document: Document) -> str:
    """The title in one line; ``“The talks in Lutha …” (no title)`` where there is none."""
    title = " ".join((document.title or "").split())
    if title:
        return title
    words = first_words(document.text)
    return f"“{words}” (no title)" if words else "(no title)"


def first_words(text: str) -> str:
    """The first few words of a text, of one line, with an ellipsis where more follows; "" where there is none."""
    first, _, rest = text.lstrip().partition("\n")
    words = first.split(maxsplit=_WORDS)
    whole = shown = " ".join(words[:_WORDS])
    if len(shown) > _LONGEST:
        shown = shown[:_LONGEST].rpartition(" ")[0] or shown[:_LONGEST]
    more = shown != whole or len(words) > _WORDS or (rest and not rest.isspace())
    return f"{shown} …" if more else shown
