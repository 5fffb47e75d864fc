"""Briefs: what a store has on an issue or an actor as one document, every sentence with the records it rests on. Reads stores, never texts.

::

    from onrecord.brief import brief, html, markdown
    from onrecord.query import Filter

    found = brief(view, Filter(issue="taiwan-status", since="2031"))
    for section in found.sections:
        print(section.title, [sentence.text for sentence in section.sentences])
    page = html(found)

The value knows no format; ``html`` and ``markdown`` show it.
"""

from onrecord.brief.assembly import brief
from onrecord.brief.facts import FIELDS
from onrecord.brief.page import html
from onrecord.brief.parts import Brief, Chart, Cited, Entry, Group, Piece, Point, Quotation, Section, Sentence, Source
from onrecord.brief.plain import markdown

__all__ = [
    "FIELDS", "Brief", "Chart", "Cited", "Entry", "Group", "Piece", "Point", "Quotation", "Section", "Sentence", "Source",
    "brief", "html", "markdown",
]  # fmt: skip
