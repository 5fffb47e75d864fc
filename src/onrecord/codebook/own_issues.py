"""Issues of a user's own: a file of them, read and checked. How they are laid on the packaged list is said in ``issues``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from onrecord.codebook.issues import WAYS, IssueEntry, entry, packaged, words_of
from onrecord.errors import TableProblem

OWN = "own-"
"""How ids of a user's own issues begin, so that no later version of the list takes one of them."""
_ID = re.compile(r"own-[a-z0-9]+(-[a-z0-9]+)*")
_TEXTS = ("label", "definition", "support", "oppose", "example")
_CODES = {"topics": re.compile(r".*\w.* [A-Z]{3}"), "pairs": re.compile(r"[A-Z]{3}-[A-Z]{3}")}
_LIKE = {"topics": 'write a word and an ISO code, such as "dam ETH"', "pairs": 'write two ISO codes, such as "ARM-AZE"'}
Finding = tuple[str, str, str]
"""What is wrong with a row: the field, the message, and what to do."""


def own(text: str, path: str) -> tuple[list[IssueEntry], list[TableProblem]]:
    """The rows of a user's file (its ``text``, TOML as ``issues.toml``) and every problem in it, each with its line. ``path`` is named in them."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return [], [TableProblem(path, int(line[1]) if line else 0, "", f"is no TOML: {error}", "docs/knowledge.md shows how a file looks")]
    rows = table.get("issue", [])
    if set(table) - {"issue", "version"} or not isinstance(rows, list):
        return [], [TableProblem(path, 0, "", "only [[issue]] tables may stand here", "begin each issue with [[issue]]")]
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.replace(" ", "").startswith("[[issue]]")]
    found: list[IssueEntry] = []
    problems: list[TableProblem] = []
    seen: set[object] = set()
    for n, row in enumerate(rows):
        wrong = [("id", "stands twice", "keep one of the two")] if row.get("id") in seen else list(_wrong(row))
        seen.add(row.get("id"))
        problems += [TableProblem(path, lines[n] if n < len(lines) else 0, *finding) for finding in wrong]
        if not wrong:
            found.append(entry({**dict.fromkeys(_TEXTS, ""), **row}))
    return found, problems


def _wrong(row: dict[str, Any]) -> Iterator[Finding]:
    """What is wrong with a row."""
    shape = [finding for name, value in row.items() for finding in _misshapen(name, value)]
    yield from shape or _misplaced(row)


def _misshapen(name: str, value: object) -> Iterator[Finding]:
    """What is wrong with one field looked at by itself."""
    known = sorted(f.name for f in fields(IssueEntry))
    if name not in known:
        yield name, "is no field of an issue", f"fields are {', '.join(known)}"
    elif name in WAYS:
        if not (isinstance(value, list) and all(isinstance(v, str) and words_of(v) for v in value)):
            yield name, "must be a list of words or phrases", 'such as cues = ["fishing rights"]'
            return
        for text in value if name in _CODES else ():
            if not _CODES[name].fullmatch(text):
                yield name, f"{text!r} is not understood", _LIKE[name]
    elif name == "since":
        if not isinstance(value, int):
            yield name, "must be a year", "such as since = 2014"
    elif not isinstance(value, str):
        yield name, "must be a text", "put it in quotation marks"


def _misplaced(row: dict[str, Any]) -> Iterator[Finding]:
    """What a row says too much or too little."""
    code = row.get("id")
    if code in packaged().rows:
        if taken := sorted(set(row) - {"id", *WAYS}):
            yield (
                taken[0],
                f"cannot be changed in {code}, an issue of the list",
                "add cues, weak, topics, pairs, straight or turns to it, or make one of your own",
            )
    elif not isinstance(code, str) or not _ID.fullmatch(code):
        yield "id", f"{code!r} is no id for an issue of your own", f"write {OWN} and small letters parted by hyphens, such as own-fishing-rights"
    elif missing := [name for name in _TEXTS if not row.get(name)]:
        yield missing[0], "is missing", f"an issue needs {', '.join(_TEXTS)}"
    elif not any(row.get(name) for name in WAYS if name not in ("straight", "turns")):
        yield "cues", "is missing", "without cues, weak, topics or pairs nobody finds the issue"
