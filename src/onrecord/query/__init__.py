"""Questions to a store: functions from a view and a Filter to rows. They read; they never write, fetch or print.

::

    from onrecord.query import Filter, positions
    from onrecord.store import open_store

    with open_store("world.onrecord") as store, store.view() as view:
        for row in positions(view, Filter(actor="RUS", about="Taiwan", stance="support")):
            print(row.date, row.holder, row.stance, row.target, row.words, row.publisher, row.id)

``QUERIES`` lists every query by the name of its command, with the Filter fields it takes and the columns it answers with, so that flags, keywords and
columns can be held together by a test.
"""

from onrecord.query.agreement import agreement
from onrecord.query.alignment import alignment, blocs
from onrecord.query.beside import beside, others
from onrecord.query.catalogue import COLUMNS, QUERIES, Query, with_whole_ids
from onrecord.query.contradictions import contradictions
from onrecord.query.corroboration import corroboration
from onrecord.query.course import course
from onrecord.query.dyads import dyads
from onrecord.query.filters import HELP, Filter, near, suggestions
from onrecord.query.groups import occurrences, ties
from onrecord.query.links import links
from onrecord.query.network import graph, network
from onrecord.query.places import places
from onrecord.query.records import events, positions, relations, statements, timeline
from onrecord.query.reviews import queue, reviews
from onrecord.query.search import documents, search, sources
from onrecord.query.shifts import shifts
from onrecord.query.show import Shown, show
from onrecord.query.standing import standing
from onrecord.query.stories import stories
from onrecord.query.subjects import actors, issues
from onrecord.query.threads import threads
from onrecord.query.wordings import wordings

__all__ = [
    "COLUMNS", "HELP", "QUERIES", "Filter", "Query", "Shown", "actors", "agreement", "alignment", "beside", "blocs", "contradictions",
    "corroboration", "course", "documents", "dyads", "events", "graph", "issues", "links", "near", "network", "occurrences", "others", "places",
    "positions", "queue", "relations", "reviews", "search", "shifts", "show", "sources", "standing", "statements", "stories", "suggestions",
    "threads", "ties", "timeline", "with_whole_ids", "wordings",
]  # fmt: skip
