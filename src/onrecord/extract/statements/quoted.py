"""Quotations with their cue and speaker: "“…,” X said", "X said: “…”", split quotations, and those that go on without a cue.

A stretch of quotation marks inside somebody's clause ("called it “a crime”") is left to the clause rules; scare quotes are nobody's statement.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.statements.clauses import cue_range
from onrecord.extract.statements.lexicon import Lexicon
from onrecord.extract.statements.quoting import relayed
from onrecord.extract.statements.speakers import subject
from onrecord.reading.analysis import Analysis, Block, Draft
from onrecord.reading.binding import FINITE

_STOP = frozenset(".?!;…")
_ENDS_INSIDE = frozenset(",?!…—–-")
_MODIFIER = frozenset(("relcl", "acl", "amod", "appos"))
_REACH = 30
"""How many tokens away from a quotation its cue may stand."""
_SPEECH = 4
"""Fewest tokens of a quotation that can stand without a comma, a colon or a cue directly beside it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation of a block as tokens ``[first, last)``, marks included, and as document offsets."""

    first: int
    last: int
    start: int
    end: int


def quotations_by_block(analysis: Analysis) -> dict[int, list[Quoted]]:
    """The quotations of every block, in order."""
    found: dict[int, list[Quoted]] = {}
    starts: dict[int, list[int]] = {}
    for q in analysis.quotations:
        block = analysis.blocks[q.block]
        begin = starts.setdefault(q.block, [block.start(t) for t in block.tokens])
        first, last = bisect_left(begin, q.start), bisect_left(begin, q.end)
        if first < last:
            end = analysis.span(q.start, q.end).end
            found.setdefault(q.block, []).append(Quoted(first, last, q.start, end))
    return found


def quoted_drafts(analysis: Analysis, quotations: dict[int, list[Quoted]], lexicon: Lexicon) -> list[Draft]:
    """A draft for every attributed quotation of the document; later parts of one are further content."""
    drafts: list[Draft] = []
    carried: Draft | None = None
    for block in analysis.blocks:
        found = _of_block(block, quotations.get(block.index, []), lexicon, carried)
        drafts += [d for d in found if d is not carried]
        carried = found[-1] if found else None
    return drafts


def _of_block(block: Block, quotations: list[Quoted], lexicon: Lexicon, carried: Draft | None) -> list[Draft]:
    by_cue: dict[int, Draft] = {}
    order: list[Draft] = []
    for k, quotation in enumerate(quotations):
        low = quotations[k - 1].last if k else 0
        high = quotations[k + 1].first if k + 1 < len(quotations) else len(block.doc)
        cue = _cue_after(block, quotation, high, lexicon)
        free = _free_standing(block, quotation, lexicon)
        start = quotation.start if free else _start_outside(block, quotation, lexicon)
        if cue is None or start is None:
            cue, start = _cue_before(block, quotation, low, lexicon), quotation.start
        if cue is not None and cue.i in by_cue:
            by_cue[cue.i].content.append((start, quotation.end))
        elif cue is not None:
            draft = _draft(block, quotation, cue, lexicon)
            draft.content = [(start, quotation.end)]
            draft.quoted = start == quotation.start
            by_cue[cue.i] = draft
            order.append(draft)
        elif _begins_sentence(block, quotation.first) and _ends_sentence(block, quotation):
            before = order[-1] if order else carried if quotation.first == 0 else None
            if before is not None:
                before.content.append((quotation.start, quotation.end))
                if before is carried:
                    order.append(before)
    return order


def _draft(block: Block, quotation: Quoted, cue: Token, lexicon: Lexicon) -> Draft:
    passed_on = relayed(cue, lexicon) if cue.text != ":" else None
    if passed_on is not None:
        content = [(quotation.start, quotation.end)]
        return Draft(
            block, "verb quote quote", passed_on.cue, passed_on.speaker, content, lexicon.rules["relayed"], relays=passed_on.relays, quoted=True
        )
    sure = lexicon.quotes(cue) or lexicon.rules["colon"]
    who = subject(cue) if cue.text != ":" else _before_colon(cue)
    if who is None:
        who = _beside(cue, quotation)
    to = tuple(c for c in cue.children if c.dep_ in ("dobj", "dative") and c.i > cue.i and c.pos_ in ("NOUN", "PROPN", "PRON"))
    if who is not None and who in to:
        to = ()
    rule = f"verb {cue.lemma_.lower()} quote" if cue.text != ":" else "colon"
    return Draft(block, rule, cue_range(cue), who, [(quotation.start, quotation.end)], sure, to, quoted=True)


def _cue_after(block: Block, quotation: Quoted, high: int, lexicon: Lexicon) -> Token | None:
    """The verb of "“…,” X said" or "“…,” said X"."""
    doc = block.doc
    if quotation.last >= high or quotation.last - quotation.first < 3:
        return None
    inside, outside = doc[quotation.last - 2], doc[quotation.last]
    if inside.text[-1] not in _ENDS_INSIDE and outside.text not in (",", "—", "–", "-"):
        return None
    for token in doc[quotation.last : min(high, quotation.last + _REACH)]:
        if token.text in _STOP:
            return None
        mistagged = token.lower_ in lexicon.words["quote_forms"] and token.i + 1 < len(doc) and doc[token.i + 1].is_punct
        if mistagged or (token.pos_ in ("VERB", "AUX") and token.dep_ not in _MODIFIER and token.dep_ not in ("aux", "auxpass")):
            if mistagged or (_speaks(token, lexicon) and token.tag_ != "VBG" and not _takes_clause(token)):
                return token
            if token.tag_ in FINITE:
                return None
    return None


def _speaks(token: Token, lexicon: Lexicon) -> bool:
    return bool(lexicon.quotes(token)) or relayed(token, lexicon) is not None


def _takes_clause(verb: Token) -> bool:
    """True if the verb has a clause of its own after it, so that the quotation before it is something else."""
    return any(c.dep_ == "ccomp" and c.i > verb.i and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children) for c in verb.children)


def _free_standing(block: Block, quotation: Quoted, lexicon: Lexicon) -> bool:
    """True unless the quotation continues a clause that began outside its marks."""
    if quotation.first == 0:
        return True
    before = block.doc[quotation.first - 1]
    if before.text in _STOP or before.text in ("”", '"', "''", ":", "—", "–"):
        return True
    if before.text == ",":
        return _cue_before(block, quotation, 0, lexicon) is not None or quotation.first < 4
    return bool(lexicon.quotes(before)) or (before.lower_ in ("but", "and", "so", "yet") and _begins_sentence(block, before.i))


def _start_outside(block: Block, quotation: Quoted, lexicon: Lexicon) -> int | None:
    """Where the sentence begins whose end is quoted ("The plan is “dead,” he said"); None if that sentence has a cue of its own before the marks."""
    doc, first = block.doc, quotation.first
    start = first
    while start > 0 and doc[start - 1].text not in _STOP and start > first - 2 * _REACH:
        start -= 1
        if doc[start].pos_ == "VERB" and lexicon.quotes(doc[start]) and doc[start].dep_ not in _MODIFIER:
            return None
    return block.start(doc[start])


def _cue_before(block: Block, quotation: Quoted, low: int, lexicon: Lexicon) -> Token | None:
    """The verb of "X said, “…”" or "X put it this way: “…”", or the colon of "X: “…”"."""
    doc, first = block.doc, quotation.first
    if first == 0:
        return None
    before = doc[first - 1]
    long_enough = quotation.last - first - 2 >= _SPEECH
    finite = any(t.tag_ in FINITE or t.tag_ == "MD" for t in doc[first : quotation.last])
    whole = finite or doc[quotation.last - 2].text[-1] in _STOP
    direct = before.text in (",", ":") or (before.pos_ == "VERB" and whole and bool(lexicon.quotes(before)))
    speech = long_enough and doc[first + 1].text[:1].isupper() and finite
    if not (direct or (speech and before.pos_ in ("NOUN", "PROPN", "PRON", "ADV", "NUM"))) or not (long_enough or before.text != ","):
        return None
    for i in range(first - 1, max(low, first - _REACH) - 1, -1):
        token = doc[i]
        if token.text in _STOP and i < first - 1:
            break
        if token.pos_ in ("VERB", "AUX") and lexicon.quotes(token) and token.dep_ not in ("aux", "auxpass", "amod"):
            return None if any(t.lower_ == "that" for t in doc[i + 1 : first]) else token
        if token.tag_ in FINITE and token.dep_ not in _MODIFIER and before.text != ":":
            return None
    return _cue_of_colon(doc[first - 1], low) if before.text == ":" and speech else None


def _cue_of_colon(colon: Token, low: int) -> Token:
    """What introduces a quotation after a colon without a verb of saying: the sentence's verb where it has one, else the colon."""
    for token in reversed(colon.doc[low : colon.i]):
        if token.text in _STOP:
            break
        if token.tag_ in FINITE and token.dep_ not in _MODIFIER:
            return token
    return colon


def _before_colon(colon: Token) -> Token | None:
    """The noun phrase that stands before a colon ("The minister: “…”")."""
    if colon.i == 0:
        return None
    token = colon.doc[colon.i - 1]
    while token.head.i != token.i and token.head.i < colon.i and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    return token if token.pos_ in ("NOUN", "PROPN", "PRON") else None


def _beside(cue: Token, quotation: Quoted) -> Token | None:
    """The nominal next to a cue whose subject the parser missed: before it, or right after it ("said Jane Roe")."""
    doc = cue.doc
    around: Iterable[int] = (*range(cue.i - 1, max(cue.i - 4, -1), -1), *range(cue.i + 1, min(cue.i + 6, len(doc))))
    for i in around:
        if quotation.first <= i < quotation.last:
            continue
        token = doc[i]
        if token.pos_ in ("PROPN", "PRON", "NOUN") and token.ent_type_ not in ("DATE", "TIME"):
            while token.head.pos_ in ("PROPN", "NOUN") and token.head.i not in (token.i, cue.i) and token.dep_ in ("compound", "nmod", "amod"):
                token = token.head
            return token
    return None


def _ends_sentence(block: Block, quotation: Quoted) -> bool:
    """True if the sentence ends with the quotation, rather than running on behind its closing mark."""
    doc, last = block.doc, quotation.last
    inside = doc[last - 2].text[-1] in _STOP if last - quotation.first > 2 else False
    return inside or last >= len(doc) or doc[last].text in _STOP


def _begins_sentence(block: Block, first: int) -> bool:
    """True if nothing of the same sentence stands before token ``first``."""
    if first == 0:
        return True
    before = block.doc[first - 1]
    return before.text in _STOP or before.text in ("”", '"', "''", ")")
