"""The application: routes, what stands before them, and running it. Everything it answers is asked of ``onrecord.query`` and the desk file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

import anyio.to_thread
import uvicorn
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import BaseRoute

from onrecord.web import api, pages, problems, sign_in, static_files
from onrecord.web.access import Tries, anyone
from onrecord.web.bounds import Bounds
from onrecord.web.kept_pages import Pages
from onrecord.web.serving import Serving
from onrecord.web.settings import Settings

_AT_ONCE = 400
_ABOUT = "Who said what, who did what to whom, where each actor stands on each issue, and what holds between them: every record with its words."


def create(store: str | Path, settings: Settings | None = None) -> FastAPI:
    """The application that serves ``store``. Raises StoreError where there is none, or the desk file beside it cannot be opened."""
    settings = settings or Settings()
    desk = Serving(Path(store), settings)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = 2 * settings.readers
        yield
        desk.close()

    app = FastAPI(
        title="onrecord", version=version("onrecord"), description=_ABOUT, lifespan=living, docs_url=None, redoc_url=None,
        openapi_url=None, redirect_slashes=False, routes=list(_routes()),
    )  # fmt: skip
    app.state.desk, app.state.tries = desk, Tries()
    problems.install(app)
    app.add_middleware(Pages, tick=desk.tick, lag=settings.lag)
    app.add_middleware(Bounds, hosts=settings.hosts, fault=problems.fault)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """All routes. They know no store; to make them takes half a second, for which whoever makes many applications, as tests do, would wait."""
    router = APIRouter()
    router.include_router(static_files.router)
    router.include_router(sign_in.router)
    for each in api.ROUTERS:
        router.include_router(each, prefix="/api", dependencies=[Depends(anyone)])
    router.include_router(api.DESCRIPTION, dependencies=[Depends(anyone)])
    for each in pages.KEYED:
        router.include_router(each, include_in_schema=False)
    for each in pages.ROUTERS:
        router.include_router(each, dependencies=[Depends(anyone)], include_in_schema=False)
    return tuple(router.routes)


def run(app: FastAPI, settings: Settings) -> None:
    """Serve until stopped. Raises OSError where the port is taken."""
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port, log_level="warning", access_log=False, server_header=False, date_header=True,
        limit_concurrency=_AT_ONCE, timeout_keep_alive=15, h11_max_incomplete_event_size=32_768, timeout_graceful_shutdown=3, http="h11", ws="none",
    )  # fmt: skip
    uvicorn.Server(config).run()
