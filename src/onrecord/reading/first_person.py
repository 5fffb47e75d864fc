"""Who "I", "we", "us", "our" and "my" are inside a statement: its speaker. Runs after the statements; leaves the report's own "we" alone."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from onrecord.knowledge import knowledge_base
from onrecord.model import ActorRef, Participant, Span, Statement
from onrecord.reading.analysis import Analysis, Block, Mention
from onrecord.reading.component import Step, component
from onrecord.reading.descriptions import body_of
from onrecord.reading.phrases import describe
from onrecord.reading.titles import titles

FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})


@component("first_person.rules", requires=["statements", "names", "mentions"], assigns=["first_person"])
def first_person() -> Step:
    """Give first-person pronouns in quoted words the speaker's actor."""

    def step(analysis: Analysis) -> None:
        quoted = [s for s in analysis.statements if s.form in ("direct", "mixed")]
        for block in analysis.blocks:
            for token in block.tokens if quoted else ():
                if token.lower_ not in FIRST or token.pos_ not in ("PRON", "DET"):
                    continue
                span = Span.of(analysis.document.text, block.start(token), block.end(token))
                statement = _innermost(quoted, span)
                if statement is not None:
                    analysis.add_mention(Mention(block.index, token.i, span, (Participant(span, statement.speaker.actor),)))
                    _possession(analysis, block, token, statement.speaker.actor)
        analysis.statements = [_spoken_for(s, quoted) for s in analysis.statements]

    return step


def _possession(analysis: Analysis, block: Block, token: Token, speaker: ActorRef | None) -> None:
    """Give "our country" and "our government" to the speaker."""
    noun = token.head
    if token.tag_ != "PRP$" or speaker is None or speaker.country is None or analysis.mention(block, noun) is not None:
        return
    phrase = describe(block.doc, analysis.names[block.index], noun)
    if phrase.noun in titles().countries:
        ref = knowledge_base().ref(knowledge_base().state(speaker.country))
    elif {phrase.noun, phrase.role} & titles().national:
        ref = body_of(speaker.country, phrase.role, phrase.noun)
    else:
        return
    span = analysis.token_span(block, block.doc[phrase.left : phrase.right])
    analysis.add_mention(Mention(block.index, noun.i, span, (Participant(span, ref),)))


def _spoken_for(statement: Statement, quoted: list[Statement]) -> Statement:
    """A statement whose speaker is "we" or "I" inside another's words, with that other's actor."""
    mention = statement.speaker.mention
    if statement.speaker.actor is not None or mention is None or mention.text.lower() not in FIRST:
        return statement
    outer = _innermost([s for s in quoted if s is not statement], mention)
    return replace(statement, speaker=Participant(mention, outer.speaker.actor)) if outer is not None else statement


def _innermost(statements: list[Statement], span: Span) -> Statement | None:
    """The statement in whose words the span lies, the shortest where several do and it is not its own speaker."""
    inside = [s for s in statements if any(c.covers(span) for c in s.content) and s.speaker.mention != span and s.speaker.actor is not None]
    return min(inside, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
