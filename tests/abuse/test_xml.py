"""ABUSE group 5, the part of XML: no feed's entities are expanded or fetched, in whatever encoding they hide, and no feed keeps its reader busy.

What of group 5 leaves onrecord (CSV, TSV, POLECAT, GDELT, GEXF, GraphML) is in the tests of exports.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fetch.hostile import Hostile, hostile, ok
from onrecord.errors import InputError
from onrecord.fetch import Fetched
from onrecord.follow.feed import FeedReader, Read
from onrecord.ingest.child import ChildLimits

LIMITS = ChildLimits(wall=4, processor=2, memory=600_000_000)
ITEM = "<item><title>{}</title><link>http://paper.example/1</link></item>"


@pytest.fixture(scope="module")
def reader() -> Iterator[FeedReader]:
    with FeedReader(LIMITS) as made:
        yield made


@pytest.fixture(scope="module")
def outside() -> Iterator[Hostile]:
    """A server that an external entity points to; it must never be asked."""
    with hostile({"*": ok("PWNED", kind="text/plain")}) as server:
        yield server


def read(reader: FeedReader, body: str | bytes, content_type: str = "application/rss+xml") -> Read | str:
    """The feed, or the code of the refusal; in time either way."""
    raw = body if isinstance(body, bytes) else body.encode()
    begun = time.monotonic()
    try:
        return reader.read(Fetched("http://paper.example/rss", 200, {"content-type": content_type}, raw))
    except InputError as error:
        return error.code
    finally:
        assert time.monotonic() - begun < LIMITS.wall + 2


def rss(doctype: str, words: str = "words") -> str:
    return f"<?xml version='1.0'?>{doctype}<rss version='2.0'><channel><title>{words}</title>{ITEM.format(words)}</channel></rss>"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic blow-up": f'<!DOCTYPE rss [<!ENTITY l9 "{"a" * 100_000}">]>',
    "external file": '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    "external address": '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "{outside}">]>',
    "external parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "{outside}"> %p;]>',
    "public": '<!DOCTYPE rss [<!ENTITY l9 PUBLIC "x" "{outside}">]>',
    "a plain word": '<!DOCTYPE rss [<!ENTITY l9 "ha">]>',
    "an attribute list": '<!DOCTYPE rss [<!ATTLIST rss version CDATA "2.0">]>',
    "spaces and lines": '<!DOCTYPE\n rss\n SYSTEM "x"\n [\n<!ENTITY l9 "ha">\n]>',
    "lower case": '<!doctype rss [<!entity l9 "ha">]>',
    "behind a comment": '<!-- <rss> --><!DOCTYPE rss [<!ENTITY l9 "ha">]>',
    "behind an instruction": '<?x <y?><!DOCTYPE rss [<!ENTITY l9 "ha">]>',
}


@pytest.mark.parametrize("name", ENTITIES)
def test_a_feed_that_declares_entities_is_refused(reader: FeedReader, outside: Hostile, name: str):
    doctype = ENTITIES[name].replace("{outside}", f"http://127.0.0.1:{outside.port}/x")
    assert read(reader, rss(doctype, "&l9;" * 30)) == "feed-entities"
    assert outside.requests == []


ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "utf-8-sig", "cp500", "iso2022_jp", "hz"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", ["by the header", "by the declaration", "nowhere"])
def test_entities_do_not_hide_in_an_encoding(reader: FeedReader, outside: Hostile, encoding: str, declared: str):
    text = rss(f'<!DOCTYPE rss [<!ENTITY l9 "PWNED"><!ENTITY e SYSTEM "http://127.0.0.1:{outside.port}/x">]>', "&l9;&e;")
    if declared == "by the declaration":
        text = text.replace("version='1.0'", f"version='1.0' encoding='{encoding}'")
    kind = f"text/xml; charset={encoding}" if declared == "by the header" else "text/xml"
    found = read(reader, text.encode(encoding), kind)
    assert found in ("feed-entities", "no-feed", "feed-too-hard") or "PWNED" not in repr(found)
    assert outside.requests == []


@pytest.mark.parametrize(
    "declared", ["zip", "hex", "rot13", "undefined", "idna", "punycode", "unicode_escape", "utf-7", "cp037", "x" * 40, "mbcs", "utf-8"]
)
def test_a_feed_in_plain_letters_is_read_whatever_it_says_of_its_encoding(reader: FeedReader, declared: str):
    for body, kind in ((rss(""), f"text/xml; charset={declared}"), (rss("").replace("'1.0'", f"'1.0' encoding='{declared}'"), "text/xml")):
        found = read(reader, body, kind)
        assert isinstance(found, Read)
        assert found.title == "words"


def test_a_doctype_that_points_outside_is_not_followed(reader: FeedReader, outside: Hostile):
    found = read(reader, rss(f'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:{outside.port}/rss.dtd">'))
    assert isinstance(found, Read)
    assert found.title == "words"
    assert outside.requests == []


@pytest.mark.parametrize("path", ["/etc/hostname", "http://127.0.0.1:{port}/feed", "file:///etc/hostname"])
def test_a_body_that_reads_like_an_address_is_not_opened(reader: FeedReader, outside: Hostile, path: str):
    """The library would open a string that names a file or an address; it is given bytes in a stream only."""
    assert read(reader, path.replace("{port}", str(outside.port))) == "no-feed"
    assert outside.requests == []


def test_inclusions_and_style_sheets_are_not_followed(reader: FeedReader, outside: Hostile):
    at = f"http://127.0.0.1:{outside.port}/x"
    body = (
        f"<?xml version='1.0'?><?xml-stylesheet href='{at}'?><rss version='2.0' xmlns:xi='http://www.w3.org/2001/XInclude'><channel>"
        f"<xi:include href='{at}'/><xi:include href='file:///etc/passwd' parse='text'/><image><url>{at}</url></image>"
        f"{ITEM.format('a')}</channel></rss>"
    )
    assert read(reader, body).entries[0].title == "a"
    assert outside.requests == []


HARD = {
    "deep": "<a>" * 200_000,
    "deep in a feed": "<rss version='2.0'><channel><item>" + "<description><b>" * 100_000,
    "attributes": "<rss version='2.0' " + " ".join(f"a{n}='x'" for n in range(50_000)) + "></rss>",
    "namespaces": "<rss version='2.0' " + " ".join(f"xmlns:n{n}='http://n.example/{n}'" for n in range(20_000)) + "></rss>",
    "one title": rss("", "word " * 1_000_000),
    "markup in a title": rss("", "&lt;b&gt;" * 300_000),
    "open angle brackets": rss("", "<" * 100_000),
    "entities that nobody declared": rss("", "&nosuch;" * 100_000),
    "numbers": rss("", "&#1114112;&#xD800;&#0;" * 50_000),
    "items": "<rss version='2.0'><channel>" + ITEM.format("x") * 60_000 + "</channel></rss>",
    "comments": "<!--" * 200_000,
    "short comments": "<!---->" * 100_000 + "x",
    "instructions": "<?x ?>" * 100_000,
    "doctypes": "<!DOCTYPE " * 100_000,
    "cdata": "<rss version='2.0'><channel><title>" + "<![CDATA[" * 100_000,
    "json": '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 200_000,
    "json of numbers": '{"version": "https://jsonfeed.org/version/1.1", "items": [' + "9" * 200_000 + "]}",
    "noise": bytes(range(256)) * 2_000,
    "nothing": b"",
    "zeros": bytes(100_000),
}


@pytest.mark.parametrize("name", HARD)
def test_no_feed_keeps_its_reader_busy(reader: FeedReader, name: str):
    found = read(reader, HARD[name])
    assert found in ("no-feed", "feed-too-hard", "feed-entities") or (isinstance(found, Read) and len(found.entries) <= 200)


def test_what_a_feed_says_is_plain_text_without_markup(reader: FeedReader):
    title = "&lt;script&gt;alert(1)&lt;/script&gt; A &amp;amp; B &amp;lt;b&amp;gt; \u202eevil\u202c \u200bx"
    entry = read(reader, rss("", title)).entries[0]
    assert entry.title == "alert(1) A & B evil x"
    found = read(reader, json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": ["not", "a", "string"],
        "items": [{"id": {"a": 1}, "url": "javascript:alert(1)", "title": "a\x00b\ud800c"}, {"url": "x" * 3000}, None, 7, {"id": "no link"}],
    }))  # fmt: skip
    assert (found.title, len(found.entries), found.entries[0].url) == ("", 1, "javascript:alert(1)")
    assert found.entries[0].title == "ab\ufffdc"
    assert len(read(reader, rss("", "y" * 100_000)).title) <= 5_000


def test_the_child_has_no_more_memory_than_its_limit(reader: FeedReader, tmp_path: Path):
    read(reader, rss(""))
    child = reader._child._child
    assert f"Max address space         {LIMITS.memory}" in Path(f"/proc/{child.pid}/limits").read_text()
