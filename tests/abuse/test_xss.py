"""Group 4: words of reports, feeds and reviewers are never more than words, on every page, in every answer. No browser here: see ``web/browser``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from onrecord.desk import open_desk, tokens
from onrecord.web import api, pages, sign_in
from onrecord.web.server import create
from web import payloads
from web.visiting import BASE, signed_in

HTMX = {"HX-Request": "true"}
PROGRAMS = ("application/json", "application/problem+json", "application/feed+json", "application/ld+json")
FILES = ("text/plain", "text/csv", "text/tab-separated-values", "")


def _routes(*routers: APIRouter) -> list[str]:
    return sorted({r.path for router in routers for r in router.routes if isinstance(r, APIRoute) and "GET" in r.methods})


PAGES = _routes(*pages.ROUTERS, sign_in.router)
API = _routes(*api.ROUTERS)


@dataclass(frozen=True, slots=True)
class Walked:
    """A desk on the hostile store, seen by an admin who signed in, and the id of a search."""

    client: TestClient
    hostile: payloads.Hostile
    search: str

    def addresses(self, route: str, n: int) -> Iterator[str]:
        """The route about report ``n``, its records, its actors; and about a payload."""
        one, other = self.hostile.readings[n], self.hostile.readings[n - 1 if n % 2 else n + 1]
        speaker = one.statements[0].speaker.actor
        assert speaker is not None
        known = {
            "document_id": [one.document.id], "record_id": [r.id for r in one.records], "actor": [speaker.id, "Q1"], "issue": [payloads.OWN_ISSUE],
            "search_id": [self.search], "query": ["corroboration", "wordings", "contradictions", "threads"], "code": ["CONSULT"],
        }  # fmt: skip
        if route == "/compare":
            yield f"/compare?left={one.document.id}&right={other.document.id}"
        found = [route]
        for name, values in known.items():
            for hole in (f"{{{name}}}", f"{{{name}:path}}"):
                if hole in route:
                    found = [
                        path.replace(hole, quote(v, safe="")) for path in found for v in (*values, payloads.PAYLOADS[n % len(payloads.PAYLOADS)])
                    ]
        assert not any("{" in path for path in found), "the test does not know what to put into this address"
        yield from found


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    path = tmp_path_factory.mktemp("hostile") / "hostile.onrecord"
    hostile = payloads.store(path)
    desk = open_desk(path)
    search = payloads.fill(desk)
    token = tokens.make(desk, "Ada", "admin")
    with TestClient(create(path), base_url=BASE, follow_redirects=False) as client:
        signed_in(client, token)
        yield Walked(client, hostile, search)


def _check(walked: Walked, address: str, headers: dict[str, str]) -> None:
    answer = walked.client.get(address, headers=headers)
    assert answer.status_code < 500, address
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html":
        assert payloads.Findings(answer.text).wrong == [], address
        assert "49$49" not in answer.text  # no template in a record is worked out
    elif kind in PROGRAMS:
        json.loads(answer.text)
    elif kind == "application/atom+xml":
        feed = ElementTree.fromstring(answer.text)  # noqa: S314 - our own answer
        assert all(e.get("href", "/").startswith(("https:", "http:", "/")) for e in feed.iter()), address
    else:
        assert kind in FILES, (address, kind)
    location = answer.headers.get("location", "/")
    assert location.startswith("/"), address
    assert not location.startswith("//"), address


@pytest.mark.parametrize("route", PAGES)
def test_no_page_lets_a_payload_through(walked: Walked, route: str) -> None:
    for n in (0, 3):
        for address in walked.addresses(route, n):
            _check(walked, address, {})
            _check(walked, address, HTMX)


@pytest.mark.parametrize("route", [route for route in PAGES if "{" not in route])
def test_no_page_gives_back_what_its_address_says(walked: Walked, route: str) -> None:
    for payload in payloads.PAYLOADS:
        for name in ("text", "to", payload):
            _check(walked, f"{route}?{quote(name)}={quote(payload)}", {})


@pytest.mark.parametrize("route", API)
def test_no_answer_of_the_api_is_a_page(walked: Walked, route: str) -> None:
    one = walked.hostile.readings[1]
    for record_id in (one.statements[0].id, one.events[0].id, payloads.PAYLOADS[1]):
        address = route
        for name, value in {"id": record_id, "record_id": record_id, "document_id": one.document.id, "code": "CONSULT"}.items():
            address = address.replace(f"{{{name}}}", quote(value, safe="")).replace(f"{{{name}:path}}", quote(value, safe=""))
        answer = walked.client.get(f"/api{address}", params={"text": payloads.PAYLOADS[0]} if address.endswith("search") else {})
        assert answer.status_code < 500, address
        assert not answer.headers.get("content-type", "").startswith(("text/html", "image/svg", "application/xhtml")), address
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("n", range(len(payloads.URLS)))
def test_no_address_but_of_the_web_is_linked(walked: Walked, n: int) -> None:
    reading = walked.hostile.readings[n]
    page = walked.client.get(f"/reports/{reading.document.id}").text
    assert payloads.Findings(page).wrong == []
    assert "evil.example" not in page
    assert ('rel="noopener noreferrer nofollow external"' in page) == (payloads.URLS[n] == payloads.LINKED)


def test_the_walk_meets_the_words_themselves(walked: Walked) -> None:
    """What is checked is really there: escaped, not left out."""
    page = walked.client.get(f"/reports/{walked.hostile.readings[0].document.id}").text
    assert "&lt;script&gt;window.pwned=1" in page
    assert len(PAGES) > 25


@pytest.mark.parametrize(
    "page",
    [
        "<img src=x>", "<p onclick=x>", '<a href="javascript:x">', '<a href="//evil.example">', "<script>x</script>", "<svg onload=x>", "<p style=x>",
        '<form action="https://x.example">',
    ],
)  # fmt: skip
def test_the_check_itself_sees_what_is_wrong(page: str) -> None:
    assert payloads.Findings(page).wrong
