"""Whether two happenings, each told by its own report, are one. A pure function of the two reports; looks nothing up.

Nothing may speak against it (another kind of act, other parties, other days), and enough must speak for it. What speaks is counted in points: who,
when, where, which words, which numbers, and how alike the two reports are. Reports of one happening contradict each other, so that another day, place
or party can be made up for, by two reports that are much alike; see ``docs/decisions/0027-same-event-across.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.across.same_events_days import ALIKE, Between, when
from onrecord.across.same_events_told import Report, Told
from onrecord.across.same_parties import Side, sameness
from onrecord.across.same_words import likeness
from onrecord.codebook.plover import JOINT

ENOUGH = 5.0
"""Points from which two happenings are one."""
CLASSES = {
    "CONSULT": ("talk",), "AGREE": ("deal",), "SUPPORT": ("deal", "words"), "COOPERATE": ("deal",), "AID": ("deal",), "CONCEDE": ("deal",),
    "RETREAT": ("deal",), "REQUEST": ("words",), "ACCUSE": ("words",), "REJECT": ("words",), "THREATEN": ("words", "harm"), "SANCTION": ("harm",),
    "COERCE": ("harm",), "ASSAULT": ("harm",), "MOBILIZE": ("harm",), "PROTEST": ("protest",),
}  # fmt: skip
"""Types of which one act may be told as the one or the other, by what they have in common."""
_MEETINGS = frozenset({None, "third-party", "multilateral"})
_SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"})
_MANY = frozenset({"AGREE", "REQUEST"})
"""Of which one speaker makes several on one day."""
_STRANGE = 3
"""Words that two happenings must share if their reports tell them of other days."""
_PERSONS = 2.9
"""What it is worth that two persons or bodies themselves are the same."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """That two happenings are one: the points, and on what grounds, in words."""

    points: float
    grounds: tuple[str, ...]

    @property
    def score(self) -> float:
        """How sure that is, 0 to 1."""
        return min(0.97, 0.75 + 0.04 * (self.points - ENOUGH))


def same(one: Report, other: Report) -> list[tuple[Told, Told, Verdict]]:
    """The happenings that both reports tell, each of the one with at most one of the other: the surest first."""
    reports = between(one, other)
    found = [(a, b, v) for a in one.told for b in other.told if (v := verdict(a, b, reports)) is not None]
    taken: set[str] = set()
    out = []
    for a, b, v in sorted(found, key=lambda f: (-f[2].points, min(f[0].id, f[1].id), max(f[0].id, f[1].id))):
        if taken.isdisjoint((a.id, b.id)):
            taken |= {a.id, b.id}
            out.append((a, b, v))
    return out


def classes(told: Told) -> tuple[str, ...]:
    """What a happening's type has in common with others; a type that nobody knows stands alone."""
    if told.type == "AGREE" and told.status == "future":  # a meeting that is promised
        return "deal", "talk"
    return CLASSES.get(told.type, (told.type,))


def between(one: Report, other: Report) -> Between:
    """What holds between two reports."""
    return Between(likeness(one.marks, other.marks), one.published, other.published, one.publisher != other.publisher)


def verdict(one: Told, other: Told, reports: Between) -> Verdict | None:
    """Why two happenings, of reports between which this holds, are one; None where they are not."""
    if one.whole or other.whole or not _one_kind(one, other) or (one.row and other.row and not one.row & other.row):
        return None
    alike = reports.alike
    days = when(one, other, reports)  # asked first: it is told at once, and most fail by it
    who = _who(one, other, alike) if days is not None else None
    if who is None or days is None:
        return None
    where, place = _where(one, other)
    words, common = _words(one, other)
    if (where < 0 and (alike < ALIKE or common < 2)) or (days.other and common < _STRANGE):
        return None
    if one.type != "CONSULT" and common < _needed(one, other, who[0], where, alike):
        return None
    points = who[0] + days.points + where + words + _of_likeness(alike) - (one.another != other.another) - (one.type != other.type) * 0.7
    if points < ENOUGH:
        return None
    grounds = (
        who[1],
        days.ground,
        place,
        f"{common} words in common" if common > 1 else "a word in common" if common else "",
        f"reports alike to {alike:.0%}",
    )
    return Verdict(points, tuple(g for g in grounds if g))


def _one_kind(one: Told, other: Told) -> bool:
    """True for types, modes and statuses that one act may be told with."""
    if one.type != other.type and set(classes(one)).isdisjoint(classes(other)):
        return False
    if (one.status == "negated") != (other.status == "negated"):
        return False
    if one.type == other.type == "CONSULT":
        return one.mode == other.mode or (one.mode in _MEETINGS and other.mode in _MEETINGS) or bool(one.triggers & other.triggers)
    if one.type == other.type and one.type in _SPOKEN:
        return True
    return one.type != other.type or one.mode == other.mode or None in (one.mode, other.mode)


def _needed(one: Told, other: Told, who: float, where: float, alike: float) -> int:
    """How many words two happenings of these types must share: fewer where the place, the persons or the reports tell that they are one."""
    if where > 0:
        return 1
    if alike < ALIKE or {one.type, other.type} & _MANY:
        return 2
    persons = who >= _PERSONS
    return 1 if one.type != other.type and persons else 2 if one.type != other.type else 0 if persons and one.mode == other.mode else 1


def _who(one: Told, other: Told, alike: float) -> tuple[float, str] | None:
    """Points for the parties; None where they are others."""
    joint = (one.type in JOINT and other.type in JOINT) or "CONSULT" in (one.type, other.type)
    roles = (
        [((*one.actors, *one.recipients), (*other.actors, *other.recipients))]
        if joint
        else [(one.actors, other.actors), (one.recipients, other.recipients)]
    )
    points, met, clashes = 0.0, 0, 0
    for some, others in roles:
        right, wrong, worth = _matched(some, others)
        points, met, clashes = points + worth, met + right, clashes + wrong
    if not met or (clashes and (clashes >= met or alike < ALIKE)):
        return None
    return min(points, 3.5) - 1.5 * clashes, "the same parties" if not clashes else "some of the same parties"


def _matched(some: Sequence[Side], others: Sequence[Side]) -> tuple[int, int, float]:
    """How many of two sides are the same, how many stand against each other, and what that is worth."""
    free, right, worth, left = list(others), 0, 0.0, []
    for side in some:
        best = max(free, key=lambda o: sameness(side, o), default=None)
        if best is not None and (value := sameness(side, best)) > 0:
            free.remove(best)
            right, worth = right + 1, worth + value
        else:
            left.append(side)
    return right, min(sum(bool(s.id) and s.kind != "place" for s in side) for side in (left, free)), worth


def _where(one: Told, other: Told) -> tuple[float, str]:
    if not one.places or not other.places:
        return 0.0, ""
    return (1.5, "the same place") if one.places & other.places else (-2.0, "other places")


def _words(one: Told, other: Told) -> tuple[float, int]:
    """Points for the words and numbers of the two sentences, and how many they share."""
    trigger = bool(one.triggers & other.triggers)
    shared = len((one.words & other.words) - one.triggers - other.triggers)
    numbers = 0.7 if one.numbers & other.numbers else -0.4 if one.numbers and other.numbers else 0.0
    return trigger * 0.8 + min(shared, 4) * 0.6 + numbers, shared + trigger + bool(one.numbers & other.numbers)


def _of_likeness(alike: float) -> float:
    return min(3.0, 7 * alike) if alike >= 0.08 else -1.0
