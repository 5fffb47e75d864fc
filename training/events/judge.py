"""Fits how sure an event of the rules is once the model has spoken, and one that only the model sees.

    python -m training.events.judge --models FOLDER --out judge.json [--rule 0.3] [--model 0.6]

FOLDER holds the weights ``events`` (exported without a judge). Fitted on the tuning share of the sentences, which no run learns from, and on
annotated reports
(``--reports gold.json``); the least confidences that stand are given by hand, after a look at the development reports. Prints what stands at
several thresholds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from onrecord import Reader
from onrecord.extract.events.lexicon import lexicon
from onrecord.extract.events.merge import Judge, alone, looked_at
from onrecord.extract.events.pairs import INTERFACE
from onrecord.knowledge import using
from onrecord.model import Document, Event
from onrecord.reading.encoder import Encoder
from onrecord.reading.weights import weights
from training.events.markup import FOLDER, Coding, Sentence, sentences
from training.events.reading import TOLD, names

OPEN = Judge((0.0, 1.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0, 0.0, 0.0), {"rule": 0.0, "model": 0.1, "said": 0.1, "status": 1.0})
"""Lets everything pass, with the model's probability as confidence."""


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate event: how it was found, its signs (log odds), and whether it is right."""

    found: str
    signs: tuple[float, ...]
    right: bool


def fits(event: Event, coding: Coding, sentence: Sentence) -> bool:
    """True where an event is what a line says: its type, somebody of its actors and, where both name some, of its recipients.

    It is told as an act only if it is one.
    """
    if event.type != coding.type or (event.status in TOLD) != (coding.status in TOLD):
        return False
    if not names(sentence, coding.actors, event.actors):
        return False
    return not coding.recipients or not event.recipients or names(sentence, coding.recipients, event.recipients)


def cases(chosen: Iterable[Sentence], network: Encoder) -> Iterator[Case]:
    """Every candidate in the sentences."""
    reader, words = Reader(rules_only=True), lexicon("en")
    for s in chosen:
        analysis = reader.analyse(Document(id=s.id, text=s.text), until="events")
        with using(reader.knowledge):
            for scene in looked_at(analysis, network, words):
                for event in scene.events:
                    signs = scene.rule_signs(event)
                    if signs is not None and event.status in TOLD:
                        yield Case("rule", signs, any(fits(event, c, s) for c in s.codings))
                for sight, event in alone(scene, scene.events, words, OPEN):
                    yield Case("model", scene.model_signs(sight.pair, sight.what), any(fits(event, c, s) for c in s.codings))


def reported(path: Path, network: Encoder) -> Iterator[Case]:
    """The same in annotated reports (``gold.json`` beside their texts).

    Right is what has the type of an annotated event, or one it may also be, in its words.
    """
    reader, words = Reader(rules_only=True), lexicon("en")
    for d in json.loads(path.read_text(encoding="utf8"))["documents"]:
        text = (path.parent / d["file"]).read_text(encoding="utf8")
        analysis = reader.analyse(Document(id=d["doc_id"], text=text, published=d.get("published")), until="events")
        gold = [({g["event_type"], *(a.split("/")[0] for a in g.get("alternative_codings", []))}, g["evidence"]) for g in d["events"]]
        with using(reader.knowledge):
            for scene in looked_at(analysis, network, words):
                for event in scene.events:
                    signs = scene.rule_signs(event)
                    if signs is not None and event.status != "negated":
                        yield Case("rule", signs, _told(event, gold))
                for sight, event in alone(scene, scene.events, words, OPEN):
                    yield Case("model", scene.model_signs(sight.pair, sight.what), _told(event, gold))


def _told(event: Event, gold: Iterable[tuple[set[str], dict[str, int]]]) -> bool:
    return any(event.type in types and event.evidence.start < at["end"] and at["start"] < event.evidence.end for types, at in gold)


def fit(found: list[Case]) -> tuple[float, ...]:
    """Logistic weights of 1 and the signs, lightly held back."""
    x = torch.tensor([(1.0, *c.signs) for c in found])
    y = torch.tensor([float(c.right) for c in found])
    free = torch.zeros(x.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([free], max_iter=200)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        told = torch.nn.functional.binary_cross_entropy_with_logits(x @ free, y) + 0.002 * (free[1:] ** 2).sum()
        told.backward()
        return told

    optimiser.step(loss)
    return tuple(round(v, 4) for v in free.detach().tolist())


def main() -> None:
    """Fit as told on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sentences", type=Path, default=FOLDER)
    parser.add_argument("--reports", type=Path, nargs="*", default=[])
    parser.add_argument("--rule", type=float, default=0.24)
    parser.add_argument("--model", type=float, default=0.5)
    parser.add_argument("--said", type=float, default=0.88)
    parser.add_argument("--status", type=float, default=0.8)
    asked = parser.parse_args()
    network = Encoder(weights("events", asked.models).for_interface(INTERFACE))
    found = [c for path in asked.reports for c in reported(path, network)] + list(
        cases([s for s in sentences(sorted(asked.sentences.glob("*.txt"))) if s.tuning], network)
    )
    told: dict[str, object] = {}
    for name in ("rule", "model"):
        own = [c for c in found if c.found == name]
        told[name] = fit(own)
        judge = Judge(*(told[name] if n == name else () for n in ("rule", "model")), {})  # type: ignore[arg-type]
        for least in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            kept = [c for c in own if judge.weigh(name, c.signs) >= least]
            sys.stderr.write(f"{name} from {least}: {len(kept)} of {len(own)}, right {sum(c.right for c in kept)} of {sum(c.right for c in own)}\n")
    told["least"] = {"rule": asked.rule, "model": asked.model, "said": asked.said, "status": asked.status}
    asked.out.write_text(json.dumps(told) + "\n", encoding="utf8")
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
