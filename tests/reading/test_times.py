"""Which date a record gets: the time of its own clause, else the publication date, else none."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord import Document, Reader
from onrecord.model import RecordDate, Span, TimeExpression
from onrecord.reading.times import precision, record_date


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(["parse.spacy", "times.en"])


def date_of(reader: Reader, text: str, word: str, published: str | None = "2024-07-04") -> RecordDate:
    analysis = reader.analyse(Document(id="d", text=text, published=published))
    block = next(b for b in analysis.blocks if word in b.doc.text)
    return record_date(analysis, block, next(t for t in block.doc if t.text == word))


@pytest.mark.parametrize(
    ("text", "word", "start", "basis"),
    [
        ("The ministers met in Oslo on Monday.", "met", "2024-07-01", "text"),
        ("The ministers held talks in Oslo on Monday.", "talks", "2024-07-01", "text"),
        ("The ministers met in Oslo.", "met", "2024-07-04", "publication"),
        ("He said on Tuesday that the army would leave.", "said", "2024-07-02", "text"),
        ("He said on Tuesday that the army would leave.", "leave", "2024-07-04", "publication"),
        ("The envoy recalled the summit of 1998.", "summit", "1998-01-01", "text"),
        ("The envoy recalled the summit of 1998.", "recalled", "2024-07-04", "publication"),
    ],
)
def test_record_date(reader: Reader, text: str, word: str, start: str, basis: str) -> None:
    found = date_of(reader, text, word)
    assert (found.start, found.basis) == (start, basis)


def test_an_undated_report_has_no_date(reader: Reader) -> None:
    assert date_of(reader, "The ministers met in Oslo.", "met", None) == RecordDate()


def test_an_undated_report_is_placed_by_its_own_words(reader: Reader) -> None:
    text = "The premiers met in Lima on the 9th, just over two months after their last talks on March 20."
    assert date_of(reader, text, "met", None).start == "--06-09"


def test_a_dateline_dates_a_report_that_has_no_date(reader: Reader) -> None:
    text = "OSLO, July 4, 2024 (Reuters) -- The ministers met on Monday. They signed a pact."
    assert [(t.span.text, t.start) for t in reader.times(text)] == [("July 4, 2024", "2024-07-04"), ("Monday", "2024-07-01")]
    assert (date_of(reader, text, "met", None).start, date_of(reader, text, "signed", None).start) == ("2024-07-01", "2024-07-04")


def test_a_dateline_without_a_year_bounds_the_day_of_the_month(reader: Reader) -> None:
    text = "OSLO, July 4 (Xinhua) -- The ministers met on the 28th. They signed a pact."
    assert (date_of(reader, text, "met", None).start, date_of(reader, text, "signed", None).start) == ("--06-28", "--07-04")


def test_the_reader_without_a_parse_finds_what_the_pipeline_finds(reader: Reader) -> None:
    text = "Talks open next week\n\nOSLO, July 4 (Xinhua) -- The ministers will meet on Friday.\n\nThe day before, they spoke at 10 p.m. local time."
    document = Document(id="d", text=text, published="2024-07-04")
    assert reader.times(text, date(2024, 7, 4)) == tuple(reader.analyse(document).times)


def test_a_wrong_publication_date_is_no_anchor(reader: Reader) -> None:
    assert reader.analyse(Document(id="d", text="They met on Monday.", published="soon")).times[0].start is None


def test_what_comes_before_keeps_its_own_date(reader: Reader) -> None:
    text = "The premiers met in Lima six weeks after their last talks in Quito on March 20."
    assert date_of(reader, text, "met").basis == "publication"
    assert date_of(reader, text, "talks").start == "2024-03-20"


@pytest.mark.parametrize(
    ("value", "start", "end", "expected"),
    [
        ("2024-07-04", "2024-07-04", "2024-07-04", "day"),
        ("XXXX-07-04", "--07-04", "--07-04", "day"),
        ("XXXX-XX-04", "---04", "---04", "day"),
        ("XXXX-07", "--07", "--07", "month"),
        ("2024-07", "2024-07-01", "2024-07-31", "month"),
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("2024-Q3", "2024-07-01", "2024-09-30", "period"),
        ("2024-W27", "2024-07-01", "2024-07-07", "period"),
        ("199", "1990-01-01", "1999-12-31", "period"),
    ],
)
def test_precision(value: str, start: str, end: str, expected: str) -> None:
    assert precision(TimeExpression(Span(0, 1, "x"), "DATE", value, start, end)) == expected
