"""The pages, one module for each place."""

from fastapi import APIRouter

from onrecord.web.pages import home, search

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    search.router,
)  # fmt: skip
