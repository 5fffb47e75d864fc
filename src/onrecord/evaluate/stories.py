"""How well reports are put into stories: B-cubed on stories known to be two of a kind, with what is chosen tried on topics that did not choose it.

``python -m onrecord.evaluate.stories FILE`` reads rows ``{"id", "topic", "story", "text"}`` (ECB+, two similar stories a topic). It prints B-cubed

- as the linker does it (``now``), and with every setting tried;
- by cross-validation: topics are dealt into folds; for each fold the setting that is best on all others is scored on it;
- of simpler designs, each with its threshold chosen by the same cross-validation: links between reports alike by themselves (``single``), each report
  joined to the most alike earlier one (``earlier``), average linkage (``average``), which needs all reports at once.

Settings are tried with all reports compared at once, in the definition of :mod:`onrecord.across.stories` without its index; ``--linker`` adds the
linker itself, twice, in two orders of arrival.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from random import Random
from statistics import mean

import numpy as np

from onrecord import across
from onrecord.across.joined import Joined
from onrecord.across.stories import SAME_STORY, TOGETHER, WEIGHT, Stories
from onrecord.across.stories_changes import is_story
from onrecord.across.stories_near import COPY, LEAST, NEAR
from onrecord.across.terms import ALIKE, Likeness, alike, bag_of
from onrecord.model import Document, Problem, Reading, document_id
from onrecord.store import open_store

FOLDS = 5
Labels = Sequence[int]


@dataclass(frozen=True, slots=True)
class Row:
    """A report with the story it is known to belong to."""

    text: str
    topic: str
    story: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What the linker's constants of these names are set to."""

    near: int = NEAR
    weight: int = WEIGHT
    together: float = TOGETHER


@dataclass(frozen=True, slots=True)
class Figures:
    """B-cubed precision, recall and F1, in per cent."""

    p: float
    r: float
    f1: float


def b_cubed(labels: Labels, rows: Sequence[Row], chosen: Collection[int]) -> Figures:
    """B-cubed of the ``chosen`` rows as they lie among themselves (Bagga and Baldwin 1998)."""
    gold, found = Counter(rows[i].story for i in chosen), Counter(labels[i] for i in chosen)
    both = Counter((rows[i].story, labels[i]) for i in chosen)
    p = mean(both[rows[i].story, labels[i]] / found[labels[i]] for i in chosen)
    r = mean(both[rows[i].story, labels[i]] / gold[rows[i].story] for i in chosen)
    return Figures(round(100 * p, 2), round(100 * r, 2), round(200 * p * r / (p + r), 2))


def by_nearest(likeness: Likeness, places: Sequence[str], setting: Setting) -> Labels:
    """Stories by the definition of the linker, of reports of one day: ``places`` orders them."""
    count = len(places)
    copies = [any(likeness[i, j] >= COPY and places[j] < places[i] for j in map(int, np.flatnonzero(likeness[i] >= COPY))) for i in range(count)]
    shares = np.zeros((count, count))
    for i in range(count):
        near = sorted(
            (j for j in map(int, np.flatnonzero(likeness[i] >= LEAST)) if j != i and not copies[j]), key=lambda j: (-likeness[i, j], places[j])
        )
        shares[i, near[: setting.near]] = setting.weight * likeness[i, near[: setting.near]]
    listed = (shares > 0) | (shares.T > 0)
    np.fill_diagonal(shares, ALIKE)
    sums = shares @ likeness @ shares.T
    lengths = np.sqrt(np.maximum(sums.diagonal(), 1.0))
    return joined(count, zip(*np.nonzero(listed & (sums / (lengths[:, None] * lengths[None, :]) >= setting.together)), strict=True))


def single(likeness: Likeness, least: float) -> Labels:
    """Reports that are so much alike are one story, and so on."""
    return joined(len(likeness), zip(*np.nonzero(likeness >= least * ALIKE), strict=True))


def earlier(likeness: Likeness, least: float) -> Labels:
    """Each report joins the earlier one it is most like, if it is so much alike."""
    best = [(i, int(likeness[i, :i].argmax())) for i in range(1, len(likeness))]
    return joined(len(likeness), [(i, j) for i, j in best if likeness[i, j] >= least * ALIKE])


def average(likeness: Likeness, least: float) -> Labels:
    """The two groups most alike on average become one, as long as they are so much alike."""
    between, sizes = likeness.copy(), np.ones(len(likeness))
    np.fill_diagonal(between, -1.0)
    labels = np.arange(len(likeness))
    while True:
        i, j = (int(k) for k in np.unravel_index(between.argmax(), between.shape))
        if between[i, j] < least * ALIKE:
            return [int(label) for label in labels]
        merged = (between[i] * sizes[i] + between[j] * sizes[j]) / (sizes[i] + sizes[j])
        between[i], between[:, i] = merged, merged
        between[j], between[:, j], between[i, i] = -1.0, -1.0, -1.0
        sizes[i] += sizes[j]
        labels[labels == labels[j]] = labels[i]


def joined(count: int, pairs: Iterable[tuple[int, int]]) -> Labels:
    """One number for each of ``count`` things, the same for those that pairs lead to."""
    first = list(range(count))

    def find(i: int) -> int:
        while first[i] != i:
            first[i] = first[first[i]]
            i = first[i]
        return i

    for i, j in pairs:
        first[find(int(i))] = find(int(j))
    return [find(i) for i in range(count)]


def crossed(rows: Sequence[Row], tried: Mapping[str, Labels], seed: int) -> dict[str, object]:
    """B-cubed of each fold with what is best on the others, averaged over reports, and what was chosen."""
    topics = sorted({row.topic for row in rows})
    Random(seed).shuffle(topics)  # noqa: S311 - folds that can be dealt again
    found, chosen = [], []
    for fold in range(FOLDS):
        out = [i for i, row in enumerate(rows) if row.topic in topics[fold::FOLDS]]
        if not out:
            continue
        rest = sorted(set(range(len(rows))) - set(out))
        best = max(tried, key=lambda name: b_cubed(tried[name], rows, rest).f1)
        chosen.append(best)
        found += [b_cubed(tried[best], rows, out)] * len(out)
    p, r = mean(f.p for f in found), mean(f.r for f in found)
    return {"p": round(p, 1), "r": round(r, 1), "f1": round(2 * p * r / (p + r), 1), "chosen": chosen}


def by_linker(rows: Sequence[Row], seed: int) -> Labels:
    """Stories as the linker finds them when the reports arrive in an order of this seed. Reports with one text are one document."""
    ids = [document_id(row.text, None, None) for row in rows]
    order = list(range(len(rows)))
    Random(seed).shuffle(order)  # noqa: S311 - an order that can be made again
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as store:
        with store.writer() as writer:
            for i in order:
                writer.add(Reading(Document(ids[i], rows[i].text)), f"report {i:06}", "stories")
            across.link(writer, [Stories()], on_problem=_complain)
        with store.view() as view:
            groups = Joined([link for link in view.links(types=SAME_STORY) if not is_story(link.left)], SAME_STORY)
    number: dict[str, int] = defaultdict(lambda: len(number))
    return [number[groups.first(id_)] for id_ in ids]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seeds", type=int, default=3, help="cross-validations, each with other folds")
    parser.add_argument("--linker", action="store_true")
    asked = parser.parse_args(arguments)
    read = [json.loads(line) for line in asked.file.read_text(encoding="utf8").splitlines()]
    rows = [Row(r["text"], str(r["topic"]), r["story"]) for r in read]
    sys.stdout.write(json.dumps(figures(rows, asked.seeds, linker=asked.linker), indent=1) + "\n")


def figures(rows: Sequence[Row], seeds: int, *, linker: bool) -> dict[str, object]:
    """All that the program prints."""
    likeness = alike([bag_of(row.text) for row in rows])
    places = [document_id(row.text, None, None) for row in rows]
    everything = range(len(rows))
    settings = [Setting(*s) for s in product((5, 6, 7, 8), (2, 3, 4), (0.7, 0.75, 0.8, 0.85))]
    tried = {str(asdict(setting)): by_nearest(likeness, places, setting) for setting in settings}
    simpler: dict[str, Callable[[Likeness, float], Labels]] = {"single": single, "earlier": earlier, "average": average}
    designs = {name: {f"{least:.2f}": design(likeness, least) for least in np.arange(0.14, 0.4, 0.02)} for name, design in simpler.items()}
    out: dict[str, object] = {
        "reports": len(rows),
        "now": asdict(b_cubed(by_nearest(likeness, places, Setting()), rows, everything)),
        "cross_validated": [crossed(rows, tried, seed) for seed in range(seeds)],
        "simpler": {name: [crossed(rows, labels, seed) for seed in range(seeds)] for name, labels in designs.items()},
        "settings": {name: b_cubed(labels, rows, everything).f1 for name, labels in tried.items()},
    }
    if linker:
        found = [by_linker(rows, seed) for seed in (1, 2)]
        out["linker"] = asdict(b_cubed(found[0], rows, everything))
        out["order_changes_nothing"] = _parts(found[0]) == _parts(found[1])
    return out


def _complain(problem: Problem) -> None:
    sys.stderr.write(f"{problem}\n")


def _parts(labels: Labels) -> set[frozenset[int]]:
    parts: dict[int, set[int]] = defaultdict(set)
    for i, label in enumerate(labels):
        parts[label].add(i)
    return {frozenset(part) for part in parts.values()}


if __name__ == "__main__":
    main()
