"""The tagger between text and merging: what it makes of a network's scores; with weights installed, what the whole makes of hostile text."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.extract.statements.tagging import STEPS, analysed, tokenizer

from onrecord import Document, Reader
from onrecord.errors import ModelAbsent
from onrecord.extract.statements.model import Attribution, Tagged, read, row, tagged
from onrecord.extract.statements.windows import TAGS, Window, windows
from onrecord.model import Statement, document_id
from onrecord.reading.encoder import Scores
from onrecord.reading.weights import weights


class FakeEncoder:
    """Scores by piece: ``tags`` says which word pieces get which tag, by a wide margin; links go to the first cue and source of the row."""

    def __init__(self, tags: Mapping[str, str]) -> None:
        self.tokenizer = tokenizer()
        self.tags = {self.tokenizer.token_to_id(piece): TAGS.index(tag) for piece, tag in tags.items()}
        self.seen: list[Mapping[str, Sequence[int]]] = []

    def run(self, rows: Sequence[Mapping[str, Sequence[int]]]) -> list[Scores]:
        self.seen += rows
        return [self._scores(list(r["input_ids"])) for r in rows]

    def _scores(self, ids: list[int]) -> Scores:
        best = [self.tags.get(i, 0) for i in ids]
        tags = np.zeros((len(ids), len(TAGS)), dtype=np.float32)
        tags[range(len(ids)), best] = 9
        links = np.zeros((2, len(ids), len(ids)), dtype=np.float32)
        for kind, name in enumerate(("B-cue", "B-source")):
            if TAGS.index(name) in best:
                links[kind, :, best.index(TAGS.index(name))] = 9
        return {"tags": tags, "links": links}


TAGGING = {"the": "B-source", "minister": "I-source", "said": "B-cue", "talks": "B-content", "would": "I-content", "resume": "I-content"}
TEXT = "The minister said talks would resume."


def words(text: str, found: Attribution) -> tuple[str | None, str | None, list[str]]:
    source, cue = (text[slice(*part)] if part else None for part in (found.source, found.cue))
    return source, cue, [text[slice(*part)] for part in found.content]


def test_attributions_are_offsets_of_the_text():
    text = f"Talks stalled.\n\n{TEXT} Rain fell."
    found = read(analysed(text), FakeEncoder(TAGGING)).attributions  # type: ignore[arg-type]
    assert [words(text, a) for a in found] == [("The minister", "said", ["Talks", "talks would resume"])]
    assert all(0.9 < a.score <= 1 for a in found)


def test_the_network_gets_pieces_and_what_parse_and_rules_say():
    network = FakeEncoder({})
    analysis = analysed(TEXT)
    assert read(analysis, network).attributions == []  # type: ignore[arg-type]
    (window,) = windows(analysis.blocks, analysis.spoken, tokenizer())
    assert network.seen == [row(window)]
    assert {name: len(values) for name, values in row(window).items()} == dict.fromkeys(("input_ids", "pos", "dependencies", "rules"), len(window))
    assert any(window.rules)


def test_support_is_the_mean_chance_of_the_pieces_of_a_span():
    text = f"{TEXT}\n\n" * 40  # more than one window
    analysis = analysed(text)
    seen = read(analysis, FakeEncoder(TAGGING))  # type: ignore[arg-type]
    assert len(list(windows(analysis.blocks, analysis.spoken, tokenizer()))) > 1
    sure = np.exp(9) / (np.exp(9) + 6)
    small = 2 * (1 - sure) / 6
    for start in (0, 39 * (len(TEXT) + 2)):
        place = {word: (start + TEXT.index(word), start + TEXT.index(word) + len(word)) for word in ("minister", "said", "talks would resume", ".")}
        assert seen.support(place["said"], "cue") == pytest.approx(sure + small / 2, abs=1e-5)
        assert seen.support(place["said"], "content") == pytest.approx(small, abs=1e-5)
        assert seen.support(place["talks would resume"], "content") == pytest.approx(sure + small / 2, abs=1e-5)
        assert seen.support((place["said"][0] + 1, place["said"][1] - 1), "cue") == seen.support(place["said"], "cue"), "a part of a piece counts"
        both = seen.support((place["minister"][0], place["said"][1]), "source")
        assert both == pytest.approx((sure + small / 2 + small) / 2, abs=1e-5)
    assert seen.support((len(TEXT), len(TEXT) + 2), "content") == 0, "between paragraphs"
    assert Tagged().support((0, 10), "cue") == 0, "nothing was read"


def test_bias_finds_more():
    window = Window([2, 9, 9, 3], [(0, 0), (0, 3), (4, 8), (0, 0)], [0] * 4, [0] * 4, [0] * 4)
    tags = np.zeros((4, len(TAGS)), dtype=np.float32)
    tags[:, 0] = 3
    tags[1:3, TAGS.index("B-content")] = [2, 0]
    tags[1:3, TAGS.index("I-content")] = [0, 2]

    class Fixed:
        def run(self, rows: Sequence[object]) -> list[Scores]:
            return [{"tags": tags, "links": np.zeros((2, 4, 4), dtype=np.float32)} for _ in rows]

    assert tagged(Fixed(), [window]).attributions == []  # type: ignore[arg-type]
    (found,) = tagged(Fixed(), [window], 2.0).attributions  # type: ignore[arg-type]
    assert (found.source, found.cue, found.content) == (None, None, ((0, 8),))


# with the weights that are installed


@pytest.fixture(scope="module")
def whole() -> Reader:
    """Read as far as statements, with the tagger."""
    try:
        weights("statements")
    except ModelAbsent:
        pytest.skip("the weights are not installed")
    return Reader(pipeline=(*STEPS, "statements.model", "statements.assembly"))


def statements(reader: Reader, text: str) -> tuple[Statement, ...]:
    published = "2012-03-05"
    return tuple(reader.analyse(Document(id=document_id(text, None, published), text=text, published=published)).statements)


def lies_in(text: str, found: tuple[Statement, ...]) -> None:
    for s in found:
        for span in (s.evidence, s.cue, s.speaker.mention, *s.content):
            assert span is None or text[span.start : span.end] == span.text != ""
        assert 0 <= s.confidence <= 1


def test_reports_are_read_alike_twice(whole: Reader, samples: Path):
    for path in sorted(samples.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = statements(whole, text)
        lies_in(text, found)
        assert found == statements(whole, text)
        assert any(why.by == "model" for s in found for why in s.why)


HOSTILE = {
    "quotation marks": "“" * 100_000 + "”" * 100_000,
    "marks and words": "“It is late,” he said. " * 150,
    "short lines": "He said so.\n\n" * 3_000,
    "no spaces": "talks" * 20_000,
    "one endless sentence": "the minister said that " * 500 + ".",
    "marks of direction and accents": "\u202eThe minister\u0301\u0301 said\u200f that talks would resume.\u202c " * 100,
    "nothing": "",
    "only space": " \n\t\u00a0" * 1_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_in_time(whole: Reader, text: str):
    start = time.process_time()
    found = statements(whole, text)
    assert time.process_time() - start < 30
    lies_in(text, found)
