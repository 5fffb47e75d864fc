"""The sentences of made-up news, and what is read from them: records with exact spans, by the model's own constructors. Invents nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from onrecord.codebook import plover
from onrecord.model import (
    ActorRef,
    Document,
    Event,
    Link,
    Participant,
    Place,
    Position,
    Reading,
    RecordDate,
    Relation,
    Span,
    Statement,
    Target,
    record_id,
)
from onrecord.model.records import Why

FIRST_DAY = date(2027, 1, 1)
RUN = "made-up"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with the roles in them (name → stretches), and what they tell. ``tells``: equal for tellings of one happening or utterance."""

    words: str
    roles: dict[str, list[tuple[int, int]]]
    kind: str
    facts: dict[str, Any]
    tells: tuple[str, int] | None = None


class Made:
    """The records of one report as they are read from its sentences."""

    def __init__(self, doc: Document, rng: Random) -> None:
        self._doc, self._rng = doc, rng
        self._found: dict[str, list[Any]] = {"statements": [], "events": [], "positions": [], "relations": [], "mentions": [], "places": []}
        self._told: dict[tuple[str, int], str] = {}
        self._links: list[Link] = []

    def read(self, sentence: Sentence, start: int) -> None:
        """Add what a sentence at ``start`` tells."""
        spans = {role: [Span.of(self._doc.text, start + a, start + b) for a, b in at] for role, at in sentence.roles.items()}
        whole = Span.of(self._doc.text, start, start + len(sentence.words))
        if sentence.kind == "act":
            self._act(sentence, spans, whole)
        elif sentence.kind == "said":
            self._said(sentence, spans, whole)
        elif sentence.kind == "tie":
            self._tie(sentence, spans, whole)

    def reading(self) -> Reading:
        """All of it."""
        return Reading(self._doc, **{name: tuple(values) for name, values in self._found.items()}, links=tuple(self._links))

    def _act(self, sentence: Sentence, spans: dict[str, list[Span]], whole: Span) -> None:
        f, code = sentence.facts, sentence.facts["code"]
        actor, recipient = self._who(spans["actor"][0], f["actor"]), self._who(spans["recipient"][0], f["recipient"])
        joint = code in plover.JOINT
        ident = record_id("event", self._doc.id, {"trigger": spans["trigger"], "actors": spans["actor"]})
        place = Place(spans["place"][0], f["place"].name, f["place"].id, f["place"].country, f["place"].lat, f["place"].lon, "city")
        self._found["places"].append(place)
        event = Event(
            **self._head(ident, whole, f["day"], spans.get("date")), type=code, trigger=spans["trigger"][0],
            actors=(actor, recipient) if joint else (actor,), recipients=() if joint else (recipient,), place=place,
            status=self._rng.choices(("actual", "future", "negated"), (18, 1, 1))[0], quad=plover.quad(code), intensity=plover.intensity(code),
            cameo=plover.cameo_of(code),
        )  # fmt: skip
        self._found["events"].append(event)
        if sentence.tells in self._told:
            self._links.append(Link(self._told[sentence.tells], ident, "same-event", "positive", 0.9, "the same words", "events.linking", ""))
        self._told[sentence.tells or ("", 0)] = ident
        if f["held"] and actor.actor is not None and not joint:
            stance = "support" if event.quad in (1, 2) else "oppose"
            held = record_id("position", self._doc.id, {"holder": spans["actor"], "target": spans["recipient"]})
            self._found["positions"].append(
                Position(
                    **self._head(held, whole, f["day"], spans.get("date")), holder=actor, stance=stance,  # type: ignore[arg-type]
                    target=Target(spans["recipient"][0], "actor", recipient), record_id=ident,
                )
            )  # fmt: skip

    def _said(self, sentence: Sentence, spans: dict[str, list[Span]], whole: Span) -> None:
        f, content = sentence.facts, spans["content"]
        speaker = self._who(spans["speaker"][0], f["speaker"])
        addressees = (self._who(spans["addressee"][0], f["addressee"]),) if f["addressee"] else ()
        via = (self._who(spans["via"][0], f["via"]),) if f["via"] else ()
        ident = record_id("statement", self._doc.id, {"speaker": spans["speaker"], "content": content})
        head = self._head(ident, whole, f["day"], None) | {"via": via}
        said = Statement(**head, speaker=speaker, cue=spans["cue"][0], content=tuple(content), form=f["form"], addressees=addressees)
        self._found["statements"].append(said)
        if f["stance"]:
            held = record_id("position", self._doc.id, {"holder": spans["speaker"], "target": spans["target"]})
            head = self._head(held, whole, f["day"], None) | {"via": via, "statement_id": ident}
            aim = Target(spans["target"][0], "issue")
            strength = self._rng.choice((1, 2, 2, 3))
            self._found["positions"].append(
                Position(**head, holder=speaker, stance=f["stance"], target=aim, issue=f["issue"], strength=strength, record_id=ident)
            )

    def _tie(self, sentence: Sentence, spans: dict[str, list[Span]], whole: Span) -> None:
        one, other = self._who(spans["subject"][0], sentence.facts["one"]), self._who(spans["object"][0], sentence.facts["other"])
        ident = record_id("relation", self._doc.id, {"subject": spans["subject"], "object": spans["object"]})
        code = sentence.facts["code"]
        tie = Relation(**self._head(ident, whole, None, None), subject=one, object=other, type=code, directed=code == "membership")
        self._found["relations"].append(tie)

    def _who(self, mention: Span, actor: ActorRef) -> Participant:
        """Now and then the resolver does not know a name."""
        if self._rng.random() < 0.04:
            return Participant(mention, None, "unknown-name")
        participant = Participant(mention, actor)
        self._found["mentions"].append(participant)
        return participant

    def _head(self, ident: str, whole: Span, day: int | None, dated: list[Span] | None) -> dict[str, Any]:
        when = RecordDate()
        if dated and day is not None:
            when = RecordDate(iso(day), iso(day), "day", "text", dated[0])
        elif day is not None and self._rng.random() < 0.5:
            when = RecordDate(self._doc.published, self._doc.published, "day", "publication")
        sure = round(0.4 + 0.59 * self._rng.random() ** 0.5, 2)
        why = (Why("rule", "verb say that", 0.93), Why("model", "made-up", sure))
        return {
            "id": ident,
            "document_id": self._doc.id,
            "evidence": whole,
            "date": when,
            "confidence": sure,
            "extractor": "made-up.desk",
            "run_id": RUN,
            "why": why,
        }


def sentence_of(parts: Sequence[tuple[str, str]], kind: str, facts: dict[str, Any], tells: tuple[str, int] | None = None) -> Sentence:
    """Parts put together: ("role", words), ("", words), and ("+role", ""), ("-role", "") around several parts."""
    words, roles, opened = "", dict[str, list[tuple[int, int]]](), dict[str, int]()
    for role, piece in parts:
        if role.startswith("+"):
            opened[role[1:]] = len(words)
        elif role.startswith("-"):
            roles.setdefault(role[1:], []).append((opened[role[1:]], len(words)))
        elif role:
            roles.setdefault(role, []).append((len(words), len(words) + len(piece)))
        words += piece
    return Sentence(words, roles, kind, facts, tells)


@cache
def iso(day: int) -> str:
    return (FIRST_DAY + timedelta(day)).isoformat()
