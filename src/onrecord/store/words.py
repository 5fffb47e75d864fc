"""A user's search words as an FTS5 expression that cannot break its grammar. Searches nothing."""

from __future__ import annotations

import re
import unicodedata

_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')


def match_expression(text: str, column: str | None = None) -> str | None:
    """All words of ``text`` (quoted words as a phrase), each as an FTS5 string, optionally in one column; None where there is no word to look for.

    Method: SQLite's FTS5 documentation, section 3 ("strings"): between double quotes every character but the quote itself is plain.
    """
    pieces = ((m[1] if m[1] is not None else m[2]) for m in _PIECE.finditer(text))
    terms = ['"' + _plain(piece) + '"' for piece in pieces if _has_word(piece)]
    if not terms:
        return None
    joined = " AND ".join(terms)
    return f"{column} : ({joined})" if column else joined


def _plain(piece: str) -> str:
    """Without NUL, which would end the expression, and without lone surrogates, which no stored text has."""
    return "".join(" " if c in '\0"' or unicodedata.category(c) == "Cs" else c for c in piece)


def _has_word(piece: str) -> bool:
    """True if the tokenizer (unicode61) finds a token: letters, numbers and private-use characters make one."""
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in piece)
