"""Lets pytest explain the assertions of the contract, whose modules are no test modules by their names."""

import pytest

pytest.register_assert_rewrite("store.contract", "store.durable")
