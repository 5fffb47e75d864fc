"""Positions as tables: a text, and every stance in it as "holder stance". Actors are shown by ISO code, by name where they are no state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Document, Reader
from onrecord.model import Participant, Position, document_id

SHARED = Path(__file__).parents[3] / ".." / "shared" / "gold"


def read(reader: Reader, text: str, published: str = "2010-05-04") -> tuple[Position, ...]:
    return reader.read(Document(id=document_id(text, None, published), text=text, published=published)).positions


def show(participant: Participant) -> str:
    actor = participant.actor
    if actor is None:
        return participant.mention.text if participant.mention else "?"
    return actor.country if actor.kind == "state" and actor.country else (participant.mention.text if participant.mention else actor.name)


def told(reader: Reader, text: str) -> set[tuple[str, str]]:
    return {(show(p.holder), p.stance) for p in read(reader, text)}


WORDS_AND_DEEDS = [
    ("Norway threw its weight behind the plan.", {("NOR", "support")}),
    ("Norway lost patience with Chile.", {("NOR", "oppose")}),
    ("Norway took no side in the quarrel.", {("NOR", "neutral")}),
    ("Norway neither supports nor opposes the plan.", {("NOR", "neutral")}),
    ("Norway abstained in the vote.", {("NOR", "neutral")}),
    ("Norway voted against the resolution.", {("NOR", "oppose")}),
    ("Norway turned down the offer.", {("NOR", "oppose")}),
    ("Norway threatened to veto the resolution.", {("NOR", "oppose")}),
    ("Norway has called for the embargo to be lifted.", {("NOR", "oppose")}),
    ("Norway refused to lift the embargo.", {("NOR", "support")}),
    ("Norway has no plans to join the force.", {("NOR", "oppose")}),
    ("Norway has never accepted the ruling.", {("NOR", "oppose")}),
    ("Norway voiced deep concern over the arrests.", {("NOR", "oppose")}),
    ("Norway is willing to talk.", {("NOR", "support")}),
    ("Norway, a nation that severed ties with Chile, sided with Peru.", {("NOR", "oppose"), ("NOR", "support")}),
    ("Norway condemned the raid.", {("NOR", "oppose")}),
    ("The raid was condemned by Norway.", {("NOR", "oppose")}),
    ("Norway welcomed the truce.", {("NOR", "support")}),
    ("Norway does not support the plan.", {("NOR", "oppose")}),
    ("Norway expressed its support for the plan.", {("NOR", "support")}),
    ("Opposition from Norway to the plan grew.", {("NOR", "oppose")}),
    ("Norway called for a truce.", {("NOR", "support")}),
    ("Norway urged Chile to sign the treaty.", {("NOR", "support")}),
    ("Norway urged Chile to lift the tariffs.", {("NOR", "oppose")}),
    ("Norway urged Chile not to test the missile.", {("NOR", "oppose")}),
    ("Norway asked Chile to refrain from fishing there.", {("NOR", "oppose")}),
    ("Norway wants to contain Chile.", {("NOR", "oppose")}),
    ("Norway refuses to recognise Chile.", {("NOR", "oppose")}),
    ("Norway is opposed to the treaty.", {("NOR", "oppose")}),
    ("Norway is committed to the treaty.", {("NOR", "support")}),
    ("Norway is against the treaty.", {("NOR", "oppose")}),
    ("Norway is in favour of the treaty.", {("NOR", "support")}),
    ("Norway views the treaty as a threat.", {("NOR", "oppose")}),
    ("Norway views the treaty as a matter of law, while Chile sees it as a threat.", {("CHL", "oppose")}),
    ("Norway denied the accusation.", {("NOR", "oppose")}),
    ("Norway described the treaty as essential.", {("NOR", "support")}),
    ("Norway broke off talks with Chile.", {("NOR", "oppose")}),
    ("Norway and Chile agreed to reopen the port.", {("NOR", "support"), ("CHL", "support")}),
    ("Norway looks forward to the summit.", {("NOR", "support")}),
    ("Norway objected to the treaty.", {("NOR", "oppose")}),
    ("Norway's decision not to sign the treaty stands.", {("NOR", "oppose")}),
    ("Norway, like Chile, rejects the treaty.", {("NOR", "oppose"), ("CHL", "oppose")}),
    ("A charge rejected by Norway was dropped.", {("NOR", "oppose")}),
    ("Norway, a critic of the treaty, left.", {("NOR", "oppose")}),
    ("Norway is an advocate of the treaty.", {("NOR", "support")}),
    ("Norway is not an advocate of the treaty.", set()),
    ("Norway stressed the need for a truce.", {("NOR", "support")}),
    ("Norway has stalled the treaty.", {("NOR", "oppose")}),
    ("Norway is trying to defeat the rebels.", {("NOR", "oppose")}),
    ("Norway warned Chile against a boycott of the vote.", {("NOR", "oppose")}),
]


@pytest.mark.parametrize(("text", "stances"), WORDS_AND_DEEDS)
def test_words_and_deeds(reader: Reader, text: str, stances: set[tuple[str, str]]) -> None:
    assert told(reader, text) == stances


SAID = [
    ("“Chile should sign the treaty,” Norway said.", {("NOR", "support")}),
    ("“The treaty is unacceptable,” Norway said.", {("NOR", "oppose")}),
    ("“The treaty is not unacceptable,” Norway said.", {("NOR", "support")}),
    ("Norway said that Chile was undermining the treaty.", {("NOR", "oppose")}),
    ("“These boats do not threaten anybody,” Norway said.", {("NOR", "support")}),
    ("Norway said it would not accept the treaty.", {("NOR", "oppose")}),
    ("Norway said it would uphold the treaty.", {("NOR", "support")}),
    ("Norway said that the port must not be closed.", {("NOR", "oppose")}),
    ("“He must go,” Norway said.", {("NOR", "oppose")}),
    ("“No one should close the port,” Norway said.", {("NOR", "oppose")}),
    ("Norway said it would stop the attacks.", {("NOR", "support")}),
    ("Norway denied that Chile was undermining the treaty.", {("NOR", "oppose")}),
]


@pytest.mark.parametrize(("text", "stances"), SAID)
def test_what_is_said(reader: Reader, text: str, stances: set[tuple[str, str]]) -> None:
    assert told(reader, text) == stances


HOLDING_BACK = [
    ("Norway declined to comment on the treaty.", {("NOR", "declines-comment")}),
    ("Norway kept silent on the treaty.", {("NOR", "declines-comment")}),
    ("Norway would not be drawn on the treaty.", {("NOR", "declines-comment")}),
    ("Norway would not say whether it had signed.", {("NOR", "declines-comment")}),
    ("“It is too early for a reaction,” Norway said.", {("NOR", "declines-comment")}),
    ("Norway said it would closely monitor the treaty.", {("NOR", "neutral")}),
    ("Norway remained neutral.", {("NOR", "neutral")}),
]


@pytest.mark.parametrize(("text", "stances"), HOLDING_BACK)
def test_holding_back(reader: Reader, text: str, stances: set[tuple[str, str]]) -> None:
    assert told(reader, text) == stances


NOTHING = [
    "Norway and Chile met on Monday.",
    "Norway was not available for comment.",
    "Did Norway condemn the raid?",
    "If Norway rejected the treaty, Chile would leave.",
    "Norway may reject the treaty.",
    "Norway did not condemn the raid.",
    "Norway asked whether the port was open.",
    "Norway called the port.",
    "Norway plans to meet Chile.",
    "Norway received support.",
    "The raid was condemned.",
    "They condemned the raid.",
    "The treaty is unacceptable.",
    "Norway suggested that Chile was late.",
    "Norway, who asked not to be named, spoke.",
    "The support beams fell.",
    "Norway backed up its files.",
    "Norway denied shelling the port.",
    "Norway has not ratified the treaty.",
    "Norway was up against a wall.",
    "Norway suggested that Chile might be late.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_stance_is_shown(reader: Reader, text: str) -> None:
    assert told(reader, text) == set()


def test_silence_about_nothing_named_has_no_target(reader: Reader) -> None:
    """What a refusal to comment is about is told, or left open."""
    open_end, told_end = read(reader, "Norway refused to comment. Chile refused to comment on the treaty.")
    assert open_end.target.span is None
    assert told_end.target.span is not None and told_end.target.span.text == "the treaty"


def test_holders_are_told_apart(reader: Reader) -> None:
    """Who supports somebody's opposition does not oppose that somebody."""
    text = "Norway expressed its support for Chile opposing the dam."
    assert told(reader, text) == {("NOR", "support"), ("CHL", "oppose")}


def test_each_of_two_targets_is_a_position(reader: Reader) -> None:
    found = read(reader, "Norway condemned Chile and Peru.")
    assert sorted(p.target.actor.actor.country or "" for p in found if p.target.actor and p.target.actor.actor) == ["CHL", "PER"]


def test_the_speaker_holds_what_its_state_holds(reader: Reader) -> None:
    (found,) = read(reader, "Norwegian Fisheries Minister Tone Vik said that Norway opposes the treaty.")
    assert found.holder.actor is not None
    assert found.holder.actor.kind == "person"
    assert found.statement_id is not None


def test_issue_and_strength(reader: Reader) -> None:
    (found,) = read(reader, "Norway strongly supports the one-China policy.")
    assert found.issue is not None
    assert (found.issue.id, found.strength) == ("one-china-policy", 3)


SALAD = (
    "Norway Chile Kenya the of 's and , . “ ” supports condemned urged to not said that should it would plan treaty opposition from for rejects",
    "views as threat declined comment on is against if ? 🙂 sanctions imposed his we I",
)
WORDS = st.sampled_from([word for line in SALAD for word in line.split()])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_word_salad_keeps_the_contract(reader: Reader, words: list[str]) -> None:
    text = " ".join(words) + "."
    found = read(reader, text)
    assert len({p.id for p in found}) == len(found)
    for position in found:
        assert position.holder.mention is not None
        for span in (position.evidence, position.holder.mention, position.target.span):
            assert span is not None
            assert text[span.start : span.end] == span.text
        assert position.strength in (1, 2, 3)
        assert 0 < position.confidence <= 1


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_nothing_the_seeds_forbid(reader: Reader) -> None:
    """Putin never opposes China; nobody but the spokesman declines to comment."""
    gold = json.loads((SHARED / "seeds" / "gold.json").read_text(encoding="utf8"))
    for entry in gold["documents"]:
        for p in read(reader, (SHARED / "seeds" / entry["file"]).read_text(encoding="utf8")):
            holder = p.holder.actor.name if p.holder.actor else ""
            aimed = p.target.actor.actor.country if p.target.actor and p.target.actor.actor else None
            assert not ("Putin" in holder and p.stance == "oppose" and aimed == "CHN")
            assert p.stance != "declines-comment" or (p.holder.actor is not None and p.holder.actor.country == "JPN")
