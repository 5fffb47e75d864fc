"""Every reason for which something is not fetched: one stable code each, its meaning and what to do about it.

The table is the one place where they are written down; docs/feeds.md shows it, and a test holds the two together.
"""

from __future__ import annotations

from onrecord.errors import FetchError

CODES: dict[str, tuple[str, str]] = {
    "bad-address": ("no web address that may be fetched", "write it as https://host/path, without a user name and without an address in numbers"),
    "private-address": (
        "the host is not on the public internet",
        "if it is a host of your own, allow it by name with --allow-private; otherwise take the address out",
    ),
    "no-such-host": ("the host name has no address", "check how it is written; it is tried again later"),
    "unreachable": ("the host does not answer", "check the address and the network; it is tried again later"),
    "bad-certificate": ("the host cannot prove who it is", "tell its owner; it is tried again later"),
    "too-slow": ("the answer took too long", "it is tried again later"),
    "too-big": ("the answer is too big", "nothing of it was used; save the text and add that"),
    "unpacks-too-big": ("the packed answer unpacks to too much", "nothing of it was used; save the text and add that"),
    "bad-packing": ("the answer is packed in a way that was not asked for, or is damaged", "it is tried again later"),
    "bad-answer": ("the answer is not what HTTP allows, or breaks off", "it is tried again later"),
    "too-many-redirects": ("it sends on and on", "open it in a browser and follow the address that it ends at"),
    "robots-disallowed": ("the site's robots.txt does not want it fetched", "leave it out, or ask the site"),
    "robots-unknown": ("the site's robots.txt cannot be had, so nothing is fetched for now", "it is tried again later"),
    "asked-to-wait": ("the site asks for patience", "it is tried again when the site allows"),
    "not-there": ("there is nothing at the address", "check how it is written; the page may have been taken down"),
    "bad-status": ("the site answers with an error", "open it in a browser to see why; it is tried again later"),
}
"""Code → (meaning, hint)."""


def refusal(code: str, place: str, detail: str = "", *, wait_s: float | None = None) -> FetchError:
    """The error ``code`` about ``place`` (an address or a host); ``detail`` says what is special about this case."""
    meaning, hint = CODES[code]
    return FetchError(f"{place}: {meaning}{f' ({detail})' if detail else ''}", code=code, hint=hint, wait_s=wait_s)
