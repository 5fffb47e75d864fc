"""The HTTP API: every query by its name, exports, changes, annotations, and its own description. One module for each kind of question."""

from fastapi import APIRouter

from onrecord.web.api import briefs, codes, description, exports, queries, records, store

ROUTERS: tuple[APIRouter, ...] = (exports.router, queries.router, records.router, store.router, codes.router, briefs.router)
"""What stands under ``/api``."""
DESCRIPTION: APIRouter = description.router
"""``/openapi.json``."""
