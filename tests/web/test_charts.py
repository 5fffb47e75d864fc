"""The timeline, the network and the map: what the scripts draw is what the queries say, and the shapes are those that the notes speak of."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.knowledge.tables import rows
from onrecord.query import Filter, course, dyads, events, network, places, timeline
from onrecord.store import View, open_store
from onrecord.web.answers import Answer, Answers, NotYet
from onrecord.web.charted import Stretch, in_period
from onrecord.web.static_files import files

PAGES = ("/timeline", "/network", "/map")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("query", ["", "?actor=China&since=2025", "?since=soon&confidence=much", "?actor=nobody-at-all&text=%22%3Cb%3E%22"])
def test_every_page_opens_with_any_filter(client: TestClient, path: str, query: str) -> None:
    answer = client.get(path + query)
    assert answer.status_code == 200
    assert "<b>" not in answer.text
    if "soon" in query:
        assert answer.text.count('aria-invalid="true"') == 2


@pytest.mark.parametrize("path", PAGES)
def test_empty_fields_of_a_form_leave_no_trace_in_the_address(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}?actor=China&about=&since=")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?actor=China")


@pytest.mark.parametrize("name", ["path", "wanted", "request"])
def test_a_parameter_called_as_one_of_our_own_is_refused_as_any_other(client: TestClient, name: str) -> None:
    answer = client.get(f"/map?{name}=x&actor=", follow_redirects=True)
    assert answer.status_code == 400


@pytest.mark.parametrize("path", [f"{path}{part}" for path in PAGES for part in ("", "/data")])
def test_a_parameter_nobody_knows_is_refused(client: TestClient, path: str) -> None:
    assert client.get(path, params={"colour": "red"}).status_code == 400


def test_an_odd_kind_breaks_no_page(client: TestClient) -> None:
    assert client.get("/network?kind=relation&weight=x&at=never&parties=y").status_code == 200
    assert client.get("/network/data?kind=relation").status_code == 400
    assert client.get("/timeline?kind=silence").status_code == 400


def test_the_timeline_is_the_query_and_goes_on_behind_its_last_row(client: TestClient, web_store: Path) -> None:
    seen: list[str] = []
    address: str | None = "/timeline?kind=position"
    while address:
        text = client.get(address).text
        seen += [piece.partition('"')[0] for piece in text.split('id="r-')[1:]]
        address = text.partition('<a class="next" rel="next" href="')[2].partition('"')[0].replace("&amp;", "&") or None
    with open_store(web_store) as store, store.view() as view:
        assert seen == [row.id for row in timeline(view, Filter(kind="position"))]


def test_a_page_that_htmx_asks_for_says_which_address_it_is_of(client: TestClient) -> None:
    answer = client.get("/timeline?since=2025-10-01&until=2025-10-31", headers={"HX-Request": "true"})
    assert answer.headers["HX-Replace-Url"] == "/timeline?since=2025-10-01&until=2025-10-31"


def test_the_chart_of_the_timeline_is_the_query_course(client: TestClient, web_store: Path) -> None:
    body = client.get("/timeline/data?period=month").json()
    with open_store(web_store) as store, store.view() as view:
        counted = course(view, Filter(period="month"))
    assert [tuple(row) for row in body["rows"]] == [(r.since, r.until, r.kind, r.records) for r in counted if r.period]
    assert body["loose"] == sum(r.records for r in counted if r.period is None) > 0


@pytest.mark.parametrize("kind", ["event", "position", "statement"])
@pytest.mark.parametrize(("period", "at"), [("month", "all"), ("month", "2025-10"), ("year", "2025"), ("month", "1900-01")])
def test_the_network_is_the_queries_network_and_dyads(client: TestClient, web_store: Path, kind: str, period: str, at: str) -> None:
    body = client.get("/network/data", params={"kind": kind, "period": period, "at": at, "parties": 100}).json()
    with open_store(web_store) as store, store.view() as view:
        wanted = Filter(kind=kind, period=None if at == "all" else period)
        ties = [row for row in dyads(view, wanted) if row.period == at]
        parties = [row for row in network(view, wanted) if row.period == at]
    assert [(t["actor_id"], t["recipient_id"], t["volume"], t["id"]) for t in body["ties"]] == [
        (t.actor_id, t.recipient_id, t.volume, t.id) for t in ties
    ]
    assert [(p["actor_id"], p["degree"]) for p in body["parties"]] == [(p.actor_id, p.degree) for p in parties]
    assert (body["ties_total"], body["parties_total"]) == (len(ties), len(parties))


def test_the_whole_network_can_be_taken_from_its_page(client: TestClient) -> None:
    text = client.get("/network?kind=position&actor=IRN").text
    files = [unescape(url) for url in re.findall(r'href="(/api/network/export[^"]+)" download>(?:GEXF|GRAPHML)', text)]
    names = [zipfile.ZipFile(io.BytesIO(client.get(url).content)).namelist() for url in files]
    assert names == [["network.gexf", "manifest.json"], ["network.graphml", "manifest.json"]]


def test_the_network_shows_no_more_than_was_asked_for_and_says_so(client: TestClient) -> None:
    whole, heavy, few = (client.get("/network/data", params=more).json() for more in ({}, {"weight": 2}, {"parties": 5}))
    assert 0 < len(heavy["ties"]) < len(whole["ties"]) == whole["ties_total"] == heavy["ties_total"]
    assert all(tie["volume"] >= 2 for tie in heavy["ties"])
    assert len(few["parties"]) <= 5 < few["parties_total"]
    for body in (heavy, few):
        ids = {party["actor_id"] for party in body["parties"]}
        assert ids == {tie[side] for tie in body["ties"] for side in ("actor_id", "recipient_id")}


def test_the_map_is_the_query_places_and_leaves_no_event_out(client: TestClient, web_store: Path) -> None:
    body = client.get("/map/data").json()
    with open_store(web_store) as store, store.view() as view:
        found = places(view)
        happened = sum(row.status in ("actual", "historical") for row in events(view))
    assert [(p["place"], p["events"]) for p in body["places"]] == [(row.place, row.events) for row in found if row.lat is not None]
    assert body["events"] == body["on_map"] + body["nowhere"] + sum(count for _, count in body["unknown"]) == happened


def test_the_latest_records_of_a_place_come_in_the_order_that_was_asked_for(client: TestClient) -> None:
    ids = [row["id"] for row in client.get("/map/data").json()["places"]][::-1]
    text = client.get("/map/latest", params={"ids": ",".join([*ids, "0" * 20])}).text
    assert [piece.partition('"')[0] for piece in text.split('id="r-')[1:]] == ids
    assert client.get("/map/latest", params={"ids": "../../x"}).status_code == 400


@pytest.mark.parametrize("path", [f"{path}/data" for path in PAGES])
def test_in_a_big_store_scripts_are_told_to_ask_again(client: TestClient, tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cast(Any, client.app).state.desk, "answers", Never(tmp_path / "none"))
    answer = client.get(path, params={"since": "1950"})  # what was asked before is kept by the server
    assert (answer.status_code, answer.json()["before"]) == (202, 2)
    assert int(answer.headers["retry-after"]) > 0


class Never(Answers):
    """Answers that are always still being worked out."""

    def get(self, *_: object, **__: object) -> NotYet:
        return NotYet(before=2)


@dataclass
class Rows:
    """Answers that have these periods in their rows; ``calls`` counts the rows that were read."""

    periods: Sequence[str | None]
    read: int = 0

    def at_once(self, *_: object) -> bool:
        return False

    def get(self, *_: object, start: int = 0, count: int = 50) -> Answer:
        rows = [{"period": period, "number": n} for n, period in enumerate(self.periods)][start : start + count]
        self.read += len(rows)
        return Answer(("period",), rows, start, len(self.periods), 7, "2031-01-01T00:00:00Z", fresh=True)


@given(
    labels=st.lists(st.sampled_from(["2031-01", "2031-02", "2031-05", "2032-01", None]), max_size=40),
    label=st.sampled_from(["2030-12", "2031-02", "2031-03", "2032-01", "2033-01"]),
    count=st.integers(1, 6),
)
def test_the_rows_of_a_period_are_found_without_reading_all(labels: list[str | None], label: str, count: int) -> None:
    labels = sorted(labels, key=lambda one: (one is None, one or ""))
    found = in_period(cast(Answers, Rows(labels)), cast(View, None), "dyads", Filter(), label=label, count=count)
    numbers = [n for n, one in enumerate(labels) if one == label]
    assert isinstance(found, Stretch)
    assert ([row["number"] for row in found.rows], found.total) == (numbers[:count], len(numbers))


def test_a_long_answer_is_hardly_read() -> None:
    rows = Rows(["2031-01"] * 5_000 + ["2031-02"] * 5_000)
    found = in_period(cast(Answers, rows), cast(View, None), "dyads", Filter(), label="2031-02", count=10)
    assert found is not None
    assert (found.total, len(found.rows)) == (5_000, 10)
    assert rows.read < 60


def test_disputed_shapes_are_those_of_the_atlas() -> None:
    """Every shape that the atlas gives no ISO number is spoken of, but for one that nobody disputes; every shape that is spoken of is there."""
    atlas = json.loads(files()["vendor/countries-50m.json"].body)["objects"]["countries"]["geometries"]
    areas = json.loads(files()["disputed.json"].body)["areas"]
    shapes = {area["shape"] for area in areas if "shape" in area}
    assert shapes <= {shape["properties"]["name"] for shape in atlas}
    assert {shape["properties"]["name"] for shape in atlas if "id" not in shape} - shapes == {"Indian Ocean Ter."}
    for area in areas:
        assert ("shape" in area) != ("at" in area)
        assert area["between"] == sorted(area["between"])
        assert len(area["between"]) > 1
        assert abs(area.get("at", [0, 0])[0]) <= 180
        assert abs(area.get("at", [0, 0])[1]) <= 90


def test_disputed_areas_are_between_those_whom_the_knowledge_base_names() -> None:
    situations = {row[0]: row for row in rows("situations")[1]}
    names = {row[0]: row[1] for row in rows("groups")[1]} | {row[2]: row[1] for row in reversed(rows("states")[1])}
    for area in json.loads(files()["disputed.json"].body)["areas"]:
        parties = {names[key] for column in situations[area["dispute"]][4:6] for key in column.split("|") if key}
        assert parties <= set(area["between"])
        assert set(area["between"]) - parties <= {area["name"]}, "only who holds the area may be added"


@pytest.mark.parametrize("path", PAGES)
def test_the_first_paint_is_light(client: TestClient, path: str) -> None:
    """What a browser fetches before the data: the page and its files, compressed."""
    text = client.get(path).text
    names = {piece.partition('"')[0].split("/", 1)[1] for piece in text.split("/static/")[1:]}
    assert len(text.encode()) + sum(len(files()[name].small) for name in names) <= 700_000
