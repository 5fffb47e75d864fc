"""The recipe of the event model on invented items: what is known of pairs, folds, scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.extract.events.seeing import analysed
from training.events.examples import LABELS, UNKNOWN, Answer, Coded, Example, codebook, of_type, own
from training.events.silver import answers

from onrecord import Reader
from onrecord.codebook import plover
from onrecord.extract.events.inputs import TYPES

ITEMS = """== tiny-001 | event
[1:Kenya's [2:army]] {a:shelled} [3:Chad] as [4:Peru] and [5:Mali] {b:met}.
a 1>3 ASSAULT/heavy-weapons
b 4+5 CONSULT

== tiny-002 | not negated
[1:Kenya] {a:did not thank} [2:Chad].
a 1>2 SUPPORT negated

== tiny-019 | event
[1:Students] {a:marched}.
a 1> PROTEST/demo
"""
PLACES = {"Kenya's army": 0, "army": 1, "Chad": 2, "Peru": 3, "Mali": 4, None: None}


@pytest.fixture
def coded(tmp_path: Path) -> dict[str, Coded]:
    path = tmp_path / "tiny.txt"
    path.write_text(ITEMS, encoding="utf8")
    return {c.id: c for c in own([path])}


def test_labels_are_those_of_the_codebook() -> None:
    assert len(LABELS) == len(set(LABELS)) == 1 + sum(1 + len(t.modes) for t in plover.types().values())
    assert tuple(dict.fromkeys(label.partition("/")[0] for label in LABELS)) == ("none", *TYPES)
    assert {LABELS[i].partition("/")[0] for i in of_type("YIELD")} == {"CONCEDE", "RETREAT"}
    assert [LABELS[i] for i in of_type("AID")] == ["AID"]


@pytest.mark.parametrize(
    ("actor", "recipient", "label"),
    [
        ("Kenya's army", "Chad", "ASSAULT/heavy-weapons"),
        ("Chad", "Kenya's army", "none"),
        ("Peru", "Mali", "CONSULT"),
        ("Mali", "Peru", "CONSULT"),
        ("army", "Chad", "none"),
        ("Chad", None, "none"),
        ("Peru", "Chad", "none"),
    ],
)
def test_what_is_known_of_pairs(coded: dict[str, Coded], actor: str, recipient: str | None, label: str) -> None:
    known = {a.pair: a for a in coded["tiny-001"].answers}
    answer = known[PLACES[actor], PLACES[recipient]]
    assert [LABELS[i] for i in answer.labels] == [label]
    assert (answer.status == UNKNOWN, answer.trigger == ()) == (label == "none", label == "none")


def test_nothing_is_said_of_an_actor_alone_nor_of_what_lies_in_another(coded: dict[str, Coded]) -> None:
    known = {a.pair for a in coded["tiny-001"].answers}
    assert known.isdisjoint({(0, None), (3, None), (4, None), (0, 1), (1, 0)})


def test_status_trigger_and_shares(coded: dict[str, Coded]) -> None:
    thanks, march = coded["tiny-002"], coded["tiny-019"]
    (answer,) = (a for a in thanks.answers if a.pair == (0, 1))
    assert (answer.status, [thanks.text[slice(*t)] for t in answer.trigger]) == (3, ["did not thank"])
    assert [(a.pair, LABELS[a.labels[0]]) for a in march.answers] == [((0, None), "PROTEST/demo")]
    assert [(c.held_back, c.tuning, c.reason) for c in coded.values()] == [(False, False, None), (True, False, "negated"), (False, True, None)]


def test_the_codebooks_examples_name_their_parties() -> None:
    found = codebook()
    assert len(found) > 100
    for c in found:
        assert all(0 <= a < b <= len(c.text) for a, b in c.parties)
        assert c.parties[0][0] == 0
        assert {i for a in c.answers for i in a.pair if i is not None} == set(range(len(c.parties)))


def test_what_the_rules_find_in_news_is_learned(reader: Reader) -> None:
    text = "Kenya condemned Uganda. Chad met Peru."
    parties, found = answers(analysed(reader, text).events)
    assert [text[slice(*p)] for p in parties] == ["Kenya", "Uganda", "Chad", "Peru"]
    assert {(a.pair, LABELS[a.labels[0]]) for a in found} == {((0, 1), "ACCUSE/disapprove"), ((2, 3), "CONSULT"), ((3, 2), "CONSULT")}
    assert answers([]) == ([], [])


def test_repetitions_of_a_text_share_a_fold() -> None:
    pytest.importorskip("torch")
    from training.events.cross import FOLDS, fold_of

    def row(name: str, pieces: list[int]) -> Example:
        return Example(name, {"input_ids": np.asarray(pieces)}, (), np.zeros((0, len(pieces))), held_back=False, tuning=False, reason=None)

    assert fold_of(row("one", [1, 2, 3])) == fold_of(row("two", [1, 2, 3]))
    assert {fold_of(row("", [n])) for n in range(200)} == set(range(FOLDS))


def test_scores_of_pairs() -> None:
    torch = pytest.importorskip("torch")
    from training.events.scores import macro, own_scores, plv_scores

    def logits(*labels: str) -> object:
        return torch.tensor([[8.0 * (name == label) for name in LABELS] for label in labels])

    def example(name: str, label: str, reason: str | None = None) -> Example:
        trigger = np.asarray([[0, 1, 0]])
        return Example(name, {}, (Answer((0, 1), (LABELS.index(label),), 0, ((0, 1),)),), trigger, held_back=False, tuning=False, reason=reason)

    rows = [example("a", "AID"), example("b", "RETREAT/release")]
    assert plv_scores(rows, {"a": logits("AID"), "b": logits("CONCEDE")}) == {"root": 100.0, "quad": 100.0, "accuracy": 100.0}
    assert macro(["AID", "AID", "YIELD"], ["AID", "YIELD", "YIELD"]) == 66.7
    actual, pointed = torch.tensor([[1.0, 0, 0, 0, 0]]), torch.tensor([[0, 1.0, 0]])
    rows = [example("a", "AID"), example("b", "AID"), example("c", "none", "sport"), example("d", "none", "sport")]
    outputs = {name: (logits(label), actual, pointed) for name, label in zip("abcd", ("AID", "none", "ASSAULT", "none"), strict=True)}
    found = own_scores(rows, outputs)
    assert {k: found[k] for k in ("pair_p", "pair_r", "spurious", "missed", "trigger", "status")} == {
        "pair_p": 50.0, "pair_r": 50.0, "spurious": 50.0, "missed": 50.0, "trigger": 100.0, "status": 100.0,
    }  # fmt: skip
