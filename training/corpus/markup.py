"""Read and write the mark-up of the corpus (GUIDE.md): items with attributions and positions as offsets into the bare text.

Knows no models and needs nothing but the standard library, so that annotators can check a file anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Offsets = tuple[int, int]
"""Half-open range of code points in the bare text of an item."""

BREAK = " ¶ "
STANCES = ("support", "oppose", "neutral", "declines-comment")
MEANS = ("words", "deed", "framing")
_HEAD = re.compile(r"== ([a-z]+-\d{3,}) \| (\d{4}-\d\d-\d\d) \| (\S.*)")
_TAG = re.compile(r"<(/?)([skc])(\d+(?:,\d+)*)>")
_ROLE = {"s": "speaker", "k": "cue", "c": "content"}


class MarkupError(ValueError):
    """An item that does not follow the guide; the message names it and says what is wrong."""


@dataclass(slots=True)
class Attribution:
    """Who (offsets, perhaps none), by which cue, says what. The number is the one in the mark-up."""

    number: int
    speaker: list[Offsets] = field(default_factory=list)
    cue: list[Offsets] = field(default_factory=list)
    content: list[Offsets] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stance:
    """A position line: offsets of holder and target, the stance and how it is shown."""

    holder: Offsets
    stance: str
    target: Offsets
    means: str


@dataclass(slots=True)
class Item:
    """One annotated paragraph (or two). ``text`` is bare; offsets are code points in it."""

    id: str
    published: str
    tag: str
    text: str
    attributions: list[Attribution]
    stances: list[Stance]

    @property
    def held_back(self) -> bool:
        """True for the quarter that is never trained on."""
        return int(self.id.rsplit("-", 1)[1]) % 4 == 0

    def nested(self, inner: Attribution) -> bool:
        """True if ``inner`` stands within the content of another attribution."""
        return any(
            other is not inner and all(any(a <= start and end <= b for a, b in other.content) for start, end in inner.cue or inner.content)
            for other in self.attributions
        )


def read(path: Path) -> Iterator[Item]:
    """The items of a file. Raises MarkupError at the first that is malformed."""
    for lines in chunks(path):
        yield item(lines)


def corpus(folder: Path) -> list[Item]:
    """The items of every file of a folder, in order of name. Raises MarkupError."""
    return [i for path in sorted(folder.glob("*.txt")) for i in read(path)]


def chunks(path: Path) -> Iterator[list[str]]:
    """The lines of every item of a file."""
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== ") and lines:
            yield lines
            lines = []
        if line.strip():
            lines.append(line.rstrip())
    if lines:
        yield lines


def item(lines: list[str]) -> Item:
    """One item from its lines. Raises MarkupError."""
    head = _HEAD.fullmatch(lines[0])
    if head is None:
        raise MarkupError(f"{lines[0][:60]!r}: the head is not '== theme-001 | YYYY-MM-DD | tag'")
    name = head[1]
    if len(lines) < 2 or lines[1].startswith("::"):
        raise MarkupError(f"{name}: no body")
    positions = lines[2:]
    stray = [line for line in positions if not line.startswith(":: ")]
    if stray:
        raise MarkupError(f"{name}: the body must be one line, and positions begin with '::': {stray[0][:60]!r}")
    text, attributions = _unmarked(name, lines[1].replace(BREAK, "\n\n"))
    return Item(name, head[2], head[3], text, attributions, [_stance(name, text, line) for line in positions])


def _unmarked(name: str, body: str) -> tuple[str, list[Attribution]]:
    text, at, last = "", 0, 0
    open_tags: list[tuple[str, str, int]] = []
    found: dict[int, Attribution] = {}
    for tag in _TAG.finditer(body):
        text += body[last : tag.start()]
        at, last = len(text), tag.end()
        closing, kind, numbers = tag.groups()
        if not closing:
            open_tags.append((kind, numbers, at))
            continue
        if not open_tags or open_tags[-1][:2] != (kind, numbers):
            raise MarkupError(f"{name}: {tag[0]} closes what is not open")
        start = open_tags.pop()[2]
        span = _trimmed(text, start, at)
        if span is None:
            raise MarkupError(f"{name}: {tag[0]} encloses nothing")
        for number in map(int, numbers.split(",")):
            getattr(found.setdefault(number, Attribution(number)), _ROLE[kind]).append(span)
    text += body[last:]
    if open_tags:
        kind, numbers, _ = open_tags[-1]
        raise MarkupError(f"{name}: <{kind}{numbers}> is never closed")
    if "<" in text or ">" in text:
        raise MarkupError(f"{name}: a '<' or '>' that is no tag of the guide")
    bare = [a.number for a in found.values() if not a.content]
    if bare:
        raise MarkupError(f"{name}: attribution {bare[0]} has no content")
    return text, sorted(found.values(), key=lambda a: a.number)


def _trimmed(text: str, start: int, end: int) -> Offsets | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _stance(name: str, text: str, line: str) -> Stance:
    cells = [cell.strip() for cell in line[3:].split(" | ")]
    if len(cells) != 4 or cells[1] not in STANCES or cells[3] not in MEANS:
        raise MarkupError(f"{name}: {line!r} is not ':: holder | {'/'.join(STANCES)} | target | {'/'.join(MEANS)}'")
    return Stance(_find(name, text, cells[0]), cells[1], _find(name, text, cells[2]), cells[3])


def _find(name: str, text: str, words: str) -> Offsets:
    words, mark, nth = words.partition("#")
    words, count = words.strip(), int(nth) if mark and nth.isdigit() else 1
    hits = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)] if words else []
    if not 0 < count <= len(hits):
        raise MarkupError(f"{name}: the words {words!r} do not stand in the body {count} times")
    return hits[count - 1]


def bare(items: Iterable[Item]) -> str:
    """The items without their annotation, as a second pass gets them."""
    return "\n\n".join(f"== {i.id} | {i.published} | {i.tag}\n{i.text.replace(chr(10) * 2, BREAK)}" for i in items) + "\n"
