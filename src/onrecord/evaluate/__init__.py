"""Gold format, scoring and the gate: how good the reading is, and that it never gets worse unnoticed. Changes no record."""

from onrecord.evaluate.gold import Gold, load_gold
from onrecord.evaluate.scoring import Score, score

__all__ = ["Gold", "Score", "load_gold", "score"]
