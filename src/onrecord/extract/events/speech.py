"""Acts that a statement performs by what it says: a demand ("X should stop"), an accusation ("X undermines peace"), a hope put to somebody.

Only clauses about somebody else than the speaker's own side count; plain commentary performs no act.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extract.events.clauses import arguments, is_passive, subjects
from onrecord.extract.events.coder import ASKED
from onrecord.extract.events.frames import own_side
from onrecord.extract.events.lexicon import Lexicon, plain
from onrecord.extract.events.parties import Parties, unique
from onrecord.model import Participant, Span, Statement
from onrecord.reading.analysis import Analysis, Block

HOSTILE = frozenset({"ASSAULT", "COERCE", "THREATEN"})


@dataclass(frozen=True, slots=True)
class SpeechAct:
    """One act performed by saying something, with the block, clause and words that say it."""

    block: Block
    trigger: Token
    evidence: Span
    statement: Statement
    type: str
    mode: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]


def speech_acts(analysis: Analysis, lexicon: Lexicon) -> Iterator[SpeechAct]:
    """The acts of every statement whose speaker is known."""
    starts = [b.offset for b in analysis.blocks]
    parties = {b.index: Parties(analysis, b, lexicon) for b in analysis.blocks}
    for statement in analysis.statements:
        if statement.speaker.actor is None or _bystander(statement.speaker, lexicon):
            continue
        for content in statement.content:
            at = bisect_right(starts, content.start) - 1
            if at < 0:
                continue
            block = analysis.blocks[at]
            for verb in _clauses(block, content):
                act = _act(parties[block.index], verb, statement.speaker, lexicon)
                if act is not None:
                    kind, mode, recipients = act
                    yield SpeechAct(block, verb, _evidence(analysis, block, verb, content), statement, kind, mode, (statement.speaker,), recipients)


def _bystander(speaker: Participant, lexicon: Lexicon) -> bool:
    """True for "witnesses", "western diplomatic sources in the capital": they tell what they saw."""
    named = speaker.mention.text.lower().split() if speaker.mention else []
    return any(w.removesuffix("es") in lexicon.words["bystander"] or w.removesuffix("s") in lexicon.words["bystander"] for w in named)


def _clauses(block: Block, content: Span) -> Iterator[Token]:
    """The main verbs of a content span: those whose governor lies outside it, and the verbs coordinated with them."""
    words = block.doc.char_span(content.start - block.offset, content.end - block.offset, alignment_mode="contract")
    if words is None:
        return
    inside = range(words.start, words.end)
    for token in words:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        above = token
        while above.dep_ in ("conj", "ccomp") and above.head.i in inside and above.head.i != above.i and above.head.pos_ in ("VERB", "AUX"):
            above = above.head
        if above.head.i == above.i or above.head.i not in inside:
            yield token


def _act(parties: Parties, verb: Token, speaker: Participant, lexicon: Lexicon) -> tuple[str, str | None, tuple[Participant, ...]] | None:
    """Type, mode and recipients of what a clause does, or None where it only comments."""
    words = lexicon.words
    marks = {c.lower_ for c in verb.children if c.dep_ in ("aux", "neg", "advmod")}
    negated = bool(marks & words["negation"])
    joint = any(_own(p, speaker) for t in subjects(verb) for p in parties.of(t))
    ours = joint and not is_passive(verb) and all(t.pos_ != "PROPN" for t in subjects(verb))  # "both countries should": put to nobody in particular
    about = _foreign(parties, subjects(verb), speaker)
    lemma = verb.lemma_.lower()
    if not ours and (marks & words["obligation"] or (lemma in words["necessity_verb"] and _must(verb))):
        named = about or _foreign(parties, arguments(verb).slots.get("subj", []), speaker, deep=True)
        if named:
            return "REQUEST", _mode(verb, lexicon), named
    if lemma in words["wish"]:
        asked = [t for c in verb.children if c.dep_ in ("ccomp", "xcomp") for t in c.children if t.dep_ in ("nsubj", "nsubjpass")]
        named = _foreign(parties, asked, speaker)
        if named and not negated:
            return "REQUEST", "change", named
    if lemma == "be" and any(c.dep_ == "acomp" and c.lemma_.lower() in words["necessity"] for c in verb.children):
        below = [t for a in verb.children if a.dep_ in ("acomp", "ccomp") for c in (a, *a.children) for t in c.children if t.dep_ == "nsubj"]
        named = _foreign(parties, subjects(verb), speaker, deep=True) or _foreign(parties, below, speaker)
        if named:
            return "REQUEST", "change", named
    doers = _foreign(parties, arguments(verb).slots.get("subj", []), speaker) if is_passive(verb) else about
    if doers and verb.tag_ != "VB" and not joint and not negated and _blames(verb, lexicon) and not marks & (words["modal"] | words["future"]):
        return "ACCUSE", "allege", doers
    return None


def _must(verb: Token) -> bool:
    """True for "has to go" and "needs to go": an infinitive and no object of its own."""
    kinds = {c.dep_ for c in verb.children}
    return "xcomp" in kinds and "dobj" not in kinds and verb.dep_ != "xcomp"


def _foreign(parties: Parties, tokens: list[Token], speaker: Participant, *, deep: bool = False) -> tuple[Participant, ...]:
    """The known parties a phrase names that are not of the speaker's own side."""
    found = [p for t in tokens for p in (parties.affected(t) if deep else parties.of(t))]
    return unique(p for p in found if not _own(p, speaker) and (p.actor is not None or _collective(p)))


def _collective(party: Participant) -> bool:
    return party.mention is not None and party.mention.text.lower().endswith("international community")


def _own(party: Participant, speaker: Participant) -> bool:
    return own_side(party, (speaker,))


def _blames(verb: Token, lexicon: Lexicon) -> bool:
    """True if the verb, or what it governs, is something one is blamed for."""
    blame = lexicon.words["blame"]
    lemma = verb.lemma_.lower()
    if lemma in blame:
        return True
    meant = plain(lexicon.verbs.get(lemma, ()))
    if meant is not None and meant.type in HOSTILE and not (meant.object or meant.prep or meant.particle or meant.prep_object or meant.subject):
        return True
    if any(t.lemma_ in blame for t in verb.subtree if t.tag_ == "VB" and t.dep_ in ("xcomp", "acl", "relcl") and _near(t, verb)):
        return True
    heads = [c for c in verb.children if c.dep_ in ("dobj", "attr", "acomp", "xcomp")]
    light = lemma == "be" or lemma in lexicon.words["light_verb"]
    heads += [g for c in verb.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"] if light else []
    return any(h.lemma_.lower() in blame or (light and _hostile_noun(h, lexicon)) for h in heads)


def _near(verb: Token, above: Token) -> bool:
    """True if an infinitive belongs to what ``above`` says: "doing everything to undermine", not a clause further down."""
    return verb.head.i == above.i or (verb.head.head.i == above.i and verb.head.dep_ in ("dobj", "attr"))


def _hostile_noun(noun: Token, lexicon: Lexicon) -> bool:
    return noun.pos_ == "NOUN" and any(f.type in ("ASSAULT", "COERCE") for f in lexicon.nouns.get(noun.lemma_.lower(), ())[:1])


def _mode(verb: Token, lexicon: Lexicon) -> str:
    """What kind of thing is demanded, from the verb that says it."""
    meant = plain(lexicon.verbs.get(verb.lemma_.lower(), ()))
    return ASKED.get(meant.type, "change") if meant else "change"


def _evidence(analysis: Analysis, block: Block, verb: Token, content: Span) -> Span:
    start, end = block.start(verb.left_edge), block.end(verb.right_edge)
    start = max(start, content.start)
    return analysis.span(start, max(start, min(end, content.end)))
