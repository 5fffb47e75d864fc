"""The issues on which actors take sides: a versioned list, and a finder that reads the issue off the words of a target.

The finder knows phrases and pairs of states, nothing of who holds which stance. Source: own list (``issues.toml``).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import resources

from onrecord.codebook.entry import Entry
from onrecord.errors import CodebookError
from onrecord.model.records import Issue

SOURCE = "onrecord issue list"
_WORD = re.compile(r"\w+(?:'s)?")


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """A row of the list. ``cues``: lower-case phrases; ``pairs``: two ISO codes each; ``since``: its first year."""

    id: str
    label: str
    definition: str
    support: str
    oppose: str
    example: str
    cues: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    since: int = 0


@functools.cache
def _list() -> tuple[str, dict[str, IssueEntry]]:
    table = tomllib.loads(resources.files("onrecord.codebook").joinpath("issues.toml").read_text(encoding="utf8"))
    rows = {r["id"]: IssueEntry(**{**r, "cues": tuple(r["cues"]), "pairs": tuple(r.get("pairs", ()))}) for r in table["issue"]}
    if len(rows) != len(table["issue"]):
        raise CodebookError("the issue list has two rows of one id")
    return table["version"], rows


def version() -> str:
    """The version of the list."""
    return _list()[0]


def issues() -> tuple[IssueEntry, ...]:
    """Every issue, in the order of the list."""
    return tuple(_list()[1].values())


def issue(code: str) -> IssueEntry:
    """The issue with the id ``code``; raises CodebookError where there is none."""
    try:
        return _list()[1][code]
    except KeyError:
        raise CodebookError(f"no issue is called {code!r}", hint="onrecord explain issues lists them") from None


def entries() -> Iterator[Entry]:
    """Every issue as a codebook entry."""
    for row in issues():
        text = f"{row.definition} Support: {row.support}. Oppose: {row.oppose}."
        yield Entry(row.id, "issue", row.label, text, row.example, f"{SOURCE}, version {version()}")


def _words(text: str) -> list[str]:
    """Lower-case words; hyphens and dots separate ("one-China", "U.S.")."""
    return _WORD.findall(text.lower().replace("’", "'"))


@functools.cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word → (all words, issue id), the longest phrase first; on equal length the order of the list decides."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in issues():
        for cue in row.cues:
            words = tuple(_words(cue))
            index.setdefault(words[0], []).append((words, row.id))
    for found in index.values():
        found.sort(key=lambda item: -len(item[0]))
    return index


@functools.cache
def _pairs() -> dict[frozenset[str], str]:
    return {frozenset(pair.split("-")): row.id for row in reversed(issues()) for pair in row.pairs if len(set(pair.split("-"))) == 2}


def find_issue(text: str, countries: Collection[str] = (), year: int | None = None) -> Issue | None:
    """The issue the words of ``text`` name: the longest phrase, the first of several as long; else that of a pair; else None.

    ``countries``: ISO codes of the two sides; ``year``: the report's, so that no issue is found before its time.
    """
    words = _words(text)
    best: tuple[int, str] | None = None
    phrases = _phrases()
    for i, word in enumerate(words):
        for phrase, code in phrases.get(word, ()):
            longer = best is None or len(phrase) > best[0]
            if longer and tuple(words[i : i + len(phrase)]) == phrase and _current(code, year):
                best = (len(phrase), code)
                break
    code = best[1] if best else _pairs().get(frozenset(countries), "")
    return Issue(code, issue(code).label) if code and _current(code, year) else None


def _current(code: str, year: int | None) -> bool:
    return year is None or issue(code).since <= year
