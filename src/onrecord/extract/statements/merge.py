"""Rules and tagger together: what both find takes the tagger's spans and the rule's grammar; what one finds alone stands if it is sure enough.

Statements within other statements are left to the rules: the tagger was trained on attributions that do not overlap.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.tokens import Token

from onrecord.extract.statements.lexicon import Lexicon
from onrecord.extract.statements.model import Attribution, Tagged
from onrecord.extract.statements.speakers import antecedent
from onrecord.extract.statements.voices import UNKNOWN, voice
from onrecord.model import Participant, Span, Why
from onrecord.reading.analysis import Analysis, Block, Draft, Offsets, Spoken, TokenRange

_DOUBT = 0.8
"""Below this score of the tagger the rule knows better who speaks, where it knows at all."""
SAME = 0.5
"""Least share of characters that two contents have in common to be the same, as in the scorers of the field."""
_WORD = 30
"""Most code points that a span is drawn out to the end of its word; real words need fewer, hostile text has no end."""
_EDGE = frozenset(",.;:!?…—–-")
_WORDS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


@dataclass(frozen=True, slots=True)
class Judge:
    """How sure a statement is, from what rules and tagger say: a logistic model for each way of being found, and the least confidence that stands.

    ``bias`` is added to the log odds of every tag but "outside". ``both``, ``rule``, ``tagger``: weights of 1, of the log odds of the rule's value,
    of the log odds of the tagger's score, and of 1 for what rules are certain of.
    """

    both: tuple[float, ...]
    rule: tuple[float, ...]
    tagger: tuple[float, ...]
    least: Mapping[str, float]
    bias: float = 0.0

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> Judge:
        """The judge that ``model.json`` describes under ``judge``."""
        return cls(tuple(card["both"]), tuple(card["rule"]), tuple(card["tagger"]), dict(card["least"]), float(card["bias"]))

    def confidence(self, candidate: Candidate) -> float:
        """The probability, 0 to 1, that a candidate is an attribution with the right speaker."""
        weights = getattr(self, candidate.found)
        return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, candidate.signs, strict=True))))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that rules, tagger or both found. ``spoken`` has the spans it would go on record with, ``rule`` is the rules' own."""

    spoken: Spoken
    found: str
    rule: Spoken | None
    value: float
    score: float

    @property
    def signs(self) -> tuple[float, ...]:
        """What a judge weighs."""
        return (1.0, _odds(self.value), _odds(self.score), float(self.rule is not None and certain(self.rule)))


def _odds(chance: float) -> float:
    bounded = min(max(chance, 0.01), 0.99)
    return math.log(bounded / (1 - bounded))


def merged(analysis: Analysis, seen: Tagged, lexicon: Lexicon, judge: Judge) -> list[Spoken]:
    """The statements of ``analysis.spoken`` and of ``seen``, those that stand, not yet nested; raises nothing for what a text contains.

    What rules are certain of always stands; what is within a statement that stands does, too. What the tagger alone finds gives way where a statement
    that stands has the same words in another way ("X said …, the agency reported").
    """
    kept: list[Spoken] = []
    dropped: set[int] = set()
    for candidate in candidates(analysis, seen, lexicon):
        sure, rule = judge.confidence(candidate), candidate.rule
        inside = rule is not None and rule.parent is not None and id(rule.parent) not in dropped
        if rule is None:
            stands = sure >= judge.least["tagger"] and not any(_rival(candidate.spoken, other) for other in kept)
        else:
            stands = sure >= judge.least[candidate.found] or inside or certain(rule)
        if rule is not None and inside and candidate.found == "rule":
            kept.append(replace(rule))  # the tagger does not read within statements: its silence says nothing, and the rule's own value holds
        elif stands:
            candidate.spoken.confidence = round(sure, 2)
            kept.append(candidate.spoken)
        elif rule is not None:
            dropped.add(id(rule))
    return kept


def _rival(item: Spoken, other: Spoken) -> bool:
    """True if both give the same words, and neither reports the other."""
    if _shared([(c.start, c.end) for c in item.content], [(c.start, c.end) for c in other.content]) < SAME:
        return False
    return not any(cue is not None and any(c.covers(cue) for c in around.content) for cue, around in ((item.cue, other), (other.cue, item)))


def candidates(analysis: Analysis, seen: Tagged, lexicon: Lexicon) -> Iterator[Candidate]:
    """Every statement found by rules, tagger or both; a statement of the rules comes before those within it."""
    partner = _partners(analysis.spoken, seen.attributions)
    inner: dict[int, list[Spoken]] = {}
    for s in analysis.spoken:
        inner.setdefault(id(s.parent), []).append(s)
    for rule in sorted(analysis.spoken, key=_depth):
        attribution = partner.pop(id(rule), None)
        made = None
        if attribution is not None:
            fixed = certain(rule) or rule.parent is not None or not all(_holds(attribution, s) for s in inner.get(id(rule), ()))
            made = _named(analysis, attribution, rule, lexicon) if fixed else _spoken(analysis, attribution, rule, lexicon)
        if made is not None and attribution is not None:
            why = (*rule.why, Why("model", "statements", round(attribution.score, 2)))
            yield Candidate(replace(made, why=why), "both", rule, rule.draft.confidence, attribution.score)
        else:
            parts = [seen.support((c.start, c.end), "content") for c in rule.content]
            score = min(sum(parts) / len(parts), seen.support((rule.cue.start, rule.cue.end), "cue") if rule.cue is not None else 1.0)
            why = (*rule.why, Why("model", "statements", round(score, 2)))
            yield Candidate(replace(rule, why=why), "rule", rule, rule.draft.confidence, score)
    for attribution in partner.values():
        made = _spoken(analysis, attribution, None, lexicon)
        if made is not None:
            why = (Why("model", "statements", round(attribution.score, 2)),)
            yield Candidate(replace(made, why=why), "tagger", None, 0.0, attribution.score)


def _holds(around: Attribution, item: Spoken) -> bool:
    """True if ``item`` lies within the content that the tagger sees; where it does not, the tagger passed over a statement within a statement."""
    parts = (*item.content, *([item.cue] if item.cue is not None else []))
    return all(any(start <= part.start and part.end <= end for start, end in around.content) for part in parts)


def _named(analysis: Analysis, found: Attribution, rule: Spoken, lexicon: Lexicon) -> Spoken:
    """The rule's statement, its speaker in the tagger's words where both mean the same."""
    mention = rule.speaker.mention
    if found.source is None or mention is None or not _meet(found.source, mention):
        return rule
    return replace(rule, speaker=replace(rule.speaker, mention=_span(analysis, found.source, lexicon)))


def _depth(item: Spoken) -> int:
    depth, above = 0, item.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


def certain(rule: Spoken) -> bool:
    """True for what grammar leaves no doubt about: quotations with a cue, "according to", and words that somebody is said to pass on."""
    return rule.draft.quoted or rule.draft.rule == "according to" or bool(rule.draft.relays)


def _partners(rules: Sequence[Spoken], found: Sequence[Attribution]) -> dict[int, Attribution]:
    """Which attribution each of the rules' statements is, by its identity, one to one; attributions that are none have keys of their own.

    They are the same where the cues overlap and some of the content is shared; where one has no cue, half of the content must be.
    """
    order = sorted(rules, key=lambda r: r.content[0].start)
    close = []
    for i, a in enumerate(found):
        low, high = min(start for start, _ in a.content), max(end for _, end in a.content)
        for j, rule in enumerate(order):
            if rule.content[0].start >= high:
                break
            if max(c.end for c in rule.content) > low:
                share = _shared(a.content, [(c.start, c.end) for c in rule.content])
                both = a.cue is not None and rule.cue is not None
                if (share > 0 and a.cue is not None and rule.cue is not None and _meet(a.cue, rule.cue)) if both else share >= SAME:
                    close.append((share + both, i, j))
    partner: dict[int, Attribution] = {}
    taken: set[int] = set()
    for _, i, j in sorted(close, reverse=True):
        if i not in taken and id(order[j]) not in partner:
            partner[id(order[j])] = found[i]
            taken.add(i)
    return partner | {-1 - i: a for i, a in enumerate(found) if i not in taken}


def _shared(a: Sequence[Offsets], b: Sequence[Offsets]) -> float:
    """Jaccard index of two lists of spans that do not overlap among themselves."""
    common = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    return common / max(1, sum(y - x for x, y in (*a, *b)) - common)


def _spoken(analysis: Analysis, found: Attribution, rule: Spoken | None, lexicon: Lexicon) -> Spoken | None:
    """``found`` as a statement in the making; None where a span is empty or the cue lies within the content."""
    content = tuple(s for s in (_span(analysis, c, lexicon) for c in found.content) if s.end > s.start)
    cue = _span(analysis, found.cue, lexicon) if found.cue is not None else None
    if cue is None or not cue.text:
        cue = rule.cue if rule is not None else None
    if not content or any(cue is not None and c.start <= cue.start < c.end for c in content):
        return None
    speaker, token, home = _speaker(analysis, found, rule, lexicon)
    content = tuple(c for c in content if speaker.mention is None or not c.overlaps(speaker.mention))
    if not content:
        return None  # nobody's words are their own name
    block = analysis.blocks[analysis.block_at(cue.start if cue is not None else content[0].start)]
    words = _tokens(block, (cue.start, cue.end)) if cue is not None else None
    if home is not block:
        token = None  # a draft's tokens are all of one paragraph
    if rule is not None and rule.draft.block is block:
        draft = replace(rule.draft, cue=words, speaker=token, content=[(c.start, c.end) for c in content])
        return Spoken(draft, speaker, cue, content, rule.relays)
    name = _name(block, words)
    draft = Draft(block, name, words, token, [(c.start, c.end) for c in content], found.score, quoted=_quoted(analysis, content))
    return Spoken(draft, speaker, cue, content, ())


def _span(analysis: Analysis, found: Offsets, lexicon: Lexicon) -> Span:
    """``found`` in whole words, without punctuation at its edges and a conjunction at its end; quotation marks and closed brackets stay."""
    text = analysis.document.text
    start, end = found
    for _ in range(_WORD):
        start -= start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        end += 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    while True:
        low, high = start, end
        while start < end and (text[start] in _EDGE or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in _EDGE or text[end - 1].isspace()):
            end -= 1
        last = text[start:end].rpartition(" ")[2]
        if last in lexicon.words["joining"] and end - start > len(last):
            end -= len(last)
        if end > start and text[end - 1] == ")" and "(" not in text[start:end]:
            end -= 1
        if (low, high) == (start, end):
            return analysis.span(start, end)


def _speaker(analysis: Analysis, found: Attribution, rule: Spoken | None, lexicon: Lexicon) -> tuple[Participant, Token | None, Block | None]:
    """Who speaks, the token that names them, and its paragraph: the rule's where the tagger means the same words, else whom the tagger names."""
    span = _span(analysis, found.source, lexicon) if found.source is not None else None
    if span is None or not span.text:
        return (rule.speaker, rule.draft.speaker, rule.draft.block) if rule is not None else (UNKNOWN, None, None)
    mention = rule.speaker.mention if rule is not None else None
    if rule is not None and mention is not None and (span.overlaps(mention) or (rule.speaker.actor is not None and found.score < _DOUBT)):
        own = replace(rule.speaker, mention=span) if span.overlaps(mention) else rule.speaker
        return own, rule.draft.speaker, rule.draft.block
    block = analysis.blocks[analysis.block_at(span.start)]
    words = _tokens(block, (span.start, span.end))
    if words is None:
        return UNKNOWN, None, None
    token = _head(block, words)
    return replace(voice(analysis, block, token, lexicon), mention=span), token, block


def _meet(span: Offsets, other: Span) -> bool:
    return span[0] < other.end and other.start < span[1]


def _tokens(block: Block, span: Offsets) -> TokenRange | None:
    """The tokens of ``block`` that ``span`` overlaps."""
    first, last = bisect_right(block.tokens, span[0], key=block.end), bisect_left(block.tokens, span[1], key=block.start)
    return (first, last) if first < last else None


def _head(block: Block, words: TokenRange) -> Token:
    """The token that the others of ``words`` hang on; of a relative pronoun, the noun it stands for."""
    first, last = words
    tokens = block.tokens[first:last]
    heads = [t for t in tokens if not first <= t.head.i < last or t.head.i == t.i]
    chosen = next((t for t in heads if t.pos_ in ("NOUN", "PROPN", "PRON")), heads[0] if heads else tokens[0])
    return antecedent(chosen, chosen.head)


def _name(block: Block, words: TokenRange | None) -> str:
    """The key of what the tagger found alone, in the manner of the rules: "verb say tagger"."""
    if words is None:
        return "none tagger"
    tokens = block.tokens[words[0] : words[1]]
    head = next((t for t in tokens if t.pos_ in _WORDS and t.dep_ not in ("aux", "auxpass")), tokens[0])
    return f"{_WORDS.get(head.pos_, 'other')} {head.lemma_.lower()} tagger"


def _quoted(analysis: Analysis, content: Sequence[Span]) -> bool:
    """True if all of the content stands between quotation marks."""
    return all(any(q.start <= c.start + 1 and c.end - 1 <= q.end for q in analysis.quotations) for c in content)
