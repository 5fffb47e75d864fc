"""Group 4 in a real browser: hostile words run nothing, open no dialog, and break no policy (``browser_page`` fails at any console error)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from onrecord.desk import open_desk, tokens
from web import payloads


@dataclass(frozen=True, slots=True)
class Hostile:
    """A desk on the hostile store, with an admin's token."""

    url: str
    store: payloads.Hostile
    token: str

    def visit(self, page: Page, address: str) -> None:
        """Open a page as somebody who signed in."""
        page.goto(f"{self.url}/sign-in")
        page.get_by_label("Token").fill(self.token)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{self.url}/")
        page.goto(self.url + address)


@pytest.fixture(scope="module")
def hostile(serve: Callable[[Path], AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    store = payloads.store(tmp_path_factory.mktemp("hostile") / "hostile.onrecord")
    desk = open_desk(store.path)
    payloads.fill(desk)
    with serve(store.path) as url:
        yield Hostile(url, store, tokens.make(desk, "Ada", "admin"))


@pytest.mark.parametrize(
    "address",
    [
        "/", "/reports", "/search?text=harbour", f"/issues/{payloads.OWN_ISSUE}", "/actors/Q1", "/timeline", "/network", "/map", "/review", "/watch",
        "/feeds", "/about",
    ],
)  # fmt: skip
def test_a_page_of_hostile_words_runs_none_of_them(browser_page: Page, hostile: Hostile, address: str) -> None:
    hostile.visit(browser_page, address)
    browser_page.wait_for_timeout(300)
    assert browser_page.evaluate("window.pwned") is None


@pytest.mark.parametrize("n", [0, 1, 3])
def test_a_hostile_report_is_read_and_compared(browser_page: Page, hostile: Hostile, n: int) -> None:
    store = hostile.store
    one, other = store.readings[n], store.readings[n - 1 if n % 2 else n + 1]
    hostile.visit(browser_page, f"/reports/{one.document.id}")
    for _ in one.records:
        browser_page.keyboard.press("j")
        browser_page.locator(".item.on .full .asked").wait_for()
    for summary in browser_page.locator(".item.on .asked summary").all():
        summary.click()
    browser_page.goto(f"{hostile.url}/compare?left={one.document.id}&right={other.document.id}")
    browser_page.locator("#left-1").click()
    assert browser_page.evaluate("window.pwned") is None
    assert browser_page.evaluate("document.querySelectorAll('main img, main iframe, main script').length") == 0
