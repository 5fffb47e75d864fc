"""Which addresses may be reached at all. Pure functions: nothing here opens a connection or asks a name server.

A URL is taken apart once, strictly, and a host that is a number in disguise is refused before anybody could read it in another way. What a name
resolves to is judged address by address; only plain global unicast passes. Sources: the IANA special-purpose registries for IPv4 and IPv6
(RFC 6890 and its updates), RFC 6052 (NAT64), RFC 6761, 6762, 7686 and 8375 (names that are not in the public DNS), WHATWG URL Standard (hosts).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

from onrecord.fetch.refusals import refusal

LONGEST = 2000
"""Characters of an address; the longest that the page links to, too."""
_PORTS = {"http": 80, "https": 443}
_SYSTEM_PORTS = 1024
"""Below it only the web's own two ports are asked: mail, name and file services live there."""
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa", "onion", "localdomain")
_SAFE = "/:?#[]@!$&'()*+,;=%-._~"

_GLOBAL6 = ipaddress.ip_network("2000::/3")
_CLOSED = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # the host agent of one cloud: public by number, private by use
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
"""Special blocks of IPv4, and those inside IPv6's global unicast space; all other IPv6 is outside it (mapped, NAT64, loopback, local, multicast)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart: ``url`` is what is asked (no fragment), ``host`` a lower-case ASCII name or an IP address in its plain form."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt speaks for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")


def taken_apart(url: str) -> Address:
    """``url`` as an Address. Raises FetchError (``bad-address``, ``private-address`` for names that are never public)."""
    url = url.strip()
    shown = url[:100].encode("ascii", "backslashreplace").decode()
    if not url or len(url) > LONGEST or _UNPRINTABLE.search(url):
        raise refusal("bad-address", repr(shown), "empty, too long, or with characters that no address holds")
    try:
        parts = urlsplit(url)
        scheme, given, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError as error:
        raise refusal("bad-address", repr(shown), str(error)) from error
    if scheme not in _PORTS:
        raise refusal("bad-address", repr(shown), f"only http and https are fetched, not {scheme or 'an address without a scheme'}")
    if "@" in parts.netloc:
        raise refusal("bad-address", repr(shown), "a user name before the host")
    host, port = host_name(given), _PORTS[scheme] if port is None else port
    if port == 0 or (port < _SYSTEM_PORTS and port not in _PORTS.values()):
        raise refusal("bad-address", repr(shown), f"port {port} is not the web's")
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
    whole = Address("", scheme, host, port, path)
    return Address(whole.origin + path, scheme, host, port, path)


def host_name(given: str) -> str:
    """A host as it is looked up: lower case, ASCII, without a last dot; an IP address in its plain form. Raises FetchError.

    Anything that some reader would take for a number (``2130706433``, ``0x7f.1``, ``0177.0.0.1``, ``127.1``) is refused, as are zone ids.
    """
    if ":" in given:
        try:
            return str(IPv6Address(given)) if "%" not in given else _refuse(given)
        except ValueError:
            return _refuse(given)
    try:
        name = given.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        return _refuse(given)
    labels = name.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(name))
        except ValueError:
            return _refuse(given)
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return _refuse(given)
    return name


def never_public(host: str) -> bool:
    """Whether the name is one that the public DNS does not hold."""
    return any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES)


def closed(address: str) -> str | None:
    """Why an IP address may not be reached, in a word or two; None where it may."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "no address"
    if isinstance(ip, IPv6Address) and ip not in _GLOBAL6:
        return _kind(ip.ipv4_mapped or ip)
    if any(ip in block for block in _CLOSED if block.version == ip.version) or not ip.is_global:
        return _kind(ip)
    return None


def _kind(ip: IPv4Address | IPv6Address) -> str:
    """A word for what is special about an address."""
    kinds = {"loopback": ip.is_loopback, "link-local": ip.is_link_local, "multicast": ip.is_multicast, "unspecified": ip.is_unspecified}
    return next((kind for kind, holds in kinds.items() if holds), "private or reserved")


def reachable(host: str, found: Collection[str], *, private: bool = False) -> list[str]:
    """Those of the addresses ``found`` for ``host`` that may be connected to, in their order; all where the host is allowed to be ``private``.

    Raises FetchError: ``no-such-host`` where there are none, ``private-address`` where none may be reached.
    """
    if not found:
        raise refusal("no-such-host", host)
    open_ = [address for address in found if private or closed(address) is None]
    if not open_:
        raise refusal("private-address", host, ", ".join(f"{address} is {closed(address)}" for address in list(found)[:3]))
    return open_


def _refuse(given: str) -> str:
    raise refusal("bad-address", repr(given[:80].encode("ascii", "backslashreplace").decode()), "no host name, or a number in disguise")
