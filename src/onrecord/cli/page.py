"""Pages for a terminal: a report with its records marked in colour and listed below, and one record with all that explains it.

Shows; decides nothing. Text from outside never reaches the terminal with its control characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from onrecord.cli.tables import Row, printable, table
from onrecord.model import Participant, Reading, RecordDate, Span
from onrecord.query import Shown

SAID, CUE, DID, STANDS = "cyan", "bold cyan", "bold yellow", "underline"
MAX_TEXT = 20_000
"""How much of a report is shown in colour, in code points; the tables below it cover all of it."""


def page(reading: Reading) -> RenderableType:
    """The report and its records."""
    parts: list[RenderableType] = [Rule(Text(_heading(reading))), coloured(reading), Text()]
    for title, rows in (
        ("Who said what", list(said(reading))),
        ("Who stands where", list(stands(reading))),
        ("Who did what to whom", list(did(reading))),
        ("What holds between them", list(holds(reading))),
    ):
        if rows:
            parts += [table(rows, (), title), Text()]
    parts += [Text(f"{p.code}: {printable(p.message)} ({printable(p.where)})", style="red") for p in reading.issues_log]
    return Group(*parts)


def coloured(reading: Reading) -> Text:
    """The report's text with statements, cues, events and positions marked."""
    text = Text(printable(reading.document.text[:MAX_TEXT]))
    for s in reading.statements:
        _mark(text, s.content, SAID)
        _mark(text, (s.cue,), CUE)
    for p in reading.positions:
        _mark(text, (p.target.span if p.target else None,), STANDS)
    for e in reading.events:
        _mark(text, (e.trigger,), DID)
    legend = Text.assemble("\n\n", ("words", SAID), "  ", ("cue", CUE), "  ", ("act", DID), "  ", ("what a position is about", STANDS))
    return text.append_text(legend)


def _mark(text: Text, spans: Iterable[Span | None], style: str) -> None:
    for span in spans:
        if span is not None:
            text.stylize(style, span.start, span.end)


def _heading(reading: Reading) -> str:
    d = reading.document
    return printable(" · ".join(str(x) for x in (d.title, d.publisher, d.published) if x) or d.id)


def said(reading: Reading) -> Iterator[Row]:
    """A row for each statement."""
    for s in reading.statements:
        yield {
            "speaker": name(s.speaker),
            "cue": s.cue.text if s.cue else "",
            "words": " … ".join(c.text for c in s.content),
            "via": [name(v) for v in s.via],
        }


def stands(reading: Reading) -> Iterator[Row]:
    """A row for each position."""
    for p in reading.positions:
        about = p.issue.label if p.issue else p.target.span.text if p.target and p.target.span else ""
        yield {"holder": name(p.holder), "stance": p.stance, "about": about, "evidence": p.evidence.text}


def did(reading: Reading) -> Iterator[Row]:
    """A row for each event."""
    for e in reading.events:
        yield {
            "date": day(e.date),
            "actors": [name(a) for a in e.actors],
            "type": e.type,
            "recipients": [name(r) for r in e.recipients],
            "status": e.status,
            "evidence": e.evidence.text,
        }


def holds(reading: Reading) -> Iterator[Row]:
    """A row for each relation."""
    for r in reading.relations:
        yield {"subject": name(r.subject), "type": r.type, "object": name(r.object), "status": r.status, "since": r.since, "until": r.until}


def name(who: Participant) -> str:
    """The actor's name, else the words with the reason why nobody is behind them."""
    if who.actor is not None:
        return who.actor.name
    words = who.mention.text if who.mention else "?"
    return f"{words} ({who.reason})" if who.reason else words


def day(date: RecordDate) -> str:
    """A date or a span of dates."""
    start, end = date.start or "", date.end or ""
    return start if end in ("", start) else f"{start}/{end}"


def record_page(shown: Shown) -> RenderableType:
    """One record: its codes, its words where they stand, the chain that brought them, what hangs on it."""
    row, context = shown.row, shown.context
    codes = " · ".join(x for x in (row.kind, row.type, row.stance, row.status, row.issue, row.form) if x)
    words = Text.assemble(printable(context.before), (printable(context.words), SAID), printable(context.after))
    facts = [
        ("who", "; ".join(row.actor)),
        ("about", "; ".join(row.about)),
        ("date", f"{row.date or 'unknown'} (from the {row.date_basis})" if row.date_basis != "none" else "unknown"),
        ("chain", " ← ".join(f"{relay.name} ({relay.role})" for relay in shown.chain)),
        ("report", _heading_of(shown)),
        ("words at", f"{row.start}–{row.end} of {row.document_id}"),
        ("confidence", f"{row.confidence:.2f}, by {row.extractor or 'unknown'}"),
    ]
    lines = [Text.assemble((f"{label:<11}", "dim"), printable(value)) for label, value in facts if value]
    parts: list[RenderableType] = [Rule(Text(f"{codes} · {row.id}")), *lines, Text(), words, Text()]
    columns = ("kind", "actor", "type", "stance", "about", "words", "id")
    for title, rows in (("Said inside", shown.statements), ("Shown by it", shown.shown)):
        if rows:
            parts += [table([r.flat() for r in rows], columns, title), Text()]
    return Group(*parts)


def _heading_of(shown: Shown) -> str:
    d = shown.document
    return " · ".join(str(x) for x in (d.title, d.publisher, d.published, d.url) if x)
