"""Paths → files, in a fixed order. Folders are walked with their own stack, so depth, links that lead back and special files do no harm."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from onrecord.ingest.problems import problem
from onrecord.model import Problem


def files(path: Path) -> Iterator[Path | Problem]:
    """The files at ``path``, sorted within each folder; hidden ones are left out. What cannot be entered comes as a problem in its place.

    A folder that holds nothing is a problem too, but not an empty one inside it.
    """
    seen = False
    for found in _walk(path):
        seen = True
        yield found
    if not seen:
        yield problem("empty", shown(path), "a folder without files")


def _walk(path: Path) -> Iterator[Path | Problem]:
    stack: list[tuple[Path, frozenset[Path]]] = [(path, frozenset())]
    while stack:
        here, above = stack.pop()
        try:
            mode = here.stat().st_mode
            if stat.S_ISREG(mode):
                yield here
            elif stat.S_ISDIR(mode):
                real = here.resolve()
                if real in above:
                    yield problem("symlink-loop", shown(here))
                    continue
                inside = sorted((p for p in here.iterdir() if not p.name.startswith(".")), reverse=True)
                stack.extend((p, above | {real}) for p in inside)
            else:
                yield problem("special-file", shown(here))
        except (OSError, ValueError, RuntimeError) as error:
            yield failure(error, shown(here))


def shown(path: Path | str) -> str:
    """``path`` on one line that any encoding can write: control characters and bytes that are no UTF-8 as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(path))


def failure(error: Exception, where: str) -> Problem:
    """The problem that an error of the operating system stands for."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return problem("missing", where)
    if isinstance(error, PermissionError):
        return problem("permission-denied", where)
    if isinstance(error, RuntimeError) or (isinstance(error, OSError) and error.strerror and "symbolic" in error.strerror):
        return problem("symlink-loop", where)
    return problem("unreadable", where, str(getattr(error, "strerror", "") or error))
