"""From drafts to statements: one per cue and content, content fitted to quotation marks, nesting, form, evidence, date, id."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.extract.statements.lexicon import Lexicon
from onrecord.extract.statements.quoted import Quoted
from onrecord.extract.statements.voices import everybody, is_outlet, same, voice
from onrecord.model import Participant, Span, Statement, Why, record_id
from onrecord.model.records import Form
from onrecord.reading.analysis import Analysis, Draft, Offsets, Spoken
from onrecord.reading.times import record_date

EXTRACTOR = "statements.v2"
_LONGEST = 12
"""Most relays a chain keeps; real ones have three or four, only hostile text has hundreds."""


def spoken(analysis: Analysis, drafts: Iterable[Draft], quotations: dict[int, list[Quoted]], lexicon: Lexicon) -> list[Spoken]:
    """The drafts with their spans, each cue and content once, in the order of the text; parents set."""
    kept: dict[tuple[Span | None, tuple[Span, ...]], Spoken] = {}
    for draft in drafts:
        cue = _span(analysis, draft)
        parts = [_fitted(part, quotations.get(draft.block.index, []), cue) for part in draft.content] if not draft.quoted else draft.content
        content = tuple(analysis.span(start, end) for start, end in parts if end > start)
        if any(cue is not None and c.start <= cue.start < c.end for c in content):
            continue  # a clause cannot report itself: the parse is broken here
        if content and (cue, content) not in kept:
            speaker = voice(analysis, draft.block, draft.speaker, lexicon)
            value = round(draft.confidence, 2)
            relays = tuple(everybody(analysis, draft.block, draft.relays))
            kept[cue, content] = Spoken(draft, speaker, cue, content, relays, confidence=value, why=(Why("rule", draft.rule, value),))
    return settled(kept.values(), lexicon)


def settled(kept: Iterable[Spoken], lexicon: Lexicon) -> list[Spoken]:
    """``kept`` in the order of the text, each with its parent, without those that only echo the one around them."""
    found = sorted(kept, key=lambda s: (s.content[0].start, -s.draft.size, s.cue.start if s.cue else 0))
    _nest(found)
    dropped = {id(s) for s in found if s.parent is not None and _echo(s, s.parent, lexicon)}
    for item in found:
        while item.parent is not None and id(item.parent) in dropped:
            item.parent = item.parent.parent
    return [s for s in found if id(s) not in dropped]


def _echo(inner: Spoken, outer: Spoken, lexicon: Lexicon) -> bool:
    """True for what the statement around it says already: "refuses to [recognise] …", "voiced [support] for …", "“I [think] …,” she said"."""
    who = inner.draft.speaker
    if _only_wished(inner, lexicon):
        return True
    if who is not None and (who.lower_ in lexicon.words["self"] or who is outer.draft.speaker or (who.i, inner.draft.block) == _place(outer)):
        return True
    return inner.draft.rule.startswith("noun") and (who is None or same(inner.speaker, outer.speaker))


def _only_wished(item: Spoken, lexicon: Lexicon) -> bool:
    """True for what somebody should say or think: they have not ("both sides should [oppose] …")."""
    if item.draft.cue is None:
        return False
    verb = item.draft.block.doc[item.draft.cue[1] - 1]
    while verb.dep_ in ("conj", "xcomp", "prep", "prt") and verb.head.i != verb.i:
        verb = verb.head
    return any(c.dep_ == "aux" and c.lower_ in lexicon.words["deontic"] for c in verb.children)


def _place(item: Spoken) -> tuple[int, object] | None:
    who = item.draft.speaker
    return (who.i, item.draft.block) if who is not None else None


def _span(analysis: Analysis, draft: Draft) -> Span | None:
    if draft.cue is None:
        return None
    first, last = draft.cue
    return analysis.token_span(draft.block, draft.block.doc[first:last])


def _fitted(part: Offsets, quotations: list[Quoted], cue: Span | None) -> Offsets:
    """Content that runs into a quotation takes the whole of it; content that begins inside one ends with it."""
    start, end = part
    for q in quotations:
        cue_inside = cue is not None and q.start <= cue.start and cue.end <= q.end
        runs_in = start <= q.start < end < q.end and not cue_inside
        runs_out = q.start < start < q.end < end and cue_inside
        if runs_in or runs_out:
            end = q.end
    return start, end


def _nest(found: list[Spoken]) -> None:
    """Set each one's parent: the innermost other content that holds its cue and content. Statements of other paragraphs are not looked at."""
    by_block: dict[int, list[Spoken]] = {}
    for item in found:
        by_block.setdefault(item.draft.block.index, []).append(item)
    for near in by_block.values():
        parts = sorted(((c.start, -c.end, i) for i, item in enumerate(near) for c in item.content), reverse=True)
        around: list[tuple[int, Spoken]] = []
        for inner in sorted((s for s in near if s.cue is not None), key=_cue_start):
            at = _cue_start(inner)
            while parts and parts[-1][0] <= at:
                _, end, i = parts.pop()
                around.append((-end, near[i]))
            around = [(end, outer) for end, outer in around if end > at]
            inner.parent = next((outer for _, outer in reversed(around) if outer is not inner and _inside(inner, outer)), None)


def _cue_start(item: Spoken) -> int:
    return item.cue.start if item.cue is not None else -1


def _inside(inner: Spoken, outer: Spoken) -> bool:
    if inner.cue is None or not any(c.covers(inner.cue) for c in outer.content):
        return False
    return all(any(c.covers(part) for c in outer.content) for part in inner.content)


def statements(analysis: Analysis, found: list[Spoken], quotations: dict[int, list[Quoted]]) -> list[Statement]:
    """The frozen statements of ``found``; ``via`` holds the relays of the words themselves, then those of the statement around them."""
    ready: dict[int, Statement] = {}
    for item in found:
        waiting = [item]
        while waiting:  # parents first; a loop, since hostile text nests deeper than Python may call
            parent = waiting[-1].parent
            if parent is not None and id(parent) not in ready:
                waiting.append(parent)
                continue
            last = waiting.pop()
            ready[id(last)] = _statement(analysis, last, ready[id(parent)] if parent is not None else None, quotations)
    return [ready[id(item)] for item in found]


def _statement(analysis: Analysis, item: Spoken, parent: Statement | None, quotations: dict[int, list[Quoted]]) -> Statement:
    draft, block = item.draft, item.draft.block
    around: tuple[Participant, ...] = ()
    if item.parent is not None and item.parent.draft.speaker is not None:
        around = tuple(everybody(analysis, item.parent.draft.block, (item.parent.draft.speaker,)))
    via = _chained((*item.relays, *around), parent.via if parent is not None else ())
    roles = {"content": item.content, "cue": (item.cue,), "speaker": (item.speaker.mention,)}
    anchor = block.doc[draft.cue[0]] if draft.cue is not None else block.doc[0]
    return Statement(
        id=record_id("statement", analysis.document.id, roles),
        document_id=analysis.document.id,
        evidence=_evidence(analysis, item),
        via=via,
        statement_id=parent.id if parent is not None else None,
        date=record_date(analysis, block, anchor),
        confidence=item.confidence,
        extractor=EXTRACTOR,
        why=item.why,
        speaker=item.speaker,
        cue=item.cue,
        content=item.content,
        form=_form(item, quotations.get(block.index, [])),
        addressees=tuple(p for p in everybody(analysis, block, draft.addressees) if not is_outlet(p)),
        nested_in=parent.id if parent is not None else None,
    )


def _chained(near: tuple[Participant, ...], far: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """One chain, nearest first, with nobody twice in a row of relays."""
    chain = tuple(p for i, p in enumerate(near) if not any(same(p, q) for q in near[:i]))
    return (*chain, *(p for p in far if not any(same(p, q) for q in chain)))[:_LONGEST]


def _form(item: Spoken, quotations: list[Quoted]) -> Form:
    if item.draft.quoted:
        return "direct"
    inside = [q for q in quotations if any(c.start < q.end and q.start < c.end for c in item.content)]
    cue = item.cue
    return "mixed" if any(cue is None or not (q.start <= cue.start < q.end) for q in inside) else "indirect"


def _evidence(analysis: Analysis, item: Spoken) -> Span:
    """From the first to the last of speaker, cue and content within the paragraph of the cue."""
    block = item.draft.block
    low, high = block.offset, block.offset + len(block.text)
    spans = [s for s in (item.speaker.mention, item.cue, *item.content) if s is not None and low <= s.start and s.end <= high]
    return analysis.span(min(s.start for s in spans), max(s.end for s in spans)) if spans else item.content[0]
