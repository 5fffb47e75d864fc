"""The sentences of events: their mark-up, what their files and guide promise, and how readings are counted against them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.training.test_corpus import SHARED, grams, shared_texts
from training.events.markup import CLASSES, FOLDER, STATUSES, Coding, MarkupError, Sentence, blocks, check, coding, item, plain, sentences, tuning
from training.events.reading import Tally, codings, fits

from onrecord.codebook import plover
from onrecord.model import Event, Participant, Span

HEAD = "== tiny-001 | event"
TEXT = "[1:Kenya's [2:army]] {a:shelled} [3:Chad]."


@pytest.fixture(scope="module")
def all_items() -> list[Sentence]:
    return sentences()


def made(*lines: str, head: str = HEAD, text: str = TEXT) -> Sentence:
    return item("\n".join([head, text, *lines]))


# Mark-up


def test_an_item_gives_text_parties_and_codings() -> None:
    found = made("a 2>3 ASSAULT/heavy-weapons future +military,territory")
    assert found.text == "Kenya's army shelled Chad."
    assert {n: found.text[slice(*span)] for n, span in found.parties.items()} == {1: "Kenya's army", 2: "army", 3: "Chad"}
    assert {k: found.text[slice(*span)] for k, span in found.triggers.items()} == {"a": "shelled"}
    assert found.codings == (Coding("a", (2,), (3,), "ASSAULT", "heavy-weapons", "future", ("military", "territory"), joint=False),)
    assert (found.reason, found.held_back, found.tuning) == (None, False, False)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("a 1>2 AID", ((1,), (2,), "AID", None, "actual", False)),
        ("a 1> PROTEST/demo", ((1,), (), "PROTEST", "demo", "actual", False)),
        ("a 1,2>3,4 ASSAULT negated", ((1, 2), (3, 4), "ASSAULT", None, "negated", False)),
        ("b 1+2+3 CONSULT/multilateral", ((1, 2, 3), (), "CONSULT", "multilateral", "actual", True)),
        ("a 1>2 none", ((1,), (2,), None, None, "actual", False)),
    ],
)
def test_lines(line: str, wanted: tuple[object, ...]) -> None:
    c = coding(line, "tiny-001")
    assert (c.actors, c.recipients, c.type, c.mode, c.status, c.joint) == wanted


@pytest.mark.parametrize(
    ("lines", "text", "head"),
    [
        (["a 1>3 ASSAULT/laser"], TEXT, HEAD),
        (["a 1>3 SULK"], TEXT, HEAD),
        (["a 1>9 ASSAULT"], TEXT, HEAD),
        (["b 1>3 ASSAULT"], TEXT, HEAD),
        (["a 1 ASSAULT"], TEXT, HEAD),
        (["a 1+2>3 ASSAULT"], TEXT, HEAD),
        (["a 1>3 ASSAULT soon"], TEXT, HEAD),
        (["a 1>3 ASSAULT +weather"], TEXT, HEAD),
        (["a 1>3 ASSAULT negated"], TEXT, HEAD),
        (["a 1>3 ASSAULT"], TEXT, "== tiny-001 | not opinion"),
        (["a 1>3 none"], TEXT, "== tiny-001 | not boredom"),
        (["a 1>3 ASSAULT"], "[1:Kenya] {a:shelled} [3:Chad.", HEAD),
        (["a 1>3 ASSAULT"], "[1:Kenya] {a:shelled}} [3:Chad].", HEAD),
        (["a 1>3 ASSAULT"], "[1:Kenya] {a:shelled]} [3:Chad].", HEAD),
        (["a 1>3 ASSAULT"], "[1:Kenya ]{a:shelled} [3:Chad].", HEAD),
        (["a 1>3 ASSAULT"], "[1:Kenya] {a:shelled} [3:].", HEAD),
        (["a 1>3 ASSAULT"], "[1:Kenya] {a:shelled} [1:Chad] [3:x].", HEAD),
        (["a 1>3 ASSAULT"], "[Kenya] {a:shelled} [3:Chad].", HEAD),
        ([], TEXT, HEAD),
        (["a 1>3 ASSAULT"], TEXT, "== tiny-001 event"),
    ],
)
def test_what_is_malformed_is_named(lines: list[str], text: str, head: str) -> None:
    with pytest.raises(MarkupError, match="tiny-001"):
        made(*lines, head=head, text=text)


def test_files_are_checked_as_a_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "some.txt"
    good = f"{HEAD}\n{TEXT}\na 1>3 ASSAULT"
    path.write_text(f"{good}\n\n{good}\n\n== tiny-002 | event\nKenya slept.\n", encoding="utf8")
    assert check(path) == 3, "one malformed, one id and one text used twice"
    assert "tiny-001" in capsys.readouterr().out
    path.write_text(f"{good}\n\n{good}\n", encoding="utf8")
    with pytest.raises(MarkupError, match=r"twice: \['tiny-001'\]"):
        sentences([path])


PARTS = st.lists(st.tuples(st.text("ab é🦁\u0301.,", max_size=5), st.sampled_from(["", "party", "trigger"])), min_size=1, max_size=12)


@given(PARTS)
def test_marking_up_is_undone(parts: list[tuple[str, str]]) -> None:
    marked, bare, parties, triggers = "", "", {}, {}
    for n, (words, kind) in enumerate(parts, 1):
        kept = words if not kind else f"x{words.strip()}x"
        if kind:
            (parties if kind == "party" else triggers)[n if kind == "party" else chr(96 + n)] = (len(bare), len(bare) + len(kept))
        marked += {"": kept, "party": f"[{n}:{kept}]", "trigger": f"{{{chr(96 + n)}:{kept}}}"}[kind]
        bare += kept
    assert plain(marked, "tiny-001") == (bare, parties, triggers)


# The files


def test_every_file_is_read_and_nothing_is_told_twice(all_items: list[Sentence]) -> None:
    """That items parse and ids differ is what reading them checks."""
    files = sorted(FOLDER.glob("*.txt"))
    assert len(all_items) == sum(1 for path in files for _ in blocks(path))
    assert {s.id.rpartition("-")[0] for s in all_items} == {path.stem for path in files}
    assert [text for text, n in Counter(s.text for s in all_items).items() if n > 1] == []


def test_there_is_enough_of_everything(all_items: list[Sentence]) -> None:
    reasons = Counter(s.reason for s in all_items)
    assert reasons[None] >= 3_000
    assert reasons.total() - reasons[None] >= 3_000
    assert {r: n for r, n in reasons.items() if n < 300} == {}
    assert reasons.keys() == {None, *CLASSES}
    assert {c.status for s in all_items for c in s.codings} == set(STATUSES)


def test_every_type_and_mode_occurs_among_what_is_learned(all_items: list[Sentence]) -> None:
    seen = {(c.type, c.mode) for s in all_items if not s.held_back for c in s.codings if c.type}
    assert {(kind, mode) for kind, t in plover.types().items() for mode in t.modes} - seen == set()
    assert plover.types().keys() == {kind for kind, _ in seen}


def test_shares_do_not_overlap(all_items: list[Sentence]) -> None:
    held_back, tuned = {s.id for s in all_items if s.held_back}, {s.id for s in all_items if s.tuning}
    assert held_back & tuned == set()
    assert 0.45 < len(held_back) / len(all_items) < 0.55
    assert 0.08 < len(tuned) / len(all_items) < 0.12
    assert (tuning("coerce-019"), tuning("coerce-190")) == (True, False)


@pytest.mark.shared
def test_nothing_is_copied(all_items: list[Sentence]) -> None:
    """No nine words in a row stand in any text of ../shared."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared here")
    ours = {gram: s.id for s in all_items for gram in grams(s.text)}
    copied, seen = {}, 0
    for text in shared_texts():
        seen += 1
        copied.update({ours[gram]: " ".join(gram) for gram in grams(text) if gram in ours})
    assert seen > 1000
    assert copied == {}


# Counting


Sides = tuple[list[str], list[str]]
"""Words of actors and of recipients."""


def event(found: Sentence, kind: str, trigger: str, people: Sides, *, status: str = "actual") -> Event:
    """An event of these words."""

    def span(words: str) -> Span:
        start = found.text.index(words)
        return Span(start, start + len(words), words)

    sides = [tuple(Participant(mention=span(w), reason="no-name") for w in side) for side in people]
    return Event(
        id=f"{kind}{trigger}", document_id="d", evidence=span(trigger), confidence=0.5, extractor="none", type=kind, trigger=span(trigger),
        actors=sides[0], recipients=sides[1], status=status, quad=1, intensity=0.0,
    )  # fmt: skip


SHELLED = made("a 1>3 ASSAULT/heavy-weapons", text="[1:Kenya] {a:shelled} [3:Chad] on Monday, [4:Peru] said.")
MET = made("a 1+2 CONSULT", text="[1:Kenya] and [2:Chad] {a:met} in Peru.")


@pytest.mark.parametrize(
    ("found", "kind", "trigger", "people", "right"),
    [
        (SHELLED, "ASSAULT", "shelled", (["Peru"], []), True),
        (SHELLED, "ASSAULT", "Monday", (["Kenya"], ["Chad"]), True),
        (SHELLED, "ASSAULT", "Monday", (["Kenya"], []), False),
        (SHELLED, "ASSAULT", "Monday", (["Chad"], ["Kenya"]), False),
        (SHELLED, "COERCE", "shelled", (["Kenya"], ["Chad"]), False),
        (MET, "CONSULT", "Peru", (["Kenya", "Chad"], []), True),
        (MET, "CONSULT", "Peru", (["Chad"], ["Kenya"]), True),
        (MET, "CONSULT", "Peru", (["Peru"], ["Kenya"]), False),
    ],
)
def test_what_fits(found: Sentence, kind: str, trigger: str, people: Sides, right: bool) -> None:
    (wanted,) = codings(found)
    assert fits(found, wanted, event(found, kind, trigger, people)) is right


def test_a_tally_counts_codings_events_and_what_is_spurious() -> None:
    tally = Tally()
    right, wrong = event(SHELLED, "ASSAULT", "shelled", (["Kenya"], ["Chad"])), event(SHELLED, "AID", "Monday", (["Kenya"], []))
    tally.add(SHELLED, [right, wrong])
    tally.add(MET, [event(MET, "CONSULT", "met", (["Kenya"], []), status="negated")])
    other = made("a 1>3 none", head="== tiny-003 | not sport")
    tally.add(other, [event(other, "ASSAULT", "shelled", (["Chad"], [])), event(other, "AID", "Chad", (["Chad"], []))])
    assert (tally.gold, tally.found) == (Counter(ASSAULT=1, CONSULT=1), Counter(ASSAULT=1))
    assert (tally.made, tally.right) == (Counter(ASSAULT=1, AID=1), Counter(ASSAULT=1))
    assert (tally.sentences, tally.missed, tally.others, tally.touched, tally.spurious) == (2, 1, 1, 1, Counter(sport=2))
    lines = list(tally.lines())
    assert "missed per 100 event sentences 50.0, per 100 codings 50.0" in lines
    assert "spurious events per 100 not-sentences 200.0 (in 100.0 of them)" in lines
    assert lines[-1] == "sport 2"
