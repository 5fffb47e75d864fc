"""The text of a report cut for marking: nothing of it is lost, and every record has its words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import ActorRef, Document, Event, Participant, Record, RecordDate, Span, Statement
from onrecord.web.marking import Stretch, cut, numbered, paragraphs, parts_of, stretches
from store.builders import document, event, position, sample, span, statement, who

LETTERS = st.sampled_from(["a", " ", "\n", "\n\n", "é", "e\u0301", "🕊️", "سلام", "\u202e", "日本", "\t", ".", "x" * 40])


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Record]]:
    """Any text, and records with spans anywhere in it: nested, crossing, equal, over paragraphs."""
    text = "".join(draw(st.lists(LETTERS, max_size=40)))
    doc = Document("0" * 16, text)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: Span.of(text, min(p), max(p)))
    records: list[Record] = []
    for number in range(draw(st.integers(0, 8))):
        evidence, first, second = draw(spans), draw(spans), draw(spans)
        head: dict[str, Any] = {"id": f"{number:020x}", "document_id": doc.id, "evidence": evidence}
        whom = Participant(second, None, "unknown-name")
        records.append(
            Statement(**head, speaker=whom, cue=None, content=(first, second)[: draw(st.integers(0, 2))], form="direct")
            if draw(st.booleans())
            else Event(**head, type="AID", trigger=first, actors=(whom,), date=RecordDate(span=second))
        )
    return text, records


@given(marked_texts(), st.integers(1, 60), st.integers(1, 6))
def test_the_text_comes_out_unchanged_and_every_record_has_its_words(case: tuple[str, list[Record]], characters: int, most: int) -> None:
    text, records = case
    marked = numbered(records)
    pages = stretches(text, marked, characters=characters, records=most)
    segments = [s for page in pages for p in cut(text, page) for s in p.segments]
    assert "".join(s.text for s in segments) == text
    assert all(s.text == text[s.start : s.end] for s in segments)
    assert [(s.start, s.end) for s in segments] == sorted((s.start, s.end) for s in segments)
    assert {m.number for page in pages for m in page.records} == {m.number for m in marked} or any(page.more for page in pages)
    for m in marked:
        if any(page.more for page in pages):
            continue
        covered = "".join(s.text for s in segments if m.number in s.inside)
        assert covered == m.record.evidence.text
        for role in {p.role for p in m.parts if p.span}:
            points = {i for p in m.parts if p.role == role and p.span for i in range(p.span.start, p.span.end)}
            shown = {i for s in segments if (m.number, role) in s.roles for i in range(s.start, s.end)}
            assert shown <= points


@given(marked_texts())
def test_on_one_page_every_part_is_marked_and_every_number_stands_once(case: tuple[str, list[Record]]) -> None:
    text, records = case
    marked = numbered(records)
    (page,) = stretches(text, marked)
    segments = [s for p in cut(text, page) for s in p.segments]
    for m in marked:
        for p in m.parts:
            if p.span is not None:
                assert set(range(p.span.start, p.span.end)) <= {i for s in segments if (m.number, p.role) in s.roles for i in range(s.start, s.end)}
        numbers = [s for s in segments if m.number in s.numbers]
        assert len(numbers) == (1 if any(span.text for span in (*m.core, m.record.evidence)) else 0)


@given(st.text(alphabet=st.sampled_from("ab \n\r\t"), max_size=300))
def test_paragraphs_are_the_whole_text(text: str) -> None:
    found = paragraphs(text)
    assert "".join(text[a:b] for a, b in found) == text
    assert all(a < b for a, b in found)


def test_a_paragraph_without_end_is_cut_at_spaces() -> None:
    text = "word " * 3_000
    found = paragraphs(text)
    assert len(found) == 4
    assert all(text[end - 1] == " " for _, end in found)
    assert len(paragraphs("x" * 10_000)) == 3


def test_offsets_are_code_points() -> None:
    doc = document("🕊️🕊️ Ruritania said that e\u0301clairs are 日本 fine.")
    said = statement(
        doc, who(doc, "Ruritania", "RUR"), "e\u0301clairs are 日本 fine", evidence=span(doc, "Ruritania said that e\u0301clairs are 日本 fine")
    )
    (page,) = stretches(doc.text, numbered([said]))
    (paragraph,) = cut(doc.text, page)
    by_role = {role: s.text for s in paragraph.segments for _, role in s.roles}
    assert by_role == {"speaker": "Ruritania", "content": "e\u0301clairs are 日本 fine"}


def test_marks_of_one_kind_are_counted_and_the_innermost_record_stands_first() -> None:
    doc = document("Lund said Çelik said the harbour stays open.")
    outer = statement(doc, who(doc, "Lund", "Lund"), "Çelik said the harbour stays open")
    inner = statement(doc, who(doc, "Çelik", "Çelik"), "the harbour stays open")
    held = position(doc, who(doc, "Çelik", "Çelik"), "support", "the harbour")
    (page,) = stretches(doc.text, numbered([inner, held, outer]))
    segments = {s.text: s for p in cut(doc.text, page) for s in p.segments}
    assert [m.record.id for m in page.records] == [outer.id, inner.id, held.id]
    assert segments["the harbour"].inside == (3, 2, 1)
    assert segments["the harbour"].marks == (("statement", 2), ("position", 1))
    assert segments["the harbour"].numbers == (3,)
    assert segments[" stays open"].numbers == (1, 2)


def test_of_several_roles_of_the_same_words_the_innermost_stands_last() -> None:
    doc = document("That Lund opens the harbour is Lund’s word.")
    said = statement(doc, who(doc, "Lund", "Lund"), "That Lund opens the harbour", evidence=span(doc, doc.text))
    (page,) = stretches(doc.text, numbered([said]))
    segments = {s.text: s for p in cut(doc.text, page) for s in p.segments}
    assert segments["Lund"].roles == ((1, "content"), (1, "speaker"))


def test_roles_are_named_as_the_contract_has_them() -> None:
    doc = document("On Monday, Lund met Çelik in Port Elsa, Borduria Television reported.")
    told = event(
        doc, [who(doc, "Lund", "Lund")], "CONSULT", "met", [who(doc, "Çelik", "Çelik")], via=(who(doc, "Borduria Television", "BorTV"),),
        date=RecordDate("2031-05-01", "2031-05-01", "day", "text", span(doc, "Monday")),
    )  # fmt: skip
    assert [(p.role, p.span.text if p.span else None) for p in parts_of(told)] == [
        ("actor", "Lund"), ("trigger", "met"), ("recipient", "Çelik"), ("via", "Borduria Television"), ("time", "Monday"),
    ]  # fmt: skip


def test_somebody_whom_no_words_name_is_a_part_without_words() -> None:
    doc = document("The harbour stays open, it was said.")
    said = statement(doc, Participant(None, ActorRef("Q1", "Ruritania", "state")), "The harbour stays open")
    assert [(p.role, p.span is None) for p in parts_of(said)] == [("speaker", True), ("content", False)]


def test_a_long_report_has_pages_of_whole_paragraphs() -> None:
    doc = document("\n".join(f"Paragraph {n} says that the harbour number {n} stays open." for n in range(40)))
    said = [statement(doc, who(None, None, "Lund"), f"the harbour number {n} stays open") for n in range(40)]
    pages = stretches(doc.text, numbered(said), records=10)
    assert [len(p.records) for p in pages] == [10, 10, 10, 10]
    assert all(doc.text[p.end - 1] == "\n" for p in pages[:-1])
    assert [m.number for m in pages[1].records] == list(range(11, 21))


def test_more_records_in_one_paragraph_than_a_page_holds_are_counted() -> None:
    doc = document("The harbour stays open. " * 50)
    words = [Span.of(doc.text, n * 24, n * 24 + 23) for n in range(50)]
    said = statement(doc, who(None, None, "Lund"), "The harbour stays open")
    records = [replace(said, id=f"{n:020x}", evidence=span) for n, span in enumerate(words)]
    (page,) = stretches(doc.text, numbered(records), records=10)
    assert (len(page.records), page.more) == (20, 30)


@pytest.mark.parametrize("number", range(6))
def test_made_up_reports_are_cut_without_loss(number: int) -> None:
    reading = sample(number)
    marked = numbered(reading.records)
    text = reading.document.text
    assert "".join(s.text for p in cut(text, Stretch(0, len(text), tuple(marked), 0)) for s in p.segments) == text


def test_what_cannot_be_shown_is_replaced_one_for_one() -> None:
    doc = document("a\x00b\x1b[31m\u202ec\ud800\n")
    (paragraph,) = cut(doc.text, Stretch(0, len(doc.text), (), 0))
    assert paragraph.segments[0].plain == "a\ufffdb\ufffd[31m\u202ec\ufffd\n"
