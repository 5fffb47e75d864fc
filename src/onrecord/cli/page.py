"""Pages for a terminal: a report with its records marked in colour and listed below, and one record with all that explains it.

Shows; decides nothing. Text from outside never reaches the terminal with its control characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.across.joined import SAME_EVENT, Joined
from onrecord.cli.tables import printable, table
from onrecord.codebook.recoding import PREFIX
from onrecord.model import Document, Reading, Span
from onrecord.query import Shown
from onrecord.query.coding import NOT_TAKEN, Coding
from onrecord.query.headings import heading
from onrecord.query.rows import EventRow, event_row, position_row, relation_row, statement_row
from onrecord.query.show import Ground

SAID, CUE, DID, STANDS = "cyan", "bold cyan", "bold yellow", "underline"
MAX_TEXT = 20_000
"""How much of a report is shown in colour, in code points; the tables below it cover all of it."""


def page(reading: Reading, width: int, *, why: bool = False) -> RenderableType:
    """The report and its records, at most ``width`` characters wide; with ``why``, on what grounds each was made."""
    parts: list[RenderableType] = [Rule(Text(_heading(reading.document))), coloured(reading), Text()]
    d = reading.document
    for title, columns, rows in (
        ("Who said what", ("speaker", "cue", "content", "via", "id"), [statement_row(s, d) for s in reading.statements]),
        ("Who stands where", ("holder", "stance", "target", "words", "via", "id"), [position_row(p, d) for p in reading.positions]),
        ("Who did what to whom", ("date", "actors", "type", "recipients", "status", "words", "id"), list(_happenings(reading))),
        ("What holds between whom", ("subject", "type", "object", "detail", "since", "until", "id"), [relation_row(r, d) for r in reading.relations]),
    ):
        if rows:
            parts += [table([row.shown() for row in rows], (*columns[:-1], "why", "id") if why else columns, title, width), Text()]
    parts += [Text(f"{p.code}: {printable(p.message)} ({printable(p.where)})", style="red") for p in reading.issues_log]
    return Group(*parts)


def _happenings(reading: Reading) -> Iterator[EventRow]:
    """A row for each happening."""
    same, events, told = Joined(reading.links, SAME_EVENT), {e.id: e for e in reading.events}, set()
    for event in reading.events:
        if (first := same.first(event.id)) not in told:
            told.add(first)
            others = sorted((events[other] for other in same.others(event.id)), key=lambda e: e.trigger.start)
            yield event_row(event, reading.document, others)


def coloured(reading: Reading) -> Text:
    """The report's text with statements, cues, events and positions marked."""
    text = Text(printable(reading.document.text[:MAX_TEXT]))
    for s in reading.statements:
        _mark(text, s.content, SAID)
        _mark(text, (s.cue,), CUE)
    for p in reading.positions:
        _mark(text, (p.target.span,), STANDS)
    for e in reading.events:
        _mark(text, (e.trigger,), DID)
    legend = Text.assemble("\n\n", ("words", SAID), "  ", ("cue", CUE), "  ", ("act", DID), "  ", ("what a position is about", STANDS))
    return text.append_text(legend)


def _mark(text: Text, spans: Iterable[Span | None], style: str) -> None:
    for span in spans:
        if span is not None:
            text.stylize(style, span.start, span.end)


def _heading(d: Document) -> str:
    return printable(" · ".join(x for x in (heading(d), d.publisher, d.published, d.url) if x))


def record_page(shown: Shown, width: int, *, why: bool = False) -> RenderableType:
    """One record: its codes, its words where they stand, the chain that brought them, what hangs on it; with ``why``, the grounds it was made on."""
    row, context = shown.row, shown.context
    codes = " · ".join(x for x in (row.kind, row.type, row.stance, row.status, row.issue, row.form) if x)
    words = Text.assemble(printable(context.before), (printable(context.words), SAID), printable(context.after))
    facts = [
        ("who", "; ".join(row.actor)),
        ("about", "; ".join(row.about)),
        ("date", f"{row.date or 'unknown'} (from the {row.date_basis})" if row.date_basis != "none" else "unknown"),
        ("chain", " ← ".join(f"{relay.name} ({relay.role})" for relay in shown.chain)),
        ("report", _heading(shown.document)),
        ("words at", f"{row.start}–{row.end} of {row.document_id}"),
        ("confidence", f"{row.confidence:.2f}, by {row.extractor or 'unknown'}"),
    ]
    facts += [*_coding(shown.coding), *_grounds(shown), *_linked(shown)] if why else []
    lines = Table.grid(padding=(0, 1))
    for label, value in facts:
        if value:
            lines.add_row(Text(label, style="dim", no_wrap=True), Text(printable(value)))
    parts: list[RenderableType] = [Rule(Text(f"{codes} · {row.id}")), lines, Text(), words, Text()]
    columns = ("kind", "actor", "type", "stance", "about", "words", "id")
    for title, rows in (
        ("Said inside", shown.statements),
        ("Shown by it", shown.shown),
        ("The same in other words", shown.mentions),
        ("It answers", shown.answers),
        ("It is answered by", shown.answered),
    ):
        if rows:
            parts += [table([r.flat() for r in rows], columns, title, width), Text()]
    return Group(*parts)


def _grounds(shown: Shown) -> list[tuple[str, str]]:
    """A line for each ground, of the record itself and of what it hangs on."""
    if not shown.why:
        return [("why", "not kept when this was read; add the report to a new store")]
    told = [g for g in shown.why if shown.coding is None or g.record_id != shown.record.id or not _coded(g)]
    return [("why", g.meaning + (f" (the {g.kind} {g.record_id[:8]} it hangs on)" if g.record_id != shown.record.id else "")) for g in told]


def _linked(shown: Shown) -> list[tuple[str, str]]:
    """A line for each link of the record with another that tells of the same happening."""
    found = [link for link in shown.links if link.type == "same-event" and shown.record.id in (link.left, link.right)]
    lines = []
    for link in found:
        other = link.right if link.left == shown.record.id else link.left
        withdrawn = f", withdrawn {link.withdrawn_at}" if link.withdrawn_at else ""
        lines.append(("linked", f"with {other:.8}, {link.judgement}: {link.detail} ({link.score:.2f}, by {link.by}){withdrawn}"))
    return lines


def _coded(ground: Ground) -> bool:
    """True for a ground that the lines about an event's code tell better."""
    return NOT_TAKEN in ground.name or ground.name.startswith(PREFIX)


def _coding(coding: Coding | None) -> list[tuple[str, str]]:
    """How an event came to its code, a line each: predicate, the way to each party, the codebook's rules, runners-up."""
    if coding is None:
        return []
    lines = [("predicate", coding.predicate)]
    lines += [(way.role, f"{way.party}: {way.words or 'named or meant elsewhere, outside this sentence'}") for way in coding.ways]
    lines += [(rule.kind, f"{rule.code} · {rule.definition} ({rule.source})") for rule in coding.rules]
    scored = [f"{r.type} {r.score:.2f}" for r in coding.runners_up if r.score is not None]
    named = [r.type for r in coding.runners_up if r.score is None]
    lines += [("not taken", ", ".join(scored) + " (probability, by the model)")] if scored else []
    lines += [("not taken", ", ".join(named) + " (which the word may mean too; what stands around it decided)")] if named else []
    return lines
