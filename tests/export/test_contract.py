"""Every exporter that is registered passes the contract."""

from __future__ import annotations

import pytest

from export.contract import ExporterContract
from onrecord.errors import QueryError
from onrecord.export import find, known


@pytest.mark.parametrize("name", known(), scope="class")
class TestExporters(ExporterContract):
    @pytest.fixture(autouse=True)
    def chosen(self, name: str):
        self.name = name


def test_the_built_in_ones_are_registered():
    assert {"polecat", "gdelt"} <= set(known())


def test_an_unknown_one_is_an_error_that_names_the_known():
    with pytest.raises(QueryError) as caught:
        find("icews")
    assert "polecat" in caught.value.hint
