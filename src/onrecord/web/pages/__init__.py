"""The pages, one module for each place."""

from fastapi import APIRouter

from onrecord.web.pages import (
    actors,
    atlas,
    codes,
    compare,
    feeds,
    home,
    issues,
    network,
    records,
    reports,
    review,
    search,
    searches,
    timeline,
    watch,
)

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    issues.router,
    actors.router,
    search.router,
    searches.router,
    watch.router,
    records.router,
    reports.router,
    review.router,
    codes.router,
    compare.router,
    timeline.router,
    network.router,
    atlas.router,
    feeds.router,
)  # fmt: skip
KEYED: tuple[APIRouter, ...] = (watch.feeds,)
"""Routes that let people in by a key of their own; they come before the others."""
