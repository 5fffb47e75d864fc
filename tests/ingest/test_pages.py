"""Pages: the article is found, and no page can hang the run, take its memory or bring it down."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from onrecord.ingest import Item, documents, page_worker
from onrecord.ingest.child import ChildLimits, death, too_slow
from onrecord.ingest.page import PageReader

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ministers meet in Oslo | Example Wire</title>
<meta property="og:site_name" content="Example Wire"><meta property="article:published_time" content="2024-07-04T10:00:00Z">
<script>if (1 < 2) {{ document.write("<p>An official said nothing.</p>") }}</script><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a> An official</nav>
<article><h1>Ministers meet in Oslo</h1>
<p>OSLO, July 4 (EW) &mdash; The ministers of the two countries met on Thursday &amp; agreed to reopen the bridge, an <b>official</b> said 😀.</p>
<h2>Next steps</h2><p>&ldquo;We will meet <i>again</i>,&rdquo; the minister said after the talks, which went on for three hours.</p>{more}
</article><footer>Copyright 2024 Example Wire</footer></body></html>"""
SENTENCE = "<p>The minister said that the talks would go on until a treaty was signed by both sides.</p>"
LIMITS = ChildLimits(wall=20, processor=3)


def page(folder: Path, markup: str | bytes, **settings) -> Item:
    path = folder / "page.html"
    path.write_bytes(markup if isinstance(markup, bytes) else markup.encode("utf-8", "surrogatepass"))
    (item,) = documents([path], page_limits=LIMITS, **settings)
    return item


def test_an_article(tmp_path: Path):
    item = page(tmp_path, PAGE.format(more=""))
    document = item.document
    assert document.text.startswith("Ministers meet in Oslo\nOSLO, July 4 (EW) — The ministers")
    assert "& agreed to reopen the bridge, an official said 😀." in document.text
    assert "Home" not in document.text
    assert (document.title, document.publisher, document.published) == ("Ministers meet in Oslo", "Example Wire", "2024-07-04")
    assert "publisher" in document.meta["from_page"]
    assert document.credits == ("EW",)


def test_what_is_given_wins_over_what_a_page_lets_guess(tmp_path: Path):
    document = page(tmp_path, PAGE.format(more=""), publisher="Example Daily", published="2024-07-05").document
    assert (document.publisher, document.published) == ("Example Daily", "2024-07-05")
    assert "publisher" not in document.meta["from_page"]


def test_spans_lead_to_their_paragraph_on_the_page(tmp_path: Path):
    raw = PAGE.format(more="").encode()
    item = page(tmp_path, raw)
    assert not item.offsets.exact
    for words, around in (("official said", b"agreed to reopen the bridge, an <b>official</b> said"), ("again,", b"meet <i>again</i>,")):
        start = item.document.text.index(words)
        first, last = item.offsets.byte_span(start, start + len(words), raw)
        assert around in raw[first:last]
        assert b"<h2>" not in raw[first:last]


@pytest.mark.parametrize(("encoding", "said"), [("cp1252", "iso-8859-1"), ("cp1251", "windows-1251")])
def test_a_page_says_its_encoding(tmp_path: Path, encoding: str, said: str):
    text = "café — naïve" if encoding == "cp1252" else "Путин"
    markup = f'<html><head><meta charset="{said}"></head><body><article><p>{text}</p>{SENTENCE * 4}</article></body></html>'
    item = page(tmp_path, markup.encode(encoding))
    assert text in item.document.text
    assert item.problem.code == "encoding-assumed"


HOSTILE = {
    "nested divs": "<html><body><article>" + "<div>" * 20_000 + SENTENCE * 3 + "</div>" * 20_000,
    "huge colspan": f"<html><body><article>{SENTENCE * 3}<table><tr><td colspan={2**53 - 1} rowspan={2**53 - 1}>x</td></tr></table></article>",
    "table rows": f"<html><body><article>{SENTENCE * 3}<table>" + "<tr><td>x</td></tr>" * 100_000 + "</table></article>",
    "null bytes": PAGE.format(more=SENTENCE).replace("ministers", "mini\x00sters"),
    "unclosed tags": "<html><body><article>" + "<p><b><i>The minister said that the talks would go on until a treaty was signed." * 2_000,
    "unclosed angle brackets": f"<html><body><article>{SENTENCE * 3}" + "<" * 200_000,
    "repetition": f"<html><body><article>{SENTENCE * 20_000}</article>",
    "entities": f"<html><body><article>{SENTENCE * 3}<p>" + "&amp;" * 200_000 + "</p></article>",
    "attributes": f"<html><body><article>{SENTENCE * 3}<p " + "a=b " * 100_000 + ">x</p></article>",
    "comments": f"<html><body><article>{SENTENCE * 3}" + "<!--" * 100_000,
    "doctype bomb": '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + f"<html><body><article>{SENTENCE * 3}&b;</article>",
    "links": f"<html><body><article>{SENTENCE * 3}" + '<a href="http://example.org/">x</a>' * 20_000 + "</article>",
    "spaces": f"<html><body><article>{SENTENCE * 3}<p>" + " " * 2_000_000 + "</p></article>",
    "right to left": PAGE.format(more="<p>\u202eThe minister\u202c said \u200bthat שלום was the word, and that talks go on.</p>"),
    "frames": "<html><body>" + "<iframe>" * 20_000,
    "script": f"<html><body><article>{SENTENCE * 3}<script>" + "x" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_in_time(tmp_path: Path, name: str):
    begun = time.monotonic()
    item = page(tmp_path, HOSTILE[name])
    assert time.monotonic() - begun < LIMITS.wall + 5
    assert (item.document is None) == (item.problem is not None)
    if item.document is not None:
        assert "\x00" not in item.document.text
        assert "\u202e" not in item.document.text


def test_a_page_that_is_too_big_is_not_parsed(tmp_path: Path):
    assert page(tmp_path, b"<html>" + b" " * 10_000_001).problem.code == "too-long"


FAULTS = {
    "page-time": "import time; time.sleep(60)",
    "page-memory": "import sys; sys.exit(3)",
    "page-crashed": "import os; os.abort()",
}


@pytest.mark.parametrize("wanted", FAULTS)
def test_a_child_that_fails_costs_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str):
    script, folder = tmp_path / "child.py", tmp_path / "pages"
    folder.mkdir()
    script.write_text(FAULTS[wanted])
    bad, good = folder / "1.html", folder / "2.html"
    bad.write_text(PAGE.format(more=""))
    good.write_text(PAGE.format(more=""))
    items = documents([bad, good], page_limits=ChildLimits(wall=5 if wanted != "page-time" else 0.5))
    with monkeypatch.context() as faulty:
        faulty.setattr(page_worker, "__file__", str(script))
        first = next(items)
    second = next(items)
    assert first.problem.code == wanted
    assert wanted == "page-time" or second.document is not None
    items.close()


def test_a_slow_page_has_one_message_whichever_limit_it_met():
    limits = ChildLimits()
    assert str(death(-signal.SIGXCPU, limits)) == str(too_slow(limits))


def test_the_kernel_ends_a_child_that_computes_too_long():
    with PageReader(ChildLimits(wall=30, processor=1)) as reader:
        reader.article(PAGE.format(more=""), "first")
        child = reader.child._child
        assert child is not None
        limits = Path(f"/proc/{child.pid}/limits").read_text()
        assert "Max cpu time" in limits
        assert int(next(line for line in limits.splitlines() if line.startswith("Max cpu time")).split()[3]) <= 4
        assert int(next(line for line in limits.splitlines() if line.startswith("Max address space")).split()[3]) == 1_500_000_000
    assert child.poll() is not None


def test_memory_is_limited():
    with PageReader(ChildLimits(memory=400_000_000)) as reader:
        big = "<html><body><article>" + "<p><b>x</b></p>" * 600_000
        try:
            reader.article(big, "big")
        except Exception as error:  # noqa: BLE001 - which limit strikes first depends on the machine
            assert error.problem.code in ("page-memory", "page-crashed", "page-time", "no-article")
        assert reader.article(PAGE.format(more=""), "next")["text"]


def test_one_child_serves_many_pages():
    with PageReader() as reader:
        assert reader.child._child is None
        reader.article(PAGE.format(more=""), "first")
        child = reader.child._child
        reader.article(PAGE.format(more=SENTENCE), "second")
        assert reader.child._child is child
    assert reader.child._child is None


def test_located_lines():
    markup = "<p>One <b>two</b> &amp; thr<i>ee</i></p><script>four</script><p>four\n five</p>"
    text = "One two & three\nnowhere\nfour five"
    found = list(page_worker.located(text, markup))
    assert [(text[a : a + n], markup[b : b + m]) for a, n, b, m in found] == [
        ("One two & three", "One <b>two</b> &amp; thr<i>ee"),
        ("four five", "four\n five"),
    ]
