"""Statements made by a preposition: "According to X, …", "…, according to X". Who relays further is decided by ``chains``."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.statements.draft import offsets
from onrecord.extract.statements.lexicon import Lexicon
from onrecord.extract.statements.quoted import Quoted
from onrecord.reading.analysis import Block, Draft, TokenRange


def according_drafts(block: Block, quotations: list[Quoted], lexicon: Lexicon) -> Iterator[Draft]:
    """A draft for each "according to" of ``block`` whose object can speak."""
    doc = block.doc
    for token in doc[:-2]:
        if token.lower_ != "according" or doc[token.i + 1].lower_ != "to":
            continue
        who = next((c for c in doc[token.i + 1].children if c.dep_ == "pobj"), None)
        if who is None or who.lemma_.lower() in lexicon.words["plain_according"]:
            continue
        quoted = next((q for q in quotations if q.last in (token.i, token.i - 1) and q.last - q.first > 4), None)
        content = [(quoted.start, quoted.end)] if quoted is not None else offsets(block, _governed(token, who))
        if content:
            yield Draft(block, "according to", (token.i, token.i + 2), who, content, lexicon.rules["according"], quoted=quoted is not None)


def _governed(according: Token, who: Token) -> list[TokenRange]:
    """The clause an "according to" phrase speaks for: its sentence, or the clause it hangs on, without the phrase itself."""
    doc, sentence = according.doc, according.sent
    start, end = according.i, _phrase_end(according, who, sentence.end)
    if not any(t.is_alpha and t.dep_ != "cc" for t in doc[sentence.start : start]):
        return [(end, sentence.end)]
    head = according.head
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    left = sentence.start if head.dep_ in ("ROOT", "conj", "ccomp") or head.left_edge.i >= start else head.left_edge.i
    right = sentence.end if head.dep_ == "ROOT" else max(end, head.right_edge.i + 1)
    if doc[end - 1].i + 1 >= sentence.end - 1:
        right = end
    return [(left, start), (end, right)]


def _phrase_end(according: Token, who: Token, limit: int) -> int:
    """Where the phrase ends: at the first comma after its noun that does not open an apposition or a relative clause."""
    doc = according.doc
    stop = max(according.right_edge.i, who.i) + 1
    for i in range(who.i + 1, min(stop, limit)):
        if doc[i].text == "," and not any(c.dep_ in ("appos", "relcl", "conj", "acl") and c.i > i for c in who.children):
            return i
    return min(stop, limit)
