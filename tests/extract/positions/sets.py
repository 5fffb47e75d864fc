"""The check sets of positions: invented texts with who stands where in them (format at the head of ``first.txt``), and how a reading is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.corpus.positions import Wanted, matched

from onrecord.model import Position, Reading

PUBLISHED = "2024-06-01"


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the positions it shows."""

    text: str
    wants: tuple[Wanted, ...]


def cases(name: str) -> list[Case]:
    """The cases of a file beside this one. Raises ValueError where a line's words do not stand in its text."""
    found: list[tuple[str, list[Wanted]]] = []
    for line in Path(__file__).with_name(name).read_text(encoding="utf8").splitlines():
        if line.startswith(" "):
            found[-1][1].append(_wanted(found[-1][0], line.strip()))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return [Case(text, tuple(wants)) for text, wants in found]


def _wanted(text: str, line: str) -> Wanted:
    holder, stance, aimed, *issue = (cell.strip() for cell in line.removeprefix("?").split("|"))
    return Wanted(_at(text, holder), stance, _at(text, aimed), *issue, optional=line.startswith("?"))


def _at(text: str, words: str) -> tuple[int, int]:
    if words not in text:
        raise ValueError(f"{words!r} does not stand in {text!r}")
    return text.index(words), text.index(words) + len(words)


@dataclass(frozen=True, slots=True)
class Result:
    """Counts of a set: wanted positions (``gold``), those found (``hit``), positions made that nothing allows (``false``), issues asked and right."""

    gold: int
    hit: int
    false: int
    asked: int
    right: int

    @property
    def precision(self) -> float:
        """Of what was made and asked for, in per cent."""
        return 100 * self.hit / (self.hit + self.false)

    @property
    def recall(self) -> float:
        """Per cent of what was wanted."""
        return 100 * self.hit / self.gold

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def score(every: Sequence[Case], read: Callable[[str], Reading]) -> tuple[Result, list[str]]:
    """The counts of a set, and its errors as lines for people."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    for case in every:
        reading = read(case.text)
        owner = matched(case.wants, reading.positions, reading.mentions)
        errors += _errors(case, reading.positions, owner)
        for k, want in enumerate(case.wants):
            counts.update(gold=not want.optional, hit=not want.optional and k in owner.values())
        counts.update(false=len(reading.positions) - len(owner))
        for i, k in owner.items():
            if case.wants[k].issue:
                issue = reading.positions[i].issue
                good = (issue.id if issue else "-") == case.wants[k].issue
                counts.update(asked=1, right=good)
                errors += [] if good else [f"ISSUE {case.text}  {issue and issue.id} for {case.wants[k].issue}"]
    return Result(*(counts[name] for name in ("gold", "hit", "false", "asked", "right"))), errors


def _errors(case: Case, positions: Sequence[Position], owner: dict[int, int]) -> Iterator[str]:
    for k, want in enumerate(case.wants):
        if not want.optional and k not in owner.values():
            yield f"MISS  {case.text}  {case.text[slice(*want.holder)]} | {want.stance} | {case.text[slice(*want.target)]}"
    for i, position in enumerate(positions):
        if i not in owner:
            who, aimed = position.holder.mention, position.target.span
            yield f"FALSE {case.text}  {who and who.text} | {position.stance} | {aimed and aimed.text} ({position.confidence})"
