"""When: the date of whatever a token tells, from the time expressions of its sentence, the dateline or the day of publication."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from onrecord.languages import language
from onrecord.model import RecordDate, TimeExpression
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.component import Step, component
from onrecord.reading.expressions import expressions

_APART = ("after", "before", "since", "until", "till", "following")
_LIGHT = ("dobj", "pobj", "nsubj", "nsubjpass", "attr", "prep")


@component("times.en", requires=["parse"], assigns=["times"])
def times() -> Step:
    """Tag the time expressions of datelines and prose."""

    def step(analysis: Analysis) -> None:
        analysis.times.extend(expressions(analysis.document, analysis.paragraphs))

    return step


def record_date(analysis: Analysis, block: Block, token: Token) -> RecordDate:
    """The date of what ``token`` tells: the time expression of its clause, else the publication date, else that of the dateline, else none.

    An expression belongs to a verb when that verb is the first one above it; a noun takes the time inside its own phrase, or that of the verb
    it completes ("held talks on Monday"). Where the text names a time that has no dates ("some years ago"), there is none.
    """
    times = _Times(analysis, block)
    found = times.of(token)
    if found is not None:
        return times.date(*found)
    published = analysis.document.published
    if published:
        return RecordDate(published[:10], published[:10], "day", "publication")
    filed = _filed(analysis)
    return RecordDate(filed.start, filed.end, precision(filed), "text", filed.span) if filed is not None else RecordDate()


def _filed(analysis: Analysis) -> TimeExpression | None:
    """The date of the first dateline that has one."""
    for start, end in (p.dateline.date for p in analysis.paragraphs if p.dateline is not None and p.dateline.date is not None):
        return next((t for t in analysis.times if start <= t.span.start < end), None)
    return None


def precision(time: TimeExpression) -> str:
    """How exact an expression is: day, month, year or period."""
    if time.start is not None and time.start == time.end:
        return "month" if len(time.start) == len("--07") else "day"
    if not time.value.replace("-", "").isdigit():
        return "period"  # a quarter, a week
    return {4: "year", 7: "month"}.get(len(time.value), "period")


class _Times:
    """The time expressions of one block with their head words."""

    def __init__(self, analysis: Analysis, block: Block) -> None:
        self.analysis, self.block = analysis, block
        self.all = [t for t in analysis.times_in(block.index) if t.type in ("DATE", "TIME")]
        self.roots = [self._root(t) for t in self.all]

    def _root(self, time: TimeExpression) -> Token | None:
        if time.span.start < self.block.offset or time.span.end > self.block.offset + len(self.block.text):
            return None  # a dateline's
        tokens = self.block.doc.char_span(time.span.start - self.block.offset, time.span.end - self.block.offset, alignment_mode="expand")
        return tokens.root if tokens is not None and len(tokens) else None

    def own(self, token: Token) -> tuple[TimeExpression, Token] | None:
        """The most exact expression governed by ``token``, with its head word."""
        mine = [(t, r) for t, r in zip(self.all, self.roots, strict=True) if r is not None and _dates(t) and _governor(r, token)]
        return min(mine, key=lambda found: _length(found[0]), default=None)

    def of(self, token: Token) -> tuple[TimeExpression, Token] | None:
        """The expression that dates ``token``: its own, or that of the clause it shares."""
        found = self.own(token)
        if found is not None:
            return found
        if token.pos_ in ("NOUN", "PROPN"):
            return self._of_noun(token)
        return self._of_verb(token)

    def _of_noun(self, noun: Token) -> tuple[TimeExpression, Token] | None:
        """Read "talks held on Monday" and "held talks on Monday"."""
        for child in noun.children:
            if child.dep_ == "acl" and child.tag_ == "VBN" and (found := self.own(child)) is not None:
                return found
        head = noun.head
        while head.dep_ == "prep" and head.lower_ not in _APART:
            head = head.head
        if noun.dep_ not in _LIGHT or head.pos_ not in ("VERB", "AUX"):
            return None
        return self.own(head) or self._of_verb(head)

    def _of_verb(self, verb: Token) -> tuple[TimeExpression, Token] | None:
        """A verb shares the time of the clause it is joined to, of what it is told since, or of the occasion it belongs to."""
        head = verb.head if verb.head.pos_ in ("VERB", "AUX") else None
        if verb.dep_ == "conj" and head is not None:
            found = self.own(head)
            return found if found is not None and found[1].i < head.i else None
        if verb.dep_ in ("advcl", "relcl") and any(c.dep_ == "advmod" and c.lower_ == "when" for c in verb.children):
            found = next(((t, r) for t, r in zip(self.all, self.roots, strict=True) if r is not None and r.i == verb.head.i), None)
            found = found or (self.own(head) if head is not None else None)
            return found if found is not None and found[1].i < verb.i else None
        if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not any(c.dep_ in ("mark", "prep") for c in verb.children if c.i < verb.i):
            return self.own(head) if head is not None and verb.i > head.i else None
        if verb.dep_ == "xcomp" and head is not None and head.lemma_ in _words()["phases"]:
            return self.own(head)
        return self._of_child(verb)

    def _of_child(self, verb: Token) -> tuple[TimeExpression, Token] | None:
        """The time inside a part of the clause: "since independence in 1947", "speaking on Tuesday", "the 1998 bombing killed"."""
        words = _words()
        for child in verb.children:
            if child.lower_ == "since" and child.dep_ in ("prep", "mark"):
                low, high = child.i, child.right_edge.i
                return next(
                    ((t, r) for t, r in zip(self.all, self.roots, strict=True) if r is not None and t.start is not None and low < r.i <= high), None
                )
            subject = child.dep_ == "nsubj"
            for clause in (child, *child.children) if subject else (child,):
                if clause.dep_ in ("advcl", "acl") and clause.tag_ == "VBG" and clause.lemma_ in words["occasions"]:
                    return self.own(clause)
            if subject and verb.lemma_ in words["results"]:
                return self.own(child)
        return None

    def date(self, time: TimeExpression, root: Token) -> RecordDate:
        """The dates of an expression, with the other end of its interval where it has one."""
        if time.start is None:
            return RecordDate(span=time.span)
        other = self._interval(time)
        if other is not None and other.end is not None:
            first, last = sorted((time, other), key=lambda t: t.span.start)
            if first.start is not None and last.end is not None and first.start <= last.end:
                return RecordDate(first.start, last.end, "period", "text", first.span)
        published = (self.analysis.document.published or "")[:10]
        before = root if root.dep_ == "prep" else root.head
        since = before.lower_ == "since" or any(above.lower_ == "since" for above in root.ancestors if above.dep_ == "prep")
        if since and time.start < published:
            return RecordDate(time.start, published, "period", "text", time.span)
        if before.lower_ in ("until", "till") and time.end is not None and "" < published <= time.end:
            return RecordDate(published, time.end, "period", "text", time.span)
        return RecordDate(time.start, time.end, precision(time), "text", time.span)

    def _interval(self, time: TimeExpression) -> TimeExpression | None:
        """The neighbour that is the other end of the same interval ("from May 3 to 7", "between 1999 and 2003", "Nov. 18 and 19")."""
        at = self.all.index(time)
        for i, j in ((at, at + 1), (at - 1, at)):
            if i < 0 or j >= len(self.all):
                continue
            first, last = self.all[i], self.all[j]
            text = self.analysis.document.text
            gap, before = text[first.span.end : last.span.start], text[max(0, first.span.start - 20) : first.span.start]
            days = precision(first) == precision(last) == "day"
            if _TO.fullmatch(gap) or (_AND.fullmatch(gap) and (_BETWEEN.search(before) or (days and _follows(first, last)))):
                return last if time is first else first
        return None


_TO = re.compile(r"\s{0,3}(?:-|–|—|\bto\b|\bthrough\b|\buntil\b|\btill\b)\s{0,3}(?:the\s)?", re.IGNORECASE)
_AND = re.compile(r"\s{1,3}and\s{1,3}(?:the\s)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s{1,3}(?:the\s)?\Z", re.IGNORECASE)


def _follows(first: TimeExpression, last: TimeExpression) -> bool:
    """Is the second day the one after the first?"""
    try:
        return date.fromisoformat(last.start or "") - date.fromisoformat(first.start or "") == timedelta(days=1)
    except ValueError:
        return False


def _dates(time: TimeExpression) -> bool:
    """Does an expression date what it belongs to? "Now" and "recently" leave it to the publication date; "years ago" says that nobody knows."""
    return time.start is not None or not time.value.endswith("_REF") or time.span.text.lower().endswith((" ago", " later", " earlier"))


def _length(time: TimeExpression) -> float:
    if time.start is None or time.end is None:
        return float("inf")
    if time.start.startswith("-"):
        return 0 if time.start == time.end else 31
    return (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days


def _words() -> Mapping[str, Sequence[str]]:
    words: Mapping[str, Sequence[str]] = language("en").table("calendar")["sharing"]
    return words


def _governor(root: Token, token: Token) -> bool:
    """True if ``token`` is the first verb above ``root``, or a noun above it with no verb between.

    "The summit of 1998" and "the 1998 summit" keep their date to themselves, and so does what comes before or after ("a month after their meeting
    on May 16") and what it is the first time since or is meant for ("aid for 2007", unlike "set for Friday"); "held talks on Monday" shares
    it with its verb.
    """
    below = root
    for above in root.ancestors:
        since = below.dep_ == "prep" and below.lower_ == "since" and above.pos_ not in ("VERB", "AUX")
        meant = below.dep_ == "prep" and below.lower_ == "for" and above.lemma_ not in _words()["fixed"]
        if since or meant:
            return False
        if above.i == token.i:
            return True
        kept = below.dep_ in ("compound", "amod", "nmod", "poss", "nummod") or (below.dep_ == "prep" and below.lower_ in ("of", "from"))
        other = above.dep_ in ("prep", "mark") and above.lower_ in _APART and below.i != root.i
        if above.pos_ in ("VERB", "AUX") or (above.pos_ in ("NOUN", "PROPN") and kept) or other:
            return False
        below = above
    return root.i == token.i
