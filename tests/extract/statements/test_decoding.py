"""From scores to spans and links: what may follow what, and which cue and source a content takes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.statements.tagging import window_of

from onrecord.extract.statements.decoding import Attributed, Floats, Found, attributions, best_path, probabilities, spans
from onrecord.extract.statements.windows import TAGS

SCORES = st.tuples(st.integers(3, 40), st.integers(0, 2**32 - 1), st.sampled_from([0.3, 1.0, 3.0, 12.0]))


def drawn(length: int, seed: int, spread: float) -> Floats:
    return np.random.default_rng(seed).normal(0, spread, (length, len(TAGS))).astype(np.float32)


def permitted(path: list[int]) -> bool:
    before = "O"
    for tag in map(TAGS.__getitem__, path):
        if tag.startswith("I-") and before[2:] != tag[2:]:
            return False
        before = tag
    return True


def by_hand(scores: Floats) -> float:
    """The value of the best permitted path, by the textbook."""
    here = [float(v) if not TAGS[t].startswith("I-") else -np.inf for t, v in enumerate(scores[0])]
    for row in scores[1:]:
        here = [
            max(v for before, v in enumerate(here) if not TAGS[t].startswith("I-") or TAGS[before][2:] == TAGS[t][2:]) + float(row[t])
            for t in range(len(TAGS))
        ]
    return max(here)


@settings(max_examples=150, deadline=None)
@given(SCORES)
def test_the_best_permitted_path(draw: tuple[int, int, float]):
    scores = np.log(probabilities(drawn(*draw)))
    path = best_path(scores)
    assert permitted(path)
    assert sum(float(scores[i, t]) for i, t in enumerate(path)) == pytest.approx(by_hand(scores), abs=1e-3)


@settings(max_examples=100, deadline=None)
@given(SCORES, st.sets(st.integers(1, 38), max_size=6))
def test_spans_stay_within_their_paragraph_and_never_overlap(draw: tuple[int, int, float], marks: set[int]):
    window = window_of(draw[0], tuple(m for m in marks if m < draw[0]))
    found = spans(window, probabilities(drawn(*draw)))
    pieces = [i for f in found for i in range(f.start, f.end)]
    assert pieces == sorted(set(pieces))
    assert all(window.offsets[i] != (0, 0) for i in pieces)
    assert all(0 <= f.score <= 1 for f in found)


@settings(max_examples=60, deadline=None)
@given(SCORES, st.lists(st.floats(-4, 4), min_size=2, max_size=4))
def test_a_higher_bias_never_finds_less(draw: tuple[int, int, float], biases: list[float]):
    window, chances = window_of(draw[0]), probabilities(drawn(*draw))
    sizes = [sum(f.end - f.start for f in spans(window, chances, bias)) for bias in sorted(biases)]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize(
    ("best", "wanted"),
    [
        ("O O O O", []),
        ("O B-cue I-cue O", [("cue", 1, 3)]),
        ("O B-cue B-cue O", [("cue", 1, 2), ("cue", 2, 3)]),
        ("O B-source B-cue B-content I-content O", [("source", 1, 2), ("cue", 2, 3), ("content", 3, 5)]),
        ("O I-cue I-cue O", [("cue", 1, 3)]),
        ("O B-source I-content I-content O", [("source", 1, 2), ("content", 2, 4)]),
        ("B-cue B-cue O", [("cue", 1, 2)]),
    ],
)
def test_tags_become_spans(best: str, wanted: list[tuple[str, int, int]]):
    """The best tag of each piece by a wide margin; its own role's other tag comes second, then "outside"."""
    tags = best.split()
    scores = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    for i, tag in enumerate(tags):
        scores[i, 0] = 1
        for near in (t for t in TAGS if tag != "O" and t[2:] == tag[2:]):
            scores[i, TAGS.index(near)] = 6
        scores[i, TAGS.index(tag)] = 8
    found = spans(window_of(len(tags)), probabilities(scores))
    assert [(f.role, f.start, f.end) for f in found] == wanted
    assert all(f.score > 0.5 for f in found)


CUE, CUE_TOO, WHO, WHO_TOO = Found("cue", 2, 3, 0.9), Found("cue", 8, 9, 0.8), Found("source", 1, 2, 0.9), Found("source", 7, 8, 0.7)
SAID, SAID_TOO = Found("content", 3, 6, 0.95), Found("content", 10, 12, 0.85)


def linked(*pairs: tuple[Found, Found | None, Found | None]) -> Floats:
    """Link scores that make each content take this cue and this source."""
    links = np.zeros((2, 14, 14), dtype=np.float32)
    for content, *heads in pairs:
        for kind, head in enumerate(heads):
            links[kind, content.start, head.start if head is not None else 0] = 20
    return links


def told(found: list[Attributed]) -> list[tuple[Found | None, Found | None, tuple[Found, ...], float]]:
    return [(a.source, a.cue, a.content, round(a.score, 3)) for a in found]


LINKS = [
    ("nothing found", [], linked(), []),
    ("no content, nothing said", [WHO, CUE], linked(), []),
    ("a content joins its cue and source", [WHO, CUE, SAID], linked((SAID, CUE, WHO)), [(WHO, CUE, (SAID,), 0.9)]),
    ("a content without any", [WHO, CUE, SAID], linked((SAID, None, None)), [(None, None, (SAID,), 0.95)]),
    ("a content alone", [SAID], linked((SAID, None, None)), [(None, None, (SAID,), 0.95)]),
    (
        "two contents of one cue are one",
        [WHO, CUE, SAID, SAID_TOO],
        linked((SAID, CUE, WHO), (SAID_TOO, CUE, WHO)),
        [(WHO, CUE, (SAID, SAID_TOO), 0.85)],
    ),
    (
        "two cues, two attributions",
        [WHO, CUE, SAID, WHO_TOO, CUE_TOO, SAID_TOO],
        linked((SAID, CUE, WHO), (SAID_TOO, CUE_TOO, WHO_TOO)),
        [(WHO, CUE, (SAID,), 0.9), (WHO_TOO, CUE_TOO, (SAID_TOO,), 0.7)],
    ),
    (
        "one source for two cues",
        [WHO, CUE, SAID, CUE_TOO, SAID_TOO],
        linked((SAID, CUE, WHO), (SAID_TOO, CUE_TOO, WHO)),
        [(WHO, CUE, (SAID,), 0.9), (WHO, CUE_TOO, (SAID_TOO,), 0.8)],
    ),
    (
        "contents without a cue stay apart",
        [SAID, SAID_TOO],
        linked((SAID, None, None), (SAID_TOO, None, None)),
        [(None, None, (SAID,), 0.95), (None, None, (SAID_TOO,), 0.85)],
    ),
]


@pytest.mark.parametrize(("found", "links", "wanted"), [case[1:] for case in LINKS], ids=[case[0] for case in LINKS])
def test_links(found: list[Found], links: Floats, wanted: list[object]):
    assert told(attributions(found, links)) == wanted


def test_a_link_that_is_not_sure_lowers_the_score():
    links = np.zeros((2, 14, 14), dtype=np.float32)
    links[0, SAID.start, CUE.start] = links[1, SAID.start, WHO.start] = np.log(3)
    (a,) = attributions([WHO, CUE, SAID], links)
    assert (a.cue, a.source) == (CUE, WHO)
    assert a.score == pytest.approx(0.9 * 0.75 * 0.75, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(SCORES)
def test_every_content_is_in_one_attribution(draw: tuple[int, int, float]):
    found = spans(window_of(draw[0]), probabilities(drawn(*draw)), 1.0)
    links = np.random.default_rng(draw[1]).normal(0, 3, (2, draw[0], draw[0])).astype(np.float32)
    made = attributions(found, links)
    contents = [c for a in made for c in a.content]
    assert sorted(c.start for c in contents) == [f.start for f in found if f.role == "content"]
    assert all((a.cue is None or a.cue in found) and (a.source is None or a.source in found) and 0 <= a.score <= 1 for a in made)
