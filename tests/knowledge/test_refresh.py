"""Refreshing from Wikidata, against a service on the loopback that replays the protocol: what is asked, what comes of it, and what may go wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.knowledge.excerpt import excerpt
from tests.knowledge.replay import Wikidata, body, cut_off, flood, person, results, serving, silent, status, trickle

from onrecord.errors import QueryError, ServiceError
from onrecord.knowledge import knowledge_base, wikidata
from onrecord.knowledge.refresh import LOG, PROGRESS, Asked, Outcome, refresh
from onrecord.knowledge.sparql import Service
from onrecord.knowledge.wikidata import Period, Refused, periods, title_of

TODAY = date(2026, 11, 21)
NORWAY, SWEDEN, STORE = "Q20", "Q34", "Q467948"
SOLHEIM = person("Q900000001", "Brandt Solheim", "Q900000002", "Minister of Foreign Affairs of Norway", "2026-02")


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with excerpt():
        yield


@pytest.fixture
def served() -> Iterator[Wikidata]:
    with serving() as data:
        yield data


class Patience:
    """Waits not at all and says how long it would have."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)


def service(served: Wikidata, sleep: Patience | None = None, **limits: float) -> Service:
    return Service(served.address, "onrecord tests", sleep=sleep or Patience(), **{"idle_s": 5.0, **limits})  # type: ignore[arg-type]


def run(served: Wikidata, folder: Path, *countries: str, what: str = "officials", today: date = TODAY, since: str = "") -> Outcome:
    return refresh(folder, Asked(what, countries, since, served.address), service(served), today=today)  # type: ignore[arg-type]


def test_a_new_minister_becomes_a_person_with_an_office(served: Wikidata, tmp_path: Path) -> None:
    served.rows[NORWAY] = [SOLHEIM]
    outcome = run(served, tmp_path, "NOR", since="2026-01-01")
    assert (outcome.pages, outcome.facts, dict(outcome.rows), outcome.refused) == (1, 1, {"offices": 1, "persons": 1}, [])
    kb = knowledge_base([tmp_path])
    (solheim,) = kb.holders("NOR", "foreign minister", date(2026, 6, 1))
    assert (solheim.id, solheim.name, solheim.surname, solheim.country, solheim.sectors) == (
        "Q900000001",
        "Brandt Solheim",
        "Solheim",
        "NOR",
        ("GOV",),
    )
    (office,) = kb.offices(solheim.id)
    assert (office.title, office.start, office.end) == ("Minister of Foreign Affairs", date(2026, 2, 1), None)
    assert (office.as_of, office.origin) == (TODAY, "wikidata")
    assert not (tmp_path / PROGRESS).exists()
    assert '"2026-01-01T00:00:00Z"^^xsd:dateTime' in served.asked[0]
    assert served.headers[0]["User-Agent"] == "onrecord tests"
    assert served.headers[0]["Accept"] == "application/sparql-results+json"


def test_an_open_office_is_confirmed_or_closed_and_what_is_known_better_is_kept(served: Wikidata, tmp_path: Path) -> None:
    title = "Prime Minister of Norway"
    served.rows[NORWAY] = [
        person(STORE, "Jonas Gahr Støre", "Q585643", title, "2021-10-14"),
        person("Q900000005", "Erna Solberg", "Q585643", title, "2013-10-16"),  # known under an id of our own, with the end
    ]
    before = {o.start: o for o in knowledge_base().offices(STORE)}[date(2021, 10, 14)]
    assert before.standing(TODAY) == "unknown"
    run(served, tmp_path, "NOR")
    after = next(o for o in knowledge_base([tmp_path]).offices(STORE) if o.role == "prime minister")
    assert (after.standing(TODAY), after.as_of, after.title) == ("held", TODAY, before.title)
    assert "Q900000005" not in knowledge_base([tmp_path])
    assert (tmp_path / "offices.tsv").read_text().count("\n") == 2

    served.rows[NORWAY][0] = person(STORE, "Jonas Gahr Støre", "Q585643", title, "2021-10-14", "2026-11-01")
    run(served, tmp_path, "NOR", today=date(2026, 12, 1))
    after = next(o for o in knowledge_base([tmp_path]).offices(STORE) if o.role == "prime minister")
    assert (after.end, after.start) == (date(2026, 11, 1), before.start)
    assert (tmp_path / "offices.tsv").read_text().count("\n") == 2


def test_a_new_name_is_parted_as_names_of_its_state_are(served: Wikidata, tmp_path: Path) -> None:
    served.rows |= {
        "Q148": [person("Q900000006", "Wang Xinxin", "Q900000007", "Minister of Fish of China", "2025-01-05")],
        "Q17": [person("Q900000008", "Taro Uminari", "Q900000009", "Minister of Fish of Japan", "2025-01-05")],
    }
    run(served, tmp_path, "CHN", "JPN")
    kb = knowledge_base([tmp_path])
    assert [kb.actor(q).surname for q in ("Q900000006", "Q900000008")] == ["Wang", "Uminari"]


def test_memberships_are_refreshed_too(served: Wikidata, tmp_path: Path) -> None:
    served.rows[SWEDEN] = [
        {"member": SWEDEN, "organisation": "Q7184", "start": "2024-03-07T00:00:00Z"},
        {"member": SWEDEN, "organisation": "Q900000009", "start": "2024-03-07T00:00:00Z"},  # an organisation nobody knows
    ]
    outcome = run(served, tmp_path, "SWE", what="memberships")
    assert (outcome.facts, dict(outcome.rows)) == (2, {"memberships": 1})
    found = next(m for m in knowledge_base([tmp_path]).memberships(SWEDEN, TODAY) if m.organisation == "Q7184")
    assert (found.standing(TODAY), found.as_of) == ("held", TODAY)


def test_rows_of_ones_own_are_kept(served: Wikidata, tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text("name\tid\tsectors\nAnn Lee\tor:ann-lee\tGOV\n")
    served.rows[NORWAY] = [SOLHEIM]
    run(served, tmp_path, "NOR")
    assert (tmp_path / "persons.tsv").read_text().splitlines()[:2] == [
        "name\tid\tsectors\tcountry\tsurnames\trank\tsource\tas_of",
        "Ann Lee\tor:ann-lee\tGOV\t\t\t\t\t",
    ]
    assert "or:ann-lee" in knowledge_base([tmp_path])


@pytest.mark.parametrize("source", ["", "own"])
def test_an_office_of_ones_own_is_not_changed(served: Wikidata, tmp_path: Path, source: str) -> None:
    rows = [
        ["person", "role", "country", "start", "end", "source", "title"],
        [STORE, "prime minister", "NOR", "2021-10-14", "2026-03-03", source, "Prime Minister"],
    ]
    (tmp_path / "offices.tsv").write_text("\n".join("\t".join(row) for row in rows) + "\n")
    served.rows[NORWAY] = [person(STORE, "Jonas Gahr Støre", "Q585643", "Prime Minister of Norway", "2021-10-14", "2026-11-01")]
    outcome = run(served, tmp_path, "NOR")
    assert [r.why for r in outcome.refused] == ["a row of your own is about it and is kept"]
    assert (tmp_path / "offices.tsv").read_text().splitlines()[1].split("\t") == rows[1]


def test_pages_follow_one_another(served: Wikidata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wikidata, "PAGE", 2)
    served.rows[NORWAY] = [person(f"Q90000001{n}", f"Ada Number{'abcde'[n]}", "Q1", "Minister of Fish", f"202{n}") for n in range(5)]
    outcome = run(served, tmp_path, "NOR")
    assert (outcome.pages, outcome.facts, outcome.rows["persons"]) == (3, 5, 5)
    assert [query.rpartition(" ")[2] for query in served.asked] == ["0", "2", "4"]


def test_a_run_that_was_killed_goes_on(served: Wikidata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served.rows |= {NORWAY: [SOLHEIM], SWEDEN: [person("Q900000003", "Eva Berg", "Q900000004", "Minister of Trade of Sweden", "2025-05-01")]}
    served.script = [body(results([SOLHEIM])), *[status(500)] * 4]
    with pytest.raises(ServiceError, match="it answers 500, 4 times"):
        run(served, tmp_path, "NOR", "SWE")
    assert not list(tmp_path.glob("*.tsv"))
    with (tmp_path / PROGRESS).open("a") as file:
        file.write('{"part": ["Q34"], "offs')  # the kill came while a line was written
    asked = len(served.asked)
    outcome = run(served, tmp_path, "NOR", "SWE", today=date(2026, 11, 23))
    assert (outcome.pages, outcome.resumed, outcome.facts, len(served.asked)) == (1, 1, 2, asked + 1)
    rows = [line.split("\t") for line in (tmp_path / "offices.tsv").read_text().splitlines()]
    assert {row[rows[0].index("as_of")] for row in rows[1:]} == {"2026-11-21"}


def test_a_process_that_is_killed_leaves_its_pages_and_no_half_table(served: Wikidata, tmp_path: Path) -> None:
    served.rows[NORWAY] = [SOLHEIM]
    served.script = [body(results([SOLHEIM])), silent]
    ask = ["kb", "refresh", "--overlay", str(tmp_path), "--country", "NOR", "--country", "SWE", "--endpoint", served.address]
    with subprocess.Popen([sys.executable, "-c", "from onrecord.cli.main import main; main()", *ask], stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 30
        while len(served.asked) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
    assert [p.name for p in tmp_path.iterdir()] == [PROGRESS]
    outcome = run(served, tmp_path, "NOR", "SWE", today=date.today())
    assert (outcome.pages, outcome.resumed, outcome.facts) == (1, 1, 1)


@pytest.mark.parametrize("change", ["countries", "a month later", "damaged", "no day", "no part"])
def test_other_pages_are_not_taken_for_these(served: Wikidata, tmp_path: Path, change: str) -> None:
    served.rows[NORWAY] = [SOLHEIM]
    served.script = [body(results([])), *[status(500)] * 4]
    with pytest.raises(ServiceError):
        run(served, tmp_path, "NOR", "SWE")
    if change == "damaged":
        (tmp_path / PROGRESS).write_text('{"asked": 1}\nnonsense')
    elif change.startswith("no "):
        text = (tmp_path / PROGRESS).read_text()
        (tmp_path / PROGRESS).write_text(
            text.replace('"day": "', '"day": "x') if change == "no day" else text.replace('"part": ["Q20"]', '"part": 7')
        )
    countries = ("NOR",) if change == "countries" else ("NOR", "SWE")
    outcome = run(served, tmp_path, *countries, today=date(2026, 12, 24) if "later" in change else TODAY)
    assert (outcome.resumed, outcome.facts) == (0, 1)


@pytest.mark.parametrize(
    ("script", "waits"),
    [
        ([status(429, Retry_After="7")], [7.0]),
        ([status(429, Retry_After="0"), status(503)], [0.0, 2.0]),
        ([status(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")], [0.0]),
        ([status(429, Retry_After="soon")], [1.0]),
        ([status(500), status(502), status(504)], [1.0, 2.0, 4.0]),
        ([cut_off], [1.0]),
        ([body(b'{"results": {"bindings": [{"person"')], [1.0]),
        ([body(b"<html>busy</html>")], [1.0]),
        ([body(b'{"results": {"bindings": [7]}}')], [1.0]),
        ([body(b"[" * 100_000)], [1.0]),
        ([silent], [1.0]),
        ([trickle], [1.0]),
        ([status(307, Location="/sparql?again")], []),
    ],
)
def test_what_passes_is_borne(served: Wikidata, script: list, waits: list[float]) -> None:
    served.script, served.rows[NORWAY] = script, [SOLHEIM]
    patience = Patience()
    asked = service(served, patience, idle_s=0.4, total_s=0.5)
    assert len(asked.select(wikidata.officials_query(NORWAY, None, 0))) == 1
    assert patience.waited == waits
    asked.close()


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ([status(400)], "refuses with 400: no"),
        ([status(403)], "refuses with 403"),
        ([status(429, Retry_After="86400")], "asks to wait 86400 seconds"),
        ([status(302, Location="http://example.org/sparql")], "sends on to http://example.org, which was not asked for"),
        ([status(302, Location="http://127.0.0.1:1/")], "sends on to http://127.0.0.1:1"),
        ([status(302, Location="file:///etc/hosts")], "sends on to file://"),
        ([status(301, Location="/round")] * 4, "sends on and on"),
        ([status(301)] * 4, "sends on and on"),
        ([flood], "answers with more than"),
        ([body(b"{}")] * 4, "its answer breaks off or makes no sense, 4 times"),
    ],
)
def test_what_does_not_pass_is_said(served: Wikidata, script: list, says: str) -> None:
    served.script = script
    asked = service(served, max_bytes=200_000)
    with pytest.raises(ServiceError, match=says.replace("?", r"\?")):
        asked.select("SELECT")
    assert not served.script
    asked.close()


def test_without_a_network_the_message_is_clear(tmp_path: Path) -> None:
    with serving() as gone:
        pass
    with pytest.raises(ServiceError, match=r"cannot reach 127\.0\.0\.1") as caught:
        run(gone, tmp_path, "NOR")
    assert "goes on from there" in caught.value.hint


@pytest.mark.parametrize("address", ["file:///etc/hosts", "ftp://host/", "https://", "http://user:secret@host/", "http://host:port/", "wikidata"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(QueryError, match="is no address"):
        Service(address, "tests")


def test_a_state_that_wikidata_cannot_be_asked_about(served: Wikidata, tmp_path: Path) -> None:
    (tmp_path / "states.tsv").write_text("id\tname\tcountry\nor:ruritania\tRuritania\tXRU\n")
    with pytest.raises(QueryError, match="Ruritania has no Wikidata id"):
        run(served, tmp_path, "XRU")
    assert served.asked == []


REFUSED = [
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish"), "no start"),
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish", "2020-05-01", "2019-01-01"), "before it starts"),
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish", "2031"), "it starts in 2031"),
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish", "2020", startPrecision="8"), "is no year, month or day"),
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish", "2020") | {"start": "t1234"}, "is no year, month or day"),
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish", "2020-13-01"), "is no date"),
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish", "1950-01-01"), "open since 1950-01-01"),
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish", "2020", died="2019-02-02T00:00:00Z"), "after the holder died"),
    (person("Q9", "Ann Lee", "Q8", "Minister of Fish", "2018", died="2019-02-02T00:00:00Z"), "no end, and the holder died"),
    (person("Q9", "Ann Lee", "Q8", "Q8", "2020"), "'Q8' is no title"),
    (person("Q9", "Ann Lee", "Q8", "member of the 55th Parliament", "2020"), "is no title"),
    (person("Q9", "Ann Lee", "Q8", "list of ministers of fish", "2020"), "is no title"),
    (person("Q9", "Ann Lee", "Q8", "Minister (Fish)", "2020"), "is no title"),
    (person("Q9", "Q9", "Q8", "Minister of Fish", "2020"), "'Q9' is no name"),
    (person("Q9", "", "Q8", "Minister of Fish", "2020"), "no English name"),
    (person("Q9", "Ann Lee", "Q8", "", "2020"), "no English title"),
    (person("nobody", "Ann Lee", "Q8", "Minister of Fish", "2020"), "no Wikidata ids"),
]


@pytest.mark.parametrize(("row", "why"), REFUSED)
def test_what_makes_no_sense_is_refused_with_the_reason(row: dict[str, str], why: str) -> None:
    bindings = json.loads(results([row]))["results"]["bindings"]
    (found,) = periods([{n: b["value"] for n, b in b.items()} for b in bindings], "NOR", TODAY)
    assert isinstance(found, Refused)
    assert why in found.why


def test_refused_answers_are_logged(served: Wikidata, tmp_path: Path) -> None:
    served.rows[NORWAY] = [row for row, _ in REFUSED] + [SOLHEIM]
    outcome = run(served, tmp_path, "NOR")
    assert outcome.facts == 1
    assert len((tmp_path / LOG).read_text().splitlines()) == len(outcome.refused) == len(REFUSED)


def test_one_fact_told_twice_is_one_and_two_ends_are_none() -> None:
    def told(*ends: str) -> list[Period | Refused]:
        rows = [person("Q9", "Ann Lee", "Q8", "Minister of Fish", "2020", end) for end in ends]
        return list(periods([{n: b["value"] for n, b in b.items()} for b in json.loads(results(rows))["results"]["bindings"]], "NOR", TODAY))

    assert told("2021", "", "2021") == told("", "2021") == [Period("Q9", "Q8", "Ann Lee", "Minister of Fish", "NOR", "2020", "2021")]
    (refused,) = told("2021", "2022", "")
    assert isinstance(refused, Refused)
    assert "two ends" in refused.why


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("Prime Minister of Norway", "Prime Minister"),
        ("Norwegian Prime Minister", "Prime Minister"),
        ("prime minister of the Kingdom of Norway", "Prime minister"),
        ("Minister of Fish, Norway", "Minister of Fish"),
        ("Minister for Nordic Cooperation", "Minister for Nordic Cooperation"),
        ("ambassador of Norway to Sweden", "Ambassador to Sweden"),
    ],
)
def test_a_title_loses_its_state(label: str, title: str) -> None:
    assert title_of(label, ["Norway", "Kingdom of Norway", "Norwegian"]) == title
