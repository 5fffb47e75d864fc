"""Relations as tables: a text, and every tie it states as "subject type object". Actors are shown by ISO code, by name where they have none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Document, Reader
from onrecord.model import Participant, Relation, document_id

SHARED = Path(__file__).parents[3] / ".." / "shared" / "gold"


def read(reader: Reader, text: str, published: str = "2010-05-04") -> tuple[Relation, ...]:
    return reader.read(Document(id=document_id(text, None, published), text=text, published=published)).relations


def show(participant: Participant) -> str:
    actor = participant.actor
    if actor is None:
        return participant.mention.text if participant.mention else "?"
    return actor.country if actor.kind == "state" and actor.country else actor.name


def told(reader: Reader, text: str) -> set[str]:
    return {f"{show(r.subject)} {r.type} {show(r.object)}" for r in read(reader, text)}


OFFICES = [
    ("Norwegian Fisheries Minister Tone Vik spoke in Bergen.", "Tone Vik", "NOR", "Fisheries Minister", "current"),
    ("Chile's chief negotiator Pablo Rojas left the hall.", "Pablo Rojas", "CHL", "chief negotiator", "current"),
    ("Former Peruvian Prime Minister Rosa Quispe will chair the panel.", "Rosa Quispe", "PER", "Prime Minister", "former"),
    ("Then Ghanaian envoy Kofi Addo signed it.", "Kofi Addo", "GHA", "envoy", "former"),
    ("Kenyan president-elect Amos Kiptoo thanked his voters.", "Amos Kiptoo", "KEN", "president", "planned"),
    ("Tone Vik, the Norwegian fisheries minister, spoke in Bergen.", "Tone Vik", "NOR", "fisheries minister", "current"),
    ("Tone Vik, who is Norway's fisheries minister, spoke in Bergen.", "Tone Vik", "NOR", "fisheries minister", "current"),
    ("The president of Chile, Pablo Rojas, cancelled the trip.", "Pablo Rojas", "CHL", "president of Chile", "current"),
    ("Norwegian Defense Minister Tone Vik spoke in Bergen.", "Tone Vik", "NOR", "Defense Minister", "current"),
    ("The Norwegian king Haakon opened the fair.", "Haakon", "NOR", "king", "current"),
    ("Norway agreed. Its fisheries minister, Tone Vik, spoke in Bergen.", "Tone Vik", "NOR", "fisheries minister", "current"),
    ("Norwegian Secretary of State Tone Vik spoke in Bergen.", "Tone Vik", "NOR", "Secretary of State", "current"),
]


@pytest.mark.parametrize(("text", "person", "office"), [(text, person, (state, office, status)) for text, person, state, office, status in OFFICES])
def test_offices(reader: Reader, text: str, person: str, office: tuple[str, str, str]) -> None:
    found = [r for r in read(reader, text) if r.type == "office"]
    assert len(found) == 1, found
    (relation,) = found
    assert person.rsplit(maxsplit=1)[-1] in (relation.subject.mention.text if relation.subject.mention else "")
    assert (show(relation.object), (relation.detail or "").lower(), relation.status) == (office[0], office[1].lower(), office[2])


def test_a_counterpart_holds_the_same_office(reader: Reader) -> None:
    """The office of the one is that of the other; it is served where the text says."""
    found = read(reader, "Norwegian Foreign Minister Tone Vik met her Chilean counterpart, Pablo Rojas, in Bergen.")
    assert ("Rojas", "CHL", "foreign minister") in {
        (r.subject.mention.text.split()[-1] if r.subject.mention else "", show(r.object), (r.detail or "").lower()) for r in found
    }


TIES = [
    ("The partnership between Norway and Chile dates from 1990.", "NOR partnership CHL"),
    ("Norway's friendship with Chile is old.", "NOR partnership CHL"),
    ("Norway, a country with traditional ties to Chile, agreed.", "NOR partnership CHL"),
    ("Norway and Chile are at odds over fish.", "NOR dispute CHL"),
    ("Norway imposed visa bans on dozens of Chilean officials.", "NOR sanction CHL"),
    ("Norway froze $2 million in aid to Chile.", "NOR sanction CHL"),
    ("The Norwegian-led war against Chile ended.", "NOR war CHL"),
    ("Close ties between Norway and Chile help both.", "NOR partnership CHL"),
    ("Norway and Chile signed two agreements on fish on Monday.", "NOR partnership CHL"),
    ("Norway, an ally of Chile, sent boats.", "CHL alliance NOR"),
    ("The dispute between Norway and Chile is about fish.", "NOR dispute CHL"),
    ("Norway is at odds with Chile over fish.", "NOR dispute CHL"),
    ("Norway accused Chile of poaching.", "NOR dispute CHL"),
    ("Norway refuses to recognise Chile.", "NOR dispute CHL"),
    ("Norway invaded Chile in March.", "NOR war CHL"),
    ("Norway's invasion of Chile went on.", "NOR war CHL"),
    ("Norway, which is at war with Chile, bought boats.", "NOR war CHL"),
    ("Norway regards Chile as its own territory.", "NOR claim CHL"),
    ("Norway imposed sanctions on Chile.", "NOR sanction CHL"),
    ("Norwegian sanctions against Chile remain.", "NOR sanction CHL"),
    ("A boycott of Chile by Norway began.", "NOR sanction CHL"),
    ("Norway banned trade with Chile.", "NOR sanction CHL"),
    ("Norway ordered an embargo on trade with Chile.", "NOR sanction CHL"),
    ("The sanctions that Norway has imposed on Chile remain.", "NOR sanction CHL"),
    ("Norway's occupation of Chile went on.", "NOR dispute CHL"),
    ("Norway, a member of NATO, sent boats.", "NOR membership NATO"),
    ("Norway wants to join NATO.", "NOR membership NATO"),
]


@pytest.mark.parametrize(("text", "tie"), TIES)
def test_ties(reader: Reader, text: str, tie: str) -> None:
    left, kind, right = tie.split()
    sides = {left, right}
    found = [r for r in read(reader, text) if r.type == kind]
    assert len(found) == 1, found
    (relation,) = found
    assert all(
        any(side in show(p) or show(p) in ("North Atlantic Treaty Organization",) for p in (relation.subject, relation.object)) for side in sides
    )


NOTHING = [
    "Norway and Chile met on Monday.",
    "Norway did not invade Chile.",
    "Norway could invade Chile, officials fear.",
    "If Norway invaded Chile, the price of fish would rise.",
    "Chile is not a renegade province of Norway.",
    "The president met the minister.",
    "Norwegian ties were sold in the shop.",
    "Norway did not accuse Chile of poaching.",
    "The sanctions were discussed.",
    "A member of the audience left.",
    "The head of the table is hers.",
    "Norway's relations with Chile were discussed.",
    "Chile was founded long ago.",
    "The war was long.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_tie_is_stated(reader: Reader, text: str) -> None:
    assert told(reader, text) == set()


def test_dates_and_status(reader: Reader) -> None:
    (joined,) = [r for r in read(reader, "Norway, a member of NATO since 1949, sent boats.") if r.type == "membership"]
    assert (joined.since, joined.status) == ("1949", "current")
    (wished,) = [r for r in read(reader, "Norway wants to join NATO.") if r.type == "membership"]
    assert wished.status == "planned"


def test_a_title_never_reaches_into_the_sentence_before(reader: Reader) -> None:
    (office,) = read(reader, "It was a question of fish. Foreign Minister Tone Vik of Norway agreed.")[:1] or (None,)
    assert office is None or "fish" not in (office.detail or "")


def test_told_twice_kept_once(reader: Reader) -> None:
    text = "Norwegian Fisheries Minister Tone Vik spoke.\nOn Friday Norwegian Fisheries Minister Tone Vik left."
    assert len([r for r in read(reader, text) if r.type == "office"]) == 1


SALAD = (
    "Norway Chile NATO president Tone Vik, the of 's and sanctions on against ally between with war at odds member former who is — “ ” . ,",
    "( ) minister Norwegian spokesman imposed joined its territory regards as since 1990 not 🙂",
)
WORDS = st.sampled_from([word for line in SALAD for word in line.split()])


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_word_salad_keeps_the_contract(reader: Reader, words: list[str]) -> None:
    text = " ".join(words) + "."
    found = read(reader, text)
    assert len({r.id for r in found}) == len(found)
    for relation in found:
        assert text[relation.evidence.start : relation.evidence.end] == relation.evidence.text
        assert relation.subject.mention is not None
        assert relation.subject.actor is None or relation.object.actor is None or relation.subject.actor.id != relation.object.actor.id
        assert 0 < relation.confidence <= 1


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_nothing_the_seeds_forbid(reader: Reader) -> None:
    """Allies in sanctions are no enemies: no record sets the United States and Japan against each other."""
    gold = json.loads((SHARED / "seeds" / "gold.json").read_text(encoding="utf8"))
    for entry in gold["documents"]:
        for relation in read(reader, (SHARED / "seeds" / entry["file"]).read_text(encoding="utf8")):
            countries = {p.actor.country for p in (relation.subject, relation.object) if p.actor}
            assert not (countries == {"JPN", "USA"} and relation.type in ("sanction", "war", "dispute"))


@pytest.mark.parametrize(
    ("text", "since", "until", "status"),
    [
        ("Norway and Chile have been at war since 1994.", "1994", None, "current"),
        ("Norway and Chile were at war from 1994 to 1996.", "1994", "1996", "former"),
        ("Norway joined NATO in 1949.", "1949", None, "current"),
    ],
)
def test_since_when_and_until_when(reader: Reader, text: str, since: str, until: str | None, status: str) -> None:
    assert {(r.since, r.until, r.status) for r in read(reader, text)} == {(since, until, status)}
