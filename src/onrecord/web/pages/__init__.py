"""The pages, one module for each place."""

from fastapi import APIRouter

from onrecord.web.pages import home, issues, search

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    issues.router,
    search.router,
)  # fmt: skip
