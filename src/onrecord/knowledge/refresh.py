"""Bringing an overlay up to date from Wikidata: asks page by page, keeps what came, and writes what is new or different as rows of the overlay.

The packaged tables are never touched. A run that breaks off or is killed goes on where it stopped when the same is asked again within a week.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from onrecord.errors import KnowledgeError, QueryError
from onrecord.knowledge import wikidata
from onrecord.knowledge.base import KnowledgeBase, knowledge_base
from onrecord.knowledge.confirm import OWN, Facts
from onrecord.knowledge.edit import make_folder, write_table, write_whole
from onrecord.knowledge.overlay import Row
from onrecord.knowledge.schema import key_of
from onrecord.knowledge.sparql import Row as Answer
from onrecord.knowledge.sparql import Service
from onrecord.knowledge.tables import day
from onrecord.knowledge.wikidata import Period, Refused

What = Literal["officials", "memberships"]
PROGRESS, LOG = ".refresh.jsonl", "refresh.log"
_FRESH = timedelta(days=7)
_PAUSE = 1.0
"""Seconds between two questions, out of politeness."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a refresh asks for: ``countries`` as ISO codes in order, ``since`` an ISO date or empty."""

    what: What
    countries: tuple[str, ...]
    since: str
    endpoint: str


@dataclass(slots=True)
class Outcome:
    """What a refresh did: pages asked and taken from an earlier run, facts seen, rows written by table, answers refused."""

    pages: int = 0
    resumed: int = 0
    facts: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)


def refresh(
    folder: Path,
    asked: Asked,
    service: Service,
    below: Sequence[str | Path] = (),
    *,
    today: date | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Ask Wikidata for what ``asked`` says and write what the knowledge so far (``below`` and the folder's own rows on it) lacks into ``folder``.

    A fact that is confirmed and open gets ``today`` as the day up to which it is known. Rows of one's own are kept as they are. ``progress`` hears a
    line per page. Raises QueryError for a country without a Wikidata id, ServiceError when the service fails (what came is kept), KnowledgeError
    where the folder cannot be written, OverlayError where it has problems already.
    """
    make_folder(folder)
    base = knowledge_base([*below, folder])
    pages = _Pages(folder / PROGRESS, asked, today or date.today())
    outcome = Outcome()
    asking = _Asking(service, asked, pages, outcome, progress)
    found: list[Period] = []
    with closing(service):
        for country, part in _parts(base, asked):
            for one in wikidata.periods(asking.rows(part), country, pages.day):
                if isinstance(one, Period):
                    found.append(one)
                else:
                    outcome.refused.append(one)
    outcome.facts = len(found)
    _write(folder, base, found, pages.day, outcome)
    write_whole(folder / LOG, "".join(f"{r.what}: {r.why}\n" for r in outcome.refused))
    pages.path.unlink(missing_ok=True)
    return outcome


def _parts(base: KnowledgeBase, asked: Asked) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is asked in one go: a country for officials, some for memberships; each with the QIDs of its states."""
    states = [base.state(code) for code in asked.countries] or [s for s in base.actors("state") if s.id.startswith("Q")]
    without = [s.name for s in states if not s.id.startswith("Q")]
    if without:
        raise QueryError(f"{', '.join(without)} has no Wikidata id", hint="leave it out; Wikidata can only be asked about what it has")
    step = 1 if asked.what == "officials" else wikidata.MEMBERS_AT_ONCE
    for i in range(0, len(states), step):
        yield states[i].country or "", tuple(s.id for s in states[i : i + step])


@dataclass(slots=True)
class _Asking:
    """One run of questions."""

    service: Service
    asked: Asked
    pages: _Pages
    outcome: Outcome
    progress: Callable[[str], None]

    def rows(self, part: tuple[str, ...]) -> Iterator[Answer]:
        """Every row of one part, page by page, from an earlier run where it has them."""
        offset = 0
        while True:
            rows = self.pages.kept(part, offset)
            if rows is None:
                rows = self._page(part, offset)
            else:
                self.outcome.resumed += 1
            self.progress(f"{' '.join(part[:3])}{' …' if len(part) > 3 else ''}: {offset + len(rows)} answers")
            yield from rows
            if len(rows) < wikidata.PAGE:
                return
            offset += len(rows)

    def _page(self, part: tuple[str, ...], offset: int) -> list[Answer]:
        """One page from the service, kept on disk."""
        since = day(self.asked.since)
        if self.outcome.pages:
            self.service.sleep(_PAUSE)
        officials = self.asked.what == "officials"
        query = wikidata.officials_query(part[0], since, offset) if officials else wikidata.memberships_query(part, since, offset)
        rows = self.service.select(query)
        self.pages.keep(part, offset, rows)
        self.outcome.pages += 1
        return rows


class _Pages:
    """The pages that came, in a file of JSON lines that begins with what was asked; a line cut off by a kill is forgotten."""

    def __init__(self, path: Path, asked: Asked, today: date) -> None:
        self.path, self.day = path, today
        self._kept: dict[tuple[tuple[str, ...], int], list[Answer]] = {}
        head = {"asked": json.loads(json.dumps(asdict(asked))), "day": today.isoformat()}
        lines = [*_sound_lines(path)]
        if lines and lines[0].get("asked") == head["asked"] and (began := _fresh(lines[0].get("day"), today)):
            self.day = began
        else:
            lines = [head]
        for line in lines[1:]:
            self._kept[tuple(line["part"]), line["offset"]] = line["rows"]
        write_whole(path, "".join(json.dumps(line) + "\n" for line in lines))

    def kept(self, part: tuple[str, ...], offset: int) -> list[Answer] | None:
        """A page that came before."""
        return self._kept.get((part, offset))

    def keep(self, part: tuple[str, ...], offset: int, rows: list[Answer]) -> None:
        """Put a page on disk. Raises KnowledgeError where it cannot be written."""
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"part": part, "offset": offset, "rows": rows}) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise KnowledgeError(f"cannot write {self.path}: {error.strerror or error}", hint="check the folder and the disk") from error


def _sound_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a progress file, the head and then pages, up to the first that is cut off or damaged."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file):
            try:
                found = json.loads(line)
            except ValueError:
                return
            if not line.endswith("\n") or not isinstance(found, dict) or (number and not _is_page(found)):
                return
            yield found


def _is_page(line: dict[str, Any]) -> bool:
    """Whether a line of a progress file holds a page."""
    rows = line.get("rows")
    return isinstance(line.get("part"), list) and isinstance(rows, list) and all(isinstance(row, dict) for row in rows) and "offset" in line


def _fresh(began: object, today: date) -> date | None:
    """The day a run began, where that was within a week."""
    try:
        found = date.fromisoformat(str(began))
    except ValueError:
        return None
    return found if timedelta(0) <= today - found <= _FRESH else None


def _write(folder: Path, base: KnowledgeBase, found: list[Period], today: date, outcome: Outcome) -> None:
    """Write what the facts add to the knowledge so far, laid over the folder's own rows."""
    laid = next(o for o in base.overlays if o.folder == folder.resolve())
    facts = Facts(base, today, laid.code, outcome.refused)
    for period in found:
        facts.take(period)
    tables = dict(laid.tables)
    for table, rows in facts.new.items():
        own = {key_of(table, row.cells): row for row in tables.get(table, [])}
        for cells in rows:
            key = key_of(table, cells)
            before = own.get(key)
            if before and "wikidata" not in before.cells.get("source", "").split():
                outcome.refused.append(Refused(" ".join(filter(None, key)), OWN))
                continue
            outcome.rows[table] += 1
            own[key] = Row(before.line if before else len(own) + 2, {**(before.cells if before else {}), **cells})
        tables[table] = list(own.values())
    for table in facts.new:
        write_table(folder / f"{table}.tsv", table, tables[table])
