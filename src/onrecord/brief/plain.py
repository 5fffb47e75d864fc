"""A brief as Markdown (CommonMark with tables): the same sentences, the charts as tables. No text of a report can become mark-up of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.brief.parts import Brief, Chart, Entry, Group, Piece, Quotation, Section, Sentence, Source
from onrecord.brief.safe import clean, link
from onrecord.brief.sources import MOST
from onrecord.brief.wording import Wording

_MARKS = re.compile(r"([\\`*_\[\]{}<>&|~#^!$@]|://|(?<=\bwww)\.|(?<=[0-9])[.)](?=\s|$)|^[-+=:])", re.IGNORECASE)
"""What Markdown, or the tables, footnotes and self-made links of its dialects, could take for mark-up."""


def markdown(shown: Brief) -> str:
    """The brief as Markdown text."""
    return "\n".join(_Page(shown).lines()).rstrip() + "\n"


def escaped(text: str) -> str:
    """A text that shows as it is, wherever in a line it stands."""
    return _MARKS.sub(r"\\\1", clean(text))


class _Page:
    """The lines of one brief."""

    def __init__(self, shown: Brief) -> None:
        self.shown = shown
        self.wording = Wording(shown.asked.get("issue"))
        self.words = self.wording.table

    def lines(self) -> Iterator[str]:
        shown, labels, titles = self.shown, self.words["labels"], self.words["sections"]
        yield from (f"# {_said(shown.title)}", "")
        for sentence in shown.question:
            yield from (f"*{_said(sentence)}*", "")
        yield from (f"- **{labels['span']}:** {self._told(shown.span)}", f"- **{labels['basis']}:** {self._told(shown.rests_on)}", "")
        yield from (f"## {titles['key']}", "", *(f"- {self._told(sentence)}" for sentence in shown.key_points), "")
        for section in shown.sections:
            yield from self._section(section)
        yield from (f"## {titles['sources']}", "", labels["sources"], "")
        for source in shown.sources:
            yield from self._source(source)
        yield from ("", f"## {titles['method']}", "")
        for sentence in shown.method:
            yield from (self._told(sentence), "")
        if shown.left_out:
            yield from (f"### {labels['left_out']}", "", *(f"- {self._told(sentence)}" for sentence in shown.left_out), "")

    def _section(self, section: Section) -> Iterator[str]:
        yield from (f"## {section.title}", "")
        for sentence in (*section.sentences, *([section.nothing] if section.nothing else [])):
            yield from (self._told(sentence), "")
        for group in section.groups:
            yield from self._group(group)
        for chart in section.charts:
            yield from self._chart(chart)

    def _group(self, group: Group) -> Iterator[str]:
        if group.heading:
            yield from (f"### {_said(group.heading)}", "")
        if group.left_out:
            yield from (f"*{_said(group.left_out)}*", "")
        for entry in group.entries:
            yield from self._entry(entry)
        yield ""

    def _entry(self, entry: Entry) -> Iterator[str]:
        indent = "  " * entry.depth
        when = f"{_said(entry.when)}: " if entry.when else ""
        cites = "" if entry.quotations else self._references(entry.head)
        yield f"{indent}- {when}**{_said(entry.head)}**{cites}  "
        for quotation in entry.quotations:
            yield f"{indent}  {_said(quotation.words)}  "
            yield f"{indent}  — {_said(quotation.by)}{self._address(quotation)}{self._references(quotation.by)}  "
        for note in entry.notes:
            yield f"{indent}  {self._told(note)}  "

    def _address(self, quotation: Quotation) -> str:
        address = link(quotation.url)
        return f" ([{self.words['labels']['report']}](<{address}>))" if address else ""

    def _chart(self, chart: Chart) -> Iterator[str]:
        yield from (f"**{_said(chart.title)}.** {self._told(chart.alt)}" + (f" {_said(chart.left_out)}" if chart.left_out else ""), "")
        yield f"| {' | '.join(chart.columns)} |"
        yield f"|{' --- |' * (len(chart.columns) - 1)} ---: |"
        for p in chart.points:
            middle = [escaped(self.wording.dated(p.day or "")), self.words["sides"][p.side]] if chart.kind == "strips" else []
            yield f"| {' | '.join((escaped(p.label), *middle, str(p.count)))} |"
        yield ""

    def _source(self, source: Source) -> Iterator[str]:
        labels, address = self.words["labels"], link(source.url)
        title = escaped(source.title) if source.title else f"{labels['untitled']}{escaped(source.begins)} …"
        facts = [
            escaped(source.publisher or labels["no_publisher"]),
            escaped(self.wording.dated(source.published)) if source.published else "",
            f"{labels['credits']} {escaped(', '.join(source.credits))}" if source.credits else "",
            f"[{labels['report']}](<{address}>)" if address else "",
            f"`{source.document_id}`",
        ]
        yield f"{source.number}. **{title}**: {'; '.join(fact for fact in facts if fact)}"
        for c in source.cited:
            via = f", {labels['via']} {escaped(', '.join(c.via))}" if c.via else ""
            sure = f"{labels['confidence']} {c.confidence:.2f}"
            yield f"    - {c.mark}: “{escaped(c.words)}” ({c.kind}, {c.start}–{c.end}{via}, {sure}, `{c.record_id}`)"

    def _told(self, sentence: Sentence) -> str:
        return _said(sentence) + self._references(sentence)

    def _references(self, sentence: Sentence) -> str:
        known = [self.shown.marks[i] for i in sentence.ids[:MOST] if i in self.shown.marks]
        more = f" +{len(sentence.ids) - MOST}" if len(sentence.ids) > MOST else ""
        return f" \\[{' '.join(known)}{more}\\]" if known else ""


def _said(sentence: Sentence) -> str:
    return "".join(_piece(piece) for piece in sentence.pieces)


def _piece(piece: Piece) -> str:
    return piece.text if piece.kind == "plain" else escaped(piece.text)
