"""The network that dyads make: its parties with their place in it, and the whole as a networkx graph. Writes no file.

Sources of the measures, and why these: docs/decisions/0030-network.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from onrecord.query.centrality import Place, places
from onrecord.query.dyads import DYADS, DyadRow, Dyads, read_dyads, short
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.happenings import Parties
from onrecord.query.rows import Flat, Names
from onrecord.store import View

if TYPE_CHECKING:
    import networkx as nx

NETWORK = DYADS


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow(Flat):
    """One party and its place in the network of a period.

    ``degree``: parties it is tied to; ``acts``, ``received``, ``joint``: happenings in which it acts on another, another on it, both together.
    ``betweenness``: share (0 to 1) of the shortest ways between two others that lead through it, a tie being the shorter the busier;
    ``pagerank``: its share of all attention, acts flowing from who acts to whom it concerns (they sum to 1);
    ``clustering``: share of the pairs of parties tied to it that are tied to each other, ``constraint``: Burt's, low where it stands between parties
    that have nothing to do with each other, 1 or more where all its ties lead to one.
    ``community``: number of the group that cooperates more among itself than chance would have it, 1 the largest; a party that cooperates with
    nobody is a group of its own. ``cooperation``, ``conflict``: shares as in dyads, over all its happenings.
    ``id``, ``words`` and the like: the example of its busiest dyad.
    """

    period: str | None
    kind: str
    actor: str
    actor_id: str
    actor_kind: str
    actor_country: str | None
    degree: int
    acts: int
    received: int
    joint: int
    cooperation: float | None
    conflict: float | None
    betweenness: float
    pagerank: float
    clustering: float
    constraint: float
    community: int
    id: str
    date: str | None
    publisher: str | None
    via: Names
    words: str
    document_id: str

    def shown(self) -> dict[str, str | int | float | bool | None]:
        """With numbers short enough for a table."""
        return short(self.flat())


def network(view: View, wanted: Filter = EVERYTHING) -> list[PartyRow]:
    """The parties of the network, by period and then the most central first. Who has most to do with whom is asked with dyads, of which it is made.

    ``wanted.kind`` and ``wanted.period``: as there.
    """
    return parties_of(read_dyads(view, wanted))


def parties_of(found: Dyads) -> list[PartyRow]:
    """The parties of these dyads. Each period has a network of its own."""
    return [row for _, rows in groupby(found.rows, lambda row: row.period) for row in _period(list(rows), found.parties)]


def graph(view: View, wanted: Filter = EVERYTHING) -> nx.MultiDiGraph[str]:
    """The network as a graph to work on; :mod:`onrecord.export.graphs` writes it. Raises QueryError like dyads.

    Nodes are parties by id, with ``label``, ``kind``, ``country``, and where there is one period the columns of their rows. An edge is a row of
    dyads by (actor, recipient, "2031-05 acts"), with its columns and ``weight``, its volume. What two do together is two edges, one each way, both
    marked ``directed`` False ("2031-05 joint"). What is not known is left out. ``id`` and ``type`` are called ``record_id`` and ``types``, since
    graph files have other uses for these words.
    """
    return graph_of(read_dyads(view, wanted))


def graph_of(found: Dyads) -> nx.MultiDiGraph[str]:
    """The same of dyads that were read."""
    import networkx as nx  # noqa: PLC0415 - only graphs need it

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    periods = {row.period for row in found.rows}
    places = {row.actor_id: _known(row, _OWN_OF_PARTIES) for row in parties_of(found)} if len(periods) == 1 else {}
    for key in sorted({key for row in found.rows for key in (row.actor_id, row.recipient_id)}):
        name, kind, country = found.parties.named(key)
        made.add_node(key, label=name, kind=kind, **({"country": country} if country else {}), **places.get(key, {}))
    for row in found.rows:
        columns = {**_known(row, _OWN_OF_DYADS), "weight": row.volume}
        name = f"{row.period or 'undated'} {'acts' if row.directed else 'joint'}"
        made.add_edge(row.actor_id, row.recipient_id, key=name, **columns)
        if not row.directed:
            made.add_edge(row.recipient_id, row.actor_id, key=name, **columns)
    return made


_OWN_OF_PARTIES = ("actor", "actor_id", "actor_kind", "actor_country", "kind")
_RENAMED = {"id": "record_id", "type": "types"}
_OWN_OF_DYADS = ("actor", "actor_id", "recipient", "recipient_id")


def _known(row: Flat, without: Sequence[str]) -> dict[str, Any]:
    """A row's columns as scalars, but for those that say nothing, and these."""
    columns = {_RENAMED.get(name, name): value for name, value in row.flat().items() if name not in without}
    return {name: value for name, value in columns.items() if value not in (None, "")}


def _period(rows: Sequence[DyadRow], parties: Parties) -> Iterable[PartyRow]:
    """The parties of one period, which these are the dyads of."""
    own: dict[str, list[DyadRow]] = {}
    for row in rows:
        own.setdefault(row.actor_id, []).append(row)
        own.setdefault(row.recipient_id, []).append(row)
    flows, volumes, cooperation = ({key: dict[str, float]() for key in own} for _ in range(3))
    for row in rows:
        a, b = row.actor_id, row.recipient_id
        for x, y in ((a, b), (b, a)):
            volumes[x][y] = volumes[x].get(y, 0) + row.volume
            if x == a or not row.directed:
                flows[x][y] = flows[x].get(y, 0) + row.volume
            if _cooperative(row):
                cooperation[x][y] = cooperation[x].get(y, 0) + _cooperative(row)
    found = places(flows, volumes, cooperation)
    return [_row(key, own[key], parties, found[key]) for key in sorted(found, key=lambda key: (-found[key].pagerank, key))]


def _cooperative(row: DyadRow) -> int:
    """How many of a dyad's happenings are cooperation; words to an addressee, of which nobody knows, all count as contact."""
    return row.volume if row.kind == "statement" else round((row.cooperation or 0) * (row.volume - row.uncoded))


def _row(key: str, own: Sequence[DyadRow], parties: Parties, place: Place) -> PartyRow:
    name, kind, country = parties.named(key)
    best = max(own, key=lambda row: row.volume)
    known = sum(row.volume - row.uncoded for row in own)
    return PartyRow(
        period=best.period,
        kind=best.kind,
        actor=name,
        actor_id=key,
        actor_kind=kind,
        actor_country=country,
        degree=place.degree,
        acts=sum(row.volume for row in own if row.directed and row.actor_id == key),
        received=sum(row.volume for row in own if row.directed and row.recipient_id == key),
        joint=sum(row.volume for row in own if not row.directed),
        cooperation=sum(round((row.cooperation or 0) * (row.volume - row.uncoded)) for row in own) / known if known else None,
        conflict=sum(round((row.conflict or 0) * (row.volume - row.uncoded)) for row in own) / known if known else None,
        betweenness=place.betweenness,
        pagerank=place.pagerank,
        clustering=place.clustering,
        constraint=place.constraint,
        community=place.community,
        **{column: getattr(best, column) for column in ("id", "date", "publisher", "via", "words", "document_id")},
    )
