"""What the event model is given to read: pieces that lie in the text, what rules and lexicon say of them, and no more than it can take."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.extract.events.seeing import analysed, tokenizer

from onrecord.extract.events.inputs import ACTOR, LONGEST, RECIPIENT, RULES, TYPES, Pair, Passage, joined, row
from onrecord.extract.events.pairs import passage_of
from onrecord.reading.encoder import nearest
from onrecord.reading.grammar import DEPENDENCIES, POS

if TYPE_CHECKING:
    from onrecord import Reader
    from onrecord.reading.analysis import Analysis, Offsets

SEQUENCES = ("ids", "offsets", "pos", "dependencies", "lexicon", "rules")


def made(analysis: Analysis, *parties: Offsets) -> Passage:
    """The passage of ``parties``, or of the whole text."""
    found = passage_of(analysis, parties or [(0, len(analysis.document.text))], tokenizer())
    assert found is not None
    return found


def words(passage: Passage, text: str, values: list[int]) -> dict[str, int]:
    """Which values words have, by their first piece; zeros left out."""
    starts = [i for i, (a, b) in enumerate(passage.offsets) if a < b and (a == 0 or not text[a - 1].isalnum())]
    ends = [*starts[1:], len(passage) - 1]
    return {text[passage.offsets[i][0] : passage.offsets[j - 1][1]]: values[i] for i, j in zip(starts, ends, strict=True) if values[i]}


def test_pieces_say_what_the_rules_found(reader: Reader) -> None:
    text = "Kenya condemned Uganda on Monday."
    passage = made(analysed(reader, text))
    accuse = TYPES.index("ACCUSE") + 1
    party = accuse + len(TYPES)
    assert words(passage, text, passage.rules) == {"Kenya": party, "condemned": accuse, "Uganda": party}
    assert words(passage, text, passage.lexicon) == {"condemned": accuse}
    assert party < RULES


def test_a_word_that_tells_outweighs_its_part_in_another_event(reader: Reader) -> None:
    text = "Kenya condemned the attack by Uganda on Chad."
    analysis = analysed(reader, text)
    assert {e.trigger.text for e in analysis.events} == {"condemned", "attack"}
    passage = made(analysis)
    assert words(passage, text, passage.rules)["attack"] == TYPES.index("ASSAULT") + 1


def test_only_the_sentences_of_the_parties_are_read(reader: Reader) -> None:
    text = "Norway slept. Kenya praised Chad. Chad praised Kenya. Norway woke."
    passage = made(analysed(reader, text), (14, 19), (34, 38))
    inner = passage.offsets[1:-1]
    assert text[inner[0][0] : inner[-1][1]] == "Kenya praised Chad. Chad praised Kenya."


def test_a_pair_in_two_paragraphs_has_one_passage(reader: Reader) -> None:
    text = "Kenya spoke first.\n\nSo Uganda answered."
    passage = made(analysed(reader, text), (0, 5), (23, 29))
    begin, end = tokenizer().encode("").ids
    assert (passage.ids[0], passage.ids[-1], passage.ids.count(begin), passage.ids.count(end)) == (begin, end, 1, 1)
    assert {len(getattr(passage, name)) for name in SEQUENCES} == {len(passage)}
    assert [text[a:b] for a, b in passage.offsets if text[a:b].isupper() or text[a:b] == "."] == ["K", ".", "S", "U", "."]
    assert joined([passage]) is passage


def test_roles_and_marks_of_pairs(reader: Reader) -> None:
    text = "Kenya condemned Uganda."
    passage = made(analysed(reader, text))
    one, two = passage.within((0, 5)), passage.within((16, 22))
    inputs = row(passage, [(0, 5), (16, 22)], [(0, 1), (1, 0), (1, None)])
    assert [np.flatnonzero(r == ACTOR).tolist() for r in inputs["roles"]] == [one, two, two]
    assert [np.flatnonzero(r == RECIPIENT).tolist() for r in inputs["roles"]] == [two, one, []]
    assert np.flatnonzero(inputs["marks"]).tolist() == [*one, *two]


def test_a_long_passage_is_read_around_its_parties(reader: Reader) -> None:
    text = "Kenya " + "and the visitors and the visitors " * 25 + "condemned Uganda."
    passage = made(analysed(reader, text))
    assert len(passage) > LONGEST
    parties = [(0, 5), (len(text) - 7, len(text) - 1)]
    inputs = row(passage, parties, [(0, 1)])
    assert {a.shape[-1] for a in inputs.values()} == {LONGEST}
    assert set(inputs["roles"][0].tolist()) == {0, ACTOR, RECIPIENT}
    assert np.count_nonzero(inputs["roles"]) == sum(len(passage.within(p)) for p in parties)


WORDS = ["Kenya", "Uganda", "the minister", "condemned", "attacked", "met", "and", "said", ".", ",", "“No”", "👩\u200d👩\u200d👧", "🇨🇱", "cafe\u0301"]
STRANGE = ["\u0301", "\u200b", "\ufffd", "שלום", "中国", "I\u0307", "x" * 120, "a\u00adb", "…", "1.5"]
GAPS = st.sampled_from([" ", " ", " ", "", "\u00a0", "\n", "\n\n"])
TEXTS = st.lists(st.tuples(st.sampled_from([*WORDS, *WORDS, *STRANGE]), GAPS), min_size=1, max_size=50).map(lambda p: "".join(w + g for w, g in p))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.lists(st.tuples(st.integers(0, 400), st.integers(1, 30)), min_size=1, max_size=4))
@example("Kenya met cafe\u0301 " + "x" * 2_000 + " Uganda", [(0, 5), (10, 5), (2016, 6)])
def test_whatever_the_text_pieces_lie_in_it_and_rows_are_short(reader: Reader, text: str, chosen: list[tuple[int, int]]) -> None:
    analysis = analysed(reader, text)
    parties = [(a % len(text), min(a % len(text) + n, len(text))) for a, n in chosen]
    passage = passage_of(analysis, parties, tokenizer())
    if passage is None:
        return
    assert {len(getattr(passage, name)) for name in SEQUENCES} == {len(passage)}
    assert passage.offsets[0] == passage.offsets[-1] == (0, 0)
    inner = passage.offsets[1:-1]
    assert all(0 <= a <= b <= len(text) for a, b in inner)
    assert all(one[0] <= two[0] for one, two in pairwise([o for o in inner if o[0] < o[1]]))
    for values, most in (
        (passage.pos, len(POS)),
        (passage.dependencies, len(DEPENDENCIES)),
        (passage.lexicon, len(TYPES) + 1),
        (passage.rules, RULES),
    ):
        assert 0 <= min(values) <= max(values) < most
    pairs: list[Pair] = [(a, b) for a in range(len(parties)) for b in (*range(len(parties)), None) if a != b]
    inputs = row(passage, parties, pairs)
    size = min(len(passage), LONGEST)
    assert inputs["roles"].shape == (len(pairs), size)
    assert all(len(inputs[name]) == size for name in inputs if name != "roles")
    marked = [passage.within(p) for p in parties]
    if len({i for pieces in marked for i in pieces}) <= LONGEST - 2:
        assert np.count_nonzero(inputs["marks"]) == len({i for pieces in marked for i in pieces}), "no party is cut away"


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(4, 30))
def test_what_is_cut_is_what_lies_furthest(marked: list[bool], most: int) -> None:
    marks = np.asarray([0, *marked, 0])
    kept = nearest(marks, most).tolist()
    assert kept == sorted(set(kept))
    assert (kept[0], kept[-1], len(kept)) == (0, len(marks) - 1, min(most, len(marks)))
    if any(marked):
        away = [min(abs(i - j) for j in np.flatnonzero(marks)) for i in range(len(marks))]
        left = set(range(len(marks))) - set(kept)
        assert max((away[i] for i in kept[1:-1]), default=0) <= min((away[i] for i in left), default=len(marks))


@pytest.mark.parametrize("marked", [1, 50_000])
def test_pieces_without_number_are_cut_at_once(marked: int) -> None:
    """A line of half a million characters, whatever of it is marked."""
    marks = np.zeros(100_000, dtype=np.int64)
    marks[-marked - 1 : -1] = 1
    kept = nearest(marks, LONGEST)
    assert len(kept) == LONGEST
    assert marks[kept].sum() == min(marked, LONGEST - 2)
