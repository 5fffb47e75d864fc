"""A knowledge base of all states and bodies and few people, so that tests of what is laid upon it take a moment."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator

import pytest

from onrecord.knowledge import KnowledgeBase, base, stack
from onrecord.knowledge.tables import rows

NAMED = frozenset({"Vladimir Putin", "Jonas Gahr Støre", "Erna Solberg", "Yoshimasa Hayashi", "Motoo Hayashi", "Keiichi Hayashi"})


@contextlib.contextmanager
def excerpt() -> Iterator[None]:
    """Within the block every base that is built has one in two hundred of the persons, those of NAMED, and their offices."""
    header, people = rows("persons")
    people = [row for n, row in enumerate(people) if n % 200 == 0 or row[1] in NAMED]
    few = {row[0] for row in people}
    offices_header, offices = rows("offices")
    kept = {"persons": (header, people), "offices": (offices_header, [row for row in offices if row[0] in few])}

    @functools.cache
    def some(table: str) -> tuple[list[str], list[list[str]]]:
        return kept[table] if table in kept else rows(table)

    with pytest.MonkeyPatch.context() as patch:
        for module in (base, stack):
            patch.setattr(module, "rows", some)
        patch.setattr(base, "_packaged", functools.cache(KnowledgeBase))
        patch.setattr(base, "_stacked", functools.lru_cache(maxsize=4)(KnowledgeBase))
        yield
