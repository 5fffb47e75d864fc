"""The HTTP API: every query by its name, exports, changes, annotations. One module for each kind of question."""

from fastapi import APIRouter

from onrecord.web.api import briefs, codes, exports, queries, records, store

ROUTERS: tuple[APIRouter, ...] = (exports.router, queries.router, records.router, store.router, codes.router, briefs.router)
