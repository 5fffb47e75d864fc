"""Bytes → text, strictly: byte order marks, UTF-8, UTF-16, then one guess that is reported as a guess. Nothing is decoded with replacements."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from onrecord.ingest.items import RefusedError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd",
    b"\x7fELF", b"\xd0\xcf\x11\xe0", b"RIFF", b"OggS", b"SQLite format 3\x00", b"{\\rtf",
)  # fmt: skip
"""First bytes of common formats that are not text (the list of ``file(1)``)."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 65_536
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_LATIN1 = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"})
_PLAUSIBLE = re.compile(rb"[\x80\x85\x8a\x8c\x8e\x91-\x97\x99\x9a\x9c\x9e-\xa0\xa3\xa7\xa9\xab\xad\xae\xb0\xb7\xbb\xbd\xc0-\xff]")
_THREE_LETTERS = re.compile(rb"[\xc0-\xff]{3}")
_CHINESE_MARKS = re.compile(rb"\xa1[\xa1-\xfe]")
"""Quotation marks, dashes and other marks of GB 2312 (row 1), as Chinese word processors write them in English text."""
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_TYPOGRAPHY = re.compile(rb"[\x80\x85\x91-\x97\x99\xa0\xa3\xa7\xa9\xab\xad\xae\xb0\xb7\xbb\xbd]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in; ``assumed`` where that is a guess. ``bom`` is the length of the byte order mark in bytes."""

    text: str
    encoding: str
    bom: int = 0
    assumed: bool = False


def decode(raw: bytes, where: str, *, page: bool = False) -> Decoded:
    """``raw`` as text. Raises RefusedError (``binary``, ``bad-encoding``) where it is none; ``where`` names it in the problem.

    A ``page`` may hold stray NULs and may say its own encoding, which is believed where it is not UTF-8 and the whole page decodes in it.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strict(raw, encoding, len(mark), where)
    if raw.startswith(_MAGIC):
        raise RefusedError("binary", where)
    sample = raw[:_SAMPLE]
    if b"\x00" in sample and not (page and sample.count(0) * 100 < len(sample)):
        return _strict(raw, _wide(sample, where), 0, where)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _broken_utf8(raw):
            raise RefusedError("bad-encoding", where, f"broken utf-8 at byte {error.start}") from error
        if len(_CONTROLS.findall(sample)) * 20 > len(sample):
            raise RefusedError("binary", where) from error
    guess = (_declared(sample, raw) if page else None) or _guess(raw)
    if guess is None:
        raise RefusedError("bad-encoding", where)
    return Decoded(raw.decode(guess), guess, assumed=True)


def _strict(raw: bytes, encoding: str, bom: int, where: str) -> Decoded:
    try:
        return Decoded(raw[bom:].decode(encoding), encoding, bom)
    except UnicodeDecodeError as error:
        raise RefusedError("bad-encoding", where, f"broken {encoding} at byte {bom + error.start}") from error


def _wide(sample: bytes, where: str) -> str:
    """UTF-16 without a byte order mark: nearly every other byte is NUL in English text. Any other NUL means the bytes are no text."""
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    half = len(sample) // 2
    if odd * 10 > half * 7 and even * 20 < half:
        return "utf-16-le"
    if even * 10 > half * 7 and odd * 20 < half:
        return "utf-16-be"
    raise RefusedError("binary", where)


def _declared(sample: bytes, raw: bytes) -> str | None:
    """The encoding a page says it is in; Latin-1 means Windows-1252, as in every browser (WHATWG Encoding Standard)."""
    said = _CHARSET.search(sample)
    name = said[1].decode("ascii").lower() if said else ""
    encoding = "cp1252" if name in _LATIN1 else name
    return encoding if encoding and _decodes(raw, encoding) else None


def _guess(raw: bytes) -> str | None:
    """The encoding of a text that is not UTF-8, or None.

    English in Windows-1252 is by far the commonest case and too close to its neighbours for statistics, so it is tried first: few high bytes, all of
    them letters that stand alone or typographic marks, or at least as many such marks as letters. Whatever is guessed must decode the whole text.
    """
    high = _HIGH.findall(raw)
    few = len(high) * 10 < len(raw)
    if not _HIGH.search(_CHINESE_MARKS.sub(b"", raw)) and _decodes(raw, "gb18030"):
        return "gb18030"
    letters_alone = len(_PLAUSIBLE.findall(raw)) == len(high) and not _THREE_LETTERS.search(raw)
    if few and (letters_alone or len(_TYPOGRAPHY.findall(raw)) * 2 >= len(high)) and _decodes(raw, "cp1252"):
        return "cp1252"
    best = from_bytes(raw[: 4 * _SAMPLE]).best()
    if best is not None and _decodes(raw, best.encoding):
        return best.encoding
    return "cp1252" if few and _decodes(raw, "cp1252") else None


def _broken_utf8(raw: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8 (cut off in the middle of a character, say): in any other encoding its characters would be wrong."""
    stray = len(_HIGH.findall(_UTF8.sub(b"", raw)))
    return len(_UTF8.findall(raw)) >= stray


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
