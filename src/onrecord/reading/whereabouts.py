"""Which of several namesakes a document means: one sense for each name, chosen by what is said beside it, by size, and by the other places it names.

Springfield is in Ohio where the text also speaks of Columbus and Clark County. Each name begins with the share that size gives each namesake; then,
a few times over, every namesake is supported by the likely places of the other names: those near it, in its region, in its country. Finds no names
itself. The constants were chosen on two thirds of LGL's development half and are flat around their values (docs/decisions/0012).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.knowledge.gazetteer import Site

MOST = 40
"""Namesakes weighed for one name, the most populous."""
BATCH = 1200
"""Namesakes weighed against one another at once: the tables of distances grow with the square."""
ROUNDS = 2
EARTH = 6371.0
"""The earth's radius in kilometres."""
# In log-odds: size (for ten times the people) and kind, a name used only besides the usual one, a town called like a state.
SIZE = 1.0
KINDS = {"country": 7.5, "region": 0.5, "capital": 2.0, "area": 6.0, "county": 0.0, "city": 0.0}
OTHER_SPELLING = -2.0
SHADOWED = -4.0
# The other names: how much their support counts (a power), how far nearness reaches, what weaker hints are worth, and the support of none.
SUPPORT = 2.0
NEAR_KM = 100.0
SAME_REGION = 0.3
SAME_COUNTRY = 0.1
INSIDE = 0.5
FLOOR = 0.05

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A name whose place is asked for: its namesakes, the region or state said beside it ("" where none), and how often it is used."""

    sites: tuple[Site, ...]
    within: str = ""
    times: int = 1

    def choice(self) -> tuple[Site, ...]:
        """The namesakes to choose from."""
        inside = tuple(s for s in self.sites if self.within in (s.region, s.country) and s.kind not in ("country", "region")) if self.within else ()
        return (inside or self.sites)[:MOST]


def chosen(asked: Mapping[str, Asked]) -> dict[str, tuple[Site, float]]:
    """For each name the place meant and how sure that is, 0 to 1. Empty for no names; a name without namesakes is left out.

    Names are decided together, in the order given; of a very long report, as many at once as have ``BATCH`` namesakes.
    """
    out: dict[str, tuple[Site, float]] = {}
    batch: dict[str, tuple[Site, ...]] = {}
    for key, question in asked.items():
        choice = question.choice()
        if batch and len(choice) + sum(map(len, batch.values())) > BATCH:
            out |= _decided(asked, batch)
            batch = {}
        if choice:
            batch[key] = choice
    return out | (_decided(asked, batch) if batch else {})


def _decided(asked: Mapping[str, Asked], choices: Mapping[str, tuple[Site, ...]]) -> dict[str, tuple[Site, float]]:
    """The answers for one batch of names, none of whose choices is empty."""
    sites = [site for choice in choices.values() for site in choice]
    owner = np.repeat(np.arange(len(choices)), [len(choice) for choice in choices.values()])
    prior = np.array([_prior(s, shadowed=any(o.kind in ("country", "area") for o in choice)) for choice in choices.values() for s in choice])
    weight = np.array([1.0 + np.log(asked[key].times) for key in choices])[owner]
    close, same_region, same_country = _affinities(sites)
    for affinity in (close, same_region, same_country):
        affinity[owner[:, None] == owner[None, :]] = 0.0
    share = _softmax(prior, owner)
    for _ in range(ROUNDS):
        likely = share * weight
        support = close @ likely + SAME_REGION * _saturated(same_region @ likely) + SAME_COUNTRY * _saturated(same_country @ likely)
        share = _softmax(prior + SUPPORT * np.log(FLOOR + support), owner)
    out = {}
    for number, key in enumerate(choices):
        mine = np.flatnonzero(owner == number)
        best = mine[int(np.argmax(share[mine]))]
        out[key] = (sites[best], float(share[best]))
    return out


def distances(left: Sequence[Site], right: Sequence[Site]) -> Floats:
    """Kilometres between every place of one list and every one of another, as a table of ``len(left)`` rows."""
    a, b = (np.radians(np.array([(s.lat, s.lon) for s in sites], dtype=np.float64).reshape(-1, 2)) for sites in (left, right))
    half = np.sin((a[:, None, 0] - b[None, :, 0]) / 2) ** 2
    half = half + np.cos(a[:, None, 0]) * np.cos(b[None, :, 0]) * np.sin((a[:, None, 1] - b[None, :, 1]) / 2) ** 2
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def _prior(site: Site, *, shadowed: bool) -> float:
    """What a place has on its side before the text is looked at: its size and kind; little for a town of the name of a state (``shadowed``)."""
    shadow = SHADOWED if shadowed and site.kind in ("city", "county") else 0.0
    return SIZE * float(np.log10(site.population + 10)) + KINDS[site.kind] + (0.0 if site.main else OTHER_SPELLING) + shadow


def _affinities(sites: Sequence[Site]) -> tuple[Floats, Floats, Floats]:
    """How much each place (row) gains where another (column) is meant: by nearness or lying inside it, by a common region, by a common country."""
    countries = np.array([s.country or "?" for s in sites])
    regions = np.array([s.region or "?" for s in sites])
    same_country = (countries[:, None] == countries[None, :]) & (countries != "?")[:, None]
    same_region = (regions[:, None] == regions[None, :]) & (regions != "?")[:, None]
    container = np.array([s.kind == "region" for s in sites])
    large = np.array([s.kind in ("country", "area", "region") for s in sites])
    near = np.exp(-distances(sites, sites) / NEAR_KM)
    near[large[:, None] | large[None, :]] = 0.0
    inside = same_region & (container[None, :] | container[:, None])
    return np.asarray(near + INSIDE * inside, dtype=np.float64), same_region.astype(np.float64), same_country.astype(np.float64)


def _saturated(support: Floats) -> Floats:
    """Support that many weak hints cannot raise without end: a hundred places in a country say little more than three."""
    return np.asarray(1 - np.exp(-support), dtype=np.float64)


def _softmax(scores: Floats, owner: NDArray[np.intp]) -> Floats:
    """Shares of one for the namesakes of each name."""
    top = np.full(int(owner[-1]) + 1, -np.inf)
    np.maximum.at(top, owner, scores)
    raised = np.exp(scores - top[owner])
    return np.asarray(raised / np.bincount(owner, raised)[owner], dtype=np.float64)
