"""Where the ``text`` of a JSONL row stands in its line, escape by escape, so that offsets lead back into the file."""

from __future__ import annotations

import json
import re

from onrecord.text.offsets import Edit, Layer

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]')
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")


def escapes(line: str) -> Layer:
    """The layer from the row's ``text`` to ``line``, a JSON object that was parsed already and holds one."""
    start, end = _value(line)
    edits: list[Edit] = [(0, 0, 0, start)]
    longer = start
    for escape in _ESCAPE.finditer(line, start, end):
        length = escape.end() - escape.start()
        edits.append((escape.start() - longer, 1, escape.start(), length))
        longer += length - 1
    return tuple(edits)


def _value(line: str) -> tuple[int, int]:
    """Where the string under the object's own key ``text`` stands, without its quotation marks; the last one counts, as for the parser."""
    depth, key, found = 0, "", (0, 0)
    expect_value = False
    for token in _TOKEN.finditer(line):
        mark = token[0][0]
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
        elif depth != 1:
            continue
        elif mark == '"' and expect_value:
            found = (token.start() + 1, token.end() - 1) if key == "text" else found
        elif mark == '"':
            key = json.loads(token[0])
        expect_value = mark == ":" and depth == 1
    return found
