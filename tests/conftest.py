"""What every test may use: one Reader for the whole session, the sample reports, a store that holds them. spaCy is loaded once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from onrecord import Reader
    from onrecord.model import Problem

ROOT = Path(__file__).parents[1]

# Here, since tests of other folders use them too.
pytest.register_assert_rewrite("export.contract", "export.world", "store.contract", "store.durable", "store.linking", "store.reviews")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample reports."""
    return ROOT / "examples" / "reports"


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The built-in Reader by rules only: case tables are about rules, and hold whatever weights are installed."""
    from onrecord import Reader

    return Reader(rules_only=True)


@pytest.fixture(scope="session")
def full_reader() -> Reader:
    """The built-in Reader as users have it, with the weights that are installed."""
    from onrecord import Reader

    return Reader()


@pytest.fixture(scope="session")
def sample_store(samples: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample reports; not to be written."""
    from onrecord import app

    path = tmp_path_factory.mktemp("samples") / "samples.onrecord"
    problems: list[Problem] = []
    tally = app.add(path, [samples], reader=reader, on_problem=problems.append)
    assert (tally.read, problems) == (6, [])
    return path
