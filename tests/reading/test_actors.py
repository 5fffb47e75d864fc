"""Names, titled names, bodies and groups that say by themselves who is meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.marked import read, who, wrong

from onrecord import Document, Reader

NAMES = [
    ("[Angela Merkel]{DEU/Merkel} arrived.", "2012-03-01"),
    ("[German Chancellor Angela Merkel]{DEU/Merkel} arrived.", "2012-03-01"),
    ("[Chancellor Angela Merkel of Germany]{DEU/Merkel} arrived.", "2012-03-01"),
    ("[Recep Tayyip Erdogan]{TUR/Erdogan} arrived.", "2019-03-01"),
    ("[Britain's Foreign Secretary David Miliband]{GBR/Miliband} arrived.", "2008-03-01"),
    ("[US Secretary of State Condoleezza Rice]{USA/Rice} arrived.", "2006-03-01"),
    ("[U.S. President George W. Bush]{USA/Bush} arrived.", "2006-03-01"),
    ("[President Bush]{USA/Bush} arrived in Prague.", "2006-03-01"),
    ("[Senegalese fisheries minister Abou Diouf-Sarr]{SEN/or:sen-abou-diouf-sarr} arrived.", "2006-03-01"),
    ("[Senegal's fisheries minister, Abou Diouf-Sarr,]{SEN/or:sen-abou-diouf-sarr} arrived.", "2006-03-01"),
    ("[Abou Diouf-Sarr, Senegal's fisheries minister,]{SEN/or:sen-abou-diouf-sarr} arrived.", "2006-03-01"),
    ("[Abou Diouf-Sarr, a spokesman for the Senegalese navy,]{SEN/Diouf} arrived.", "2006-03-01"),
    ("[Lena Brandt, who is Austria's ambassador to Oslo,]{AUT/Brandt} arrived.", "2006-03-01"),
    ("[Deputy Prime Minister of Norway Lena Brandt]{NOR/Brandt} arrived.", "2006-03-01"),
    ("[Norwegian Minister of Fisheries Lena Brandt]{NOR/Brandt} arrived.", "2006-03-01"),
    ("[Peruvian Foreign Ministry spokeswoman Rosa Quispe]{PER/Quispe} arrived.", "2006-03-01"),
    ("[Gen. Tomas Okafor, commander of Nigeria's navy,]{NGA/Okafor} arrived.", "2006-03-01"),
    ("[Former Malian president Moussa Traore]{MLI/Traore} arrived.", "2006-03-01"),
    ("[Visiting Ghanaian lawmaker Kwesi Boateng]{GHA/Boateng} arrived.", "2006-03-01"),
    ("[Mali's leader Amadou Toumani Toure]{MLI/Toure} arrived.", "2006-03-01"),
]

LATER = [
    ("Norwegian minister Lena Brandt spoke. [Brandt]{NOR/Lena Brandt} left.", "2006-03-01"),
    ("Norwegian minister Lena Brandt spoke. [Ms. Brandt]{NOR/Lena Brandt} left.", "2006-03-01"),
    ("South Korean envoy Kim Byung-hoon spoke. [Kim]{KOR/Kim Byung-hoon} left.", "2006-03-01"),
    ("[Brandt]{NOR/Lena Brandt} will go.\n\nNorwegian minister Lena Brandt said so in Oslo on Monday.", "2006-03-01"),
    ("Norwegian minister Lena Brandt spoke. Swedish minister Olof Brandt spoke. [Brandt]{!ambiguous} left.", "2006-03-01"),
    ("Kenyan minister Peter Wanjika spoke. [Wanjiku]{KEN/Peter} left.", "2006-03-01"),
    ("[Sarkozy]{FRA/Nicolas Sarkozy} left.", "2010-03-01"),
]

STATES = [
    ("[Iran]{IRN/Iran} refused.", None),
    ("[Tehran]{IRN/Iran} refused.", None),
    ("[The Kremlin]{RUS/} refused.", None),
    ("[The Iranians]{IRN/} refused.", None),
    ("[The Ukranian government]{UKR/} refused what Ukraine wanted.", None),
    ("[Egypt, Jordan and Kuwait]{EGY/;JOR/;KWT/} refused.", None),
    ("They met in [Paris]{FRA/Paris}.", None),
    ("Ships left the [South China Sea]{!generic}.", None),
    ("[Ethnic Albanians]{-/Albanians} marched.", None),
    ("[Latin American]{!generic} music won.", None),
    ("[The European Union]{-/European Union} refused.", None),
    ("[NATO]{-/} refused.", None),
    ("[The Shanghai Cooperation Organisation (SCO)]{-/Shanghai} met.", None),
]

BODIES = [
    ("[The German foreign ministry]{DEU/} refused.", None),
    ("[Germany's Foreign Ministry]{DEU/} refused.", None),
    ("[The foreign ministry of Peru]{PER/foreign ministry} refused.", None),
    ("[The Peruvian Defence Ministry]{PER/defence} refused.", None),
    ("[A Danish court]{DNK/court} refused.", None),
    ("[The Ivory Coast's Supreme Court]{CIV/court} refused.", None),
    ("[The Ghanaian government and the Ghanaian army]{GHA/government;GHA/} refused.", None),
    ("[The US Congress]{USA/Congress} refused.", None),
    ("[The Peruvian Students News Agency (PSNA)]{PER/Peruvian Students News Agency} reported it.", None),
    ("[Hamas]{PSE/Hamas} refused.", "2006-12-01"),
    ("[The Hamas-led government]{PSE/government} refused.", "2006-12-01"),
]

GROUPS = [
    ("[Senior Ghanaian officials]{GHA/officials} refused.", None),
    ("[A senior Ghanaian official]{GHA/official} refused.", None),
    ("[EU foreign ministers]{-/European Union} met.", None),
    ("[Leaders from Chad, Mali and Niger]{TCD/leaders;MLI/leaders;NER/leaders} met.", None),
    ("[The Danish and Greek ambassadors]{DNK/ambassadors;GRC/ambassadors} met.", None),
    ("[Ghanaian lawmakers]{GHA/lawmakers} met.", None),
    ("[Rebels in Chad]{TCD/rebels} attacked.", None),
    ("[Turkish warplanes]{TUR/} attacked.", None),
    ("[Critics]{!generic} refused.", None),
    ("[Analysts]{!generic} refused.", None),
]


@pytest.mark.parametrize(("text", "published"), [*NAMES, *LATER, *STATES, *BODIES, *GROUPS])
def test_who_is_meant(reader: Reader, text: str, published: str | None) -> None:
    assert wrong(reader, text, published) == []


def test_a_mention_covers_title_and_apposition(reader: Reader) -> None:
    analysis = read(reader, "Officials met Norwegian minister Lena Brandt, head of the fisheries board, on Monday.", None)
    assert [m.span.text for m in analysis.mentions if m.participants[0].actor and m.participants[0].actor.kind == "person"] == [
        "Norwegian minister Lena Brandt, head of the fisheries board"
    ]


def test_the_acronym_belongs_to_the_mention(reader: Reader) -> None:
    text = "Reporters of the International Atomic Energy Agency (IAEA) came."
    analysis = read(reader, text, None)
    assert "the International Atomic Energy Agency (IAEA)" in [m.span.text for m in analysis.mentions]


def test_local_ids_are_shared_between_documents(reader: Reader) -> None:
    one = who(read(reader, "Norwegian minister Lena Brandt left.", "2006-03-01"), 0, 30)[0]
    two = who(read(reader, "Lena Brandt, Norway's minister, is back.", "2007-08-09"), 0, 11)[0]
    assert one.actor is not None
    assert two.actor is not None
    assert one.actor.id == two.actor.id == "or:nor-lena-brandt"


@pytest.mark.parametrize("text", ["Rebels attacked Goma on Friday.", "The ministers flew to Goma."])
def test_a_town_has_the_id_of_the_gazetteer(reader: Reader, text: str) -> None:
    start = text.index("Goma")
    found = read(reader, text, "2024-03-03")
    actor = who(found, start, start + 4)[0].actor
    assert actor is not None
    assert (actor.kind, actor.country) == ("place", "COD")
    assert actor.id in {place.id for place in found.places}


def test_sectors_and_role_come_from_the_title(reader: Reader) -> None:
    found = who(read(reader, "Ghanaian navy commander Kwesi Boateng left.", "2006-03-01"), 0, 37)[0].actor
    assert found is not None
    assert (found.kind, found.country, found.sectors, found.role) == ("person", "GHA", ("MIL",), "navy commander")


ODD = [
    "",
    " ",
    "“",
    "Mr.",
    "The",
    "Mr. Mr. Mr.",
    "President of of of",
    "(IAEA)",
    "King, King, King.",
    "He said. He said.",
    "’s ’s ’s",
    "the two two two leaders",
    "🙂 Putin 🙂",
    "Zażółć Gęślą said",
]


@given(
    st.lists(
        st.sampled_from(
            [*ODD, "President", "Putin", "of", "Iran", "'s", "and", "the two leaders", "he", "foreign ministry", ",", "(", ")", "said", "-", "\n\n"]
        ),
        max_size=14,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_it_and_offsets_hold(reader: Reader, parts: list[str]) -> None:
    document = Document(id="odd", text=" ".join(parts), published="2020-01-01")
    analysis = reader.analyse(document, until="coreference")
    for mention in analysis.mentions:
        assert mention.participants
        assert document.text[mention.span.start : mention.span.end] == mention.span.text
        assert all((p.actor is None) != (p.reason is None) for p in mention.participants)
