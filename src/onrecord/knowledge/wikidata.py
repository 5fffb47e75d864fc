"""What to ask Wikidata, and its answers as dated facts: positions held (P39, P1308) and memberships (P463). Sends nothing and writes nothing.

An answer that makes no fact (no date, no English name, an impossible date, a title that is none) is refused with the reason, never mended by a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.errors import KnowledgeError
from onrecord.knowledge.roles import role
from onrecord.knowledge.sparql import Row
from onrecord.knowledge.tables import day

ENDPOINT = "https://query.wikidata.org/sparql"
PAGE = 1000
MEMBERS_AT_ONCE = 40
LONGEST_OPEN = 40
"""Years; an office open for longer, but for a monarch's, has most likely lost its end."""
_CLASSES = "wd:Q48352 wd:Q2285706 wd:Q83307 wd:Q121998"
"""Head of state, head of government, minister, ambassador: positions that are one of these or a kind of one."""
_DATES = """FILTER NOT EXISTS { ?held wikibase:rank wikibase:DeprecatedRank }
  OPTIONAL { ?held pqv:P580 [ wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision ] }
  OPTIONAL { ?held pqv:P582 [ wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision ] }"""
_ENTITY = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9]\d*)")
_TIME = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)T")
_DEBRIS = re.compile(r"Q\d+|.*[\d()\[\]{}|/<>\"“”:;]|(?i:list of|members? of the|category|former|acting for)")


@dataclass(frozen=True, slots=True)
class Period:
    """A dated fact of Wikidata. For an office ``who`` is the person, ``of`` the position; for a membership the member and the organisation.

    ``name`` and ``title`` are English labels, empty for memberships; ``country`` is that asked about; dates are ISO, whole or in part, or empty.
    """

    who: str
    of: str
    name: str
    title: str
    country: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that became no fact, and why."""

    what: str
    why: str


def officials_query(state: str, since: date | None, offset: int) -> str:
    """Who held which high office of a state (a QID), one page; ``since``: without those that ended before."""
    return f"""SELECT DISTINCT ?person ?name ?position ?title ?start ?startPrecision ?end ?endPrecision ?died WHERE {{
  VALUES ?class {{ {_CLASSES} }}
  ?position wdt:P1001 wd:{state} ; wdt:P279* ?class .
  {{ ?person p:P39 ?held . ?held ps:P39 ?position }} UNION {{ ?position p:P1308 ?held . ?held ps:P1308 ?person }}
  ?person wdt:P31 wd:Q5 .
  {_DATES}
  OPTIONAL {{ ?person wdt:P570 ?died }}
  OPTIONAL {{ ?person rdfs:label ?name . FILTER(LANG(?name) = "en") }}
  OPTIONAL {{ ?position rdfs:label ?title . FILTER(LANG(?title) = "en") }}
  {_since(since)}
}} ORDER BY ?person ?position ?start ?end LIMIT {PAGE} OFFSET {offset}"""


def memberships_query(members: Iterable[str], since: date | None, offset: int) -> str:
    """What states (QIDs) belong or belonged to, one page."""
    return f"""SELECT DISTINCT ?member ?organisation ?start ?startPrecision ?end ?endPrecision WHERE {{
  VALUES ?member {{ {" ".join(f"wd:{m}" for m in members)} }}
  ?member p:P463 ?held . ?held ps:P463 ?organisation .
  {_DATES}
  {_since(since)}
}} ORDER BY ?member ?organisation ?start ?end LIMIT {PAGE} OFFSET {offset}"""


def _since(since: date | None) -> str:
    return f'FILTER(!BOUND(?end) || ?end >= "{since.isoformat()}T00:00:00Z"^^xsd:dateTime)' if since else ""


def periods(rows: Iterable[Row], country: str, today: date) -> Iterator[Period | Refused]:
    """The facts in the rows of either query, each once; an end that only one of several rows knows is that of all."""
    found: dict[tuple[str, str, str], Period | Refused] = {}
    for row in rows:
        one = _period(row, country, today)
        key = (one.who, one.of, one.start) if isinstance(one, Period) else ("", one.what, one.why)
        other = found.get(key)
        if isinstance(one, Period) and isinstance(other, Period) and one.end and other.end and one.end != other.end:
            found[key] = Refused(_what(row), f"two ends, {other.end} and {one.end}")
        elif other is None or (isinstance(other, Period) and isinstance(one, Period) and not other.end):
            found[key] = one
    yield from found.values()


def _what(row: Row) -> str:
    ids = (row.get(c, "").rpartition("/")[2] for c in ("person", "member", "position", "organisation") if c in row)
    return " ".join(filter(None, (row.get("name", ""), row.get("title", ""), *ids)))[:200]


def _period(row: Row, country: str, today: date) -> Period | Refused:
    """One row as a fact."""
    what = _what(row)
    who, of = (_ENTITY.fullmatch(row.get(a) or row.get(b) or "") for a, b in (("person", "member"), ("position", "organisation")))
    if not who or not of:
        return Refused(what, "no Wikidata ids")
    try:
        start, end = _date(row, "start"), _date(row, "end")
    except KnowledgeError as error:
        return Refused(what, error.message)
    name, title = (" ".join(row.get(c, "").split()) for c in ("name", "title"))
    if "person" in row and (reason := _no_office(name, title)):
        return Refused(what, reason)
    found = Period(who[1], of[1], name, title, country, start, end)
    reason = _impossible(found, row.get("died", ""), today)
    return Refused(what, reason) if reason else found


def _no_office(name: str, title: str) -> str:
    """Why a name and a title make no office; empty where they do."""
    if not name or not title:
        return f"no English {'name' if not name else 'title'}"
    if not name.isprintable() or len(name) > 100 or re.search(r"[\d()\[\]{}|<>\"]", name):
        return f"{name[:60]!r} is no name of a person"
    return f"{title[:60]!r} is no title" if not title.isprintable() or len(title) > 120 or _DEBRIS.match(title) else ""


def _date(row: Row, column: str) -> str:
    """A date to the precision Wikidata gives (11 day, 10 month, 9 year); empty where there is none. Raises KnowledgeError for one that is none."""
    value, precision = row.get(column, ""), row.get(f"{column}Precision", "11")
    if not value:
        return ""
    found = _TIME.match(value)
    if not found or precision not in ("9", "10", "11"):
        raise KnowledgeError(f"the {column} {value[:30]!r} is no year, month or day")
    text = "-".join(found.groups()[: int(precision) - 8])
    day(text)
    return text


def _impossible(found: Period, died: str, today: date) -> str:
    """Why the dates of a fact cannot be; empty where they can."""
    start, end = day(found.start), day(found.end, last=True)
    dead = _TIME.match(died)
    death = f"{dead[1]}-{dead[2]}-{dead[3]}" if dead else ""
    if not start:
        return "no start"
    if end and end < start:
        return f"it ends, {found.end}, before it starts, {found.start}"
    if start.year > today.year + 1:
        return f"it starts in {start.year}"
    if death and found.start[: len(death)] > death:
        return f"it starts, {found.start}, after the holder died, {death}"
    if death and not end:
        return f"no end, and the holder died on {death}"
    if found.name and not end and start.year < today.year - LONGEST_OPEN and role(found.title.partition(" of ")[0]) != "monarch":
        return f"open since {found.start}; the end is most likely missing"
    return ""


def title_of(title: str, names: Iterable[str]) -> str:
    """A position's label as a record shows it, without its state: "Prime Minister of Norway" and "Norwegian Prime Minister" are "Prime Minister"."""
    for name in sorted(names, key=len, reverse=True):
        escaped = re.escape(name)
        title = re.sub(rf"(?:,? (?:of|for) (?:the )?{escaped}|\s*,\s*{escaped})(?=\Z| to )|\A{escaped} ", "", title)
    return title[:1].upper() + title[1:]
