"""Every problem that taking in a report can meet: one stable code each, its meaning and what to do about it.

The table is the one place where they are written down; the documentation is generated from it. Problems never stop the run: each is one row of
the issues log and the next input goes on. Only the codes of ``NOTES`` come together with a document.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Problem


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What a problem code means, and the hint shown with it."""

    meaning: str
    hint: str


KINDS: dict[str, ProblemKind] = {
    "missing": ProblemKind("there is no such file or folder", "check the path"),
    "permission-denied": ProblemKind("the file or folder may not be read", "change its permissions or run as its owner"),
    "unreadable": ProblemKind("the operating system failed to read it", "check the disk and the path, then add it again"),
    "special-file": ProblemKind("a device, socket or pipe, not a report", "give files, folders, or - for standard input"),
    "symlink-loop": ProblemKind("a link that leads back to a folder it lies in", "remove the link; everything behind it is read once"),
    "empty": ProblemKind("there is no text in it", "remove it, or check how it was saved"),
    "binary": ProblemKind("the bytes are not text", "convert it to text, HTML or JSONL first"),
    "unsupported-format": ProblemKind("a format that cannot be taken in", "convert it to text, HTML or JSONL first"),
    "bad-encoding": ProblemKind("the bytes are in no encoding that could be told", "save it as UTF-8"),
    "encoding-assumed": ProblemKind(
        "the text is not UTF-8 and was read in another encoding", "check its accents and quotation marks; UTF-8 is certain"
    ),
    "characters-mended": ProblemKind(
        "control characters were taken out of the text, or halves of surrogate pairs replaced",
        "check how it was saved; --raw-text leaves controls in",
    ),
    "too-long": ProblemKind("it is longer than one report may be", "split it into reports, one JSONL row each, or raise the limit"),
    "lone-surrogate": ProblemKind(
        "half of a surrogate pair stands alone, which no encoding can write", "repair the text, or read it without --raw-text"
    ),
    "bad-json": ProblemKind("the line is no JSON object", 'write one JSON object a line: {"text": "…"}'),
    "bad-row": ProblemKind("a field is missing or has the wrong type", "text is required; all named fields are strings"),
    "bad-table": ProblemKind("the table cannot be read", "give it a header row with a column text, and quote cells as CSV does"),
    "bad-date": ProblemKind("a publication date that does not exist or is not an ISO date", "write it as YYYY-MM-DD"),
    "unsupported-language": ProblemKind("the report is in a language that cannot be read", "English can be read; give language: en if it is English"),
    "no-article": ProblemKind("no running text was found on the page", "save the article's text and add that"),
    "page-time": ProblemKind("the page took too long and was given up", "save the article's text and add that"),
    "page-memory": ProblemKind("the page needed too much memory and was given up", "save the article's text and add that"),
    "page-crashed": ProblemKind("the page brought the extractor down", "save the article's text and add that"),
}
NOTES = frozenset({"encoding-assumed", "characters-mended"})
"""Problems that come with a document: it was read, but something about it should be known."""


def problem(code: str, where: str, detail: str = "") -> Problem:
    """The problem ``code`` at ``where``; ``detail`` says what is special about this case."""
    kind = KINDS[code]
    return Problem(code, f"{kind.meaning} ({detail})" if detail else kind.meaning, where, kind.hint)
