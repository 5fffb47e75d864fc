"""Every query by name: its function, the Filter fields it takes, and the columns of its rows. One list for flags, docs and the parity test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from onrecord.query import (
    contradictions,
    corroboration,
    course,
    dyads,
    groups,
    links,
    network,
    places,
    records,
    reviews,
    search,
    shifts,
    standing,
    stories,
    subjects,
    threads,
    wordings,
)
from onrecord.query.agreement import AGREEMENT, AgreementRow, agreement
from onrecord.query.alignment import ALIGNMENT, BLOCS, AlignmentRow, BlocRow, alignment, blocs
from onrecord.query.beside import BESIDE, OTHERS, BesideRow, OtherRow, beside, others
from onrecord.query.filters import Filter
from onrecord.query.rows import EventRow, Flat, PositionRow, RelationRow, StatementRow, TimelineRow
from onrecord.store import View

# Filter fields that are no column by themselves, and the columns that each of them looks at (or that answers it). Every other field is a column.
LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "actor": ("actor", "speaker", "actors", "holder", "subject"),
    "speaker": ("speaker", "statement_id"),
    "about": ("about", "content", "recipients", "target", "object", "issue"),
    "issue": ("issue", "id"),  # a statement or event has the issues of the positions that name its id
    "since": ("date", "since", "at"),
    "until": ("date", "until", "at"),
    "text": ("words",),
    "after": ("id",),
    "confidence": ("confidence", "score"),
    "language": ("document_id",),
    "corroboration": ("id",),  # of its claim
    "document_id": ("document_id", "left"),
    "record_id": ("record_id", "left", "id"),
    "limit": (),
    "order": ("date",),
}


@dataclass(frozen=True, slots=True)
class Query:
    """A query: called with a view and a Filter, it gives rows. ``fields``: the Filter fields it takes; ``row``: the type of its rows."""

    name: str
    function: Callable[[View, Filter], Iterable[Flat]]
    fields: tuple[str, ...]
    row: type[Flat]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its rows, in order."""
        return self.row.columns()


def with_whole_ids(view: View, wanted: Filter, query: Query) -> Filter:
    """``wanted`` with every id that was given by its beginning, as tables show it, made whole. Raises QueryError for one that nothing has."""
    whole: dict[str, Any] = {}
    if wanted.document_id is not None:
        whole["document_id"] = view.document(wanted.document_id.removeprefix("story-") if query.name == "stories" else wanted.document_id).id
    if wanted.other_document_id is not None:
        whole["other_document_id"] = view.document(wanted.other_document_id).id
    for name in ("statement_id", "record_id", "after"):
        value = getattr(wanted, name)
        if value is None or (name, query.row) == ("after", reviews.ReviewRow):
            continue
        if query.row in (reviews.ReviewRow, reviews.QueueRow):
            whole[name] = reviews.find(view, value)
        else:
            whole[name] = (view.document if (name, query.name) == ("after", "documents") else view.record)(value).id
    return replace(wanted, **whole)


_ALL = (
    Query("statements", records.statements, (*records.STATEMENTS, *records.ORDER), StatementRow),
    Query("positions", records.positions, (*records.POSITIONS, *records.ORDER), PositionRow),
    Query("events", records.events, (*records.EVENTS, *records.ORDER), EventRow),
    Query("relations", records.relations, (*records.RELATIONS, *records.ORDER), RelationRow),
    Query("timeline", records.timeline, (*records.TIMELINE, *records.ORDER), TimelineRow),
    Query("search", search.search, (*search.SEARCH, *records.ORDER), search.SearchRow),
    Query("documents", search.documents, (*search.DOCUMENTS, *records.ORDER), search.DocumentRow),
    Query("course", course.course, course.COURSE, course.CourseRow),
    Query("sources", search.sources, search.SOURCES, search.PublisherRow),
    Query("issues", subjects.issues, subjects.ISSUES, subjects.IssueRow),
    Query("actors", subjects.actors, subjects.ACTORS, subjects.ActorRow),
    Query("standing", standing.standing, groups.STANDING, standing.StandingRow),
    Query("shifts", shifts.shifts, shifts.SHIFTS, shifts.ShiftRow),
    Query("alignment", alignment, ALIGNMENT, AlignmentRow),
    Query("blocs", blocs, BLOCS, BlocRow),
    Query("occurrences", groups.occurrences, groups.OCCURRENCES, groups.OccurrenceRow),
    Query("ties", groups.ties, groups.TIES, groups.TieRow),
    Query("corroboration", corroboration.corroboration, corroboration.CORROBORATION, corroboration.CorroborationRow),
    Query("links", links.links, links.LINKS, links.LinkRow),
    Query("stories", stories.stories, stories.STORIES, stories.StoryRow),
    Query("dyads", dyads.dyads, dyads.DYADS, dyads.DyadRow),
    Query("network", network.network, network.NETWORK, network.PartyRow),
    Query("places", places.places, places.PLACES, places.PlaceRow),
    Query("wordings", wordings.wordings, wordings.WORDINGS, wordings.WordingRow),
    Query("contradictions", contradictions.contradictions, contradictions.CONTRADICTIONS, contradictions.ContradictionRow),
    Query("beside", beside, BESIDE, BesideRow),
    Query("others", others, OTHERS, OtherRow),
    Query("queue", reviews.queue, reviews.QUEUE, reviews.QueueRow),
    Query("reviews", reviews.reviews, reviews.REVIEWS, reviews.ReviewRow),
    Query("agreement", agreement, AGREEMENT, AgreementRow),
    Query("threads", threads.threads, threads.THREADS, threads.ThreadRow),
)
QUERIES: Mapping[str, Query] = {query.name: query for query in _ALL}
COLUMNS: Mapping[str, tuple[str, ...]] = {query.name: query.columns for query in _ALL}
