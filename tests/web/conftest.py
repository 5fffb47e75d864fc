"""A desk for tests: the application on the sample store, and one on a copy that may be written, with tokens of each scope."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.desk import open_desk, tokens
from onrecord.web.server import create
from web.visiting import BASE, Tokens


@pytest.fixture(scope="session")
def web_store(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample store in a folder of its own, for the desk file beside it; its records are not to be written."""
    path = tmp_path_factory.mktemp("desk") / "samples.onrecord"
    shutil.copy(sample_store, path)
    return path


@pytest.fixture(scope="session")
def client(web_store: Path) -> Iterator[TestClient]:
    """Somebody without a token at the desk of the sample store."""
    with TestClient(create(web_store), base_url=BASE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def own_store(sample_store: Path, tmp_path: Path) -> Path:
    """A copy of the sample store that may be written."""
    path = tmp_path / "own.onrecord"
    shutil.copy(sample_store, path)
    return path


@pytest.fixture
def own_tokens(own_store: Path) -> Tokens:
    """Tokens for ``own_store``."""
    desk = open_desk(own_store)
    made = [tokens.make(desk, name, scope) for name, scope in (("Ada", "reader"), ("Ben", "reviewer"), ("Cleo", "admin"), ("Dora", "reviewer"))]
    return Tokens(*made)


@pytest.fixture
def own_client(own_store: Path) -> Iterator[TestClient]:
    """Somebody without a token at the desk of ``own_store``."""
    with TestClient(create(own_store), base_url=BASE, follow_redirects=False) as client:
        yield client
