"""Decisions that two things belong together, across documents or within one. Signed, dated and reversible; they never rewrite a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkType = Literal["duplicate", "syndicated", "same-story", "same-event", "same-statement", "same-actor", "responds-to"]
Judgement = Literal["positive", "negative", "unsure"]


@dataclass(frozen=True, slots=True)
class Link:
    """One decision that ``left`` and ``right`` (document, record or actor ids) belong together in the way ``type`` says, or do not.

    ``score``: 0 to 1; ``detail``: on what ground; ``by``: who decided, a person or a versioned component; ``created_at``, ``withdrawn_at``: when, in
    ISO. ``created_at`` is empty for what was decided in reading a document, which knows no clock: its run says with what.
    """

    left: str
    right: str
    type: LinkType
    judgement: Judgement
    score: float
    detail: str
    by: str
    created_at: str
    withdrawn_at: str | None = None
