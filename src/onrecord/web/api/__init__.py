"""The HTTP API: every query by its name, exports, changes, annotations. One module for each kind of question."""

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
