"""Counts what a store says between reports against ``gold/across``, through the public queries. Makes no links, reads no reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from onrecord.across.independence import Copies
from onrecord.across.joined import Joined
from onrecord.evaluate.across_gold import AcrossGold, Answer, Claim, Cluster, Mention, MentionKind, Read
from onrecord.model.links import LinkType
from onrecord.query import Filter, corroboration
from onrecord.query.contradictions import ContradictionRow, contradictions
from onrecord.query.stories import stories
from onrecord.store import View

_ANSWER: tuple[LinkType, ...] = ("responds-to",)
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Tally:
    """Counts of one kind: ``right`` of ``made``, ``found`` of ``gold``, of which ``readable`` had both ends read. ``notes``: what went wrong."""

    right: float = 0
    made: float = 0
    found: float = 0
    gold: float = 0
    readable: float = 0
    notes: list[str] = field(default_factory=list)

    def expect(self, found: bool, *, readable: bool, note: str) -> None:
        """Count one thing that gold has; what was found was readable."""
        self.gold += 1
        self.found += found
        self.readable += readable or found
        if not found:
            self.notes.append(f"missed{'' if readable else ' (not read)'}: {note}")

    def make(self, right: bool, note: str) -> None:
        """Count one thing that was made."""
        self.made += 1
        self.right += right
        if not right:
            self.notes.append(f"wrong: {note}")

    @property
    def figures(self) -> dict[str, float]:
        """Precision, recall, F1 (per cent), recall and F1 of what was read, and how many gold has."""
        precision, recall = _share(self.right, self.made), _share(self.found, self.gold)
        read = _share(self.found, self.readable)
        return {"precision": precision, "recall": recall, "f1": _f1(precision, recall), "read": read, "f1_read": _f1(precision, read), "n": self.gold}


def _share(part: float, of: float) -> float:
    return round(100 * part / of, 1) if of else 100.0


def _f1(precision: float, recall: float) -> float:
    return round(2 * precision * recall / (precision + recall), 1) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """A store that has read the gold's reports, and the half of them that is scored."""

    view: View
    gold: AcrossGold
    read: Read
    half: frozenset[str]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every two reports of the half."""
        return combinations(sorted(self.half), 2)

    def by_report(self, record_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """Those of the records that are of the half, by report."""
        found: dict[str, set[str]] = {}
        for record_id in record_ids:
            report = self.read.report_of(record_id)
            if report in self.half:
                found.setdefault(str(report), set()).add(record_id)
        return {report: frozenset(ids) for report, ids in sorted(found.items())}

    def clusters(self, link: LinkType) -> list[Placed]:
        """The clusters of events or statements that have mentions in the half."""
        wanted = self.gold.events if link == "same-event" else self.gold.statements
        kind: MentionKind = "event" if link == "same-event" else "statement"
        placed = []
        for cluster in wanted:
            at: dict[str, frozenset[str]] = {}
            for mention in cluster.mentions if cluster.mentions[0].report in self.half else ():
                at[mention.report] = at.get(mention.report, frozenset()) | self.read.at(mention, (kind,), cluster.types)
            if at:
                placed.append(Placed(cluster, at))
        return placed

    def answers(self) -> list[tuple[Answer, frozenset[str], frozenset[str]]]:
        """The answers of the half with the records of both ends; records of one event or statement stand for each other."""
        clusters = [*self.gold.events, *self.gold.statements]

        def end(mention: Mention) -> frozenset[str]:
            same = (other for cluster in clusters if mention in cluster.mentions for other in cluster.mentions)
            return frozenset().union(*(self.read.at(each, cues=True) for each in {mention, *same}))

        return [(each, end(each.answer), end(each.to)) for each in self.gold.answers if each.answer.report in self.half]

    def first_story(self) -> dict[str, str]:
        """The story of each report that is in one, by the report's id."""
        return {report: row.id for row in stories(self.view) for report in row.given_ids}


@dataclass(frozen=True, slots=True)
class Placed:
    """A cluster with the records of its mentions, by report."""

    cluster: Cluster
    at: Mapping[str, frozenset[str]]


def tallies(view: View, gold: AcrossGold, *, held: bool) -> dict[str, Tally]:
    """The counts of every kind over one half of the gold. Raises InputError where the store lacks a report."""
    case = Case(view, gold, Read(view, gold.reports), gold.half(held=held))
    return {
        "copies": _copies(case),
        "stories": _stories(case),
        "same_event": _same(case, "same-event"),
        "same_statement": _same(case, "same-statement"),
        "responds_to": _answers(case),
        "contradictions": _contradictions(case),
        "corroboration": _corroboration(case),
        "voices": _voices(case),
        "apart": _apart(case),
    }


def _copies(case: Case) -> Tally:
    """Pairs of reports that are copies. Copies of a part are neither right nor wrong."""
    tally = Tally()
    group: dict[str, str] = {}
    for copy in case.gold.copies:
        if not copy.part:
            group[copy.copy] = group.setdefault(copy.original, copy.original)
    wanted = {(one, other) for one, other in case.pairs() if one in group and group[one] == group.get(other)}
    optional = {tuple(sorted((copy.copy, copy.original))) for copy in case.gold.copies}
    joined = Copies(case.view)
    first = {report: joined.first(case.read.documents[report].id) for report in case.half}
    for one, other in case.pairs():
        made, right = first[one] == first[other], (one, other) in wanted
        if right:
            tally.expect(made, readable=True, note=f"{one} {other}")
        if made and (right or (one, other) not in optional):
            tally.make(right, f"{one} {other}")
    return tally


def _stories(case: Case) -> Tally:
    """B-cubed over the reports that gold has in a story (A. Bagga and B. Baldwin, 1998)."""
    tally = Tally()
    wanted = {report: story for story, reports in case.gold.stories.items() for report in reports if report in case.half}
    made = case.first_story()
    for report, story in wanted.items():
        mine = {other for other in wanted if wanted[other] == story}
        theirs = {other for other in wanted if made.get(other, other) == made.get(report, report)}
        tally.right += len(mine & theirs) / len(theirs)
        tally.found += len(mine & theirs) / len(mine)
        tally.notes += [f"missed: {report} {other}" for other in sorted(mine - theirs) if other > report]
        tally.notes += [f"wrong: {report} {other}" for other in sorted(theirs - mine) if other > report]
    tally.made = tally.gold = tally.readable = len(wanted)
    return tally


def _same(case: Case, link: LinkType) -> Tally:
    """Pairs of reports that tell of one event, or of one statement."""
    tally = Tally()
    clusters = case.clusters(link)
    joined = _joined(case, link)
    for placed in clusters:
        for one, other in combinations(sorted(placed.at), 2) if not placed.cluster.optional else ():
            ids, others = placed.at[one], placed.at[other]
            linked = {joined.first(i) for i in ids} & {joined.first(i) for i in others}
            tally.expect(bool(linked), readable=bool(ids and others), note=f"{placed.cluster.id} {one} {other}")
    for group in joined.groups():
        for (one, ids), (other, others) in combinations(case.by_report(group).items(), 2):
            verdict = _verdict([p for p in clusters if p.at.get(one, _NONE) & ids], [p for p in clusters if p.at.get(other, _NONE) & others])
            if verdict is False and {case.read.records[i].evidence.text for i in ids} & {case.read.records[i].evidence.text for i in others}:
                continue  # a sentence that one copied from the other
            if verdict is not None:
                tally.make(verdict, f"{case.read.words(min(ids))} = {case.read.words(min(others))}")
    return tally


def _verdict(ones: Collection[Placed], others: Collection[Placed]) -> bool | None:
    """Whether records of these clusters in one report and of those in another may be linked; None where one may think so or not."""
    shared = [placed.cluster for placed in ones if placed in others]
    if any(not cluster.optional for cluster in shared):
        return True
    near = any(p.cluster.id in q.cluster.maybe or q.cluster.id in p.cluster.maybe for p in ones for q in others)
    return None if shared or near else False


def _answers(case: Case) -> Tally:
    """Answers: an act or statement and what it responds to, within a report and across reports."""
    tally = Tally()
    answers = case.answers()
    made = _answered(case)
    for answer, ends, tos in answers:
        if not answer.optional:
            found = any(left in ends and right in tos for left, right in made)
            tally.expect(found, readable=bool(ends and tos), note=f"{answer.answer.report} {answer.answer.words!r} to {answer.to.words!r}")
    for left, right in made:
        fitting = [answer for answer, ends, tos in answers if left in ends and right in tos]
        if not fitting or any(not answer.optional for answer in fitting):
            tally.make(bool(fitting), f"{case.read.words(left)} -> {case.read.words(right)}")
    return tally


def _contradictions(case: Case) -> Tally:
    """Two values of one thing in two reports. Rows that the query calls an update are no contradiction."""
    tally = Tally()
    wanted = [each for each in case.gold.contradictions if each.sides[0].report in case.half]
    rows = [row for row in contradictions(case.view) if not row.update and set(map(case.read.report.get, row.document_id)) & case.half]
    for each in wanted:
        found = any(row.what == each.about and _fits(case, row, (*each.sides, *each.also)) for row in rows)
        tally.expect(found, readable=True, note=f"{each.about} {each.sides[0].report} {each.sides[0].words!r} / {each.sides[1].words!r}")
    for row in rows:
        right = any(row.what == each.about and _fits(case, row, (*each.sides, *each.also)) for each in wanted)
        tally.make(right, f"{row.what} {row.counts} {row.value} / {row.other_value}: {row.words} / {row.other_words}")
    return tally


def _fits(case: Case, row: ContradictionRow, mentions: Collection[Mention]) -> bool:
    """Whether the two sides of a row lie in the words of two of these mentions."""
    sides = [{m for m in mentions if _says(case, m, *side)} for side in ((row.document_id, row.words), (row.other_document_id, row.other_words))]
    return bool(sides[0] and sides[1]) and len(sides[0] | sides[1]) > 1


def _says(case: Case, mention: Mention, document_ids: Collection[str], words: str) -> bool:
    document = case.read.documents[mention.report]
    if document.id not in document_ids:
        return False
    start, end = case.read.span(mention)
    begin = document.text.find(words)
    return begin < end and start < begin + len(words) if begin >= 0 else True  # the words are those of a copy


def _corroboration(case: Case) -> Tally:
    """The other reports that make a claim."""
    tally = Tally()
    for claim, found, _ in _claims(case):
        for report in sorted(set(claim.reports) - {claim.claim.report}):
            tally.expect(report in found, readable=bool(found), note=f"{claim.claim.report} {claim.claim.words!r} in {report}")
        for report in sorted(found - {claim.claim.report}):
            tally.make(report in claim.reports, f"{claim.claim.report} {claim.claim.words!r} in {report}")
    return tally


def _voices(case: Case) -> Tally:
    """How many independent voices make a claim; readable where the right number was found, or the reports that make it."""
    tally = Tally()
    for claim, found, independent in _claims(case):
        right = independent == claim.independent
        note = f"{claim.claim.report} {claim.claim.words!r} has {claim.independent}, not {independent}"
        tally.expect(right, readable=found == set(claim.reports), note=note)
        tally.make(right, note)
    return tally


def _claims(case: Case) -> Iterator[tuple[Claim, set[str], int]]:
    """Each claim with the reports that make it and the number of its voices, by the query; of several records that may be meant the best."""
    for claim in case.gold.claims:
        if claim.claim.report not in case.half:
            continue
        types = [t for cluster in case.gold.events if claim.claim in cluster.mentions for t in cluster.types]
        kind: MentionKind = "event" if types else "statement"
        best: tuple[set[str], int] = (set(), 0)
        for record_id in sorted(case.read.at(claim.claim, (kind,), types)):
            rows = corroboration(case.view, Filter(record_id=record_id))
            reports = {case.read.report[row.document_id] for row in rows if row.document_id in case.read.report}
            best = max(best, (reports, rows[0].independent), key=lambda told: len(told[0] & set(claim.reports)))
        yield claim, *best


def _apart(case: Case) -> Tally:
    """What must not be linked: right is what is not."""
    tally = Tally()
    story, copies, rows, answered = case.first_story(), Copies(case.view), contradictions(case.view), _answered(case)
    for each in case.gold.apart:
        one, other = each.pair
        if one.report not in case.half:
            continue
        ids, others = (case.read.at(mention) if mention.words else _NONE for mention in each.pair)
        if each.kind == "same-story":
            linked = story.get(one.report, one) == story.get(other.report, other)
        elif each.kind == "duplicate":
            linked = len({copies.first(case.read.documents[mention.report].id) for mention in each.pair}) == 1
        elif each.kind == "contradiction":
            linked = any(not row.update and _fits(case, row, each.pair) for row in rows)
        elif each.kind == "responds-to":
            linked = any(left in ids and right in others for left, right in answered)
        else:
            joined = _joined(case, "same-event" if each.kind == "same-event" else "same-statement")
            linked = bool({joined.first(i) for i in ids} & {joined.first(i) for i in others})
        note = f"{each.kind} {one.report} {one.words!r} / {other.report} {other.words!r}"
        tally.expect(not linked, readable=True, note=note)
        tally.make(not linked, note)
    return tally


def _joined(case: Case, link: LinkType) -> Joined:
    return Joined(case.view.links(types=(link,)), (link,))


def _answered(case: Case) -> list[tuple[str, str]]:
    """(answer, what it responds to) as links say, both ends in the half."""
    links = case.view.links(types=_ANSWER)
    return [
        (link.left, link.right)
        for link in links
        if link.judgement == "positive" and link.withdrawn_at is None and len(case.by_report((link.left,))) == len(case.by_report((link.right,))) == 1
    ]
