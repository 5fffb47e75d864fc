"""The pages, one module for each place."""

from fastapi import APIRouter

from onrecord.web.pages import compare, help, home, issues, network, records, reports, search, timeline

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    issues.router,
    search.router,
    records.router,
    reports.router,
    help.router,
    compare.router,
    timeline.router,
    network.router,
)  # fmt: skip
