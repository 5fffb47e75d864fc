"""The two renderers: nothing in a report becomes mark-up, a script, a link that was not meant, or a character that turns the page around."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.brief.test_brief import bent
from tests.brief.world import HOSTILE, hostile, kept, readings

from onrecord.brief import Brief, brief, html, markdown
from onrecord.brief.safe import clean, link
from onrecord.query import Filter

VOID = {"meta", "br", "link", "img", "hr", "input"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "main", "nav", "section", "p", "h1", "h2", "h3",
    "dl", "dt", "dd", "div", "ul", "ol", "li", "figure", "figcaption", "blockquote", "q", "b", "strong", "bdi", "span",
    "sup", "time", "code", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "svg", "rect", "circle",
    "path", "line", "text",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, the text, and whether all is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module", params=["plain", "hostile"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brief]:
    told = readings() if request.param == "plain" else hostile()
    with kept(tmp_path_factory.mktemp("pages") / "store", told) as store, store.view() as view:
        yield brief(view, Filter(issue="nile-dam"))


def check_page(text: str) -> Page:
    """The page holds to its policy: known elements, no handlers, links only within it and to the web."""
    page = Page(text)
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= TAGS
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {n for n in names if n.startswith("on") or n in ("src", "srcset", "style", "action", "srcdoc", "xlink:href")}
    for address in (*(a["href"] for a in page.of("a")), *(b["cite"] for b in page.of("blockquote") if "cite" in b)):
        assert re.fullmatch(r"#[\w-]+|https?://[\x21-\x7e]+", address)
    assert not [c for c in text if c != "\n" and (unicodedata.category(c) in ("Cc", "Cs") or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069")]
    text.encode()
    return page


def test_the_page_stands_alone(shown: Brief):
    page = check_page(html(shown))
    policy = next(m["content"] for m in page.of("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in policy
    assert page.of("html") == [{"lang": "en"}]
    assert "url(" not in html(shown)
    assert "@import" not in html(shown)


def test_every_reference_leads_to_a_record(shown: Brief):
    page = check_page(html(shown))
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert max(ids.values()) == 1
    assert {a["href"][1:] for a in page.of("a") if a["href"].startswith("#")} <= set(ids)
    assert {f"r{mark}" for mark in shown.marks.values()} <= set(ids)


def test_the_page_can_be_read_aloud(shown: Brief):
    page = check_page(html(shown))
    assert all("scope" in th for th in page.of("th"))
    assert len(page.of("table")) == len([d for d in page.of("div") if d.get("role") == "img" and d.get("aria-label")])
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_word_of_the_brief_is_on_both_pages(shown: Brief):
    page = " ".join("".join(Page(html(shown)).texts).split())
    plain = " ".join(text_of(MarkdownIt("commonmark").enable("table").parse(markdown(shown))).split())
    for group in (g for s in shown.sections for g in s.groups):
        for entry in group.entries:
            for sentence in (entry.head, *entry.notes, *(q.words for q in entry.quotations)):
                assert clean(sentence.text) in page
                assert clean(sentence.text) in plain


def check_markdown(text: str) -> list[Token]:
    """No mark-up but ours: no HTML, no image, links only to the web, code only for ids."""
    tokens = list(flat(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)))
    assert {t.type for t in tokens} & {"html_block", "html_inline", "image", "fence", "code_block", "blockquote_open", "hr", "s_open"} == set()
    assert all(re.fullmatch(r"[0-9a-f]{16,20}", t.content) for t in tokens if t.type == "code_inline")
    for t in tokens:
        if t.type == "link_open":
            assert re.fullmatch(r"https?://[\x21-\x7e]+", str(t.attrs["href"]))
    assert not re.search(r"(?<![<\w])(https?://|www\.)", re.sub(r"\(<https?://[^>]*>\)", "", text)), "some dialects link bare addresses"
    text.encode()
    return tokens


def flat(tokens: list[Token] | None) -> Iterator[Token]:
    for token in tokens or ():
        yield token
        yield from flat(token.children)


def text_of(tokens: list[Token]) -> str:
    return "".join(" " if t.type in ("softbreak", "hardbreak", "inline") else t.content for t in flat(tokens) if t.type != "code_inline")


def test_markdown_holds_no_mark_up_but_ours(shown: Brief):
    tokens = check_markdown(markdown(shown))
    found = [t.tag for t in tokens if t.type == "heading_open"]
    assert found.count("h1") == 1
    assert found.count("h2") == len(shown.sections) + 3


MARKS = "<>&\"'`*_[]()#|\\!~{}%:/.-+=@ \n\u202e1a"
ODD = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.text(MARKS, max_size=40)).filter(clean)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Brief]:
    with kept(tmp_path_factory.mktemp("odd") / "store", readings()[:3]) as store, store.view() as view:
        found = brief(view, Filter(issue="nile-dam", limit=2))
    return lambda: found  # a value would be printed whole where an example fails


@settings(max_examples=40, deadline=None)
@given(name=ODD, words=ODD)
def test_no_text_gets_out_of_its_place(small: Callable[[], Brief], name: str, words: str):
    odd = bent(bent(small(), "name", name), "words", words)
    before, after = Page(html(small())), check_page(html(odd))
    assert [tag for tag, _ in after.elements] == [tag for tag, _ in before.elements]
    shapes = [[t.type for t in check_markdown(markdown(shown)) if t.type.endswith(("_open", "_close", "break"))] for shown in (small(), odd)]
    assert shapes[0] == shapes[1], ascii((name, words))


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/a?q=1&r=(2)#x", "https://news.example/a?q=1&r=%282%29#x"),
        ("http://news.example:8080/ä b", "http://news.example:8080/%C3%A4%20b"),
        ("https://news.example/a%20b", "https://news.example/a%20b"),
        ("https://news.example/\"onmouseover='x'><b>", "https://news.example/%22onmouseover=%27x%27%3E%3Cb%3E"),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        (" javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//evil.example", None),
        ("https://bank.example@evil.example/", None),
        ("https://раураl.example/", None),
        ("http://[bad", None),
        ("https://", None),
        ("https://a.example/\n", None),
        ("https://a.example/" + "a" * 3000, None),
        ("https://a.example:bad/", None),
        (None, None),
    ],
)
def test_only_plain_addresses_of_the_web_are_linked(url: str | None, linked: str | None):
    assert link(url) == linked


def test_the_look_is_legible():
    """Text and marks stand out from their ground by what WCAG 2.2 asks for: 4.5 to 1, and 3 to 1 for marks, by day and by night."""
    style = Path(brief.__code__.co_filename).with_name("page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    for block in blocks:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})\b", block))
        for ground in ("paper", "panel"):
            assert all(contrast(colours[c], colours[ground]) >= 4.5 for c in ("ink", "soft", "link"))
        assert all(contrast(colours[c], colours["paper"]) >= 3 for c in ("for", "against", "neither"))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
