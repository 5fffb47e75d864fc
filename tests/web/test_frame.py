"""What stands before every answer: host names, bounds, headers, ETags, static files, faults."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.web import bounds
from onrecord.web.server import create
from onrecord.web.static_files import files, static
from web.visiting import BASE

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8484", "localhost", "LOCALHOST:1", "[::1]:8484"])
def test_it_goes_by_its_own_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "", "127.0.0.2", "[::2]"])
def test_it_goes_by_no_other_name(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("address", ["/", "/nowhere", "/api/nowhere", static("desk.css"), "/static/x/y", "/sign-in"])
def test_every_answer_has_the_safe_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    for name, value in bounds.HEADERS:
        assert headers[name.decode()] == value.decode()
    assert "unsafe" not in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_a_fault_of_ours_says_nothing_of_itself_and_has_the_safe_headers(own_store: Path) -> None:
    app = create(own_store)

    def fails() -> None:
        raise RuntimeError("the secret of the house")

    app.add_api_route("/api/test/fails", fails)
    app.add_api_route("/fails", fails)
    with TestClient(app, base_url=BASE) as client:
        for address in ("/api/test/fails", "/fails"):
            answer = client.get(address)
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert "Traceback" not in answer.text
            assert "content-security-policy" in answer.headers


def test_what_did_not_change_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/api/statements", "/nowhere"])
def test_a_head_is_that_of_the_answer(client: TestClient, address: str) -> None:
    head, whole = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers.get("etag") == whole.headers.get("etag")


def test_a_page_is_compressed_for_those_who_take_it(client: TestClient) -> None:
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    small = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.text == plain.text
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"])


def test_a_page_is_given_again_until_the_store_changes(own_store: Path, reader: object) -> None:
    from onrecord import app as wiring

    with TestClient(create(own_store), base_url=BASE) as client:
        before = client.get("/").headers["etag"]
        assert client.get("/").headers["etag"] == before
        more = own_store.parent / "more.txt"
        more.write_text("Ruritania condemned Borduria’s blockade of the strait on Monday.\n")
        wiring.add(own_store, [more], reader=reader, published="2026-11-01", publisher="The Strelsau Post")
        assert client.get("/").headers["etag"] != before


def test_files_are_compressed_and_kept_for_good(client: TestClient) -> None:
    answer = client.get(static("desk.css"))
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/000000000000/desk.css").headers["cache-control"] == "no-cache"
    assert gzip.decompress(files()["desk.css"].small) == files()["desk.css"].body


def test_third_party_files_are_as_they_were_published() -> None:
    folder = ROOT / "src/onrecord/web/static/vendor"
    rows = re.findall(r"^\| (\S+) \| .*\[text\]\((\S+)\)\) \| ([0-9a-f]{64}) \|$", (folder / "README.md").read_text(encoding="utf-8"), re.M)
    assert {name for name, _, _ in rows} == {path.name for path in folder.iterdir() if path.is_file() and path.name != "README.md"}
    for name, licence, digest in rows:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        assert len((folder / licence).read_text(encoding="utf-8")) > 300


def test_own_templates_hold_no_script_and_no_style_that_the_policy_refuses() -> None:
    for path in sorted((ROOT / "src/onrecord/web/templates").glob("*.jinja")):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|\|\s*safe\b", text) == [], path.name
