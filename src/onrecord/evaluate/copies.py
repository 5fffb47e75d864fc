"""Score copies on texts alone, and choose the bar on one half of the groups to score it on the other. Needs no reader and no store.

Run on JSONL rows ``{"id", "group", "text"}``, where the documents of a group are copies of one text::

    python -m onrecord.evaluate.copies FILE

It prints one JSON object: the shipped bar on the whole file, with the pairs it gets wrong, and for random halves (each is chosen on and scored on)
the mean and the worst. Pairs are those of the groups that links make, as for a store.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, product
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

from onrecord.across.copies import BAR, HITS, Bar
from onrecord.across.shingles import Overlap, Words, overlap, words_of

SHARES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
HEADS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 1.0)
HALVES = 10

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """Documents by id with their group, and what each pair that shares enough terms has in common."""

    group: Mapping[str, str]
    shared: Mapping[Pair, Overlap]

    def half(self, groups: Collection[str]) -> Sample:
        """What remains if only these groups are there."""
        kept = {key: group for key, group in self.group.items() if group in groups}
        return Sample(kept, {pair: found for pair, found in self.shared.items() if pair[0] in kept and pair[1] in kept})


def sample(rows: Iterable[Mapping[str, Any]]) -> Sample:
    """Compare the texts of ``rows`` that share terms. Raises KeyError for a row without ``id``, ``group`` or ``text``."""
    words: dict[str, Words] = {}
    group: dict[str, str] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        words[row["id"]], terms = words_of(row["text"])
        group[row["id"]] = row["group"]
        for term in terms:
            holders[term].append(row["id"])
    hits = Counter(pair for held in holders.values() for pair in combinations(sorted(held), 2))
    return Sample(group, {(a, b): overlap(words[a], words[b]) for (a, b), count in hits.items() if count >= HITS})


def wrong(data: Sample, bar: Bar) -> tuple[set[Pair], set[Pair], int]:
    """Pairs of the groups made that are not gold, gold pairs that are not made, and the number of gold pairs."""
    gold = _pairs(data.group)
    made = _pairs(_joined(data, bar))
    return made - gold, gold - made, len(gold)


def f1(data: Sample, bar: Bar) -> float:
    """F1 over pairs, in per cent; 100 where there is nothing to find and nothing was found."""
    extra, missing, gold = wrong(data, bar)
    right = gold - len(missing)
    return 100 * 2 * right / (2 * right + len(extra) + len(missing)) if gold or extra else 100.0


def choose(data: Sample) -> Bar:
    """The bar that does best; of several, the one in the middle of the list."""
    tried = [(f1(data, bar), bar) for bar in (Bar(share=share, head=head) for share, head in product(SHARES, HEADS))]
    best = max(score for score, _ in tried)
    as_good = [bar for score, bar in tried if score == best]
    return as_good[len(as_good) // 2]


def halves(data: Sample, times: int = HALVES) -> list[float]:
    """F1 on each half of the groups with the bar chosen on the other, for ``times`` random divisions."""
    groups = sorted(set(data.group.values()))
    out = []
    for seed in range(times):
        order = Random(seed).sample(groups, len(groups))  # noqa: S311 - divides groups, hides nothing
        parts = [data.half(frozenset(order[side::2])) for side in (0, 1)]
        out += [f1(parts[1], choose(parts[0])), f1(parts[0], choose(parts[1]))]
    return out


def report(data: Sample) -> dict[str, Any]:
    """What the module prints."""
    extra, missing, gold = wrong(data, BAR)
    found = halves(data)
    return {
        "documents": len(data.group),
        "pairs": gold,
        "f1": round(f1(data, BAR), 2),
        "bar": asdict(BAR),
        "extra": sorted(extra),
        "missing": sorted(missing),
        "other_half": {"mean": round(mean(found), 2), "worst": round(min(found), 2), "divisions": len(found)},
    }


def _joined(data: Sample, bar: Bar) -> dict[str, str]:
    """Each document with a name for the group that the positive pairs put it in."""
    first = {key: key for key in data.group}

    def find(key: str) -> str:
        while first[key] != key:
            key = first[key]
        return key

    for (a, b), shared in data.shared.items():
        if bar.judge(shared) == "positive":
            first[find(a)] = find(b)
    return {key: find(key) for key in first}


def _pairs(group: Mapping[str, str]) -> set[Pair]:
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(group):
        members[group[key]].append(key)
    return {pair for keys in members.values() for pair in combinations(keys, 2)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report of a file."""
    parser = argparse.ArgumentParser(description="Score copies, and choose the bar on one half of the groups to score it on the other.")
    parser.add_argument("file", type=Path)
    asked = parser.parse_args(arguments)
    with asked.file.open(encoding="utf-8") as lines:
        data = sample(map(json.loads, lines))
    sys.stdout.write(json.dumps(report(data), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
