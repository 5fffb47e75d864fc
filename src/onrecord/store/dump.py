"""The whole content of a store as lines of JSON in one fixed order, so that two stores can be compared byte for byte. Writes no file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from onrecord.model import to_dict
from onrecord.store.base import View


def dump(view: View) -> Iterator[str]:
    """One JSON object a line: runs, inputs, problems, links, decisions, then each document with everything read from it, by id.

    Two stores given the same readings, in any order and with any interruptions, give the same lines.
    """
    for name, values in (
        ("run", view.runs()),
        ("input", view.inputs()),
        ("problem", view.problems()),
        ("link", view.links()),
        ("decision", view.decisions()),
    ):
        for value in values:
            yield _line(name, to_dict(value))
    for document_id in sorted(d.id for d in view.documents()):
        yield _line("reading", to_dict(view.reading(document_id)))


def _line(name: str, value: Any) -> str:
    return json.dumps({name: value}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
