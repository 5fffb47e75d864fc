"""How far two codings of the same items agree. It trains nothing.

    python -m training.events.agreement training/events/sentences/*.txt --second training/events/second/sample.txt [--differences N]

Compared are all ordered pairs of marked participants, and each participant with no recipient. A pair with several codes in one coding
is met code by code, equal ones first; what is left over stands against none. Lines of all statuses count: ``as events`` counts again
only what is actual or future, any other line being none there.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from training.events.markup import MarkupError, Sentence, sentences

NONE = "none"
REAL = ("actual", "future")


@dataclass(frozen=True, slots=True)
class Code:
    """What one coding says of a pair."""

    type: str = NONE
    mode: str | None = None
    status: str = "actual"

    def __str__(self) -> str:
        """As a line of the mark-up has it."""
        return f"{self.type}{f'/{self.mode}' if self.mode else ''}{'' if self.status == 'actual' else f' {self.status}'}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A pair of an item, recipient None for nobody, and a code of each coding."""

    item: str
    actor: int
    recipient: int | None
    first: Code
    second: Code

    @property
    def both(self) -> bool:
        """Both have a type."""
        return NONE not in (self.first.type, self.second.type)


def codes(s: Sentence, *, real: bool = False) -> dict[tuple[int, int | None], list[Code]]:
    """The codes of each ordered pair; what sides do jointly counts in both directions. ``real``: only what is actual or future."""
    found: dict[tuple[int, int | None], list[Code]] = {}
    for c in s.codings:
        if c.type is None or (real and c.status not in REAL):
            continue
        others = c.actors if c.joint else c.recipients or (None,)
        for pair in [(a, b) for a in c.actors for b in others if a != b]:
            code = Code(c.type, c.mode, c.status)
            if code not in found.setdefault(pair, []):
                found[pair].append(code)
    return found


def met(first: Sequence[Code], second: Sequence[Code]) -> Iterator[tuple[Code, Code]]:
    """The codes of a pair two by two, the most alike first; one couple of nones where neither has any."""
    left, right = list(first), list(second)
    alike: tuple[Callable[[Code], object], ...] = (lambda c: c, lambda c: (c.type, c.status), lambda c: c.type)
    for key in alike:
        for code in tuple(left):
            twin = next((r for r in right if key(r) == key(code)), None)
            if twin:
                left.remove(code)
                right.remove(twin)
                yield code, twin
    if left or right or not (first or second):
        yield from zip_longest(left or [Code()], right, fillvalue=Code())


def units(first: Sentence, second: Sentence, *, real: bool = False) -> Iterator[Unit]:
    """Every pair of an item in both codings. Raises MarkupError where text or participants differ."""
    if (first.id, first.text, first.parties) != (second.id, second.text, second.parties):
        raise MarkupError(f"{second.id}: the codings differ in text or participants")
    left, right = codes(first, real=real), codes(second, real=real)
    for a in first.parties:
        for b in (*first.parties, None):
            if a != b:
                yield from (Unit(first.id, a, b, *two) for two in met(left.get((a, b), ()), right.get((a, b), ())))


def kappa(labels: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two label sequences; 1 where only one label was ever given, or none."""
    n = len(labels)
    if not n:
        return 1.0
    one, two = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    chance = sum(one[k] * two[k] for k in one) / n**2
    return 1.0 if chance == 1 else (sum(a == b for a, b in labels) / n - chance) / (1 - chance)


def share(flags: Iterable[bool]) -> str:
    """Hits, cases and per cent."""
    told = list(flags)
    return f"{sum(told)} of {len(told)}" + (f" ({100 * sum(told) / len(told):.1f} %)" if told else "")


def types(found: Sequence[Unit]) -> str:
    """Agreement on types: kappa with none, of the pairs that either coded, and F1 (the same whichever is taken as gold)."""
    coded = [u for u in found if u.first.type != NONE or u.second.type != NONE]
    same = sum(u.first.type == u.second.type for u in coded)
    each = sum((u.first.type != NONE) + (u.second.type != NONE) for u in coded)
    return (
        f"kappa {kappa([(u.first.type, u.second.type) for u in found]):.3f} over {len(found)} pairs; "
        f"of those that either coded {share(u.first.type == u.second.type for u in coded)}, F1 {200 * same / max(each, 1):.1f}; "
        f"of those that both coded {share(u.first.type == u.second.type for u in coded if u.both)}"
    )


def report(first: Sequence[Sentence], second: Sequence[Sentence]) -> Iterator[str]:
    """The figures, line by line; ``first`` may have more items than ``second``. Raises MarkupError where an item is missing or not the same."""
    known = {s.id: s for s in first}
    if missing := [s.id for s in second if s.id not in known]:
        raise MarkupError(f"not in the first coding: {missing}")
    items = [(known[s.id], s) for s in second]
    heads = [(str(a.reason is None), str(b.reason is None)) for a, b in items]
    reasons = [(str(a.reason), str(b.reason)) for a, b in items if a.reason and b.reason]
    found = [u for a, b in items for u in units(a, b)]
    both = [u for u in found if u.both]
    alike = [u for u in both if u.first.type == u.second.type]
    modes = [u for u in alike if u.first.mode or u.second.mode]
    one, two = (sum(h[n] == "True" for h in heads) for n in (0, 1))
    yield f"event or not: {share(a == b for a, b in heads)}, kappa {kappa(heads):.3f}; events in the first {one}, in the second {two}"
    yield f"why not, where both say not: {share(a == b for a, b in reasons)}, kappa {kappa(reasons):.3f}"
    yield f"types: {types(found)}"
    yield f"types, as events: {types([u for a, b in items for u in units(a, b, real=True)])}"
    yield f"modes, of the same type where either has one: {share(u.first.mode == u.second.mode for u in modes)}"
    yield f"statuses, of pairs that both coded: {share(u.first.status == u.second.status for u in both)}"
    kinds = Counter(t for u in found for t in {u.first.type, u.second.type} - {NONE})
    right = Counter(u.first.type for u in alike)
    yield "by type, same of either: " + ", ".join(f"{t} {right[t]}/{n}" for t, n in sorted(kinds.items()))
    swaps = Counter((u.first.type, u.second.type) for u in found if u.first.type != u.second.type)
    yield "most frequent differences, first > second: " + ", ".join(f"{a} > {b} {n}" for (a, b), n in swaps.most_common(15))


def main() -> None:
    """Print the figures, and the first differences if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("first", nargs="+", type=Path, metavar="FIRST", help="files of the first coding")
    parser.add_argument("--second", required=True, type=Path, metavar="FILE", help="the second coding of some of its items")
    parser.add_argument("--differences", type=int, default=0, metavar="N", help="list the first N pairs on which they differ in type, mode or status")
    told = parser.parse_args()
    first, second = sentences(told.first), sentences([told.second])
    for line in report(first, second):
        print(line)  # noqa: T201
    known = {s.id: s for s in first}
    apart = [u for s in second for u in units(known[s.id], s) if u.first != u.second]
    for u in apart[: told.differences]:
        print(f"{u.item} {u.actor}>{u.recipient or ''}: {u.first} | {u.second}")  # noqa: T201


if __name__ == "__main__":
    main()
