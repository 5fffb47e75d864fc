"""Networks as GraphML and GEXF 1.2, for Gephi, yEd, igraph and the like. Takes graphs that :mod:`onrecord.query.network` makes; measures nothing.

GraphML has the edges of all periods side by side, each with its ``period``. GEXF is dynamic where there are periods: an edge has a spell and values
of its own for each period in which something passed; what is not dated within one period is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from onrecord.query.periods import ALL, days_of

if TYPE_CHECKING:
    import networkx as nx

_NOT_XML = re.compile(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, escaped or not (control characters, lone surrogates, two noncharacters), and the carriage return, which it changes."""
_LASTING = ("kind", "directed")
"""Of an edge, what is the same in all periods."""


def write_graphml(graph: nx.MultiDiGraph[str], handle: BinaryIO) -> None:
    """Write a graph as GraphML, which ``networkx.read_graphml`` opens again."""
    import networkx as nx  # noqa: PLC0415 - loaded only where a graph is written

    nx.write_graphml_xml(_clean(graph), handle)


def write_gexf(graph: nx.MultiDiGraph[str], handle: BinaryIO) -> None:
    """Write a graph as GEXF, which ``networkx.read_gexf`` opens again; the same bytes for the same graph on any day."""
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415

    clean = _clean(graph)
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(_dynamic(clean) if any(columns.get("period") != ALL for *_, columns in _edges(clean)) else clean)
    for meta in writer.xml.findall("meta"):
        del meta.attrib["lastmodifieddate"]
    writer.write(handle)


WRITERS: Mapping[str, Callable[[nx.MultiDiGraph[str], BinaryIO], None]] = {".graphml": write_graphml, ".gexf": write_gexf}
"""The writers by the suffix of their files."""


def _clean(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph in words that XML can hold, edges numbered in order; truth values as 1 and 0, which every program reads alike."""
    import networkx as nx  # noqa: PLC0415

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(graph):
        made.add_node(_text(node), **_texts(graph.nodes[node]))
    for number, (a, b, _, columns) in enumerate(_edges(graph), 1):
        made.add_edge(_text(a), _text(b), key=f"e{number}", **_texts(columns))
    return made


def _edges(graph: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, dict[str, Any]]]:
    """The edges in order of their ends and periods."""
    found: Any = graph.edges(keys=True, data=True)
    return sorted(found, key=lambda edge: (*edge[:2], edge[3].get("period", ""), edge[2]))


def _texts(columns: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: int(value) if isinstance(value, bool) else value for name, value in columns.items()}
    return {name: _text(value) if isinstance(value, str) else value for name, value in plain.items()}


def _text(value: str) -> str:
    """``value`` with every character that XML cannot hold as its number, four hexadecimal digits behind a backslash and a u."""
    return _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", value)


def _dynamic(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The same with one edge for all periods of a dyad; its ``weight`` is what passed in them together."""
    import networkx as nx  # noqa: PLC0415

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(mode="dynamic")
    made.add_nodes_from(graph.nodes(data=True))
    for a, b, _, columns in _edges(graph):
        if columns.get("period"):
            begins, ends = days_of(columns["period"])
            edge = _edge(made, a, b, columns)
            edge["weight"] += columns["weight"]
            for spells in (edge["spells"], made.nodes[a].setdefault("spells", []), made.nodes[b].setdefault("spells", [])):
                if (begins, ends) not in spells:
                    spells.append((begins, ends))
            for name, value in columns.items():
                if name not in (*_LASTING, "weight"):
                    edge.setdefault(name, []).append((value, begins, ends))
    for node in made.nodes.values():
        node.get("spells", []).sort()
    return made


def _edge(graph: nx.MultiDiGraph[str], a: str, b: str, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The edge of a dyad in the dynamic graph, added where it is new."""
    key = f"directed {columns['directed']}"
    if not graph.has_edge(a, b, key):
        graph.add_edge(a, b, key=key, weight=0, spells=[], **{name: columns[name] for name in _LASTING})
    found: dict[str, Any] = graph.edges[a, b, key]
    return found
