"""Case texts with the expected actor written behind the words: "[The Polish president]{POL/Aleksander Kwasniewski} said no".

A mark is ``COUNTRY/name``: the country of the actor (``-`` for none) and a part of its name, its id or its role, either of which may be left
out; several actors are joined by ``;``; a reason stands alone, as ``!no-antecedent``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord import Document, Reader
from onrecord.model import Participant
from onrecord.reading.actors import participants
from onrecord.reading.analysis import Analysis

MARK = re.compile(r"\[(?P<words>[^\]]*)\]\{(?P<who>[^}]*)\}")


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and (start, end, expected) of each."""

    text: str
    marks: list[tuple[int, int, str]]


def unmark(text: str) -> Marked:
    """Take the marks out of a case text."""
    out, marks, last = "", [], 0
    for found in MARK.finditer(text):
        out += text[last : found.start()]
        marks.append((len(out), len(out) + len(found["words"]), found["who"]))
        out += found["words"]
        last = found.end()
    return Marked(out + text[last:], marks)


def read(reader: Reader, text: str, published: str | None) -> Analysis:
    """The layers of a text up to who "we" is."""
    return reader.analyse(Document(id="case", text=text, published=published), until="first_person")


def who(analysis: Analysis, start: int, end: int) -> tuple[Participant, ...]:
    """Whom the words ``[start, end)`` name, asked as the extractors ask; of "France and Germany" those inside the words."""
    block = next(b for b in analysis.blocks if b.offset <= start < b.offset + len(b.doc.text))
    span = block.doc.char_span(start - block.offset, end - block.offset, alignment_mode="expand")
    found = participants(analysis, block, span.root)
    return tuple(p for p in found if p.mention is not None and p.mention.start < end and p.mention.end > start) or found


def fits(expected: str, found: Participant) -> bool:
    """Whether a participant is the expected one."""
    if expected.startswith("!"):
        return found.actor is None and expected[1:] in ("", found.reason)
    if found.actor is None:
        return False
    expected, _, kind = expected.partition("=")
    country, _, name = expected.partition("/")
    words = plain(f"{found.actor.name} {found.actor.id} {found.actor.id.replace('-', ' ')} {found.actor.role or ''}")
    return (not country or (found.actor.country or "-") == country) and plain(name) in words and kind in ("", found.actor.kind)


def plain(text: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def judged(reader: Reader, text: str, published: str | None = None) -> Iterator[tuple[str, str]]:
    """Each mark of a case text: "right", "wrong" (somebody else) or "silent" (nobody), and what it came out as."""
    case = unmark(text)
    analysis = read(reader, case.text, published)
    for start, end, expected in case.marks:
        found = who(analysis, start, end)
        wanted = expected.split(";")
        good = len(found) == len(wanted) and all(any(fits(w, f) for f in found) for w in wanted)
        got = ";".join(f"{f.actor.country or '-'}/{f.actor.name} ({f.actor.id}={f.actor.kind})" if f.actor else f"!{f.reason}" for f in found)
        verdict = "right" if good else "wrong" if any(f.actor for f in found) else "silent"
        yield verdict, f"{case.text[start:end]!r} is {got}, not {expected}"


def wrong(reader: Reader, text: str, published: str | None = None) -> list[str]:
    """The marks of a case text that came out otherwise."""
    return [line for verdict, line in judged(reader, text, published) if verdict != "right"]
