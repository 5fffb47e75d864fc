"""The HTTP API: every question by its name, its parameters, its pages; what is wrong said in one way; nothing that only the command line can ask."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.cli.main import cli
from onrecord.model import Decision, to_dict
from onrecord.query import QUERIES, Filter
from onrecord.query.show import find
from onrecord.store import View, open_store
from onrecord.web.answers import LIVE, Answers, NotYet, _key
from onrecord.web.api.queries import MOST
from onrecord.web.kept_answers import work_out
from onrecord.web.server import create
from onrecord.web.settings import Settings
from query.needed import needed
from web.visiting import BASE, Tokens, bearer

NOT_ASKED = {
    "read": "reads files without a store",
    "add": "writes the store",
    "relink": "writes the store",
    "judge": "writes the store; reviewers do so on the page",
    "review": "writes the store; reviewers do so on the page",
    "gold": "writes files for training",
    "export": "asked as /api/events/export?format=",
    "compare": "reads a file of the asker's",
    "kb": "edits tables on this machine",
    "watch": "follows feeds: it fetches, which no request may set off",
    "feeds": "about fetching",
    "digest": "written for a mail, from searches that a person saved",
    "saved": "belongs to a person",
    "searches": "belongs to a person",
    "serve": "is the server",
    "token": "belongs to whoever runs the server",
    "mcp": "is a server",
}
"""Commands that the API has no counterpart of, and why."""


@pytest.fixture(scope="module")
def view(web_store: Path) -> Any:
    with open_store(web_store) as store, store.view() as opened:
        yield opened


def pages(client: TestClient, address: str, **parameters: Any) -> list[dict[str, Any]]:
    """All pages of an answer."""
    found = [client.get(address, params=parameters).json()]
    while found[-1]["next"] is not None:
        answer = client.get(found[-1]["next"])
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
        assert len(found) < 200
    return found


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_answers_what_it_answers_everywhere(name: str, client: TestClient, view: View):
    asked = needed(name, view)
    rows = [row.full() for row in QUERIES[name].function(view, Filter(**asked))]
    answer = client.get(f"/api/{name}", params={**asked, "limit": MOST})
    assert answer.status_code == 200
    found = answer.json()
    assert list(found) == ["columns", "rows", "next", "total", "as_of"]
    assert (found["columns"], found["rows"]) == (list(QUERIES[name].columns), rows[:MOST])
    assert (found["total"], found["next"], found["as_of"]) == (len(rows), None, view.version())


@pytest.mark.parametrize("name", QUERIES)
def test_pages_together_are_the_whole(name: str, client: TestClient, view: View):
    asked = needed(name, view)
    rows = [row.full() for row in QUERIES[name].function(view, Filter(**asked))][:60]
    found = pages(client, f"/api/{name}", **asked, limit=7 if len(rows) > 7 else 1)
    assert [row for page in found for row in page["rows"]][:60] == rows
    assert name in LIVE or {page["total"] for page in found} == {found[0]["total"]}


def test_examples_of_the_description_are_real(client: TestClient):
    described = client.get("/openapi.json").json()
    examples = [
        (address, operation["operationId"])
        for operations in described["paths"].values()
        for operation in operations.values()
        for address in re.findall(r"Example: `GET ([^`]+)`", operation["description"])
    ]
    assert len(examples) >= 2 * len(QUERIES)
    wrong = {operation: (address, answer.text[:200]) for address, operation in examples if (answer := client.get(address)).status_code != 200}
    assert wrong == {}


def test_every_operation_is_described(client: TestClient):
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        assert path.startswith("/api/")
        for operation in operations.values():
            assert operation["summary"].endswith("."), path
            assert operation["tags"], path
            assert {"400", "401"} <= set(operation["responses"]), path
            assert "422" not in operation["responses"]
            assert all(p.get("description") for p in operation.get("parameters", [])), path


@pytest.mark.parametrize(
    ("address", "status", "detail", "hint"),
    [
        ("statements?actr=Norway", 400, "'actr' is no parameter here", "did you mean actor or after?"),
        ("statements?stance=support", 400, "'stance' is no parameter here", ""),
        ("statements?start=3", 400, "'start' is no parameter here", ""),
        ("events?type=CONSULTT", 400, "type: 'CONSULTT' is not known", "did you mean CONSULT"),
        ("events?since=soon", 400, "since: 'soon' is no date", "write 2024"),
        ("events?since=2025&until=2024", 400, "since 2025 lies behind until 2024", "earlier"),
        ("events?limit=0", 400, "limit", ""),
        ("events?limit=1001", 400, "limit", ""),
        ("events?limit=many", 400, "limit", ""),
        ("events?limit=9223372036854775808", 400, "limit", ""),
        ("events?confidence=2", 400, "confidence", ""),
        ("events?actor=a&actor=b", 400, "'actor' is given more than once", ""),
        ("search", 400, "search needs text", "give the words"),
        ("search?text=%22%22", 400, "no word to look for", ""),
        ("search?text=the&start=10001", 400, "start", ""),
        ("corroboration", 400, "corroboration of what?", "id of a record"),
        ("standing?start=-1", 400, "start", ""),
        ("standing?as_of=1", 409, "no longer of 1", "begin again"),
        ("changes?since=999999", 400, "changes", "since=0"),
        ("show/none", 404, "no record has the id 'none'", ""),
        ("documents/none", 404, "no document has the id 'none'", ""),
        ("explain/CONSULTT", 404, "no codebook knows 'CONSULTT'", "CONSULT"),
        ("brief", 400, "", ""),
        ("who?name=Oslo&on=someday", 400, "on: 'someday' is no day", "2024-07-03"),
        ("nothing", 404, "there is no such page", ""),
        ("statements/export?format=docx", 400, "not given as 'docx'", "csv, jsonl, parquet"),
        ("statements/export?limit=-1", 400, "limit", ""),
    ],
)
def test_what_is_wrong_is_said_by_rfc_9457(address: str, status: int, detail: str, hint: str, client: TestClient):
    answer = client.get(f"/api/{address}")
    problem = answer.json()
    assert (answer.status_code, problem["status"], answer.headers["content-type"]) == (status, status, "application/problem+json")
    assert detail in problem["detail"]
    assert hint in problem.get("hint", "")


@pytest.mark.parametrize("cursor", ["", "0", "zzzz", "%", "' OR 1=1 --", "\u202e", "a" * 500, "../..", "-1", "9" * 40])
@pytest.mark.parametrize("name", ["statements", "events", "documents"])
def test_a_cursor_that_was_tampered_with_is_refused(name: str, cursor: str, client: TestClient):
    answer = client.get(f"/api/{name}", params={"after": cursor})
    assert answer.status_code == (200 if cursor == "" else 400)  # an empty value is none
    assert cursor == "" or answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["events", "standing", "changes", "runs", "explain/CONSULT", "openapi.json"])
def test_nothing_is_sent_twice(address: str, client: TestClient):
    path = f"/{address}" if address.endswith(".json") else f"/api/{address}"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["cache-control"] == "no-cache"


def test_an_id_may_be_given_by_its_beginning(client: TestClient, view: View):
    record = next(view.records())
    assert client.get(f"/api/show/{record.id[:8]}").json()["record"]["id"] == record.id
    assert client.get("/api/timeline", params={"record_id": record.id}).status_code == 400
    assert client.get("/api/corroboration", params={"record_id": record.id[:8]}).json()["rows"][0]["id"] == record.id


def test_show_and_documents_are_what_the_command_line_shows(client: TestClient, view: View):
    record = next(view.records("event"))
    document = view.document(record.document_id)
    assert client.get(f"/api/show/{record.id}").json() == find(view, record.id).full()
    assert client.get(f"/api/documents/{document.id}").json() == to_dict(view.reading(document.id))
    assert client.get(f"/api/show/{document.id}").json() == to_dict(view.reading(document.id))
    text = client.get(f"/api/documents/{document.id}/text")
    assert (text.text, text.headers["content-type"]) == (document.text, "text/plain; charset=utf-8")
    assert text.text[record.evidence.start : record.evidence.end] == record.evidence.text


def test_runs_and_the_issues_log(client: TestClient, view: View):
    runs = client.get("/api/runs").json()
    assert [run["id"] for run in runs["rows"]] == [run.id for run in view.runs()]
    assert client.get("/api/issues-log").json()["total"] == len(list(view.problems()))


def test_a_brief_cannot_run_anything(client: TestClient, view: View):
    holder = next(row for row in QUERIES["positions"].function(view, Filter()) if row.issue)
    page = client.get("/api/brief", params={"issue": holder.issue, "format": "html"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = page.headers["content-security-policy"]
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert client.get("/api/brief", params={"issue": holder.issue}).json()["sections"]


def test_codes_are_explained_one_or_all_of_a_kind(client: TestClient):
    assert client.get("/api/explain/CONSULT").json()["rows"][0]["kind"] == "type"
    assert len(client.get("/api/explain/types").json()["rows"]) == 16
    assert client.get("/api/explain/consult/visit").json()["rows"][0]["code"] == "CONSULT/visit"


def commands() -> set[str]:
    groups = {group.name for group in cli.registered_groups}
    return {command.name or command.callback.__name__.replace("_", "-") for command in cli.registered_commands} | {str(name) for name in groups}


def test_what_the_command_line_can_ask_the_api_can_ask(client: TestClient):
    paths = {path.removeprefix("/api/").partition("/")[0] for path in client.get("/openapi.json").json()["paths"]}
    assert commands() - paths - set(NOT_ASKED) == set()
    assert set(NOT_ASKED) <= commands() - set(QUERIES)


def test_parameters_are_the_fields_of_the_filter(client: TestClient):
    described = client.get("/openapi.json").json()["paths"]
    for query in QUERIES.values():
        names = {p["name"] for p in described[f"/api/{query.name}"]["get"]["parameters"]}
        assert names - {"start", "as_of", "limit"} == set(query.fields) - {"limit"}
        assert {p["name"] for p in described[f"/api/{query.name}/export"]["get"]["parameters"]} == {*query.fields, "format"}


def test_an_answer_that_is_being_worked_out_says_when_to_ask_again(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    desk = client.app.state.desk
    monkeypatch.setattr(
        desk,
        "answers",
        SimpleNamespace(
            get=lambda *_, **__: NotYet(3, "2031-01-01T00:00:00Z", again=7), at_once=lambda *_: False, whole=lambda *_: None, close=lambda: None
        ),
    )
    for address in ("/api/sources?limit=3", "/api/sources/export?format=csv"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["retry-after"], answer.headers["cache-control"]) == (202, "7", "no-store")
        assert (answer.json()["retry_after"], answer.json()["before"], answer.json()["since"]) == (7, 3, "2031-01-01T00:00:00Z")


@pytest.fixture
def kept(client: TestClient, web_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have the desk take answers from the file that ``keep(name)`` works them out into, as on a big store."""
    path = tmp_path / "answers"
    answers = Answers(web_store, path, small=-1)
    monkeypatch.setattr(client.app.state.desk, "answers", answers)

    def keep(name: str) -> None:
        work_out(str(web_store), str(path), _key(name, Filter()), name, {})

    return keep


@pytest.mark.parametrize("name", ["threads", "standing", "ties", "network"])
def test_kept_answers_are_paged_and_exported_as_others(name: str, kept: Callable[[str], None], client: TestClient, view: View):
    kept(name)
    rows = list(QUERIES[name].function(view, Filter()))
    found = pages(client, f"/api/{name}", limit=7)
    assert [row for page in found for row in page["rows"]] == [row.full() for row in rows]
    assert client.get(f"/api/{name}", params={"as_of": 10**6}).status_code == 409
    whole = zipfile.ZipFile(io.BytesIO(client.get(f"/api/{name}/export").content))
    written = list(csv.DictReader(io.StringIO(whole.read(f"{name}.csv").decode(), newline="")))
    assert [list(row) for row in written[:1]] == [list(QUERIES[name].columns)]
    key = "id" if "id" in QUERIES[name].columns else "period"
    assert [row[key] for row in written] == [str(row.flat()[key] or "") for row in rows]


def test_what_people_decided_is_asked_a_page_at_a_time(own_store: Path, own_client: TestClient):
    with open_store(own_store) as store:
        with store.view() as opened:
            records = list(opened.records("position"))[:5]
        with store.writer() as writer:
            for record in records:
                writer.decide(
                    Decision(
                        record_id=record.id, document_id=record.document_id, verdict="accept", record=record, by="Ada", at="2031-06-01T10:00:00+00:00"
                    )
                )
    found = pages(own_client, "/api/reviews", limit=2)
    assert sorted(row["record_id"] for page in found for row in page["rows"]) == sorted(record.id for record in records)
    queued = pages(own_client, "/api/queue", limit=2, state="accepted")
    assert {row["id"] for page in queued for row in page["rows"]} == {record.id for record in records}
    assert own_client.get("/api/reviews", params={"after": "nothing"}).status_code == 400


def test_a_private_desk_answers_nobody_without_a_token_and_its_answers_are_the_askers(own_store: Path, own_tokens: Tokens):
    with TestClient(create(own_store, Settings(private=True)), base_url=BASE) as desk:
        report = next(iter(desk.get("/api/documents?limit=1", headers=bearer(own_tokens.reader)).json()["rows"]))["id"]
        addresses = ("/api/events", "/api/events/export", "/api/changes", "/api/explain/CONSULT", f"/api/documents/{report}/text", "/openapi.json")
        for address in addresses:
            assert desk.get(address).status_code == 401, address
            answer = desk.get(address, headers=bearer(own_tokens.reader))
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-cache"), address
