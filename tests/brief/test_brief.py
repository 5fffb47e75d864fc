"""Briefs of a made-up world: what they tell, in which order, and that nothing in them is not in a record."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.brief.proof import charts, sentences, unfounded
from tests.brief.world import DAM, NEUTRAL, OPPOSE, SEA, SILENT, SUPPORT, WHO, Claim, clash, day, kept, readings, report

from onrecord.brief import Brief, Piece, Section, brief, markdown
from onrecord.errors import QueryError
from onrecord.model import Issue, Link
from onrecord.query import Filter
from onrecord.store import View


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    told, links = clash()
    with kept(tmp_path_factory.mktemp("brief") / "store", [*readings(), *told], links) as store, store.view() as opened:
        yield opened


@pytest.fixture(scope="module")
def dam(view: View) -> Brief:
    return brief(view, Filter(issue="nile-dam"))


ASKED = {
    "an issue": Filter(issue="nile-dam"),
    "since": Filter(issue="nile-dam", since="2030-06"),
    "until": Filter(issue="nile-dam", until="2030-05-31"),
    "an actor": Filter(actor="Ruritania"),
    "a country": Filter(actor="SYL"),
    "both": Filter(actor="Vulgaria", issue="nile-dam"),
    "about": Filter(about="dam", confidence=0.6),
    "a publisher": Filter(issue="nile-dam", publisher="north wire"),
    "a few": Filter(issue="nile-dam", limit=1),
}


@pytest.mark.parametrize("name", ASKED)
def test_nothing_is_in_it_that_is_not_in_a_record(view: View, name: str):
    found = brief(view, ASKED[name])
    assert unfounded(view, found) == []
    assert sum(1 for _ in sentences(found)) > 10


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    told=st.lists(
        st.tuples(
            st.sampled_from([None, "North Wire", "Straits Herald", "Écho du Golfe"]),
            st.sampled_from([None, "2029", "2030-05", "2030-05-04", "2031-01-01T08:00:00Z"]),
            st.lists(
                st.builds(
                    Claim,
                    who=st.sampled_from(sorted(WHO)),
                    stance=st.sampled_from([SUPPORT, OPPOSE, NEUTRAL, SILENT]),
                    target=st.sampled_from(["the Renaissance Dam", "the reservoir", "opposition to the dam"]),
                    words=st.sampled_from(["", "We said so", "سلام 🕊️ e\u0301"]),
                    issue=st.sampled_from([DAM, DAM, SEA, None]),
                    date=st.sampled_from([day("2030-02-03"), day("2030-02-01", "month", "2030-02-28"), day("--07-03")]),
                    via=st.sampled_from([(), ("BorTV",), ("BorTV", "Lund")]),
                    confidence=st.sampled_from([0.31, 0.9, 0.999]),
                ),
                min_size=1,
                max_size=4,
            ),
        ),
        min_size=1,
        max_size=6,
    ),
    limit=st.integers(0, 3),
)
def test_nothing_is_made_up_whatever_the_reports_say(told: list[tuple[str | None, str | None, list[Claim]]], limit: int):
    reports = [report(published, publisher, claims, title=f"Report {n}") for n, (publisher, published, claims) in enumerate(told)]
    links = [Link(reports[0].document.id, r.document.id, "duplicate", "positive", 1.0, "", "test", "2031-01-01") for r in reports[1:2]]
    with tempfile.TemporaryDirectory() as folder, kept(Path(folder, "store"), reports, links) as store, store.view() as view:
        for wanted in (Filter(issue="nile-dam"), Filter(issue="nile-dam", limit=limit), Filter(actor="Ruritania")):
            try:
                found = brief(view, wanted)
            except QueryError:
                continue
            assert unfounded(view, found) == []
            assert brief(view, wanted) == found


BENT = {
    "plain": "for the first time",
    "name": "Nobody of That Name",
    "words": "We never said so",
    "day": "5 May 1999",
    "code": "surrender",
    "codebook": "What one should think of it.",
    "count": "4711",
    "figure": "0.123",
    "asked": "something else",
}


@pytest.mark.parametrize("kind", BENT)
def test_the_proof_finds_what_is_bent(view: View, dam: Brief, kind: str):
    assert unfounded(view, bent(dam, kind, BENT[kind])) != []


def bent(part: Any, kind: str, text: str) -> Any:
    """A brief in which every piece of a kind says something else."""
    if isinstance(part, Piece):
        return replace(part, text=text) if part.kind == kind else part
    if isinstance(part, tuple):
        return tuple(bent(item, kind, text) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: bent(getattr(part, field.name), kind, text) for field in fields(part)})
    return part


def test_every_claim_of_an_entry_is_cited(dam: Brief):
    for section in dam.sections:
        for group in section.groups:
            for entry in group.entries:
                told = [*(q.by for q in entry.quotations), *entry.notes]
                assert [s.text for s in told if not set(s.ids[:4]) & set(dam.marks)] == []


def test_sources_are_numbered_in_the_order_of_citing(dam: Brief):
    assert [s.number for s in dam.sources] == list(range(1, len(dam.sources) + 1))
    assert len({s.document_id for s in dam.sources}) == len(dam.sources)
    assert dam.marks == {c.record_id: c.mark for s in dam.sources for c in s.cited}
    assert all(c.mark.startswith(str(s.number)) for s in dam.sources for c in s.cited)


def headings(section: Section) -> list[str]:
    return [group.heading.text if group.heading else "" for group in section.groups]


def section(found: Brief, key: str) -> Section:
    return next(s for s in found.sections if s.key == key)


def test_parties_stand_under_their_side(dam: Brief):
    standing = section(dam, "standing")
    assert headings(standing) == ["For the dam", "Against the dam", "In opposition (side not told)", "Neutral", "Decline to comment"]
    heads = [[entry.head.text for entry in group.entries] for group in standing.groups]
    assert heads[1] == ["Borduria (BOR)", "Vulgaria (VUL)"]
    assert heads[0][:2] == ["Ruritania and Ana Lund (RUR)", "Syldavia (SYL)"]


def test_the_real_change_is_told_as_one_and_the_sloppy_report_as_doubtful(dam: Brief):
    change = section(dam, "change")
    assert headings(change) == ["Changes that stand up to the test", "Doubtful: perhaps no change, only reports that err"]
    assert [[e.head.text for e in group.entries] for group in change.groups] == [
        ["Syldavia (SYL): from against to for"],
        ["Vulgaria (VUL): from against to for"],
    ]
    assert "Changed: Syldavia from against to for." in [s.text for s in dam.key_points]


def test_who_falls_silent_and_speaks_again_is_told(tmp_path: Path):
    spoken = [f"{year}-{month:02}-05" for year in (2020, 2021, 2022) for month in range(1, 13)] + ["2029-03-05", "2029-04-05"]
    told = [report(d, "North Wire", [Claim("LAP", SUPPORT, words=f"We are for it on {d}")], title=d) for d in spoken]
    told.append(report("2039-01-01", "North Wire", [Claim("BOR", OPPOSE)], title="Much later"))
    with kept(tmp_path / "store", told) as store, store.view() as opened:
        found = brief(opened, Filter(issue="nile-dam"))
        assert unfounded(opened, found) == []
    groups = section(found, "change").groups
    notes = {group.heading.text: [n.text for e in group.entries for n in e.notes] for group in groups if group.heading}
    assert "No word since 5 December 2022; probability of a silence above 0.99." in notes["Fell silent"]
    assert notes["Spoke again"] == ["No word from 5 December 2022 to 5 March 2029; probability of a silence above 0.99."]


def test_a_change_before_the_span_is_none_of_it(view: View):
    later = brief(view, Filter(issue="nile-dam", since="2030-10"))
    assert section(later, "change").groups == ()
    earlier = brief(view, Filter(issue="nile-dam", since="2030-07"))  # held against what was known before the span
    assert section(earlier, "change").groups[0].entries[0].head.text == "Syldavia (SYL): from against to for"


def test_what_two_outlets_tell_differently_is_contested(dam: Brief):
    told = {entry.head.text: [q.words.text for q in entry.quotations] for group in section(dam, "contested").groups for entry in group.entries}
    assert told["Laputa (LAP)"] == ["“Laputa backs the Renaissance Dam”", "“Laputa opposes the Renaissance Dam”"]


def test_facts_that_differ_are_given_with_both_sets_of_words(view: View):
    facts = section(brief(view, Filter(actor="Borduria")), "contested").groups[-1]
    entry = facts.entries[0]
    assert entry.head.text == "Number (killed): six or nine"
    assert [q.by.text for q in entry.quotations] == ["North Wire, 10 July 2030", "Straits Herald, 11 July 2030"]


def test_wordings_of_one_utterance_are_shown_with_what_they_leave_out(dam: Brief):
    entry = section(dam, "contested").groups[-1].entries[0]
    assert entry.head.text == "Ana Lund, in 2 reports"
    assert [note.text for note in entry.notes] == ["Straits Herald leaves out: and not a day later."]


def test_what_is_told_twice_stands_in_the_timeline_once(view: View):
    entries = section(brief(view, Filter(actor="Ana Lund")), "timeline").groups[0].entries
    assert [(e.head.text, [n.text for n in e.notes]) for e in entries] == [("Ana Lund · said", ["Told again in 1 record of 1 report."])]


def test_answers_stand_under_what_they_answer(dam: Brief):
    group = section(dam, "conversation").groups[0]
    assert [(entry.depth, entry.head.text) for entry in group.entries] == [
        (0, "Borduria · said, 3 September 2030"),
        (1, "Ruritania answers Borduria · said, 4 September 2030"),
        (2, "Borduria answers Ruritania · said, 6 September 2030"),
    ]
    assert group.entries[1].notes[0].text == "Taken for an answer on these grounds: in response to; score 0.80."


def test_dates_are_as_exact_as_the_records(dam: Brief):
    assert dam.span.text == "2029 to 1 February 2031"
    notes = [n.text for g in section(dam, "standing").groups for e in g.entries for n in e.notes if e.head.text.startswith("Freedonia")]
    assert "since 2029;" in notes[0]


def test_lists_say_how_much_they_leave_out(view: View):
    few = brief(view, Filter(issue="nile-dam", limit=1))
    group = section(few, "standing").groups[0]
    assert len(group.entries) == 1
    assert group.left_out is not None
    assert group.left_out.text.startswith("Showing 1 party of 4 parties")


def test_an_actor_alone_is_told_by_issue(view: View):
    found = brief(view, Filter(actor="Ruritania"))
    assert found.title.text == "Where Ruritania stands"
    assert headings(section(found, "standing")) == ["Renaissance Dam on the Nile", "South China Sea"]
    assert brief(view, Filter(actor="RUR", issue="nile-dam")).title.text == "Ruritania on: Renaissance Dam on the Nile"


def test_an_issue_of_ones_own_has_no_sides_but_stances(tmp_path: Path):
    own = Issue("own-weir", "The weir")
    told = [report(f"2030-0{n}-05", "North Wire", [Claim("RUR", SUPPORT, issue=own), Claim("BOR", OPPOSE, issue=own)], title=str(n)) for n in (1, 2)]
    with kept(tmp_path / "store", told) as store, store.view() as opened:
        found = brief(opened, Filter(issue="own-weir"))
        assert unfounded(opened, found) == []
    assert (found.title.text, found.question) == ("The weir", ())
    assert headings(section(found, "standing")) == ["In support", "In opposition"]
    assert "| opposition | 1 |" in markdown(found)


def test_the_charts_have_words_and_a_table(dam: Brief):
    found = charts(dam)
    assert [chart.kind for chart in found] == ["bars", "strips", "columns"]
    assert all(chart.alt.text and chart.points and chart.columns for chart in found)
    assert sum(p.count for p in found[0].points) == 9


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (Filter(), "a brief needs an issue", "onrecord standing"),
        (Filter(since="2030"), "a brief needs an issue", "onrecord standing"),
        (Filter(issue="nile-dam", stance="support"), "takes no stance", "one of actor"),
        (Filter(actor="Ruritanja"), "nobody takes a stance there: actor Ruritanja", "did you mean Ruritania?"),
        (Filter(issue="nile-dam", until="1999"), "issue nile-dam, until 1999", "which the other flags leave out"),
        (Filter(issue="taiwan-status"), "nobody takes a stance there: issue taiwan-status", "nile-dam, south-china-sea"),
    ],
)
def test_what_cannot_be_told_is_an_error_that_helps(view: View, wanted: Filter, message: str, hint: str):
    with pytest.raises(QueryError) as error:
        brief(view, wanted)
    assert message in error.value.message
    assert hint in (error.value.hint or "")
