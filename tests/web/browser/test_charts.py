"""The timeline, the network and the map in a real browser: a span is dragged, time is slid through, the world has no stripes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

WIDE = {"viewport": {"width": 1280, "height": 1000}}
DARK = WIDE | {"color_scheme": "dark", "reduced_motion": "reduce"}
PHONE = {"viewport": {"width": 360, "height": 740}}


def drawn(page: Page, path: str, stage: str) -> None:
    page.goto(path)
    expect(page.locator(f"{stage}[aria-busy=false]")).to_be_visible()
    expect(page.locator(".loading")).to_have_count(0)


def test_a_span_is_dragged_stepped_and_taken_away(browser_page: Page, desk_url: str) -> None:
    drawn(browser_page, f"{desk_url}/timeline?period=day&since=2025-10&until=2025-10", "#course")
    everything = browser_page.locator("#found article").count()
    box = browser_page.locator("#course canvas").first.bounding_box()
    assert box is not None
    browser_page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 150)
    browser_page.mouse.down()
    browser_page.mouse.move(box["x"] + box["width"] * 0.99, box["y"] + 150, steps=8)
    browser_page.mouse.up()
    expect(browser_page).to_have_url(re.compile(r"since=20\d\d-\d\d-\d\d.*until=20\d\d-\d\d-\d\d"))
    since = browser_page.locator("input[name=since]").input_value()
    assert since > "2025-10-01"
    expect(browser_page.locator("#records")).to_contain_text(since)
    browser_page.get_by_role("button", name="Earlier").click()
    expect(browser_page.locator("input[name=since]")).not_to_have_value(since)
    browser_page.get_by_role("button", name="Whole time").click()
    expect(browser_page).not_to_have_url(re.compile("since="))
    expect(browser_page.locator("#records")).to_have_text("Records")
    assert everything > 0


def test_a_span_is_typed_and_the_filter_draws_the_chart_anew(browser_page: Page, desk_url: str) -> None:
    drawn(browser_page, f"{desk_url}/timeline", "#course")
    all_of_it = browser_page.locator("#shown").inner_text()
    browser_page.locator("input[name=actor]").fill("Venezuela")
    browser_page.locator("input[name=since]").fill("2025")
    browser_page.get_by_role("button", name="Show", exact=True).click()
    expect(browser_page).to_have_url(re.compile(r"actor=Venezuela.*since=2025|since=2025.*actor=Venezuela"))
    expect(browser_page.locator("#shown")).not_to_have_text(all_of_it)
    browser_page.get_by_text("The chart as a table").click()
    expect(browser_page.locator("#as-table table")).to_be_visible()


def test_time_is_slid_through_and_everybody_stays_in_place(browser_page: Page, desk_url: str) -> None:
    drawn(browser_page, f"{desk_url}/network?period=month", "#network")
    where = "Object.fromEntries(document.querySelector('#network .canvas')._cyreg.cy.nodes().map(n => [n.id(), n.position()]))"
    before = browser_page.evaluate(where)
    shown = browser_page.locator("#shown").inner_text()
    assert re.match(r"Showing \d+ of \d+\sparties, \d+ of \d+\sties\.", shown)
    slider = browser_page.locator("#step")
    slider.focus()
    browser_page.keyboard.press("End")
    browser_page.keyboard.press("ArrowLeft")
    expect(browser_page).to_have_url(re.compile(r"at=2025-10"))
    expect(browser_page.locator("#shown")).to_contain_text("of 2025-10")
    after = browser_page.evaluate(where)
    assert 0 < len(after) < len(before)
    assert all(after[key] == before[key] for key in after if key in before)
    browser_page.reload()
    expect(browser_page.locator("#when")).to_have_text("2025-10")


def test_light_ties_go_and_a_row_shows_itself_in_the_drawing(browser_page: Page, desk_url: str) -> None:
    drawn(browser_page, f"{desk_url}/network", "#network")
    every = browser_page.locator("#ties tbody tr").count()
    browser_page.locator("#weight").fill("2")
    browser_page.locator("#weight").press("Enter")
    expect(browser_page).to_have_url(re.compile(r"weight=2"))
    expect(browser_page.locator("#ties tbody tr")).not_to_have_count(every)
    first = browser_page.locator("#ties tbody tr").first.locator("a").first
    first.focus()
    expect(browser_page.locator("#about h3")).to_contain_text(first.inner_text())
    expect(browser_page.locator("#about blockquote a")).to_have_attribute("href", re.compile(r"^/records/[0-9a-f]{20}$"))


def test_the_network_plays_and_stops_at_the_end(browser_page: Page, desk_url: str) -> None:
    drawn(browser_page, f"{desk_url}/network?period=year", "#network")
    play = browser_page.locator("#play")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    expect(browser_page.locator("#when")).not_to_have_text("all")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "false")


def test_no_shape_is_drawn_across_the_date_line(browser_page: Page, desk_url: str) -> None:
    """Of a shape that is not cut there, the pen would run from one edge of the world to the other."""
    drawn(browser_page, f"{desk_url}/map", "#map")
    longest = browser_page.evaluate(
        """() => Math.max(...Array.from(document.querySelectorAll('#map path.land, #map path.border, #map path.contested'), (path) => {
             let x = 0, y = 0, most = 0;
             for (const [, verb, pair] of path.getAttribute('d').matchAll(/([MLZ])([^MLZ]*)/g)) {
               if (verb === 'Z') continue;
               const [a, b] = pair.split(',').map(Number);
               if (verb === 'L' && Math.abs(b - y) < 40) most = Math.max(most, Math.abs(a - x));
               x = a; y = b;
             }
             return most;
           }))"""
    )
    assert 0 < longest < 100


def test_the_map_says_how_much_it_shows_and_leads_to_the_words(browser_page: Page, desk_url: str) -> None:
    drawn(browser_page, f"{desk_url}/map", "#map")
    expect(browser_page.locator("#shown")).to_contain_text(re.compile(r"\d+ of \d+\sevents have a place on the map; \d+ name no place"))
    circles = browser_page.locator("#map circle.place")
    expect(circles).to_have_count(browser_page.locator("#drawn tbody tr").count())
    circles.first.focus()
    expect(browser_page.locator("#about h3")).to_have_text(browser_page.locator("#drawn tbody button").first.inner_text())
    browser_page.keyboard.press("ArrowRight")
    expect(circles.nth(1)).to_be_focused()
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("#latest article").first).to_be_visible()


def test_the_map_moves_by_buttons_keys_and_wheel(browser_page: Page, desk_url: str) -> None:
    drawn(browser_page, f"{desk_url}/map", "#map")
    world = browser_page.locator("#map svg.world > g")
    start = world.get_attribute("transform")
    browser_page.get_by_role("button", name="Closer").click()
    assert world.get_attribute("transform") != start
    browser_page.locator("#map svg").focus()
    for key in ("+", "ArrowRight", "-"):
        before = world.get_attribute("transform")
        browser_page.keyboard.press(key)
        assert world.get_attribute("transform") != before
    browser_page.keyboard.press("0")
    assert world.get_attribute("transform") == start
    browser_page.locator("#map svg").hover()
    browser_page.mouse.wheel(0, -300)
    expect(world).not_to_have_attribute("transform", str(start))


def test_disputed_areas_are_hatched_listed_and_credited(browser_page: Page, desk_url: str) -> None:
    drawn(browser_page, f"{desk_url}/map", "#map")
    expect(browser_page.locator("figure .credit")).to_contain_text("Natural Earth (public domain) via world-atlas")
    assert browser_page.locator("#map path.contested title").all_text_contents()
    browser_page.get_by_text("Which they are").click()
    rows = browser_page.locator("#areas tbody tr")
    shapes = browser_page.locator("#map path.contested").count() + browser_page.locator("#map path.mark").count()
    expect(rows).to_have_count(shapes)
    expect(rows.filter(has_text="Kosovo")).to_contain_text("as a shape of its own")
    expect(rows.filter(has_text="Essequibo")).to_contain_text("within “Guyana”")


@pytest.mark.parametrize("browser_page", [DARK, PHONE], ids=["dark", "phone"], indirect=True)
@pytest.mark.parametrize(("path", "stage"), [("/timeline", "#course"), ("/network", "#network"), ("/map", "#map")])
def test_charts_stand_dark_phones_another_theme_and_nothing_to_show(browser_page: Page, desk_url: str, path: str, stage: str) -> None:
    drawn(browser_page, desk_url + path, stage)
    assert browser_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    browser_page.get_by_role("button", name="Change between light and dark").click()
    browser_page.goto(f"{desk_url}{path}?actor=nobody-at-all")
    expect(browser_page.locator(f"{stage}[aria-busy=false]")).to_contain_text(re.compile("^No |meets this|have to do"))
