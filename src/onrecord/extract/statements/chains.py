"""Who passes words on. Explicit relays ("told the BBC", "quoted by"), and how far a relay reaches beyond the sentence that names it.

A relay holds for a *speaker*: once a passage gives somebody's words through X, that speaker's next statements come through X too, in the same
paragraph and the following ones while the account goes on (``gold/GUIDE.md``). A lead that sums up what is told through X below comes through X.
An outlet, a spokesperson for the same state, or a text about its author relays; one politician who mentions another does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.statements.lexicon import Lexicon
from onrecord.extract.statements.voices import everybody, is_outlet, same
from onrecord.model import Participant
from onrecord.reading.analysis import Analysis, Block, Chain, Mention, Spoken

_REACH = 2
"""How many paragraphs without a word of the relayed speakers an account may skip."""


@dataclass(slots=True)
class _Account:
    """An account that goes on: who relays it, whose words it gives, and the paragraph where it was last heard."""

    via: tuple[Participant, ...]
    cast: list[Participant]
    block: int


def relay(analysis: Analysis, found: list[Spoken], lexicon: Lexicon) -> None:
    """Set ``relays`` of every top-level statement that somebody passes on, and fill ``analysis.chains``."""
    for item in found:
        item.relays = (*item.relays, *_outlets(analysis, item, lexicon))
    inner: dict[int, list[Spoken]] = {}
    for item in found:
        if item.parent is not None:
            inner.setdefault(id(item.parent), []).append(item)
    top = [item for item in found if item.parent is None]
    people = _people(analysis)
    account: _Account | None = None
    last: dict[str, tuple[Participant, ...]] = {}
    for item in top:
        account = _next(analysis, item, (inner.get(id(item), []), people), account, lexicon)
        if not item.relays and account is not None and _heard(item, account):
            item.relays = account.via
            account.block = item.draft.block.index
        if not item.relays and item.draft.rule.startswith("verb quote"):
            item.relays = last.get(_key(item.speaker), ())
        if item.relays:
            last[_key(item.speaker)] = item.relays
            account = account or _Account(item.relays, [item.speaker], item.draft.block.index)
    _lead(top)
    analysis.chains = list(_passages(analysis, top))


def _next(
    analysis: Analysis, item: Spoken, content: tuple[list[Spoken], dict[int, list[Mention]]], account: _Account | None, lexicon: Lexicon
) -> _Account | None:
    """The account after ``item``: a new one where it opens one, the old one while it lasts. ``content``: statements and people it may hold."""
    inside, people = content
    block = item.draft.block.index
    if item.relays:
        return _Account(item.relays, [item.speaker], block)
    via = tuple(everybody(analysis, item.draft.block, (item.draft.speaker,))) if item.draft.speaker is not None else ()
    if via and item.draft.rule == "according to":
        return _Account(via, [*(s.speaker for s in inside), *_people_in(item, people)], block)
    passed_on = [s.speaker for s in inside if not same(s.speaker, item.speaker) and _relays(item, s, lexicon)]
    if via and passed_on:
        return _Account(via, passed_on, block)
    return account if account is not None and block - account.block <= _REACH else None


def _heard(item: Spoken, account: _Account) -> bool:
    """True if ``item`` gives words of somebody in the account; what a person merely wants or plans the report may know by itself."""
    kind, _, frame = item.draft.rule.partition(" ")
    attitude = kind in ("noun", "adj") or frame.endswith(" inf") or " state_" in frame
    return item.draft.rule != "according to" and not attitude and any(same(item.speaker, member) for member in account.cast)


def _relays(outer: Spoken, inner: Spoken, lexicon: Lexicon) -> bool:
    """True if ``outer``'s speaker passes on ``inner``'s words rather than merely mentions them."""
    if not (inner.draft.quoted or lexicon.rows["verb"].get(_verb(inner), {}).get("quote")):
        return False
    if is_outlet(outer.speaker):
        return True
    a, b = outer.speaker.actor, inner.speaker.actor
    text = inner.draft.speaker is not None and inner.draft.speaker.lemma_.lower() in lexicon.words["owned_documents"]
    return text or (a is not None and b is not None and a.country is not None and a.country == b.country and a.kind != "state")


def _verb(item: Spoken) -> str:
    kind, _, rest = item.draft.rule.partition(" ")
    return rest.partition(" ")[0] if kind == "verb" else ""


def _people(analysis: Analysis) -> dict[int, list[Mention]]:
    """The mentions of people, by paragraph."""
    found: dict[int, list[Mention]] = {}
    for mention in analysis.mentions:
        if any(p.actor is not None and p.actor.kind == "person" for p in mention.participants):
            found.setdefault(mention.block, []).append(mention)
    return found


def _people_in(item: Spoken, people: dict[int, list[Mention]]) -> Iterator[Participant]:
    """The people named in a statement's content."""
    for mention in people.get(item.draft.block.index, ()):
        if any(c.covers(mention.span) for c in item.content):
            yield from mention.participants


def _outlets(analysis: Analysis, item: Spoken, lexicon: Lexicon) -> Iterator[Participant]:
    """Outlets to whom something is said: "told the BBC", "said in an interview with the BBC"."""
    draft = item.draft
    if draft.cue is None or draft.rule == "according to":
        return
    for token in draft.addressees:
        if _names_outlet(analysis, draft.block, token, lexicon):
            yield from everybody(analysis, draft.block, (token,))
    for cue in draft.block.doc[slice(*draft.cue)]:
        for token in _occasions(cue, lexicon):
            if _names_outlet(analysis, draft.block, token, lexicon):
                yield from everybody(analysis, draft.block, (token,))


def _occasions(cue: Token, lexicon: Lexicon) -> Iterator[Token]:
    """What an occasion of speaking is with or for ("in an interview with …", "in remarks published by …")."""
    for prep in cue.children:
        if prep.dep_ != "prep":
            continue
        for noun in prep.children:
            if noun.lemma_.lower() in lexicon.words["occasions"]:
                yield from (t for t in noun.subtree if t.dep_ == "pobj" and t.i > noun.i)
            elif prep.lower_ in ("to", "on"):
                yield noun


def _names_outlet(analysis: Analysis, block: Block, token: Token, lexicon: Lexicon) -> bool:
    named = token.pos_ == "PROPN" or any(c.pos_ == "PROPN" for c in token.children)
    return any(is_outlet(p) for p in everybody(analysis, block, (token,))) or (named and token.lemma_.lower() in lexicon.words["outlets"])


def _key(speaker: Participant) -> str:
    if speaker.actor is not None:
        return speaker.actor.id
    return speaker.mention.text.lower() if speaker.mention is not None else ""


def _lead(top: list[Spoken]) -> None:
    """Relay the first paragraph's statements of whoever is next heard, below it, through somebody."""
    for item in top:
        if item.draft.block.index != 0:
            return
        if not item.relays:
            below = next((s for s in top if s.draft.block.index > 0 and s.draft.rule != "according to" and same(s.speaker, item.speaker)), None)
            if below is not None and not same(below.relays[0] if below.relays else item.speaker, item.speaker):
                item.relays = below.relays


def _passages(analysis: Analysis, top: list[Spoken]) -> Iterator[Chain]:
    """What each relay governs: the statement's words; for "According to X, …" at the head of a sentence, the rest of its paragraph."""
    for item in top:
        spans = [s for s in (item.speaker.mention, item.cue, *item.content) if s is not None]
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        if item.relays:
            yield Chain(start, end, item.relays)
        elif (
            item.draft.rule == "according to" and item.cue is not None and item.cue.start <= item.content[0].start and item.draft.speaker is not None
        ):
            block = item.draft.block
            via = tuple(everybody(analysis, block, (item.draft.speaker,)))
            yield Chain(item.cue.start, max(end, block.offset + len(block.text)), via)
