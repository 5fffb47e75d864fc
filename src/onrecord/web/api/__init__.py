"""The HTTP API: every query by its name, exports, changes, annotations. One module for each kind of question."""

from fastapi import APIRouter

from onrecord.web.api import queries

ROUTERS: tuple[APIRouter, ...] = (queries.router,)
