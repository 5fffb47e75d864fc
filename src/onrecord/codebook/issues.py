"""The issues on which actors take sides: a versioned list, and a finder that reads the issue off the words of a target.

The finder knows phrases and pairs of states, nothing of who holds which stance. Source: own list (``issues.toml``).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from onrecord.codebook.entry import Entry
from onrecord.errors import CodebookError
from onrecord.model.records import Issue

SOURCE = "onrecord issue list"
_WORD = re.compile(r"\w+")
WAYS = ("cues", "weak", "topics", "pairs", "straight", "turns")
"""The fields with words and codes: those by which an issue is found, and what turns a side."""
_TOPIC, _WEAK = 2.5, 0.5
"""A topic word with its country tells more than a phrase of two words, less than one of three; a weak word less than any phrase."""


_AGAINST = frozenset({
    "opposition", "opposing", "opposed", "against", "rejection", "resistance", "ending", "ended", "ends", "end", "halt", "halting", "lifting",
    "lifted", "removal", "removing", "abolition", "abolishing", "scrapping", "repeal", "ban", "boycott",
})  # fmt: skip
"""Words of a target that say it is against something itself."""


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """A row of the list.

    ``cues``: lower-case phrases; ``weak``: words that name it only where no phrase names another issue; ``topics``: a word and an ISO code;
    ``pairs``: two ISO codes; ``since``: its first year; ``straight``: phrases of what ``support`` is for (without them the cues are); ``turns``:
    phrases of what stands on the other side: who supports that is against.
    """

    id: str
    label: str
    definition: str
    support: str
    oppose: str
    example: str
    cues: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    straight: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    since: int = 0

    def side(self, stance: str, target: str) -> str:
        """On which side of the question a stance towards ``target`` is: ``for`` or ``against`` what ``support`` says; "" where the words do not tell.

        "Opposes the opposition to it" turns twice; a bare name ("supports Ruritania") says nothing of the question.
        """
        if stance not in ("support", "oppose"):
            return ""
        plain = f" {' '.join(words_of(target))} "
        turned, straight = (any(f" {' '.join(words_of(t))} " in plain for t in texts) for texts in (self.turns, self.straight or self.cues))
        if not turned and not straight:
            return ""
        turned ^= any(f" {word} " in plain for word in _AGAINST)
        return "for" if (stance == "support") != turned else "against"


class IssueList:
    """Issues in their order, with a finder. ``rows``: by id."""

    def __init__(self, rows: Iterable[IssueEntry]) -> None:
        self.rows = {row.id: row for row in rows}
        self._phrases: dict[str, list[tuple[float, tuple[str, ...], str]]] = {}
        self._topics: dict[str, list[tuple[str, str]]] = {}
        self._pairs: dict[frozenset[str], str] = {}
        for row in self.rows.values():
            self._index(row)
        for found in self._phrases.values():
            found.sort(key=lambda item: -item[0])

    def _index(self, row: IssueEntry) -> None:
        for cue in (*row.cues, *row.weak):
            words = tuple(words_of(cue))
            weight = _WEAK if cue in row.weak else float(len(words))
            self._phrases.setdefault(words[0], []).append((weight, words, row.id))
        for topic in row.topics:
            *words_, country = topic.split()
            self._topics.setdefault(" ".join(words_), []).append((country, row.id))
        for pair in row.pairs:
            self._pairs.setdefault(frozenset(pair.split("-")), row.id)

    def find(self, text: str, countries: Collection[str] = (), year: int | None = None, *, weak: bool = True) -> Issue | None:
        """The issue the words of ``text`` name: the longest phrase, the first of several as long, or a topic word with one of ``countries``.

        ``countries``: ISO codes of actors named beside it; ``year``: the report's, so that no issue is found before its time; ``weak``: whether a
        weak word will do. Else None.
        """
        words = words_of(text)
        best: tuple[float, str] | None = None
        for i, word in enumerate(words):
            for weight, phrase, code in self._phrases.get(word, ()):
                if (
                    (best is None or weight > best[0])
                    and (weak or weight > _WEAK)
                    and tuple(words[i : i + len(phrase)]) == phrase
                    and self._current(code, year)
                ):
                    best = (weight, code)
                    break
            for country, code in self._topics.get(word, ()):
                if (best is None or best[0] < _TOPIC) and country in countries and self._current(code, year):
                    best = (_TOPIC, code)
        return self.issue(best[1]) if best else None

    def between(self, countries: Collection[str], year: int | None = None) -> Issue | None:
        """The issue that dealings of two states usually are about; None for any other number of states."""
        code = self._pairs.get(frozenset(countries), "") if len(set(countries)) == 2 else ""
        return self.issue(code) if code and self._current(code, year) else None

    def issue(self, code: str) -> Issue:
        """The issue with an id as a record names it."""
        return Issue(code, self.rows[code].label)

    def _current(self, code: str, year: int | None) -> bool:
        return year is None or self.rows[code].since <= year

    def with_own(self, rows: Iterable[IssueEntry]) -> IssueList:
        """The list with rows of a user's own. A row with an id of the list adds its cues to that issue."""
        merged = dict(self.rows)
        for row in rows:
            old = merged.get(row.id)
            merged[row.id] = row if old is None else _more(old, row)
        return IssueList(merged.values())


def _more(old: IssueEntry, row: IssueEntry) -> IssueEntry:
    return replace(
        old,
        cues=(*old.cues, *row.cues),
        weak=(*old.weak, *row.weak),
        topics=(*old.topics, *row.topics),
        pairs=(*old.pairs, *row.pairs),
        straight=(*old.straight, *row.straight),
        turns=(*old.turns, *row.turns),
    )


@functools.cache
def packaged() -> IssueList:
    """The list of this version of onrecord. Raises CodebookError where it has two rows of one id."""
    table = _table()
    found = IssueList(entry(r) for r in table["issue"])
    if len(found.rows) != len(table["issue"]):
        raise CodebookError("the issue list has two rows of one id")
    return found


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("onrecord.codebook").joinpath("issues.toml").read_text(encoding="utf8"))


def entry(row: dict[str, Any]) -> IssueEntry:
    """A row of a TOML table as an entry."""
    return IssueEntry(**{**row, **{k: tuple(row.get(k, ())) for k in WAYS}})


def version() -> str:
    """The version of the list."""
    found: str = _table()["version"]
    return found


def issues() -> tuple[IssueEntry, ...]:
    """Every issue of the packaged list, in its order."""
    return tuple(packaged().rows.values())


def issue(code: str) -> IssueEntry:
    """The packaged issue with the id ``code``; raises CodebookError where there is none."""
    try:
        return packaged().rows[code]
    except KeyError:
        raise CodebookError(f"no issue is called {code!r}", hint="onrecord explain issues lists them") from None


def entries() -> Iterator[Entry]:
    """Every packaged issue as a codebook entry."""
    for row in issues():
        text = f"{row.definition} Support: {row.support}. Oppose: {row.oppose}."
        yield Entry(row.id, "issue", row.label, text, row.example, f"{SOURCE}, version {version()}")


def words_of(text: str) -> list[str]:
    """Lower-case words; hyphens and dots separate ("one-China", "U.S."), a genitive ending is dropped."""
    return _WORD.findall(text.lower().replace("’", "'").replace("'s ", " "))


def find_issue(text: str, countries: Collection[str] = (), year: int | None = None) -> Issue | None:
    """:meth:`IssueList.find` on the packaged list."""
    return packaged().find(text, countries, year)


def pair_issue(countries: Collection[str], year: int | None = None) -> Issue | None:
    """:meth:`IssueList.between` on the packaged list."""
    return packaged().between(countries, year)
