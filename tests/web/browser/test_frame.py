"""The frame in a real browser: theme, menu on a phone, keyboard, and that every place opens without an error."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from onrecord.web.render import PLACES


def test_the_first_page_opens_and_leads_on(browser_page: Page, desk_url: str) -> None:
    browser_page.goto(desk_url)
    assert browser_page.get_by_role("heading", level=1).count() == 1
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.textContent") == "Skip to the content"


def test_the_theme_is_changed_and_kept(browser_page: Page, desk_url: str) -> None:
    browser_page.goto(desk_url)
    paper = "getComputedStyle(document.body).backgroundColor"
    before = browser_page.evaluate(paper)
    browser_page.get_by_role("button", name="Change between light and dark").click()
    after = browser_page.evaluate(paper)
    browser_page.reload()
    assert before != after == browser_page.evaluate(paper)


@pytest.mark.parametrize("browser_page", [{"viewport": {"width": 360, "height": 700}}], indirect=True)
def test_on_a_phone_the_menu_opens_and_nothing_is_wider_than_the_screen(browser_page: Page, desk_url: str) -> None:
    browser_page.goto(desk_url)
    assert not browser_page.get_by_role("link", name="Issues", exact=True).is_visible()
    browser_page.get_by_role("button", name="Menu").click()
    assert browser_page.get_by_role("link", name="Issues", exact=True).is_visible()
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("address", [address for _, address, _ in PLACES if address != "/review"])
def test_every_place_opens(browser_page: Page, desk_url: str, address: str) -> None:
    answer = browser_page.goto(desk_url + address)
    assert answer is not None
    assert answer.status == 200
    assert browser_page.locator("header nav a[aria-current=page]").count() == 1
