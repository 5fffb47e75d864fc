"""How a relation record is made, with the dates its sentence gives. It finds none."""

from __future__ import annotations

import re

from spacy.tokens import Token

from onrecord.extract.scene import Scene
from onrecord.languages import language
from onrecord.model import Participant, Relation, Span, Why, record_id
from onrecord.model.records import RelationStatus, RelationType
from onrecord.reading.times import record_date

EXTRACTOR = "relations.rules.v1"
_TO = re.compile(r"\s{1,3}(?:to|and|until|till|through)\b")


def tie(
    scene: Scene,
    kind: RelationType,
    subject: Participant,
    other: Participant,
    evidence: Span,
    *,
    directed: bool = True,
    status: RelationStatus = "current",
    detail: str | None = None,
    anchor: Token,
    confidence: float,
) -> Relation:
    """The record of one tie. ``anchor`` is the word that states it."""
    document = scene.analysis.document.id
    statement = scene.analysis.statement_at(evidence)
    since, until = bounds(scene, anchor)
    return Relation(
        id=record_id("relation", document, {"evidence": [evidence], "subject": [subject.mention], "object": [other.mention]}),
        document_id=document,
        evidence=evidence,
        via=statement.via if statement else scene.analysis.via_at(evidence),
        statement_id=statement.id if statement else None,
        date=record_date(scene.analysis, scene.block, anchor),
        confidence=confidence,
        extractor=EXTRACTOR,
        why=(Why("rule", f"{kind} {anchor.lemma_.lower()}"),),
        subject=subject,
        object=other,
        type=kind,
        directed=directed,
        since=since,
        until=until,
        status="former" if status == "current" and _over(until, scene.analysis.document.published) else status,
        detail=detail,
    )


def bounds(scene: Scene, anchor: Token) -> tuple[str | None, str | None]:
    """``since`` and ``until`` from time expressions that follow those words in the anchor's sentence, after the anchor.

    "From 1980 to 1988" gives both; "joined in 2004" and "founded in 1949" say when it began.
    """
    since = until = None
    text, begun = scene.analysis.document.text, language("en").table("relations")["begun"]["words"]
    low, high = scene.block.start(anchor), scene.block.end(anchor.sent[-1])
    for time in scene.analysis.times_in(scene.block.index):
        if not (low <= time.span.start and time.span.end <= high) or time.start is None:
            continue
        before = text[low : time.span.start].lower().split()[-3:]
        spans = before[-1:] in (["from"], ["between"]) and _TO.match(text, time.span.end)
        if spans or before[-1:] == ["since"] or any(word in begun for word in before):
            since = since or time.value
        elif before[-1:] in (["until"], ["till"]) or (since and before[-1:] in (["to"], ["and"])):
            until = until or time.value
    return since, until


def _over(until: str | None, published: str | None) -> bool:
    """Has what holds until then ended when the report speaks? True where the report has no date."""
    return until is not None and (not published or until <= published)
