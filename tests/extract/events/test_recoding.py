"""The manuals' re-coding rules: a sentence of ours for each, and the rule of the codebook that says why it is coded so.

``recoding.tsv`` has the rule, the sentence and all its events ("TYPE/mode status: actors > recipients", by country or name; empty where
there is none).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onrecord import Document
from onrecord.codebook import explain, recoding, recodings
from onrecord.codebook.recoding import PREFIX
from onrecord.extract.events import coder
from onrecord.extract.events.lexicon import lexicon
from onrecord.model import Event, Participant, document_id

if TYPE_CHECKING:
    from onrecord import Reader

PUBLISHED = "2006-05-18"
ROWS = [tuple(line.split("\t")) for line in (Path(__file__).parent / "recoding.tsv").read_text(encoding="utf8").splitlines()]
PLAIN = frozenset({"means-not-told", "ties-cut", "aid-cut", "occupation", "troops-evacuated", "joint-statement"})
"""Rules about words that may be coded as they stand: events need not name them."""


def read(reader: Reader, text: str) -> tuple[Event, ...]:
    return reader.read(Document(id=document_id(text, "Wire", PUBLISHED), text=text, publisher="Wire", published=PUBLISHED)).events


def party(p: Participant) -> str:
    return "?" if p.actor is None else p.actor.country or p.actor.name


def line(event: Event) -> str:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    actors, recipients = (", ".join(sorted({party(p) for p in side})) for side in (event.actors, event.recipients))
    return f"{kind} {event.status}: {actors} > {recipients}".strip()


@pytest.mark.parametrize(("rule", "text", "wanted"), ROWS)
def test_recoding(reader: Reader, rule: str, text: str, wanted: str) -> None:
    cited = recoding(PREFIX + rule)
    found = read(reader, text)
    assert " | ".join(map(line, found)) == wanted, cited.definition
    if cited.result is None:
        assert not found
    elif rule not in PLAIN:
        assert any(ground.name == cited.code for event in found for ground in event.why)


def test_every_rule_has_a_sentence_and_an_explanation() -> None:
    tested = {PREFIX + rule for rule, _, _ in ROWS}
    assert tested == set(recodings())
    assert all(explain(code).kind == "recoding" and explain(code).source for code in recodings())
    assert len(tested) >= 40


def test_rules_of_the_lexicon_and_the_coder_are_in_the_codebook() -> None:
    words = lexicon()
    named = {f.rule for frames in (*words.verbs.values(), *words.nouns.values()) for f in frames if f.rule} | set(words.promised)
    named |= {rule for table in (coder.PROMISE, coder.REFUSAL, coder.THREAT) for rule in table.values()}
    assert {PREFIX + rule for rule in named} <= set(recodings())
