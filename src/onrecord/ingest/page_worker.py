"""The child process that takes the article out of a page. It runs alone, under limits, and may be killed at any moment.

Started by ``child`` as a script, so that it imports nothing of onrecord: a fresh child costs a quarter of a second. It reads pages from standard
input and answers on standard output, each message a length (8 bytes, big-endian) and as many bytes: HTML as UTF-8 in, JSON out. It opens no
connection. Arguments: memory limit in bytes, CPU limit in seconds a page.
"""

from __future__ import annotations

import html
import json
import logging
import math
import re
import resource
import struct
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")
OUT_OF_MEMORY = 3
"""Exit status of a child that ran into its memory limit."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PIECE = re.compile(r"\S+")
_HIDDEN = re.compile(r"<(script|style|head)\b", re.IGNORECASE)


def main() -> None:
    """Answer pages."""
    serve(lambda raw: article(raw.decode("utf-8")))


def serve(answer: Callable[[bytes], dict[str, Any]]) -> None:
    """Give the ``answer`` to each message under the limits that the arguments say, until standard input ends."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    logging.disable(logging.CRITICAL)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        while head := asked.read(LENGTH.size):
            _limit_processor(seconds)
            _send(answers, answer(asked.read(LENGTH.unpack(head)[0])))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def article(page: str) -> dict[str, Any]:
    """The article of ``page``: its text, fields, and where its lines stood ((start, length) in the text, then in the page). Empty where none is."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - after the limits are set, and only where a page is read

    found = bare_extraction(
        page,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or isinstance(found, dict) or not found.text:
        return {}
    fields = {"title": found.title, "publisher": found.sitename, "published": found.date, "url": found.url, "author": found.author}
    return {"text": found.text, "fields": {k: v for k, v in fields.items() if v}, "lines": list(located(found.text, page))}


def located(text: str, page: str) -> Iterator[tuple[int, int, int, int]]:
    """Where each line of ``text`` stands in ``page``: (start, length) there after (start, length) here.

    Both are compared without white space and markup, so inline tags and line breaks do not matter. A line not found after the ones before it is
    left out.
    """
    letters, places = _visible(page)
    at = here = 0
    for line in text.split("\n"):
        bare = "".join(line.removeprefix("- ").split())
        found = letters.find(bare, at) if bare else -1
        if found >= 0:
            at = found + len(bare)
            yield here, len(line), places[found], places[at - 1] + 1 - places[found]
        here += len(line) + 1


def _visible(page: str) -> tuple[str, list[int]]:
    """The characters of ``page`` outside tags, without white space and with entities resolved, and where each stands."""
    letters: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(page):
        opening = page.find("<", at)
        stretch_end = opening if opening >= 0 else len(page)
        for piece in _PIECE.finditer(page, at, stretch_end):
            for start, shown in _resolved(piece.group(), piece.start()):
                letters.append(shown)
                places.extend(range(start, start + len(shown)))
        if opening < 0:
            break
        at = _after_tag(page, opening)
    return "".join(letters), places


def _resolved(piece: str, start: int) -> Iterator[tuple[int, str]]:
    last = 0
    for entity in _ENTITY.finditer(piece):
        if entity.start() > last:
            yield start + last, piece[last : entity.start()]
        for shown in html.unescape(entity.group()).strip():
            yield start + entity.start(), shown
        last = entity.end()
    if last < len(piece):
        yield start + last, piece[last:]


def _after_tag(page: str, opening: int) -> int:
    """Where the text goes on after the tag at ``opening``; scripts, styles and the head are passed over whole."""
    if hidden := _HIDDEN.match(page, opening):
        closing = re.compile(f"</{hidden[1]}", re.IGNORECASE).search(page, opening)
        opening = closing.start() if closing else len(page)
    end = page.find(">", opening)
    return end + 1 if end >= 0 else len(page)


def _limit_processor(seconds: int) -> None:
    """Allow ``seconds`` of processor time from now on; the kernel ends the process after that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = math.ceil(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    raw = json.dumps(answer).encode()
    answers.write(LENGTH.pack(len(raw)) + raw)
    answers.flush()


if __name__ == "__main__":
    main()
