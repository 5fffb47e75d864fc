"""A position before it is a record: whose, which way, on what, in which words; and how drafts become records without doubles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.positions.lexicon import stance_words
from onrecord.extract.scene import Scene, key
from onrecord.knowledge.base import knowledge_base
from onrecord.model import Participant, Position, Span, Statement, Why, record_id
from onrecord.model.records import Issue, Stance, Target, TargetKind
from onrecord.reading.times import record_date

EXTRACTOR = "positions.rules.v1"


@dataclass(frozen=True, slots=True)
class Draft:
    """One holder's stance.

    ``anchor``: the word that shows it; ``about``: the head of the target, None where it is the evidence itself; ``inferred``: shown by an
    event or a tie, not by a word of stance; ``rule``: the function that found it.
    """

    scene: Scene
    holder: Participant
    stance: Stance
    anchor: Token
    about: Token | None
    evidence: Span
    confidence: float
    strength: int = 2
    aimed: Participant | None = None
    issue: Issue | None = None
    record: str | None = None
    inferred: bool = False
    rule: str = ""


def finish(drafts: Iterable[Draft]) -> list[Position]:
    """The records of a document's drafts: one for each holder, stance and target; the first told wins.

    What only an event or a tie shows is left out where the words of the same passage have shown where its actor stands.
    """
    kept: dict[tuple[object, ...], Position] = {}
    told: dict[tuple[str, int], list[Draft]] = {}
    for draft in drafts:
        speaker = draft.scene.analysis.statement_at(draft.evidence)
        holder = _spokesman(draft.holder, speaker)
        if holder.mention is None or (holder.actor is None and holder.reason != "unknown-name") or _meant_otherwise(holder, speaker):
            continue
        who = holder.actor.country if holder.actor is not None and holder.actor.country else key(holder)
        if draft.inferred and any(_idle(draft, other) for other in told.get((who, draft.scene.block.index), ())):
            continue
        unique = (who, draft.stance, *_place(draft))
        if unique not in kept:
            kept[unique] = _position(draft, holder, speaker)
            told.setdefault((who, draft.scene.block.index), []).append(draft)
    return list(kept.values())


def _meant_otherwise(holder: Participant, inside: Statement | None) -> bool:
    """Is it said in jest? What somebody quips or sneers may mean its opposite and is left out."""
    if inside is None or inside.cue is None or key(holder) != key(inside.speaker):
        return False
    return any(stance_words().has("irony.cues", word) for word in inside.cue.text.lower().split())


def _idle(draft: Draft, told: Draft) -> bool:
    """Is an inferred draft idle beside what was told before? An event is beside anything but events, a tie beside words of its stance."""
    if not draft.evidence.overlaps(told.evidence):
        return False
    return told.record is None if draft.record is not None else not told.inferred and told.stance == draft.stance


def _place(draft: Draft) -> tuple[object, ...]:
    """What tells one target from another."""
    head = draft.about or draft.anchor
    return (draft.scene.block.index, head.i, key(draft.aimed) if draft.aimed else "", draft.issue.id if draft.issue else "")


def _spokesman(holder: Participant, inside: Statement | None) -> Participant:
    """Who speaks for their own state, ministry or people is the holder."""
    if inside is None or holder.actor is None or inside.speaker.actor is None or inside.speaker.mention is None:
        return holder
    own = holder.actor.country is not None and holder.actor.country == inside.speaker.actor.country
    return inside.speaker if own and holder.actor.kind in ("state", "body", "people") else holder


def _position(draft: Draft, holder: Participant, inside: Statement | None) -> Position:
    analysis, block = draft.scene.analysis, draft.scene.block
    span = draft.scene.phrase(draft.about) if draft.about is not None else draft.evidence
    named = draft.scene.single(draft.about) if draft.about is not None else []
    actor = draft.aimed or (named[0] if named else None)
    issue = draft.issue or issue_of(draft, span, actor, holder)
    document = analysis.document.id
    ends = [span, draft.aimed.mention if draft.aimed is not None else None]
    roles: dict[str, list[Span | None]] = {"evidence": [draft.evidence], "holder": [holder.mention], "target": ends}
    return Position(
        id=record_id(f"position:{draft.issue.id}" if draft.issue else "position", document, roles),
        document_id=document,
        evidence=draft.evidence,
        via=inside.via if inside else analysis.via_at(draft.evidence),
        statement_id=inside.id if inside else None,
        date=record_date(analysis, block, draft.anchor),
        confidence=draft.confidence,
        extractor=EXTRACTOR,
        why=(Why("rule", f"{draft.rule} {draft.anchor.lemma_.lower()}", draft.confidence),),
        holder=holder,
        stance=draft.stance,
        target=Target(None if draft.about is None and draft.stance == "declines-comment" else span, _kind(draft.about, actor, draft.aimed), actor),
        issue=issue,
        strength=draft.strength,
        record_id=draft.record or (inside.id if inside else None),
    )


def issue_of(draft: Draft, span: Span, actor: Participant | None, holder: Participant) -> Issue | None:
    """The issue the target's words name, else the evidence's without the holder's name, else that of the two states, or of two named there.

    Weak words, such as a country's name, come behind all that says more.
    """
    published = (draft.scene.analysis.document.published or "")[:4]
    year = int(published) if published.isdecimal() else None
    issues = knowledge_base().issues
    beside = [m for m in draft.scene.mentions if m.span.overlaps(draft.evidence)]
    near = _countries(p for m in beside for p in m.participants)
    sides = _countries([*([actor] if actor is not None else []), holder])
    told = _without(draft.evidence, holder)
    return (
        issues.find(span.text, near, year, weak=False)
        or issues.find(told, near | sides, year, weak=False)
        or issues.between(sides, year)
        or issues.find(span.text, near, year)
        or issues.between(_countries(p for m in beside if m.span.overlaps(span) for p in m.participants), year)
        or issues.find(told, near | sides, year)
        or issues.between(near, year)
    )


def _countries(participants: Iterable[Participant]) -> set[str]:
    return {p.actor.country for p in participants if p.actor is not None and p.actor.country}


def _without(evidence: Span, holder: Participant) -> str:
    """The words of the evidence, the holder's own left out: that Iraq signs a treaty does not make it an issue of Iraq."""
    own = holder.mention
    if own is None or not own.overlaps(evidence):
        return evidence.text
    first, last = max(own.start - evidence.start, 0), max(own.end - evidence.start, 0)
    return f"{evidence.text[:first]} {evidence.text[last:]}"


def _kind(about: Token | None, actor: Participant | None, aimed: Participant | None) -> TargetKind:
    if aimed is not None or (actor is not None and about is not None):
        return "actor"
    if about is None:
        return "issue"
    if about.pos_ in ("VERB", "AUX"):
        return "proposition" if any(c.dep_ in ("nsubj", "nsubjpass") for c in about.children) else "action"
    return "issue"
