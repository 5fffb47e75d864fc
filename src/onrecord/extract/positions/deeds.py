"""Stances shown by acts read elsewhere: sanctions and claims as standing ties, and the events that side with or against their recipient."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.confidence import EVENT
from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.grammar import asserted, negated
from onrecord.extract.positions.lexicon import stance_words
from onrecord.extract.positions.targets import drafts
from onrecord.extract.relations.acts import acts
from onrecord.extract.relations.sanctions import sanctions
from onrecord.extract.relations.ties import at_odds
from onrecord.extract.scene import Scene
from onrecord.model import Event, Span
from onrecord.model.records import Stance

_NO_DEED = ("ask", "deny", "refute")
"""Triggers of events that show no stance by themselves: a denial of one's own deed opposes nothing."""
_SHORTEST = 3
"""Words an event's evidence must exceed: "he warned" alone says nothing of what."""
_EVENTS: dict[str, Stance] = {
    "ACCUSE": "oppose",
    "REJECT": "oppose",
    "SANCTION": "oppose",
    "SUPPORT": "support",
    "AID": "support",
    "REQUEST": "support",
}


_BACKWARDS = 0.6
"""The confidence of a sanction whose object stands further back; inside somebody's words it is too loose to be a position."""


def standing(scene: Scene) -> Iterator[Draft]:
    """A sanction or a quarrel opposes its object; a claim supports the claim."""
    for tie in (*sanctions(scene), *acts(scene), *at_odds(scene)):
        if tie.type in ("sanction", "claim", "dispute") and tie.status in ("current", "planned") and tie.object.mention is not None:
            token = _head(scene, tie.object.mention)
            stance: Stance = "support" if tie.type == "claim" else "oppose"
            if token is not None and (tie.confidence > _BACKWARDS or tie.statement_id is None):
                yield Draft(
                    scene,
                    tie.subject,
                    stance,
                    token,
                    token,
                    tie.evidence,
                    tie.confidence,
                    aimed=None if tie.type == "claim" else tie.object,
                    inferred=True,
                )


def events(scene: Scene) -> Iterator[Draft]:
    """Every telling event of the block that the words themselves have not shown yet."""
    for event in scene.events:
        stance = _EVENTS.get(event.type)
        if stance is None or event.status not in ("actual", "historical"):
            continue
        yield from _event(scene, event, stance)


def _event(scene: Scene, event: Event, stance: Stance) -> Iterator[Draft]:
    token = _token(scene, event.trigger.start)
    if token is None or len(event.evidence.text.split()) <= _SHORTEST or not _telling(event, token.lemma_.lower()):
        return
    if not negated(token) and asserted(token):
        yield from drafts(scene, event.actors, stance, token, None, evidence=event.evidence, confidence=EVENT, record=event.id)


def _telling(event: Event, lemma: str) -> bool:
    """Is it aid, or told by a word of stance? Those who order, warn, stop or inquire show none by that alone."""
    words = stance_words()
    told = lemma in words.verbs or words.has("noun.support", lemma) or words.has("noun.oppose", lemma)
    return event.type == "AID" or (told and lemma not in _NO_DEED)


def _head(scene: Scene, mention: Span) -> Token | None:
    """The head of a mention of the block."""
    token = _token(scene, mention.start)
    found = scene.covering.get(token.i) if token is not None else None
    return scene.block.doc[found.root] if found is not None else token


def _token(scene: Scene, start: int) -> Token | None:
    """The token that begins at or covers a document offset."""
    found = scene.block.doc.char_span(start - scene.block.offset, start - scene.block.offset + 1, alignment_mode="expand")
    return found[0] if found is not None and len(found) else None
