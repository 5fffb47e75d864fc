"""Whether ``alignment`` and ``blocs`` find the line along which a made-up world is divided: Spearman correlations with the points it is made from.

    .venv/bin/python benchmarks/alignment.py [--points unga_idealpoints.csv --session 74] [--issues 60] [--share 0.5] [--error 0] [--seed 6]

Each party has a point on a line: drawn at random, or a state's ideal point estimated from its votes in the UN General Assembly (columns session,
iso3c, IdealPoint; Bailey, Strezhnev and Voeten 2017, Journal of Conflict Resolution 61). Each issue has a cut point and an end that is for it; a
party takes a stance on a share of the issues by the standard spatial model: it is for the issue if 2 (point - cut) plus logistic noise exceeds 0.7,
against if it is below -0.7, else neutral. Two publishers report each stance, and every report is misread with the chance of ``--error``, as in
benchmarks/world.py.
"""

# ruff: noqa: S311 - seeds make runs repeatable; nothing here is secret
from __future__ import annotations

import argparse
import csv
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.world import Said, Text, World, fill, name_of, usable_issues

from onrecord.query import Filter, alignment, blocs
from onrecord.store import View, open_store

_CUT = 0.7


def ideal_points(path: Path, session: int) -> list[float]:
    """The ideal points of one session of the General Assembly, by code of state."""
    with path.open(encoding="utf8", newline="") as file:
        return [float(row["IdealPoint"]) for row in sorted(csv.DictReader(file), key=lambda r: r["iso3c"]) if int(row["session"]) == session]


def spatial_world(points: Sequence[float], issue_count: int, share: float, seed: int) -> World:
    """A world in which each party takes its stances by where it lies."""
    rng = Random(seed)
    world = World(len(points), usable_issues()[:issue_count], 365)
    for issue in range(len(world.issues)):
        cut, end = rng.gauss(0, 1), rng.choice((1, -1))
        for party, point in enumerate(points):
            if rng.random() < share:
                chance = rng.random()
                lean = 2 * end * (point - cut) + math.log(chance / (1 - chance))
                said = Said(party, issue, rng.randrange(world.days), "for" if lean > _CUT else "against" if lean < -_CUT else "neutral")
                world.texts += [Text(said, publisher, 0, True, None) for publisher in ("Paper 1", "Paper 2")]
    return world


def correlations(view: View, points: Sequence[float]) -> tuple[float, float]:
    """Spearman's rho of places with points (whichever end is which), and of agreement with nearness, over pairs with five issues in common."""
    at = {f"Land {name_of(n)}": point for n, point in enumerate(points)}
    placed = [(row.place, at[row.actor]) for row in blocs(view) if row.place is not None]
    pairs = [(row.agreement, -abs(at[row.actor] - at[row.other])) for row in alignment(view, Filter()) if row.issues >= 5]
    return abs(spearman(placed)), spearman(pairs)


def spearman(pairs: Sequence[tuple[float, float]]) -> float:
    """The rank correlation; ties share their mean rank."""
    one, two = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    mean = (len(pairs) - 1) / 2
    above = sum((a - mean) * (b - mean) for a, b in zip(one, two, strict=True))
    return above / math.sqrt(sum((a - mean) ** 2 for a in one) * sum((b - mean) ** 2 for b in two))


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, start = [0.0] * len(values), 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for i in order[start : end + 1]:
            ranks[i] = (start + end) / 2
        start = end + 1
    return ranks


def main() -> None:
    """Make the world, read it, compare; print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=Path)
    for name, kind, default in (("session", int, 74), ("issues", int, 60), ("share", float, 0.5), ("error", float, 0.0), ("seed", int, 6)):
        parser.add_argument(f"--{name}", type=kind, default=default)
    given = parser.parse_args()
    rng = Random(given.seed)
    points = ideal_points(given.points, given.session) if given.points else [rng.gauss(0, 1) for _ in range(100)]
    world = spatial_world(points, given.issues, given.share, given.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        count = fill(path, world, given.error, given.seed)
        with open_store(path) as store, store.view() as view:
            places, agreements = correlations(view, points)
    print(f"{len(points)} parties, {count} positions: places {places:.3f}, agreement {agreements:.3f}")


if __name__ == "__main__":
    main()
