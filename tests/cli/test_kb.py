"""``onrecord kb``: looking things up, and tables of one's own from the first row to a reading with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.knowledge.excerpt import excerpt
from tests.knowledge.replay import person, serving, status

from onrecord.cli.exits import Exit

Call = Callable[..., Any]


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with excerpt():
        yield


def test_search_finds_parts_of_names_and_the_offices_of_a_day(onrecord: Call) -> None:
    everybody = onrecord("kb", "search", "hayashi").rows
    assert {"Yoshimasa Hayashi", "Motoo Hayashi"} <= {r["name"] for r in everybody}
    (held,) = onrecord("kb", "search", "hayashi", "--on", "2024-07-01").rows
    assert (held["id"], held["role"]) == ("Q1141271", "Chief Cabinet Secretary")
    assert onrecord("kb", "search", "kazakhstan", "--kind", "state").rows[0]["id"] == "Q232"
    many = onrecord("kb", "search", "al", "--limit", "3")
    assert (len(many.rows), "more; say --limit" in many.err) == (3, True)


def test_show_says_what_is_known_and_where_from(onrecord: Call) -> None:
    (sco,) = onrecord("kb", "show", "SCO", "--on", "2018-01-01").rows
    members = {m["member_name"]: (m["start"], m["standing"]) for m in sco["members"] if m["status"] == "member"}
    assert members["India"] == ("2017-06-09", "held")
    assert "Iran" not in members
    assert {s["code"] for s in sco["sources"]} >= {"core"}
    assert [onrecord("kb", "show", code).rows[0]["name"] for code in ("CHN", "JPN")] == ["China", "Japan"]
    assert all(s["licence"] for s in sco["sources"])
    page = onrecord("kb", "show", "Q1141271", "--format", "table").out
    assert "Chief Cabinet Secretary, JPN" in page
    assert "CC0-1.0" in page
    assert "2023-12-14 to 2025-10-21" in page


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("show", "Nobody Knowsme"), Exit.usage, "nobody is called"),
        (("show", "Congo"), Exit.usage, "may be"),
        (("show", "Q30", "--format", "csv"), Exit.usage, "kb show does not write csv"),
        (("show", "Q30", "--on", "soon"), Exit.usage, "no date"),
        (("search", "..."), Exit.usage, "holds no letter"),
        (("search", "x", "--kind", "planet"), Exit.usage, "kinds are"),
        (("validate", "nowhere"), Exit.broken, "is no folder"),
        (("search", "x", "--knowledge", "nowhere"), Exit.broken, "is no folder"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_line(onrecord: Call, arguments: tuple[str, ...], status: Exit, says: str) -> None:
    done = onrecord("kb", *arguments)
    assert done.status == status
    assert says in done.err


def test_from_the_first_row_to_a_diff(onrecord: Call, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    added = onrecord("kb", "add", desk, "persons", "name=Brandt Solheim", "sectors=GOV", "country=NOR", "title=Foreign Minister", "start=2026-02")
    assert added.status == Exit.ok
    assert [line.split(": ")[0] for line in added.out.splitlines()] == [f"{desk}/persons.tsv, line 2", f"{desk}/offices.tsv, line 2"]
    assert (
        onrecord("kb", "add", desk, "offices", "person=Jonas Gahr Støre", "title=Prime Minister", "country=NOR", "end=2026-01-31").status == Exit.ok
    )
    assert onrecord("kb", "add", desk, "persons", "id=Brandt Solheim", "names=+|B. A. Solheim").status == Exit.usage  # line 2 is about him
    assert onrecord("kb", "add", desk, "organisations", "name=North Pact", "sectors=IGO", "acronyms=NOPA").status == Exit.ok
    assert onrecord("kb", "add", desk, "memberships", "organisation=NOPA", "member=Norway", "start=2026").status == Exit.ok

    checked = onrecord("kb", "validate", desk)
    assert (checked.status, checked.out, checked.err) == (Exit.ok, "", "5 rows in 4 tables, no problems\n")
    rows = onrecord("kb", "diff", "packaged", desk).rows
    assert [(r["change"], r["table"]) for r in rows] == [
        ("added", "organisations"), ("added", "persons"), ("added", "offices"), ("changed", "offices"), ("added", "memberships"),
    ]  # fmt: skip
    assert rows[3]["what"].startswith("Jonas Gahr Støre (Q467948), Prime Minister (NOR), 2021-10-14 to 2026-01-31")
    assert rows[3]["details"][0] == "end: none → 2026-01-31"
    assert {r["change"] for r in onrecord("kb", "diff", desk, "packaged").rows} == {"removed", "changed"}
    (found,) = onrecord("kb", "show", "NOPA", "--knowledge", desk).rows
    assert found["members"][0]["member_name"] == "Norway"
    assert found["sources"] == [{"code": "overlay:desk", "what": "the user's tables in desk", "licence": "not stated", "read": ""}]


@pytest.mark.parametrize(
    ("table", "cells", "says"),
    [
        ("politicians", ["name=X"], "is no table"),
        ("persons", ["name"], "has no ="),
        ("persons", ["name=Ann Lee", "sectors=GOV", "shoes=9"], "has no column 'shoes'"),
        ("persons", ["name=Ann Lee"], "line 2, column sectors: is empty"),
        ("persons", ["name=Ann Lee", "sectors=NOPE"], "'NOPE' names no PLOVER sector"),
        ("persons", ["name=Ann\tLee\nid", "sectors=GOV", "names=a\tb"], None),
        ("offices", ["person=Nobody Knowsme", "title=King", "country=NOR"], "nobody is called"),
        ("memberships", ["organisation=NATO", "member=Congo"], "may be"),
    ],
)
def test_a_row_that_does_not_fit_is_not_written(onrecord: Call, tmp_path: Path, table: str, cells: list[str], says: str | None) -> None:
    done = onrecord("kb", "add", tmp_path, table, *cells)
    if says is None:  # blanks of every kind become one space: nothing can break out of its cell
        assert done.status == Exit.ok
        assert (tmp_path / "persons.tsv").read_text().count("\n") == 2
    else:
        assert says in done.err
        assert [p.name for p in tmp_path.iterdir()] == []


def test_validate_lists_every_problem(onrecord: Call, tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text("id\tname\tsectors\nor:a\tAnn\tXXX\nor:b\tBob\tGOV\nC\tCid\tGOV\n")
    done = onrecord("kb", "validate", tmp_path)
    assert done.status == Exit.broken
    assert [(r["line"], r["column"]) for r in done.rows] == [(2, "sectors"), (4, "id")]
    assert all(r["file"].endswith("persons.tsv") and r["message"] and r["hint"] for r in done.rows)
    table = onrecord("kb", "validate", tmp_path, "--format", "table")
    assert "sectors" in table.out
    text = tmp_path / "t.txt"
    text.write_text("The minister said no.")
    refused = onrecord("read", text, "--knowledge", tmp_path)
    assert refused.status == Exit.broken
    assert "line 2, column sectors" in refused.err
    assert "line 4, column id" in refused.err


def test_tables_named_by_the_environment_are_read(onrecord: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "persons.tsv").write_text("id\tname\tsectors\nor:ann-lee\tAnn Q. Lee\tGOV\n")
    assert onrecord("kb", "search", "Ann Q. Lee").rows == []
    monkeypatch.setenv("ONRECORD_KNOWLEDGE", str(tmp_path))
    assert [r["id"] for r in onrecord("kb", "search", "Ann Q. Lee").rows] == ["or:ann-lee"]


def test_refresh_shows_what_is_new_and_goes_on_after_a_fault(onrecord: Call, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    with serving() as served:
        served.rows["Q20"] = [
            person("Q900000001", "Brandt Solheim", "Q900000002", "Minister of Foreign Affairs of Norway", "2026-02"),
            person("Q900000003", "Ann Lee", "Q900000002", "Minister of Foreign Affairs of Norway"),
        ]
        served.script = [status(429, Retry_After="9999")]
        ask = ("kb", "refresh", "--overlay", desk, "--country", "nor", "--contact", "desk@example.org", "--endpoint", served.address)
        stopped = onrecord(*ask)
        assert stopped.status == Exit.offline
        assert "asks to wait 9999 seconds" in stopped.err
        done = onrecord(*ask)
    assert done.status == Exit.ok
    assert [(r["change"], r["table"]) for r in done.rows] == [("added", "persons"), ("added", "offices")]
    assert "1 facts; written: 1 offices, 1 persons; 1 refused, see" in done.err
    assert "desk@example.org" in served.headers[0]["User-Agent"]
    assert onrecord("kb", "validate", desk).status == Exit.ok
    assert onrecord("kb", "refresh", "--overlay", desk, "--what", "weather").status == Exit.usage
    assert onrecord("kb", "refresh", "--overlay", desk, "--country", "XXX").status == Exit.broken
