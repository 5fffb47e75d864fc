"""axe looks at every place, wide and light, and on a phone in the dark: nothing serious, nothing critical. And no page is wider than a phone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from onrecord.query import Filter, documents, positions
from onrecord.store import open_store
from onrecord.web.render import PLACES

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "color_scheme": "dark"}
ADDRESSES = [
    "/", *(address for _, address, _ in PLACES if address != "/review"), "/issues/{issue}", "/actors/{actor}", "/actors/{country}",
    "/reports/{report}", "/reports/{report}#r-{record}", "/compare?left={report}&right={other}", "/search?text=pipeline", "/search?text=zzzz",
    "/help/CONSULT", "/about", "/sign-in", "/searches",
]  # fmt: skip


@pytest.fixture(scope="module")
def facts(sample_store: Path) -> dict[str, str]:
    """What stands for the names in braces."""
    with open_store(sample_store) as store, store.view() as view:
        held = [row for row in positions(view, Filter()) if row.issue and row.holder_id and row.holder_country]
        reports = [row.id for row in documents(view, Filter())]
    row = held[0]
    return {
        "issue": str(row.issue), "actor": str(row.holder_id), "country": str(row.holder_country), "report": row.document_id, "record": row.id,
        "other": next(r for r in reports if r != row.document_id),
    }  # fmt: skip


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical, each with the first places."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']} ({v['impact']}): {v['help']}: {[n['html'][:160] for n in v['nodes'][:3]]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def settled(page: Page) -> None:
    """Wait until everything that loads behind has come."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".loading")).to_have_count(0)


@pytest.mark.parametrize("browser_page", [WIDE, PHONE], ids=["wide", "phone"], indirect=True)
@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_serious(browser_page: Page, desk_url: str, facts: dict[str, str], address: str) -> None:
    answer = browser_page.goto(desk_url + address.format(**facts))
    assert answer is not None
    assert answer.status == 200
    settled(browser_page)
    assert serious(browser_page) == []
    assert browser_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("browser_page", [WIDE], ids=["wide"], indirect=True)
def test_axe_finds_nothing_serious_in_the_review(browser_page: Page, serve: Callable[..., Any], sample_store: Path, tmp_path: Path) -> None:
    from onrecord.desk import open_desk, tokens

    path = tmp_path / "own.onrecord"
    path.write_bytes(sample_store.read_bytes())
    token = tokens.make(open_desk(path), "Ben", "reviewer")
    with serve(path) as url:
        browser_page.goto(f"{url}/sign-in?to=/review")
        browser_page.get_by_label("Token").fill(token)
        browser_page.get_by_role("button", name="Sign in").click()
        browser_page.wait_for_url("**/review*")
        settled(browser_page)
        assert serious(browser_page) == []
        browser_page.goto(f"{url}/watch")
        settled(browser_page)
        assert serious(browser_page) == []
