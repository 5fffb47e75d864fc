"""Group 4 in a real browser: hostile words run nothing, open no dialog, and break no policy (``browser_page`` fails at any console error)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from web import payloads


@pytest.fixture(scope="module")
def hostile(serve: Callable[[Path], AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, payloads.Hostile]]:
    """A desk on the hostile store."""
    store = payloads.store(tmp_path_factory.mktemp("hostile") / "hostile.onrecord")
    with serve(store.path) as url:
        yield url, store


@pytest.mark.parametrize(
    "address",
    [
        "/", "/reports", "/search?text=harbour", f"/issues/{payloads.OWN_ISSUE}", "/actors/Q1", "/timeline", "/network", "/map", "/review", "/watch",
        "/feeds", "/about",
    ],
)  # fmt: skip
def test_a_page_of_hostile_words_runs_none_of_them(browser_page: Page, hostile: tuple[str, payloads.Hostile], address: str) -> None:
    url, _ = hostile
    browser_page.goto(url + address)
    browser_page.wait_for_timeout(300)
    assert browser_page.evaluate("window.pwned") is None


@pytest.mark.parametrize("n", [0, 1, 3])
def test_a_hostile_report_is_read_and_compared(browser_page: Page, hostile: tuple[str, payloads.Hostile], n: int) -> None:
    url, store = hostile
    one, other = store.readings[n], store.readings[n - 1 if n % 2 else n + 1]
    browser_page.goto(f"{url}/reports/{one.document.id}")
    for _ in one.records:
        browser_page.keyboard.press("j")
        browser_page.locator(".item.on .full .asked").wait_for()
    for summary in browser_page.locator(".item.on .asked summary").all():
        summary.click()
    browser_page.goto(f"{url}/compare?left={one.document.id}&right={other.document.id}")
    browser_page.locator("#left-1").click()
    assert browser_page.evaluate("window.pwned") is None
    assert browser_page.evaluate("document.querySelectorAll('main img, main iframe, main script').length") == 0
