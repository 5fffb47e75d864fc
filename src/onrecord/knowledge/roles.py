"""From the many names of an office to one canonical role, and from the many names of a ministry to a kind of body. Data: languages/en/roles.toml."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from onrecord.knowledge.sectors import sectors as by_words
from onrecord.languages import language

_SPELLING = (("defense", "defence"), ("vice-", "vice "), ("-", " "), ("national security advisor", "national security adviser"))
_MINISTER = re.compile(
    r"(?:(?:minister|secretary of state|secretary) (?:of|for) (?:the )?(?P<after>.+)|(?P<before>.+) (?:minister|secretary))\Z",
)
_ENDINGS = (
    (re.compile(r" (?:spokesman|spokeswoman|spokesperson|press secretary)\Z|^(?:spokesman|spokeswoman) for "), "spokesperson"),
    (re.compile(r"^(?:ambassador|permanent representative|special envoy|envoy|high commissioner) (?:to|for) "), "ambassador"),
    (re.compile(r"^(?!.*\bdeputy\b)(?:leader of .*|.* leader|.* political chief|leader in .*|.* leader in .*)\Z"), "leader"),
)
_ABOUT = re.compile(r" (?:of|for|to|on|with|in) ")
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY", "OPP", "REL"})
_QUALIFIED = re.compile(r"(?:former|ex|then|acting|interim|caretaker|outgoing|new|newly appointed|visiting|incoming|late|us|u\.s\.|chinese) ")


@dataclass(frozen=True, slots=True)
class BodyKind:
    """A kind of body every state has: its generic English name and its PLOVER sectors."""

    kind: str
    name: str
    sectors: tuple[str, ...]


def plain(phrase: str) -> str:
    """A title or body name in the spelling of the tables: lower case, British, no hyphen, no article, no "former" or "acting"."""
    text = " ".join(phrase.lower().replace("’", "'").split())
    for ours, theirs in _SPELLING:
        text = text.replace(ours, theirs)
    text = text.removeprefix("the ")
    while found := _QUALIFIED.match(text):
        text = text[found.end() :]
    return text


@functools.cache
def role(phrase: str, country: str | None = None) -> str | None:
    """The canonical role a title names ("Foreign Secretary" → "foreign minister"), or None where it names none that we know.

    With ``country`` a title that means something else there is read its way: India's Foreign Secretary is no minister.
    """
    text = plain(phrase)
    known, portfolios = _roles()
    if country in _national() and text in _national()[country]:
        return _national()[country][text]
    if text in known:
        return known[text]
    found = _MINISTER.match(text)
    if found:
        return portfolios.get(found["after"] or found["before"])
    return next((name for pattern, name in _ENDINGS if pattern.search(text)), None)


@functools.cache
def body_kind(phrase: str) -> BodyKind | None:
    """The kind of body a generic name means ("Ministry of Foreign Affairs" → foreign ministry), or None."""
    return _bodies().get(plain(phrase))


def sector(canonical: str) -> str:
    """The PLOVER sector of those who hold a role; GOV where the table says nothing else."""
    return _by_role("sector").get(canonical, "GOV")


def sectors(canonical: str) -> tuple[str, ...]:
    """The PLOVER sectors of those who hold a role or an office that is none of the canonical ones, by its words; GOV where they tell nothing."""
    if canonical in _by_role("sector") or canonical in _by_role("rank"):
        return (sector(canonical),)
    head, *rest = _ABOUT.split(canonical, maxsplit=1)
    found = by_words(head.split(), by_words(rest[0].split()) if rest else ())
    return found if set(found) & _OFFICIAL else ("GOV",)


def rank(canonical: str) -> int:
    """How high a role ranks: 1 leaders, 2 foreign and defence ministers and their like, 3 other ministers, 4 the rest."""
    return int(_by_role("rank").get(canonical, "4"))


def _table() -> dict[str, Any]:
    return language("en").table("roles")


@functools.cache
def _roles() -> tuple[dict[str, str], dict[str, str]]:
    """Phrases to roles, and portfolios to roles."""
    table = _table()
    return (
        {plain(phrase): name for name, phrases in table["role"].items() for phrase in phrases},
        {plain(phrase): name for name, phrases in table["portfolio"].items() for phrase in phrases},
    )


@functools.cache
def _national() -> dict[str | None, dict[str, str]]:
    return {country: {plain(phrase): name for phrase, name in titles.items()} for country, titles in _table()["national"].items()}


@functools.cache
def _bodies() -> dict[str, BodyKind]:
    found: dict[str, BodyKind] = {}
    for kind, entry in _table()["body"].items():
        body = BodyKind(kind, entry["name"], tuple(entry["sectors"]))
        found.update({plain(phrase): body for phrase in (kind, *entry["phrases"])})
    return found


@functools.cache
def _by_role(part: str) -> dict[str, str]:
    return {name: value for value, names in _table()[part].items() for name in names}
