"""A made-up world with a dam: who stands where on it over three years, in reports of made-up outlets, some of them hostile to whoever shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from onrecord.model import ActorRef, Document, Event, Issue, Link, Participant, Position, Reading, RecordDate, Statement, Target, record_id
from onrecord.store import Store, open_store
from store.builders import ACTORS, document, span

DAM = Issue("nile-dam", "Renaissance Dam on the Nile")
SEA = Issue("south-china-sea", "South China Sea")
WHO = {
    **ACTORS,
    "ZEM": ActorRef("Q7", "Zembla", "state", "ZEM"),
    "Orr": ActorRef("Q8", "Ida Orr", "person", "ZEM", ("GOV",), "spokeswoman"),
    "GRA": ActorRef("Q9", "Grand Fenwick", "state", "GRA"),
    "LAP": ActorRef("Q10", "Laputa", "state", "LAP"),
    "FRE": ActorRef("Q11", "Freedonia", "state", "FRE"),
    "SAN": ActorRef("Q12", "San Serriffe", "state", "SAN"),
    "VUL": ActorRef("Q13", "Vulgaria", "state", "VUL"),
}
SUPPORT, OPPOSE, NEUTRAL, SILENT = "support", "oppose", "neutral", "declines-comment"
UNDATED = RecordDate()
VERBS = {SUPPORT: "backs", OPPOSE: "opposes", NEUTRAL: "takes no side on", SILENT: "would not comment on"}


@dataclass(frozen=True)
class Claim:
    """``who`` takes a ``stance``; the sentence is made of them, or given. ``words``: what is quoted in it."""

    who: str
    stance: str
    target: str = "the Renaissance Dam"
    words: str = ""
    issue: Issue | None = DAM
    date: RecordDate = UNDATED
    via: tuple[str, ...] = ()
    confidence: float = 0.9

    @property
    def sentence(self) -> str:
        quoted = f": “{self.words}”" if self.words else ""
        return f"{WHO[self.who].name} {VERBS[self.stance]} {self.target}{quoted}."


def report(published: str | None, publisher: str | None, claims: Sequence[Claim], acts: Sequence[tuple[str, str, str]] = (), **more: Any) -> Reading:
    """A report of claims, and of acts (actor, type, recipient) told as a sentence each."""
    told = [f"{WHO[a].name} told {WHO[r].name} to {code.lower()} the works." for a, code, r in acts]
    doc = document("\n".join([more.get("title") or "Report", *(c.sentence for c in claims), *told]), publisher, published, **more)
    stated = [claimed(doc, c) for c in claims]
    events = tuple(acted(doc, *act, sentence) for act, sentence in zip(acts, told, strict=True))
    return Reading(document=doc, statements=tuple(s for s, _ in stated), positions=tuple(p for _, p in stated), events=events)


def claimed(doc: Document, claim: Claim) -> tuple[Statement, Position]:
    evidence = span(doc, claim.sentence.rstrip("."))
    holder = Participant(span(doc, WHO[claim.who].name), WHO[claim.who])
    via = tuple(Participant(None, WHO[who]) for who in claim.via)
    head: dict[str, Any] = {
        "document_id": doc.id, "evidence": evidence, "via": via, "date": claim.date, "confidence": claim.confidence, "extractor": "made.up",
    }  # fmt: skip
    content = span(doc, claim.words) if claim.words else span(doc, claim.target)
    said = Statement(
        id=record_id("statement", doc.id, {"content": [content], "evidence": [evidence]}),
        speaker=holder,
        cue=None,
        content=(content,),
        form="direct" if claim.words else "indirect",
        **head,
    )
    target = Target(span(doc, claim.target), "issue")
    held = Position(
        id=record_id("position", doc.id, {"evidence": [evidence], "target": [target.span]}),
        holder=holder, stance=claim.stance, target=target, issue=claim.issue, statement_id=said.id, record_id=said.id, **head,
    )  # type: ignore[arg-type]  # fmt: skip
    return said, held


def acted(doc: Document, actor: str, code: str, recipient: str, sentence: str) -> Event:
    evidence = span(doc, sentence.rstrip("."))
    sides = [Participant(span(doc, WHO[who].name), WHO[who]) for who in (actor, recipient)]
    ident = record_id("event", doc.id, {"trigger": [evidence], "actors": [sides[0].mention]})
    return Event(
        id=ident, document_id=doc.id, evidence=evidence, type=code, trigger=evidence, actors=(sides[0],), recipients=(sides[1],), confidence=0.8
    )


def day(value: str, precision: str = "day", end: str | None = None) -> RecordDate:
    return RecordDate(value, end or value, precision, "text")


def readings() -> list[Reading]:
    """Thirty reports or so. Syldavia turns in 2030, Vulgaria seems to for a day, Laputa is told both ways."""
    found = []
    outlets = ("North Wire", "Straits Herald", "Écho du Golfe", "Upland Courier")
    for month in range(1, 13):
        for n, publisher in enumerate(outlets[: 1 + month % 3]):
            claims = [
                Claim("RUR", SUPPORT, words=f"The dam is ours and month {month} changes nothing"),
                Claim("BOR", OPPOSE, via=("BorTV",) if n else ()),
            ]
            if month % 2:
                claims.append(Claim("SYL", OPPOSE if month < 7 else SUPPORT, words="We have looked at the dam again" if month >= 7 else ""))
            if month % 4 == 0:
                claims += [Claim("ZEM", NEUTRAL), Claim("GRA", SILENT), Claim("VUL", OPPOSE)]
            acts = [("RUR", "CONSULT", "BOR")] if month == 5 else [("BOR", "THREATEN", "RUR")] if month == 9 else []
            found.append(
                report(
                    f"2030-{month:02}-{3 + n:02}", publisher, claims, acts, title=f"The dam in month {month}", url=f"https://news.example/{month}/{n}"
                )
            )
    found += [
        report("2030-06-20", "Upland Courier", [Claim("VUL", SUPPORT, confidence=0.5)], title="Vulgaria said to be for the dam"),
        report("2030-11-02", "North Wire", [Claim("LAP", SUPPORT), Claim("Orr", NEUTRAL, words="Water has no flag")], title="Laputa for it"),
        report("2030-11-02", "Straits Herald", [Claim("LAP", OPPOSE)], title="Laputa against it"),
        report("2031-01-15", None, [Claim("FRE", SUPPORT, date=day("2029-01-01", "year", "2029-12-31"))], title="Freedonia long for it"),
        report("2031-02-01", "North Wire", [Claim("SAN", OPPOSE, "the pact"), Claim("RUR", SUPPORT, "the reefs", issue=SEA)], title="Other matters"),
    ]
    return found


def clash() -> tuple[list[Reading], list[Link]]:
    """Two outlets tell of one raid with different numbers, and of one speech with different words; a threat is answered twice."""
    told = []
    for n, (publisher, number) in enumerate((("North Wire", "six"), ("Straits Herald", "nine"))):
        sentence = f"Borduria struck the works of Ruritania and killed {number} guards"
        doc = document(f"Raid on the dam\n{sentence}.\nThe Renaissance Dam stands.", publisher, f"2030-07-{10 + n}", title="Raid on the dam")
        evidence = span(doc, sentence)
        sides = [Participant(span(doc, WHO[who].name), WHO[who]) for who in ("BOR", "RUR")]
        ident = record_id("event", doc.id, {"trigger": [evidence]})
        raid = Event(id=ident, document_id=doc.id, evidence=evidence, type="ASSAULT", trigger=evidence, actors=(sides[0],), recipients=(sides[1],))
        told.append(Reading(document=doc, events=(raid,)))
    quarrel = [
        report("2030-09-03", "Upland Courier", [Claim("BOR", OPPOSE, words="Stop or we come")], title="A threat"),
        report("2030-09-04", "Upland Courier", [Claim("RUR", SUPPORT, words="Come and see")], title="An answer"),
        report("2030-09-06", "North Wire", [Claim("BOR", OPPOSE, words="We have seen enough")], title="Another answer"),
    ]
    said = [reading.statements[0].id for reading in quarrel]
    links = [Link(told[0].events[0].id, told[1].events[0].id, "same-event", "positive", 0.9, "same raid", "test", "")]
    speech = [
        report("2030-10-01", publisher, [Claim("Lund", SUPPORT, words=words)], title="A speech")
        for publisher, words in (("North Wire", "We will fill it this autumn and not a day later"), ("Straits Herald", "We will fill it this autumn"))
    ]
    links.append(Link(speech[0].statements[0].id, speech[1].statements[0].id, "same-statement", "positive", 0.9, "same words", "test", ""))
    links += [Link(later, earlier, "responds-to", "positive", 0.8, "in response to", "test", "") for earlier, later in pairwise(said)]
    return [*told, *quarrel, *speech], links


HOSTILE = (
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    "[free](javascript:alert(1)) ![pic](https://evil.example/p.png)",
    "https://evil.example/ www.evil.example a@evil.example",
    "\u202egnp.exe\u202c and \u2066isolated",
    "bell\u0007 escape\u001b[31m",
    "&lt;b&gt; &amp; \"quoted\" 'single' `code` | cell | \\",
    "1. first\r\n\r\n# heading\r\n\r\n- item ~~gone~~ $x$",
    "سلام مع القوارب 🕊️ e\u0301",
    "]]> --> */ </style> </title> {{ 7 * 7 }} {% raw %}",
)
URLS = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://bank.example@evil.example/",
    "https://news.example/a b\"onmouseover='x'>",
    "//evil.example/x",
    "file:///etc/passwd",
    "http://[bad",
    "https://news.example/ok?q=1&r=(2)#part",
)


def hostile() -> list[Reading]:
    """A report for each text that a page could choke on, as title, words, publisher and target, with an address that must not be linked."""
    return [
        report(f"2030-03-{n + 1:02}", text, [Claim("RUR", SUPPORT, words=text), Claim("BOR", OPPOSE, f"the dam {text}")], title=text, url=url)
        for n, (text, url) in enumerate(zip(HOSTILE, (*URLS, *URLS), strict=False))
    ]


def kept(path: Path, told: Iterable[Reading], links: Iterable[Link] = ()) -> Store:
    """A new store of readings and links."""
    store = open_store(path, create=True)
    with store.writer() as writer:
        for n, reading in enumerate(told):
            writer.add(reading, f"report/{n}", "run-1")
        for link in links:
            writer.link(link)
    return store
