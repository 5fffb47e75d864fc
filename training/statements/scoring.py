"""Scores of decoded attributions against gold, by the rules of the public scorer (``attribution`` of score.py), on prepared documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.extract.statements.model import Attribution
from onrecord.model import Statement
from onrecord.reading.analysis import Spoken
from training.corpus.agreement import trimmed
from training.statements.examples import Gold, Prepared, Spans


@dataclass(frozen=True, slots=True)
class Said:
    """A decoded attribution as offsets of the document text."""

    source: Spans
    cue: Spans
    content: Spans
    score: float = 1.0

    @classmethod
    def tagged(cls, found: Attribution) -> Said:
        """What the tagger found."""
        return cls([found.source] if found.source else [], [found.cue] if found.cue else [], list(found.content), found.score)

    @classmethod
    def told(cls, found: Statement | Spoken) -> Said:
        """A statement, on record or in the making."""
        mention, cue = found.speaker.mention, found.cue
        content = [(c.start, c.end) for c in found.content]
        return cls([(mention.start, mention.end)] if mention else [], [(cue.start, cue.end)] if cue else [], content)


def _cells(text: str, spans: Spans) -> set[int]:
    return {i for s in spans for i in range(*trimmed(text, s))}


def pairs(text: str, gold: list[Gold], said: list[Said]) -> list[tuple[int, int, bool]]:
    """Which gold each decoded one is: ``(gold, said, right speaker)``, one to one, contents sharing at least half their characters."""
    left, right = [_cells(text, g.content) for g in gold], [_cells(text, s.content) for s in said]
    close = sorted(((len(a & b) / len(a | b), i, k) for i, a in enumerate(left) for k, b in enumerate(right) if a & b), reverse=True)
    used_left, used_right, found = set(), set(), []
    for share, i, k in close:
        if share >= 0.5 and i not in used_left and k not in used_right:
            used_left.add(i)
            used_right.add(k)
            a, b = _cells(text, gold[i].source), _cells(text, said[k].source)
            found.append((i, k, bool(a & b) or (not gold[i].source and not said[k].source)))
    return found


def scores(documents: Iterable[tuple[Prepared, list[Said]]]) -> dict[str, float]:
    """F1 in per cent of exact source, cue, content, of att and attr, and the recall of each form."""
    right, gold_count, said_count, hit = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for document, said in documents:
        text, gold = document.text, document.gold
        for role in ("source", "cue", "content"):
            a = {trimmed(text, s) for g in gold for s in getattr(g, role)}
            b = {trimmed(text, s) for s_ in said for s in getattr(s_, role)}
            right[role] += len(a & b)
            gold_count[role] += len(a)
            said_count[role] += len(b)
        found = pairs(text, gold, said)
        right["att"] += len(found)
        right["attr"] += sum(good for _, _, good in found)
        whole = [g for g in gold if g.content]
        for name in ("att", "attr"):
            gold_count[name] += len(whole)
            said_count[name] += len(said)
        for g in whole:
            gold_count[f"recall {g.form}"] += 1
        for i, _, _ in found:
            hit[f"recall {gold[i].form}"] += 1
    made = {k: round(200 * right[k] / max(1, gold_count[k] + said_count[k]), 1) for k in ("source", "cue", "content", "att", "attr")}
    made["p"], made["r"] = round(100 * right["attr"] / max(1, said_count["attr"]), 1), round(100 * right["attr"] / max(1, gold_count["attr"]), 1)
    return made | {k: round(100 * hit[k] / n, 1) for k, n in sorted(gold_count.items()) if k.startswith("recall")}
