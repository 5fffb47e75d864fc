"""Tables of one's own: what a row adds, changes and withdraws, how several folders stack, and that every problem is named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.knowledge.excerpt import excerpt

from onrecord.errors import KnowledgeError, OverlayError
from onrecord.knowledge import knowledge_base, overlay

Make = Callable[..., Path]
PUTIN, NATO = "Q7747", "Q7184"


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with excerpt():
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    """Makes a folder of tables; cells are parted by blanks here, and "_" is a blank in a cell, "." an empty one."""

    def make(name: str = "desk", **tables: str) -> Path:
        place = tmp_path / name
        place.mkdir(exist_ok=True)
        for table, text in tables.items():
            lines = ["\t".join("" if c == "." else c.replace("_", " ") for c in line.split()) for line in text.strip().splitlines()]
            (place / f"{table}.tsv").write_text("\n".join(lines).replace("as of", "as_of") + "\n", encoding="utf-8")
        return place

    return make


def complaints(place: Path, *others: Path) -> list[str]:
    with pytest.raises(OverlayError) as caught:
        knowledge_base([place, *others])
    return [str(p).replace(str(place), "").removeprefix("/") for p in caught.value.problems]


def test_a_new_politician_with_an_office(folder: Make) -> None:
    kb = knowledge_base(
        folder(
            persons="id name sectors country\nor:jane-roe Jane_Roe GOV NOR",
            offices="person title country start as_of\nor:jane-roe Foreign_Minister NOR 2024-03 2026-01-31",
        )
    )
    (roe,) = (a.actor for a in kb.find("Jane Roe"))
    assert (roe.id, roe.surname, roe.rank, roe.country) == ("or:jane-roe", "Roe", 3, "NOR")
    assert [a.id for a in kb.by_surname("Roe", date(2025, 1, 1))] == ["or:jane-roe"]
    assert kb.holders("NOR", "foreign minister", date(2025, 6, 1))[0].id == "or:jane-roe"
    (office,) = kb.offices("or:jane-roe")
    assert (office.role, office.start, office.origin) == ("foreign minister", date(2024, 3, 1), "overlay:desk")
    assert office.standing(date(2026, 3, 1)) == "unknown"
    assert "or:jane-roe" not in knowledge_base()


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("+|Vova_P.", ["Vladimir Vladimirovich Putin", "Vova P."]),
        ("Vova_P.", ["Vova P."]),
        ("-|Vladimir_Vladimirovich_Putin", []),
        ("-", []),
        (".", ["Vladimir Vladimirovich Putin"]),
    ],
)
def test_names_are_added_replaced_and_taken_away(folder: Make, cell: str, names: list[str]) -> None:
    kb = knowledge_base(folder(persons=f"id names\n{PUTIN} {cell}"))
    assert [n for n, kind in kb.names(PUTIN) if kind == "name"] == ["Vladimir Putin", *names]
    assert {n for n in names if PUTIN in {a.actor.id for a in kb.find(n)}} == set(names)


def test_an_open_office_is_closed_by_its_end_alone(folder: Make) -> None:
    before = next(o for o in knowledge_base().offices(PUTIN) if o.role == "president" and o.end is None)
    kb = knowledge_base(folder(offices=f"person title country end\n{PUTIN} President RUS 2026-05-07"))
    after = [o for o in kb.offices(PUTIN) if o.start == before.start and o.role == "president"]
    assert [(o.end, o.title, o.origin) for o in after] == [(date(2026, 5, 7), "President", f"{before.origin} overlay:desk")]
    assert len(kb.offices(PUTIN)) == len(knowledge_base().offices(PUTIN))


def test_an_organisation_with_members_and_a_situation(folder: Make) -> None:
    kb = knowledge_base(
        folder(
            organisations="id name sectors acronyms\nor:north-pact North_Pact IGO NOPA",
            memberships="organisation member start as_of\nor:north-pact NOR 2020 2026\nor:north-pact Q33 2021 2026",
            situations="id name kind first second start as_of\nor:herring-war Herring_War war NOR ISL 2022 2026",
        )
    )
    assert [m.name for m in kb.members("or:north-pact", date(2020, 6, 1))] == ["Norway"]
    assert [a.actor.id for a in kb.find("NOPA")] == ["or:north-pact"]
    assert [s.id for s in kb.situations("war", "ISL")] == ["or:herring-war"]


def test_a_state_that_nobody_recognises(folder: Make) -> None:
    place = folder(
        states="id name country demonyms\nor:ruritania Ruritania XRU Ruritanian", persons="id name sectors country\nor:rudolf Rudolf_Elphberg GOV XRU"
    )
    kb = knowledge_base(place)
    assert kb.state("XRU").name == "Ruritania"
    assert kb.body("XRU", "parliament").name == "Parliament of Ruritania"


def test_what_is_withdrawn_is_gone_with_all_that_hangs_on_it(folder: Make) -> None:
    kb = knowledge_base(
        folder(
            withdrawn=f"table id person role organisation member why\npersons {PUTIN} . . . . test\nmemberships . . . {NATO} Q30 test",
        )
    )
    assert PUTIN not in kb
    assert PUTIN in {o.person for o in knowledge_base().tenures("RUS", "president", date(2005, 1, 1))}
    assert PUTIN not in {o.person for o in kb.tenures("RUS", "president", date(2005, 1, 1))}
    assert not kb.offices(PUTIN)
    assert "Q30" not in {m.id for m in kb.members(NATO)}
    assert "Q30" in {m.id for m in knowledge_base().members(NATO)}


def test_folders_stack_in_order(folder: Make) -> None:
    first = folder("first", persons="id name sectors country\nor:ann Ann_Lee GOV NOR")
    second = folder("second", persons="id name country\nor:ann Ann_Berg SWE")
    both = knowledge_base([first, second])
    assert (both.actor("or:ann").name, both.actor("or:ann").country) == ("Ann Berg", "SWE")
    assert both.digest not in {knowledge_base(first).digest, knowledge_base([first]).digest + "x", ""}
    assert "persons.tsv, line 2, column sectors: is empty" in str(complaints(second, first))


def test_what_was_read_is_handed_out_again_until_a_file_changes(folder: Make) -> None:
    place = folder(persons="id name sectors\nor:ann Ann_Lee GOV")
    once = knowledge_base(place)
    assert knowledge_base([place]) is once
    folder(persons="id name sectors\nor:ann Ann_Berg GOV")
    assert knowledge_base(place).actor("or:ann").name == "Ann Berg"
    assert once.actor("or:ann").name == "Ann Lee"


WRONG = [
    ({"persons": "id nane sectors\nor:x X_Y GOV"}, "persons.tsv, line 1, column nane: is no column of this table"),
    ({"persons": "name sectors\nX_Y GOV"}, "persons.tsv, line 1, column id: is missing"),
    ({"persons": "id id name\nor:x or:x X"}, "persons.tsv, line 1, column id: stands twice"),
    ({"persons": "id name sectors\nor:x X_Y"}, "persons.tsv, line 2: has 2 cells, and the header 3"),
    ({"persons": "id name sectors\nJane X_Y GOV"}, "line 2, column id: 'Jane' is no id"),
    ({"persons": "id name sectors\nor:x X_Y GOVT"}, "line 2, column sectors: 'GOVT' names no PLOVER sector"),
    ({"persons": "id name sectors\nor:x X_Y GOV\nor:x X_Z GOV"}, "persons.tsv, line 3: says what line 2 is about"),
    ({"persons": "id name sectors country\nor:x X_Y GOV XYZ"}, "line 2, column country: no state has the code XYZ"),
    ({"persons": "id name sectors names\nor:x X_Y GOV a||b"}, "line 2, column names: 'a||b' has an empty value"),
    ({"persons": "id name sectors rank\nor:x X_Y GOV 9"}, "line 2, column rank: '9' is not among 1, 2, 3, 4"),
    ({"persons": "id name sectors source\nor:x X_Y GOV gossip"}, "line 2, column source: no source has the code gossip"),
    ({"persons": f"id names\n{PUTIN} -|Nobody"}, "line 2, column names: 'Nobody' is not among the values there"),
    ({"persons": f"id name\n{NATO} Nato"}, "line 2, column id: Q7184 stands in organisations.tsv"),
    ({"persons": "id name\n. Ann_Lee"}, "line 2, column id: is empty"),
    ({"persons": f"id name\n{PUTIN} -"}, "line 2, column name: is empty"),
    ({"offices": "person title country end\nor:nobody King NOR 2020"}, "line 2, column person: nobody has the id or:nobody"),
    ({"offices": f"person title country start\n{PUTIN} King NOR 2020"}, "line 2, column as_of: is empty, and so is the end"),
    ({"offices": f"person title country start end\n{PUTIN} King NOR 2020 2019"}, "line 2, column end: '2019' is before the start, '2020'"),
    ({"offices": f"person title country start end\n{PUTIN} King NOR 2020-13 ."}, "line 2, column start: '2020-13' is no date"),
    ({"offices": f"person title country start end\n{PUTIN} King NOR 0020 ."}, "line 2, column start: '0020' is no likely date"),
    ({"offices": f"person title end\n{PUTIN} King 2020"}, "line 2, column country: neither country nor body is given"),
    ({"offices": f"person title country as_of\n{PUTIN} President RUS 2030"}, "line 2, column start: 3 offices fit, with the starts"),
    ({"memberships": f"organisation member as_of\n{NATO} Q0 2020"}, "line 2, column member: 'Q0' is no id"),
    ({"memberships": f"organisation member as_of\n{NATO} Q999999999 2020"}, "line 2, column member: nobody has the id Q999999999"),
    ({"situations": "id name kind first as_of\nor:x X war NOR 2020"}, "line 2, column second: does not fit a row of the kind war"),
    (
        {"situations": "id name kind first as_of\nor:x X quarrel NOR 2020"},
        "line 2, column kind: 'quarrel' is not among alliance, dispute, war, sanctions",
    ),
    ({"states": "id name country\nor:x X NOR"}, "line 2, column country: the code NOR is another state's"),
    ({"states": "id country\nQ20 SWE"}, "line 2, column country: a state's code cannot change"),
    ({"withdrawn": "table id\nstates Q20"}, "line 2, column table: a state cannot be withdrawn"),
    ({"withdrawn": "table id\npersons or:nobody"}, "line 2, column id: no row of persons fits"),
    ({"withdrawn": "table id\npersons ."}, "line 2, column id: is empty"),
    ({"withdrawn": "table id\npeople or:x"}, "line 2, column table: 'people' is not among"),
    ({"politicians": "id\nor:x"}, "politicians.tsv: is no table that we know; tables are sources.tsv, states.tsv"),
]


@pytest.mark.parametrize(("tables", "says"), WRONG)
def test_a_problem_is_named_with_its_place(folder: Make, tables: dict[str, str], says: str) -> None:
    found = complaints(folder(**tables))
    assert len(found) == 1
    assert says in found[0]


def test_all_problems_are_listed_and_none_that_only_follows_from_another(folder: Make) -> None:
    place = folder(
        persons="id name sectors\nor:a A_B XX\nor:c C_D GOV\nor:e E_F XX",
        offices="person title country end\nor:a King NOR 2020\nor:z King NOR 2020",
    )
    assert [line.split(":")[0] for line in complaints(place)] == [
        "persons.tsv, line 2, column sectors",
        "persons.tsv, line 4, column sectors",
        "offices.tsv, line 3, column person",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"id\tname\tsectors\nor:x\t\xff\tGOV\n", "persons.tsv, line 2: is not UTF-8"),
        (b"id\tname\tsectors\nor:x\tX\x07Y\tGOV\n", "line 2, column name: 'X\\x07Y' holds a character that cannot be printed"),
        (b"id\tname\tsectors\nor:x\tX \tGOV\n", "line 2, column name: 'X ' has a space too many"),
        (b"id\tname\tsectors\nor:x\t" + b"X" * 5000 + b"\tGOV\n", "is too long (5000 characters; 4000 at most)"),
        (b"id\tname\tsectors\tnames\nor:x\tX\tGOV\t" + b"|".join(b"n%d" % n for n in range(300)) + b"\n", "has 300 values (200 at most)"),
        (b"id\tname\tsectors\nor:x\t=cmd()\tGOV\n" + b"or:y\t...\tGOV\n", "line 3, column name: '...' holds no letter or digit"),
    ],
)
def test_hostile_cells_are_refused(folder: Make, content: bytes, says: str) -> None:
    place = folder()
    (place / "persons.tsv").write_bytes(content)
    assert [line for line in complaints(place) if says in line]


def test_sizes_are_bounded(folder: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder(persons="id name sectors\n" + "\n".join(f"or:x{n} X_Y GOV" for n in range(20)))
    monkeypatch.setattr(overlay, "MAX_ROWS", 10)
    assert "has more than 10 rows" in complaints(place)[0]
    monkeypatch.setattr(overlay, "MAX_BYTES", 100)
    assert "is larger than" in complaints(place)[0]


def test_a_pipe_in_place_of_a_table_does_not_hang(folder: Make) -> None:
    place = folder()
    os.mkfifo(place / "persons.tsv")
    assert complaints(place) == ["persons.tsv: is no plain file; put a table there or nothing"]


def test_spreadsheet_habits_are_borne(folder: Make) -> None:
    place = folder()
    (place / "persons.tsv").write_bytes("\ufeffid\tname\tsectors\r\nor:x\tXi Yu\tGOV\r\n\r\n".encode())
    (place / "notes.txt").write_text("left alone")
    assert knowledge_base(place).actor("or:x").name == "Xi Yu"


def test_a_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="is no folder"):
        knowledge_base(tmp_path / "absent")
    assert len(knowledge_base(tmp_path)) == len(knowledge_base())


CELL = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["or:x", "Q30", "NOR", "2020", "+|A", "-", "-|A", "GOV", PUTIN, "President"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=6, max_size=6), max_size=4), st.sampled_from(["persons", "offices", "withdrawn", "states", "situations"]))
def test_any_table_is_read_or_refused(tmp_path: Path, cells: list[list[str]], table: str) -> None:
    header = list(overlay.columns(table))[:6]
    text = "\n".join("\t".join(row) for row in [header, *cells])
    (tmp_path / "any").mkdir(exist_ok=True)
    for old in (tmp_path / "any").glob("*.tsv"):
        old.unlink()
    (tmp_path / "any" / f"{table}.tsv").write_bytes(text.encode())
    read = overlay.read(tmp_path / "any")
    try:
        knowledge_base(tmp_path / "any")
    except OverlayError as error:
        assert error.problems
        assert all(p.line <= text.count("\n") + 1 for p in error.problems)
    else:
        assert not read.problems


def test_a_flood_of_problems_or_of_rows_about_one_person_ends_soon(folder: Make) -> None:
    place = folder(persons="id name sectors\n" + "\n".join(f"or:x{n} X NOPE" for n in range(5_000)))
    assert len(complaints(place)) == overlay.MAX_PROBLEMS + 1
    place = folder("many", offices="person title country start end\n" + "\n".join(f"{PUTIN} King{n} NOR 1990 1991" for n in range(20_000)))
    (*_, last) = complaints(place)
    assert "is one of more than 2000 about the same" in last


def test_using_many_overlays_leaves_the_packaged_base_as_it_is(folder: Make) -> None:
    packaged = knowledge_base()
    for n in range(6):
        knowledge_base(folder(f"desk{n}", persons=f"id name sectors\nor:x{n} X_Y GOV"))
    assert knowledge_base() is packaged
