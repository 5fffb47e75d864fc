"""The gold of what holds between reports (``gold/across``): reads it and finds its mentions among the records of a store. Scores nothing.

A mention is "REPORT | WORDS": words that stand once in that report. ``gold/README.md`` says what each table means.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from onrecord.errors import InputError
from onrecord.model import Document, Event, Span, Statement
from onrecord.store import View

MentionKind = Literal["event", "statement"]
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a report; a report alone has none."""

    report: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions of one event or one statement. Links within an ``optional`` one, or to those in ``maybe``, are neither right nor wrong."""

    id: str
    types: tuple[str, ...]
    mentions: tuple[Mention, ...]
    optional: bool
    maybe: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """``copy`` uses the text of ``original``, in ``part`` or for the most."""

    copy: str
    original: str
    part: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """``answer`` responds to ``to``; ``optional`` where one may doubt it."""

    answer: Mention
    to: Mention
    optional: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """What must not be linked: ``kind`` is a type of link, or contradiction."""

    kind: str
    pair: tuple[Mention, Mention]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Mentions that tell a number, date, place or who differently; ``also`` agree with one side or the other."""

    about: str
    sides: tuple[Mention, Mention]
    also: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, the reports that make it, and how many independent publishers stand behind it."""

    claim: Mention
    reports: tuple[str, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class AcrossGold:
    """All that is annotated. ``reports``: ids in order; ``held``: topics that are scored as totals only."""

    reports: tuple[str, ...]
    held: frozenset[str]
    copies: tuple[Copy, ...]
    stories: Mapping[str, tuple[str, ...]]
    events: tuple[Cluster, ...]
    statements: tuple[Cluster, ...]
    answers: tuple[Answer, ...]
    contradictions: tuple[Contradiction, ...]
    claims: tuple[Claim, ...]
    apart: tuple[Apart, ...]

    def half(self, *, held: bool) -> frozenset[str]:
        """The reports of the held topics, or of the others."""
        return frozenset(report for report in self.reports if (topic(report) in self.held) == held)


def topic(report: str) -> str:
    """The topic of a report: what stands before the number of its id."""
    return report.rpartition("-")[0]


def load(folder: Path) -> AcrossGold:
    """Read ``links.toml`` and the ids of ``reports.jsonl``. Raises InputError for a mention whose words do not stand once in its report."""
    rows = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    data = tomllib.loads((folder / "links.toml").read_text(encoding="utf-8"))
    texts = {row["id"]: row["text"] for row in rows}

    def mention(written: str) -> Mention:
        report, _, words = written.partition(_BETWEEN)
        if report not in texts or (words and texts[report].count(words) != 1):
            raise InputError(f"links.toml: {written!r} is not once in the reports", code="gold", hint="copy the words from one report")
        return Mention(report, words)

    def cluster(row: Mapping[str, Any]) -> Cluster:
        mentions = tuple(map(mention, row["mentions"]))
        return Cluster(row["id"], tuple(row.get("type", ())), mentions, row.get("optional", False), tuple(row.get("maybe", ())))

    return AcrossGold(
        reports=tuple(texts),
        held=frozenset(data["held"]),
        copies=tuple(Copy(row["copy"], row["original"], row.get("part", False)) for row in data["copy"]),
        stories={row["id"]: tuple(row["reports"]) for row in data["story"]},
        events=tuple(map(cluster, data["same_event"])),
        statements=tuple(map(cluster, data["same_statement"])),
        answers=tuple(Answer(mention(row["answer"]), mention(row["to"]), row.get("optional", False)) for row in data["responds_to"]),
        contradictions=tuple(
            Contradiction(row["about"], (mention(row["sides"][0]), mention(row["sides"][1])), tuple(map(mention, row.get("also", ()))))
            for row in data["contradiction"]
        ),
        claims=tuple(Claim(mention(row["claim"]), tuple(row["reports"]), row["independent"]) for row in data["voices"]),
        apart=tuple(Apart(row["kind"], (mention(row["pair"][0]), mention(row["pair"][1]))) for row in data["apart"]),
    )


class Read:
    """The gold's reports as a store has read them: which records stand where mentions are."""

    def __init__(self, view: View, reports: Collection[str]) -> None:
        self.documents: dict[str, Document] = {str(d.meta.get("id")): d for d in view.documents() if d.meta.get("id") in reports}
        missing = sorted(set(reports) - set(self.documents))
        if missing:
            raise InputError(f"the store lacks the report {missing[0]}", code="gold", hint="add gold/across/reports.jsonl to it")
        self.report = {document.id: report for report, document in self.documents.items()}
        readings = {report: view.reading(document.id) for report, document in self.documents.items()}
        self._events = {report: reading.events for report, reading in readings.items()}
        self._statements = {report: reading.statements for report, reading in readings.items()}
        self.records = {record.id: record for reading in readings.values() for record in reading.records}

    def span(self, mention: Mention) -> tuple[int, int]:
        """Where the words stand in the document's text. Raises InputError where cleaning took them away."""
        start = self.documents[mention.report].text.find(mention.words)
        if start < 0:
            raise InputError(f"{mention.report}: {mention.words!r} is not in the document's text", code="gold", hint="choose words of the prose")
        return start, start + len(mention.words)

    def at(
        self, mention: Mention, kinds: Collection[MentionKind] = ("event", "statement"), types: Collection[str] = (), *, cues: bool = False
    ) -> frozenset[str]:
        """Ids of the records that a mention may stand for: events whose trigger lies in the words, of these types if there are such; statements
        of which the words hold half, or that hold half of the words. With ``cues`` also statements whose cue lies there ("criticised the deal").
        """
        start, end = self.span(mention)
        found: set[str] = set()
        if "event" in kinds:
            events = [e for e in self._events[mention.report] if start <= e.trigger.start < end]
            found |= {e.id for e in ([e for e in events if e.type in types] or events)}
        if "statement" in kinds:
            told = self._statements[mention.report]
            found |= {s.id for s in told if _covers(s.content, start, end) or (cues and s.cue is not None and start <= s.cue.start < end)}
        return frozenset(found)

    def report_of(self, record_id: str) -> str | None:
        """The report that a record was read from."""
        record = self.records.get(record_id)
        return self.report[record.document_id] if record is not None else None

    def words(self, record_id: str) -> str:
        """A record in a line, for people."""
        record = self.records[record_id]
        what = record.type if isinstance(record, Event) else record.content[0].text if isinstance(record, Statement) else ""
        return f"{self.report_of(record_id)} {what}: {record.evidence.text}"


def _covers(content: Iterable[Span], start: int, end: int) -> bool:
    spans = [(s.start, s.end) for s in content]
    shared = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in spans)
    return shared >= 0.5 * min(end - start, sum(stop - begin for begin, stop in spans)) and shared > 0
