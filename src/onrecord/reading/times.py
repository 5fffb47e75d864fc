"""When: the time expressions of a document, and the date of whatever a token tells.

The day a report speaks from is its publication date. Where it has none, what the text says of it is used: "just over a month after … May 16"
bounds the day, and "the 4th" is placed in those bounds; the year stays missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from onrecord.languages import language
from onrecord.model import Document, RecordDate, Span, TimeExpression
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.component import Step, component
from onrecord.reading.timex import Story, tag
from onrecord.reading.timex.calendar import shift
from onrecord.text.layout import Layout
from onrecord.text.paragraphs import paragraphs

_AFTER = re.compile(r"(?P<mod>just over|more than|over|about|nearly|almost|less than|just under)?\s*(?P<count>a|one|two|three|four|five|six|\d{1,3})"
                    r"\s+(?P<unit>day|week|month)s?(?P<half> and a half)?\s+after\b(?P<rest>[^.;]{0,120})", re.IGNORECASE)  # fmt: skip
_COUNT = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_APART = ("after", "before", "since", "until", "till", "following")
_LIGHT = ("dobj", "pobj", "nsubj", "nsubjpass", "attr", "prep")


@component("times.en", requires=["parse"], assigns=["times"])
def times() -> Step:
    """Tag every block's time expressions."""

    def step(analysis: Analysis) -> None:
        analysis.times.extend(_expressions(analysis.document, [(b.offset, b.text) for b in analysis.blocks]))

    return step


def expressions(document: Document) -> tuple[TimeExpression, ...]:
    """The time expressions of a document's prose, without its parse: what the component ``times.en`` finds."""
    layout = Layout.of(language("en").table("layout"))
    prose = [p for p in paragraphs(document.text, layout) if p.kind == "prose"]
    return tuple(_expressions(document, [(p.body, document.text[p.body : p.end]) for p in prose]))


def _expressions(document: Document, texts: Sequence[tuple[int, str]]) -> Iterator[TimeExpression]:
    """The time expressions of paragraphs, each with its offset in the document."""
    story = _story(document, [text for _, text in texts])
    for offset, text in texts:
        for found in tag(text, story):
            v, start, end = found.value, offset + found.start, offset + found.end
            yield TimeExpression(Span.of(document.text, start, end), v.type, v.value, v.start, v.end)  # type: ignore[arg-type]


def _story(document: Document, texts: Sequence[str]) -> Story:
    if not document.published:
        return Story.of(None, texts, _window(texts))
    try:
        return Story.of(date.fromisoformat(document.published[:10]), texts)
    except ValueError:
        return Story.of(None, texts)


def _window(texts: Sequence[str]) -> tuple[date, date] | None:
    """What an undated text says of its own day: "just over a month after their meeting on May 16" puts it between June 16 and July 15.

    The year is a stand-in (2000): only month and day of the bounds mean anything.
    """
    for text in texts:
        match = _AFTER.search(text)
        if match is None:
            continue
        found = tag(match["rest"], Story.of(date(2000, 12, 31)))
        days = [f.value.start for f in found if f.value.unit == "D" and f.value.start]
        unit = {"day": "D", "week": "W", "month": "M"}[match["unit"].lower()]
        count = _COUNT.get(match["count"].lower()) or int(match["count"])
        start = shift(date.fromisoformat(days[0]), count, unit) if days else None
        end = shift(date.fromisoformat(days[0]), count + 1, unit) if days else None
        if start and end:
            return start, end - timedelta(days=1)
    return None


def record_date(analysis: Analysis, block: Block, token: Token) -> RecordDate:
    """The date of what ``token`` tells: the time expression of its clause, else the publication date, else none.

    An expression belongs to a verb when that verb is the first one above it; a noun takes the time inside its own phrase, or that of the verb
    it completes ("held talks on Monday").
    """
    best = _own_time(analysis, block, token)
    if best is None and token.dep_ in _LIGHT:
        head = token.head
        while head.dep_ == "prep":
            head = head.head
        best = _own_time(analysis, block, head) if head.pos_ in ("VERB", "AUX") else None
    if best is not None:
        return RecordDate(best.start, best.end, precision(best), "text", best.span)
    published = analysis.document.published
    if published:
        return RecordDate(published[:10], published[:10], "day", "publication")
    return RecordDate()


def precision(time: TimeExpression) -> str:
    """How exact an expression is: day, month, year or period."""
    if time.start is not None and time.start == time.end:
        return "month" if len(time.start) == len("--07") else "day"
    if not time.value.replace("-", "").isdigit():
        return "period"  # a quarter, a week
    return {4: "year", 7: "month"}.get(len(time.value), "period")


def _own_time(analysis: Analysis, block: Block, token: Token) -> TimeExpression | None:
    for time in analysis.times_in(block.index):
        if time.type not in ("DATE", "TIME") or time.start is None:
            continue
        tokens = block.doc.char_span(time.span.start - block.offset, time.span.end - block.offset, alignment_mode="expand")
        if tokens is not None and len(tokens) and _governor(tokens.root, token):
            return time
    return None


def _governor(root: Token, token: Token) -> bool:
    """True if ``token`` is the first verb above ``root``, or a noun above it with no verb between.

    "The summit of 1998" and "the 1998 summit" keep their date to themselves, and so does what comes before or after ("a month after their meeting
    on May 16"); "held talks on Monday" shares it with its verb.
    """
    below = root
    for above in root.ancestors:
        if above.i == token.i:
            return True
        kept = below.dep_ in ("compound", "amod", "nmod", "poss", "nummod") or (below.dep_ == "prep" and below.lower_ in ("of", "from", "since"))
        other = above.dep_ in ("prep", "mark") and above.lower_ in _APART and below.i != root.i
        if above.pos_ in ("VERB", "AUX") or (above.pos_ in ("NOUN", "PROPN") and kept) or other:
            return False
        below = above
    return root.i == token.i
