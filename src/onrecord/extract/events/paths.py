"""How the parse leads from an event's predicate to each of its parties, as a line of text for those who ask why. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.model import Event, Participant, Span
from onrecord.reading.analysis import Analysis, Block

_LABELS = {
    "nsubj": "subject", "nsubjpass": "subject", "csubj": "subject", "dobj": "object", "dative": "to whom", "poss": "owner", "conj": "and",
    "appos": "that is", "relcl": "which", "acl": "which", "xcomp": "to do", "ccomp": "that", "advcl": "while", "amod": "kind", "compound": "kind",
    "nmod": "kind", "attr": "is",
}  # fmt: skip
"""Plain words for dependency labels; a label that is not here stands as the parser gives it."""


@dataclass(frozen=True, slots=True)
class Path:
    """One party and the way to it. ``steps`` is None where another sentence names it, or where it is understood."""

    party: Participant
    role: str
    steps: str | None


def paths(analysis: Analysis, event: Event) -> tuple[Path, ...]:
    """The way from an event's trigger to each of its parties, actors first. ``analysis`` is one of the event's own document, parsed."""
    block = analysis.blocks[analysis.block_at(event.trigger.start)]
    trigger = _token(block, event.trigger)
    roles = [("actor", p) for p in event.actors] + [("recipient", p) for p in event.recipients]
    return tuple(Path(p, role, _steps(block, trigger, p)) for role, p in roles)


def _steps(block: Block, trigger: Token | None, party: Participant) -> str | None:
    named = _token(block, party.mention) if party.mention is not None else None
    return path(trigger, named) if trigger is not None and named is not None else None


def path(trigger: Token, party: Token) -> str | None:
    """The dependency path between two tokens of one parse: "condemned ←subject Beijing", "visit →during said ←subject Kibaki".

    An arrow to the left leads down to a dependent, one to the right up to what governs; None where they stand in different sentences.
    """
    if trigger.sent.start != party.sent.start:
        return None
    above = [party, *party.ancestors]
    places = {token.i: n for n, token in enumerate(above)}
    out, climbed = [trigger.text], trigger
    while climbed.i not in places:
        governor = _governor(climbed)
        out.append(f"→{_label(climbed)} {governor.text}")
        climbed = governor
    down = reversed(above[: places[climbed.i]])
    return " ".join([*out, *(f"←{_label(token)} {token.text}" for token in down if not _links(token))])


def _links(token: Token) -> bool:
    """True for a preposition, which names the step to what follows it."""
    return token.pos_ == "ADP" and any(c.dep_ in ("pobj", "pcomp") for c in token.children)


def _governor(token: Token) -> Token:
    return token.head.head if _links(token.head) and token.dep_ in ("pobj", "pcomp") else token.head


def _label(token: Token) -> str:
    return token.head.lower_ if token.dep_ in ("pobj", "pcomp") else _LABELS.get(token.dep_, token.dep_)


def _token(block: Block, span: Span) -> Token | None:
    """The head of a span in its block; None where the span lies elsewhere."""
    found = block.doc.char_span(span.start - block.offset, span.end - block.offset, alignment_mode="expand") if span.start >= block.offset else None
    return found.root if found else None
