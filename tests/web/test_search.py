"""Search: filters live in the address, problems stand beside their fields, results are marked, and the page leads on with the same filter."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from desk.made import add
from onrecord.query import QUERIES, Filter
from onrecord.query.marks import looked_for, marked
from onrecord.store import open_store
from onrecord.web.filters import address
from onrecord.web.pages.search import FIELDS, PAGE, TABS
from onrecord.web.render import _environment
from onrecord.web.server import create
from onrecord.web.tolerant import written
from web.visiting import BASE

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(lambda s: bool(s.strip()))
FILTERS = st.builds(
    Filter,
    actor=st.none() | WORDS,
    speaker=st.none() | WORDS,
    about=st.none() | WORDS,
    publisher=st.none() | WORDS,
    text=st.none() | st.sampled_from(['"sea route" & fees', "Élysée", "a+b=c%20", "日本"]),
    stance=st.none() | st.sampled_from(["support", "oppose"]),
    type=st.none() | st.sampled_from(["ASSAULT", "part-of"]),
    since=st.none() | st.sampled_from(["2024", "2024-07", "2024-07-03"]),
    language=st.none() | st.just("en"),
    confidence=st.none() | st.floats(0, 1),
    corroboration=st.none() | st.integers(0, 9),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("search") / "world.onrecord"
    add(made, *range(30))
    return made


@pytest.fixture(scope="module")
def desk(path: Path) -> Iterator[TestClient]:
    with TestClient(create(path), base_url=BASE, follow_redirects=False) as client:
        yield client


def body(client: TestClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def count_of(page: str) -> str:
    found = re.search(r'<h2 id="count">(.*?)</h2>', page, re.DOTALL)
    assert found is not None
    return " ".join(html.unescape(found[1]).split())


@settings(max_examples=60, deadline=None)
@given(wanted=FILTERS)
def test_a_filter_goes_into_the_address_and_comes_back(wanted: Filter) -> None:
    query = urlsplit(address("/search", wanted, view="positions")).query
    request: Any = SimpleNamespace(query_params=QueryParams(query))
    read = written(request, FIELDS, ("view",))
    assert read.wanted == wanted
    assert not read.wrong


@pytest.mark.parametrize("view", [name for name, _, _ in TABS])
@pytest.mark.parametrize(
    "wanted",
    [
        {}, {"text": "harbour"}, {"actor": "Borduria"}, {"speaker": "BOR", "confidence": "0.5"}, {"since": "2031", "until": "2031-06"},
        {"publisher": "north wire", "language": "en"}, {"corroboration": "2"}, {"stance": "oppose"}, {"type": "ASSAULT"}, {"via": "Q7"},
    ],
    ids=str,
)  # fmt: skip
def test_a_tab_shows_what_its_query_finds(desk: TestClient, path: Path, view: str, wanted: dict[str, str]) -> None:
    page = body(desk, address("/search", None, view=view, **wanted))
    query = QUERIES[next(query for name, query, _ in TABS if name == view)]
    request: Any = SimpleNamespace(query_params=QueryParams(wanted))
    taken = {name: getattr(written(request, FIELDS).wanted, name) for name in wanted if name in query.fields}
    with open_store(path) as store, store.view() as opened:
        rows: list[Any] = list(query.function(opened, Filter(**taken, limit=PAGE)))
    shown = re.findall(r'<h3><a href="/reports/(\w+)"' if view == "reports" else r'<article class="record \w+" id="r-(\w+)"', page)
    assert shown == [row.id for row in rows]
    idle = [name for name in wanted if name not in query.fields]
    assert all(name in page.partition("Not asked here")[2] for name in idle)


def test_pages_follow_each_other_without_a_gap(desk: TestClient, path: Path) -> None:
    seen: list[str] = []
    url: str | None = "/search?text=harbour&view=all"
    while url:
        page = body(desk, url)
        seen += re.findall(r'id="r-(\w+)"', page)
        following = re.search(r'<a class="next" rel="next" href="([^"]+)"', page)
        url = html.unescape(following[1]) if following else None
    with open_store(path) as store, store.view() as view:
        assert seen == [row.id for row in QUERIES["timeline"].function(view, Filter(text="harbour"))]  # type: ignore[attr-defined]


def test_found_words_are_marked_and_nothing_else_changes(desk: TestClient) -> None:
    assert "<mark>harbour</mark>" in body(desk, "/search?text=HARBOUR")
    assert "".join(piece for piece, _ in marked("L'Élysée, <b>", looked_for("elysee"))) == "L'Élysée, <b>"
    assert [piece for piece, hit in marked("L'Élysée, élysées", looked_for('"elysee sea"')) if hit] == ["Élysée"]


def test_words_of_a_report_and_of_an_address_are_escaped(desk: TestClient) -> None:
    page = body(desk, "/search?text=%3Cscript%3Ealert(1)%3C/script%3E&actor=%22%3E%3Cimg%20src=x%3E")
    assert "<script>alert" not in page
    assert "<img" not in page


@pytest.mark.parametrize(
    ("query", "field", "says"),
    [
        ("stance=suport", "stance", "did you mean support"), ("issue=taiwan-statuss", "issue", "taiwan-status"),
        ("since=yesterday", "since", "2024-07"), ("since=2025&until=2024", "until", "earlier"), ("confidence=much", "confidence", "write a number"),
        ("text=**", "text", "no word"),
        ("corroboration=-1", "corroboration", "not between"), ("type=ASAULT", "type", "ASSAULT"), ("confidence=nan", "confidence", "not between"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_beside_its_field(desk: TestClient, query: str, field: str, says: str) -> None:
    page = body(desk, f"/search?{query}&actor=Borduria")
    beside = re.search(rf'id="wrong-{field}">([^<]*)', page)
    assert beside
    assert says in html.unescape(beside[1])
    assert f'aria-describedby="wrong-{field}"' in page
    assert 'value="Borduria"' in page, "the rest of the form is kept"


def test_near_names_are_offered_where_nothing_was_found(desk: TestClient) -> None:
    page = body(desk, "/search?actor=Bordurya&view=events")
    assert '<a href="/search?actor=Borduria&amp;view=events">Borduria</a>' in page


def test_a_form_with_empty_fields_leads_to_the_short_address(desk: TestClient) -> None:
    answer = desk.get("/search?text=&actor=Borduria&stance=&view=events")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?actor=Borduria&view=events")


def test_htmx_is_told_the_address(desk: TestClient) -> None:
    assert desk.get("/search?actor=Borduria", headers={"HX-Request": "true"}).headers["hx-push-url"] == "/search?actor=Borduria"


def test_a_parameter_nobody_knows_is_refused(desk: TestClient) -> None:
    for query in ("akter=x", "path=&wanted=x", "path=x&text=", "text=a&text=b"):
        assert desk.get(f"/search?{query}").status_code == 400


@pytest.mark.parametrize("place", ["timeline", "network", "map"])
def test_other_pages_take_the_filter(desk: TestClient, place: str) -> None:
    page = body(desk, "/search?actor=Borduria&text=harbour&since=2030&publisher=North+Wire&speaker=BOR&language=en&confidence=0.2")
    to = html.unescape(re.search(rf'href="(/{place}\?[^"]+)"', page)[1])  # type: ignore[index]
    assert "actor=Borduria" in to
    assert desk.get(to).status_code == 200


def test_every_field_can_be_taken_away_and_taken_along(desk: TestClient) -> None:
    page = body(desk, "/search?actor=Borduria&text=harbour")
    links = [urlsplit(html.unescape(url)) for url in re.findall(r'href="([^"]+)"', page)]
    parts = {(each.path, tuple(sorted(parse_qsl(each.query)))) for each in links}
    assert {("/search", (("text", "harbour"),)), ("/search", (("actor", "Borduria"),))} <= parts
    same = (("actor", "Borduria"), ("text", "harbour"))
    assert {("/timeline", same), ("/network", same), ("/map", same), ("/api/timeline/export", (same[0], ("format", "csv"), same[1]))} <= parts


def test_the_file_has_the_rows_that_are_shown(desk: TestClient) -> None:
    page = body(desk, "/search?actor=Borduria&view=positions&confidence=0.9")
    export = html.unescape(re.search(r'href="(/api/positions/export[^"]+)"', page)[1])  # type: ignore[index]
    with ZipFile(BytesIO(desk.get(export).content)) as packed:
        rows = list(csv.DictReader(packed.read("positions.csv").decode("utf-8-sig").splitlines()))
    assert re.findall(r'id="r-(\w+)"', page) == [row["id"] for row in rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("of=actor&begin=bor", ["Borduria", "Borduria Television"]),
        ("of=publisher&begin=ECHO", ["Écho du Golfe"]),
        ("of=actor&begin=%20", []),
        ("", []),
    ],
)
def test_names_are_offered_as_one_types(desk: TestClient, query: str, names: list[str]) -> None:
    assert desk.get(f"/search/names?{query}").json() == {"names": names}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("", "30 of 102 records, by date"), ("text=harbour", "30 of 60 records, by date"), ("actor=Borduria", "30 of 45 records, by date"),
        ("view=statements", "30 records, by date"), ("kind=event", "20 records, by date"), ("view=events", "20 events, by date"),
        ("view=reports", "30 reports, by date"), ("corroboration=2", "12 records, by date"), ("text=zzzz", "Nothing found"),
    ],
)  # fmt: skip
def test_a_list_says_of_how_many(desk: TestClient, asked: str, says: str) -> None:
    assert count_of(body(desk, f"/search?{asked}")) == says


@pytest.mark.parametrize(
    ("view", "counted", "says"),
    [
        ("all", (1240, True), "3 of 1 240 records"), ("all", (10_000, False), "3 of more than 10 000 records"),
        ("reports", (3, True), "3 reports"), ("reports", None, "3 reports, and more"),
        ("events", (40, True), "3 of the events that 40 records tell of"),
    ],
)  # fmt: skip
def test_how_many_is_said_in_words(view: str, counted: tuple[int, bool] | None, says: str) -> None:
    macro = _environment().get_template("parts_search.jinja").make_module({"csrf": ""}).how_many  # type: ignore[attr-defined]
    assert " ".join(html.unescape(str(macro(SimpleNamespace(rows=[1, 2, 3], counted=counted), view))).split(" ")).strip() == says


def test_of_very_many_it_is_said_that_there_are_more(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.pages.search._COUNTED", 100)
    page = body(desk, "/search?confidence=0")
    assert count_of(page) == "30 of more than 100 records, by date"
    following = re.search(r'<a class="next" rel="next" href="([^"]+)"', page)
    assert following is not None
    assert count_of(body(desk, html.unescape(following[1]))) == "30 of more than 100 records, from further on, by date"
    monkeypatch.setattr("onrecord.web.pages.search._PATIENCE", 0)
    assert count_of(body(desk, "/search?confidence=0.0001")) == "30 records, and more, by date"


def test_newest_first_lives_in_the_address(desk: TestClient) -> None:
    oldest, newest = body(desk, "/search?text=harbour"), body(desk, "/search?text=harbour&order=newest")
    assert 'href="/search?text=harbour&amp;order=newest"' in oldest
    assert 'href="/search?text=harbour"' in newest
    assert '<input type="hidden" name="order" value="newest">' in newest
    assert "newest</" not in newest.partition('class="chips"')[2].partition("</ul>")[0]
    ids = [re.findall(r'<article class="record \w+" id="r-(\w+)"', page) for page in (oldest, newest)]
    assert ids[0] != ids[1]
