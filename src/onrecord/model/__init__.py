"""The values that cross every boundary: documents, participants, the four record kinds, links. Standard library only.

Nothing here reads, stores or decides. All values are frozen; all offsets are Unicode code points into ``Document.text``.
"""

from onrecord.model.codec import SCHEMA_VERSION, from_dict, to_dict
from onrecord.model.codings import PairCoding
from onrecord.model.decisions import Decision
from onrecord.model.documents import Document, document_id
from onrecord.model.links import Judged, Link
from onrecord.model.participants import ActorKind, ActorRef, Participant
from onrecord.model.reading import Problem, Reading
from onrecord.model.records import (
    Event,
    Issue,
    Position,
    Record,
    RecordDate,
    Relation,
    Statement,
    Target,
    Why,
    record_id,
)
from onrecord.model.spans import Place, Span, TimeExpression
from onrecord.model.stances import PairStance

__all__ = [
    "SCHEMA_VERSION",
    "ActorKind",
    "ActorRef",
    "Decision",
    "Document",
    "Event",
    "Issue",
    "Judged",
    "Link",
    "PairCoding",
    "PairStance",
    "Participant",
    "Place",
    "Position",
    "Problem",
    "Reading",
    "Record",
    "RecordDate",
    "Relation",
    "Span",
    "Statement",
    "Target",
    "TimeExpression",
    "Why",
    "document_id",
    "from_dict",
    "record_id",
    "to_dict",
]
