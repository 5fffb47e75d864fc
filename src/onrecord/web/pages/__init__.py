"""The pages, one module for each place."""

from fastapi import APIRouter

from onrecord.web.pages import home

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
)  # fmt: skip
