"""The charts of a brief as values: points with their records, a text alternative, and the headings of the table behind. Draws nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from onrecord.brief.facts import Facts, day_of, period_of, side_of
from onrecord.brief.parts import SIDES, Chart, Piece, Point
from onrecord.brief.standings import last_side, of_party
from onrecord.brief.told import holder
from onrecord.query.rows import PositionRow
from onrecord.query.standing import StandingRow
from onrecord.store.days import first_day

_DAYS_BY_DAY, _DAYS_BY_MONTH = 45, 3 * 366
"""Up to which span, in days, a column is a day, and a month; beyond it is a year."""

_DAY, _MONTH, _YEAR = 10, 7, 4
"""How much of an ISO date says the day, the month, the year."""
_MOST_MARKS = 60


def sides_chart(facts: Facts, rows: Sequence[StandingRow]) -> Chart | None:
    """How many parties stand on each side of the issue asked for. None where there is one side only, or no one issue."""
    words = facts.words
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(last_side(row), []).append(row.record_id)
    if len(found) < 2 or not facts.wanted.issue:
        return None
    points = [
        Point(words.table["sides"][side], None, side, facts.number("party", found[side]), tuple(found[side])) for side in SIDES if side in found
    ]
    ids = [row.record_id for row in rows]
    listed = words.listed([(Piece("plain", f"{p.label} "), Piece("count", str(p.count), "party", p.ids)) for p in points], len(points))
    alt = words.sentence("alt_sides", ids, parties=facts.count("party", ids), sides=listed)
    return Chart("bars", words.sentence("chart_sides"), alt, words.heads("side", "parties"), tuple(points), "party")


def strips_chart(facts: Facts, rows: Sequence[StandingRow]) -> Chart | None:
    """When each party (of an actor: on each issue) took which side. None where fewer than two days are known."""
    words = facts.words
    points = tuple(_marks(facts, rows))
    ids = [i for point in points for i in point.ids]
    dated = sorted((day_of(facts.told(i)), i) for i in ids)
    if not dated or dated[0][0] == dated[-1][0]:
        return None
    first, last = (facts.when(facts.told(i)) for _, i in (dated[0], dated[-1]))
    alt = words.sentence("alt_strips", ids, positions=facts.count("record", ids, "position"), first=first, last=last)
    labels = list(dict.fromkeys(point.label for point in points))[: facts.limit]
    kept = tuple(point for point in points if point.label in labels)
    unit = "party" if facts.wanted.issue else "issue"
    left_out = None
    if len(kept) < len(points):
        left_out = words.sentence("chart_shows", shown=facts.count(unit, [i for p in kept for i in p.ids]), all=facts.count(unit, ids))
    who = "who" if facts.wanted.issue else "issue"
    return Chart("strips", words.sentence("chart_strips"), alt, words.heads(who, "day", "side", "positions"), kept, "record", left_out)


def _marks(facts: Facts, rows: Sequence[StandingRow]) -> Iterator[Point]:
    """A point for each line, side, and day (month, year, where there are too many); the lines with the most positions first."""
    lines: dict[str, list[PositionRow]] = {}
    for row in rows:
        label = holder(facts, row.holder, row.holder_country, of_party(facts, row)).text if facts.wanted.issue else row.issue_label or row.issue
        lines.setdefault(label, []).extend(p for p in facts.held[facts.party(row.record_id)] if day_of(p))
    for length in (_DAY, _MONTH, _YEAR):
        marks: dict[str, dict[tuple[str, str], list[str]]] = {}
        for label, held in lines.items():
            for p in held:
                marks.setdefault(label, {}).setdefault((period_of(p, length), side_of(p)), []).append(p.id)
        if sum(map(len, marks.values())) <= _MOST_MARKS:
            break
    for label, found in sorted(marks.items(), key=lambda line: (-len(lines[line[0]]), line[0])):
        for (day, side), ids in sorted(found.items()):
            yield Point(label, day, side, len(ids), tuple(ids))


def volume_chart(facts: Facts) -> Chart | None:
    """How many records there are of each day, month or year of publication. None where all are of one period, or none is dated."""
    words = facts.words
    found: dict[str, list[str]] = {}
    for row in facts.rows:
        if first_day(row.published):
            found.setdefault((row.published or "")[:_DAY], []).append(row.id)
    if not found:
        return None
    length = _period(found)
    by_period: dict[str, list[str]] = {}
    for day in sorted(found):
        by_period.setdefault(day[:length], []).extend(found[day])
    if len(by_period) < 2:
        return None
    points = tuple(Point(words.dated(p), p, "", len(by_period.get(p, ())), tuple(by_period.get(p, ()))) for p in _periods(by_period))
    top = max(points, key=lambda p: p.count)
    ids = [i for listed in by_period.values() for i in listed]
    alt = words.sentence(
        f"alt_volume_{length}",
        ids,
        records=facts.count("record", ids),
        most=Piece("count", str(top.count), "record", top.ids),
        when=Piece("day", top.label, top.day or "", top.ids),
    )
    return Chart("columns", words.sentence("chart_volume"), alt, words.heads("published", "records"), points, "record")


def _period(days: Collection[str]) -> int:
    """How much of an ISO date says the period: 10 characters for days, 7 for months, 4 for years; no more than all of them have."""
    first, last = first_day(min(days)), first_day(max(days))
    span = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return min(_DAY if span <= _DAYS_BY_DAY else _MONTH if span <= _DAYS_BY_MONTH else _YEAR, *map(len, days))


def _periods(known: Iterable[str]) -> Iterator[str]:
    """Every period from the first to the last, those without a record too."""
    first, last = min(known), max(known)
    length, at = len(first), date.fromisoformat(first_day(first))
    while (period := at.isoformat()[:length]) <= last:
        yield period
        at = _next(at, length)


def _next(at: date, length: int) -> date:
    if length == _DAY:
        return date.fromordinal(at.toordinal() + 1)
    if length == _MONTH:
        return date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return date(at.year + 1, 1, 1)
