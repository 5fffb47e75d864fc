"""Charts whose answer is still being worked out, or could not be: how it stands, and what went wrong, is said in the chart's place."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, Route, expect

WAITING = {"detail": "the answer will be worked out", "retry_after": 2, "before": 2, "since": None}
BEGUN = {"detail": "the answer is being worked out", "retry_after": 2, "before": 0, "since": "2031-01-01T09:07:00Z"}
PROBLEM = {"title": "Service Unavailable", "status": 503, "detail": "this answer could not be <b>worked out</b>", "hint": "ask for less at a time"}


@pytest.fixture
def page(chromium: Browser) -> Page:
    """A page whose console may name the 503."""
    return chromium.new_context().new_page()


@pytest.mark.parametrize("path", ["timeline", "network", "map"])
def test_a_chart_says_how_its_answer_stands_and_why_there_is_none(page: Page, desk_url: str, path: str) -> None:
    told = [(202, WAITING), (202, BEGUN), (503, PROBLEM)]

    def answer(route: Route) -> None:
        status, body = told.pop(0)
        kind = "application/json" if status == 202 else "application/problem+json"
        route.fulfill(status=status, body=json.dumps(body), content_type=kind, headers={"Retry-After": "1"})

    page.route(f"**/{path}/data*", answer)
    page.goto(f"{desk_url}/{path}?since=2024")
    expect(page.locator("main")).to_contain_text("2 others come before it.")
    expect(page.locator("main")).to_contain_text("Begun at 09:07 UTC.")
    problem = page.locator(".stage .problem")
    expect(problem).to_contain_text("this answer could not be <b>worked out</b>")
    expect(problem).to_contain_text("ask for less at a time")
    expect(problem.get_by_role("link", name="Ask again")).to_have_attribute("href", f"{desk_url}/{path}?since=2024")
    page.context.close()
