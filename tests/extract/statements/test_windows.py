"""What the tagger is given to read: pieces that lie in the text, windows that hold whole paragraphs, the rules' findings on every piece."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.extract.statements.tagging import analysed, tokenizer

from onrecord.extract.statements.windows import LONGEST, RULES, Window, windows
from onrecord.reading.analysis import Analysis
from onrecord.reading.grammar import DEPENDENCIES, POS

SAID = "The minister said that talks would resume. “It is late,” said the envoy."


def made(analysis: Analysis) -> list[Window]:
    return list(windows(analysis.blocks, analysis.spoken, tokenizer()))


def real(found: list[Window]) -> list[tuple[int, int, int]]:
    """Offsets and state of every piece that is no mark."""
    return [(a, b, rule) for w in found for (a, b), rule in zip(w.offsets, w.rules, strict=True) if a < b]


def holds(text: str) -> list[Window]:
    """The windows of ``text``, once they are what windows must be."""
    analysis = analysed(text)
    found = made(analysis)
    document = analysis.document.text
    begin, end = tokenizer().encode("").ids
    for w in found:
        assert 3 <= len(w) <= LONGEST
        assert {len(w.ids), len(w.offsets), len(w.pos), len(w.dependencies), len(w.rules)} == {len(w)}
        assert (w.ids[0], w.ids[-1], w.ids.count(begin)) == (begin, end, 1)
        assert all((a == b) == (i in (begin, end)) for i, (a, b) in zip(w.ids, w.offsets, strict=True))
        assert max(w.pos) < len(POS)
        assert max(w.dependencies) < len(DEPENDENCIES)
        assert max(w.rules) < RULES
    pieces = real(found)
    assert all(0 <= a < b <= len(document) for a, b, _ in pieces)
    assert all(one <= two and (b <= two or (one, b) == (two, d)) for (one, b, _), (two, d, _) in pairwise(pieces)), "in order, never crossing"
    covered = {i for a, b, _ in pieces for i in range(a, b)}
    left = {i for block in analysis.blocks for i in range(block.offset, block.offset + len(block.text))} - covered
    dropped = {i for i in left if document[i].isspace() or unicodedata.category(document[i])[0] in "CM" or document[i] == "\ufffd"}
    assert left == dropped, "the tokenizer drops space, controls, loose accents and the sign for a broken character, nothing else"
    return found


def test_states_of_pieces_are_the_spans_of_the_rules():
    analysis = analysed(SAID)
    pieces = real(made(analysis))
    for place, wanted in enumerate(
        (
            [part.text for s in analysis.spoken for part in s.content],
            [s.cue.text for s in analysis.spoken if s.cue],
            [s.speaker.mention.text for s in analysis.spoken if s.speaker.mention],
        )
    ):
        found: list[tuple[int, int]] = []
        for a, b, rule in pieces:
            state = rule // 3**place % 3
            if state == 1:
                found.append((a, b))
            elif state == 2:
                found[-1] = (found[-1][0], b)
        assert sorted(analysis.document.text[a:b] for a, b in found) == sorted(wanted)
        assert len(wanted) == 2


def test_statements_within_statements_are_not_shown():
    analysis = analysed("The envoy said that the minister denied that talks would resume.")
    inner = [s for s in analysis.spoken if s.parent is not None]
    assert inner
    assert inner[0].cue is not None
    cues = [analysis.document.text[a:b] for a, b, rule in real(made(analysis)) if rule // 3 % 3]
    assert "".join(cues) == "said"


@pytest.mark.parametrize(
    ("text", "pieces", "many"),
    [
        ("", 0, 0),
        (" \n\n ", 0, 0),
        ("Talks.\n\nThe minister said talks would resume.", 9, 1),
        ("\n\n".join(["The minister said that talks would resume and that talks would resume."] * 40), 520, 3),
    ],
    ids=["empty", "blank", "two paragraphs share a window", "windows end between paragraphs"],
)
def test_how_many_windows(text: str, pieces: int, many: int):
    found = holds(text)
    assert (len(real(found)), len(found)) == (pieces, many)


def test_a_window_ends_between_paragraphs():
    sep = tokenizer().token_to_id("[SEP]")
    text = "\n\n".join(["The minister said that talks would resume and that talks would resume."] * 40)
    assert [sum(i == sep for i in w.ids) for w in holds(text)] == [15, 15, 10]


def test_a_long_paragraph_is_cut_behind_a_sentence():
    text = " ".join(["The minister said that the talks would resume."] * 90)
    found = holds(text)
    assert len(found) == 4
    assert all(text[w.offsets[-2][1] - 1] == "." for w in found)


def test_a_sentence_longer_than_a_window_is_cut_all_the_same():
    found = holds("The minister said that talks would resume " + "and that talks would resume " * 200 + ".")
    assert len(found) == 5
    assert len(found[0]) == LONGEST


def test_accents_that_are_characters_of_their_own_stay_with_their_word():
    text = "The minister said that the cafe\u0301 would resume."
    assert any(text[a:b].endswith("e\u0301") for a, b, _ in real(holds(text)))


PLAIN = ["The", "minister", "said", "that", "talks", "would", "resume", "“", "”", '"', "'", "(", ")", ".", ",", "…", "—", "1.5", "don't", "cannot"]
STRANGE = ["👩\u200d👩\u200d👧", "🇨🇱", "cafe\u0301", "שלום", "\u200fمرحبا\u200e", "한국", "中国", "nai\u0308ve", "a\u00adb", "\ufffd", "ﬁn"]
BARE = ["I\u0307", "ß", "x" * 120, "\u0301", "\u200b", "Übergröße"]
WORDS = st.sampled_from([*PLAIN, *STRANGE, *BARE])
GAPS = st.sampled_from([" ", " ", " ", "  ", "\u00a0", "\u2009", "\t", "\n", "\n\n", ""])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(WORDS, GAPS), max_size=40))
@example([("“", ""), ("The", " "), ("minister", "\n\n"), ("“", ""), ("said", " ")])
@example([("I\u0307", ""), ("\u0301", "\n\n"), ("\u0301", "")])
def test_whatever_the_text_every_piece_lies_in_it(parts: list[tuple[str, str]]):
    holds("".join(word + gap for word, gap in parts))
