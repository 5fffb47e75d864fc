"""States of one's own are parsed like states that the parser has seen; everything else is parsed as ever."""

from __future__ import annotations

import pytest

from onrecord import Document, Reader
from onrecord.knowledge import KnowledgeBase, knowledge_base
from onrecord.reading.parse import language_model
from onrecord.reading.stand_ins import stand_ins

STATES = (
    "id\tname\tcountry\tdemonyms\tpeople\tcapitals\n"
    "or:ruritania\tRuritania\tXRU\tRuritanian\tRuritanians\tStrelsau\n"
    "or:upper-elbonia\tUpper Elbonia\tXUE\t\t\tPort Grimble\n"
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    place = tmp_path_factory.mktemp("states")
    (place / "states.tsv").write_text(STATES)
    return KnowledgeBase([place])


def test_only_states_that_overlays_bring_are_stood_in_for(base: KnowledgeBase) -> None:
    assert stand_ins(knowledge_base()).instead == {}
    assert {" ".join(words) for words in stand_ins(base).instead} == {
        "Ruritania", "Ruritanian", "Ruritanians", "Strelsau", "Upper Elbonia", "Port Grimble",
    }  # fmt: skip
    assert all(len(words) == len(found) for words, found in stand_ins(base).instead.items())


@pytest.mark.parametrize(
    "text",
    [
        "Strelsau and Upper Elbonia have broken off talks with Ruritania.",
        "The Ruritanian minister, who left Port Grimble on Monday, didn't say why the Ruritanians' border was shut.",
        "Ruritania",
    ],
)
def test_the_text_stays_and_the_parse_is_that_of_known_states(base: KnowledgeBase, text: str) -> None:
    nlp = language_model()
    (doc,) = stand_ins(base).parsed(nlp, [text], 1)
    assert doc.text == text
    assert [(t.text, t.idx) for t in doc] == [(t.text, t.idx) for t in nlp.make_doc(text)]
    assert all(t.tag_ and t.dep_ and t.lemma_ for t in doc)
    masked = nlp(stand_ins(base)._masked(nlp.make_doc(text)).text)
    assert [(t.tag_, t.dep_, t.head.i) for t in doc] == [(t.tag_, t.dep_, t.head.i) for t in masked]
    assert not {t.lemma_ for t in doc} & {word for found in stand_ins(base).instead.values() for word in found}


def test_other_texts_are_parsed_as_without(base: KnowledgeBase) -> None:
    text = "Peru's president said that the Chilean envoys had been told."
    (doc,) = stand_ins(base).parsed(language_model(), [text], 1)
    assert doc.to_json() == language_model()(text).to_json()


def test_a_state_of_ones_own_does_what_it_does(base: KnowledgeBase) -> None:
    reader = Reader(knowledge=base.overlays[0].folder, rules_only=True)
    reading = reader.read(Document(id="d", text="Port Grimble condemned the Ruritanian police on Friday.", published="2020-05-02"))
    (event,) = reading.events
    assert [(p.actor.country, p.mention.text) for p in (*event.actors, *event.recipients) if p.actor and p.mention] == [
        ("XUE", "Port Grimble"), ("XRU", "the Ruritanian police"),
    ]  # fmt: skip
