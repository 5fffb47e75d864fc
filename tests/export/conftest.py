"""Lets pytest explain the assertions of the contract, whose module is no test module by its name."""

import pytest

pytest.register_assert_rewrite("export.contract", "export.world")
