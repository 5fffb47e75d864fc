"""What points back: pronouns, descriptions, pairs, statements and their issuers."""

from __future__ import annotations

import pytest
from tests.reading.marked import wrong

from onrecord import Reader

PRONOUNS = [
    "Norwegian minister Lena Brandt said [she]{NOR/Brandt} would go.",
    "Norwegian minister Lena Brandt met Peruvian envoy Juan Quispe. [She]{NOR/Brandt} was pleased.",
    "Norwegian minister Lena Brandt met Peruvian envoy Juan Quispe. [He]{PER/Quispe} was pleased.",
    "Norwegian minister Olav Brandt met Peruvian envoy Juan Quispe. [He]{NOR/Brandt} was pleased.",
    'Norwegian minister Olav Brandt told Peruvian envoy Juan Quispe that the deal was off. "It is over," [he]{NOR/Brandt} added.',
    'Norwegian minister Olav Brandt spoke. "I will not meet Mr. Quispe," [he]{NOR/Brandt} said.',
    "In [his]{NOR/Brandt} speech, Norwegian minister Olav Brandt attacked Peru.",
    "Norway said [it]{NOR/Norway} would go.",
    "Norway refused. [It]{NOR/Norway} also closed the border.",
    "The German foreign ministry said [it]{DEU/} would go.",
    "[It]{!generic} is too early to go.",
    "[It]{!generic} was the first time that Norway refused.",
    "[He]{!no-antecedent} left.",
    "Hamas leader Khaled Meshaal said [his party]{PSE/Hamas} would go.",
    "Norwegian minister Olav Brandt said [his company]{!no-antecedent} would go.",
    "In [its]{TWN/Taiwan} reply, Taiwan refused.",
    "Norway and Peru said [they]{NOR/;PER/} would go.",
    "Norwegian minister Olav Brandt and Peruvian envoy Juan Quispe met. [They]{NOR/Brandt;PER/Quispe} agreed.",
    "Chadian rebels attacked. [They]{TCD/rebels} took the town.",
]

ROLES = [
    "Norwegian foreign minister Olav Brandt met Peruvian envoy Juan Quispe. [The foreign minister]{NOR/Brandt} was pleased.",
    "Norwegian foreign minister Olav Brandt met Peruvian envoy Juan Quispe. [The envoy]{PER/Quispe} was pleased.",
    "Norwegian foreign minister Olav Brandt met Peruvian envoy Juan Quispe. [The Peruvian envoy]{PER/Quispe} was pleased.",
    "Peruvian president Juan Quispe met Norwegian minister Olav Brandt. [The Peruvian leader]{PER/Quispe} was pleased.",
    "Norwegian navy spokesman Olav Brandt came. [The spokesman]{NOR/Brandt} refused.",
    "Norway's king came. Olav Brandt, a Norwegian politician, spoke. [The former diplomat]{NOR/Brandt} refused.",
    "A parrot came. [The prime minister]{!no-antecedent} refused.",
]

BODIES = [
    "Norway refused. [The foreign ministry]{NOR/foreign ministry} announced it.",
    "In Lima, [the foreign ministry]{PER/foreign ministry} refused.",
    "In Lima, [foreign ministry spokesman Juan Quispe]{PER/Quispe} refused what Norway wanted.",
    "Norwegian minister Olav Brandt spoke. [The government]{NOR/government} would go, he said.",
    "The International Atomic Energy Agency met. [The agency]{-/atomic} refused.",
    "[The company]{!no-antecedent} refused.",
    "Norwegian minister Olav Brandt said [his government]{NOR/government} would go.",
    "Norwegian minister Olav Brandt said [his country]{NOR/Norway} would go.",
]

PAIRS = [
    "Norwegian president Olav Brandt met Peruvian president Juan Quispe. [The two leaders]{NOR/Brandt;PER/Quispe} agreed.",
    "Norway and Peru signed. [Both countries]{NOR/;PER/} agreed.",
    "Norwegian president Olav Brandt met Peruvian president Juan Quispe. [The two countries]{NOR/Norway;PER/Peru} agreed.",
    "Norwegian president Olav Brandt met Peruvian president Juan Quispe. [The two sides]{NOR/;PER/} agreed.",
    "[The two leaders]{!no-antecedent} agreed.",
    "Norway, Peru and Chad signed. [The three countries]{NOR/;PER/;TCD/} agreed.",
]

DOCUMENTS = [
    "The German foreign ministry refused. [Germany's statement]{DEU/} was long.",
    "The Atomic Energy Agency issued a report. Norway read it. [The report]{-/Atomic Energy Agency} said no.",
    "Norway issued a report. Peru read it. [The report]{NOR/Norway} said no.",
    "Norwegian president Olav Brandt met Peruvian president Juan Quispe. [A joint statement]{NOR/;PER/} said so.",
]

EPITHETS = [
    "Iran refused. Norway closed its embassy in [the Islamic republic]{IRN/}.",
    "North Korea refused. Talks with [the North]{PRK/} ended.",
    "Taiwan refused. Ships came to [the island]{TWN/}.",
    "Ships came to [the island]{!no-antecedent}.",
]


@pytest.mark.parametrize("text", [*PRONOUNS, *ROLES, *BODIES, *PAIRS, *DOCUMENTS, *EPITHETS])
def test_what_points_back(reader: Reader, text: str) -> None:
    assert wrong(reader, text, "2006-03-01") == []


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Russia refused. [The Russian president]{RUS/Putin} spoke.", "2014-05-01"),
        ("Russia refused. [The Russian leader]{RUS/Medvedev} spoke.", "2010-05-01"),
        ("[The French foreign minister]{FRA/Fabius} spoke.", "2013-05-01"),
        ("LIMA, March 3 (Xinhua) -- [Foreign minister Juan Quispe]{PER/Quispe} spoke on Monday.", "2006-03-03"),
    ],
)
def test_roles_are_those_of_the_day(reader: Reader, text: str, published: str) -> None:
    assert wrong(reader, text, published) == []
