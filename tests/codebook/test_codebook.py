"""The codebook is whole: every code says what it means, and every code it points to exists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from onrecord import codebook
from onrecord.codebook import cameo, plover
from onrecord.errors import CodebookError
from onrecord.model import participants, records

FACTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "codebook"


@pytest.mark.parametrize("code", codebook.known_codes())
def test_every_code_has_label_definition_example_and_source(code: str) -> None:
    told = codebook.explain(code)
    assert all((told.label, told.definition, told.example, told.source))
    for near in told.related:
        codebook.explain(near)


def test_every_codebook_is_there() -> None:
    counts = {kind: len(codebook.known_codes(kind)) for kind in ("quad", "type", "context", "sector")}
    assert counts == {"quad": 4, "type": 16, "context": 37, "sector": 32}
    assert len(codebook.known_codes("mode")) == sum(len(t.modes) for t in codebook.types().values())
    assert len(codebook.known_codes("relation")) == 10
    assert len(codebook.known_codes("cameo")) > 300
    assert codebook.known_codes("issue")


def test_no_two_codes_of_one_registry_are_the_same() -> None:
    for registry in (plover.entries, cameo.entries):
        codes = [entry.code for entry in registry()]
        assert len(codes) == len(set(codes))


def test_cameo_maps_to_codes_that_exist() -> None:
    for row in cameo.codes().values():
        assert row.mode is None or row.plover is not None
        if row.plover is not None:
            assert row.mode is None or row.mode in codebook.event_type(row.plover).modes
        assert set(row.contexts) <= codebook.contexts()
        assert len(row.code) == 2 or row.code[:-1] in cameo.codes() or row.code[:2] in cameo.codes()


def test_types_give_cameo_codes_that_exist() -> None:
    for kind in codebook.types().values():
        for mode in (None, *kind.modes):
            code = codebook.cameo_of(kind.code, mode)
            assert code is None or codebook.cameo_code(code)


@pytest.mark.parametrize(
    ("code", "found", "kind"),
    [
        ("consult", "CONSULT", "type"),
        ("visit", "CONSULT/visit", "mode"),
        ("consult/VISIT", "CONSULT/visit", "mode"),
        (" GOV ", "GOV", "sector"),
        ("cbrn", "cbrn", "context"),
        ("3", "3", "quad"),
        ("042", "042", "cameo"),
        ("1411", "1411", "cameo"),
        ("alliance", "alliance", "relation"),
        ("taiwan-status", "taiwan-status", "issue"),
        ("declines-comment", "declines-comment", "stance"),
        ("Historical", "historical", "status"),
        ("SUPPORT", "SUPPORT", "type"),
        ("support", "support", "stance"),
    ],
)
def test_explain(code: str, found: str, kind: str) -> None:
    told = codebook.explain(code)
    assert (told.code, told.kind) == (found, kind)


@pytest.mark.parametrize(
    ("code", "hint"), [("CONSLT", "CONSULT"), ("withdraw", "RETREAT/withdraw, SANCTION/withdraw"), ("", "known kinds"), ("9999", "")]
)
def test_an_unknown_code_raises_with_near_ones(code: str, hint: str) -> None:
    with pytest.raises(CodebookError) as caught:
        codebook.explain(code)
    assert hint in caught.value.hint


def test_scores_and_quads() -> None:
    assert (codebook.quad("AID"), codebook.quad("ASSAULT")) == (2, 4)
    assert codebook.intensity("CONSULT") == 2.5
    assert codebook.intensity("CONSULT", "visit") == 4
    assert codebook.intensity("PROTEST", "vandalize") == codebook.intensity("PROTEST")
    with pytest.raises(CodebookError):
        codebook.intensity("CONSULT", "riot")
    with pytest.raises(CodebookError):
        codebook.quad("CONSLT")


@pytest.mark.shared
@pytest.mark.skipif(not FACTS.exists(), reason="../shared is absent")
def test_facts_are_those_of_the_manual() -> None:
    facts = json.loads((FACTS / "plover2_facts.json").read_text(encoding="utf8"))
    for code, fact in facts["events"].items():
        kind = codebook.event_type(code)
        assert (kind.quad, kind.score, kind.requires_recipient, dict(kind.modes)) == (
            fact["quad"],
            fact["score"],
            fact["requires_recipient"],
            fact["modes"],
        )
    assert codebook.contexts() == set(facts["contexts"])
    assert codebook.sectors() == {*facts["sectors"], *facts["nonstate"]}


@pytest.mark.shared
@pytest.mark.skipif(not FACTS.exists(), reason="../shared is absent")
def test_the_cameo_mapping_is_the_published_one_where_that_has_a_code() -> None:
    facts = json.loads((FACTS / "cameo2plover_2021.json").read_text(encoding="utf8"))
    for code, fact in facts.items():
        row = codebook.cameo_code(code)
        assert row.plover == fact["event"]
        assert row.mode == (fact["mode"] or None) or row.note.startswith("2021 mode")
    assert {c for c, row in cameo.codes().items() if row.mapping_source == "onrecord"} == set(cameo.codes()) - set(facts)


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("terrorism", ["context", "issue"]),
        ("sanction", ["relation", "type"]),
        ("SANCTION", ["type", "relation"]),
        ("visit", ["mode"]),
        ("GOV", ["sector"]),
    ],
)
def test_a_code_that_codebooks_share_has_every_meaning(code: str, kinds: list[str]) -> None:
    assert [told.kind for told in codebook.meanings(code)] == kinds


def test_every_code_of_the_contract_is_explained() -> None:
    lists = {
        "stance": (records.Stance,), "status": (records.Status, records.RelationStatus), "form": (records.Form,),
        "relation": (records.RelationType,), "reason": (participants.Reason,), "actor": (participants.ActorKind,),
    }  # fmt: skip
    for kind, literals in lists.items():
        codes = [code for literal in literals for code in get_args(literal)]
        assert [told.code for told in codebook.codes_of(kind)] == codes
        assert all(told.definition and told.example for told in codebook.codes_of(kind))
