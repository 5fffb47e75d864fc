"""How far reviewers agree: on verdicts, field by field on what records say, and on links. Decisions that settle a dispute do not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, get_args

from onrecord.model import Decision, Issue, Participant, Target
from onrecord.model.links import LinkType
from onrecord.query.concord import alpha, kappa, raw
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.links import judged_pairs
from onrecord.query.records import check_fields
from onrecord.query.reviews import record_kind
from onrecord.query.rows import Flat, Names, name_of
from onrecord.store import View
from onrecord.store.days import first_day, last_day
from onrecord.store.standing import counting

VERDICT = "verdict"
AGREEMENT = ("document_id", "kind", "by", "since", "until")
FIELDS: Mapping[str, Names] = {
    "statement": ("speaker", "content", "form", "addressees"),
    "event": ("type", "actors", "recipients", "status"),
    "position": ("holder", "stance", "issue", "target"),
    "relation": ("subject", "type", "object", "status"),
}
"""The fields that are compared where both reviewers hold that there is such a record."""


LINK = "link"
"""The kind of what is judged of links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow(Flat):
    """How far these reviewers agree on one thing.

    ``by``: two of them, or all; ``kind``: of record, all records, or link; ``what``: the verdict, or a field of what the record should say; of links,
    their type: whether they hold. ``records``: how many records, or links, at least two of them decided on; ``agreed``: the share of equal
    judgements; ``kappa``: Cohen's, for two; ``alpha``: Krippendorff's (nominal). Figures are None where nothing varies, so that nothing could be
    learnt.
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

    ``kind``: of these records, or of links (link); ``by``: only with this reviewer; ``since``, ``until``: when it was decided.
    """
    check_fields(wanted, AGREEMENT, "agreement")
    kind = wanted.kind if wanted.kind == LINK else record_kind(wanted)
    units = [*(_units(view, wanted) if kind != LINK else ()), *(_pairs(view, wanted) if kind in (None, LINK) else ())]
    units = [u for u in units if kind in (None, u.kind)]
    reviewers = sorted({by for u in units for by in u.said})
    groups: list[Names] = [pair for pair in combinations(reviewers, 2) if wanted.by in (None, *pair)]
    if len(reviewers) > 2 and wanted.by is None:
        groups.append(tuple(reviewers))
    return [row for group in groups for row in _rows(group, units)]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One record, or link, and what each reviewer said of it: at what time, and what of each thing that is compared."""

    kind: str
    said: Mapping[str, tuple[str, Mapping[str, Hashable]]]


def _units(view: View, wanted: Filter) -> Iterator[_Unit]:
    """Every record that at least two reviewers decided on."""
    made: dict[str, list[Decision]] = defaultdict(list)
    for decision in view.decisions(document_id=wanted.document_id):
        made[decision.record_id].append(decision)
    for decisions in made.values():
        latest = [d for d in counting(decisions) if not d.settles and _within(d.at, wanted)]
        if len(latest) > 1:
            kind = next(d.record.kind for d in latest if d.record is not None)
            yield _Unit(kind, {d.by: (d.at, {VERDICT: d.verdict, **_fields(kind, d)}) for d in latest})


def _pairs(view: View, wanted: Filter) -> Iterator[_Unit]:
    """Every link that at least two reviewers judged."""
    there = None if wanted.document_id is None else {wanted.document_id, *(r.id for r in view.reading(wanted.document_id).records)}
    for (ends, kind), words in judged_pairs(view, shared=True).items():
        latest = [w for w in words if not w.settles and _within(w.created_at, wanted)]
        if len(latest) > 1 and (there is None or ends & there):
            yield _Unit(LINK, {w.by: (w.created_at, {kind: w.judgement}) for w in latest})


def _within(at: str, wanted: Filter) -> bool:
    return (wanted.since is None or at[:10] >= first_day(wanted.since)) and (wanted.until is None or at[:10] <= last_day(wanted.until))


def _rows(group: Names, units: list[_Unit]) -> Iterator[AgreementRow]:
    kinds = [kind for kind in FIELDS if any(u.kind == kind and len(_of(u, group, VERDICT)) > 1 for u in units)]
    if len(kinds) > 1:
        yield from _row(group, "all", VERDICT, units)
    for kind in (*kinds, LINK):
        of_kind = [u for u in units if u.kind == kind]
        for what in (VERDICT, *FIELDS[kind]) if kind != LINK else get_args(LinkType):
            yield from _row(group, kind, what, of_kind)


def _of(unit: _Unit, group: Names, what: str) -> list[tuple[str, Hashable]]:
    """What those of a group who say anything of this say, with the times."""
    return [(at, said[what]) for by in group if by in unit.said for at, said in [unit.said[by]] if what in said]


def _row(group: Names, kind: str, what: str, units: list[_Unit]) -> Iterator[AgreementRow]:
    """The row there is, unless nobody shares anything."""
    shared = [found for u in units if len(found := _of(u, group, what)) > 1]
    if not shared:
        return
    judged: list[tuple[Hashable, ...]] = [tuple(value for _, value in found) for found in shared]
    times = sorted(at for found in shared for at, _ in found)
    yield AgreementRow(
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


def _fields(kind: str, decision: Decision) -> dict[str, Hashable]:
    """The fields of the record as what they say: whom they name, which words they have, which code; none where there should be no such record."""
    return {} if decision.verdict == "reject" else {name: _said(getattr(decision.record, name)) for name in FIELDS[kind]}


def _said(value: Any) -> Hashable:
    if isinstance(value, Participant):
        return value.actor.id if value.actor else name_of(value)
    if isinstance(value, tuple):
        return tuple(_said(item) for item in value)
    if isinstance(value, Target):
        return value.span or _said(value.actor)
    return value.id if isinstance(value, Issue) else value
