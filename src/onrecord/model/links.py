"""Decisions across documents. Signed, dated and reversible; they never rewrite a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkType = Literal["duplicate", "syndicated", "same-story", "same-event", "same-actor", "responds-to"]
Judgement = Literal["positive", "negative", "unsure"]


@dataclass(frozen=True, slots=True)
class Link:
    """One decision that ``left`` and ``right`` (document, record or actor ids) belong together in the way ``type`` says, or do not."""

    left: str
    right: str
    type: LinkType
    judgement: Judgement
    score: float
    detail: str
    by: str
    created_at: str
    withdrawn_at: str | None = None
