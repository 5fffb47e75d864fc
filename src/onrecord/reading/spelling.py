"""Comparing spellings: without accents and case, and with one letter of difference. Knows no names."""

from __future__ import annotations

import functools
import re
import unicodedata


@functools.lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def slug(text: str) -> str:
    """A name as it stands in a local id: folded, words joined by hyphens, nothing but letters and digits of any script ("or:nor-lena-brandt")."""
    return re.sub(r"[\W_]+", "-", fold(text)).strip("-") or "unnamed"


def close(a: str, b: str) -> bool:
    """Whether two words of four letters or more differ by one letter at most, or by two neighbours that changed places."""
    if a == b:
        return True
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    if len(a) == len(b):
        wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        return len(wrong) == 1 or swapped(a, b)
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def swapped(a: str, b: str) -> bool:
    """Whether two words differ by two neighbouring letters that changed places ("Lybia")."""
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return len(a) == len(b) and len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
