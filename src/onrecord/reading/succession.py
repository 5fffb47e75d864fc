"""Who held an office before or after somebody: "his predecessor", "her successor". By the dated offices of the knowledge base alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from onrecord.knowledge import knowledge_base
from onrecord.knowledge.facts import Office
from onrecord.model import ActorRef

GAP = timedelta(days=100)
"""How long an office may stand empty, or be filled by somebody we do not know, for the next holder still to be the successor."""


def next_in_line(owner: ActorRef, roles: Collection[str], on: date | None, *, after: bool) -> ActorRef | None:
    """The holder before, or ``after``, somebody in his highest office, or in one of the canonical ``roles`` the text gives him.

    None where tables do not say, where the office stood empty between the two, or where the successor came after the day.
    """
    kb = knowledge_base()
    offices = kb.offices(owner.id) if owner.id in kb else ()
    office = next((o for o in offices if o.role in roles), offices[0] if offices else None)
    place = (office.country or office.body) if office is not None else None
    if office is None or place is None:
        return None
    line = [o for o in kb.tenures(place, office.role) if o.person != owner.id and o.start is not None]
    found = _after(line, office, on) if after else _before(line, office)
    return kb.ref(kb.actor(found.person), on, 0.7) if found is not None else None


def _before(line: list[Office], office: Office) -> Office | None:
    start = office.start
    if start is None:
        return None
    near = [o for o in line if o.start is not None and o.start < start and o.end is not None and o.end + GAP >= start]
    return near[0] if len({o.person for o in near}) == 1 else None


def _after(line: list[Office], office: Office, on: date | None) -> Office | None:
    end = office.end
    if end is None:
        return None
    near = [o for o in line if o.start is not None and end - GAP <= o.start <= end + GAP and (on is None or o.start <= on)]
    return near[0] if len({o.person for o in near}) == 1 else None
