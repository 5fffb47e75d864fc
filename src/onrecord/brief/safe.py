"""What may be shown: texts without characters that disturb the page, and addresses that may be linked. Both renderers go through here."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SCHEMES = ("http", "https")
_LONGEST_URL = 2000
_HOST = re.compile(r"[\w.-]+", re.ASCII)
SHOWN_AS = "\ufffd"


def clean(text: str) -> str:
    """``text`` on one line: runs of white space become one space; control, direction and surrogate characters become U+FFFD."""
    plain = " ".join(text.split())
    if plain.isprintable():
        return plain
    return "".join(SHOWN_AS if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in _DIRECTION else c for c in plain)


def link(url: str | None) -> str | None:
    """The address, with everything but plain characters escaped, if it is one of the web and shows where it leads; else None.

    Anything but http and https, a user name before the host (which can pass for the host), a host in letters beyond ASCII (which can look like
    another) and an over-long address are not linked.
    """
    if url is None or len(url) > _LONGEST_URL or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not host or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    return quote(url, safe="/:?#=&%+,;~-._!$*@")
