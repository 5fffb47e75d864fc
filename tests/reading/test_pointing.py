"""Rules for who is meant without a name, a case or two each: numbers of members, leaders, successors, peoples within a state, parts of a state."""

from __future__ import annotations

import pytest
from tests.reading.marked import read, wrong

from onrecord import Reader

CASES = [
    ("The African Union met in Durban. [The 53-member body]{-/African Union} admitted nobody.", "2003-03-03"),
    ("NATO and the European Union met. [The 25-nation bloc]{-/European Union} spoke first.", "2005-03-03"),
    ("NATO and the European Union met. [The 40-nation bloc]{!no-antecedent} spoke first.", "2005-03-03"),
    ("The refugees waited. [The world body]{-/United Nations} sent tents.", "2005-03-03"),
    ("[The German leader]{DEU/Merkel} spoke. [The Jordanian leader]{JOR/Abdullah} listened.", "2010-03-03"),
    ("[The Chilean opposition leader]{CHL/leaders=group} spoke.", "1994-03-03"),
    ("Gordon Brown resigned. [His successor]{GBR/Cameron} thanked [his predecessor]{GBR/Brown}.", "2010-05-12"),
    ("[The former Norwegian prime minister Olav Brandt]{NOR/Brandt} died.", "2010-05-12"),
    ("Hamid Karzai met Gul Agha. [The former Afghan president]{AFG/Karzai} smiled.", "2016-05-12"),
    ("[The Turkish and Greek foreign ministers]{TUR/Cem;GRC/Papandreou} danced.", "1999-09-12"),
    ("[Iraqi Kurds]{IRQ/kurds} fled. [The Kurds of Turkey]{TUR/kurds=group} waited.", "1991-04-03"),
    ("[Finnish Americans]{USA/} danced.", "1991-04-03"),
    ("A [Christian]{!generic} prayed.", "2016-04-03"),
    ("[Jewish settlers]{ISR/} threw stones at [Palestinian farmers]{PSE/}.", "2008-04-03"),
    ("[Shanghai authorities]{CHN/Shanghai=body} closed schools. [Kano State government]{NGA/Kano=body} did so too.", "2008-04-03"),
    ("Peru's minister spoke. [The Ruritanian government]{!unknown-name} objected.", "2008-04-03"),
    ("Chile's foreign ministry protested. In its reply, [Chile]{CHL/Foreign Ministry=body} said the map was wrong.", "2008-04-03"),
    ("Bolivia imposed a boycott on Chile over [its]{CHL/} port fees.", "2008-04-03"),
    ("Germany and France won. Chirac thanked Schroeder for [his]{DEU/} help.", "2003-04-03"),
    ("Peruvian rebels fled. Peru accused Chile and Bolivia of arming [them]{PER/rebels}.", "2003-04-03"),
    ("The [Russo-Chinese]{RUS/;CHN/} pact lapsed.", "2001-09-03"),
    ("He flew from [Minsk]{BLR/Minsk=place} to [Vilnius]{LTU/Vilnius=place}. [Minsk]{BLR/=state} protested.", "2001-09-03"),
    ("He left [Minsk]{BLR/Minsk=place} for home. A trip to [Riga]{LVA/Riga=place} follows.", "2001-09-03"),
    ("Speaking from [Nicosia]{CYP/Nicosia=place}, he denied it.", "2001-09-03"),
    ("The minister said [the regime]{!no-antecedent} would fall.", "2001-09-03"),
    ("Peru's president toured Bolivia. Chile stayed away. [The two countries]{!ambiguous} share a view.", "2001-09-03"),
    ("Peru's president toured Bolivia. [The two countries]{PER/;BOL/} share a view.", "2001-09-03"),
    ("Lula met Kirchner. [The two neighbours]{!no-antecedent} trade in cars.", None),
]


@pytest.mark.parametrize(("text", "published"), CASES)
def test_who_is_meant_without_a_name(reader: Reader, text: str, published: str | None) -> None:
    assert wrong(reader, text, published) == []


def test_a_possessive_inside_a_name_is_not_the_named_one(reader: Reader) -> None:
    text = "Juan Quispe spoke in Lima. His brother Pedro Quispe stayed."
    found = [m for m in read(reader, text, "2001-03-03").mentions if m.span.text == "His"]
    assert [p.actor.name for m in found for p in m.participants if p.actor] == ["Juan Quispe"]
