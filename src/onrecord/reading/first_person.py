"""Who "I", "we", "us", "our" and "my" are inside a statement: its speaker. Runs after the statements are known; leaves the report's own "we" alone."""

from __future__ import annotations

from onrecord.model import Participant, Span, Statement
from onrecord.reading.analysis import Analysis, Mention
from onrecord.reading.component import Step, component

FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})


@component("first_person.rules", requires=["statements", "mentions"], assigns=["first_person"])
def first_person() -> Step:
    """Give first-person pronouns in quoted words the speaker's actor."""

    def step(analysis: Analysis) -> None:
        quoted = [s for s in analysis.statements if s.form in ("direct", "mixed")]
        for block in analysis.blocks:
            for token in block.doc:
                if token.lower_ not in FIRST or token.pos_ not in ("PRON", "DET"):
                    continue
                span = Span.of(analysis.document.text, block.start(token), block.end(token))
                statement = _innermost(quoted, span)
                if statement is not None:
                    speaker = statement.speaker
                    analysis.add_mention(Mention(block.index, token.i, span, (Participant(span, speaker.actor, speaker.reason),)))

    return step


def _innermost(statements: list[Statement], span: Span) -> Statement | None:
    """The statement in whose words the span lies, the shortest where several do and it is not its own speaker."""
    inside = [s for s in statements if any(c.covers(span) for c in s.content) and s.speaker.mention != span and s.speaker.actor is not None]
    return min(inside, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
