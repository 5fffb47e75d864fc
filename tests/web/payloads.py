"""A store and a desk in which every field that may be shown is hostile, and what a page made of them must not hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onrecord.desk import Desk, feeds, searches
from onrecord.model import (
    ActorRef,
    Decision,
    Document,
    Event,
    Issue,
    Link,
    Participant,
    Place,
    Position,
    Reading,
    Relation,
    Span,
    Statement,
    Target,
    Why,
    document_id,
    record_id,
)
from onrecord.query import Filter
from onrecord.store import Run, open_store
from store.builders import span

PAYLOADS = (
    "<script>window.pwned=1;alert(1)</script>",
    '"><img src=x onerror="window.pwned=1;alert(1)">',
    "'><svg onload='window.pwned=1;alert(1)'></svg>",
    '" autofocus onfocus="window.pwned=1" x="',
    "</title></textarea></script><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "{{ 7 * 7 }}${7*7}<%= 7*7 %>{% raw %}",
    "javascript:window.pwned=1//",
    '<a href="javascript:window.pwned=1" style="position:fixed;inset:0">x</a>',
    "\u2028\u2029]]>--><details open ontoggle=window.pwned=1>",
)
LINKED = "https://good.example/\"onmouseover='window.pwned=1"
"""The one address of the web among :data:`URLS`; what it holds besides is escaped."""
URLS = (
    "javascript:window.pwned=1", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
    "data:text/html,<script>parent.pwned=1</script>",
    "vbscript:msgbox(1)", "//evil.example/x", "https://good.example@evil.example/", LINKED,
)  # fmt: skip
OWN_ISSUE = "own-evil"
NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A store of hostile reports, two and two of one story."""

    path: Path
    readings: tuple[Reading, ...]


def store(path: Path) -> Hostile:
    """A store at ``path`` with every payload in every field."""
    readings = tuple(_reading(n) for n in range(len(PAYLOADS) + 1))
    with open_store(path, create=True) as made, made.writer() as writer:
        writer.run(Run(PAYLOADS[0], {"models": {PAYLOADS[1]: {"version": PAYLOADS[2], "digest": PAYLOADS[3]}}}, {PAYLOADS[4]: PAYLOADS[1]}))
        for reading in readings:
            writer.add(reading, reading.document.id)
        for one, other in zip(readings[::2], readings[1::2], strict=False):
            for left, right, kind in (
                (one.document.id, other.document.id, "same-story"), (one.events[0].id, other.events[0].id, "same-event"),
                (one.statements[0].id, other.statements[0].id, "same-statement"), (one.statements[0].id, other.events[0].id, "responds-to"),
            ):  # fmt: skip
                writer.link(Link(left, right, kind, "positive", 0.9, PAYLOADS[1], PAYLOADS[0], ""))  # type: ignore[arg-type]
        for n, reading in enumerate(readings):
            said = reading.statements[0]
            words = {"record_id": said.id, "document_id": said.document_id, "at": "2031-06-01T00:00:00Z", "note": PAYLOADS[n % len(PAYLOADS)]}
            writer.decide(Decision(verdict="accept", record=said, by="Ada", **words))  # type: ignore[arg-type]
            writer.decide(Decision(verdict="reject", record=said, by=PAYLOADS[1], **words))  # type: ignore[arg-type]
    return Hostile(path, readings)


def fill(desk: Desk) -> str:
    """Hostile feeds and searches in the desk file; the id of a search."""
    for n, payload in enumerate(PAYLOADS):
        feeds.follow(desk, f"https://feed{n}.example/rss", by=payload, publisher=payload, now=NOW)
    for feed, payload in zip(feeds.followed(desk), PAYLOADS, strict=True):
        feeds.describe(desk, feed, kind="feed", title=payload, site=f"feed{payload}.example", language=payload)
        feeds.failed(desk, feed, "page-unreadable", payload, now=NOW, again=timedelta(hours=1))
    made = [searches.save(desk, payload[:60], "Ada", "statements", Filter(text=f"harbour {payload}"), version=0, shared=True) for payload in PAYLOADS]
    return made[0].id


def _reading(n: int) -> Reading:
    payload = cycle(PAYLOADS[n % len(PAYLOADS) :] + PAYLOADS[: n % len(PAYLOADS)])
    speaker, content, target, place, number, publisher, title = (next(payload) for _ in range(7))
    said_so, hit_so = f"{speaker} said that {content} must stay open, {target}.", f"Shells hit {place} and killed {n + 3} drivers of {number}."
    text = f"{said_so}\n{hit_so}\nThe pact of {n} endures."
    doc = Document(
        document_id(text, publisher, "2031-05-04"), text, title=title, publisher=publisher, published="2031-05-04", language=next(payload)[:12],
        url=URLS[n % len(URLS)], credits=(next(payload),), meta={"id": next(payload)},
    )  # fmt: skip
    who = Participant(span(doc, speaker), ActorRef(f"or:{next(payload)}", next(payload), "person", "RUR", (next(payload),), next(payload)))
    state = Participant(None, ActorRef("Q1", next(payload), "state", "RUR"))
    unknown = Participant(span(doc, place), None, "unknown-name")
    head: dict[str, Any] = {
        "document_id": doc.id, "via": (who, unknown), "extractor": next(payload), "run_id": PAYLOADS[0], "why": (Why("rule", next(payload), 0.5),),
    }  # fmt: skip
    said = Statement(
        id=_id("statement", doc, n), evidence=span(doc, said_so), speaker=who, cue=span(doc, "said"),
        content=(span(doc, f"{content} must stay open"),), form="indirect", **head,
    )  # fmt: skip
    hit = Event(
        id=_id("event", doc, n), evidence=span(doc, hit_so), type="ASSAULT", trigger=span(doc, "hit"), actors=(state, who), recipients=(unknown,),
        place=Place(span(doc, place), next(payload), None, "RUR", 1.5, 2.5, "city"), paths=(next(payload), None, None),
        contexts=("military",), **head,
    )  # fmt: skip
    held = Position(
        id=_id("position", doc, n), evidence=span(doc, said_so), holder=who, stance="oppose", target=Target(span(doc, target), "issue"),
        issue=Issue(OWN_ISSUE, next(payload)), statement_id=said.id, record_id=said.id, **head,
    )  # fmt: skip
    pact = Relation(
        id=_id("relation", doc, n), evidence=span(doc, f"The pact of {n} endures"), subject=who, object=state, type="office",
        detail=next(payload), **head,
    )  # fmt: skip
    return Reading(doc, statements=(said,), events=(hit,), positions=(held,), relations=(pact,))


def _id(kind: str, doc: Document, n: int) -> str:
    return record_id(kind, doc.id, {"evidence": [Span(n, n + 4, "pact")]})


class Findings(HTMLParser):
    """What stands in a page that no page of ours has: :attr:`wrong`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self.get_starttag_text() or ""
        given = dict(attrs)
        if tag in ("iframe", "object", "embed", "base", "img", "style", "math", "applet") or (
            tag == "script" and not (given.get("src") or "").startswith("/static/")
        ):
            self.wrong.append(start)
        if any(name.startswith(("on", "hx-on")) or name in ("style", "srcdoc") for name in given):
            self.wrong.append(start)
        self.wrong += [
            start for name in ("href", "src", "action", "formaction", "hx-get", "hx-post", "xlink:href") if not _safe(given.get(name), tag)
        ]


def _safe(address: str | None, tag: str) -> bool:
    if address is None or address.startswith(("#", "?", "http://127.0.0.1/")) or (address.startswith("/") and not address.startswith("//")):
        return True
    parts = urlsplit(address)
    return tag == "a" and parts.scheme in ("http", "https") and "@" not in parts.netloc and '"' not in address
