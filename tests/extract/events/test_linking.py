"""Mentions of one happening in a report: what is linked, and what only looks alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onrecord import Document
from onrecord.model import document_id

if TYPE_CHECKING:
    from onrecord import Reader

# A report, paragraph by paragraph, and the triggers that are linked, earlier ← later.
ONE = [
    ("Zambian President Hakainde Hichilema met Kenyan President William Ruto in Addis Ababa on Monday.\n\nThe two leaders also discussed trade.",
     ["met ← discussed"]),
    ("Kenyan President William Ruto met Ugandan President Yoweri Museveni in Nairobi on Wednesday.\n\nThe two leaders also discussed the border.",
     ["met ← discussed"]),
    ("Peru's foreign minister visited Chile on Monday.\n\nDuring his visit to Chile he toured a mine.", ["visited ← visit"]),
    ("Norway condemned Belarus on Tuesday over the arrests.\n\nNorway also condemned Belarus for closing the border.", ["condemned ← condemned"]),
    ("North Korea fired a missile on Friday.\n\nJapan said North Korea's missile test broke the rules.", ["fired ← test"]),
    ("Turkey attacked Armenia on Monday.\n\nThe Turkish attack on Armenia killed five.", ["attacked ← attack", "attack ← killed"]),
    ("Rwanda expelled a Burundian diplomat on Monday.\n\nRwanda's expulsion of the Burundian diplomat was legal.", ["expelled ← expulsion"]),
]  # fmt: skip
SEVERAL = [
    "Zambian President Hakainde Hichilema met Kenyan President William Ruto on Monday.\n\nHichilema met Ruto in 2019 too.",
    "Chile gave Peru 20 million dollars in aid on Monday.\n\nChile gave Peru 90 million dollars in aid on Monday.",
    "Norway condemned Belarus on Tuesday.\n\nSweden condemned Belarus on Tuesday.",
    "Norway urged Belarus on Tuesday to free the prisoners.\n\nNorway urged Belarus in June 2019 to free the journalists.",
    "Kenya and Uganda held talks on Monday.\n\nA second meeting between Kenya and Uganda followed.",
    "Iran attacked Iraq on Monday.\n\nIraq attacked Iran on Monday.",
    "Peru condemned Chile on Monday.\n\nPeru thanked Chile on Monday.",
]


def read(reader: Reader, text: str) -> tuple[list[str], set[str]]:
    reading = reader.read(Document(id=document_id(text, None, "2024-11-21"), text=text, published="2024-11-21"))
    events = {e.id: e for e in reading.events}
    pairs = [(events[link.left], events[link.right]) for link in reading.links]
    assert all(link.type == "same-event" and link.judgement == "positive" and 0 < link.score < 1 for link in reading.links)
    assert all(a.trigger.start < b.trigger.start for a, b in pairs)
    return [f"{a.trigger.text} ← {b.trigger.text}" for a, b in pairs], {e.trigger.text for e in reading.events}


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_one_happening(reader: Reader, text: str, expected: list[str]) -> None:
    assert read(reader, text)[0] == expected


@pytest.mark.parametrize("text", SEVERAL)
def test_several_happenings(reader: Reader, text: str) -> None:
    linked, triggers = read(reader, text)
    assert linked == []
    assert triggers  # there was something to link


def test_a_later_mention_is_linked_once_and_a_report_of_nothing_has_no_links(reader: Reader) -> None:
    text = "Norway condemned Belarus.\n\nNorway condemned Belarus again.\n\nNorway condemned Belarus, it said."
    reading = reader.read(Document(id=document_id(text, None, None), text=text))
    assert len({link.right for link in reading.links}) == len(reading.links) == len(reading.events) - 1
    assert reader.read(Document(id=document_id("Nothing.", None, None), text="Nothing.")).links == ()
