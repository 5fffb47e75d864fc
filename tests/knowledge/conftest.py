"""The packaged knowledge base, read once for all tests of it."""

from __future__ import annotations

import pytest

from onrecord.knowledge import KnowledgeBase, knowledge_base


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    return knowledge_base()
