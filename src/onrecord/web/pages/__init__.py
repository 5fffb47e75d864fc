"""The pages, one module for each place."""

from fastapi import APIRouter

from onrecord.web.pages import help, home, issues, records, reports, search, timeline

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    issues.router,
    search.router,
    records.router,
    reports.router,
    help.router,
    timeline.router,
)  # fmt: skip
