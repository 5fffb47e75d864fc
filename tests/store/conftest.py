"""Lets pytest explain the assertions of the contract, which is no test module by its name."""

import pytest

pytest.register_assert_rewrite("store.contract")
