"""Decisions that two things belong together, across documents or within one. Signed and reversible; they never rewrite a record."""

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

    @property
    def settles(self) -> bool:
        """Whether it ends a dispute of people, which only a :class:`Judged` one can."""
        return False


@dataclass(frozen=True, slots=True)
class Judged(Link):
    """A person's judgement of a link: ``detail`` is what they noted, ``score`` is 1. Kept for good; a later one of the same person takes its place.

    ``withdrawn_at``: the same as ``created_at`` where it takes back what the same person said before, and says nothing itself. ``settles``: it ends a
    dispute of others. ``digest`` is set by the store: as that of a :class:`onrecord.model.Decision`, in the same chain.
    """

    settles: bool = False
    digest: str = ""
