"""The pages of issues and actors: what they say is what the queries say, every claim leads to its record, and no name of a record is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.model import ActorRef, Issue, Participant, Reading, RecordDate, Target
from onrecord.query import Filter, actors, issues, standing
from onrecord.store import View, open_store
from onrecord.web.answers import NotYet
from onrecord.web.server import create
from store.builders import document, event, position, relation, span, statement, who
from web.visiting import BASE

EVIL = '<script>alert("x")</script>'
OTTO = "or:otto/1?#"
ADDRESS = "or%3Aotto%2F1%3F%23"
MINISTER = ActorRef(OTTO, f"Otto {EVIL}", "person", "RUR", ("GOV",), EVIL, 0.9)
ISSUE_SECTIONS = ("standing", "changes", "contested", "latest")
ACTOR_SECTIONS = ("standing", "roles", "latest", "allies", "changes", "contested", "alignment")
PIECE = {"HX-Request": "true"}
DAM = Issue("nile-dam", "Renaissance Dam")
OWN = Issue("own-straits", f"Straits {EVIL}")
TURNS = [("2031-01-10", "support"), ("2031-02-11", "support"), ("2031-03-12", "support"), ("2031-03-30", "support")] + [
    (f"2031-{month:02}-0{n}", "oppose") for month in (9, 10, 11) for n in (1, 3)
]


def _report(number: int, day: str, stance: str) -> Reading:
    """A report with everything in it, all names hostile; the minister backs the dam, then opposes it, Borduria always opposes it."""
    text = f"Otto {EVIL} spoke of the Renaissance Dam, no. {number}. Borduria rejected the Renaissance Dam and struck Otto {EVIL} at the pact."
    doc = document(text, f"Wire {number} {EVIL}", day, title=f"Dam {number} {EVIL}", url="javascript:alert(1)")
    otto = Participant(span(doc, f"Otto {EVIL}"), MINISTER)
    date = {"date": RecordDate(day, day, "day", "text"), "confidence": 0.9}
    said = statement(doc, otto, "spoke of the Renaissance Dam", form="direct", **date)
    target = Target(span(doc, "the Renaissance Dam"), "issue")
    held = (
        position(doc, otto, stance, f"the Renaissance Dam, no. {number}", DAM, statement_id=said.id, record_id=said.id, target_=target, **date),
        position(doc, who(doc, "Borduria", "BOR"), "oppose", "rejected the Renaissance Dam", DAM, target_=target, **date),
        position(doc, otto, "support", f"no. {number}", OWN, **date),
    )
    struck = event(doc, [who(doc, "Borduria", "BOR")], "ASSAULT", "struck", [otto], **date)
    pact = relation(doc, otto, "office", who(doc, "Borduria", "BOR"), "at the pact", detail=EVIL, **date)
    return Reading(doc, statements=(said,), events=(struck,), positions=held, relations=(pact,))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "store.onrecord"
    with open_store(path, create=True) as store, store.writer() as writer:
        for number, (day, stance) in enumerate(TURNS):
            writer.add(_report(number, day, stance), f"report {number}")
    return path


@pytest.fixture(scope="module")
def visitor(hostile: Path) -> Iterator[TestClient]:
    with TestClient(create(hostile), base_url=BASE, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def view(hostile: Path) -> Iterator[View]:
    with open_store(hostile) as store, store.view() as opened:
        yield opened


@pytest.fixture(scope="module")
def sample_view(web_store: Path) -> Iterator[View]:
    with open_store(web_store) as store, store.view() as opened:
        yield opened


def _ids(text: str) -> list[str]:
    return re.findall(r'href="/records/([^"]+)"', text)


def test_the_list_of_issues_says_what_the_query_says(client: TestClient, sample_view: View) -> None:
    text = client.get("/issues").text
    rows = issues(sample_view)
    assert [unescape(label) for label in re.findall(r'<a class="issue" href="/issues/[^"]+">([^<]+)</a>', text)] == [row.issue_label for row in rows]
    assert [int(n) for n in re.findall(r"(\d+) for</span>", text)] == [row.favour for row in rows]
    assert [int(n) for n in re.findall(r"(\d+) against</span>", text)] == [row.against for row in rows]


def test_issues_are_found_by_words_of_theirs(client: TestClient) -> None:
    text = client.get("/issues", params={"words": "pipel"}).text
    assert ("Energy supplies" in text, "Sudan and Darfur" in text) == (True, False)
    assert "Try fewer or shorter words" in client.get("/issues", params={"words": "zzz"}).text
    assert "with these filters" in client.get("/issues", params={"since": "2099"}).text


def test_the_list_of_actors_says_what_the_query_says_a_page_at_a_time(client: TestClient, sample_view: View) -> None:
    rows, shown, address = actors(sample_view), [], "/actors"
    while address:
        text = client.get(address).text
        shown += [unescape(name) for name in re.findall(r'<th scope="row"><a class="actor"[^>]*>([^<]+)</a>', text)]
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = unescape(following[1]) if following else ""
    assert shown == [row.actor for row in rows]
    assert f"{len(rows)} actors" in client.get("/actors").text


@pytest.mark.parametrize(
    ("words", "there"), [("IRN", "Kaveh Rostamnia"), ("Iran", "Kaveh Rostamnia"), ("Q794", "Iran"), ("rostamnia", "Kaveh Rostamnia")]
)
def test_actors_are_found_by_name_country_and_id(client: TestClient, words: str, there: str) -> None:
    assert there in client.get("/actors", params={"words": words}).text


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/actors/irn", "/actors/IRN"), ("/actors/Iran?since=2025", "/actors/IRN?since=2025"),
        ("/actors/Kaveh Rostamnia", "/actors/or%3Airn-kaveh-rostamnia"),
        ("/issues/Sudan and Darfur", "/issues/sudan-conflict"),
    ],
)  # fmt: skip
def test_a_name_leads_to_the_page(client: TestClient, address: str, to: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["location"]) == (307, to)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/actors/Rostamnja", "Nobody in particular"), ("/actors/Gromtsev", "Pavel Gromtsev"), ("/actors/nobody/standing", "nobody is called"),
        ("/issues/sudan-conflikt", "did you mean sudan-conflict"), ("/issues/own-nothing", "nothing on"),
        ("/issues/sudan-conflikt/latest", "did you mean"), ("/issues/own-nothing", "<title>Not there – onrecord</title>"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_with_what_may_have_been_meant(client: TestClient, address: str, says: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, says in unescape(answer.text)) == (404, True)


@pytest.mark.parametrize(
    "address", ["/issues?sinse=2024", "/issues?since=x", "/actors?confidence=2", "/issues/sudan-conflict?stance=support", "/actors/IRN?issue=sudam"]
)
def test_filters_are_checked(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_parties_stand_on_the_page_as_in_the_query(visitor: TestClient, view: View) -> None:
    text = visitor.get("/issues/nile-dam/standing", headers=PIECE).text
    rows = standing(view, Filter(issue="nile-dam"))
    assert {row.side for row in rows} == {"against"}
    for row in rows:
        assert f"/records/{row.record_id}" in text
        assert f"{row.documents} independent voices" in text
    assert 'href="/actors/RUR"' in text  # the minister's words are his state's
    then = visitor.get("/issues/nile-dam/standing?until=2031-05", headers=PIECE).text
    assert re.findall(r'<section class="side (\w+)"', then) == ["for", "against"]


def test_a_turn_is_shown_with_the_words_before_and_after(visitor: TestClient) -> None:
    for address in ("/issues/nile-dam/changes", "/actors/RUR/changes", f"/actors/{ADDRESS}/changes"):
        text = visitor.get(address, headers=PIECE).text
        assert re.search(r'from <span class="side for">for</span> to <span class="side against">against</span>', text)
        assert 'class="verdict real"' in text
        assert len(_ids(text)) >= 2


SECTIONS = [
    *(f"/issues/nile-dam/{name}" for name in ISSUE_SECTIONS),
    *(f"/actors/{who_}/{name}" for who_ in ("RUR", "Q2", ADDRESS) for name in ACTOR_SECTIONS),
]
PAGES = [
    "/issues",
    "/actors",
    "/actors?words=Otto",
    "/issues/nile-dam",
    "/issues/own-straits",
    "/actors/RUR",
    f"/actors/{ADDRESS}",
    f"/actors/{EVIL}",
    "/actors/Q2",
]


@pytest.mark.parametrize("address", SECTIONS)
def test_every_claim_leads_to_a_record_of_the_store(visitor: TestClient, view: View, address: str) -> None:
    text = visitor.get(address, headers=PIECE).text
    for record_id in _ids(text):
        assert view.record(record_id).id == record_id
    for document_id in re.findall(r'href="/reports/([^"]+)"', text):
        assert view.document(document_id).id == document_id


@pytest.mark.parametrize("start", ["9" * 5_000, "-1", "１", "x", "99999999"])
@pytest.mark.parametrize(
    "address", ["/issues/nile-dam/standing?group=against", f"/actors/{ADDRESS}/standing?", f"/actors/{ADDRESS}/alignment?", "/actors?"]
)
def test_where_a_list_begins_is_a_number_or_its_beginning(visitor: TestClient, address: str, start: str) -> None:
    assert visitor.get(f"{address}&start={start}").status_code == 200


@pytest.mark.parametrize("address", [*PAGES, *SECTIONS])
def test_no_name_of_a_record_is_markup(visitor: TestClient, address: str) -> None:
    answer = visitor.get(address, headers={} if address in PAGES else PIECE)
    assert answer.status_code == (404 if EVIL in address else 200)
    assert "<script>" not in answer.text
    assert "javascript:" not in answer.text
    assert not re.search(r"<[^>]+\s(style|on\w+)=", answer.text)


@pytest.mark.parametrize("address", SECTIONS)
def test_a_section_is_a_page_for_whoever_has_no_scripts(visitor: TestClient, address: str) -> None:
    piece, page = visitor.get(address, headers=PIECE).text, visitor.get(address).text
    assert "<html" not in piece
    assert page.count("<h1>") == 1
    assert _ids(page) == _ids(piece)


def test_a_country_that_nobody_knows_is_everyone_who_acts_for_it(visitor: TestClient) -> None:
    text = visitor.get("/actors/RUR").text
    assert "everyone who acts for it" in text
    assert "/actors/None" not in text
    assert "Otto" in visitor.get("/actors", params={"words": "RUR"}).text


def test_pages_lead_to_their_sections_without_scripts(visitor: TestClient) -> None:
    for path, names in (("/issues/nile-dam", ISSUE_SECTIONS), ("/actors/RUR", ACTOR_SECTIONS[:-1])):
        text = visitor.get(f"{path}?since=2031-02").text
        for name in names:
            assert f'<noscript><a href="{path}/{name}?since=2031-02">' in text


def test_what_is_being_worked_out_is_said_and_kept_by_nobody(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create(hostile)
    with TestClient(app, base_url=BASE) as client:
        monkeypatch.setattr(app.state.desk.answers, "get", lambda *_, **__: NotYet(before=2))
        lists = [name for name in SECTIONS if not name.endswith(("latest", "roles"))]
        for address in ("/issues", "/actors", *lists):
            answer = client.get(address, headers=PIECE)
            assert 'class="loading"' in answer.text
            assert "2 others come before it" in answer.text
            assert answer.headers["cache-control"] == "no-store"


def test_a_record_that_is_gone_since_is_said_to_be_gone(hostile: Path, view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create(hostile)
    rows = [{**row.full(), "record_id": "0" * 20} for row in standing(view, Filter(issue="nile-dam"))]
    with TestClient(app, base_url=BASE) as client:
        real = app.state.desk.answers.get(view, "standing", Filter(issue="nile-dam"))
        monkeypatch.setattr(
            app.state.desk.answers, "get", lambda *_, **__: type(real)(real.columns, rows, 0, len(rows), real.as_of, real.at, fresh=False)
        )
        text = client.get("/issues/nile-dam/standing", headers=PIECE).text
    assert "no longer in the store" in text
    assert "As of" in text
    assert _ids(text) == []


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    open_store(tmp_path / "empty.onrecord", create=True).close()
    with TestClient(create(tmp_path / "empty.onrecord"), base_url=BASE) as client:
        for address in ("/issues", "/actors"):
            assert "onrecord add STORE" in client.get(address).text
        assert "Nobody takes a stance on it in this store" in client.get("/issues/nile-dam/standing", headers=PIECE).text
        assert "No record of this store names France" in client.get("/actors/FRA").text
        assert "by the knowledge base" in client.get("/actors/FRA/roles", headers=PIECE).text


def test_what_the_knowledge_base_has_is_shown_with_its_source(client: TestClient) -> None:
    text = client.get("/actors/IRN/roles", headers=PIECE).text
    assert "In office, by the knowledge base" in text
    assert "CIA World Factbook" in text
    assert re.search(r"open on \d{4}-\d\d-\d\d", text)
    assert re.search(r"war: Iran-Iraq war</th><td>against Iraq</td>", text)
    assert re.search(r"sanctions: [^<]+</th><td>by (the )?United States", text)


def test_what_has_no_date_is_not_said_to_be_missing(tmp_path: Path) -> None:
    doc = document("Borduria rejected the Renaissance Dam.", published=None)
    held = position(doc, who(doc, "Borduria", "BOR"), "oppose", "rejected the Renaissance Dam", DAM)
    with open_store(tmp_path / "undated", create=True) as store, store.writer() as writer:
        writer.add(Reading(doc, positions=(held,)), "report")
    with TestClient(create(tmp_path / "undated"), base_url=BASE) as client:
        said = {name: client.get(f"/issues/nile-dam/{name}", headers=PIECE).text for name in ("standing", "latest")}
    assert "no date</span></span>" in said["standing"]
    assert "No report says of which day that is" in said["standing"]
    assert "None of a known date is on record." in said["latest"]
