"""The reader: reports with their records, one record, two reports side by side, help. What a browser does with it is tested in ``browser``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.codebook.lookup import known_codes, meanings
from onrecord.model import Decision, Reading
from onrecord.store import open_store
from onrecord.web.pages.codes import shipped
from onrecord.web.server import create
from store.builders import document, sample, span, statement, who
from web import two_reports
from web.visiting import BASE

HTMX = {"HX-Request": "true"}
NUMBER = re.compile(r'<a class="n[^>]*>\d+</a>')
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Reading, Reading]]:
    """A desk on two linked reports."""
    path = tmp_path_factory.mktemp("pair") / "pair.onrecord"
    one, other = two_reports.store(path)
    with TestClient(create(path), base_url=BASE, follow_redirects=False) as client:
        yield client, one, other


def desk(path: Path, *readings: Reading) -> TestClient:
    """A desk on a new store with these readings."""
    with open_store(path, create=True) as made, made.writer() as writer:
        for reading in readings:
            writer.add(reading, reading.document.id)
    return TestClient(create(path), base_url=BASE, follow_redirects=False)


def text_of(page: str) -> str:
    """The report's text as the page has it."""
    section = page.partition('<section class="text"')[2].partition("</section>")[0].partition(">")[2]
    return unescape("".join(TAG.sub("", NUMBER.sub("", p)) for p in re.findall(r"<p dir=.*?</p>", section, re.DOTALL)))


def test_names_in_a_chain_lead_to_pages_that_are_there(client: TestClient, web_store: Path) -> None:
    with open_store(web_store) as store, store.view() as view:
        pages = [client.get(f"/reports/{doc.id}").text for doc in view.documents()]
    found = {unescape(link) for page in pages for link in re.findall(r'<span class="relay"><bdi><a [^>]*href="([^"]+)"', page)}
    assert any(link.startswith("/search?via=") for link in found)
    assert [link for link in sorted(found) if client.get(link).status_code != 200] == []


def test_every_report_has_its_text_unchanged_and_all_its_records(client: TestClient, web_store: Path) -> None:
    with open_store(web_store) as store, store.view() as view:
        for document_ in view.documents():
            page = client.get(f"/reports/{document_.id}")
            assert page.status_code == 200
            assert text_of(page.text) == document_.text
            for record in view.reading(document_.id).records:
                assert page.text.count(f'id="r-{record.id}"') == page.text.count(f'id="w-{record.id}"') == 1
                assert f'href="#r-{record.id}"' in page.text
                assert f'href="#w-{record.id}"' in page.text


def test_a_report_says_where_it_is_from_and_what_hangs_on_its_words(pair: tuple[TestClient, Reading, Reading]) -> None:
    client, one, _ = pair
    page = client.get(f"/reports/{one.document.id[:8]}").text  # the beginning of an id will do
    assert 'href="https://north.example/lutha" rel="noopener noreferrer nofollow external"' in page
    assert "uses copy of" in page
    for words in ("Borduria Television", "(via)", "North Wire", "(publisher)", "not resolved", "87 %", "said in the text"):
        assert words in page
    assert re.search(r'data-as="[^"]*\d:trigger', page)
    assert all(
        f'<span class="role {role}">{role}</span>' in page
        for role in ("speaker", "cue", "content", "actor", "recipient", "trigger", "holder", "target", "via", "time")
    )


def test_overlapping_words_know_all_their_records(pair: tuple[TestClient, Reading, Reading]) -> None:
    client, one, _ = pair
    page = client.get(f"/reports/{one.document.id}").text
    found = re.search(r'<span class="m statement1 position1" data-in="([\d ]+)"[^>]*>The harbour</span>', page)
    assert found is not None
    assert len(found[1].split()) == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reports/ffffffffffffffff", 404), ("/reports/{id}?part=2", 404), ("/reports/{id}?part=x", 404), ("/reports/{id}?part=-1", 404),
        ("/reports/{id}?colour=red", 400), ("/reports?colour=red", 400), ("/reports?since=soon", 400), ("/records/ffffffffffff", 404),
        ("/records/ffffffffffff/full", 404), ("/records/{record}/nothing", 404), ("/compare", 400), ("/compare?left={id}&right={id}", 400),
        ("/compare?left={id}&right=ffffffffffffffff", 404), ("/compare?left=ffffffffffffffff", 404), ("/help/no-such-code", 404),
        ("/reports/" + "9" * 400, 404),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_so(pair: tuple[TestClient, Reading, Reading], address: str, status: int) -> None:
    client, one, _ = pair
    answer = client.get(address.format(id=one.document.id, record=one.events[0].id))
    assert answer.status_code == status
    assert "problem" in answer.text


def test_a_record_leads_into_its_report(pair: tuple[TestClient, Reading, Reading]) -> None:
    client, one, _ = pair
    record = one.events[0]
    for given in (record.id, record.id[:10]):
        answer = client.get(f"/records/{given}")
        assert (answer.status_code, answer.headers["location"]) == (302, f"/reports/{one.document.id}#r-{record.id}")


def test_all_about_a_record_as_a_page_and_as_a_piece(pair: tuple[TestClient, Reading, Reading]) -> None:
    client, one, other = pair
    record = one.events[0]
    page, piece = client.get(f"/records/{record.id}/full").text, client.get(f"/records/{record.id}/full", headers=HTMX).text
    assert "<html" in page
    assert "<html" not in piece
    for text in (page, piece):
        assert f"/records/{other.events[0].id}" in text  # the same, told elsewhere
        assert f"/api/show/{record.id}" in text
        assert "How it came to its code" in text
    assert "<mark>" in page


@pytest.mark.parametrize(
    ("query", "kind", "words"),
    [
        ("corroboration", "events", ["independent voices", "North Wire", "Straits Herald"]),
        ("wordings", "statements", ["leaves out", "until spring", "the fullest"]),
        ("contradictions", "events", ["six", "Eight drivers", "Side by side"]), ("threads", "events", ["It answers nothing"]),
    ],
)  # fmt: skip
def test_what_other_reports_have_to_do_with_a_record(pair: tuple[TestClient, Reading, Reading], query: str, kind: str, words: list[str]) -> None:
    client, one, _ = pair
    record = getattr(one, kind)[0]
    for headers in ({}, HTMX):
        answer = client.get(f"/records/{record.id}/{query}", headers=headers)
        assert answer.status_code == 200
        assert ("<html" in answer.text) == (not headers)
        assert [w for w in words if w not in unescape(answer.text)] == []


def test_two_reports_side_by_side(pair: tuple[TestClient, Reading, Reading]) -> None:
    client, one, other = pair
    page = client.get(f"/compare?left={one.document.id}&right={other.document.id}").text
    assert "2 things are told by both" in page
    for number in (1, 2):
        assert page.count(f'id="left-{number}" href="#right-{number}"') == page.count(f'id="right-{number}" href="#left-{number}"') == 1
    assert "Told differently" in page
    assert "until spring" in page.partition('class="differs"')[2].partition("</p>")[0]
    only = page.partition('id="one"')[2]
    assert "The pact between both endures" in only
    assert one.events[0].id not in only


def test_the_page_has_the_rows_of_the_question(pair: tuple[TestClient, Reading, Reading]) -> None:
    client, one, other = pair
    page = unescape(client.get(f"/compare?left={one.document.id}&right={other.document.id}").text)
    export = re.search(r'href="(/api/beside/export\?[^"]+)"', page)
    assert export is not None
    assert client.get(export[1]).status_code == 200
    rows = client.get(export[1].replace("/export", "").replace("&format=csv", "")).json()["rows"]
    for how, part in (("same", 'id="both"'), ("told", 'id="differently"'), ("only", 'id="one"')):
        section = page.partition(part)[2].partition("</section>")[0]
        told = {row[name] for row in rows if row["how"].startswith(how) for name in ("id", "other_id") if row[name]}
        assert set(re.findall(r'href="/records/(\w+)"', section)) == told
    assert re.findall(r'<li data-pair="(\d+)">', page) == [str(row["number"]) for row in rows if row["how"].startswith("same")]


def test_the_sides_may_be_changed(pair: tuple[TestClient, Reading, Reading]) -> None:
    client, one, other = pair
    page = client.get(f"/compare?left={other.document.id}&right={one.document.id}").text
    assert f"/compare?left={one.document.id}&amp;right={other.document.id}" in page
    row = page.partition("<tbody>")[2].partition("</tr>")[0]
    assert row.index("Eight") < row.index("six")


def test_reports_to_compare_with(pair: tuple[TestClient, Reading, Reading]) -> None:
    client, one, other = pair
    assert client.get(f"/reports/{one.document.id}/others").headers["location"] == f"/compare?left={one.document.id}"
    for text in (client.get(f"/reports/{one.document.id}/others", headers=HTMX).text, client.get(f"/compare?left={one.document.id}").text):
        assert f"/compare?left={one.document.id}&amp;right={other.document.id}" in text
        assert "same story" in text
        assert "2 records of the same" in text


def test_a_report_alone_has_nothing_to_compare_with(tmp_path: Path) -> None:
    reading = sample(3)
    with desk(tmp_path / "s", reading) as client:
        assert "No other report" in client.get(f"/reports/{reading.document.id}/others", headers=HTMX).text


def test_the_list_is_filtered_and_paged(tmp_path: Path) -> None:
    with desk(tmp_path / "s", *(sample(n) for n in range(45))) as client:
        first = client.get("/reports").text
        following = unescape(re.search(r'<a class="next" rel="next" href="([^"]+)"', first)[1])  # type: ignore[index]
        second = client.get(following).text
        reports = re.compile(r'<h2><a href="/reports/(\w{16})"')
        assert len(reports.findall(first)) == 30
        assert len(set(reports.findall(first) + reports.findall(second))) == 45
        assert "That is all." in second
        assert len(reports.findall(client.get("/reports?publisher=North+Wire").text)) == sum(
            sample(n).document.publisher == "North Wire" for n in range(45)
        )
        assert "No report fits." in client.get("/reports?publisher=Nobody").text
        assert client.get("/reports?text=&publisher=North+Wire&issue=").headers["location"] == "/reports?publisher=North+Wire"


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with desk(tmp_path / "s") as client:
        assert "onrecord add" in client.get("/reports").text


def test_a_long_report_comes_in_parts_and_a_record_leads_to_its_own(tmp_path: Path) -> None:
    doc = document("\n".join(f"Ana Lund said that harbour number {n} stays open." for n in range(450)))
    said = [statement(doc, who(doc, "Ana Lund", "Lund"), f"harbour number {n} stays open") for n in range(450)]
    with desk(tmp_path / "s", Reading(doc, statements=tuple(said))) as client:
        pages = [client.get(f"/reports/{doc.id}?part={n}").text for n in (1, 2, 3)]
        assert "".join(text_of(page) for page in pages) == doc.text
        assert [page.count('<li class="item') for page in pages] == [200, 200, 50]
        assert 'rel="next"' in pages[0]
        assert "Former part" not in pages[0]
        assert client.get(f"/records/{said[440].id}").headers["location"] == f"/reports/{doc.id}?part=3#r-{said[440].id}"
        assert ">441</a>" in pages[2]


def test_a_report_without_records_says_so(tmp_path: Path) -> None:
    doc = document("Nothing is said here.", None, None)
    with desk(tmp_path / "s", Reading(doc)) as client:
        assert "Nothing was read from this report." in client.get(f"/reports/{doc.id}").text


def test_what_reviewers_decided_is_shown(tmp_path: Path) -> None:
    reading = sample(5)
    said = reading.statements[0]
    with desk(tmp_path / "s", reading) as client:
        with open_store(tmp_path / "s") as store, store.writer() as writer:
            given = {"document_id": said.document_id, "by": "Ada", "at": "2031-06-01T00:00:00Z"}
            writer.decide(Decision(record_id=said.id, verdict="accept", record=said, **given))
        assert '<span class="state accepted">accepted</span>' in client.get(f"/reports/{reading.document.id}").text
        assert '<span class="state accepted">accepted</span>' in client.get(f"/records/{said.id}/full").text


def test_odd_characters_are_shown_safely(tmp_path: Path) -> None:
    text = "سلام 🕊️ Ana\u202eLund said e\u0301clairs\x07 are \u200bfine."
    doc = document(text, "North\u202eWire", title="سلام\u2066 <b>")
    said = statement(doc, who(doc, "Ana\u202eLund"), "e\u0301clairs\x07 are \u200bfine")
    with desk(tmp_path / "s", Reading(doc, statements=(said,))) as client:
        page = client.get(f"/reports/{doc.id}").text
    assert text_of(page) == text.replace("\x07", "\ufffd")
    listed = page.partition('<section class="records"')[2] + page.partition("</header>")[2].partition('<section class="text"')[0]
    assert not set("\u202e\u2066\x07") & set(listed)
    assert "<b>" not in page


def test_a_split_quotation_is_marked_in_both_places(tmp_path: Path) -> None:
    doc = document("“The harbour,” Ana Lund said, “stays open.”")
    said = statement(doc, who(doc, "Ana Lund", "Lund"), "The harbour", evidence=span(doc, doc.text))
    said = replace(said, content=(span(doc, "The harbour"), span(doc, "stays open")))
    with desk(tmp_path / "s", Reading(doc, statements=(said,))) as client:
        page = client.get(f"/reports/{doc.id}").text
    assert page.count("1:content") == 2
    assert page.index("stays open</span>") < page.index('id="w-')


@pytest.mark.parametrize(
    "code", ["CONSULT", "CONSULT/visit", "support", "indirect", "036", "1", "recode:promised-visit", "taiwan-status", "GOV", "no-antecedent"]
)
def test_every_kind_of_code_has_its_meaning(client: TestClient, code: str) -> None:
    page, piece = client.get(f"/help/{code}"), client.get(f"/help/{code}", headers=HTMX)
    assert page.status_code == piece.status_code == 200
    assert "<html" not in piece.text
    for meaning in meanings(code):
        assert meaning.definition in unescape(piece.text)
        assert meaning.source in unescape(page.text)


def test_a_code_of_two_codebooks_has_both_meanings(client: TestClient) -> None:
    assert len(meanings("terrorism")) > 1
    assert client.get("/help/terrorism").text.count('class="meaning"') == len(meanings("terrorism"))


def test_every_code_is_listed(client: TestClient) -> None:
    page = client.get("/help").text
    assert [code for code in known_codes() if f"<code>{code}</code>" not in page] == []


def test_an_unknown_code_has_near_ones(client: TestClient) -> None:
    answer = client.get("/help/CONSULLT")
    assert answer.status_code == 404
    assert "CONSULT" in answer.text


def test_sources_and_licences_are_told(client: TestClient) -> None:
    page = client.get("/about").text
    for words in ("Wikidata", "CC0", "GeoNames", "Natural Earth", "PLOVER", "all-MiniLM-L6-v2", "Apache License 2.0", "links", "standing"):
        assert words in page
    assert {package for package, *_ in shipped()} >= {"htmx.org", "echarts", "cytoscape", "d3-geo"}
    for *_, address in shipped():
        assert client.get(address).status_code == 200


def test_a_long_list_has_a_way_to_the_latest(tmp_path: Path) -> None:
    readings = [Reading(document(f"The harbour number {n} stays open.", published=f"2031-{1 + n // 28:02}-{1 + n % 28:02}")) for n in range(40)]
    with desk(tmp_path / "s", *readings) as client:
        assert 'href="/reports?order=newest"' in client.get("/reports").text
        page = unescape(client.get("/reports?order=newest&publisher=North+Wire").text)
        assert page.index("number 39 ") < page.index("number 38 ") < page.index("number 11 ")
        assert "number 9 " not in page
        following = re.search(r'rel="next" href="([^"]+)"', page)
        assert following is not None
        assert "number 9 " in unescape(client.get(following[1]).text)
        assert "number 39 " in client.get("/").text


def test_a_report_without_a_title_is_called_by_its_first_words(tmp_path: Path) -> None:
    doc = document("Speaking in Lutha, Ms Lund said that the harbour stays open. Nobody objected.", title=None)
    said = statement(doc, who(doc, "Ms Lund", "Lund"), "that the harbour stays open")
    with open_store(tmp_path / "untitled", create=True) as store, store.writer() as writer:
        writer.add(Reading(doc, statements=(said,)), "report")
    with TestClient(create(tmp_path / "untitled"), base_url=BASE) as client:
        for address in ("/", "/reports", f"/reports/{doc.id}", "/search?view=statements", "/search?view=reports", f"/compare?left={doc.id}"):
            assert "“Speaking in Lutha, Ms Lund said that the …” (no title)" in unescape(client.get(address).text), address
        assert client.get("/api/documents").json()["rows"][0]["title"] is None
