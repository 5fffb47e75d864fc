"""Whose copy a document is, by its publisher and credits: houses, named so that they compare. Finds no credits in texts; ingest does."""

from __future__ import annotations

from functools import cache, lru_cache

from onrecord.languages import language
from onrecord.store.columns import fold

_LANGUAGE = "en"


@lru_cache(maxsize=1 << 14)
def house(name: str | None) -> str | None:
    """A publisher's or agency's name as it compares: an agency by the name that its credits carry ("Agence France-Presse" → "AFP"), others folded."""
    if name is None or not name.strip():
        return None
    lower = name.strip().lower()
    agency = _agencies().get(lower) or _agencies().get(lower.removeprefix("the "))
    return agency or fold(name.strip()).removeprefix("the ")


def is_agency(name: str | None) -> bool:
    """Whether a house, as :func:`house` names it, is a known news agency."""
    return name in _agency_names()


@cache
def _agencies() -> dict[str, str]:
    return dict(language(_LANGUAGE).table("layout")["agencies"])


@cache
def _agency_names() -> frozenset[str]:
    return frozenset(_agencies().values())
