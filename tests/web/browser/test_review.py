"""A reviewer at work with the keyboard alone; words taken by selecting them, counted in code points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from onrecord import app
from onrecord.desk import open_desk, tokens
from onrecord.model import Reading
from onrecord.store import open_store
from store.builders import document, position, statement, who
from web.browser.test_accessible import serious

DOC = document("🕊️🇺🇳 𝔉irst.\n\nAna Lund backs the canal, 🕊️ she said. Borduria is against the canal.", title="Canal talks")
SAID = statement(DOC, who(DOC, "Ana Lund", "Lund"), "backs the canal", confidence=0.1)
HELD = position(DOC, who(DOC, "Ana Lund", "Lund"), "support", "the canal", confidence=0.2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store, store.writer() as w:
        w.add(Reading(DOC, (SAID,), positions=(HELD,)), "a.txt", "run-1")
    return path


@pytest.fixture
def at_work(browser_page: Page, serve: Callable[..., Any], path: Path) -> Iterator[Page]:
    token = tokens.make(open_desk(path), "Ben", "reviewer")
    with serve(path) as url:
        browser_page.goto(f"{url}/sign-in?to=/review")
        browser_page.get_by_label("Token").fill(token)
        browser_page.get_by_role("button", name="Sign in").click()
        browser_page.wait_for_url("**/review*")
        yield browser_page


def verdicts(path: Path) -> list[tuple[str, str]]:
    with open_store(path) as store, store.view() as view:
        return [(d.verdict, d.record_id) for d in view.decisions()]


def heading(page: Page, words: str) -> None:
    """Wait until a record is at hand, and has the focus so that a screen reader says it."""
    expect(page.locator("#record-h")).to_contain_text(words)
    expect(page.locator("#record-h")).to_be_focused()


def test_records_are_decided_by_keys(at_work: Page, path: Path) -> None:
    expect(at_work.locator("#record-h")).to_contain_text("statement")
    at_work.keyboard.press("j")
    heading(at_work, "position")
    at_work.keyboard.press("k")
    heading(at_work, "statement")
    at_work.keyboard.press("o")
    at_work.keyboard.type("a note with r and a in it")
    assert verdicts(path) == []
    at_work.keyboard.press("Escape")
    at_work.keyboard.press("a")
    heading(at_work, "position")
    expect(at_work.locator("#said")).to_contain_text("Accepted. Next: position")
    at_work.keyboard.press("r")
    expect(at_work.locator(".queue")).to_contain_text("Nothing waits here.")
    at_work.keyboard.press("u")
    heading(at_work, "position")
    assert verdicts(path) == [("accept", SAID.id), ("reject", HELD.id), ("withdraw", HELD.id)]
    at_work.keyboard.press("?")
    expect(at_work.locator("#keys")).to_have_attribute("open", "")


def test_a_record_is_corrected_by_keys_with_words_that_were_selected(at_work: Page, path: Path) -> None:
    at_work.keyboard.press("j")
    heading(at_work, "position")
    at_work.keyboard.press("c")
    expect(at_work.locator("#f-holder")).to_be_focused()
    at_work.evaluate("""() => {
        const walker = document.createTreeWalker(document.getElementById('words'), NodeFilter.SHOW_TEXT);
        let node;
        while ((node = walker.nextNode()) && !node.data.includes('Borduria'));
        const start = node.data.indexOf('Borduria'), range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + 'Borduria'.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }""")
    at_work.keyboard.press("Tab")
    at_work.keyboard.press("Enter")  # take
    start = DOC.text.index("Borduria")
    expect(at_work.locator("#f-holder")).to_have_value(f"{start}-{start + 8}")
    at_work.locator("#f-holder-who").fill("Borduria (state, BOR)")
    at_work.locator("#f-stance").select_option("oppose")
    at_work.locator("#f-holder-who").press("Enter")
    expect(at_work.locator("#record-h")).not_to_contain_text("position")
    with open_store(path) as store, store.view() as view:
        now: Any = view.record(HELD.id)
        assert (now.stance, now.holder.mention.text, now.holder.actor.id) == ("oppose", "Borduria", "or:borduria")


def test_what_is_wrong_in_a_form_is_said_and_nothing_typed_is_lost(at_work: Page, path: Path) -> None:
    at_work.keyboard.press("c")
    expect(at_work.locator("#f-speaker")).to_be_focused()
    at_work.locator("#f-speaker-who").fill("Nobody Inparticular")
    at_work.locator("#f-speaker-who").press("Enter")
    expect(at_work.locator("#wrong")).to_contain_text("nobody known is called")
    expect(at_work.locator("#f-speaker-who")).to_have_value("Nobody Inparticular")
    at_work.keyboard.press("Escape")
    heading(at_work, "statement")
    assert verdicts(path) == []


def test_disputed_links_are_settled_by_keys(at_work: Page, path: Path) -> None:
    """Two others differ on a link; d goes to its first button, Tab to the other side."""
    other = document("Borduria backs the canal, said Ana Lund.", title="More talks")
    told = statement(other, who(other, "Ana Lund", "Lund"), "backs the canal")
    with open_store(path) as store, store.writer() as w:
        w.add(Reading(other, (told,)), "b.txt", "run-1")
    for by, verdict in (("Ada", "accept"), ("Dora", "reject")):
        app.judge(path, SAID.id, told.id, verdict, by=by, type="same-statement")  # type: ignore[arg-type]
    at_work.reload()
    at_work.get_by_role("link", name="Disputed (1)").click()
    expect(at_work.get_by_role("heading", name="Disputed links")).to_be_visible()
    at_work.keyboard.press("d")
    expect(at_work.get_by_role("button", name="Settle it: yes")).to_be_focused()
    at_work.keyboard.press("Tab")
    expect(at_work.get_by_role("button", name="Settle it: no")).to_be_focused()
    assert serious(at_work) == []
    at_work.keyboard.press("Enter")
    expect(at_work.get_by_role("heading", name="Disputed links")).to_have_count(0)
    with open_store(path) as store, store.view() as view:
        assert [(k.by, k.judgement) for k in view.judgements() if k.settles] == [("Ben", "negative")]
    heading(at_work, "Nothing at hand")
    at_work.keyboard.press("u")
    expect(at_work.get_by_role("link", name="Disputed (1)")).to_be_visible()
