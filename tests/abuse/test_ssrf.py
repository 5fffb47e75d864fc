"""ABUSE group 1: no address leads into the machine or its network. Every refusal comes before any connection; nothing leaves loopback."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.hostile import PUBLIC, Reached, client, hostile, moved, ok
from onrecord.errors import FetchError
from onrecord.fetch.addresses import closed


def refused(url: str, answers: dict[str, list[str]] | None = None, **asked) -> FetchError:
    """The refusal of ``url``, after making sure that nobody was connected to."""
    reached = Reached()
    with pytest.raises(FetchError) as caught:
        client(reached, answers).fetch(url, **asked)
    assert reached.places == []
    assert caught.value.hint
    return caught.value


LITERALS = {
    "loopback": "http://127.0.0.1/",
    "loopback beyond .1": "http://127.9.9.9:8080/",
    "unspecified": "http://0.0.0.0/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "private 10/8": "http://10.0.0.1/",
    "private 172.16/12": "https://172.31.255.255/",
    "private 192.168/16": "http://192.168.1.1/",
    "shared 100.64/10": "http://100.100.100.200/",
    "broadcast": "http://255.255.255.255/",
    "multicast": "http://224.0.0.1/",
    "reserved": "http://240.0.0.1/",
    "documentation": "http://192.0.2.7/",
    "host agent of a cloud": "http://168.63.129.16/",
    "loopback in v6": "http://[::1]/",
    "unspecified in v6": "http://[::]/",
    "mapped": "http://[::ffff:127.0.0.1]/",
    "mapped in hex": "http://[::ffff:7f00:1]/",
    "mapped public": "http://[::ffff:8.8.8.8]/",
    "compatible": "http://[::127.0.0.1]/",
    "NAT64": "http://[64:ff9b::7f00:1]/",
    "local NAT64": "http://[64:ff9b:1::a00:1]/",
    "6to4": "http://[2002:7f00:1::]/",
    "Teredo": "http://[2001:0:7f00:1::]/",
    "unique local": "http://[fd00:ec2::254]/",
    "link-local in v6": "http://[fe80::1]/",
    "site-local": "http://[fec0::1]/",
    "multicast in v6": "http://[ff02::1]/",
    "documentation in v6": "http://[2001:db8::1]/",
}


@pytest.mark.parametrize("name", LITERALS)
def test_an_address_that_is_not_public_is_refused(name: str):
    assert refused(LITERALS[name]).code == "private-address"


DISGUISES = [
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.0.0.1.0x0/",
    "http://0/",
    "http://0x/",
    "http://256.1.1.1/",
    "http://08.8.8.8/",
    "http://[fe80::1%25eth0]/",
    "http://[::1/",
    "http://[127.0.0.1]/",
]


@pytest.mark.parametrize("url", DISGUISES)
def test_a_number_in_disguise_is_refused_and_not_looked_up(url: str):
    assert refused(url, {}).code == "bad-address"


WIDE = ["http://１２７.０.０.１/", "http://127。0。0。1/", "http://①②⑦.0.0.1/"]


@pytest.mark.parametrize("url", WIDE)
def test_digits_of_other_scripts_are_the_address_they_spell(url: str):
    assert refused(url, {}).code == "private-address"


@pytest.mark.parametrize(
    "host", ["localhost", "localhost.", "LOCALHOST", "a.localhost", "printer.local", "metadata.google.internal", "nas.home.arpa"]
)
def test_names_that_are_never_public_are_refused_whatever_they_resolve_to(host: str):
    assert refused(f"http://{host}/", {host.lower().rstrip("."): [PUBLIC]}).code == "private-address"


SCHEMES = [
    "file:///etc/passwd", "gopher://example.org/", "data:text/html,x", "ftp://example.org/", "javascript:alert(1)", "//example.org/", "example.org",
    "", "http:///", "http:example.org", "ws://example.org/", "http://", "http://?q", "https://:443/",
]  # fmt: skip


@pytest.mark.parametrize("url", SCHEMES)
def test_only_http_and_https_are_fetched(url: str):
    assert refused(url).code == "bad-address"


CONFUSING = [
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1\\@example.org/",
    "http://exa mple.org/",
    "http://example.org/\r\nX-Injected: 1",
    "http://example.org/\x00",
    "http://example.org:0/",
    "http://example.org:22/",
    "http://example.org:25/",
    "http://example.org:99999/",
    "http://example.org:-1/",
    "http://exa%6dple.org/",
    "http://example..org/",
    "http://-example.org/",
    f"http://{'a' * 64}.org/",
    f"http://example.org/{'a' * 2000}",
]


@pytest.mark.parametrize("url", CONFUSING, ids=range(len(CONFUSING)))
def test_user_at_host_and_other_confusions_are_refused(url: str):
    assert refused(url).code == "bad-address"


@pytest.mark.parametrize("found", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1", "64:ff9b::a00:1", "0.1.2.3"])
def test_a_name_that_resolves_into_the_network_is_refused(found: str):
    assert refused("https://example.org/feed", {"example.org": [found]}).code == "private-address"


def test_of_mixed_answers_only_the_public_ones_are_connected_to():
    reached = Reached()
    answers = {"example.org": ["127.0.0.1", PUBLIC, "10.0.0.1", "2a00:1450::1"]}
    with pytest.raises(FetchError) as caught:
        client(reached, answers).fetch("http://example.org/")
    assert caught.value.code == "unreachable"
    assert reached.places == [(PUBLIC, 80), ("2a00:1450::1", 80)]


def test_a_name_that_flips_between_check_and_connect_changes_nothing():
    """What was judged is what is connected to: the name is looked up once for each request, and the connection goes to the number."""
    asked = []

    def flipping(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) % 2 else ["127.0.0.1"]

    with hostile({"*": ok("fine")}) as server:
        reached = Reached(server)
        flips = client(reached, resolver=flipping)
        assert flips.fetch("http://example.org/").body == b"fine"
        assert (asked, reached.places) == (["example.org"], [(PUBLIC, 80)])
        with pytest.raises(FetchError) as caught:
            flips.fetch("http://example.org/")
        assert caught.value.code == "private-address"
        assert len(reached.places) == 1


INTO = ["http://127.0.0.1/", "http://[::1]/", "http://inside.example/", "//169.254.169.254/", "http://localhost/", "http://2130706433/"]


@pytest.mark.parametrize("to", [*INTO, "file:///etc/passwd", "http://a@example.org/", "gopher://example.org/", "data:,x", "http://[/"])
def test_a_redirect_into_the_network_is_not_followed(to: str):
    with hostile({"*": moved(to)}) as server:
        reached = Reached(server)
        answers = {"example.org": [PUBLIC], "inside.example": ["192.168.0.10"]}
        with pytest.raises(FetchError) as caught:
            client(reached, answers).fetch("http://example.org/")
        assert caught.value.code in ("private-address", "bad-address")
        assert reached.places == [(PUBLIC, 80)]


def test_redirects_end_after_five():
    with hostile({"*": moved("/again")}) as server:
        reached = Reached(server)
        with pytest.raises(FetchError) as caught:
            client(reached).fetch("http://example.org/")
        assert caught.value.code == "too-many-redirects"
        assert len(reached.places) == 6


def test_a_post_is_judged_as_a_fetch_is_and_follows_no_redirect():
    for url in (*LITERALS.values(), "http://localhost/", "file:///etc/passwd", "http://a@example.org/"):
        reached = Reached()
        with pytest.raises(FetchError):
            client(reached).post(url, b"{}")
        assert reached.places == []
    with hostile({"*": moved("http://127.0.0.1/")}) as server:
        reached = Reached(server)
        assert client(reached).post("http://example.org/", b"{}").status == 302
        assert reached.places == [(PUBLIC, 80)]


def test_only_a_named_host_may_be_private_and_nobody_outside_may_point_to_it():
    with hostile({"/": ok("inside"), "/out": moved("http://nas.intranet/")}) as server:
        reached = Reached(server)
        answers = {"nas.intranet": ["192.168.0.10"], "other.intranet": ["192.168.0.11"], "example.org": [PUBLIC]}
        allowed = client(reached, answers, allow_private=["NAS.intranet."])
        assert allowed.fetch("http://nas.intranet/").body == b"inside"
        assert allowed.fetch("http://nas.intranet/", led_by="http://nas.intranet/feed").body == b"inside"
        for url, led_by in (
            ("http://other.intranet/", None),
            ("http://192.168.0.10/", None),
            ("http://nas.intranet/", "http://example.org/feed"),
            ("http://example.org/out", None),
        ):
            with pytest.raises(FetchError) as caught:
                allowed.fetch(url, led_by=led_by)
            assert caught.value.code == "private-address"
        assert [ip for ip, _ in reached.places] == ["192.168.0.10", "192.168.0.10", PUBLIC]


@given(st.ip_addresses())
def test_whatever_is_open_is_global_unicast(address: ipaddress.IPv4Address | ipaddress.IPv6Address):
    if closed(str(address)) is None:
        assert address.is_global
        assert not (address.is_private or address.is_loopback or address.is_link_local or address.is_multicast or address.is_reserved)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", PUBLIC, "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"])
def test_public_addresses_are_open(address: str):
    assert closed(address) is None
