"""How much there is when: records by period and kind. Counts; shows no record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.periods import days_of, period_of
from onrecord.query.records import TIMELINE, check_fields, document_of, kind_of
from onrecord.query.rows import Flat
from onrecord.query.voices import corroborated
from onrecord.store import RecordKind, View
from onrecord.store.days import days

COURSE = (*(name for name in TIMELINE if name not in ("limit", "after")), "period")


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow(Flat):
    """The ``records`` of one kind in one period ("all" where none is asked), which lasts from ``since`` to ``until``.

    ``period`` None: what is not dated so closely, and what has no date at all.
    """

    period: str | None
    kind: str
    records: int
    since: str | None
    until: str | None


def course(view: View, wanted: Filter = EVERYTHING) -> list[CourseRow]:
    """How many records of each kind there are, period by period: the timeline counted. Every record counts, also where several tell of one event.

    ``wanted.kind``: only statement, event, position or relation. ``wanted.period``: year, quarter, month, week, day, or all. A record counts in the
    period in which all days of its date lie, else in a row without a period, as in dyads; so the rows add up to the whole.
    """
    check_fields(wanted, COURSE, "course")
    counts = Counter[tuple[str | None, str]]()
    for kind, first, last, count in _days(view, kind_of(wanted), replace(wanted, kind=None, period=None)):
        counts[period_of(first, last, wanted.period), kind] += count
    found = sorted(counts, key=lambda key: (key[0] is None, key[0] or "", key[1]))
    return [_row(period, kind, counts[period, kind]) for period, kind in found]


def _days(view: View, kind: RecordKind | None, wanted: Filter) -> Iterable[tuple[str, str, str, int]]:
    """The same as the view's; by the records one by one where their voices are to be counted."""
    if (wanted.corroboration or 0) <= 1:
        return view.days(kind, wanted)
    document = document_of(view)
    return ((r.kind, *days(r.date, document(r.document_id).published), 1) for r in corroborated(view, kind, wanted))


def _row(period: str | None, kind: str, records: int) -> CourseRow:
    since, until = days_of(period) if period else ("", "")
    return CourseRow(period=period, kind=kind, records=records, since=since or None, until=until or None)
