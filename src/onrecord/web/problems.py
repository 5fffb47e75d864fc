"""What becomes of errors: problem+json (RFC 9457) for programs, a page for people. A fault of ours says nothing of itself."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from onrecord.errors import CodebookError, NotThere, OnrecordError, QueryError, StoreBusy
from onrecord.web.access import Denied
from onrecord.web.bounds import Refused
from onrecord.web.render import page

PROBLEM = "application/problem+json"


def problem(status: int, message: str, hint: str = "", **more: Any) -> Response:
    """A problem as programs get it. ``type`` is about:blank: the status says all; ``hint`` says what to do."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": message,
        **({"hint": hint} if hint else {}),
        **more,
    }
    return JSONResponse(body, status, media_type=PROBLEM)


def said(request: Request, status: int, message: str, hint: str = "") -> Response:
    """The problem in the form that suits whoever asks."""
    if request.url.path.startswith(("/api/", "/openapi")):
        return problem(status, message, hint)
    return page(request, "error", status=status, message=message, hint=hint, code=status)


def install(app: FastAPI) -> None:
    """Have every error of this application told by :func:`said`."""

    @app.exception_handler(OnrecordError)
    def _ours(request: Request, error: OnrecordError) -> Response:
        return said(request, status_of(error), error.message, error.hint)

    @app.exception_handler(Denied)
    def _denied(request: Request, error: Denied) -> Response:
        answer = said(request, error.status, error.message, error.hint)
        if error.status == 401:
            answer.headers["WWW-Authenticate"] = 'Bearer realm="onrecord"'
        return answer

    @app.exception_handler(Refused)
    def _refused(_: Request, error: Refused) -> Response:
        return problem(error.status, error.message)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return said(request, 400, f"{first['loc'][-1]}: {first['msg']}"[:300], "the description of the API says what each parameter takes")

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        answer = said(request, error.status_code, "there is no such page" if error.status_code == 404 else str(error.detail))
        answer.headers.update(error.headers or {})
        return answer


def fault(request: Request, _: Exception) -> Response:
    """What is answered where a fault of ours was met; the log has the rest."""
    return said(request, 500, "something went wrong here", "the server's log says what; repeat it with less asked")


def status_of(error: OnrecordError) -> int:
    """The HTTP status of an error raised on purpose."""
    if isinstance(error, NotThere):
        return 404
    if isinstance(error, StoreBusy):
        return 503
    if isinstance(error, QueryError | CodebookError):
        return 400
    return 500
