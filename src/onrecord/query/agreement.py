"""How far reviewers agree: on verdicts, and field by field on what the records say. Only decisions made side by side count, not those that settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from onrecord.model import Decision, Issue, Participant, Record, Target
from onrecord.query.concord import alpha, kappa, raw
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import check_fields
from onrecord.query.reviews import record_kind
from onrecord.query.rows import Flat, Names, name_of
from onrecord.store import View
from onrecord.store.days import first_day, last_day
from onrecord.store.standing import counting

AGREEMENT = ("document_id", "kind", "by", "since", "until")
FIELDS: Mapping[str, Names] = {
    "statement": ("speaker", "content", "form", "addressees"),
    "event": ("type", "actors", "recipients", "status"),
    "position": ("holder", "stance", "issue", "target"),
    "relation": ("subject", "type", "object", "status"),
}
"""The fields that are compared where both reviewers hold that there is such a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow(Flat):
    """How far these reviewers agree on one thing.

    ``by``: two of them, or all; ``kind``: of record, or all; ``what``: the verdict, or a field of what the record should say. ``records``: how many
    at least two of them decided on; ``agreed``: the share of equal judgements; ``kappa``: Cohen's, for two; ``alpha``: Krippendorff's (nominal).
    Figures are None where nothing varies, so that nothing could be learnt.
    """

    by: Names
    kind: str
    what: str
    records: int
    agreed: float
    kappa: float | None
    alpha: float | None
    since: str
    until: str


def agreement(view: View, wanted: Filter = EVERYTHING) -> list[AgreementRow]:
    """How far reviewers agree, pair by pair and, where there are more than two, all together.

    ``by``: only with this reviewer; ``since``, ``until``: when it was decided.
    """
    check_fields(wanted, AGREEMENT, "agreement")
    kind = record_kind(wanted)
    units = [u for u in _units(view, wanted) if kind in (None, u.kind)]
    reviewers = sorted({by for u in units for by in u.said})
    groups: list[Names] = [pair for pair in combinations(reviewers, 2) if wanted.by in (None, *pair)]
    if len(reviewers) > 2 and wanted.by is None:
        groups.append(tuple(reviewers))
    return [row for group in groups for row in _rows(group, units)]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One record and what each reviewer said of it."""

    kind: str
    said: Mapping[str, Decision]


def _units(view: View, wanted: Filter) -> Iterator[_Unit]:
    """Every record that at least two reviewers decided on."""
    made: dict[str, list[Decision]] = defaultdict(list)
    for decision in view.decisions(document_id=wanted.document_id):
        made[decision.record_id].append(decision)
    first, last = first_day(wanted.since), last_day(wanted.until)
    for decisions in made.values():
        latest = [d for d in counting(decisions) if not d.settles and (not first or d.at[:10] >= first) and (not last or d.at[:10] <= last)]
        if len(latest) > 1:
            yield _Unit(next(d.record.kind for d in latest if d.record is not None), {d.by: d for d in latest})


def _rows(group: Names, units: list[_Unit]) -> Iterator[AgreementRow]:
    shared = [(u.kind, [u.said[by] for by in group if by in u.said]) for u in units]
    shared = [(kind, said) for kind, said in shared if len(said) > 1]
    kinds = [kind for kind in FIELDS if any(k == kind for k, _ in shared)]
    if len(kinds) > 1:
        yield _row(group, "all", "verdict", [said for _, said in shared], lambda d: d.verdict)
    for kind in kinds:
        of_kind = [said for k, said in shared if k == kind]
        yield _row(group, kind, "verdict", of_kind, lambda d: d.verdict)
        both = [[d for d in said if d.verdict != "reject"] for said in of_kind]
        both = [said for said in both if len(said) > 1]
        for name in FIELDS[kind] if both else ():
            yield _row(group, kind, name, both, lambda d, name=name: _value(d.record, name))


def _row(group: Names, kind: str, what: str, said: list[list[Decision]], value: Any) -> AgreementRow:
    judged: list[tuple[Hashable, ...]] = [tuple(value(d) for d in decisions) for decisions in said]
    times = sorted(d.at for decisions in said for d in decisions)
    return AgreementRow(
        by=group,
        kind=kind,
        what=what,
        records=len(judged),
        agreed=round(raw(judged), 4),
        kappa=_rounded(kappa([(a, b) for a, b in judged]) if len(group) == 2 else None),
        alpha=_rounded(alpha(judged)),
        since=times[0][:10],
        until=times[-1][:10],
    )


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 4)


def _value(record: Record | None, name: str) -> Hashable:
    """A field as what it says: whom it names, which words it has, which code."""
    return _said(getattr(record, name))


def _said(value: Any) -> Hashable:
    if isinstance(value, Participant):
        return value.actor.id if value.actor else name_of(value)
    if isinstance(value, tuple):
        return tuple(_said(item) for item in value)
    if isinstance(value, Target):
        return value.span or _said(value.actor)
    return value.id if isinstance(value, Issue) else value
