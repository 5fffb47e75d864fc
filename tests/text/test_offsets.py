"""Cleaning and the way back: spans of the clean text lead to the raw text and its bytes, for any characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.cleaning import clean, scrub
from onrecord.text.offsets import OffsetMap, cut

# (raw, clean)
CLEANED = [
    ("plain text, nothing to do", "plain text, nothing to do"),
    ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ("a\x00b\x07c", "abc"),
    ("zero\u200bwidth \u202ehidden\u202c marks\u2060", "zerowidth hidden marks"),
    ("soft\u00adhyphen", "softhyphen"),
    ("\ufeffwith a mark", "with a mark"),
    ("a\u00a0b\u2009c\td", "a b c d"),
    ("AT&amp;T and Q&A and R&D;", "AT&T and Q&A and R&D;"),
    ("&ldquo;Yes,&rdquo; he said&#8212;twice", "“Yes,” he said—twice"),
    ("&amp;amp;lt;3", "<3"),
    ("&notit; stays", "&notit; stays"),
    ("<p class='lead'>First</p><p>Second<br/>third</p>", "First\n\nSecond\nthird"),
    ("2 < 3 and <unknown> stays", "2 < 3 and <unknown> stays"),
    ("ends with spaces   \nnext\t\n", "ends with spaces\nnext"),
    ("\n\n  first", "first"),
    ("\x93quoted\x94 isn\x92t", "“quoted” isn’t"),
    ("half \ud83d pair", "half \ufffd pair"),
    ("pe\u200dr", "per"),
    ("👩\u200d👩\u200d👧 می\u200cخواهم", "👩\u200d👩\u200d👧 می\u200cخواهم"),
    ("e\u0301 and é and ﬁ", "e\u0301 and é and ﬁ"),
    ("", ""),
    (" \n ", ""),
]


@pytest.mark.parametrize(("raw", "wanted"), CLEANED)
def test_cleaning(raw: str, wanted: str):
    assert clean(raw)[0] == wanted


def test_clean_text_costs_nothing():
    assert clean("A clean line.\nAnd one more.")[1] == ()


def test_scrub_gives_one_line():
    assert scrub("  A&nbsp;title\r\nin\ttwo lines\u200b ") == "A title in two lines"


@pytest.mark.parametrize(
    ("raw", "piece", "wanted"),
    [
        ("He said:\r\n\u201cYes&quot;", "said:", "said:"),
        ("a &amp; b", "&", "&amp;"),
        ("a &amp; b", "a & b", "a &amp; b"),
        ("so\u00adft\u200b end", "soft", "so\u00adft"),
        ("so\u00adft\u200b end", "end", "end"),
        ("<b>bold</b> text", "bold", "bold"),
        ("one \r\ntwo", "one\ntwo", "one \r\ntwo"),
        ("x 😀 y\u00ad z", "z", "z"),
    ],
)
def test_spans_lead_back(raw: str, piece: str, wanted: str):
    text, layers = clean(raw)
    start = text.index(piece)
    first, last = OffsetMap(layers).raw_span(start, start + len(piece))
    assert raw[first:last] == wanted


# characters that make trouble: emoji, combining marks, right-to-left, surrogates, invisible ones, entities and tags
TRICKY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("ab .\n\r\t\u00a0\u200b\u200d\u200f\u202e\u00ad\ufeff\u2028\x00\x93\u0301שלום😀🇫🇷\ud83d\ude00<>&;/"),
    ),
    max_size=60,
)
MARKED = st.lists(
    st.one_of(TRICKY, st.sampled_from(["&amp;", "&quot;", "&#8217;", "<p>", "</b>", "<br />", "\r\n", "&amp;lt;", " \n"])), max_size=12
).map("".join)


@given(MARKED)
def test_every_kept_character_leads_back_to_itself(raw: str):
    text, layers = clean(raw)
    offsets = OffsetMap(layers)
    last = 0
    for at, character in enumerate(text):
        start, end = offsets.raw_span(at, at + 1)
        assert last <= start < end <= len(raw), "in order, never empty, inside the raw text"
        last = start
        if end - start == 1 and raw[start].isalnum() and not "\x80" <= raw[start] < "\xa0":
            assert raw[start] == character
    assert offsets.raw_span(0, 0)[0] >= 0


@given(MARKED, st.data())
def test_spans_nest(raw: str, data: st.DataObject):
    text, layers = clean(raw)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = OffsetMap(layers)
    first, last = offsets.raw_span(start, end)
    assert 0 <= first <= last <= len(raw)
    if start < end:
        assert (first, last) == (offsets.raw_span(start, start + 1)[0], offsets.raw_span(end - 1, end)[1])


@given(MARKED)
def test_clean_text_can_be_written(raw: str):
    text, _ = clean(raw)
    text.encode("utf-8")
    assert text == text.strip("\n ")
    assert not any(c in text for c in "\r\x00\u200b\u202e\u00ad\ufeff\u00a0")


@given(MARKED.filter(lambda t: not any("\ud800" <= c < "\ue000" for c in t)), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]), st.data())
def test_bytes(raw: str, encoding: str, data: st.DataObject):
    text, layers = clean(raw)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    item = b"\xef\xbb\xbf" + raw.encode(encoding)
    offsets = OffsetMap(layers, encoding, bom=3, first_byte=1000)
    first, last = offsets.byte_span(start, end, item)
    raw_start, raw_end = offsets.raw_span(start, end)
    assert item[first - 1000 : last - 1000].decode(encoding) == raw[raw_start:raw_end]


def test_layers_stack():
    header = "Title: x\n\n"
    raw = f"{header}Be&shy;fore &amp; after"
    text, layers = clean(raw[len(header) :])
    offsets = OffsetMap((*layers, cut(len(header))))
    at = text.index("after")
    assert raw[slice(*offsets.raw_span(at, at + 5))] == "after"
    assert cut(0) == ()


def test_nested_escapes_take_linear_time():
    assert clean("&" + "amp;" * 50_000)[0] == "&"
    assert len(clean("<" * 20_000 + "b>" * 20_000)[0]) < 60_000
    assert clean("a" + " " * 500_000 + "b")[0].endswith("b")
    assert clean("<p " * 100_000)[0]
