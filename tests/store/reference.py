"""A store made of dicts, in memory: the contract in the plainest words, to compare others with. Slow on purpose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from onrecord.errors import NotThere, QueryError, SchemaError
from onrecord.model import ActorRef, Decision, Document, Judged, Link, Problem, Reading, Record
from onrecord.store import ALL, InputItem, LoggedProblem, Part, Published, RecordKind, Run, Selection, Tie, Trace
from onrecord.store.codec import encode, printable
from onrecord.store.columns import ACTING, CONCERNED, Mentions, check_reading, check_record, columns, fold, participants, without_doubles
from onrecord.store.days import first_day, last_day
from onrecord.store.standing import Outcome, Reviewed, broken, compared, digest, effective, outcome, sealed
from onrecord.store.values import Counted


@dataclass
class Content:
    """All that is kept. ``readings``: document id → (reading, input key, run id)."""

    readings: dict[str, tuple[Reading, str, str]] = field(default_factory=dict)
    inputs: dict[str, InputItem] = field(default_factory=dict)
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    links: dict[tuple[str, ...], Link] = field(default_factory=dict)
    of_linkers: set[tuple[str, ...]] = field(default_factory=set)
    traces: dict[tuple[str, str], tuple[int, Trace]] = field(default_factory=dict)
    arrivals: list[str] = field(default_factory=list)
    unlinked: set[str] = field(default_factory=set)
    runs: dict[str, Run] = field(default_factory=dict)
    chain: list[Decision | Judged] = field(default_factory=list)

    @property
    def decisions(self) -> list[Decision]:
        return [d for d in self.chain if isinstance(d, Decision)]

    def read(self, record_id: str) -> Record | None:
        """What the machine reads under an id."""
        return next((r for reading, _, _ in self.readings.values() for r in reading.records if r.id == record_id), None)

    def said(self, record_id: str) -> Outcome | None:
        return outcome(d for d in self.decisions if d.record_id == record_id)

    def standing(self, reading: Reading) -> Reading:
        """The reading with what people decided on its records; what they added comes last, in the order of deciding."""
        decided = dict.fromkeys(d.record_id for d in self.decisions if d.document_id == reading.document.id)
        records = {r.id: r for r in reading.records}
        for record_id in decided:
            now = effective(self.read(record_id), self.said(record_id))
            if now is not None:
                records[record_id] = now
            else:
                records.pop(record_id, None)
        parts = {f"{kind}s": tuple(r for r in records.values() if r.kind == kind) for kind in get_args(RecordKind)}
        there = {reading.document.id, *records}
        return replace(reading, **parts, links=tuple(link for link in reading.links if {link.left, link.right} <= there))


class Closing:
    def close(self) -> None:
        pass

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ReferenceStore(Closing):
    def __init__(self) -> None:
        self.content = Content()

    def writer(self) -> ReferenceWriter:
        return ReferenceWriter(self.content)

    def view(self) -> ReferenceView:
        return ReferenceView(deepcopy(self.content), of=self.content)

    def has_input(self, input_key: str, run_id: str) -> bool:
        item = self.content.inputs.get(printable(input_key))
        return item is not None and item.state == "done" and item.run_id == run_id

    def check(self) -> list[str]:
        return broken(self.content.chain)


class ReferenceWriter(Closing):
    def __init__(self, content: Content) -> None:
        self.content = content
        self.current = ""

    def run(self, run: Run) -> None:
        self.content.runs[run.id] = replace(run, documents=0, records=0)
        self.current = run.id

    def add(self, reading: Reading, input_key: str, run_id: str | None = None, problems: Sequence[Problem] = ()) -> bool:
        check_reading(reading)
        encode(reading)
        reading = without_doubles(reading)
        c, key, document_id = self.content, printable(input_key), reading.document.id
        run = run_id if run_id is not None else next((r.run_id for r in reading.records), self.current)
        before = c.inputs.get(key)
        if before and before.state == "done" and before.run_id == run:
            return False
        c.runs.setdefault(run, Run(run))
        kept = c.readings.get(document_id)
        if kept is None or kept[2] != run or key <= kept[1]:
            self._let_links_go(document_id)
            self._forget(document_id)
            c.arrivals += [document_id] if document_id not in c.arrivals else []
            c.unlinked.add(document_id)
            c.readings[document_id] = (reading, key, run)
            for link in reading.links:
                c.links.setdefault(link_key(link), link)
        c.inputs[key] = InputItem(key, "done", document_id, run)
        c.problems[key] = list(dict.fromkeys((*problems, *reading.issues_log)))
        if before and before.document_id not in (None, document_id):
            self._abandon(str(before.document_id), key)
        return True

    def _abandon(self, document_id: str, key: str) -> None:
        others = sorted(k for k, item in self.content.inputs.items() if item.document_id == document_id)
        reading, kept_key, run = self.content.readings[document_id]
        if not others:
            self._let_links_go(document_id)
            self._forget(document_id)
            self.content.unlinked.discard(document_id)
            del self.content.readings[document_id]
        elif kept_key == key:
            self.content.readings[document_id] = (reading, others[0], run)

    def problem(self, problem: Problem, input_key: str, run_id: str | None = None) -> None:
        c, key, run = self.content, printable(input_key), self.current if run_id is None else run_id
        item = c.inputs.setdefault(key, InputItem(key, "failed", None, run))
        if item.state == "failed" and item.run_id != run:
            c.inputs[key] = replace(item, run_id=run)
            c.problems[key] = []
        if problem not in c.problems.setdefault(key, []):
            c.problems[key].append(problem)

    def link(self, link: Link) -> None:
        self.content.links[link_key(link)] = link

    def judge(self, judged: Judged) -> Judged:
        c = self.content
        if not judged.created_at or link_key(judged) in c.links:
            raise SchemaError("undated, or there")
        kept = replace(judged, digest=digest(judged, c.chain[-1].digest if c.chain else ""))
        c.links[link_key(kept)] = kept
        c.chain.append(kept)
        return kept

    def decide(self, decision: Decision) -> Decision:
        c = self.content
        if decision.record is not None:
            if decision.document_id not in c.readings:
                raise NotThere("no document")
            check_record(decision.record, decision.document_id, c.readings[decision.document_id][0].document.text)
        kept = sealed(decision, c.chain[-1].digest if c.chain else "", c.read(decision.record_id))
        c.chain.append(kept)
        return kept

    def linking(self) -> AbstractContextManager[ReferenceLinking]:
        return reference_linking(self.content)

    def unlink_all(self) -> None:
        c = self.content
        c.links = {key: link for key, link in c.links.items() if key not in c.of_linkers or link.withdrawn_at}
        c.traces.clear()
        c.unlinked |= set(c.readings)

    def _forget(self, document_id: str) -> None:
        c = self.content
        if document_id not in c.readings:
            return
        ids = {document_id, *(r.id for r in c.readings[document_id][0].records)}
        gone = [key for key in c.of_linkers & set(c.links) if set(key[:2]) & ids and c.links[key].withdrawn_at is None]
        ends = {end for key in gone for end in key[:2]}
        c.unlinked |= {d for d, (reading, _, _) in c.readings.items() if ends & {d, *(r.id for r in reading.records)}}
        for key in gone:
            del c.links[key]
        c.traces = {key: kept for key, kept in c.traces.items() if kept[1].document_id != document_id}

    def _let_links_go(self, document_id: str) -> None:
        for link in self.content.readings[document_id][0].links if document_id in self.content.readings else ():
            if self.content.links[link_key(link)].withdrawn_at is None:
                del self.content.links[link_key(link)]


@contextmanager
def reference_linking(content: Content) -> Iterator[ReferenceLinking]:
    before = deepcopy(content)
    try:
        yield ReferenceLinking(content)
    except BaseException:
        content.__dict__.update(before.__dict__)
        raise


class ReferenceLinking:
    def __init__(self, content: Content) -> None:
        self.content = content

    @property
    def view(self) -> ReferenceView:
        return ReferenceView(self.content)

    def unlinked(self, limit: int) -> list[str]:
        return [d for d in self.content.arrivals if d in self.content.unlinked][:limit]

    def linked(self, document_id: str) -> None:
        self.content.unlinked.discard(document_id)

    def remember(self, trace: Trace) -> int:
        owner = (trace.space, trace.owner)
        key = self.content.traces[owner][0] if owner in self.content.traces else 1 + max((k for k, _ in self.content.traces.values()), default=0)
        self.content.traces[owner] = (key, trace)
        return key

    def find(self, space: str, terms: Any, *, days: Any = None, at_most: int = 32, newest: bool = False) -> list[tuple[int, int]]:
        found = []
        for term in dict.fromkeys(terms):
            kept = sorted((t.day, key) for key, t in self.content.traces.values() if t.space == space and term in t.terms)
            kept = [(day, key) for day, key in kept if days is None or days[0] <= day <= days[1]]
            found += [(term, key) for _, key in (kept[::-1] if newest else kept)[:at_most]]
        return found

    def traces(self, keys: Any) -> dict[int, Trace]:
        return {key: replace(trace, terms=()) for key, trace in self.content.traces.values() if key in set(keys)}

    def trace(self, space: str, owner: str) -> tuple[int, Trace] | None:
        key, trace = self.content.traces.get((space, owner), (0, None))
        return None if trace is None else (key, replace(trace, terms=()))

    def links(self, ids: Any, types: Any = None) -> list[Link]:
        return list(self.view.links(ids, types))

    def link(self, link: Link) -> None:
        key = link_key(link)
        if key not in self.content.links or self.content.links[key].withdrawn_at is None:
            self.content.links[key] = link
            self.content.of_linkers.add(key)

    def unlink(self, left: str, right: str, type: Any, by: str) -> None:  # noqa: A002 - the link's own word
        key = (left, right, type, by, "")
        if key in self.content.of_linkers and key in self.content.links and self.content.links[key].withdrawn_at is None:
            del self.content.links[key]

    def arrival(self, document_id: str) -> int:
        return self.view.arrival(document_id)


class ReferenceView(Closing):
    def __init__(self, content: Content, of: Content | None = None) -> None:
        self.of = of
        self._see(content)

    def renew(self) -> None:
        if self.of is not None:
            self._see(deepcopy(self.of))

    def _see(self, content: Content) -> None:
        self.content = content
        self.readings = {key: content.standing(reading) for key, (reading, _, _) in content.readings.items()}
        self.rows = [(r, reading) for reading in self.readings.values() for r in reading.records]
        self.people = {r.id: list(participants(r, Mentions(reading.mentions))) for r, reading in self.rows}
        self.columns = {r.id: columns(r, reading.document.published) for r, reading in self.rows}
        self.linked = {i for x in content.links.values() if x.type in ("same-event", "same-statement") for i in (x.left, x.right)}
        self.actors = {p.actor for people in self.people.values() for _, p in people if p.actor}
        self.labels = {fold(i.label): i.id for p, _ in self.rows if p.kind == "position" and (i := p.issue)}
        self.issues: dict[str, set[str]] = {}
        for p, _ in self.rows:
            for key in (p.id, p.record_id, p.statement_id) if p.kind == "position" and p.issue else ():
                self.issues.setdefault(str(key), set()).add(p.issue.id)

    def documents(self, selection: Selection = ALL) -> Iterator[Document]:
        s = selection
        of_records = replace(
            s, document_id=None, publisher=None, language=None, since=None, until=None, text=None, limit=None, after=None, order=None
        )
        found = [
            d
            for reading in self.readings.values()
            if (d := reading.document)
            and (s.document_id is None or d.id == s.document_id)
            and (s.publisher is None or fold(d.publisher or "") == fold(s.publisher))
            and s.language in (None, d.language)
            and in_time(s, first_day(d.published), last_day(d.published))
            and (s.text is None or has_words(f"{d.title or ''} | {d.text}", s.text))
            and (of_records == ALL or any(self._fits(r, reading, of_records) for r in reading.records))
        ]
        return iter(page(found, lambda d: (first_day(d.published), d.id), s, among=[reading.document for reading in self.readings.values()]))

    def records(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        found = [(r, reading) for r, reading in self.rows if kind in (None, r.kind) and self._fits(r, reading, selection)]
        order = {r.id: (self.columns[r.id].first_day, r.document_id, r.evidence.start, r.id) for r, _ in self.rows}
        return iter(page([r for r, _ in found], lambda r: order[r.id], selection, among=[r for r, _ in self.rows]))

    def among(self, ids: Any, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        return (r for r in self.records(kind, replace(selection, limit=None, after=None, order=None)) if r.id in ids)

    def count(self, kind: Counted, selection: Selection, most: int, seconds: float) -> tuple[int, bool]:  # noqa: ARG002 - it needs no time
        every = replace(selection, limit=None, after=None)
        found = len(list(self.documents(every) if kind == "document" else self.records(kind, every)))
        return min(found, most), found <= most

    def parts(self, roles: Any, selection: Selection = ALL) -> Iterator[Part]:
        for r in self.records(None, replace(selection, limit=None, after=None)):
            for place, (role, p) in enumerate(self.people[r.id]):
                if role in roles and (a := p.actor) is not None:
                    days = self.columns[r.id].first_day, self.columns[r.id].last_day
                    yield Part(r.id, r.kind, *days, role, place, a.id, a.name, a.kind, a.country)  # type: ignore[arg-type]

    def published(self, selection: Selection = ALL) -> Iterator[Published]:
        found: dict[str | None, list[Document]] = {}
        for d in self.documents(replace(selection, limit=None, after=None)):
            found.setdefault(d.publisher, []).append(d)
        for name, documents in found.items():
            kinds = Counter(r.kind for r, _ in self.rows if r.document_id in {d.id for d in documents})
            times = sorted(d.published for d in documents if d.published)
            records = {kind: kinds[kind] for kind in get_args(RecordKind)}
            yield Published(name, len(documents), times[0] if times else None, times[-1] if times else None, records)

    def ties(self, types: Any) -> Iterator[Tie]:
        latest = {(frozenset((x.left, x.right)), x.type, x.by): x for x in self.judgements()}
        for x in self.links(types=types):
            superseded = x.created_at and latest[frozenset((x.left, x.right)), x.type, x.by] != x
            if x.withdrawn_at is None and not superseded:
                yield Tie(x.left, x.right, x.type, x.judgement, x.score, x.by, x.created_at, x.settles)

    def judgements(self, *, shared: bool = False, by: str | None = None) -> Iterator[Link]:
        whose: dict[tuple[object, str], set[str]] = {}
        found = sorted((x for x in self.links() if x.created_at), key=lambda x: x.created_at)
        for x in found:
            whose.setdefault((frozenset((x.left, x.right)), x.type), set()).add(x.by)
        some = [x for x in found if not shared or len(whose[frozenset((x.left, x.right)), x.type]) > 1]
        return iter([x for x in some if by in (None, x.by)])

    def _fits(self, r: Record, reading: Reading, s: Selection) -> bool:
        d, c, people, issues = reading.document, self.columns[r.id], self.people[r.id], self.issues.get(r.id, set())
        return all(
            (
                all(getattr(s, n) in (None, getattr(c, n)) for n in ("type", "stance", "status", "form", "record_id")),
                s.document_id in (None, d.id),
                s.statement_id in (None, r.statement_id),
                s.issue is None or s.issue in issues,
                s.confidence is None or r.confidence >= s.confidence,
                s.publisher is None or fold(d.publisher or "") == fold(s.publisher),
                in_time(s, c.first_day, c.last_day),
                s.actor is None or self._named(s.actor, people, ACTING),
                s.language in (None, d.language),
                s.speaker is None or any(self._named(s.speaker, self.people.get(i or "", []), ("speaker",)) for i in (r.id, r.statement_id)),
                (s.corroboration or 0) < 2 or r.kind in ("position", "relation") or r.id in self.linked,
                s.via is None or self._named(s.via, people, ("via",)),
                s.text is None or has_words(c.words, s.text),
                s.about is None
                or self._named(s.about, people, CONCERNED)
                or s.about in issues
                or self.labels.get(fold(s.about), "") in issues
                or (any(ch.isalnum() for ch in s.about) and has_words(c.about, s.about)),
            )
        )

    def _named(self, term: str, people: list[tuple[str, Any]], roles: Sequence[str]) -> bool:
        among = [p for role, p in people if role in roles]
        named = {a.id for a in self.actors if names(a, term, self.actors)}
        return any((p.actor and p.actor.id in named) or (p.mention and fold(p.mention.text) == fold(term)) for p in among)

    def days(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[tuple[RecordKind, str, str, int]]:
        found = list(self.records(kind, replace(selection, limit=None, after=None)))
        spans = Counter((self.columns[r.id].first_day, self.columns[r.id].last_day, r.kind) for r in found)
        return iter([(kind, first, last, count) for (first, last, kind), count in sorted(spans.items())])

    def document(self, document_id: str) -> Document:
        return self.content.readings[only(document_id, list(self.content.readings))][0].document

    def reading(self, document_id: str) -> Reading:
        reading = self.readings[only(document_id, list(self.readings))]
        return replace(reading, links=tuple(self.content.links[link_key(link)] for link in reading.links))

    def counts(self, document_id: str) -> Mapping[RecordKind, int]:
        return {kind: sum(r.kind == kind and r.document_id == document_id for r, _ in self.rows) for kind in get_args(RecordKind)}

    def record(self, record_id: str) -> Record:
        by_id = {r.id: r for r, _ in self.rows}
        return by_id[only(record_id, list(by_id))]

    def machine(self, record_id: str) -> Record | None:
        return self.content.read(record_id)

    def decisions(
        self, *, record_id: str | None = None, document_id: str | None = None, by: str | None = None, newest: bool = False
    ) -> Iterator[Decision]:
        wanted = [d for d in self.content.decisions if record_id in (None, d.record_id) and document_id in (None, d.document_id)]
        return iter([d for d in wanted if by in (None, d.by)][:: -1 if newest else 1])

    def reviewers(self) -> Iterator[str]:
        return iter(sorted({d.by for d in self.content.decisions}))

    def reviewed(self, *, record_id: str | None = None, document_id: str | None = None, state: Any = None) -> Iterator[Reviewed]:
        for key in sorted({d.record_id for d in self.decisions(record_id=record_id, document_id=document_id)}):
            said = self.content.said(key)
            if said is None:
                continue
            first = said.counting[0]
            kind = next(d.record.kind for d in said.counting if d.record)
            now = said.state if first.document_id in self.content.readings else "orphan"
            if state in (None, now):
                yield Reviewed(key, first.document_id, kind, now, compared(self.content.read(key), said))

    def states(self) -> dict[str, int]:
        return dict(sorted(Counter(r.state for r in self.reviewed()).items()))

    def undecided(self, kind: RecordKind | None = None, selection: Selection = ALL) -> Iterator[Record]:
        decided = {r.record_id for r in self.reviewed()}
        found = [r for r, x in self.rows if kind in (None, r.kind) and r.id not in decided and self._fits(r, x, selection)]
        every = [r for x, _, _ in self.content.readings.values() for r in x.records]
        return iter(page(found, lambda r: (r.confidence, r.id), replace(selection, order=None), among=every))

    def links(self, ids: Any = None, types: Any = None) -> Iterator[Link]:
        found = (self.content.links[key] for key in sorted(self.content.links))
        return iter([n for n in found if (ids is None or {n.left, n.right} & set(ids)) and (types is None or n.type in types)])

    def arrival(self, document_id: str) -> int:
        if document_id not in self.content.readings:
            raise NotThere(f"no document has the id {document_id!r}")
        return 1 + self.content.arrivals.index(document_id)

    def problems(self) -> Iterator[LoggedProblem]:
        for key in sorted(self.content.problems):
            yield from (LoggedProblem(key, self.content.inputs[key].document_id, p) for p in self.content.problems[key])

    def inputs(self) -> Iterator[InputItem]:
        return iter(self.content.inputs[key] for key in sorted(self.content.inputs))

    def runs(self) -> Iterator[Run]:
        for run in (self.content.runs[key] for key in sorted(self.content.runs)):
            readings = [reading for reading, _, run_id in self.content.readings.values() if run_id == run.id]
            yield replace(run, documents=len(readings), records=sum(len(r.records) for r in readings))

    def search(self, text: str, limit: int | None = None) -> Iterator[Document]:
        return self.documents(Selection(text=text, limit=limit))

    def publishers(self) -> Iterator[str]:
        return iter(sorted({p for reading, _, _ in self.content.readings.values() if (p := reading.document.publisher)}))

    def names(self) -> Iterator[str]:
        return iter(sorted({a.name for a in self.actors} | {a.id for a in self.actors}))

    def beginning(self, start: str, of: str, limit: int) -> Iterator[str]:
        every = {a.name for a in self.actors} if of == "actor" else set(self.publishers())
        return iter(sorted((name for name in every if fold(name).startswith(fold(start))), key=lambda name: (fold(name), name))[:limit])


def link_key(link: Link) -> tuple[str, ...]:
    return link.left, link.right, link.type, link.by, link.created_at


def names(actor: ActorRef, term: str, actors: set[ActorRef]) -> bool:
    """The steps of a look-up: an id, else a country, else a whole name (a state's with all who act for it), else whole words of a name."""
    if any(a.id == term for a in actors):
        return actor.id == term
    if any(a.country == term.upper() for a in actors):
        return actor.country == term.upper()
    countries = {a.country for a in actors if fold(a.name) == fold(term) and a.kind == "state" and a.country}
    if any(fold(a.name) == fold(term) for a in actors):
        return fold(actor.name) == fold(term) or actor.country in countries
    return f" {fold(term)} " in f" {fold(actor.name)} "


def has_words(text: str, wanted: str) -> bool:
    """Every word, and every quoted phrase, as whole words."""
    tokens = " ".join(["", *re.findall(r"\w+", fold(text)), ""])
    pieces = [a or b for a, b in re.findall(r'"([^"]*)"|([^\s"]+)', wanted)]
    terms = [" ".join(re.findall(r"\w+", fold(piece))) for piece in pieces]
    if not any(terms):
        raise QueryError(f"{wanted!r} holds no word")
    return all(f" {term} " in tokens for term in terms if term)


def in_time(s: Selection, first: str, last: str) -> bool:
    for value in (s.since, s.until):
        if value is not None and not first_day(value):
            raise QueryError(f"{value!r} is no date")
    return (s.since is None or last >= first_day(s.since)) and (s.until is None or "" < first <= last_day(s.until))


def page(found: list[Any], order: Any, s: Selection, among: list[Any] | None = None) -> list[Any]:
    newest = s.order == "newest"
    found = sorted(found, key=order, reverse=newest)
    if s.after is not None:
        at = next((order(f) for f in among or found if f.id == s.after), None)
        if at is None:
            raise QueryError(f"nothing has the id {s.after!r}")
        found = [f for f in found if (order(f) < at if newest else order(f) > at)]
    return found if s.limit is None else found[: s.limit]


def only(prefix: str, ids: list[str]) -> str:
    if prefix in ids:
        return prefix
    found = [i for i in ids if prefix and i.startswith(prefix)]
    if len(found) != 1:
        raise (QueryError if found else NotThere)(f"{len(found)} ids begin with {prefix!r}")
    return found[0]
