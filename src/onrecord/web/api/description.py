"""The description of the API (OpenAPI 3.1), made from its routes and the dataclasses behind the answers."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi

from onrecord.web.api.replies import reply
from onrecord.web.api.schemas import COMPONENTS

router = APIRouter()
TAGS = {
    "questions": "Every question of the command line, by the same name and with the same parameters.",
    "exports": "All rows of an answer as files, with a manifest.",
    "records": "One record or report, whole.",
    "annotations": "Records as W3C Web Annotations.",
    "store": "What changed, what could not be read, by which settings.",
    "codes": "What codes mean, whom phrases name.",
}
_ABOUT = """Who said what, who did what to whom, where each actor stands on each issue, and what holds between them: every record with its words.

Offsets count Unicode code points. Dates are ISO 8601; a year or a month is enough where one is asked for. Lists go on at `next`; every answer has an
`ETag`, so that it can be asked again with `If-None-Match`. docs/api.md tells more."""
_NOT_OURS = ("HTTPValidationError", "ValidationError")


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description."""
    return reply(request, described(request.app))


def described(app: FastAPI) -> dict[str, Any]:
    """The description of an application's API, made once."""
    if app.openapi_schema is None:
        tags = [{"name": name, "description": text} for name, text in TAGS.items()]
        found = get_openapi(title=app.title, version=app.version, description=_ABOUT, routes=app.routes, tags=tags)
        components = found.setdefault("components", {})
        made = {name: schema for name, schema in components.get("schemas", {}).items() if name not in _NOT_OURS}
        components["schemas"] = dict(sorted({**made, **COMPONENTS}.items()))
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": "A token made with onrecord token make."}}
        found["security"] = [{}, {"token": []}]
        for operations in found["paths"].values():
            for operation in operations.values():
                operation["responses"].pop("422", None)  # what FastAPI would say; here it is a problem with status 400
        app.openapi_schema = found
    return app.openapi_schema
