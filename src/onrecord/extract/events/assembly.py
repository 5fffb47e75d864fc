"""From coded candidates to event records: evidence, date, chain, place, confidence, and one record for one telling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.codebook import intensity, quad
from onrecord.codebook.choice import cameo_for
from onrecord.codebook.recoding import PREFIX
from onrecord.extract.events.background import background
from onrecord.extract.events.candidates import candidates
from onrecord.extract.events.clauses import is_passive
from onrecord.extract.events.coder import Code, code
from onrecord.extract.events.contexts import cameo, contexts
from onrecord.extract.events.frames import Roles, fill, fits
from onrecord.extract.events.lexicon import Frame, Lexicon
from onrecord.extract.events.memory import Memory, Told, filed_from
from onrecord.extract.events.parties import Parties
from onrecord.extract.events.speech import SpeechAct, speech_acts
from onrecord.extract.events.status import Mood, mood, status
from onrecord.extract.events.views import View
from onrecord.extract.events.where import place_of
from onrecord.model import Event, Participant, Span, Why, record_id
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.times import record_date

EXTRACTOR = "events.rules.v1"
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"})
"""Types whose complement belongs to the evidence: what is demanded, alleged, refused, threatened, promised or backed."""
IMAGINED = frozenset({"SUPPORT", "CONCEDE", "RETREAT", "AGREE", "REQUEST", "REJECT", "ACCUSE"})
"""Acts of words that are not told as events where they are only imagined."""
CONFIDENCE = {"verb": 0.85, "noun": 0.75, "speech": 0.75}
"""Measured: the share of right events by where they come from, on the development reports and the PLOVER sentences together, rounded down."""


def events(analysis: Analysis, lexicon: Lexicon) -> list[Event]:
    """Every event of the analysis, in reading order, exact repeats left out."""
    found: dict[tuple[object, ...], Event] = {}
    told: list[Told] = []
    filed = filed_from(analysis)
    for block in analysis.blocks:
        memory = Memory(Parties(analysis, block, lexicon), lexicon, told, filed)
        for event, sentence in _block(analysis, block, memory):
            alone = event.type == "CONSULT" and len(event.actors) == 1 and not event.recipients
            found.setdefault((*((block.index, sentence) if not alone else ()), event.type, *_who(event)), event)
    for act in speech_acts(analysis, lexicon):
        event = _spoken(analysis, act, lexicon)
        found.setdefault((act.block.index, act.trigger.sent.start, event.type, *_who(event)), event)
    return sorted(found.values(), key=lambda e: (e.trigger.start, e.id))


def _spoken(analysis: Analysis, act: SpeechAct, lexicon: Lexicon) -> Event:
    """The record of an act performed by a statement: it happens where that statement is made, not inside it."""
    trigger = _token_span(analysis, act.block, act.trigger)
    return Event(
        id=record_id("event", analysis.document.id, {"trigger": [trigger], "actors": _spans(act.actors), "recipients": _spans(act.recipients)}),
        document_id=analysis.document.id,
        evidence=act.evidence,
        via=act.statement.via,
        statement_id=act.statement.nested_in,
        date=act.statement.date,
        confidence=CONFIDENCE["speech"],
        extractor=EXTRACTOR,
        why=(Why("rule", f"speech {act.trigger.lemma_.lower()} {act.type}", CONFIDENCE["speech"]),),
        type=act.type,
        mode=act.mode,
        trigger=trigger,
        actors=act.actors,
        recipients=act.recipients,
        quad=quad(act.type),
        intensity=intensity(act.type, act.mode),
        cameo=cameo_for(act.type, act.mode, firm=any(c.lower_ in lexicon.words["firm"] for c in act.trigger.children)),
    )


def _who(event: Event) -> tuple[frozenset[object], frozenset[object]]:
    """Actors and recipients as sets of ids; sides of a reciprocal act in any order."""
    return frozenset(map(_key, event.actors)), frozenset(map(_key, event.recipients))


def _key(party: Participant) -> object:
    return party.actor.id if party.actor else party.mention


def _block(analysis: Analysis, block: Block, memory: Memory) -> Iterable[tuple[Event, int]]:
    parties, lexicon = memory.parties, memory.lexicon
    for view, frames in candidates(parties, lexicon):
        for frame in frames:
            roles = fill(frame, view, memory.recipients, memory.agents) if fits(frame, view) else None
            if roles is None:
                continue
            how = mood(view.trigger, view.clause, lexicon)
            coded = code(frame, view, roles, how, lexicon)
            coded = _promised(analysis, block, view, coded)
            if how.wished and coded.type != frame.type:
                how = replace(how, embedded=False, hypothetical=False, future=True)
            if how.tried and coded.mode == "targeted":
                how, coded = replace(how, hypothetical=False), replace(coded, rule="assassination-attempt")
            memory.told.append(Told(block.index, view.clause, coded.type, coded.roles.actors, coded.roles.recipients))
            if told(how, coded) and (how.hypothetical or not background(view, coded)):
                for one in _separate(coded, view):
                    yield record(parties, view, frame, one, _spoken_now(how, one)), view.trigger.sent.start
            break


def _spoken_now(how: Mood, coded: Code) -> Mood:
    """A refusal or a threat is made now, though what is refused or threatened lies ahead."""
    return replace(how, negated=coded.negated, future=how.future and coded.type not in ("REJECT", "THREATEN"))


def _promised(analysis: Analysis, block: Block, view: View, coded: Code) -> Code:
    """What one of two says that they will do together ("the two will meet") is his promise to the other."""
    roles = coded.roles
    if coded.type != "AGREE" or roles.recipients or len(roles.actors) < 2:
        return coded
    statement = analysis.statement_at(_token_span(analysis, block, view.trigger))
    speaker = statement.speaker.actor if statement else None
    mine = tuple(p for p in roles.actors if speaker is not None and p.actor is not None and p.actor.id == speaker.id)
    return replace(coded, roles=Roles(mine, tuple(p for p in roles.actors if p not in mine), 1)) if mine else coded


def told(how: Mood, coded: Code) -> bool:
    """False for what a report does not tell as an act: the content of demands and refusals, words nobody said yet, imagined acts of nobody known."""
    if how.embedded:
        return False
    everybody = (*coded.roles.actors, *coded.roles.recipients)
    return not how.hypothetical or (coded.type not in IMAGINED and all(p.actor is not None for p in everybody))


def _separate(coded: Code, view: View) -> list[Code]:
    """One event for each meeting: "meetings with the leaders of three countries" are three, "talks between four countries" are one."""
    roles = coded.roles
    plural = view.trigger.lemma_ in view.parties.words["countable"] and view.trigger.tag_ == "NNS"
    others = roles.actors[roles.subjects :]
    if coded.type != "CONSULT" or not plural or roles.subjects != 1 or len(others) < 2:
        return [coded]
    return [replace(coded, mode=None, roles=replace(roles, actors=(roles.actors[0], other))) for other in others]


def record(parties: Parties, view: View, frame: Frame, coded: Code, how: Mood) -> Event:
    """The record of a coded predicate, with evidence, date, chain and place from what stands around it."""
    analysis, block = parties.analysis, parties.block
    trigger = _token_span(analysis, block, view.trigger)
    evidence = _evidence(analysis, block, view, coded)
    when = record_date(analysis, block, view.trigger)
    statement = analysis.statement_at(trigger)
    kind = "noun" if frame.noun else "verb"
    shown = contexts(coded, view, parties.lexicon)
    return Event(
        id=record_id(
            "event", analysis.document.id, {"trigger": [trigger], "actors": _spans(coded.roles.actors), "recipients": _spans(coded.roles.recipients)}
        ),
        document_id=analysis.document.id,
        evidence=evidence,
        via=statement.via if statement else analysis.via_at(trigger),
        statement_id=statement.id if statement else None,
        date=when,
        confidence=CONFIDENCE[kind],
        extractor=EXTRACTOR,
        why=_grounds(f"{kind} {view.trigger.lemma_.lower()} {frame.type}", CONFIDENCE[kind], coded),
        type=coded.type,
        mode=coded.mode,
        contexts=shown,
        trigger=trigger,
        actors=coded.roles.actors,
        recipients=coded.roles.recipients,
        status=status(how, when, analysis.document),
        place=place_of(analysis, block, view, coded.type),
        quad=quad(coded.type),
        intensity=intensity(coded.type, coded.mode),
        cameo=cameo(frame, coded, view, parties.lexicon, shown),
    )


def _grounds(key: str, confidence: float, coded: Code) -> tuple[Why, ...]:
    """The rule of the lexicon and, where one was followed, the codebook's re-coding rule (``onrecord explain`` has its text)."""
    own = Why("rule", key, confidence)
    return (own, Why("rule", PREFIX + coded.rule)) if coded.rule else (own,)


def _spans(parties: Sequence[Participant]) -> list[Span | None]:
    return [p.mention for p in parties]


def _token_span(analysis: Analysis, block: Block, token: Token) -> Span:
    return analysis.span(block.start(token), block.end(token))


def _evidence(analysis: Analysis, block: Block, view: View, coded: Code) -> Span:
    """First to last word of trigger, clause verb, object and parties named in the sentence; for acts of speech the complement too."""
    sentence = view.trigger.sent
    low, high = block.offset + sentence.start_char, block.offset + sentence.end_char
    tokens = [view.trigger]
    if any(t.i == view.clause.i for t in view.trigger.ancestors) and not is_passive(view.clause):
        tokens.append(view.clause)
    tokens += view.args.slots.get("obj", ())
    starts = [block.start(t) for t in tokens]
    ends = [block.end(t) for t in tokens]
    for party in (*coded.roles.actors, *coded.roles.recipients):
        if party.mention is not None and low <= party.mention.start and party.mention.end <= high:
            starts.append(party.mention.start)
            ends.append(party.mention.end)
    if coded.type in SPOKEN:
        starts += [block.start(c.left_edge) for c in view.args.complements]
        ends += [block.end(c.right_edge) for c in view.args.complements]
    return analysis.span(max(low, min(starts)), min(high, max(ends)))
