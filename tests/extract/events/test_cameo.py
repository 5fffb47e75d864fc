"""CAMEO codes and contexts of events: as specific as the words allow, and never of another type unless it is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onrecord import Document
from onrecord.codebook import cameo_code, explain, types
from onrecord.codebook.choice import EXCEPTIONS, cameo_for, rows
from onrecord.extract.events.lexicon import lexicon
from onrecord.model import document_id

if TYPE_CHECKING:
    from onrecord import Reader

CASES = {
    "Norway urged Eritrea to declare a ceasefire.": ("REQUEST", "0256", ("military",)),
    "Norway demanded that Eritrea free the two sailors.": ("REQUEST", "1053", ()),
    "Norway told Syrian President Bashar al-Assad to step down.": ("REQUEST", "0241", ("executive",)),
    "Norway asked Sweden for weapons.": ("REQUEST", "0232", ("military",)),
    "Norway sent weapons to Ukraine.": ("AID", "072", ("military",)),
    "Norway sent food aid to Mali.": ("AID", "073", ("human_security",)),
    "Fiji sent peacekeepers to Lebanon.": ("AID", "074", ("peacekeeping",)),
    "Japan promised Nepal a loan.": ("AGREE", "0331", ("economic",)),
    "Kenyan jets bombed Eritrea.": ("ASSAULT", "195", ("military",)),
    "Kenya and Uganda began joint naval exercises.": ("COOPERATE", "062", ("military",)),
    "Norway suspended aid to Mali.": ("SANCTION", "162", ()),
    "Chad severed diplomatic relations with Sudan.": ("SANCTION", "161", ("diplomatic",)),
    "Norway imposed sanctions on Syria.": ("SANCTION", "163", ("economic",)),
    "Norway apologised to Chile.": ("SUPPORT", "055", ("diplomatic",)),
    "Kenya refused to withdraw its troops from Somalia.": ("REJECT", "1246", ("military",)),
    "Norway accused Chad of torture.": ("ACCUSE", "1122", ("human_rights",)),
    "Kenya condemned Uganda.": ("ACCUSE", "111", ()),
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_code_and_contexts(reader: Reader, text: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    events = reader.read(Document(id=document_id(text, None, None), text=text)).events
    assert expected in [(e.type, e.cameo, e.contexts) for e in events]


def test_every_code_chosen_maps_back_to_its_type_or_is_listed() -> None:
    chosen = {(row.kind.partition("/")[0], code) for row in rows() for code in row.codes}
    words = lexicon()
    chosen |= {(f.type, f.cameo) for frames in (*words.verbs.values(), *words.nouns.values()) for f in frames if f.cameo}
    chosen |= {(kind.code, code) for kind in types().values() for mode in (None, *kind.modes) if (code := cameo_for(kind.code, mode))}
    astray = {(kind, code) for kind, code in chosen if cameo_code(code).plover != kind}
    assert astray == {(kind, code) for code, kind in EXCEPTIONS.items()}


def test_the_context_of_the_lexicon_are_contexts() -> None:
    for name in lexicon().context:
        assert explain(name).kind in ("context", "issue")


def test_a_gap_that_we_filled_says_so() -> None:
    assert "filled in by onrecord" in explain("176").source
    assert "filled in by onrecord" not in explain("173").source
