"""Statements whose content is a complement of the cue: verbs, nouns and adjectives that the reporting table lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.extract.statements import complements
from onrecord.extract.statements.complements import Complement
from onrecord.extract.statements.draft import offsets
from onrecord.extract.statements.lexicon import Kind, Lexicon
from onrecord.extract.statements.quoting import relayed
from onrecord.reading.analysis import Block, Draft, TokenRange

_QUOTING = frozenset(("main_clause",))
_SAYING = frozenset(("that", "clause", "wh"))
_CUE_PARTS = frozenset(("aux", "auxpass", "neg", "prt"))


def clause_drafts(block: Block, lexicon: Lexicon, used: frozenset[int]) -> Iterator[Draft]:
    """One draft for each cue token of ``block`` that is not in ``used`` and has a complement it reports with: the surest one."""
    for token in block.tokens:
        kind: Kind
        if token.pos_ in ("VERB", "AUX"):
            if token.dep_ == "amod" and token.tag_ == "VBG":
                continue  # "declining rates"
            kind = "verb"
        elif token.pos_ == "NOUN":
            kind = "noun"
        elif token.pos_ == "ADJ":
            kind = "adj"
        else:
            continue
        frames = lexicon.frames(kind, token)
        if not frames or token.i in used or _left_unsaid(token):
            continue
        passed_on = relayed(token, lexicon) if kind == "verb" else None
        quoting = passed_on is not None and token.dep_ != "pcomp"
        readings = [c for c in _readings(kind, token) if passed_on is None or c.frame in (_QUOTING if quoting else _SAYING)]
        best = max(readings, key=lambda c: frames.get(c.frame, 0.0), default=None)
        if best is None or not frames.get(best.frame, 0.0) or (best.speaker is None and _bare_infinitive(token)):
            continue
        content = offsets(block, _without_later_cues(block, best.content, token, lexicon))
        if content and passed_on is not None:
            rule = f"verb quote {best.frame}"
            yield Draft(block, rule, passed_on.cue, passed_on.speaker, content, lexicon.rules["relayed"], relays=passed_on.relays)
        elif content:
            addressees = (best.addressee,) if best.addressee is not None and best.addressee.dep_ != "nsubjpass" else ()
            rule = f"{kind} {lexicon.lemma(token)} {best.frame}"
            yield Draft(block, rule, cue_range(token, best), best.speaker, content, frames[best.frame], addressees)


def _left_unsaid(token: Token) -> bool:
    """True for what is named only as not done: "stopped short of [endorsing] the plan", "left without [commenting] on it"."""
    over = token.head
    return token.dep_ == "pcomp" and (over.lower_ == "without" or (over.lower_ == "of" and over.head.lower_ == "short"))


def _bare_infinitive(token: Token) -> bool:
    """True for an infinitive: without anybody to say it, nothing is said ("it is hard [to say] that …")."""
    return token.tag_ == "VB" and any(c.dep_ == "aux" and c.tag_ == "TO" for c in token.children)


def _readings(kind: Kind, token: Token) -> Iterable[Complement]:
    if kind == "verb":
        return complements.of_verb(token)
    return complements.of_noun(token) if kind == "noun" else complements.of_adjective(token)


def cue_range(token: Token, reading: Complement | None = None) -> TokenRange:
    """The cue with its auxiliaries, negation and particle, the adverbs between them, and a governed preposition right after it."""
    head = token.head if token.pos_ == "ADJ" and token.head.pos_ == "AUX" else token
    parts = [c.i for t in {head, token} for c in t.children if c.dep_ in _CUE_PARTS and abs(c.i - token.i) < 6]
    inside = [i for i in (*parts, head.i) if i <= token.i]
    start, end = min(inside, default=token.i), max([token.i, *(i for i in parts if i == token.i + 1)]) + 1
    if any(t.dep_ in ("nsubj", "nsubjpass", "ccomp") for t in token.doc[start : token.i]):
        start = token.i
    if reading is not None and reading.preposition is not None and reading.preposition.i == end:
        end += 1
    return start, end


def _without_later_cues(block: Block, ranges: tuple[TokenRange, ...], cue: Token, lexicon: Lexicon) -> Iterator[TokenRange]:
    """Cut what the parser hung onto the content but is a further report about the same speaker (", adding that …", ", according to …")."""
    doc = block.doc
    for start, end in ranges:
        stop = end
        for i in range(start + 2, end):
            if doc[i - 1].text != ",":
                continue
            token = doc[i]
            participle = token.tag_ == "VBG" and token.dep_ == "advcl" and token.i > cue.i and bool(lexicon.frames("verb", token))
            aside = token.tag_ in ("WDT", "WP") and _reports_aside(token, lexicon)
            if participle or aside or (token.lower_ == "according" and i + 1 < len(doc) and doc[i + 1].lower_ == "to"):
                stop = i - 1
                break
        yield start, stop


def _reports_aside(pronoun: Token, lexicon: Lexicon) -> bool:
    """True for the report's own aside about somebody else's view (", which the neighbours regard as …")."""
    clause = pronoun.head
    while clause.dep_ in ("prep", "pobj", "dobj") and clause.head.i != clause.i:
        clause = clause.head
    subject = next((c for c in clause.children if c.dep_ == "nsubj" and c.i != pronoun.i), None)
    return clause.dep_ == "relcl" and subject is not None and bool(lexicon.frames("verb", clause))
