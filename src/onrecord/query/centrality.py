"""Who stands where in a network: measures of its parties, the same on every machine. Knows graphs, no records.

Parties are taken in the order of their keys, so that nothing hangs on the order in which records came; where a measure draws, it draws with seed 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

PIVOTS = 200
"""Where a network has more parties, betweenness is estimated from the shortest ways that start at so many of them (Brandes and Pich 2007)."""
_DAMPING, _ROUNDS, _CLOSE = 0.85, 200, 1e-12
Weights = Mapping[str, Mapping[str, float]]
"""Who → whom → how much; every party is a key."""


@dataclass(frozen=True, slots=True)
class Place:
    """One party's place; see PartyRow for what each measure says."""

    degree: int
    betweenness: float
    pagerank: float
    clustering: float
    constraint: float
    community: int


def places(flows: Weights, volumes: Weights, cooperation: Weights) -> dict[str, Place]:
    """Every party's place in a network.

    ``flows``: acts, from who acts to whom they concern; ``volumes``: all that passes between two, and ``cooperation``: what of it is such, both the
    same either way. Every party is tied to some other.
    """
    import networkx as nx  # noqa: PLC0415 - takes a quarter of a second, and only networks need it

    parties = sorted(flows)
    ties = _ties(volumes)
    # Brandes (2001), on ties that are the shorter the busier (Newman 2001).
    few = PIVOTS if len(parties) > PIVOTS else None
    between = nx.betweenness_centrality(ties, k=few, weight="distance", seed=0)
    clustering: Any = nx.clustering(ties)
    rank, held, groups = pagerank(flows), constraint(ties), communities(cooperation)
    return {p: Place(len(ties[p]), between[p], rank[p], float(clustering[p]), held[p], groups[p]) for p in parties}


def _ties(weights: Weights) -> nx.Graph[str]:
    """Who has to do with whom: ``weight`` is how much, ``distance`` its inverse."""
    import networkx as nx  # noqa: PLC0415

    ties: nx.Graph[str] = nx.Graph()
    ties.add_nodes_from(sorted(weights))
    for a in sorted(weights):
        ties.add_edges_from((a, b, {"weight": w, "distance": 1 / w}) for b, w in sorted(weights[a].items()))
    return ties


def pagerank(flows: Weights) -> dict[str, float]:
    """PageRank (Brin and Page 1998) with damping 0.85; who acts on nobody lends its weight to all alike. The ranks sum to 1.

    networkx has it only with SciPy, which we do not need otherwise.
    """
    parties = sorted(flows)
    share = 1 / len(parties) if parties else 0
    given = {p: fsum(flows[p].values()) for p in parties}
    ranks = dict.fromkeys(parties, share)
    for _ in range(_ROUNDS):
        idle = fsum(ranks[p] for p in parties if not given[p])
        new = dict.fromkeys(parties, (1 - _DAMPING) * share + _DAMPING * idle * share)
        for p in parties:
            for q, weight in flows[p].items():
                new[q] += _DAMPING * ranks[p] * weight / given[p]
        moved, ranks = max((abs(new[p] - ranks[p]) for p in parties), default=0), new
        if moved < _CLOSE:
            break
    return ranks


def constraint(ties: nx.Graph[str]) -> dict[str, float]:
    """Burt's constraint (2004): how far a party's ties are one tie, low for a broker, 1 or more for who depends on one other.

    The same as networkx gives, in time that grows with the square of a party's ties and not with the cube.
    """
    strength = {p: fsum(d["weight"] for d in ties[p].values()) for p in ties}
    part = {p: {q: d["weight"] / strength[p] for q, d in ties[p].items()} for p in ties}
    found = {}
    for p in ties:
        through = dict(part[p])
        for q, own in part[p].items():
            for r, onward in part[q].items():
                if r in part[p]:
                    through[r] += own * onward
        found[p] = fsum(value * value for value in through.values())
    return found


def communities(cooperation: Weights) -> dict[str, int]:
    """The number of each party's community, 1 the largest (of equals, the one whose first key sorts first).

    Greedy modularity (Clauset, Newman and Moore 2004), which draws no lots.
    """
    import networkx as nx  # noqa: PLC0415

    parties = sorted(cooperation)
    number = {p: n for n, p in enumerate(parties)}  # numbers, since sets of text are walked in another order each time
    graph = nx.relabel_nodes(_ties(cooperation), number)
    found = nx.community.greedy_modularity_communities(graph, weight="weight") if graph.number_of_edges() else [{n} for n in number.values()]
    ordered: Sequence[list[int]] = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return {parties[n]: place for place, group in enumerate(ordered, 1) for n in group}
