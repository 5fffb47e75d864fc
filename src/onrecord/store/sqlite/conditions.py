"""What the fields of a Selection mean in SQL: conditions on columns, and sets of records.

Every value a user gave travels as a parameter, never as SQL.
"""

# ruff: noqa: S608 - the SQL is put together from this module's own words only

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from onrecord.errors import QueryError
from onrecord.store.columns import ACTING, CONCERNED, fold
from onrecord.store.days import first_day, last_day
from onrecord.store.sqlite.sets import FEW, Among, Condition, any_of
from onrecord.store.values import RecordKind, Selection
from onrecord.store.words import match_expression

Kinds = frozenset[str]
POSITIONS: Kinds = frozenset({"position"})
NOTHING: Condition = ("0", [])
NARROW = ("document_id", "statement_id", "record_id")
"""Fields that leave few records, whatever else is asked."""
EQUAL = ("type", "stance", "status", "form")
_PER_REPORT = 25  # records of one report, about
_KINDS: Mapping[str, frozenset[str]] = {
    "stance": frozenset({"position"}),
    "record_id": frozenset({"position"}),
    "form": frozenset({"statement"}),
    "type": frozenset({"event", "relation"}),
    "status": frozenset({"event", "relation"}),
    "issue": frozenset({"statement", "event", "position"}),
}
"""The kinds of record that alone have what a field asks for."""
_ROLES: Mapping[str, frozenset[str]] = {
    "statement": frozenset({"speaker", "addressees", "via", "about"}),
    "event": frozenset({"actors", "recipients", "via"}),
    "position": frozenset({"holder", "target", "via", "about"}),
    "relation": frozenset({"subject", "object", "via"}),
}
"""The roles in records of a kind: see :func:`onrecord.store.columns.participants`."""


def kinds_of(kind: str | None, selection: Selection) -> Kinds:
    """The kinds of record that may have all that is asked for; none where the fields contradict each other."""
    found = frozenset(get_args(RecordKind) if kind is None else (kind,))
    for name, kinds in _KINDS.items():
        if getattr(selection, name) is not None:
            found &= kinds
    return found


def columns_of(s: Selection, kinds: Kinds, *, plus: str = "") -> list[Condition]:
    """What the columns of a record tell, but for its kind and days. ``plus``: "+" where none of them is to say which records are read."""
    found: list[Condition] = [(f"r.{name} = ?", [value]) for name in NARROW if (value := getattr(s, name)) is not None]
    found += [(f"{plus}r.{name} = ?", [value]) for name in EQUAL if (value := getattr(s, name)) is not None]
    found += [("r.confidence >= ?", [s.confidence])] if s.confidence is not None else []
    found += [(f"{plus}r.issue = ?", [s.issue])] if s.issue is not None and kinds == POSITIONS else []
    return found if kinds else [NOTHING, *found]


def kind_of(s: Selection, kinds: Kinds, *, plus: str = "") -> list[Condition]:
    """That a record is of the one kind that may be, where no other column tells it."""
    told = len(kinds) != 1 or (kinds == POSITIONS and s.issue is not None)
    return [] if told else [(f"{plus}r.kind = ?", [*kinds])]


def in_kinds(kinds: Kinds) -> list[Condition]:
    """That a record is of one of several kinds, which an index may begin with."""
    return [(f"r.kind IN ({', '.join('?' * len(kinds))})", sorted(kinds))] if 1 < len(kinds) < len(_ROLES) else []


def sets_of(db: sqlite3.Connection, kinds: Kinds, s: Selection) -> list[Among]:
    """The conditions that no column of a record answers. ``kinds``: only of these kinds are records asked for. Raises QueryError."""
    return list(_sets(db, kinds, s))


def _sets(db: sqlite3.Connection, kinds: Kinds, s: Selection) -> Iterator[Among]:
    if s.publisher is not None:
        yield _published_by(fold(s.publisher))
    if s.language is not None and not everything_is_in(db, s.language):
        yield _written_in(s.language)
    if s.corroboration is not None and s.corroboration > 1 and not kinds <= {"position", "relation"}:
        yield _linked(kinds)
    if s.issue is not None and kinds != POSITIONS:
        yield _on(s.issue, kinds)
    if s.actor is not None:
        yield _participants(db, s.actor, ACTING, kinds)
    if s.speaker is not None:
        yield _said_by(db, s.speaker, kinds)
    if s.via is not None:
        yield _participants(db, s.via, ("via",), kinds)
    if s.about is not None:
        yield _concerning(db, s.about, kinds)
    if s.text is not None:
        yield _words(match(s.text, "words"))
    if s.confidence is not None and (sure := _sure(s.confidence)).size(db, FEW) <= FEW:
        yield sure


def everything_is_in(db: sqlite3.Connection, language: str) -> bool:
    """Whether all documents are in this language: who asks for it then asks for nothing."""
    found, there = db.execute("SELECT (SELECT count(*) FROM documents WHERE language = ?), (SELECT count(*) FROM documents)", (language,)).fetchone()
    return bool(found == there)


def _sure(confidence: float) -> Among:
    return Among(("SELECT key FROM records WHERE confidence >= ?", [confidence]), ("r.confidence >= ?", [confidence]), asking=0.0)


def _published_by(folded: str) -> Among:
    documents = "SELECT id FROM documents WHERE publisher_folded = ?"
    keys = f"SELECT key FROM records WHERE document_id IN ({documents})"
    return Among((keys, [folded]), (f"+r.document_id IN ({documents})", [folded]), (documents, [folded]), _PER_REPORT, asking=3.0)


def _written_in(language: str) -> Among:
    documents = "SELECT id FROM documents WHERE language = ?"
    keys = f"SELECT key FROM records WHERE document_id IN ({documents})"
    probe = "EXISTS (SELECT 1 FROM documents d WHERE d.id = r.document_id AND +d.language = ?)"
    return Among((keys, [language]), (probe, [language]), (documents, [language]), _PER_REPORT, asking=5.0)


_SAME = "type IN ('same-event', 'same-statement')"


def _linked(kinds: Kinds) -> Among:
    """Records that some link calls the same as another; positions and relations, which no such link could join, as they are."""
    ends = f'SELECT "left" FROM links WHERE {_SAME} UNION ALL SELECT "right" FROM links WHERE {_SAME}'
    found = " OR ".join(f'EXISTS (SELECT 1 FROM links WHERE "{end}" = r.id AND +{_SAME})' for end in ("left", "right"))
    if kinds <= {"statement", "event"}:
        return Among(
            (f"SELECT key FROM records WHERE id IN ({ends})", []), (f"({found})", []), (f"SELECT 1 FROM links WHERE {_SAME}", []), 2, 5.0, 5.0
        )
    others = "SELECT key FROM records WHERE kind IN ('position', 'relation')"
    keys = f"SELECT key FROM records WHERE id IN ({ends}) UNION ALL {others}"
    return Among((keys, []), (f"(r.kind IN ('position', 'relation') OR {found})", []), ("SELECT 1 FROM records", []), 1, 5.0, 5.0)


def _on(issue: str, kinds: Kinds) -> Among:
    """Positions on an issue, the records that show them, and the statements that they are made in."""
    of_issue: Condition = ("SELECT 1 FROM records WHERE issue = ?", [issue])
    if not kinds & {"statement", "position"}:  # what shows a position and is the statement that it is made in is no event
        keys = "SELECT record_id FROM records WHERE issue = ? AND record_id IS NOT NULL AND record_id IS NOT statement_id"
        probe = "EXISTS (SELECT 1 FROM records p WHERE p.record_id = r.id AND +p.issue = ? AND +p.record_id IS NOT p.statement_id)"
        return Among((f"SELECT key FROM records WHERE id IN ({keys})", [issue]), (probe, [issue]), (keys, [issue]), 1, 3.0, 5.0)
    ids = [f"SELECT {name} FROM records WHERE issue = ? AND {name} IS NOT NULL" for name in ("record_id", "statement_id")]
    keys = f"SELECT key FROM records WHERE id IN ({' UNION '.join(ids)})"
    shown = {"record_id": "r.kind IN ('statement', 'event')", "statement_id": "r.kind = 'statement'"}  # which records can be named there
    probe = " OR ".join(f"({kind} AND EXISTS (SELECT 1 FROM records p WHERE p.{name} = r.id AND +p.issue = ?))" for name, kind in shown.items())
    if "position" not in kinds:
        return Among((keys, [issue] * 2), (f"({probe})", [issue] * 2), of_issue, 1, 5.0, 5.0)
    own = "SELECT key FROM records WHERE issue = ?"
    return Among((f"{own} UNION ALL {keys}", [issue] * 3), (f"(r.issue IS ? OR {probe})", [issue] * 3), of_issue, 2, 5.0, 3.0)


def _words(expression: str) -> Among:
    found = "SELECT rowid FROM record_words WHERE record_words MATCH ?"
    return Among((found, [expression]), (f"EXISTS ({found} AND rowid = r.key)", [expression]), asking=20.0, listing=0.2, by_key=True)


# The issues with an id or label.
_ISSUES = (
    "SELECT issue FROM (SELECT issue FROM records WHERE issue = ? LIMIT 1)"
    " UNION SELECT issue FROM records WHERE issue_folded = ? AND issue IS NOT NULL"
)


def _concerning(db: sqlite3.Connection, about: str, kinds: Kinds) -> Among:
    """Records about an issue, an actor or a word."""
    issues = [row[0] for row in db.execute(_ISSUES, (about, fold(about)))]
    expression = match_expression(about, "about")
    on = [_on(issue, kinds) for issue in issues if kinds != {"relation"}]
    return any_of(db, [_participants(db, about, CONCERNED, kinds), *on, *([_words(expression)] if expression else [])])


def _said_by(db: sqlite3.Connection, term: str, kinds: Kinds) -> Among:
    """Statements of the speaker that ``term`` names, and what is said in them."""
    own = spoken_by(db, term)
    keys, values = f"SELECT i.key FROM records s JOIN records i ON i.statement_id = s.id WHERE s.key IN ({own.keys[0]})", own.keys[1]
    probe, given = own.probe[0].replace("r.key", "(SELECT key FROM records WHERE id = r.statement_id)"), own.probe[1]
    if "statement" in kinds:
        keys, values, probe, given = f"{own.keys[0]} UNION ALL {keys}", [*values, *values], f"({own.probe[0]} OR {probe})", [*given, *given]
    return Among((keys, values), (probe, given), own.keys, 2 if "statement" in kinds else 1, 8.0, 5.0)


def spoken_by(db: sqlite3.Connection, term: str) -> Among:
    """Statements of the speaker that ``term`` names."""
    return _participants(db, term, ("speaker",), frozenset({"statement"}))


def _participants(db: sqlite3.Connection, term: str, roles: Sequence[str], kinds: Kinds) -> Among:
    """Records of these kinds in which the actor that ``term`` names has one of ``roles``."""
    where, values = _actors(db, term)
    roles = [role for role in roles if any(role in _ROLES[kind] for kind in kinds)]
    among, named = ", ".join("?" * len(roles)), f"SELECT key FROM actors WHERE {where}"
    keys = f"SELECT record FROM participants WHERE role IN ({among}) AND actor IN ({named})"
    mentioned = f"SELECT record FROM participants WHERE role IN ({among}) AND mention_folded = ?"
    probe = (
        f"EXISTS (SELECT 1 FROM participants p WHERE p.record = r.key AND +p.role IN ({among}) AND (+p.actor IN ({named}) OR +p.mention_folded = ?))"
    )
    word = fold(term)
    return Among((f"{keys} UNION ALL {mentioned}", [*roles, *values, *roles, word]), (probe, [*roles, *values, word]), by_key=True)


def _actors(db: sqlite3.Connection, term: str) -> Condition:
    """Which rows of actors ``term`` names: an id; a country; a whole name (a state's stands for all who act for it); else whole words of a name."""
    name = fold(term)
    if db.execute("SELECT 1 FROM actors WHERE id = ?", (term,)).fetchone():
        return "id = ?", [term]
    if db.execute("SELECT 1 FROM actors WHERE country = ? AND country <> ''", (term.upper(),)).fetchone():
        return "country = ?", [term.upper()]
    countries = {row[0] for row in db.execute("SELECT country FROM actors WHERE folded = ? AND kind = 'state' AND country <> ''", (name,))}
    if countries:
        return f"folded = ? OR country IN ({', '.join('?' * len(countries))})", [name, *sorted(countries)]
    if db.execute("SELECT 1 FROM actors WHERE folded = ?", (name,)).fetchone():
        return "folded = ?", [name]
    return "instr(' ' || folded || ' ', ?) > 0", [f" {name} "]


def dates(table: str, s: Selection, *, dated: bool = False) -> Iterator[Condition]:
    """The row's days touch those asked for; a row without any does not. ``dated``: all rows have days."""
    if s.since is not None:
        yield f"{table}.last_day >= ?", [_day("since", s.since, first_day(s.since))]
    if s.until is not None:
        until = _day("until", s.until, last_day(s.until))
        yield (f"{table}.first_day <= ?" if dated else f"{table}.first_day BETWEEN '0' AND ?"), [until]


def _day(name: str, value: str, day: str) -> str:
    if not day:
        raise QueryError(f"{name}: {value!r} is no date", hint="write 2024, 2024-07 or 2024-07-03")
    return day


def match(text: str, column: str | None = None) -> str:
    """The words of ``text`` to look for. Raises QueryError where it has none."""
    expression = match_expression(text, column)
    if expression is None:
        raise QueryError(f"text: {text!r} holds no word to look for", hint="give a word or a number")
    return expression
