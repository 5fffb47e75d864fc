"""What a site's robots.txt allows, read by RFC 9309: the longest rule that matches decides, and where none does, it is allowed.

A site without the file (a 4xx) allows everything; one whose file cannot be had (a 5xx, no answer, too big) allows nothing for now. Knows no feeds.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from onrecord.errors import FetchError
from onrecord.fetch.addresses import Address
from onrecord.fetch.client import Before, Client
from onrecord.fetch.refusals import refusal
from onrecord.fetch.wire import Limits

NAME = "onrecord"
"""The product token that sites address us by."""
_LIMITS = Limits(seconds=20.0, wire_bytes=600_000, body_bytes=600_000)
"""RFC 9309 wants 500 KiB to be read at least."""
_KEPT_S = 86_400.0
_KEPT_FAILED_S = 1_800.0
_LONGEST_DELAY_S = 3_600.0
_MOST_SITES = 10_000


@dataclass(frozen=True, slots=True)
class Rule:
    """``Allow`` or ``Disallow`` with its pattern; the longer pattern is the stronger."""

    allows: bool
    pattern: bytes

    def matches(self, path: bytes) -> bool:
        """Whether the pattern, with ``*`` for anything and a last ``$`` for the end, fits the beginning of the path. Never backtracks."""
        anchored = self.pattern.endswith(b"$")
        first, *rest = (self.pattern[:-1] if anchored else self.pattern).split(b"*")
        if not rest:
            return path == first if anchored else path.startswith(first)
        last = rest.pop() if anchored else b""
        at, end = len(first), len(path) - len(last)
        if not path.startswith(first) or not path.endswith(last):
            return False
        for piece in rest:
            found = path.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return at <= end


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us: its rules, and the seconds it wants between two requests (Crawl-delay; 0 where it says nothing)."""

    rules: tuple[Rule, ...] = ()
    delay_s: float = 0.0

    def allow(self, path: str) -> bool:
        """Whether ``path`` (with its query) may be fetched. Of two rules of one length, the one that allows wins."""
        octets = unquote_to_bytes(path)
        strength = max(((len(rule.pattern), rule.allows) for rule in self.rules if rule.matches(octets)), default=(0, True))
        return strength[1] or path == "/robots.txt"


EVERYTHING = Rules()


def parse(text: str, name: str = NAME) -> Rules:
    """The rules that a robots.txt has for ``name``: those of all groups that name it, else of all groups for ``*``, else none."""
    ours: dict[bool, list[Rule]] = {}
    delays: dict[bool, float] = {}
    speaking: set[bool | None] = set()
    fresh = False
    for raw in text.removeprefix("\ufeff").splitlines():
        key, _, value = raw.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            speaking = speaking if fresh else set()
            fresh = True
            addressed = re.match(r"[A-Za-z_-]*", value)
            speaking.add(True if addressed and addressed[0].lower() == name else False if value == "*" else None)
            ours.update({named: ours.get(named, []) for named in speaking if named is not None})
        elif key in ("allow", "disallow"):
            fresh = False
            if value:  # an empty pattern matches nothing
                for named in speaking - {None}:
                    ours[bool(named)].append(Rule(key == "allow", unquote_to_bytes(value)))
        elif key == "crawl-delay" and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value):
            fresh = False
            delays.update({bool(named): min(float(value), _LONGEST_DELAY_S) for named in speaking - {None}})
    group = True in ours
    return Rules(tuple(ours.get(group, ())), delays.get(group, 0.0))


@dataclass(slots=True)
class Robots:
    """The robots.txt of every site that was asked, kept for a day (half an hour where it could not be had). ``clock``: monotonic seconds."""

    client: Client
    clock: Callable[[], float] = time.monotonic
    before: Before | None = None
    _kept: dict[str, tuple[float, Rules | None]] = field(default_factory=dict, init=False)

    def check(self, address: Address, *, led_by: str | None = None) -> Rules:
        """What the site says. Raises FetchError (``robots-disallowed``, ``robots-unknown``, and what forbids the address itself)."""
        until, rules = self._kept.get(address.origin, (0.0, None))
        if self.clock() >= until:
            rules = self._ask(address, led_by)
            if len(self._kept) >= _MOST_SITES:
                self._kept.clear()
            self._kept[address.origin] = (self.clock() + (_KEPT_S if rules is not None else _KEPT_FAILED_S), rules)
        if rules is None:
            raise refusal("robots-unknown", address.host, wait_s=_KEPT_FAILED_S)
        if not rules.allow(address.path):
            raise refusal("robots-disallowed", address.url)
        return rules

    def _ask(self, address: Address, led_by: str | None) -> Rules | None:
        """The site's rules; None where they cannot be had. An address that may not be reached is said so."""
        try:
            url = f"{address.origin}/robots.txt"
            got = self.client.fetch(url, accept="text/plain, */*;q=0.5", led_by=led_by, limits=_LIMITS, before=self.before)
        except FetchError as error:
            if error.code in ("private-address", "no-such-host", "unreachable", "bad-certificate"):
                raise
            return EVERYTHING if error.code == "too-many-redirects" else None
        if got.status == 200:
            return parse(got.body.decode("utf-8", "replace"))
        return EVERYTHING if 400 <= got.status < 500 and got.status != 429 else None
