"""docs/feeds.md says what the code says."""

from __future__ import annotations

from pathlib import Path

from onrecord.desk.feeds import STATES
from onrecord.fetch import CODES, Limits, Pace
from onrecord.follow import CODES as FEED_CODES
from onrecord.follow import follower


def test_every_code_and_state_is_explained(root: Path):
    page = (root / "docs" / "feeds.md").read_text(encoding="utf-8")
    rows = [f"| `{code}` | {meaning} | {hint} |" for code, (meaning, hint) in {**CODES, **FEED_CODES}.items()]
    rows += [f"| `{state}` | {meaning} |" for state, meaning in STATES.items()]
    assert [row for row in rows if row not in page] == []


def test_its_figures_are_the_codes(root: Path):
    limits = Limits()
    assert (limits.seconds, limits.silence, limits.wire_bytes, limits.body_bytes, limits.redirects) == (30, 10, 10_000_000, 10_000_000, 5)
    assert Pace().pause_s == 2
    assert (follower.MOST_OF_A_FEED, follower.MOST_ARTICLES, len(follower.RETRIES)) == (50, 1_000, 4)
    assert sum(wait.total_seconds() for wait in follower.RETRIES) / 3600 < 29
