"""An analyst's day at the desk of the sample store; with ONRECORD_BIG_STORE naming a store, at that one, too (docs/desk.md tells how to make one).

The big store is written: a token is made beside it, a record is corrected. Give it a copy. ONRECORD_SHOTS names a folder for pictures.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from onrecord.codebook import explain
from onrecord.desk import open_desk, tokens
from onrecord.query import Filter, positions, standing
from onrecord.store import open_store
from web.browser.walk import Analyst

BIG = os.environ.get("ONRECORD_BIG_STORE")
SHOTS = os.environ.get("ONRECORD_SHOTS")


def analyst(page: Page, url: str, store: Path) -> Analyst:
    """Somebody who asks what this store can answer."""
    token = tokens.make(open_desk(store), f"Ada {secrets.token_hex(4)}", "reviewer")
    with open_store(store) as opened, opened.view() as view:
        first = next(row for row in positions(view, Filter(limit=200)) if row.issue and row.holder_country)
        row = next(row for row in standing(view, Filter(issue=first.issue, actor=first.holder_country)) if row.stance)
        meeting = next(link.left for link in view.links(types=["same-story"]) if link.judgement == "positive")
    return Analyst(page, url, token, explain(row.issue).label, row.holder[0], "talks", f"/reports/{meeting}", Path(SHOTS) if SHOTS else None)


def test_a_day_at_the_sample_store(browser_page: Page, serve: Callable[..., Any], sample_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.onrecord"
    path.write_bytes(sample_store.read_bytes())
    with serve(path) as url:
        analyst(browser_page, url, path).all_tasks()


@pytest.mark.slow
@pytest.mark.skipif(BIG is None, reason="ONRECORD_BIG_STORE names no store")
def test_a_day_at_a_big_store(browser_page: Page, serve: Callable[..., Any]) -> None:
    path = Path(str(BIG))
    browser_page.set_default_timeout(120_000)
    with serve(path) as url:
        analyst(browser_page, url, path).all_tasks()
