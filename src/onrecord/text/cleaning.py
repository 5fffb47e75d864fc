"""Clean a text of what nobody wrote: line-ending variants, control and invisible characters, odd spaces, left-over markup.

Characters that carry meaning stay as they are (no Unicode normalisation, so "ﬁ" and "é" keep their code points). Every change is kept as an edit,
so that a span of the clean text leads back to the raw one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from html.entities import html5

from onrecord.text.offsets import Edit, Layer

_NEWLINES = "\r\x0b\x0c\u2028\u2029"
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f"
_CP1252 = "\x80-\x9f"
"""C1 controls: in practice left over from Windows-1252 read as Latin-1, so they are read as what was typed."""
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
_SURROGATES = "\ud800-\udfff"
_BLOCK_TAGS = r"/?(?:p|br|div|li|ul|ol|tr|table|h[1-6]|blockquote|section|article|hr)"
_INLINE_TAGS = r"/?(?:a|abbr|b|cite|code|em|font|i|img|mark|q|s|small|span|strong|sub|sup|td|th|tt|u)"
_MARKS = re.compile(
    rf"\r\n|[{_NEWLINES}{_SPACES}{_CONTROLS}{_CP1252}{_INVISIBLE}{_SURROGATES}]"
    r"|(?:(?<=[\x00-\x7f])|\A)[\u200c\u200d]"  # joiners matter inside other scripts and emoji, never after a Latin letter
    r"|&(?:amp;|#0{0,5}38;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
    r"|&(?:amp;|#0{0,5}38;)+"
    rf"|<(?i:{_BLOCK_TAGS}|{_INLINE_TAGS})(?:\s[^<>]{{0,500}}|\s*/)?>"
)
CONTROL = re.compile(f"[{_CONTROLS}]")
SURROGATE = re.compile(f"[{_SURROGATES}]")
_ROUNDS = 3
"""An entity may spell another mark ("&lt;br&gt;"); deeper nesting than this is not writing, and following it would take quadratic time."""
_BLOCK = re.compile(rf"<{_BLOCK_TAGS}\b", re.IGNORECASE)
_CP1252_CHARACTERS = {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)}


def clean(text: str) -> tuple[str, tuple[Layer, ...]]:
    """``text`` without what nobody wrote, and the layers that lead back from it (none where nothing changed)."""
    layers: list[Layer] = []
    for changes in (*([_marks] * _ROUNDS), _outer_spaces):
        text, edits = _edited(text, changes(text))
        if edits:
            layers.append(edits)
    return text, tuple(reversed(layers))


def scrub(text: str) -> str:
    """A short field (a title, a name) cleaned the same way, on one line."""
    return " ".join(clean(text)[0].split())


def _marks(text: str) -> Iterable[tuple[int, int, str]]:
    for match in _MARKS.finditer(text):
        new = _replacement(match.group())
        if new != match.group():
            yield match.start(), match.end(), new


def _replacement(mark: str) -> str:
    code = ord(mark[0])
    if mark[0] == "&":
        return _entity(mark)
    if mark[0] == "<":
        return "\n" if _BLOCK.match(mark) else ""
    if mark[0] in _NEWLINES:
        return "\n"
    if 0x80 <= code < 0xA0:
        return _CP1252_CHARACTERS[code]
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    return " " if mark == "\t" or (code > 0x1F and mark.isspace()) else ""


def _entity(mark: str) -> str:
    """What an entity spells; one that HTML does not know stays as it is. Repeated escaping ("&amp;amp;lt;") is resolved to the end."""
    name = mark[:-1].rpartition(";")[2].lstrip("&")
    if name.startswith("#"):
        return html.unescape(f"&{name};")
    return html5.get(f"{name};", mark)


def _outer_spaces(text: str) -> Iterable[tuple[int, int, str]]:
    """Spaces at the end of lines, and blank lines at both ends of the text."""
    first = len(text) - len(text.lstrip("\n "))
    last = max(first, len(text.rstrip("\n ")))
    if first:
        yield 0, first, ""
    at = text.find(" \n", first, last)
    while at >= 0:
        start = first + len(text[first:at].rstrip(" "))
        yield start, at + 1, ""
        first = at + 1
        at = text.find(" \n", first, last)
    if last < len(text):
        yield last, len(text), ""


def _edited(text: str, changes: Iterable[tuple[int, int, str]]) -> tuple[str, Layer]:
    """``text`` with ``changes`` (start, end, replacement; in order) made, and the edits that undo them."""
    parts: list[str] = []
    edits: list[Edit] = []
    old = new = 0
    for start, end, replacement in changes:
        parts += text[old:start], replacement
        new += start - old
        edits.append((new, len(replacement), start, end - start))
        new += len(replacement)
        old = end
    if not edits:
        return text, ()
    parts.append(text[old:])
    return "".join(parts), tuple(edits)
