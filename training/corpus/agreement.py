"""How far two annotations of the same texts agree: exact spans by role, attributions by the rule of the public scorer, nesting, positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from training.corpus.markup import Attribution, Item, Offsets, Stance

_EDGE = " \t\n“”\"'’‘.,;:!?…"


def agreement(first: dict[str, Item], second: dict[str, Item]) -> dict[str, float]:
    """F1 in per cent over the items both have, by what is compared; raises ValueError where the bare texts differ.

    ``source``, ``cue``, ``content``: spans that are equal but for punctuation at the edge. ``attributions``: contents that share half their
    characters and speakers that overlap. ``nested``: of the attributions both have, how many are nested for both or neither (per cent).
    ``positions``: holder and target overlap, the stance is the same; ``positions, stance taken`` leaves the neutral lines out.
    """
    both = [(first[name], second[name]) for name in first if name in second]
    right, total = Counter[str](), Counter[str]()
    for a, b in both:
        if a.text != b.text:
            raise ValueError(f"{a.id}: the two passes have different texts")
        for role in ("speaker", "cue", "content"):
            x, y = spans(a, role), spans(b, role)
            right[role] += 2 * len(x & y)
            total[role] += len(x) + len(y)
        pairs = matched(a, b)
        right["attributions"] += 2 * len(pairs)
        total["attributions"] += len(a.attributions) + len(b.attributions)
        right["nested"] += sum(a.nested(x) == b.nested(y) for x, y in pairs)
        total["nested"] += len(pairs)
        for name, kinds in (("positions", None), ("positions, stance taken", {"support", "oppose", "declines-comment"})):
            x2, y2 = ([s for s in i.stances if kinds is None or s.stance in kinds] for i in (a, b))
            right[name] += sum(any(_same(s, t) for t in y2) for s in x2) + sum(any(_same(s, t) for t in x2) for s in y2)
            total[name] += len(x2) + len(y2)
    scores = {("source" if k == "speaker" else k): round(100 * right[k] / max(1, total[k]), 1) for k in total}
    return {"items": len(both), "in one pass only": len(first.keys() ^ second.keys()), **scores}


def spans(item: Item, role: str) -> set[Offsets]:
    """Every span of ``role`` in ``item``, without punctuation at the edge."""
    return {trimmed(item.text, span) for a in item.attributions for span in getattr(a, role)}


def trimmed(text: str, span: Offsets) -> Offsets:
    """``span`` without punctuation at its edge."""
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def matched(a: Item, b: Item) -> list[tuple[Attribution, Attribution]]:
    """The attributions both have, one to one, the closest contents first."""
    found: list[tuple[Attribution, Attribution]] = []
    close = sorted(((_shared(x.content, y.content), i, j) for i, x in enumerate(a.attributions) for j, y in enumerate(b.attributions)), reverse=True)
    left, right = set(range(len(a.attributions))), set(range(len(b.attributions)))
    for share, i, j in close:
        x, y = a.attributions[i], b.attributions[j]
        if share >= 0.5 and i in left and j in right and (_shared(x.speaker, y.speaker) > 0 or not (x.speaker or y.speaker)):
            left.discard(i)
            right.discard(j)
            found.append((x, y))
    return found


def _shared(a: Iterable[Offsets], b: Iterable[Offsets]) -> float:
    x, y = ({i for s in spans_ for i in range(*s)} for spans_ in (a, b))
    return len(x & y) / len(x | y) if x | y else 0.0


def _same(s: Stance, t: Stance) -> bool:
    return s.stance == t.stance and _shared([s.holder], [t.holder]) > 0 and _shared([s.target], [t.target]) > 0


def differs(a: Item, b: Item) -> bool:
    """True if the two annotations of a text are not the same; neutral lines do not count, there is no end to them."""
    if any(spans(a, role) != spans(b, role) for role in ("speaker", "cue", "content")):
        return True
    if not len(a.attributions) == len(b.attributions) == len(matched(a, b)):
        return True
    x, y = ([s for s in i.stances if s.stance != "neutral"] for i in (a, b))
    return any(not any(_same(s, t) for t in y) for s in x) or any(not any(_same(s, t) for t in x) for s in y)
