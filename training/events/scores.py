"""How good the pairs of a network are: types of coded pairs, as the PLV scorer counts them, and what it sees where there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from training.events.examples import LABELS, Example

KINDS = tuple(dict.fromkeys(name.partition("/")[0] for name in LABELS))
"""Nothing and the types, in the order of the codebook."""
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""Quads as the PLV scorer has them."""
GROUP = torch.tensor([[float(name.partition("/")[0] == kind) for name in LABELS] for kind in KINDS])


def types(labels: Tensor) -> Tensor:
    """Probabilities of nothing and of each type, (…, labels) → (…, 17)."""
    return labels.softmax(-1) @ GROUP.T


def macro(gold: Sequence[str], told: Sequence[str]) -> float:
    """Mean F1 over the labels of ``gold``, 0 to 100."""
    found = []
    for label in sorted(set(gold)):
        right = sum(g == label == t for g, t in zip(gold, told, strict=True))
        found.append(2 * right / (gold.count(label) + told.count(label)) if right else 0.0)
    return round(100 * float(np.mean(found)), 1)


def as_plv(kind: str) -> str:
    """The PLV set's name for a type."""
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


def gold_of(e: Example, n: int = 0) -> str:
    """The type of a pair, as PLV names it."""
    return as_plv(KINDS[int(GROUP[:, e.answers[n].labels[0]].argmax())])


def plv_type(labels: Tensor) -> str:
    """The likeliest type of one pair; PLV has an event in every row, and one type for CONCEDE and RETREAT."""
    chances = types(labels)
    summed: dict[str, float] = {}
    for kind, chance in zip(KINDS[1:], chances[1:].tolist(), strict=True):
        summed[as_plv(kind)] = summed.get(as_plv(kind), 0.0) + chance
    return max(summed, key=summed.__getitem__)


def plv_scores(rows: Sequence[Example], labels: Mapping[str, Tensor]) -> dict[str, float]:
    """Macro-F1 over roots and over quads, and the share of right roots."""
    gold = [gold_of(e) for e in rows]
    told = [plv_type(labels[e.id][0]) for e in rows]
    return {
        "root": macro(gold, told),
        "quad": macro([str(QUAD[g]) for g in gold], [str(QUAD[t]) for t in told]),
        "accuracy": round(100 * sum(map(str.__eq__, gold, told)) / len(gold), 1),
    }


def own_scores(rows: Sequence[Example], outputs: Mapping[str, tuple[Tensor, Tensor, Tensor]], least: float = 0.5) -> dict[str, float]:
    """Of the sentences: pairs with an event (precision, recall, right types), status, trigger; and sentences in which something is seen wrongly."""
    tp = told = gold = right = status = pointed = points = wrong = missed = 0
    for e in rows:
        labels, states, trigger = outputs[e.id]
        chances = types(labels)
        some, hit = False, False
        for n, a in enumerate(e.answers):
            real, kind = any(a.labels), int(chances[n, 1:].argmax()) + 1
            seen = bool(1 - chances[n, 0] > least)
            actual = int(states[n].argmax()) < 2
            gold, told, tp = gold + real, told + seen, tp + (real and seen)
            if real:
                same = any(bool(GROUP[kind, label]) for label in a.labels)
                right += same
                status += int(states[n].argmax()) == a.status
                if e.trigger[n].any():
                    points, pointed = points + 1, pointed + bool(e.trigger[n][int(trigger[n].argmax())])
                hit |= seen and same
            some |= seen and actual
        wrong += e.reason is not None and some
        missed += e.reason is None and not hit
    events, others = sum(e.reason is None for e in rows), sum(e.reason is not None for e in rows)
    return {
        "pair_p": _share(tp, told), "pair_r": _share(tp, gold), "type": _share(right, gold), "status": _share(status, gold),
        "trigger": _share(pointed, points), "spurious": _share(wrong, others), "missed": _share(missed, events),
    }  # fmt: skip


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
