"""``onrecord dyads`` and ``onrecord network``: what they leave out, and networks as files."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from onrecord.cli.exits import Exit


@pytest.mark.parametrize("name", ["dyads", "network"])
def test_what_is_in_no_dyad_is_said_on_the_side(onrecord, sample_store: Path, name: str):
    answer = onrecord(name, sample_store, "--format", "json")
    assert answer.status == Exit.ok
    assert answer.rows
    assert answer.err.startswith("in no dyad: ")
    assert "\n" not in answer.err.strip()


@pytest.mark.parametrize(("suffix", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf), ("GEXF", nx.read_gexf)])
def test_a_file_of_a_graph_format_gets_the_network(onrecord, sample_store: Path, tmp_path: Path, suffix: str, read):
    parties = {row["actor_id"] for row in onrecord("network", sample_store, "--format", "json").rows}
    path = tmp_path / f"net.{suffix}"
    assert onrecord("network", sample_store, "-o", path).status == Exit.ok
    assert set(read(path)) == parties


def test_a_graph_takes_the_same_flags(onrecord, sample_store: Path, tmp_path: Path):
    path = tmp_path / "net.gexf"
    assert onrecord("network", sample_store, "--period", "month", "--since", "2025-10", "-o", path).status == Exit.ok
    assert {begins for *_, spells in nx.read_gexf(path).edges(data="spells") for begins, _ in spells} == {"2025-10-01"}
    whole = onrecord("dyads", sample_store, "--format", "json").rows
    short = whole[0]["document_id"][:6]
    assert onrecord("network", sample_store, "--document-id", short, "-o", path).status == Exit.ok
    assert set(nx.read_gexf(path)) <= {row["actor_id"] for row in onrecord("network", sample_store, "--format", "json").rows}


@pytest.mark.parametrize("flags", [("--stance", "support"), ("--kind", "relation"), ("--period", "decade")])
def test_what_makes_no_sense_is_refused(onrecord, sample_store: Path, flags: tuple[str, ...]):
    assert onrecord("network", sample_store, *flags).status == Exit.usage
