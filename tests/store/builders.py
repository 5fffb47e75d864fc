"""Made-up readings of a made-up world, built without a reader: by hand (``statement``, ``position`` …) or from a number (``sample``)."""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret
from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from onrecord.model import (
    ActorRef,
    Document,
    Event,
    Issue,
    Link,
    Participant,
    Place,
    Position,
    Problem,
    Reading,
    RecordDate,
    Relation,
    Span,
    Statement,
    Target,
    TimeExpression,
    document_id,
    record_id,
)

ACTORS = {
    "RUR": ActorRef("Q1", "Ruritania", "state", "RUR"),
    "BOR": ActorRef("Q2", "Borduria", "state", "BOR"),
    "SYL": ActorRef("Q3", "Syldavia", "state", "SYL"),
    "Lund": ActorRef("Q4", "Ana Lund", "person", "RUR", ("GOV",), "foreign minister", 0.9),
    "Çelik": ActorRef("or:celik", "Ömer Çelik", "person", "BOR", ("GOV",)),
    "League": ActorRef("Q6", "League of Straits", "organisation", None, ("IGO",)),
    "BorTV": ActorRef("Q7", "Borduria Television", "outlet", "BOR", ("JRN",)),
}
PUBLISHERS = ("Straits Herald", "North Wire", "Écho du Golfe", None)
ISSUES = (Issue("taiwan-status", "Status of Taiwan"), Issue("south-china-sea", "South China Sea"), None)


def document(text: str, publisher: str | None = "North Wire", published: str | None = "2031-05-04", **more: Any) -> Document:
    return Document(document_id(text, publisher, published), text, publisher=publisher, published=published, **more)


def span(doc: Document, words: str) -> Span:
    start = doc.text.index(words)
    return Span(start, start + len(words), words)


def who(doc: Document | None, words: str | None, actor: str | None = None) -> Participant:
    mention = span(doc, words) if doc and words else None
    return Participant(mention, ACTORS[actor]) if actor else Participant(mention, None, "unknown-name")


def statement(doc: Document, speaker: Participant, content: str, **more: Any) -> Statement:
    said = span(doc, content)
    evidence = more.pop("evidence", said)
    ident = record_id("statement", doc.id, {"content": [said], "evidence": [evidence]})
    return Statement(
        id=ident, document_id=doc.id, evidence=evidence, speaker=speaker, **{"cue": None, "content": (said,), "form": "indirect", **more}
    )


def position(doc: Document, holder: Participant, stance: Any, target: str, issue: Issue | None = ISSUES[0], **more: Any) -> Position:
    words = span(doc, target)
    ident = record_id("position", doc.id, {"holder": [holder.mention], "target": [words]})
    aim = more.pop("target_", Target(words, "issue"))
    return Position(id=ident, document_id=doc.id, evidence=words, holder=holder, stance=stance, target=aim, issue=issue, **more)


def event(doc: Document, actors: Sequence[Participant], code: str, trigger: str, recipients: Sequence[Participant] = (), **more: Any) -> Event:
    words = span(doc, trigger)
    ident = record_id("event", doc.id, {"trigger": [words], "actors": [a.mention for a in actors]})
    return Event(id=ident, document_id=doc.id, evidence=words, type=code, trigger=words, actors=tuple(actors), recipients=tuple(recipients), **more)


def relation(doc: Document, subject: Participant, code: Any, other: Participant, words: str, **more: Any) -> Relation:
    evidence = span(doc, words)
    ident = record_id("relation", doc.id, {"subject": [subject.mention], "object": [other.mention], "evidence": [evidence]})
    return Relation(id=ident, document_id=doc.id, evidence=evidence, subject=subject, object=other, type=code, **more)


def sample(number: int, run: str = "run-1") -> Reading:
    """The reading of made-up report ``number``: always the same for the same number and run, with every kind of record and odd characters."""
    r = Random(number)
    first, second, third = r.sample(sorted(ACTORS), 3)
    name = {key: actor.name for key, actor in ACTORS.items()}
    marks = r.choice(["plain", "🕊️ dove", "سلام مع القوارب", "e\u0301clair", "日本の海", "tab\tand\u00a0space"])
    text = (
        f"Report {number} on the straits\n\n{name[first]} said that the harbour must stay open, {marks}.\n"
        f"{name[second]} struck a convoy of {name[third]} near Port {number % 7}.\nThe pact between both endures."
    )
    published = r.choice([None, "2031-05", f"2031-0{r.randint(1, 9)}-{r.randint(10, 28)}", "2030-11-02T08:15:00Z"])
    doc = document(
        text, r.choice(PUBLISHERS), published, title=f"Straits, part {number % 5}", credits=("North Wire",) * r.randint(0, 1), meta={"n": number}
    )
    a, b, c = who(doc, name[first], first), who(doc, name[second], second), who(doc, name[third], third)
    unknown = who(doc, "a convoy")
    date = RecordDate(
        *r.choice([("2031-05-03", "2031-05-03", "day", "text"), ("2029", "2030", "year", "text"), ("--07-03", "--07-03", "day", "text"), (None,)])
    )
    via = tuple(r.sample([who(None, None, "BorTV"), who(None, None, "Lund"), unknown], r.randint(0, 2)))
    head: dict[str, Any] = {"run_id": run, "via": via, "date": date, "confidence": r.choice([0.25, 0.5, 0.75, 1.0]), "extractor": "made.up"}
    said = statement(doc, r.choice([a, unknown]), "the harbour must stay open", addressees=(b,), form=r.choice(["direct", "indirect"]), **head)
    stance = r.choice(["support", "oppose", "neutral"])
    held = position(doc, a, stance, "the harbour", r.choice(ISSUES), statement_id=said.id, record_id=said.id, **head)
    struck = event(
        doc, [b], r.choice(["ASSAULT", "COERCE"]), "struck", [c, unknown], status=r.choice(["actual", "negated"]), statement_id=None, **head
    )
    pact = relation(doc, b, r.choice(["alliance", "war"]), c, "The pact between both endures", directed=False, since="2001", **head)
    return Reading(
        document=doc,
        statements=(said,),
        events=(struck,) if number % 3 else (),
        positions=(held,),
        relations=(pact,) if number % 4 else (),
        times=(TimeExpression(span(doc, "part") if "part " in text else span(doc, "Report"), "DATE", "XXXX"),),
        places=(Place(span(doc, "Port"), "Port", None, "BOR", 1.5, -2.25, "city"),),
        mentions=tuple(sorted((a, b, c), key=lambda p: p.mention or span(doc, "Report"))),
        links=(Link(said.id, pact.id, "responds-to", "positive", 0.5, "made up", "made.up", ""),) if number % 4 == 1 else (),
        issues_log=(Problem("odd-mark", "an odd mark", "paragraph 2"),) if number % 5 == 0 else (),
    )


def key_of(reading: Reading) -> str:
    return f"reports/{reading.document.meta['n']}.txt"
