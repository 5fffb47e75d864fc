"""Split a document's text into paragraphs and say what each one is.

Only ``prose`` is read; headings, credits, bylines and the dateline before the prose are recognised and left alone. The words that mark them come
with the ``Layout``; the text itself is never changed, so a hard-wrapped paragraph keeps its line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.text.credits import is_credit, names, trailing_credit
from onrecord.text.datelines import Dateline, dateline
from onrecord.text.layout import PLAIN, Layout
from onrecord.text.lines import BULLET, ends_sentence, groups

ParagraphKind = Literal["prose", "heading", "credit", "byline"]
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_LETTER = re.compile(r"[^\W\d_]")
_INNER_END = re.compile(r"(?:[^\W_]{3,}|\d)[.!?…]+[”\"'’)]*\s+[“\"'‘(\[]?[A-Z—–―]|[.!?][”\"]\s+\S")
_FRAMED = re.compile(r"[-–—] .{2,60} [-–—]\.?\Z")
"""A heading between dashes, as AFP sets them: "- A long night -"."""
_SENTENCE_END = re.compile(r"[.!?…][”\"’)]*\s+")
_REPORTER = re.compile(r"[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){1,3}(?:,? (?:[a-z]{2} )?[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)?)?\Z")
_EMAIL = re.compile(r"\S+@\S+|https?://\S+|@\w+")
_HEADING_WORDS, _HEADING_LENGTH = 14, 110
_HEADLINE_WORDS, _HEADLINE_LENGTH = 22, 160
_BYLINE_WORDS = 16
_FURNITURE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``[start, end)`` of the document text. ``body`` is where its prose begins, after a dateline ("ASTANA, July 4 (Xinhua) --") or a bullet."""

    start: int
    end: int
    kind: ParagraphKind
    body: int
    dateline: Dateline | None = None


def paragraphs(text: str, layout: Layout = PLAIN) -> Iterator[Paragraph]:
    """The paragraphs of ``text`` in order; blank lines belong to none. A text that is nothing but short lines is prose: there is nothing to head."""
    found = [part for group in groups(text) for part in _parts(text, group[0].start, group[-1].end, layout)]
    if not any(p.kind == "prose" for p in found):
        yield from (replace(p, kind="prose") if p.kind == "heading" and _LETTER.search(text, p.start, p.end) else p for p in found)
        return
    first = next(i for i, p in enumerate(found) if p.kind != "byline")
    if found[first].kind == "prose" and len(found) > first + 1 and _is_headline(text[found[first].start : found[first].end]):
        found[first] = replace(found[first], kind="heading")
    yield from found


def pieces(text: str, paragraph: Paragraph, limit: int) -> Iterator[Paragraph]:
    """``paragraph`` itself, or, where its prose is longer than ``limit``, parts of at most that length, cut after a sentence where there is one."""
    start = body = paragraph.start
    while paragraph.end - (body := max(start, paragraph.body)) > limit:
        cut = max((match.end() for match in _SENTENCE_END.finditer(text, body + limit // 2, body + limit)), default=0)
        cut = cut or text.rfind(" ", body + 1, body + limit) + 1 or body + limit
        yield replace(paragraph, start=start, end=cut, body=body)
        start = cut
    yield replace(paragraph, start=start, body=body)


def credits_of(text: str, found: Iterable[Paragraph], layout: Layout) -> tuple[str, ...]:
    """Whose copy the report uses: the names in its credits and datelines, each once, in order."""
    named: dict[str, None] = {}
    for paragraph in found:
        if paragraph.kind == "credit":
            named.update(dict.fromkeys(names(text[paragraph.start : paragraph.end], layout)))
        elif paragraph.dateline and paragraph.dateline.agency:
            agency = text[slice(*paragraph.dateline.agency)].strip()
            named[layout.agencies.get(agency.lower(), agency)] = None
    return tuple(named)


def credits(text: str, layout: Layout) -> tuple[str, ...]:  # noqa: A001 - the contract's word for it
    """``credits_of`` for a text that is not split yet."""
    return credits_of(text, paragraphs(text, layout), layout)


def _parts(text: str, start: int, end: int, layout: Layout) -> Iterator[Paragraph]:
    """The paragraph ``[start, end)``, cut in two where a credit stands at the end of its prose."""
    line = text[start:end]
    filed = dateline(text, start, end, layout)
    if filed and filed.end >= end and not is_credit(line, layout):
        yield Paragraph(start, end, "byline", end, filed)
        return
    kind = _kind(line, layout) if filed is None or filed.end >= end else "prose"
    if kind != "prose":
        yield Paragraph(start, end, kind, start)
        return
    body = filed.end if filed else start
    if bullet := BULLET.match(text, start, end):
        body = bullet.end()
    split = trailing_credit(text, body, end, layout)
    if split is None:
        yield Paragraph(start, end, "prose", body, filed)
        return
    prose_end = body + len(text[body:split].rstrip())
    yield Paragraph(start, prose_end, "prose", body, filed)
    yield Paragraph(split, end, "credit", split)


def _kind(line: str, layout: Layout) -> ParagraphKind:
    if is_credit(line, layout):
        return "credit"
    if _is_byline(line, layout):
        return "byline"
    return "heading" if _is_furniture(line, layout) or _is_heading(line) else "prose"


def _is_heading(line: str) -> bool:
    """A short line without final punctuation that holds no whole sentence, or a short one all in capitals."""
    if not _LETTER.search(line):
        return True
    if len(line) > _HEADING_LENGTH:
        return False
    words = _WORD.findall(line)
    if line.isupper() and len(words) <= _HEADING_WORDS and len(line) > 2:
        return True
    if _FRAMED.match(line):
        return True
    if bullet := BULLET.match(line):
        return line[0].isdigit() and _is_heading(line[bullet.end() :])
    if len(words) > _HEADING_WORDS or line[0].islower() or line.endswith((",", "-", "—", "–")):
        return False
    if line[0] in '“"' and line[-1] not in '”"':
        return False
    if ends_sentence(line):
        return line.endswith("?") and _title_case(words) and not line.startswith(("“", '"'))
    return not _INNER_END.search(line)


def _is_headline(line: str) -> bool:
    """The first line of a report may be longer than other headings are."""
    words = _WORD.findall(line)
    if len(line) > _HEADLINE_LENGTH or len(words) > _HEADLINE_WORDS or ends_sentence(line) or line[0].islower():
        return False
    return not BULLET.match(line) and not line.endswith((",", "-", "—", "–")) and not _INNER_END.search(line)


def _title_case(words: list[str]) -> bool:
    """Whether the longer words are capitalised ("What Comes After the Summit")."""
    longer = [word for word in words if len(word) > 3]
    return len(words) > 1 and bool(longer) and all(word[0].isupper() or word[0].isdigit() for word in longer)


def _is_byline(line: str, layout: Layout) -> bool:
    """A line such as "By Jane Roe", "By JANE ROE in Vienna" or "JANE ROE in Vienna"."""
    if _REPORTER.match(line) and not line.isupper():
        return True
    opener = layout.byline_openers.match(line)
    if opener is None or ends_sentence(_EMAIL.sub("", line).rstrip()):
        return False
    words = _WORD.findall(_EMAIL.sub("", line[opener.end() :]))
    return 0 < len(words) <= _BYLINE_WORDS and all(w[0].isupper() or w[0].isdigit() or w in layout.byline_words for w in words)


def _is_furniture(line: str, layout: Layout) -> bool:
    bare = line.strip(" .:()[]*-–—#>").lower().replace("’", "'")
    return bare in layout.furniture or (len(line) <= _FURNITURE_LENGTH and layout.furniture_openers.match(line) is not None)
