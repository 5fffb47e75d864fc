"""The reader, the comparison and the meaning of codes in a real browser: by mouse, by keyboard, on a phone, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from onrecord.model import Reading
from web import two_reports

Desk = tuple[str, Reading, Reading]
PHONE = {"viewport": {"width": 360, "height": 700}, "has_touch": True}


@pytest.fixture(scope="module")
def pair(serve: Callable[[Path], AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on two linked reports."""
    path = tmp_path_factory.mktemp("pair") / "pair.onrecord"
    one, other = two_reports.store(path)
    with serve(path) as url:
        yield url, one, other


def roles(page: Page) -> dict[str, str]:
    """The words that are shown in a role, by role."""
    found: list[list[str]] = page.evaluate("[...document.querySelectorAll('.text .m[data-is]')].map(m => [m.dataset.is, m.textContent])")
    words: dict[str, str] = {}
    for role, text in found:
        words[role] = words.get(role, "") + text
    return words


def test_choosing_a_number_shows_the_words_and_roles_of_its_record(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    event = one.events[0]
    browser_page.locator(f"#w-{event.id}").click()
    item = browser_page.locator(f"#r-{event.id}")
    expect(item).to_have_attribute("aria-current", "true")
    assert roles(browser_page) == {"trigger": "hit", "recipient": "a convoy of flour lorries", "time": "Monday", "via": "Borduria Television"}
    assert browser_page.evaluate("[...document.querySelectorAll('.text .m.on')].map(m => m.textContent).join('')") == event.evidence.text
    assert browser_page.url.endswith(f"#r-{event.id}")
    assert browser_page.evaluate("document.activeElement.tagName") == "SUMMARY"
    expect(item.get_by_text("How it came to its code")).to_be_visible()  # loaded when it was opened
    assert "ASSAULT" in (browser_page.locator("#said").text_content() or "")


def test_choosing_words_goes_through_the_records_around_them(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    words = browser_page.locator(".text .m.position1")
    words.click()
    expect(browser_page.locator(".item.on")).to_have_attribute("data-kind", "position")
    expect(browser_page.locator(".item.near")).to_have_attribute("data-kind", "statement")
    words.click()
    expect(browser_page.locator(".item.on")).to_have_attribute("data-kind", "statement")
    assert roles(browser_page)["content"] == "The harbour must stay open until spring"


def test_by_keyboard_through_all_records_and_out(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    seen = []
    for _ in range(len(one.records) + 2):
        browser_page.keyboard.press("j")
        seen.append(browser_page.locator(".item.on").get_attribute("id"))
    assert len(dict.fromkeys(seen)) == len(one.records)
    assert seen[-1] == seen[-3]  # the last stays
    browser_page.keyboard.press("p")
    assert browser_page.locator(".item.on").get_attribute("id") == seen[-4]
    browser_page.keyboard.press("Escape")
    expect(browser_page.locator(".on")).to_have_count(0)
    assert roles(browser_page) == {}
    assert "#" not in browser_page.url


def test_enter_on_a_number_leads_to_its_record_and_escape_back(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    mark = browser_page.locator(f"#w-{one.statements[0].id}")
    mark.focus()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator(f"#r-{one.statements[0].id}")).to_have_class("item statement on")
    browser_page.keyboard.press("Escape")
    assert browser_page.evaluate("document.activeElement.id") == f"w-{one.statements[0].id}"


def test_an_address_chooses_a_record(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/records/{one.relations[0].id[:12]}")
    expect(browser_page.locator(".item.on")).to_have_attribute("id", f"r-{one.relations[0].id}")


def test_kinds_are_hidden_and_shown(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    button = browser_page.get_by_role("button", name="1 event")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(browser_page.locator(".item.event")).to_be_hidden()
    expect(browser_page.locator(".n.event")).to_be_hidden()
    browser_page.keyboard.press("j")
    expect(browser_page.locator(".item.on.event")).to_have_count(0)
    button.click()
    expect(browser_page.locator(".n.event")).to_be_visible()


def test_what_others_say_is_loaded_on_demand(browser_page: Page, pair: Desk) -> None:
    url, one, other = pair
    browser_page.goto(f"{url}/reports/{one.document.id}#r-{one.statements[0].id}")
    browser_page.locator("summary", has_text="Other wordings").click()
    expect(browser_page.locator(".item.on").get_by_text("leaves out")).to_be_visible()
    browser_page.get_by_text("Compare with …").click()
    browser_page.get_by_role("link", name="Side by side").first.click()
    browser_page.wait_for_url(f"**/compare?left={one.document.id}&right={other.document.id}")


def test_a_pair_is_marked_on_both_sides(browser_page: Page, pair: Desk) -> None:
    url, one, other = pair
    browser_page.goto(f"{url}/compare?left={one.document.id}&right={other.document.id}")
    browser_page.locator("#left-1").click()
    lit = "side => [...document.querySelectorAll('.side')[side].querySelectorAll('.m.on')].map(m => m.textContent).join('')"
    assert browser_page.evaluate(lit, 0) == one.events[0].evidence.text
    assert browser_page.evaluate(lit, 1) == other.events[0].evidence.text
    browser_page.keyboard.press("Escape")
    expect(browser_page.locator(".on")).to_have_count(0)


def test_a_code_tells_its_meaning_where_it_stands(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    asked: list[str] = []
    browser_page.on("request", lambda r: asked.append(r.url) if "/help/" in r.url else None)
    browser_page.goto(f"{url}/reports/{one.document.id}")
    code = browser_page.locator(".item.event .gist .code").first
    code.hover()
    box = browser_page.get_by_role("tooltip")
    expect(box).to_contain_text("ASSAULT")
    expect(code).to_have_attribute("aria-describedby", "meanings")
    browser_page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    code.focus()  # by keyboard: the same, not asked for again
    expect(box).to_be_visible()
    assert len(asked) == 1
    browser_page.locator("h1").click()
    expect(box).to_be_hidden()
    browser_page.keyboard.press("j")  # in a piece that was loaded later
    inner = browser_page.locator(".item.event .full .code").first
    inner.hover()
    expect(box).to_contain_text("Source")


@pytest.mark.parametrize("browser_page", [PHONE], indirect=True)
def test_on_a_phone_the_record_stands_below_its_words(browser_page: Page, pair: Desk) -> None:
    url, one, other = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    browser_page.locator(".text .m.position1").tap()
    item, words = browser_page.locator(".item.on").bounding_box(), browser_page.locator(".text .m.on").first.bounding_box()
    assert item is not None
    assert words is not None
    assert words["y"] + words["height"] <= item["y"] + 1
    assert item["y"] + item["height"] <= 701
    browser_page.locator(".item.on .close").click()
    expect(browser_page.locator(".item.on")).to_have_count(0)
    for address in (f"/reports/{one.document.id}", "/reports", f"/compare?left={one.document.id}&right={other.document.id}", "/help", "/about"):
        browser_page.goto(url + address)
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= 360, address


@pytest.mark.parametrize("browser_page", [PHONE], indirect=True)
def test_by_touch_the_first_tap_on_a_code_tells_its_meaning(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    before = browser_page.url
    browser_page.locator(".item.event .gist .code").first.tap()
    box = browser_page.get_by_role("tooltip")
    expect(box).to_contain_text("ASSAULT")
    assert browser_page.url == before
    place = box.bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 360


@pytest.mark.parametrize("browser_page", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_words_and_records_lead_to_each_other(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    event = one.events[0]
    expect(browser_page.locator(f"#r-{event.id} blockquote")).to_be_visible()
    browser_page.locator(f"#w-{event.id}").click()
    assert browser_page.url.endswith(f"#r-{event.id}")
    browser_page.locator(f"#r-{event.id} .back").click()
    assert browser_page.url.endswith(f"#w-{event.id}")
    browser_page.locator(f"#r-{event.id} summary").click()
    browser_page.locator(f"#r-{event.id}").get_by_role("link", name="All about this record").click()
    expect(browser_page.get_by_text("The same, told elsewhere")).to_be_visible()


def test_on_paper_every_record_has_its_words(browser_page: Page, pair: Desk) -> None:
    url, one, _ = pair
    browser_page.goto(f"{url}/reports/{one.document.id}")
    browser_page.emulate_media(media="print")
    for record in one.records:
        expect(browser_page.locator(f"#r-{record.id} blockquote")).to_be_visible()
        expect(browser_page.locator(f"#w-{record.id}")).to_be_visible()
    assert browser_page.evaluate("getComputedStyle(document.querySelector('.records')).position") == "static"
