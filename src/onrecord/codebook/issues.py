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
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """A row of the list. ``cues``: lower-case phrases; ``topics``: a word and an ISO code; ``pairs``: two ISO codes; ``since``: its first year."""

    id: str
    label: str
    definition: str
    support: str
    oppose: str
    example: str
    cues: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    since: int = 0


_TOPIC = 2.5
"""A topic word with its country tells more than a phrase of two words, less than one of three."""


@functools.cache
def _list() -> tuple[str, dict[str, IssueEntry]]:
    table = tomllib.loads(resources.files("onrecord.codebook").joinpath("issues.toml").read_text(encoding="utf8"))
    rows = {r["id"]: IssueEntry(**{**r, **{k: tuple(r.get(k, ())) for k in ("cues", "topics", "pairs")}}) for r in table["issue"]}
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
    """Lower-case words; hyphens and dots separate ("one-China", "U.S."), a genitive ending is dropped."""
    return _WORD.findall(text.lower().replace("’", "'").replace("'s ", " "))


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


@functools.cache
def _topics() -> dict[str, list[tuple[str, str]]]:
    """Word → (ISO code, issue id)."""
    index: dict[str, list[tuple[str, str]]] = {}
    for row in issues():
        for topic in row.topics:
            *words, country = topic.split()
            index.setdefault(" ".join(words), []).append((country, row.id))
    return index


def find_issue(text: str, countries: Collection[str] = (), year: int | None = None) -> Issue | None:
    """The issue the words of ``text`` name: the longest phrase, the first of several as long, or a topic word with one of ``countries``; else None.

    ``countries``: ISO codes of actors named beside it; ``year``: the report's, so that no issue is found before its time.
    """
    words = _words(text)
    best: tuple[float, str] | None = None
    phrases, topics = _phrases(), _topics()
    for i, word in enumerate(words):
        for phrase, code in phrases.get(word, ()):
            if (best is None or len(phrase) > best[0]) and tuple(words[i : i + len(phrase)]) == phrase and _current(code, year):
                best = (len(phrase), code)
                break
        for country, code in topics.get(word, ()):
            if (best is None or best[0] < _TOPIC) and country in countries and _current(code, year):
                best = (_TOPIC, code)
    return Issue(best[1], issue(best[1]).label) if best else None


def pair_issue(countries: Collection[str], year: int | None = None) -> Issue | None:
    """The issue that dealings of two states usually are about; None for any other number of states."""
    code = _pairs().get(frozenset(countries), "")
    return Issue(code, issue(code).label) if code and _current(code, year) else None


def _current(code: str, year: int | None) -> bool:
    return year is None or issue(code).since <= year
