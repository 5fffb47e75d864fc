"""The network: parties with their place in it. Small ones with known answers, and what holds for any."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Reading
from onrecord.query import Filter, dyads, graph, network
from onrecord.query.centrality import PIVOTS, communities, constraint, pagerank, places
from query.acts import told, viewed

STAR = (
    told("2031-05-04", ["RUR"], "AID", ["BOR"]),
    told("2031-05-04", ["RUR"], "AID", ["SYL"]),
    told("2031-05-04", ["League"], "ASSAULT", ["RUR"]),
    told("2031-05-05", ["RUR", "BOR"], "CONSULT"),
)


def test_who_stands_between_the_others() -> None:
    with viewed(*STAR) as view:
        rows = {row.actor_id: row for row in network(view)}
    ruritania = rows["RUR"]
    assert (ruritania.actor, ruritania.actor_kind, ruritania.actor_country, rows["Q6"].actor_kind) == ("Ruritania", "state", "RUR", "organisation")
    assert (ruritania.degree, ruritania.acts, ruritania.received, ruritania.joint) == (3, 2, 1, 1)
    assert (ruritania.cooperation, ruritania.conflict, rows["Q6"].conflict) == (0.75, 0.25, 1.0)
    assert {key: row.betweenness for key, row in rows.items()} == {"RUR": 1.0, "BOR": 0.0, "SYL": 0.0, "Q6": 0.0}
    assert {row.clustering for row in rows.values()} == {0.0}
    assert (ruritania.constraint, rows["SYL"].constraint) == (pytest.approx((2 / 4) ** 2 + 2 * (1 / 4) ** 2), 1.0)
    assert {key: row.community for key, row in rows.items()} == {"RUR": 1, "BOR": 1, "SYL": 1, "Q6": 2}  # who is at war is in no league


def test_each_period_has_a_network_of_its_own() -> None:
    with viewed(*STAR, told("2031-06-04", ["SYL"], "AID", ["Q6", "League"])) as view:
        rows = network(view, Filter(period="month"))
    assert [(r.period, r.actor_id) for r in rows if r.period == "2031-06"] == [("2031-06", "Q6"), ("2031-06", "SYL")]
    assert sum(r.pagerank for r in rows) == pytest.approx(2)


def test_every_party_shows_words_and_where_they_stand() -> None:
    with viewed(*STAR) as view:
        for row in network(view):
            assert view.record(row.id).evidence.text == row.words
            assert row.document_id == view.record(row.id).document_id


def test_nobody_is_a_network_too() -> None:
    with viewed() as view:
        assert (network(view), dyads(view), len(graph(view))) == ([], [], 0)
    assert pagerank({}) == {}


def test_the_graph_has_what_the_rows_have() -> None:
    with viewed(*STAR) as view:
        made, rows, pairs = graph(view), network(view), dyads(view)
    assert {node: columns["pagerank"] for node, columns in made.nodes(data=True)} == {row.actor_id: row.pagerank for row in rows}
    assert made.number_of_edges() == sum(1 if row.directed else 2 for row in pairs)
    joint = [(a, b) for a, b, columns in made.edges(data=True) if not columns["directed"]]
    assert sorted(joint) == [("BOR", "RUR"), ("RUR", "BOR")]
    edge = made.edges["Q6", "RUR", "all acts"]
    (row,) = (row for row in pairs if row.actor_id == "Q6")
    assert (edge["weight"], edge["record_id"], edge["types"]) == (1, row.id, "ASSAULT")
    assert {name: edge[name] for name in ("volume", "tone", "conflict", "words", "since")} == {
        name: getattr(row, name) for name in ("volume", "tone", "conflict", "words", "since")
    }


def weighted(edges: dict[tuple[int, int], int]) -> dict[str, dict[str, float]]:
    """Weights between numbered parties, the same either way."""
    found: dict[str, dict[str, float]] = {}
    for (a, b), weight in edges.items():
        for x, y in ((f"p{a:02d}", f"p{b:02d}"), (f"p{b:02d}", f"p{a:02d}")):
            found.setdefault(x, {})[y] = weight
    return found


EDGES = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(6, 11)) | st.tuples(st.integers(0, 2), st.integers(3, 5)), st.integers(1, 9), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(EDGES)
def test_constraint_is_what_networkx_gives(edges: dict[tuple[int, int], int]) -> None:
    ties: nx.Graph[str] = nx.Graph()
    ties.add_weighted_edges_from((a, b, w) for a, others in weighted(edges).items() for b, w in others.items())
    assert constraint(ties) == pytest.approx(nx.constraint(ties, nodes=list(ties), weight="weight"))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda e: e[0] != e[1]), st.integers(1, 9), min_size=1))
def test_pagerank_is_the_stationary_share_of_googles_matrix(edges: dict[tuple[int, int], int]) -> None:
    flows: dict[str, dict[str, float]] = {f"p{n}": {} for edge in edges for n in edge}
    for (a, b), weight in edges.items():
        flows[f"p{a}"][f"p{b}"] = weight
    directed: nx.DiGraph[str] = nx.DiGraph()
    directed.add_nodes_from(sorted(flows))
    directed.add_weighted_edges_from((a, b, w) for a, others in flows.items() for b, w in others.items())
    ranks = np.array([pagerank(flows)[p] for p in sorted(flows)])
    assert ranks.sum() == pytest.approx(1)
    assert ranks @ nx.google_matrix(directed, alpha=0.85) == pytest.approx(ranks, abs=1e-9)


def test_two_blocs_with_one_bridge_are_two_communities() -> None:
    blocs = {(a, b): 3 for low in (0, 4) for a in range(low, low + 4) for b in range(a + 1, low + 4)}
    found = communities(weighted({**blocs, (0, 4): 1}))
    assert found == {f"p{n:02d}": 1 if n < 4 else 2 for n in range(8)}
    assert communities({"b": {}, "a": {}}) == {"a": 1, "b": 2}


def test_a_large_network_is_estimated_the_same_every_time() -> None:
    """A ring of cliques, larger than is measured whole; walked in another order it gives the same."""
    size = PIVOTS + 30
    edges = {(n, m): 1 + n % 3 for n in range(size) for m in (n + 1, n + 2, n + 40) if m < size}
    weights = {f"p{n:03d}": dict[str, float]() for n in range(size)}
    for (a, b), weight in edges.items():
        weights[f"p{a:03d}"][f"p{b:03d}"] = weights[f"p{b:03d}"][f"p{a:03d}"] = weight
    backwards = {a: dict(reversed(weights[a].items())) for a in reversed(weights)}
    first, again = places(weights, weights, weights), places(backwards, backwards, backwards)
    assert first == again
    assert all(0 <= place.betweenness <= 1 for place in first.values())


NAMES = st.sampled_from(["RUR", "BOR", "SYL", "League"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["AID", "ASSAULT", "CONSULT", "ACCUSE"])), max_size=10))
def test_parties_and_dyads_agree(acts: list[Any]) -> None:
    readings: list[Reading] = [
        told("2031-05-04", [a, b], code, number=n) if code == "CONSULT" else told("2031-05-04", [a], code, [b], number=n)
        for n, (a, b, code) in enumerate(acts)
        if a != b
    ]
    with viewed(*readings) as view:
        rows, pairs = network(view), dyads(view)
    assert sum(r.acts for r in rows) == sum(r.received for r in rows) == sum(p.volume for p in pairs if p.directed)
    assert sum(r.joint for r in rows) == 2 * sum(p.volume for p in pairs if not p.directed)
    assert sum(r.degree for r in rows) == 2 * len({frozenset((p.actor_id, p.recipient_id)) for p in pairs})
    assert not rows or sum(r.pagerank for r in rows) == pytest.approx(1)
    assert {r.community for r in rows} == set(range(1, len({r.community for r in rows}) + 1))
    for row in rows:
        assert 0 <= row.betweenness <= 1
        assert 0 <= row.clustering <= 1
        assert row.cooperation is not None
        assert row.cooperation + (row.conflict or 0) == pytest.approx(1)
