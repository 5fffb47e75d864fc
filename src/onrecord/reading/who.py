"""Whom a phrase by itself names: what a column of actor names asks ("Shanghai police", "a former minister", "President Mandela").

Reads the phrase as the subject of a sentence, by the very rules that read running text. Nothing stands before it, so that a pronoun stays unresolved.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from onrecord.knowledge import Actor, knowledge_base
from onrecord.knowledge.gazetteer import gazetteer
from onrecord.model import ActorKind, ActorRef, Participant, Span
from onrecord.model.participants import Reason
from onrecord.reading.actors import day_of, participants
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.descriptions import local
from onrecord.reading.phrases import Phrase, describe, state_or_body
from onrecord.reading.spelling import slug
from onrecord.reading.titles import titles

BEFORE, AFTER = "On Monday, ", " spoke to them."
"""What makes a sentence of a phrase: a parser trained on sentences reads bare phrases badly, and a capital that opens a sentence says nothing."""
_ONE_LINE = str.maketrans(dict.fromkeys("\n\r\t\x0b\x0c\x85\u2028\u2029", " "))


def carrier(phrase: str) -> str:
    """The sentence that carries a phrase."""
    return BEFORE + phrase.translate(_ONE_LINE) + AFTER


def named(analysis: Analysis, phrase: str) -> tuple[Participant, ...]:
    """Everybody ``phrase`` names, by the analysis of its carrier; one participant without actor, with the reason, where it names nobody."""
    end = len(BEFORE) + len(phrase)
    inside = [t for block in analysis.blocks[:1] for t in block.tokens if block.start(t) >= len(BEFORE) and block.end(t) <= end]
    if not inside:
        return (Participant(None, None, "generic"),)
    block = analysis.blocks[0]
    head = _head(inside)
    found = [p for p in participants(analysis, block, head) if p.mention is not None and len(BEFORE) <= p.mention.start < end]
    if all(p.actor is None or _bare(p.actor) for p in found):
        known = _elsewhere(analysis, inside, head) or [_unowned(analysis, block, head, found, end)]
        found = known if known[0].actor is not None or all(p.actor is None for p in found) else found
    return tuple(_within(phrase, p) for p in found)


def _head(inside: list[Token]) -> Token:
    """The token that the rest of the phrase hangs on: the subject, else the outermost noun."""
    indices = {t.i for t in inside}
    outer = [t for t in inside if t.head.i not in indices or t.head.i == t.i]
    return next((t for t in outer if t.dep_ in ("nsubj", "nsubjpass")), outer[-1])


def _elsewhere(analysis: Analysis, inside: list[Token], head: Token) -> list[Participant]:
    """The known actor whose name is the whole phrase but an article, where the parser took another word for its head."""
    length = inside[-1].idx + len(inside[-1].text) - inside[0].idx - len("the ")
    for mention in analysis.mentions:
        here = mention.block == 0 and inside[0].i <= mention.root <= inside[-1].i and mention.root != head.i
        if here and mention.span.end - mention.span.start >= length and any(p.actor is not None for p in mention.participants):
            return list(mention.participants)
    return []


def _bare(actor: ActorRef) -> bool:
    """Whether all that is known of an actor is its name."""
    return actor.kind == "organisation" and actor.country is None and not actor.sectors


def _unowned(analysis: Analysis, block: Block, head: Token, found: list[Participant], end: int) -> Participant:
    """Whoever has no name the rules know: by surname and day, by the place, by the state or body the phrase is of, or by what they are."""
    phrase = describe(block.doc, analysis.names[block.index], head)
    span = analysis.token_span(block, block.doc[phrase.left : phrase.right])
    if head.pos_ == "PRON":
        return Participant(span, None, "no-antecedent")
    ways: tuple[Callable[[], ActorRef | None], ...] = (
        lambda: _by_name(analysis, phrase.name or block.doc[phrase.left : phrase.right].text),
        lambda: _by_place(phrase),
        lambda: _of_whom(analysis, phrase),
        lambda: _placed(analysis, block, phrase, end),
        lambda: _by_kind(block, phrase),
    )
    for way in ways:
        ref = way()
        if ref is not None:
            return Participant(span, ref)
    owned = phrase.owner is not None and block.doc[phrase.owner].tag_ == "PRP$"
    reason: Reason = "no-antecedent" if owned else next((p.reason for p in found if p.reason), "generic")
    return Participant(span, None, reason)


def _by_name(analysis: Analysis, name: str) -> ActorRef | None:
    """The one head of state or government of that family name who is or lately was in office; whoever has a name of three words and here one more."""
    kb, on, words = knowledge_base(), day_of(analysis), name.split()
    if len(words) == 1:
        near = [a for a in kb.by_surname(name, on) if a.rank == 1]
    elif len(words) > 3:
        near = [a.actor for a in kb.find(" ".join(words[:-1])) if a.actor.kind == "person"]
    else:
        return None
    return kb.ref(near[0], on, 0.5) if len(near) == 1 else None


def _by_place(phrase: Phrase) -> ActorRef | None:
    """The people of a place that is no state's seat."""
    country = gazetteer().country_of(phrase.name) if phrase.name else None
    return local(country, phrase.name, "place", ("CVL",), phrase.name) if country is not None else None


def _of_whom(analysis: Analysis, phrase: Phrase) -> ActorRef | None:
    """Somebody or something of one state or body, whatever it is ("a Chadian island", "the region of Abkhazia")."""
    owners: list[Actor] = list(dict.fromkeys(phrase.actors))
    if len(owners) != 1:
        return None
    if owners[0].kind == "state" and owners[0].country:
        return local(owners[0].country, phrase.proper or phrase.role or phrase.noun, "group", phrase.sectors, phrase.proper)
    return knowledge_base().ref(owners[0], day_of(analysis), 0.5)


def _placed(analysis: Analysis, block: Block, phrase: Phrase, end: int) -> ActorRef | None:
    """Somebody or something in the one country that is named behind it ("towns across Mali", "a lecturer at a college in Wales")."""
    behind = [n for n in analysis.names[block.index].runs if n.start >= phrase.right and block.end(block.doc[n.end - 1]) <= end]
    found = [a.country if (a := state_or_body(n)) is not None else gazetteer().country_of(block.doc[n.start : n.end].text) for n in behind]
    countries = {country for country in found if country is not None}
    if len(countries) != 1:
        return None
    return local(countries.pop(), phrase.role or phrase.noun, "group", phrase.sectors)


def _by_kind(block: Block, phrase: Phrase) -> ActorRef | None:
    """People or a body that no state owns, by what they are ("political prisoners"): they have a sector and nothing else."""
    if not phrase.sectors or (phrase.owner is not None and block.doc[phrase.owner].tag_ == "PRP$"):
        return None
    words = phrase.proper or " ".join(t.lower_ for t in block.doc[phrase.left : phrase.right] if t.pos_ != "DET")
    kind: ActorKind = "body" if phrase.noun in titles().body and not phrase.plural else "group"
    return ActorRef(f"or:{slug(words)}", words, kind, None, phrase.sectors, None, 0.5)


def _within(phrase: str, participant: Participant) -> Participant:
    """The participant with its mention in the phrase instead of the carrier."""
    mention = participant.mention
    if mention is None:
        return participant
    start, end = mention.start - len(BEFORE), min(mention.end - len(BEFORE), len(phrase))
    return Participant(Span.of(phrase, start, end), participant.actor, participant.reason)
