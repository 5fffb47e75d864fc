"""ABUSE group 2: no answer, however packed, long or slow, costs more memory or time than its limits say.

Brotli and zstd are never asked for: a bomb in either is refused unopened. onrecord imports no WARC files and no archives of any kind (it takes text,
HTML, JSON, CSV and feeds), so there is no WARC member to unpack, none to be cut short, and no name in an archive that could slip out of a folder.
That archives are refused as what they are is in tests/ingest/test_bad_input.py (``archive.txt``).
"""

from __future__ import annotations

import gzip
import resource
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fetch.hostile import QUICK, Hostile, Reached, client, hostile, ok
from onrecord.errors import FetchError
from onrecord.fetch import CODES, Fetched, Limits
from onrecord.fetch.unpacking import Unpacker

URL = "http://example.org/"
MB = 1_000_000


def fetch(said: bytes | Callable[[socket.socket], None], limits: Limits = QUICK) -> Fetched:
    with hostile({"*": said}) as server:
        return client(Reached(server)).fetch(URL, limits=limits)


def refused(said: bytes | Callable[[socket.socket], None], limits: Limits = QUICK) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(said, limits)
    return caught.value.code


def head(*headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *headers)).encode() + b"\r\n\r\n"


def bomb(wbits: int, size: int) -> bytes:
    """That many zeros, packed a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    piece = bytes(MB)
    return b"".join([packer.compress(piece) for _ in range(size // MB)]) + packer.flush()


PACKINGS = {
    "gzip of a gigabyte": (16 + zlib.MAX_WBITS, 50, 20),
    "gzip in one member": (16 + zlib.MAX_WBITS, 60, 1),
    "deflate": (zlib.MAX_WBITS, 60, 1),
    "deflate without a header": (-zlib.MAX_WBITS, 60, 1),
}
"""Name → how zlib is told, how many megabytes a member unpacks to, and how many members follow each other."""


@pytest.mark.parametrize("name", PACKINGS)
def test_a_bomb_is_refused_before_it_is_unpacked(name: str):
    wbits, size, members = PACKINGS[name]
    packed = bomb(wbits, size * MB) * members
    assert len(packed) < size * members * 1100
    begun, most = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    limits = Limits(seconds=10, silence=5, wire_bytes=2 * MB, body_bytes=10 * MB)
    assert refused(ok(packed, f"Content-Encoding: {name.split(maxsplit=1)[0]}"), limits) == "unpacks-too-big"
    assert time.monotonic() - begun < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < 60_000  # kilobytes


def test_unpacking_holds_no_more_than_it_may_give():
    packed = bomb(16 + zlib.MAX_WBITS, 40 * MB)
    tracemalloc.start()
    try:
        unpacker = Unpacker("gzip", 4 * MB, "test")
        with pytest.raises(FetchError):
            unpacker.feed(packed)
        assert tracemalloc.get_traced_memory()[1] < 8 * MB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("packing", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "deflate,gzip", "x" * 300, "gzip;q=1", "aes128gcm"])
def test_a_packing_that_was_not_asked_for_or_is_double_is_refused_unopened(packing: str):
    inner = gzip.compress(gzip.compress(bytes(MB)))
    assert refused(ok(inner, f"Content-Encoding: {packing}")) == "bad-packing"


DAMAGED = {
    "cut short": gzip.compress(b"words " * 900)[:-9],
    "wrong checksum": gzip.compress(b"words " * 900)[:-8] + bytes(8),
    "not packed at all": b"<html>words</html>",
    "only a header": gzip.compress(b"")[:10],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_packing_is_refused(name: str):
    assert refused(ok(DAMAGED[name], "Content-Encoding: gzip")) == "bad-packing"


def test_many_empty_members_are_not_slow():
    begun = time.monotonic()
    member = gzip.compress(b"")
    assert fetch(ok(member * 9_000 + gzip.compress(b"end"), "Content-Encoding: gzip")).body == b"end"
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "GZIP", "deflate", "identity", ""])
def test_what_was_asked_for_is_unpacked(packing: str):
    body = b"The ministers met. " * 1000
    packed = gzip.compress(body) if "gzip" in packing.lower() else zlib.compress(body) if packing == "deflate" else body
    assert fetch(ok(packed, f"Content-Encoding: {packing}")).body == body


def test_an_endless_chunked_body_is_cut_off():
    with hostile() as server:
        server.says["*"] = server.drip(head("Transfer-Encoding: chunked"), b"2000\r\n" + bytes(0x2000) + b"\r\n", 0, most=1000)
        with pytest.raises(FetchError) as caught:
            client(Reached(server)).fetch(URL)
    assert caught.value.code == "too-big"


def test_an_endless_body_without_a_length_is_cut_off():
    with hostile() as server:
        server.says["*"] = server.drip(head(), bytes(10_000), 0, most=1000)
        with pytest.raises(FetchError) as caught:
            client(Reached(server)).fetch(URL)
    assert caught.value.code == "too-big"


ENDLESS = {
    "one byte a second in the body": (head("Content-Length: 1000"), b"x"),
    "one byte a second in the headers": (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "one header a second": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "one byte a second in the status": (b"HTTP/1.1 200 ", b"O"),
    "one byte a second in a chunk's length": (head("Transfer-Encoding: chunked"), b"0"),
    "one chunk a second": (head("Transfer-Encoding: chunked"), b"1\r\nx\r\n"),
    "trailers without end": (head("Transfer-Encoding: chunked") + b"0\r\n", b"X: y\r\n"),
    "continue without end": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_slow_answer_ends_at_the_deadline(name: str):
    """However it keeps the line alive: the pieces come faster than the longest silence, so that only the deadline can end it."""
    begun = time.monotonic()
    with hostile() as server:
        server.says["*"] = server.drip(*ENDLESS[name], 0.1, most=100)
        with pytest.raises(FetchError) as caught:
            client(Reached(server)).fetch(URL, limits=Limits(seconds=1, silence=0.5))
    assert caught.value.code == "too-slow"
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\n", head("Content-Length: 5") + b"ab"], ids=["nothing", "half a head", "half a body"])
def test_silence_ends_the_wait(said: bytes):
    begun = time.monotonic()
    with hostile() as server:
        server.says["*"] = server.drip(said, b"", 5, most=1)
        with pytest.raises(FetchError) as caught:
            client(Reached(server)).fetch(URL, limits=Limits(seconds=20, silence=0.5))
    assert caught.value.code == "too-slow"
    assert time.monotonic() - begun < 4


BIG_HEADS = {
    "a header without end": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 700_000,
    "headers without end": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000,
    "a status without end": b"HTTP/1.1 200 " + b"O" * 700_000,
    "a chunk's length without end": head("Transfer-Encoding: chunked") + b"0" * 700_000,
    "a chunk's extension without end": head("Transfer-Encoding: chunked") + b"1;" + b"x" * 700_000,
    "a huge chunk": head("Transfer-Encoding: chunked") + b"f" * 15 + b"\r\n" + b"x" * 700_000,
    "a negative chunk": head("Transfer-Encoding: chunked") + b"-5\r\nabc\r\n0\r\n\r\n",
    "trailers by the megabyte": head("Transfer-Encoding: chunked") + b"0\r\n" + b"X: y\r\n" * 200_000,
    "an answer of HTTP/0.9": b"<html>words</html>",
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
}


@pytest.mark.parametrize("name", BIG_HEADS)
def test_a_head_that_breaks_the_bounds_is_refused(name: str):
    assert refused(BIG_HEADS[name]) in ("bad-answer", "too-big", "unreachable")


def test_a_wrong_content_length_is_not_believed():
    assert refused(head("Content-Length: 100") + b"too short") == "bad-answer"
    assert refused(head("Content-Length: 999999999999")) == "too-big"
    assert fetch(head("Content-Length: 5") + b"words and more").body == b"words"
    assert fetch(head("Content-Length: -1") + b"words").body == b"words"
    assert fetch(head("Content-Length: five") + b"words").body == b"words"
    both = head("Content-Length: 3", "Transfer-Encoding: chunked") + b"5\r\nwords\r\n0\r\n\r\n"
    assert fetch(both).body == b"words"
    assert refused(head("Transfer-Encoding: chunked") + b"5\r\nwor") == "bad-answer"


def test_the_body_of_an_error_or_a_redirect_is_not_read():
    with hostile() as server:
        server.says["/"] = server.drip(head("Content-Length: 99999999", status="500 No"), bytes(1000), 0.05, most=100)
        assert client(Reached(server)).fetch(URL).status == 500


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", *(said for said, _ in ENDLESS.values())]), st.binary(max_size=300))
def test_whatever_is_answered_is_an_answer_or_one_refusal(before: bytes, noise: bytes):
    """Nothing else is raised: a server that talks nonsense stops no other feed."""
    try:
        assert isinstance(fetch(before + noise).body, bytes)
    except FetchError as error:
        assert error.code in CODES


def test_nothing_is_kept_of_a_request_that_was_cut_off():
    """The connection is closed: the server sees its caller hang up."""
    seen = []

    def say(caller: socket.socket) -> None:
        caller.sendall(head("Content-Length: 999999999999"))
        caller.settimeout(5)
        seen.append(caller.recv(10))

    server: Hostile
    with hostile({"*": say}) as server:
        with pytest.raises(FetchError):
            client(Reached(server)).fetch(URL)
        until = time.monotonic() + 5
        while not seen and time.monotonic() < until:
            time.sleep(0.01)
    assert seen == [b""]
