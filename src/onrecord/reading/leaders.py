"""Who "the German leader" is: the office that leads a state, by the state and the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.knowledge import Actor, knowledge_base
from onrecord.model import ActorRef
from onrecord.reading.phrases import Phrase
from onrecord.reading.reference import reference


def leads_state(phrase: Phrase) -> bool:
    """Whether a description means whoever leads a state; an opposition or party leader does not."""
    words = reference()
    return phrase.noun in words.leading and all(word in words.leading or word in words.leading_words for word in phrase.role.split())


def leader(country: str, on: date | None) -> Actor | None:
    """Who leads a state on a day; None where several offices are so called, where none has one known holder, or without a day."""
    words, kb = reference(), knowledge_base()
    if on is None or country in words.led_by_either:
        return None
    first = "prime minister" if country in words.led_by_government else "monarch" if country in words.led_by_monarch else "president"
    for role in (first, "supreme leader", "paramount leader", "prime minister"):
        holders = kb.holders(country, role, on)
        if holders:
            return holders[0] if len(holders) == 1 else None
    return None


def foremost(fitting: Sequence[ActorRef], on: date | None) -> ActorRef | None:
    """Of several people whom "the leader" fits, the one who leads their state; None where none of them does."""
    heads = [a for country in {r.country for r in fitting if r.country} if (a := leader(country, on)) is not None]
    found = [r for r in fitting if any(r.id == a.id for a in heads)]
    return found[0] if len(found) == 1 else None
