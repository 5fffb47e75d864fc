"""Overlays laid on the packaged tables, one upon the other: which row changes which, what is new, what goes, and whether it all fits together.

Reads no file (see ``overlay``) and answers no question (see ``base``); its result is a set of tables like the packaged ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.errors import OverlayError, TableProblem
from onrecord.knowledge import roles, schema
from onrecord.knowledge.overlay import MAX_PROBLEMS, Finding, Overlay, Row
from onrecord.knowledge.tables import Tables, rows

MOST = 2_000
"""Offices of one person, or memberships of one member in one organisation: nobody has so many."""


def stack(overlays: Sequence[Overlay]) -> Tables:
    """The packaged tables with the overlays on them, the last on top: all of actors, and those of facts that an overlay speaks of.

    Raises OverlayError with every problem of every overlay.
    """
    layers = _Layers()
    for overlay in overlays:
        layers.apply(overlay)
    if layers.problems:
        raise OverlayError(" and ".join(str(o.named) for o in overlays), tuple(layers.problems))
    return {table: (header, [row for row in layers.rows[table] if row]) for table, header in layers.headers.items()}


class _Layers:
    """Tables while overlays are laid on them. A row that is withdrawn leaves an empty one behind, so that numbers of rows stay."""

    def __init__(self) -> None:
        self.overlay = Overlay(Path(), "", Path(), {})
        self.problems: list[TableProblem] = []
        self.headers: dict[str, list[str]] = {}
        self.rows: dict[str, list[list[str]]] = {}
        self.at: dict[str, dict[str, int]] = {}
        self.ids: dict[str, tuple[str, int]] = {}
        self.states: dict[str, str] = {}
        self.facts: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        for table in ("sources", *schema.ACTOR_TABLES):
            self._load(table)

    def _load(self, table: str) -> None:
        """Take in a packaged table, where that was not done before: the large ones of facts only when an overlay speaks of them."""
        if table not in self.rows:
            header, body = rows(table)
            self.headers[table], self.rows[table] = header, list(body)
            self.at[table] = {name: n for n, name in enumerate(header)}
            for number in range(len(body)):
                self._enter(table, number)

    def _enter(self, table: str, number: int) -> None:
        """Make a row findable."""
        row, at = self.rows[table][number], self.at[table]
        if table in ("offices", "memberships"):
            self.facts[table, self._about(table, row)].append(number)
            return
        self.ids[self._key(table, row[0])] = table, number
        if table == "states":
            self.states[row[at["country"]]] = row[0]

    @staticmethod
    def _about(table: str, row: Sequence[str]) -> tuple[str, ...]:
        """What the rows of a dated fact are gathered by: the person, or the organisation and the member."""
        return tuple(row[:1] if table == "offices" else row[:2])

    def _alike(self, table: str, cells: dict[str, str]) -> list[int]:
        """The numbers of the dated facts about the same as a row."""
        return self.facts.get((table, self._about(table, [cells.get(name, "") for name in self.headers[table]])), [])

    @staticmethod
    def _key(table: str, key: str) -> str:
        """The key of a row among all ids: codes of sources are no ids."""
        return f"source {key}" if table == "sources" else key

    def apply(self, overlay: Overlay) -> None:
        """Lay one overlay on what there is."""
        self.overlay = overlay
        self.problems += overlay.problems
        if overlay.blind:
            return
        own = self.headers["sources"]
        if self._key("sources", overlay.code) not in self.ids:
            said = {"code": overlay.code, "what": f"the user's tables in {overlay.folder.name}", "licence": "not stated"}
            self._append("sources", [said.get(name, "") for name in own])
        for table in overlay.tables:
            for needed in ("offices", "memberships", "situations") if table == "withdrawn" else (table,):
                self._load(needed)
        self._cascade({gone for row in overlay.tables.get("withdrawn", ()) if (gone := self._withdraw(row))})
        touched = [
            (table, row, number) for table in schema.TABLES for row in overlay.tables.get(table, ()) if (number := self._lay(table, row)) is not None
        ]
        for table, row, number in touched:
            for column, message, hint in self._dangling(table, number):
                self._complain(table, row.line, (column, message, hint))
        self._orphaned()

    def _complain(self, table: str, line: int, finding: Finding) -> None:
        if len(self.problems) > MAX_PROBLEMS:
            return
        self.problems.append(TableProblem(str(self.overlay.named / f"{table}.tsv"), line, *finding))

    def _append(self, table: str, cells: list[str]) -> int:
        self.rows[table].append(cells)
        number = len(self.rows[table]) - 1
        self._enter(table, number)
        return number

    def _lay(self, table: str, row: Row) -> int | None:
        """Change the row that this one is about, or add it; its number, or None where there was a problem."""
        cells = self._completed(table, row.cells)
        missing = [c for c in schema.NEEDED[table] if c in schema.KEYS[table] and not cells.get(c)]
        for column in missing:
            self._complain(table, row.line, (column, "is empty", "without it nobody can tell what the row is about"))
        if missing:
            return None
        if len(self._alike(table, cells)) > MOST:
            self._complain(table, row.line, ("", f"is one of more than {MOST} about the same", "look for a mistake"))
            return None
        fitting = [*self._fitting(table, cells)]
        if len(fitting) > 1 and "end" in cells and "start" not in cells:  # an end alone closes the one that is open
            fitting = [n for n in fitting if not self._cell(table, n, "end")] or fitting
        if len(fitting) > 1:
            starts = ", ".join(self._cell(table, n, "start") or "none" for n in fitting)
            message = f"{len(fitting)} {table} fit, with the starts {starts}"
            self._complain(table, row.line, ("start", message, "say which one by its start, or by its country and body or status"))
            return None
        problems = self._changed(table, fitting[0], cells) if fitting else self._added(table, cells)
        if isinstance(problems, int):
            return problems
        for column, message, hint in problems:
            self._complain(table, row.line, (column, message, hint))
        return None

    def _completed(self, table: str, cells: dict[str, str]) -> dict[str, str]:
        """A row with what its other cells imply: the id behind a state's code, the role behind a title."""
        cells = dict(cells)
        if table == "memberships" and cells.get("member") in self.states:
            cells["member"] = self.states[cells["member"]]
        if table == "offices" and "role" not in cells and "title" in cells:
            cells["role"] = roles.role(cells["title"], cells.get("country")) or roles.plain(cells["title"])
        return cells

    def _fitting(self, table: str, cells: dict[str, str]) -> Iterator[int]:
        """The numbers of the rows that agree with every key cell given."""
        if table not in ("offices", "memberships"):
            found = self.ids.get(self._key(table, cells.get(schema.KEYS[table][0], "")))
            if found is not None:
                yield found[1] if found[0] == table else -1
            return
        numbers = self._alike(table, cells)
        given = [(self.at[table][c], cells[c]) for c in schema.KEYS[table] if c in cells]
        for number in numbers:
            row = self.rows[table][number]
            if row and all(row[n] == cell for n, cell in given):
                yield number

    def _cell(self, table: str, number: int, column: str) -> str:
        return self.rows[table][number][self.at[table][column]]

    def _added(self, table: str, cells: dict[str, str]) -> int | list[Finding]:
        """Add a fact nobody knew: the number of its row, or what it lacks."""
        cells = {c: self._merged("", cell, c) for c, cell in cells.items()}
        for (of, column), default in schema.DEFAULTS.items():
            if of == table and not cells.get(column):
                cells[column] = default
        if table == "persons" and not cells.get("surnames") and cells.get("name"):
            cells["surnames"] = cells["name"].split()[-1]
        if table != "sources" and not cells.get("source"):
            cells["source"] = self.overlay.code
        problems = self._lacking(table, cells)
        if table == "states" and cells.get("country") in self.states:
            problems.append(("country", f"the code {cells['country']} is another state's", "choose a code that is free"))
        if problems:
            return problems
        return self._append(table, [cells.get(name, "") for name in self.headers[table]])

    def _changed(self, table: str, number: int, cells: dict[str, str]) -> int | list[Finding]:
        """Change a known fact cell by cell: the number of its row, or what would be wrong with it then."""
        if number < 0:
            other = self.ids[cells["id"]][0]
            return [("id", f"{cells['id']} stands in {other}.tsv", f"change it there, or withdraw it from {other} in withdrawn.tsv")]
        old = dict(zip(self.headers[table], self.rows[table][number], strict=True))
        new = old | {c: self._merged(old[c], cell, c) for c, cell in cells.items()}
        if new != old and "source" in new and "source" not in cells:
            new["source"] = " ".join(dict.fromkeys((*old["source"].split(), self.overlay.code)))
        problems = self._lacking(table, new)
        if table == "states" and new["country"] != old["country"]:
            problems.append(("country", "a state's code cannot change", "leave the cell empty"))
        for column in schema.MANY & cells.keys():
            sign, found = schema.values(cells[column])
            absent = [v for v in found if v not in old[column].split("|")] if sign == "-" else []
            if absent:
                problems.append((column, f"{', '.join(absent)!r} is not among the values there", f"there are {old[column] or 'none'}"))
        if problems:
            return problems
        self.rows[table][number] = [new[name] for name in self.headers[table]]
        return number

    @staticmethod
    def _merged(old: str, cell: str, column: str) -> str:
        """A cell after a change."""
        if cell == "-":
            return ""
        if column not in schema.MANY:
            return cell
        sign, found = schema.values(cell)
        before = old.split("|") if old and sign else []
        return "|".join(v for v in before if v not in found) if sign == "-" else "|".join(dict.fromkeys((*before, *found)))

    @staticmethod
    def _lacking(table: str, cells: dict[str, str]) -> list[Finding]:
        """What a whole row lacks or contradicts."""
        problems = [(c, "is empty", "the fact is new, so the cell is needed") for c in schema.NEEDED[table] if not cells.get(c)]
        if table == "offices" and not cells.get("country") and not cells.get("body"):
            problems.append(("country", "neither country nor body is given", "say for which state, or in which organisation, the office is held"))
        if schema.open_without_date(table, cells):
            problems.append(("as_of", "is empty, and so is the end", "say up to which day you know that it is so: nothing holds for ever"))
        if schema.ends_before_it_starts(cells.get("start", ""), cells.get("end", "")):
            problems.append(("end", f"{cells['end']!r} is before the start, {cells['start']!r}", "correct one of the two"))
        if table == "situations" and cells.get("kind") and bool(cells.get("second")) != (cells["kind"] in ("war", "sanctions")):
            problems.append(("second", f"does not fit a row of the kind {cells['kind']}", "wars and sanctions have a second side, the others none"))
        return problems

    def _dangling(self, table: str, number: int) -> Iterator[Finding]:
        """What a row names and no table has."""
        cells = dict(zip(self.headers[table], self.rows[table][number], strict=True))
        refused = self.overlay.refused
        country = cells.get("country", "")
        if table != "states" and country and country not in self.states and country not in refused:
            yield "country", f"no state has the code {country}", "codes are ISO 3166-1 alpha-3, KOS for Kosovo; or add the state to states.tsv"
        for code in cells.get("source", "").split():
            if self._key("sources", code) not in self.ids and code not in refused:
                yield "source", f"no source has the code {code}", "leave the cell empty, or say in sources.tsv what it is"
        columns = {"offices": ("person", "body"), "memberships": ("organisation", "member"), "situations": ("first", "second")}.get(table, ())
        for column in columns:
            for name in filter(None, cells[column].split("|")):
                kind = self.ids.get(name, ("", 0))[0]
                if name in refused:
                    continue
                if name not in self.states and kind not in schema.ACTOR_TABLES:
                    yield column, f"nobody has the id {name}", "add the actor to its table, or find the right id with onrecord kb search"
                elif column == "person" and kind != "persons":
                    yield column, f"{name} is no person", "offices are held by persons"

    def _withdraw(self, row: Row) -> str | None:
        """Take away the rows that one row of withdrawn.tsv names; the id of the actor or situation, where it names one."""
        table = row.cells.get("table", "")
        if table == "states":
            self._complain("withdrawn", row.line, ("table", "a state cannot be withdrawn", "others belong to it; change its cells in states.tsv"))
            return None
        needed = {"offices": ("table", "person"), "memberships": ("table", "organisation", "member")}.get(table, ("table", "id"))
        missing = [c for c in needed if not row.cells.get(c)]
        for column in missing:
            self._complain("withdrawn", row.line, (column, "is empty", "say which row is meant"))
        if missing:
            return None
        cells = {c: cell for c, cell in self._completed(table, row.cells).items() if c in schema.KEYS[table]}
        fitting = [n for n in self._fitting(table, cells) if n >= 0]
        if not fitting:
            self._complain("withdrawn", row.line, (needed[-1], f"no row of {table} fits", "onrecord kb show says what there is"))
        for number in fitting:
            self.rows[table][number] = []
        if fitting and "id" in needed:
            del self.ids[cells["id"]]
            return cells["id"]
        return None

    def _cascade(self, gone: set[str]) -> None:
        """Take away the offices and memberships that hang on actors taken away."""
        for table, columns in (("offices", ("person", "body")), ("memberships", ("organisation", "member"))) if gone else ():
            where = [self.at[table][c] for c in columns]
            self.rows[table] = [[] if row and any(row[n] in gone for n in where) else row for row in self.rows[table]]

    def _orphaned(self) -> None:
        """Complain of situations whose party an overlay withdrew."""
        if "withdrawn" in self.overlay.tables:
            for number, row in enumerate(self.rows["situations"]):
                for column, message, _ in self._dangling("situations", number) if row else ():
                    hint = f"{row[1]} still names it; withdraw or change that, too"
                    self._complain("withdrawn", 0, (column, message, hint))
