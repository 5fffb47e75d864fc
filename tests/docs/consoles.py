"""The ```console blocks of the documentation: found, run, compared and written again.

A line that begins with ``$ onrecord`` is run as on a terminal 110 characters wide without colour, in a folder with nothing but ``examples``;
what follows it, up to the next such line, is what it prints. ``python tests/docs/consoles.py`` writes what is printed now into the pages.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/tutorial.md", "docs/knowledge.md", "docs/network.md", "docs/brief.md", "docs/threads.md", "docs/links.md")
BLOCK = re.compile(r"(?<=```console\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
TERMINAL = {"COLUMNS": "110", "LINES": "50", "TERM": "dumb"}


class Screen(io.StringIO):
    """Standard output that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


class Side(io.StringIO):
    """Standard error that ends up on the same screen."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.screen = screen

    def write(self, text: str) -> int:
        return self.screen.write(text)


def run(command: str) -> str:
    """What ``command`` prints; lines lose the spaces at their end."""
    from onrecord.cli.main import main

    screen = Screen()
    before = sys.argv, {name: os.environ.get(name) for name in TERMINAL}
    sys.argv = shlex.split(command)
    os.environ.update(TERMINAL)
    try:
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(Side(screen)), contextlib.suppress(SystemExit):
            main()
    finally:
        sys.argv = before[0]
        for name, value in before[1].items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
    assert "[reading-failed]" not in screen.getvalue(), screen.getvalue()
    return "".join(line.rstrip() + "\n" for line in screen.getvalue().rstrip().splitlines())


def commands(block: str) -> list[str]:
    """The commands of a block that are ours; others (make …) are shown but not run."""
    return [line[2:] for line in block.splitlines() if line.startswith("$ onrecord ")]


def rewritten(page: str) -> str:
    """The page with what its commands print now."""

    def again(found: re.Match[str]) -> str:
        own = commands(found.group())
        return "".join(f"$ {command}\n{run(command)}" for command in own) if own else found.group()

    return BLOCK.sub(again, page)


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """An empty folder beside the examples, as the working directory."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "examples").symlink_to(ROOT / "examples")
        Path(folder, ".demo").mkdir()
        with contextlib.chdir(folder):
            yield Path(folder)


if __name__ == "__main__":
    for name in PAGES:
        path = ROOT / name
        with workplace():
            path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
