"""The whole API against its own description: whatever is asked, no fault of ours, and answers as they are described (schemathesis)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import Receive, Scope, Send

from onrecord.web.api import ROUTERS
from onrecord.web.server import create
from onrecord.web.settings import Settings

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance]
OPERATIONS = sorted((f"/api{route.path.replace(':path', '')}", method) for router in ROUTERS for route in router.routes for method in route.methods)
"""Every operation of the API, those of the other parts too."""
EXAMPLES = 6


@pytest.fixture(scope="module")
def described(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The description of a desk that may be written."""
    path = tmp_path_factory.mktemp("schema") / "samples.onrecord"
    shutil.copy(sample_store, path)
    desk = create(path, Settings(names=("testserver",)))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        # Each request comes with a start and an end of the server, which is to live on.
        if scope["type"] == "http":
            await desk(scope, receive, send)
        elif (await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})

    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    desk.state.desk.close()


def test_nothing_is_left_out(described: Any) -> None:
    assert sorted((found.ok().path, found.ok().method.upper()) for found in described.get_all_operations()) == OPERATIONS


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_it_does_what_it_says(described: Any, path: str, method: str) -> None:
    operation = described[path][method]

    @seed(7)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
