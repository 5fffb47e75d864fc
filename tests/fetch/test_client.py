"""What a fetch asks, and what it makes of an honest answer; whom it believes."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.hostile import PUBLIC, QUICK, Reached, client, hostile, moved, ok
from onrecord.errors import FetchError, QueryError
from onrecord.fetch import Client
from onrecord.fetch.addresses import taken_apart
from onrecord.fetch.wire import Line

# (address, host, port, what is asked for)
ADDRESSES = [
    ("http://example.org", "example.org", 80, "/"),
    ("HTTPS://Example.ORG./a/../b?x=1#y", "example.org", 443, "/a/../b?x=1"),
    ("http://example.org:8080/é?q=ü&z=%20%zz", "example.org", 8080, "/%C3%A9?q=%C3%BC&z=%20%zz"),
    ("http://bücher.example/", "xn--bcher-kva.example", 80, "/"),
    ("http://[2A00:1450::1]:443/", "2a00:1450::1", 443, "/"),
    ("http://93.184.215.14/", "93.184.215.14", 80, "/"),
    ("  http://example.org/a;b,c(d)'e  ", "example.org", 80, "/a;b,c(d)'e"),
    ("http://a_b.example.org/", "a_b.example.org", 80, "/"),
    ("http://example.org:/", "example.org", 80, "/"),
]


@pytest.mark.parametrize(("url", "host", "port", "path"), ADDRESSES)
def test_addresses(url: str, host: str, port: int, path: str):
    address = taken_apart(url)
    assert (address.host, address.port, address.path) == (host, port, path)
    assert taken_apart(address.url) == address


@given(st.text(max_size=60), st.sampled_from(["http://", "https://", "", "http://a.example/", "//"]))
def test_any_text_is_an_address_or_refused(text: str, before: str):
    try:
        address = taken_apart(before + text)
    except FetchError as error:
        assert error.code == "bad-address"
        return
    assert address.url.isascii()
    assert "@" not in address.url.partition("//")[2].partition("/")[0]
    assert not set(address.url) & set(' \r\n\t\\"<>`{}|')
    assert taken_apart(address.url) == address


def test_what_is_asked():
    with hostile({"/feed?x=1": ok("fine", 'ETag: "a"', "X-Two: 1", "X-Two: 2")}) as server:
        got = client(Reached(server), contact="https://desk.example/about").fetch(
            "http://example.org:8080/feed?x=1#part", etag='W/"v"', last_modified="Thu, 04 Jul 2024 10:00:00 GMT", accept="text/html"
        )
        assert got.url == "http://example.org:8080/feed?x=1"
        assert (got.body, got.headers["etag"], got.headers["x-two"], got.content_type) == (b"fine", '"a"', "1", "text/html")
        wanted = {
            "Host": "example.org:8080", "Accept": "text/html", "Accept-Encoding": "gzip, deflate", "Connection": "close", "If-None-Match": 'W/"v"',
            "If-Modified-Since": "Thu, 04 Jul 2024 10:00:00 GMT",
        }  # fmt: skip
        assert {name: server.header(name) for name in wanted} == wanted
        assert server.header("User-Agent").startswith("onrecord/")
        assert server.header("User-Agent").endswith(" (+https://desk.example/about)")
        assert {name: server.header(name) for name in ("Cookie", "Authorization", "Referer")} == dict.fromkeys(("Cookie", "Authorization", "Referer"))


@pytest.mark.parametrize("value", ["a\r\nX-Injected: 1", "é", "x" * 501, "\x00", ""])
def test_what_an_earlier_answer_gave_is_sent_back_only_if_it_is_plain(value: str):
    with hostile({"*": ok("fine")}) as server:
        client(Reached(server)).fetch("http://example.org/", etag=value, last_modified=value)
        assert (server.header("If-None-Match"), server.header("If-Modified-Since"), server.header("X-Injected")) == (None, None, None)


def test_a_contact_cannot_break_out_of_its_header():
    with hostile({"*": ok("fine")}) as server, pytest.raises(QueryError):
        client(Reached(server), contact="me\r\nX-Injected: 1").fetch("http://example.org/")


def test_redirects_are_followed_and_the_last_address_is_told():
    says = {"/a": moved("b?x#y", "301 Moved"), "/b?x": moved("//other.example/é", "307 Moved"), "/%C3%A9": ok("fine")}
    with hostile(says) as server:
        got = client(Reached(server)).fetch("http://example.org/a")
        assert (got.url, got.body) == ("http://other.example/%C3%A9", b"fine")
        assert [server.header("Host", i) for i in range(3)] == ["example.org", "example.org", "other.example"]


def test_a_redirect_without_a_location_is_the_answer():
    with hostile({"*": ok("", status="302 Found")}) as server:
        assert client(Reached(server)).fetch("http://example.org/").status == 302


def test_of_a_hosts_addresses_the_next_is_tried_where_one_does_not_answer():
    with hostile({"*": ok("fine")}) as server:
        reached = Reached(server)

        def connect(ip: str, port: int, seconds: float) -> socket.socket:
            made = reached.connect(ip, port, seconds)
            if len(reached.places) == 1:
                made.close()
                raise OSError(113, "No route to host")
            return made

        found = {"example.org": ["2606:4700::1", PUBLIC]}
        assert client(reached, found, line=Line(connect)).fetch("http://example.org/").body == b"fine"
        assert [ip for ip, _ in reached.places] == ["2606:4700::1", PUBLIC]


def test_a_post_is_sent_with_its_body_and_headers():
    with hostile({"/hook": ok("taken", status="202 Accepted")}) as server:
        got = client(Reached(server)).post("http://example.org/hook", b'{"a": 1}', headers={"X-Signature": "s"})
        assert (got.status, got.body) == (202, b"taken")
        assert server.requests[-1].endswith('\r\n\r\n{"a": 1}')
        assert server.requests[-1].startswith("POST /hook HTTP/1.1")
        assert [server.header(name) for name in ("Content-Type", "Content-Length", "X-Signature")] == ["application/json", "8", "s"]
        with pytest.raises(FetchError) as caught:
            client(Reached(server)).post("http://example.org/hook", bytes(1_000_001))
        assert caught.value.code == "too-big"


@pytest.mark.parametrize("host", ["a b", "http://a.example/", "a.example/x", "127.1", ""])
def test_what_may_be_private_must_be_a_host(host: str):
    with pytest.raises(QueryError):
        Client(allow_private=[host])


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key and a certificate that it signed itself, for paper.example."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    folder = tmp_path_factory.mktemp("certificates")
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=paper.example -addext subjectAltName=DNS:paper.example"
        f" -keyout {folder / 'key.pem'} -out {folder / 'certificate.pem'}"
    )
    subprocess.run(command.split(), check=True, capture_output=True, timeout=60)
    return folder


@pytest.fixture
def secure(certificates: Path) -> Iterator[tuple[Reached, list[str | None]]]:
    """Connections that end at a server which proves that it is paper.example, and the names it was asked for."""
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "certificate.pem", certificates / "key.pem")
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    with hostile({"*": ok("secret")}) as server:
        plain = server.answer

        def answer(caller: socket.socket) -> None:
            try:
                plain(context.wrap_socket(caller, server_side=True))
            except OSError:
                caller.close()

        server.answer = answer
        yield Reached(server), asked
        assert threading.active_count() < 50


def test_a_host_must_prove_its_name_though_its_number_is_connected_to(secure, certificates: Path):
    reached, asked = secure
    trust = ssl.create_default_context(cafile=str(certificates / "certificate.pem"))
    believing = client(reached, line=Line(reached.connect, trust))
    assert believing.fetch("https://paper.example/").body == b"secret"
    assert (asked, reached.places) == (["paper.example"], [(PUBLIC, 443)])
    with pytest.raises(FetchError) as caught:
        believing.fetch("https://other.example/")
    assert caught.value.code == "bad-certificate"
    assert asked[-1] == "other.example"


def test_a_certificate_that_nobody_signed_is_not_believed(secure):
    reached, _ = secure
    with pytest.raises(FetchError) as caught:
        client(reached).fetch("https://paper.example/")
    assert caught.value.code == "bad-certificate"


def test_a_server_that_does_not_speak_tls_is_said_so():
    with hostile({"*": ok("plain")}) as server:
        server.answer = lambda caller: (caller.sendall(b"HTTP/1.1 400 No\r\n\r\n"), caller.close())
        with pytest.raises(FetchError) as caught:
            client(Reached(server), limits=QUICK).fetch("https://example.org/")
        assert caught.value.code in ("unreachable", "bad-answer")
