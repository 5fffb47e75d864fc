"""How a relation record is made, with the dates its sentence gives. It finds none."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extract.scene import Scene
from onrecord.model import Participant, Relation, Span, record_id
from onrecord.model.records import RelationStatus, RelationType
from onrecord.reading.times import record_date

EXTRACTOR = "relations.rules.v1"


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
        subject=subject,
        object=other,
        type=kind,
        directed=directed,
        since=since,
        until=until,
        status="former" if until and status == "current" else status,
        detail=detail,
    )


def bounds(scene: Scene, anchor: Token) -> tuple[str | None, str | None]:
    """``since`` and ``until`` from time expressions that follow those words in the anchor's sentence, after the anchor."""
    since = until = None
    text = scene.analysis.document.text
    low, high = scene.block.start(anchor), scene.block.end(anchor.sent[-1])
    for time in scene.analysis.times_in(scene.block.index):
        if not (low <= time.span.start and time.span.end <= high) or time.start is None:
            continue
        before = text[low : time.span.start].lower().split()[-3:]
        if before[-1:] == ["since"] or "established" in before or "founded" in before:
            since = since or time.value
        elif before[-1:] in (["until"], ["till"]):
            until = until or time.value
    return since, until
