"""ABUSE group 3: no page hangs the run, takes its memory or brings it down; what is left of it in a document is plain text.

The same limits hold for files and for what is fetched: pages are read in a child process (``onrecord.ingest.child``). The faults of the child
itself (killed, out of memory, over its time) are in tests/ingest/test_pages.py; here is each item of the group under its own name.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.desk.feeds import Followed, Listed
from onrecord.fetch import Fetched
from onrecord.follow.article import article
from onrecord.ingest import Item, documents
from onrecord.ingest.child import ChildLimits
from onrecord.ingest.page import PageReader

URL = "http://paper.example/1"
LIMITS = ChildLimits(wall=8, processor=4)
SENTENCE = "<p>The envoy of Borduria said that his side would go on talking until both parliaments had voted on the ferry treaty.</p>"
ENDINGS = {"no-article", "page-time", "page-memory", "page-crashed", "binary", "bad-encoding", "empty", "too-long", "unsupported-language"}


@pytest.fixture(scope="module")
def pages() -> Iterator[PageReader]:
    with PageReader(LIMITS) as reader:
        yield reader


def read(body: bytes | str, pages: PageReader, kind: str = "text/html", **listed: str) -> Item:
    """The page as following reads it; it must end in time, with a document or a known problem."""
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    feed = Followed(1, "http://paper.example/rss", "", "", "feed", "Paper", "paper.example", "Paper", "", None, None, "", None, None, 0, None, None)
    begun = time.monotonic()
    item = article(Fetched(URL, 200, {"content-type": kind}, raw), Listed(1, "1", URL, **listed), feed, pages, now=datetime.now(UTC))
    assert time.monotonic() - begun < LIMITS.wall + 3
    if item.document is None:
        assert item.problem.code in ENDINGS
    else:
        plain(item.document.text)
        plain(item.document.title or "")
    return item


def plain(text: str) -> None:
    """No NUL or other control, no half of a surrogate pair, nothing that turns the direction of reading."""
    assert not [c for c in text if (c < " " and c not in "\n\t") or "\ud800" <= c <= "\udfff" or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"]


def wrapped(inside: str, times: int = 4) -> str:
    head = '<!doctype html><html><head><meta charset="utf-8"><title>Ferry</title></head>'
    return f"{head}<body><article>{SENTENCE * times}{inside}</article></body></html>"


def test_twenty_thousand_nested_divs(pages: PageReader):
    read("<html><body>" + "<div>" * 20_000 + SENTENCE * 3 + "</div>" * 20_000, pages)
    read(wrapped("<span>" * 20_000), pages)
    read(wrapped("<table><tr><td>" * 5_000), pages)
    read(wrapped("<blockquote>" * 20_000 + SENTENCE), pages)


@pytest.mark.parametrize("span", ["9007199254740991", "99999999999999999999", "-1", "1e9", "0"])
def test_a_huge_colspan(pages: PageReader, span: str):
    item = read(wrapped(f"<table><tr><td colspan={span} rowspan={span}>x</td><td>y</td></tr></table>"), pages)
    assert "ferry treaty" in item.document.text


def test_a_million_table_rows(pages: PageReader):
    read(wrapped("<table>" + "<tr><td>" * 1_000_000), pages)


BLOW_UPS = {
    "white space": " " * 500_000,
    "mixed white space": " \n\t" * 150_000,
    "dots": "." * 500_000,
    "a date that goes on": "2024-01-" * 60_000,
    "brackets": "((((((((((" * 30_000,
    "angle brackets": "<" * 300_000,
    "open comments": "<!--" * 100_000,
    "open tags": "<a href='" * 60_000,
    "one tag of attributes": "<p " + "a='b' " * 100_000 + ">x</p>",
    "entities": "&amp" * 200_000,
    "numbered entities": "&#x1F600;" * 100_000,
    "addresses": "http://a.example/" * 40_000,
    "mail": "a@" * 200_000,
    "open conditional comments": "<!--[if IE]>" * 40_000,
    "scripts": "<script>x" * 40_000,
    "json in a script": '<script type="application/ld+json">' + "[" * 200_000,
    "meta": '<meta property="og:title" content="' + "a " * 200_000 + '">',
    "links": '<a href="/x">x</a>' * 30_000,
    "hidden text": '<div style="display:none">' * 20_000,
    "CDATA": "<![CDATA[" * 60_000,
    "processing instructions": "<?php " * 60_000,
}


@pytest.mark.parametrize("name", BLOW_UPS)
def test_regex_blow_ups(pages: PageReader, name: str):
    read(wrapped(f"<p>{BLOW_UPS[name]}</p>{SENTENCE}"), pages)


def test_null_bytes(pages: PageReader):
    read(wrapped("").replace("envoy", "en\x00voy").replace("<p>", "<p\x00>"), pages)
    read(b"\x00" * 100_000, pages)
    read(wrapped("").encode("utf-16-le"), pages)


def test_lone_surrogates(pages: PageReader):
    read(wrapped("<p>Half \ud83d of a pair, and \udc00 the other.</p>"), pages)
    item = read(wrapped("<p>Half &#xD83D; of a pair, &#xDC00; the other, and beyond &#x110000; all.</p>"), pages)
    item.document.text.encode("utf-8")


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2067", "\u200b", "\ufeff", "\u00ad", "\u200e"])
def test_rtl_and_zero_width_characters_in_names(pages: PageReader, mark: str):
    inside = f"<p>The minister {mark}Vilma{mark} Ström{mark}bach{mark} of Ruritania said that the ferry would sail, and שלום was her last word.</p>"
    item = read(wrapped(inside).replace("<title>Ferry", f"<title>{mark}Ferry{mark}"), pages, title=f"Fer{mark}ry", publisher=f"Pa{mark}per")
    assert "Vilma Strömbach" in item.document.text
    assert mark not in item.document.text
    assert "שלום" in item.document.text


def test_a_single_line_of_fifty_megabytes(pages: PageReader, tmp_path: Path):
    """It is refused by its size: when it is fetched (tests/abuse/test_bombs.py), and when it is added as a file."""
    path = tmp_path / "line.html"
    with path.open("wb") as handle:
        handle.write(b"<html><body><p>")
        for _ in range(50):
            handle.write(b"word " * 200_000)
    (item,) = documents([path], page_limits=LIMITS)
    assert item.problem.code == "too-long"
    read("<html><body><p>" + "word " * 400_000, pages)


MIXED = {
    "says UTF-8, is Windows-1252": wrapped("<p>The café “Zürich” was closed, the envoy’s aide said.</p>").encode("cp1252"),
    "says Latin-1, is UTF-8": wrapped("<p>The café “Zürich” was closed.</p>").replace("utf-8", "iso-8859-1").encode(),
    "half and half": wrapped("<p>The café was closed.</p>").encode() + "<p>Müller’s café</p>".encode("cp1252"),
    "says UTF-16, is ASCII": wrapped("").replace("utf-8", "utf-16").encode(),
    "says UTF-7": wrapped("<p>+ADw-script+AD4-x</p>").replace("utf-8", "utf-7").encode(),
    "says what nobody knows": wrapped("").replace("utf-8", "x-no-such").encode(),
    "a mark of UTF-8, then Latin-1": b"\xef\xbb\xbf" + wrapped("<p>caf\xe9</p>").encode("latin-1"),
    "Shift_JIS": wrapped("<p>両国の閣僚は木曜日に会談した。</p>").replace("utf-8", "shift_jis").encode("shift_jis"),
    "UTF-16 with a mark": wrapped("<p>The café was closed.</p>").encode("utf-16"),
    "cut in a character": wrapped("<p>The café").encode()[:-1] + "é".encode()[:1],
}


@pytest.mark.parametrize("name", MIXED)
def test_mixed_encodings(pages: PageReader, name: str):
    read(MIXED[name], pages)


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/zip", "text/plain", "application/octet-stream", "video/mp4"])
def test_what_says_that_it_is_no_page_is_not_read_as_one(pages: PageReader, kind: str):
    got = Fetched(URL, 200, {"content-type": f"{kind}; charset=utf-8"}, wrapped("").encode())
    feed = Followed(1, URL, "", "", "feed", "", "", None, "", None, None, "", None, None, 0, None, None)
    assert article(got, Listed(1, "1", URL), feed, pages, now=datetime.now(UTC)).problem.code == "unsupported-format"
