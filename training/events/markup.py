"""Reads the mark-up of ``sentences/*.txt`` (described in ``sentences/GUIDE.md``) and says what is malformed. It trains nothing.

python3 -m training.events.markup training/events/sentences/assault.txt     # check a file and count what is in it
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.codebook import plover

FOLDER = Path(__file__).parent / "sentences"
CLASSES = ("opinion", "metaphor", "sport", "background", "history", "hypothetical", "negated")
"""Why a sentence that looks like an event is none."""
STATUSES = ("actual", "future", "hypothetical", "negated", "historical")
_HEAD = re.compile(r"== ([a-z]+-\d+) \| (event|not (\w+))$")
_LINE = re.compile(r"([a-z]) ([\d,+]+)(>[\d,]*)? (none|[A-Z]+(?:/[a-z-]+)?)( \w+)?( \+[\w,]+)?$")
_OPEN = re.compile(r"\[(\d+):|\{([a-z]):")


class MarkupError(ValueError):
    """An item that does not follow the guide; its message names the item."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One coded pair: participants by number; ``type`` None where the words tell no event. ``joint``: all sides act together."""

    trigger: str
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    type: str | None
    mode: str | None
    status: str
    contexts: tuple[str, ...]
    joint: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """An item: plain ``text``, spans (code points, half-open) of participants by number and of triggers by letter, and its codings.

    ``reason`` is None for an event, else one of ``CLASSES``.
    """

    id: str
    text: str
    reason: str | None
    parties: dict[int, tuple[int, int]]
    triggers: dict[str, tuple[int, int]]
    codings: tuple[Coding, ...]

    @property
    def held_back(self) -> bool:
        """True for every other item, by number."""
        return _number(self.id) % 2 == 0

    @property
    def tuning(self) -> bool:
        """True for a tenth of all, a fifth of those not held back, on which thresholds are set: no run learns from it."""
        return tuning(self.id)


def tuning(name: str) -> bool:
    """True for ids whose number ends in 9."""
    return _number(name) % 10 == 9


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def plain(marked: str, name: str) -> tuple[str, dict[int, tuple[int, int]], dict[str, tuple[int, int]]]:
    """The text without mark-up, and the spans that it marked. Raises MarkupError."""
    out: list[str] = []
    length = 0
    stack: list[tuple[str, str, int]] = []
    parties: dict[int, tuple[int, int]] = {}
    triggers: dict[str, tuple[int, int]] = {}
    i = 0
    while i < len(marked):
        opened = _OPEN.match(marked, i)
        if opened:
            stack.append(("]" if opened[1] else "}", opened[1] or opened[2], length))
            i = opened.end()
        elif marked[i] in "]}":
            if not stack or stack[-1][0] != marked[i]:
                raise MarkupError(f"{name}: a bracket closes what was not opened near {marked[max(0, i - 20) : i + 5]!r}")
            kind, key, start = stack.pop()
            if start == length or out[start].isspace() or out[-1].isspace():
                raise MarkupError(f"{name}: {key} is empty or has a blank at its edge")
            if (kind == "]" and int(key) in parties) or (kind == "}" and key in triggers):
                raise MarkupError(f"{name}: {key} is marked twice")
            if kind == "]":
                parties[int(key)] = (start, length)
            else:
                triggers[key] = (start, length)
            i += 1
        elif marked[i] in "[{":
            raise MarkupError(f"{name}: a bracket without number or letter near {marked[i : i + 20]!r}")
        else:
            out.append(marked[i])
            length += 1
            i += 1
    if stack:
        raise MarkupError(f"{name}: {stack[-1][1]} is not closed")
    return "".join(out), parties, triggers


def coding(line: str, name: str) -> Coding:
    """One line of codes. Raises MarkupError."""
    found = _LINE.match(line.strip())
    if not found:
        raise MarkupError(f"{name}: cannot read the line {line!r}")
    trigger, left, right, code, status, contexts = found.groups()
    joint = "+" in left
    if joint == bool(right) or (joint and "," in left):
        raise MarkupError(f"{name}: {line!r} needs either 1>2, 1> or 1+2")
    numbers = tuple(int(n) for n in re.findall(r"\d+", left))
    kind, _, mode = code.partition("/")
    if (status or " actual").strip() not in STATUSES:
        raise MarkupError(f"{name}: no status {status!r}")
    return Coding(
        trigger,
        numbers,
        tuple(int(n) for n in re.findall(r"\d+", right or "")),
        None if kind == "none" else kind,
        mode or None,
        (status or "actual").strip(),
        tuple((contexts or "").strip(" +").split(",")) if contexts else (),
        joint,
    )


def item(block: str) -> Sentence:
    """One block of a file. Raises MarkupError, also for codes that the codebook does not have."""
    head, *rest = block.splitlines()
    found = _HEAD.match(head.strip())
    if not found or len(rest) < 2:
        raise MarkupError(f"not a head and at least two lines: {head!r}")
    name, reason = found[1], found[3]
    if reason is not None and reason not in CLASSES:
        raise MarkupError(f"{name}: no class {reason!r}")
    text, parties, triggers = plain(rest[0].strip(), name)
    codings = tuple(coding(line, name) for line in rest[1:])
    for c in codings:
        missing = [n for n in (*c.actors, *c.recipients) if n not in parties]
        if missing or c.trigger not in triggers:
            raise MarkupError(f"{name}: {missing or c.trigger} is not marked in the sentence")
        _known(c, name)
    real = [c for c in codings if c.type and c.status in ("actual", "future")]
    if (reason is None) != bool(real):
        raise MarkupError(f"{name}: {'an event needs' if reason is None else 'a sentence without event has no'} line that is actual or future")
    return Sentence(name, text, reason, parties, triggers, codings)


def _known(c: Coding, name: str) -> None:
    if c.type is None:
        return
    if c.type not in plover.types() or (c.mode and c.mode not in plover.types()[c.type].modes):
        raise MarkupError(f"{name}: no code {c.type}/{c.mode}")
    if unknown := set(c.contexts) - plover.contexts():
        raise MarkupError(f"{name}: no contexts {sorted(unknown)}")


def blocks(path: Path) -> Iterator[str]:
    """The blocks of a file between empty lines."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf8")):
        if block.strip():
            yield block.strip()


def sentences(paths: Iterable[Path] | None = None) -> list[Sentence]:
    """Every item of the files (all of the folder by default). Raises MarkupError for the first that is malformed or whose id is used twice."""
    found = [item(block) for path in paths or sorted(FOLDER.glob("*.txt")) for block in blocks(path)]
    twice = [name for name, n in Counter(s.id for s in found).items() if n > 1]
    if twice:
        raise MarkupError(f"ids used twice: {twice}")
    return found


def check(path: Path) -> int:
    """Print every malformed item of a file and what is in it; the number of faults."""
    found, faults = [], 0
    for block in blocks(path):
        try:
            found.append(item(block))
        except MarkupError as error:
            faults += 1
            sys.stdout.write(f"{error}\n")
    for what, seen in (("id", [s.id for s in found]), ("text", [s.text for s in found])):
        for value, n in Counter(seen).items():
            if n > 1:
                faults += 1
                sys.stdout.write(f"{what} used {n} times: {value}\n")
    codes = Counter(f"{c.type}/{c.mode or ''}" for s in found for c in s.codings if c.type and c.status in ("actual", "future"))
    others = dict(Counter(s.reason for s in found if s.reason))
    sys.stdout.write(f"{len(found)} items, {faults} faults; events {sum(s.reason is None for s in found)}, not {others}\n")
    sys.stdout.write(" ".join(f"{code} {n}" for code, n in sorted(codes.items())) + "\n")
    return faults


if __name__ == "__main__":
    sys.exit(1 if sum(check(Path(name)) for name in sys.argv[1:]) else 0)
