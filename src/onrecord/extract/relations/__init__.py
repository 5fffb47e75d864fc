"""Relations: the standing ties a report states, by rules on title phrases, tie words and verbs."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.extract.relations.acts import acts
from onrecord.extract.relations.belonging import belonging
from onrecord.extract.relations.offices import offices
from onrecord.extract.relations.sanctions import sanctions
from onrecord.extract.relations.ties import ties
from onrecord.extract.scene import Scene, key, scenes
from onrecord.model import Relation
from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Step, component

RULES = (offices, belonging, ties, acts, sanctions)


@component(
    "relations.rules",
    requires=["parse", "quotations", "times", "mentions", "coreference", "chains", "statements", "first_person", "events"],
    assigns=["relations"],
)
def relations() -> Step:
    """Every rule on every paragraph; a tie told twice is kept once, as it was told first."""

    def step(analysis: Analysis) -> None:
        kept: dict[tuple[str, ...], Relation] = {}
        for scene in scenes(analysis):
            for found in _found(scene):
                kept.setdefault(_key(found), found)
        analysis.relations = list(kept.values())

    return step


def _found(scene: Scene) -> Iterator[Relation]:
    for rule in RULES:
        yield from rule(scene)


def _key(relation: Relation) -> tuple[str, ...]:
    """What makes two records one tie: type and sides in either order; an office also by its words, a partnership by its noun."""
    sides = [key(relation.subject), key(relation.object)]
    detail = (relation.detail or "").lower() if relation.type == "office" else ""
    if relation.type == "partnership":
        detail = (relation.detail or "").lower().split(" ")[-1].rstrip("s")
    return (relation.type, *(sides if relation.directed else sorted(sides)), detail)
