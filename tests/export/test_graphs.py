"""Networks as files: they open again, hold what the graph holds, and no name breaks them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.graphs import WRITERS
from onrecord.query import Filter, graph
from query.acts import told, viewed

READERS = {".graphml": nx.read_graphml, ".gexf": nx.read_gexf}
GEXF = "{http://www.gexf.net/1.2draft}"
WORLD = (
    told("2031-05-04", ["RUR"], "ASSAULT", ["BOR"]),
    told("2031-05-06", ["RUR"], "ACCUSE", ["BOR"]),
    told("2031-07-01", ["RUR"], "AID", ["BOR"]),
    told("2031-07-02", ["RUR", "SYL"], "CONSULT"),
    told("1999-01-01", ["BOR"], "ASSAULT", ["RUR"], status="historical", dated=False),
)


def made(period: str | None = None) -> Any:
    with viewed(*WORLD) as view:
        return graph(view, Filter(period=period))


def written(found: Any, suffix: str) -> bytes:
    handle = BytesIO()
    WRITERS[suffix](found, handle)
    return handle.getvalue()


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_network_opens_again_as_it_was(suffix: str) -> None:
    found = made()
    back = READERS[suffix](BytesIO(written(found, suffix)))
    assert back.is_directed()
    assert {n: (c["label"], c["kind"], c["pagerank"], c["community"]) for n, c in back.nodes(data=True)} == {
        n: (c["label"], c["kind"], c["pagerank"], c["community"]) for n, c in found.nodes(data=True)
    }

    def edges(of: Any) -> list[Any]:
        return sorted((a, b, c["volume"], c["weight"], c["tone"], bool(c["directed"]), c["types"], c["words"]) for a, b, c in of.edges(data=True))

    assert edges(back) == edges(found)
    assert len(edges(back)) == 4


def test_graphml_has_the_periods_side_by_side() -> None:
    back = nx.read_graphml(BytesIO(written(made("month"), ".graphml")))
    own = sorted((c.get("period", ""), c["volume"]) for _, _, c in back.edges("RUR", data=True) if c["directed"])
    assert own == [("2031-05", 2), ("2031-07", 1)]
    assert [c.get("period") for *_, c in back.edges("BOR", data=True)] == [None]


def test_gexf_has_a_spell_and_values_for_each_period() -> None:
    data = written(made("month"), ".gexf")
    back = nx.read_gexf(BytesIO(data))
    (edge,) = (c for _, b, c in back.edges("RUR", data=True) if b == "BOR")
    assert edge["weight"] == 3
    assert edge["spells"] == [("2031-05-01", "2031-05-31"), ("2031-07-01", "2031-07-31")]
    assert edge["tone"] == [(-6.0, "2031-05-01", "2031-05-31"), (10.0, "2031-07-01", "2031-07-31")]
    assert back.nodes["SYL"]["spells"] == [("2031-07-01", "2031-07-31")]
    assert not list(back.edges("BOR"))  # nobody says when
    tree = ElementTree.fromstring(data)  # noqa: S314 - our own
    whole = tree.find(f"{GEXF}graph")
    assert whole is not None
    assert (whole.get("mode"), whole.get("timeformat"), whole.get("defaultedgetype")) == ("dynamic", "date", "directed")


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("period", [None, "week"])
def test_every_reference_leads_somewhere(suffix: str, period: str | None) -> None:
    """What the schemas ask for: ids are unique, edges end at nodes, values belong to declared attributes of that type."""
    tree = ElementTree.fromstring(written(made(period), suffix))  # noqa: S314 - our own
    space = tree.tag.removesuffix(suffix[1:])
    nodes = [n.get("id") for n in tree.iter(f"{space}node")]
    edges = list(tree.iter(f"{space}edge"))
    assert len(set(nodes)) == len(nodes) == 3
    assert len({e.get("id") for e in edges}) == len(edges) > 2
    assert {end for e in edges for end in (e.get("source"), e.get("target"))} <= set(nodes)
    named = {k.get("id"): k.get("attr.type") or k.get("type") for k in tree.iter(f"{space}{'key' if suffix == '.graphml' else 'attribute'}")}
    values = [(v.get("key") or v.get("for"), v.get("value") or v.text) for tag in ("data", "attvalue") for v in tree.iter(space + tag)]
    assert values
    for name, value in values:
        assert named[name] in ("string", "int", "long", "double")
        assert named[name] == "string" or float(value or "") is not None


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("period", [None, "month"])
def test_the_same_network_is_the_same_bytes(suffix: str, period: str | None) -> None:
    with viewed(*reversed(WORLD)) as view:
        assert written(graph(view, Filter(period=period)), suffix) == written(made(period), suffix)


@given(st.text(max_size=8) | st.text("\0\a\x1b\r\n\t<>&'\"]\ud800\ufffe\uffff\u2028😀", max_size=8))
def test_no_name_breaks_a_file(name: str) -> None:
    hostile: Any = nx.MultiDiGraph()
    hostile.add_node(f"or:{name}", label=name, kind="group")
    hostile.add_node("RUR", label="Ruritania", kind="state")
    hostile.add_edge(f"or:{name}", "RUR", key="all acts", weight=1, period="all", directed=True, words=name)
    for suffix, read in READERS.items():
        back = read(BytesIO(written(hostile, suffix)))
        assert len(back) == 2
        ((_, _, columns),) = back.edges(data=True)
        if name.isprintable() and name.strip():
            assert columns["words"] == name
            assert back.nodes[f"or:{name}"]["label"] == name


def test_control_characters_are_shown_by_number() -> None:
    hostile: Any = nx.MultiDiGraph()
    hostile.add_node("or:x", label="Bell\a and \ud83d tail", kind="group")
    for suffix, read in READERS.items():
        assert read(BytesIO(written(hostile, suffix))).nodes["or:x"]["label"] == "Bell\\u0007 and \\ud83d tail"


def test_an_empty_network_is_a_file_too(tmp_path: Path) -> None:
    with viewed() as view:
        for suffix, read in READERS.items():
            assert len(read(BytesIO(written(graph(view, Filter(period="year")), suffix)))) == 0
