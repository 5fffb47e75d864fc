"""Events of different reports that are one happening, linked: a report is compared with those that tell of the same parties around the same days.

What decides is in ``same_events_judged``; what lasts ("the war in Ukraine") is one from report to report as long as it is told of at least once a
year. Records stay as they are. Method and figures: ``docs/decisions/0027-same-event-across.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onrecord.across.same_events_judged import Verdict, classes, same
from onrecord.across.same_events_told import Report, Told, decode, encode, report
from onrecord.across.same_put import candidates, own_links, put
from onrecord.across.same_words import term
from onrecord.model import Link, Reading
from onrecord.store import UNDATED, Linking, Trace

_MOST = 40
"""Reports that one is compared with for the sake of each of its events: those that share the most of what the event is filed under."""
_HOLDERS = 128
"""Reports of one entry that are looked at."""
_WEEK, _FORTNIGHT = 7, 14
_YEAR = 400
_WHOLE = 0.9
"""How sure a link of what lasts is: not measured, there are too few pairs."""
_WIDE = 31
"""Days of a happening that it is filed under."""
_PARTIES, _WORDS = 4, 3


@dataclass(frozen=True, slots=True)
class _Partner:
    """A happening of this report, and one of another report that is the same."""

    own: Told
    report: Report
    told: Told
    why: Verdict


class SameEvents:
    """The linker of events that are one happening."""

    name = "same-events"

    def link(self, reading: Reading, linking: Linking) -> None:
        """Link the events of a report with those of others, and remember them."""
        own = report(reading)
        terms = {t for told in own.told for t, _ in _terms(told, own.published, 0)}
        wholes = {_whole_term(told): told for told in own.told if told.whole}
        linking.remember(Trace(self.name, reading.document.id, reading.document.id, own.published, (*terms, *wholes), encode(own)))
        if not own.told:
            return
        former = own_links(linking, [i for told in own.told for i in (told.id, *told.also)], self.name)
        found = [(p.own.id, self._link((own, p.own), (p.report, p.told), p.why)) for p in self._same(own, former, linking)]
        put(linking, former, found, always=self._lasting(own, wholes, linking))

    def _same(self, own: Report, former: Sequence[Link], linking: Linking) -> list[_Partner]:
        """The happenings of other reports that are those of this one, the surest first."""
        asked: dict[int, list[tuple[Told, int]]] = {}
        for told in own.told:
            for wanted, weight in {t for days in (-_WEEK, 0, _WEEK) for t in _terms(told, own.published, days)}:
                asked.setdefault(wanted, []).append((told, weight))
        hits: dict[str, Counter[int]] = {told.id: Counter() for told in own.told}
        for found, key in linking.find(self.name, asked, at_most=_HOLDERS):
            for told, weight in asked[found]:
                hits[told.id][key] += weight
        best = {key for of_one in hits.values() for key, _ in sorted(of_one.items(), key=lambda h: (-h[1], h[0]))[: _MOST + 1]}
        traces = candidates(linking, best, former, self.name)
        others = [decode(trace.data) for trace in traces if trace.document_id != own.document_id]
        partners = [_Partner(a, other, b, why) for other in others for a, b, why in same(own, other)]
        return sorted(partners, key=lambda p: (-p.why.points, p.told.id))

    def _link(self, one: tuple[Report, Told], other: tuple[Report, Told], why: Verdict | None) -> Link:
        """The later told on the left."""
        earlier, later = sorted((one, other), key=lambda t: (t[0].published, t[0].document_id, t[1].start, t[1].id))
        score, detail = (why.score, "; ".join(why.grounds)) if why else (_WHOLE, "one lasting matter between the same parties")
        return Link(later[1].id, earlier[1].id, "same-event", "positive", round(score, 2), detail, self.name, "")

    def _lasting(self, own: Report, wholes: dict[int, Told], linking: Linking) -> Iterator[Link]:
        """What lasts, with the report next before and next behind that tells of it; several mentions in one report, with each other."""
        if not wholes or own.published == UNDATED:
            return
        for told in own.told:
            if told.whole and wholes[_whole_term(told)] is not told:
                yield self._link((own, told), (own, wholes[_whole_term(told)]), None)
        spans = ((own.published - _YEAR, own.published, True), (own.published, own.published + _YEAR, False))
        for first, last, newest in spans:
            found = linking.find(self.name, wholes, days=(first, last), at_most=2, newest=newest)
            traces = linking.traces([key for _, key in found])
            for wanted, key in found:
                other = decode(traces[key].data)
                if other.document_id == own.document_id:
                    continue
                yield from (self._link((own, wholes[wanted]), (other, t), None) for t in other.told if t.whole and _whole_term(t) == wanted)


def _whole_term(told: Told) -> int:
    return term("whole", *sorted({s.party for s in told.actors}), ">", *sorted({s.party for s in told.recipients}))


def _terms(told: Told, published: int, shift: int) -> Iterator[tuple[int, int]]:
    """What a happening is filed under: its kind, parties, places and words in its fortnights, with how much each tells; a date, in its year too."""
    if told.whole or not (told.dated or published):
        return
    first, last = (told.first, told.last) if told.dated else (published, published)
    parties = sorted({s.party for s in (*told.actors, *told.recipients) if s.party})[:_PARTIES]
    pairs = list(combinations(parties, 2))
    keys: list[tuple[int, tuple[object, ...]]] = [(3, ("pair", *pair)) for pair in pairs]
    keys += [(1, ("one", party)) for party in parties]
    keys += [(2, ("place", place)) for place in sorted(told.places)[:2]]
    keys += [(3, ("word", word)) for word in sorted(told.words)[:_WORDS]]
    for kind in classes(told):
        for fortnight in range((first + shift) // _FORTNIGHT, (min(last, first + _WIDE) + shift) // _FORTNIGHT + 1):
            yield from ((term(kind, *key, fortnight), weight) for weight, key in keys)
        if told.dated and not shift:
            yield from ((term(kind, *pair, "year", date.fromordinal(first).year), 2) for pair in pairs)
