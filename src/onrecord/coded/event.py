"""A row of somebody else's event data in our words. Reads nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodedMention:
    """Where a data set says that an event is told. Offsets are theirs (GDELT: characters of its own text), None where it gives none."""

    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    actor_start: int | None = None
    recipient_start: int | None = None
    start: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """One row: one actor, one recipient. What the row does not say, or says in a way nobody understands, is None or empty.

    ``line``: where in the file, from 1; ``date``, ``published``: ISO days; ``type``, ``mode``, ``contexts``, sectors: PLOVER, CAMEO codes translated
    by the codebook; ``cameo``: as the row has it; ``quad``: 1 to 4, of the type where there is one; ``actor``, ``recipient``: names,
    ``…_id`` ours where a code of theirs stands for it, ``…_words`` as the report has them; countries: ISO 3166-1 alpha-3; ``lat``, ``lon``:
    degrees; ``url``: an address, or what GDELT has in its place; ``mentions``: only where a file of them was read.
    """

    line: int
    id: str
    date: str | None = None
    published: str | None = None
    type: str | None = None
    mode: str | None = None
    quad: int | None = None
    contexts: tuple[str, ...] = ()
    intensity: float | None = None
    cameo: str | None = None
    actor: str | None = None
    actor_id: str | None = None
    actor_country: str | None = None
    actor_sectors: tuple[str, ...] = ()
    actor_words: str | None = None
    recipient: str | None = None
    recipient_id: str | None = None
    recipient_country: str | None = None
    recipient_sectors: tuple[str, ...] = ()
    recipient_words: str | None = None
    place: str | None = None
    place_country: str | None = None
    lat: float | None = None
    lon: float | None = None
    publisher: str | None = None
    url: str | None = None
    mentions: tuple[CodedMention, ...] = ()
