"""Statements as tables: a text with the roles of one statement marked, as in ``[She]{speaker} [said]{cue} [that talks would resume]{content}.``"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Document, Reader
from onrecord.model import Statement, document_id

SHARED = Path(__file__).parents[3] / ".." / "shared"
_MARKED = re.compile(r"\[([^][]*)\]\{(\w+)\}")
_PUNCTUATION = " .,;:!?"


def unmark(marked: str) -> tuple[str, dict[str, list[str]]]:
    """The plain text, and what is marked in it by role."""
    roles: dict[str, list[str]] = {}
    for words, role in _MARKED.findall(marked):
        roles.setdefault(role, []).append(words)
    return _MARKED.sub(r"\1", marked), roles


def read(reader: Reader, text: str, published: str = "2012-03-05") -> tuple[Statement, ...]:
    document = Document(id=document_id(text, None, published), text=text, published=published)
    return tuple(reader.analyse(document, until="statements").statements)


def roles_of(statement: Statement) -> dict[str, list[str]]:
    mention, cue = statement.speaker.mention, statement.cue
    found = {
        "speaker": [mention.text] if mention else [],
        "cue": [cue.text] if cue else [],
        "content": [part.text.rstrip(_PUNCTUATION) for part in statement.content],
        "addressee": [p.mention.text for p in statement.addressees if p.mention],
        "via": [p.mention.text for p in statement.via if p.mention],
    }
    return {role: words for role, words in found.items() if words}


def holds(reader: Reader, marked: str) -> None:
    """Some statement has exactly the marked speaker, cue and content, and at least the marked addressees and relays."""
    text, wanted = unmark(marked)
    wanted["content"] = [part.rstrip(_PUNCTUATION) for part in wanted["content"]]
    found = [roles_of(s) for s in read(reader, text)]
    assert any(all(roles.get(role) == words for role, words in wanted.items()) for roles in found), found


QUOTED = [
    "[“The ceasefire must hold,”]{content} [the Swedish envoy]{speaker} [said]{cue} on Friday.",
    "[“The ceasefire must hold,”]{content} [said]{cue} [Swedish envoy Karin Holm]{speaker}, who left Oslo on Friday.",
    '["The ceasefire must hold,"]{content} [she]{speaker} [told]{cue} [reporters]{addressee}.',
    "[The Swedish envoy]{speaker} [said]{cue}: [“The ceasefire must hold.”]{content}",
    "[The Swedish envoy]{speaker} [said]{cue}, [“The ceasefire must hold.”]{content}",
    "[“The ceasefire must hold,”]{content} [the envoy]{speaker} [said]{cue}. [“It has cost us years.”]{content}",
    "[“The ceasefire,”]{content} [the envoy]{speaker} [said]{cue}, [“must hold for years.”]{content}",
    "[''The ceasefire must hold,'']{content} [the envoy]{speaker} [said]{cue}.",
    "[“Will the ceasefire hold?”]{content} [the envoy]{speaker} [asked]{cue}.",
    "[“We shall see,”]{content} [the foreign ministry's statement]{speaker} [read]{cue}.",
    "[The offer is “a joke,”]{content} [the general]{speaker} [said]{cue}.",
    "[The general]{speaker} [added]{cue}, [“The offer is a joke,”]{content} hinting at a new round.",
    "The general left early, [adding]{cue}: [“The offer is a joke that nobody needs.”]{content}",
]


@pytest.mark.parametrize("marked", QUOTED)
def test_quotations_find_their_cue_and_speaker(reader: Reader, marked: str) -> None:
    holds(reader, marked)


INDIRECT = [
    "[The minister]{speaker} [said]{cue} [that talks would resume in May]{content}.",
    "[The minister]{speaker} [said]{cue} [talks would resume in May]{content}.",
    "[Talks would resume in May]{content}, [the minister]{speaker} [said]{cue}.",
    "[Talks would resume in May]{content}, [said]{cue} [the minister]{speaker}.",
    "[The talks]{content}, [the minister]{speaker} [said]{cue}, [would resume in May]{content}.",
    "[The minister]{speaker} [would not say]{cue} [whether talks would resume]{content}.",
    "[The minister]{speaker} [told]{cue} [lawmakers]{addressee} [that talks would resume]{content}.",
    "[The minister]{speaker} [has vowed]{cue} [to stay in office]{content}.",
    "[Norway]{speaker} [urged]{cue} [Chile to open its ports]{content}.",
    "[Norway]{speaker} [has refused]{cue} [to open its ports]{content}.",
    "[Norway]{speaker} [accused]{cue} [Chile of closing its ports]{content}.",
    "[Norway]{speaker} [called for]{cue} [an end to the blockade]{content}.",
    "[Norway]{speaker} [promised]{cue} [better ties with Chile]{content}.",
    "[Norway]{speaker} [ruled out]{cue} [a return to the talks]{content}.",
    "[Norway]{speaker} [was opposed to]{cue} [the new border]{content}.",
    "[Norway]{speaker} [hopes]{cue} [that the talks will resume]{content}.",
    "[Norway]{speaker} [expressed]{cue} [regret over the collision]{content}.",
    "[The minister]{speaker} [told]{cue} the envoy during a visit last week [that talks would resume]{content}.",
    "[The dam]{content}, [said]{cue} [the engineer]{speaker}, [is safe]{content}.",
]


@pytest.mark.parametrize("marked", INDIRECT)
def test_complements_of_reporting_verbs(reader: Reader, marked: str) -> None:
    holds(reader, marked)


FRAMED = [
    "[Norway]{speaker} [regards]{cue} [the islands as part of its coast]{content}.",
    "[Norway]{speaker} [described]{cue} [the blockade as illegal]{content}.",
    "[Norway]{speaker} [dismissed]{cue} [the report as a fairy tale]{content}.",
    "[Norway]{speaker} [likened]{cue} [the blockade to a siege]{content}.",
    "[Norway]{speaker} [called]{cue} [the blockade an act of war]{content}.",
    "[Norway]{speaker} [rejected]{cue} [the claim]{content}.",
    "[Norway]{speaker} [downplayed]{cue} [fears of a trade war]{content}.",
    "[Norway]{speaker} criticised the blockade, [calling]{cue} [it a mistake]{content}.",
    "[Norway]{speaker} [rejected]{cue} [the claim]{content} but offered more talks.",
    "Norway voted for the plan, which [Chile]{speaker} [views]{cue} [as a threat]{content}.",
]


@pytest.mark.parametrize("marked", FRAMED)
def test_framing_and_attitude(reader: Reader, marked: str) -> None:
    holds(reader, marked)


INHERITED = [
    "[The minister]{speaker} left the hall, [saying]{cue} [that the talks had failed]{content}.",
    "[The minister]{speaker} praised the deal but [warned]{cue} [that it might fail]{content}.",
    "[The minister]{speaker} said it is late and [urged]{cue} [both sides to hurry]{content}.",
    "[The minister]{speaker} warned that the deal may fail, [calling]{cue} [it a mistake]{content}.",
    "[The minister]{speaker} ended the visit by [saying]{cue} [that ties were good]{content}.",
    "[A spokesman]{speaker} who left early [said]{cue} [the deal was dead]{content}.",
]


@pytest.mark.parametrize("marked", INHERITED)
def test_subjects_are_inherited(reader: Reader, marked: str) -> None:
    holds(reader, marked)


NOMINAL = [
    "Traders shrugged off [the bank's]{speaker} [warning]{cue} [that prices would rise]{content}.",
    "The strike followed [Norway's]{speaker} [decision]{cue} [to close its ports]{content}.",
    "Chile welcomed [Norway's]{speaker} [pledge]{cue} [to open its ports]{content}.",
    "Bolivia knew of [Chile's]{speaker} [opposition to]{cue} [the pipeline]{content}.",
]


@pytest.mark.parametrize("marked", NOMINAL)
def test_nominal_attributions(reader: Reader, marked: str) -> None:
    holds(reader, marked)


PREPOSITIONAL = [
    "[According to]{cue} [the harbour office]{speaker}, [two ships collided off Bergen]{content}.",
    "[Two ships collided off Bergen]{content}, [according to]{cue} [the harbour office]{speaker}.",
    "[Two ships]{content}, [according to]{cue} [the harbour office]{speaker}, [collided off Bergen]{content}.",
]


@pytest.mark.parametrize("marked", PREPOSITIONAL)
def test_according_to(reader: Reader, marked: str) -> None:
    holds(reader, marked)


SILENT = [
    "The minister stopped short of endorsing the plan.",
    "The minister left the hall without criticising the plan.",
    "The ships sailed according to plan.",
    "The so-called “people's court” met in Bergen.",
    "Norway exported fish to Chile in May.",
    "The minister had dinner with his guests.",
    "The fact is that ships sail.",
    "“Song of the North” sold well.",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_nobody_says_is_no_statement(reader: Reader, text: str) -> None:
    assert [roles_of(s) for s in read(reader, text)] == []


def test_a_quoted_paragraph_without_a_cue_goes_on_with_the_speaker(reader: Reader) -> None:
    text = "“The dam is safe,” the engineer said.\n“It was built for floods twice this size.”\nThe valley was calm."
    (statement,) = read(reader, text)
    assert [c.text for c in statement.content] == ["“The dam is safe,”", "“It was built for floods twice this size.”"]


def test_an_unclosed_quotation_spoils_one_paragraph_at_most(reader: Reader) -> None:
    text = "“The dam is safe, the engineer thought.\nThe mayor said that the dam had leaked for years."
    found = [roles_of(s) for s in read(reader, text)]
    assert {"speaker": ["The mayor"], "cue": ["said"], "content": ["that the dam had leaked for years"]} in found


FORMS = [
    ("“The dam is safe,” the engineer said.", "direct"),
    ("The engineer said that the dam was safe.", "indirect"),
    ("The engineer said that the dam was “as safe as a house”.", "mixed"),
    ("The dam is “as safe as a house,” the engineer said.", "mixed"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_forms(reader: Reader, text: str, form: str) -> None:
    assert [s.form for s in read(reader, text)] == [form]


def test_a_claim_inside_a_claim_is_nested_and_stays_its_own(reader: Reader) -> None:
    outer, inner = read(reader, "Norway's minister said that Chile had refused to open its ports.")
    assert (inner.nested_in, inner.statement_id, outer.nested_in) == (outer.id, outer.id, None)
    assert inner.speaker.actor is not None
    assert inner.speaker.actor.country == "CHL"
    assert [p.mention.text for p in inner.via if p.mention] == ["Norway's minister"]


ECHOES = [
    ("“I think the dam is safe,” the engineer said.", 1),
    ("Chile refuses to recognise the border.", 1),
    ("Chile voiced its support for the dam.", 1),
    ("The engineer said both towns should oppose the dam.", 1),
]


@pytest.mark.parametrize(("text", "count"), ECHOES)
def test_echoes_of_the_statement_around_them_are_dropped(reader: Reader, text: str, count: int) -> None:
    assert len(read(reader, text)) == count


VIA = [
    ("“The dam is safe,” the engineer was quoted as saying by Reuters.", ["Reuters"]),
    ("Reuters quoted the engineer as saying that the dam was safe.", ["Reuters"]),
    ("“The dam is safe,” the engineer told the BBC.", ["the BBC"]),
    ("The engineer said in an interview with the BBC that the dam was safe.", ["the BBC"]),
    ("The engineer told reporters that the dam was safe.", []),
]


@pytest.mark.parametrize(("text", "via"), VIA)
def test_outlets_relay_and_do_not_speak(reader: Reader, text: str, via: list[str]) -> None:
    (statement,) = read(reader, text)
    assert statement.speaker.mention is not None
    assert statement.speaker.mention.text.lower() == "the engineer"
    assert [p.mention.text for p in statement.via if p.mention] == via


def test_a_chain_governs_its_paragraph_and_goes_on_with_its_people(reader: Reader) -> None:
    text = (
        "According to Reuters, Norwegian minister Tone Vik met Chilean minister Pablo Rojas in Bergen. Vik said, “The talks were good.”\n"
        "Rojas said, “We agree on most points.”\n"
        "According to the BBC, Bolivia stayed away."
    )
    by_content = {s.content[-1].text: [p.actor.name for p in s.via if p.actor] for s in read(reader, text)}
    assert by_content["“The talks were good.”"] == ["Reuters"]
    assert by_content["“We agree on most points.”"] == ["Reuters"]
    assert by_content["Bolivia stayed away"] == []


def test_a_lead_that_sums_up_a_relayed_account_is_relayed_too(reader: Reader) -> None:
    text = "Norwegian minister Tone Vik said fish stocks had grown.\n“There is more cod than ever,” Vik told the BBC."
    assert [[p.actor.name for p in s.via if p.actor] for s in read(reader, text)] == [["BBC"], ["BBC"]]


PIECES = [
    "The minister",
    " said",
    " that",
    " talks failed",
    ",",
    " “",
    "”",
    '"',
    ".",
    " according to",
    " Norway",
    " accused",
    " Chile",
    " of",
    "\n",
    " as",
    " saying",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_spans_lie_inside_and_no_statement_comes_twice(reader: Reader, text: str) -> None:
    found = read(reader, text)
    spans = [s for f in found for s in (f.cue, f.evidence, f.speaker.mention, *f.content) if s is not None]
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert len({(f.cue, f.content) for f in found}) == len(found)
    assert len({f.id for f in found}) == len(found)
    assert all(f.content and 0 <= f.confidence <= 1 for f in found)
    assert {f.nested_in for f in found} - {None} <= {f.id for f in found}


def test_hostile_nesting_is_read_like_any_other(reader: Reader) -> None:
    found = read(reader, "The minister said that " * 300 + "it failed.")
    assert len(found) > 200
    assert max(len(s.via) for s in found) < 20


@pytest.mark.shared
def test_floor_on_the_twelve_reports(reader: Reader) -> None:
    """Recall of annotated contents (characters shared at least half) does not sink below 85 in 100."""
    gold = SHARED / "gold" / "reports" / "gold.json"
    if not gold.is_file():
        pytest.skip("no ../shared")
    hits = total = 0
    for row in json.loads(gold.read_text(encoding="utf-8"))["documents"]:
        text = (gold.parent / row["file"]).read_text(encoding="utf-8")
        got = [{i for c in s.content for i in range(c.start, c.end)} for s in read(reader, text, row["published"] or "")]
        for wanted in row["attributions"]:
            cells = {i for c in wanted["content"] for i in range(c["start"], c["end"])}
            if cells and not wanted["optional"]:
                total += 1
                hits += any(len(cells & g) >= 0.5 * len(cells | g) for g in got)
    assert hits / total >= 0.85
