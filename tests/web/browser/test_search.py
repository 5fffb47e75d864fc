"""Search in a real browser: results come without a new page, the address follows, names are offered, and it works without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from desk.made import add


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], AbstractContextManager[str]]) -> Iterator[str]:
    path = tmp_path_factory.mktemp("searched") / "world.onrecord"
    add(path, *range(12))
    with serve(path) as address:
        yield address


def test_results_and_address_follow_the_form(browser_page: Page, url: str) -> None:
    page = browser_page
    page.goto(f"{url}/search")
    page.get_by_label("Words", exact=True).fill("harbour")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?text=harbour")
    expect(page.locator("#said")).to_contain_text("records, by date")
    page.get_by_role("combobox", name="Stance").focus()
    page.get_by_role("combobox", name="Stance").select_option("oppose")
    page.wait_for_url("**/search?text=harbour&stance=oppose")
    expect(page.locator("article.record").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "f-stance", "the focus stays where one works"
    page.get_by_role("link", name="Take away: stance oppose").click()
    page.wait_for_url("**/search?text=harbour")
    page.go_back()
    page.wait_for_url("**stance=oppose")
    assert page.get_by_role("combobox", name="Stance").input_value() == "oppose"


def test_names_are_offered_while_one_types(browser_page: Page, url: str) -> None:
    browser_page.goto(f"{url}/search")
    browser_page.get_by_label("Actor").press_sequentially("bord")
    expect(browser_page.locator("#actors option").first).to_have_attribute("value", "Borduria")


@pytest.mark.parametrize("browser_page", [{"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}], indirect=True)
def test_without_scripts_the_form_is_a_form(browser_page: Page, url: str) -> None:
    browser_page.goto(f"{url}/search")
    browser_page.get_by_label("Words", exact=True).fill("harbour")
    browser_page.get_by_role("button", name="Search", exact=True).click()
    browser_page.wait_for_url("**/search?text=harbour")
    expect(browser_page.locator("#count")).to_contain_text("records, by date")
