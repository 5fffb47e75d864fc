"""Organisations: how many, under which names, and that no alias of theirs catches an ordinary word."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from spacy.lang.en.stop_words import STOP_WORDS

from onrecord.knowledge import KnowledgeBase
from onrecord.knowledge.tables import day, rows

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
WORDS_KEPT = {"who", "un"}
"""Acronyms that are words when small, and too well known to leave out: capitals tell them apart."""


def test_more_than_enough_and_each_of_a_sector(kb: KnowledgeBase) -> None:
    found = kb.actors("organisation")
    assert len(found) >= 250
    assert all({"IGO", "NGO"} & set(o.sectors) for o in found)
    assert sum("NGO" in o.sectors for o in found) > 100
    assert all(o.country is None for o in found)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("U.N. Interim Force in Lebanon", "or:unifil"),
        ("Minusma", "or:minusma"),
        ("MONUSCO", "or:monusco"),
        ("MONUC", "or:monuc"),
        ("Organisation of African Unity", "or:oau"),
        ("Organization of African Unity", "or:oau"),
        ("UN Human Rights Council", "or:unhrc"),
        ("UN Commission on Human Rights", "or:un-commission-human-rights"),
        ("World Food Program", "or:wfp"),
        ("World Food Programme", "or:wfp"),
        ("Five Power Defense Arrangements", "or:fpda"),
        ("Turkic Council", "or:ots"),
        ("GATT", "or:gatt"),
        ("OPEC+", "or:opec-plus"),
        ("Opec", "or:opec"),
        ("P5+1", "or:p5-plus-1"),
        ("Quadrilateral Security Dialogue", "or:quad"),
        ("African Standby Force", "or:african-standby"),
        ("Médecins du Monde", "or:mdm"),
        ("Medecins Sans Frontieres", "or:msf"),
    ],
)
def test_a_name_in_either_spelling_is_one_organisation(kb: KnowledgeBase, name: str, actor: str) -> None:
    assert {a.actor.id for a in kb.find(name)} == {actor}


@pytest.mark.parametrize(
    ("name", "actors"),
    [
        ("RSF", {"or:rsf", "or:rsf-sudan"}),
        ("Rsf", set()),
        ("aids", set()),
        ("who", set()),
        ("quad", set()),
        ("las", set()),
        ("LAS", set()),
        ("pace", set()),
        ("PACE", set()),
        ("Care", set()),
    ],
)
def test_capitals_tell_acronyms_from_words(kb: KnowledgeBase, name: str, actors: set[str]) -> None:
    assert {a.actor.id for a in kb.find(name) if a.actor.kind in ("organisation", "group")} == actors


def _acronyms(kb: KnowledgeBase) -> set[str]:
    names = [(n, kind) for o in kb.actors("organisation") for n, kind in kb.names(o.id)]
    return {n.lower() for n, kind in names if n.isalpha() and (n.isupper() or kind == "acronym")} - WORDS_KEPT


def test_no_acronym_is_a_small_word(kb: KnowledgeBase) -> None:
    assert _acronyms(kb) & STOP_WORDS == set()


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="../shared is not here")
def test_no_acronym_is_a_word_that_reports_write_small(kb: KnowledgeBase) -> None:
    small: set[str] = set()
    for path in ("attribution/polnear_dev.jsonl", "events/plover_gsr_dev.jsonl", "time/timebank_dev.jsonl"):
        for line in (DATA / path).read_text(encoding="utf8").splitlines():
            small.update(re.findall(r"(?<![\w.@/-])[a-z]{2,}(?![\w@/-])", str(json.loads(line)["text"])))
    assert _acronyms(kb) & small == set()


def test_names_are_whole_and_stand_once(kb: KnowledgeBase) -> None:
    for o in kb.actors("organisation"):
        names = [name for name, _ in kb.names(o.id)]
        assert len(names) == len(set(names)), o.id
        assert [n for n in names if not n.strip() or n != n.strip() or len(n) < 2] == [], o.id


def test_who_was_dissolved_had_been_founded() -> None:
    header, body = rows("organisations")
    at = {column: n for n, column in enumerate(header)}
    gone = [row for row in body if row[at["dissolved"]]]
    assert len(gone) > 60
    for row in gone:
        first, last = day(row[at["founded"]]), day(row[at["dissolved"]], last=True)
        assert first and last and first < last, row[0]
    assert sum(bool(row[at["founded"]]) for row in body) > 0.99 * len(body)


def test_no_name_means_two_organisations(kb: KnowledgeBase) -> None:
    for o in kb.actors("organisation"):
        for name, _ in kb.names(o.id):
            assert {a.actor.id for a in kb.find(name) if a.actor.kind == "organisation"} == {o.id}, name
