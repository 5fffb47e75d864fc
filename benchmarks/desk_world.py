"""Made-up news for a big store: who says, does, holds and is what, in stories told by many papers. Makes readings and the links between them.

Nothing in it happened. States, organisations, outlets and places are the knowledge base's own, by id; people and publishers are invented; sentences
are a frame with a clause of the language's common words. What people stand for lasts for years and turns now and then, so that standings and shifts
have something to find. Everything follows from the seed.
"""

# ruff: noqa: S311 - seeds make runs repeatable; nothing here is secret
from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.desk_reading import FIRST_DAY, Made, Sentence, iso, sentence_of

from onrecord.across import copies, responses, stories
from onrecord.codebook.issues import issues
from onrecord.knowledge.tables import rows
from onrecord.model import ActorRef, Document, Issue, Link, Place, Reading, document_id

DAYS = 5 * 365
_GREAT = ("USA", "CHN", "RUS", "GBR", "FRA", "DEU", "IND", "JPN", "IRN", "ISR", "UKR", "TUR", "SAU", "BRA", "PAK", "KOR", "PRK", "EGY", "ZAF", "POL")
_ACTS = (
    ("CONSULT", "met"), ("AGREE", "signed a treaty with"), ("ACCUSE", "blamed"), ("REJECT", "rebuffed"), ("THREATEN", "threatened"),
    ("PROTEST", "protested against"), ("SANCTION", "sanctioned"), ("ASSAULT", "shelled"), ("AID", "sent relief to"), ("SUPPORT", "praised"),
    ("MOBILIZE", "massed troops against"), ("COERCE", "blockaded"), ("REQUEST", "appealed to"), ("COOPERATE", "drilled with"),
)  # fmt: skip
_TIES = (
    ("alliance", "is an ally of"),
    ("dispute", "has a border dispute with"),
    ("membership", "is a member of"),
    ("partnership", "is a partner of"),
)
_ROLES = ("foreign minister", "president", "prime minister", "spokesperson", "defence minister", "ambassador", "opposition leader")
_SYLLABLES = tuple(c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s"))
_PAPERS = ("Post", "Times", "Courier", "Herald", "Mail", "Tribune", "Gazette", "Observer", "Journal", "News")


@dataclass(slots=True)
class Story:
    """What the reports of one story share. ``told``: tells → records that told it; ``reports``: their ids; ``plans``: what can be copied."""

    day: int
    cast: list[ActorRef]
    acts: list[tuple[int, tuple[Any, ...]]]
    said: list[tuple[int, tuple[Any, ...]]]
    told: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    reports: list[str] = field(default_factory=list)
    plans: list[tuple[list[Sentence], str, str]] = field(default_factory=list)


class World:
    """Reports over so many ``days``, by date, each with the links that linkers would have made of it; the same for the same numbers."""

    def __init__(self, reports: int, words: Sequence[str], weights: Sequence[float], seed: int = 1, days: int = DAYS) -> None:
        self._reports, self._days, self._rng = reports, days, Random(seed)
        self._words, self._word_weights = words, list(accumulate(weights))
        self._actors, self._publishers = _actors(self._rng), _publishers(self._rng)
        self._actor_weights = list(accumulate(1 / (n + 1) for n in range(len(self._actors))))
        self._publisher_weights = list(accumulate(1 / (n + 8) for n in range(len(self._publishers))))
        self._issues = self._rng.sample(issues(), len(issues()))
        self._issue_weights = list(accumulate(1 / (n + 3.6) for n in range(len(self._issues))))
        self._places = _places()
        self._sides: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._number = 0

    def __iter__(self) -> Iterator[tuple[Reading, list[Link]]]:
        """The readings with their links to earlier ones."""
        alive: list[Story] = []
        seen: set[str] = set()
        for number in range(self._reports):
            day = number * self._days // self._reports
            alive = [story for story in alive if day - story.day < 6][-60:]
            while True:
                story = self._rng.choice(alive) if alive and self._rng.random() < 0.7 else self._story(day)
                reading, links = self._report(story, day)
                if reading.document.id not in seen:  # a paper does not print one text twice on a day
                    break
            if story not in alive:
                alive.append(story)
            seen.add(reading.document.id)
            yield reading, links

    def _story(self, day: int) -> Story:
        rng = self._rng
        cast = [self._actor() for _ in range(4)]
        acts = [(self._next(), self._act(cast, day)) for _ in range(rng.randint(2, 5))]
        said = [(self._next(), self._saying(cast, day)) for _ in range(rng.randint(3, 6))]
        return Story(day, cast, acts, said)

    def _report(self, story: Story, day: int) -> tuple[Reading, list[Link]]:
        rng, original = self._rng, None
        publisher = rng.choices(self._publishers, cum_weights=self._publisher_weights)[0]
        if story.plans and rng.random() < 0.2:
            plan, original, first_publisher = rng.choice(story.plans)
            plan = plan if rng.random() < 0.5 else plan[: max(4, 2 * len(plan) // 3)]
            credited = (first_publisher,) if rng.random() < 0.5 else ()
        else:
            plan, credited = self._plan(story, day), ()
        reading = self._reading(plan, publisher, day, credited)
        links = list(self._links(story, reading, plan, original, bool(credited)))
        if original is None:
            story.plans.append((plan, reading.document.id, publisher))
        story.reports.append(reading.document.id)
        return reading, links

    def _plan(self, story: Story, day: int) -> list[Sentence]:
        """The sentences of an independent report: some of what the story has, and as much of its own."""
        rng = self._rng
        acts = [self._act_sentence(number, act) for number, act in story.acts if rng.random() < 0.7]
        if acts and rng.random() < 0.3:
            acts.append(self._act_sentence(*story.acts[0]))  # told again further down
        said = [self._said_sentence(number, saying) for number, saying in story.said if rng.random() < 0.7]
        while len(acts) < 7:
            acts.append(self._act_sentence(self._next(), self._act([*story.cast, self._actor()], day)))
        while len(said) < 8:
            said.append(self._said_sentence(self._next(), self._saying([*story.cast, self._actor(), self._actor()], day)))
        body = [*acts[1:], *said, *(self._tie_sentence(story.cast) for _ in range(rng.randint(1, 2))), *(self._filler() for _ in range(5))]
        return [acts[0], *rng.sample(body, len(body))]

    def _act(self, cast: Sequence[ActorRef], day: int) -> tuple[Any, ...]:
        rng = self._rng
        actor, recipient = rng.choice(cast), self._actor()
        while recipient.id == actor.id:
            recipient = self._actor()
        return (*rng.choice(_ACTS), actor, recipient, rng.choice(self._places), day - rng.randint(0, 2), rng.randint(2, 900))

    def _saying(self, cast: Sequence[ActorRef], day: int) -> tuple[Any, ...]:
        rng = self._rng
        speaker, issue = rng.choice(cast), rng.choices(self._issues, cum_weights=self._issue_weights)[0]
        side = self._side(speaker, issue.id, day)
        addressee = self._actor() if rng.random() < 0.3 else None
        stance, target = rng.choice(_wordings(issue.id, side)) if rng.random() < 0.9 else ("", "")
        return speaker, addressee, Issue(issue.id, issue.label), stance, target, self._clause(12), day - rng.randint(0, 1)

    def _side(self, actor: ActorRef, issue: str, day: int) -> str:
        """What an actor, or its state, stands for: it lasts for three years on average; one time in twenty something else is said."""
        key = (actor.country or actor.id, issue)
        if key not in self._sides:
            rng, since = Random(f"{key} {self._number}"), 0
            self._sides[key] = found = []
            while since < DAYS:
                found.append((since, rng.choice(("for", "for", "against", "against", "neutral"))))
                since += int(rng.expovariate(1 / 1100)) + 100
        if self._rng.random() < 0.05:
            return self._rng.choice(("for", "against", "neutral"))
        return next(side for since, side in reversed(self._sides[key]) if since <= day)

    def _act_sentence(self, number: int, act: tuple[Any, ...]) -> Sentence:
        code, verb, actor, recipient, place, day, count = act
        parts = [("actor", actor.name), ("", " "), ("trigger", verb), ("", " "), ("recipient", recipient.name), ("", " in "), ("place", place.name)]
        dated = self._rng.random() < 0.4
        if dated:
            parts += [("", " on "), ("date", _spoken(day))]
        parts += [("", f", where {count} {self._clause(9)}.")]
        facts = {"code": code, "actor": actor, "recipient": recipient, "place": place, "day": day, "held": self._rng.random() < 0.4}
        return sentence_of(parts, "act", facts, ("act", number))

    def _said_sentence(self, number: int, saying: tuple[Any, ...]) -> Sentence:
        speaker, addressee, issue, stance, target, clause, day = saying
        rng, via = self._rng, None
        parts: list[tuple[str, str]] = []
        if rng.random() < 0.2:
            via = rng.choice(_outlets())
            parts += [("", "According to "), ("via", via.name), ("", ", ")]
        parts += [("speaker", speaker.name)]
        parts += [("", " told "), ("addressee", addressee.name)] if addressee else []
        parts += [("", " " if addressee is None else ", and "), ("cue", "said"), ("", " ")]
        words = clause if rng.random() < 0.6 else clause.rsplit(" ", 3)[0]
        if rng.random() < 0.5:
            form, opened, closed = "direct", "“", "”"
        else:
            form, opened, closed = "indirect", "that ", ""
        verb = {"support": "we support", "oppose": "we oppose", "neutral": "we take no side on"}.get(stance, "we speak of")
        parts += [("+content", ""), ("", f"{opened}{verb} ")]
        parts += [("target", target), ("", f", {words}{closed}"), ("-content", ""), ("", ".")]
        facts = {"speaker": speaker, "addressee": addressee, "issue": issue, "stance": stance, "via": via, "form": form, "day": day}
        return sentence_of(parts, "said", facts, ("said", number))

    def _tie_sentence(self, cast: Sequence[ActorRef]) -> Sentence:
        code, words = self._rng.choice(_TIES)
        one, other = self._rng.choice(cast), self._actor()
        while other.id == one.id:
            other = self._actor()
        return sentence_of(
            [("subject", one.name), ("", f" {words} "), ("object", other.name), ("", f", {self._clause(5)}.")],
            "tie",
            {"code": code, "one": one, "other": other},
        )

    def _filler(self) -> Sentence:
        return sentence_of([("", f"{self._clause(self._rng.randint(8, 26)).capitalize()}.")], "", {})

    def _reading(self, plan: Sequence[Sentence], publisher: str, day: int, credited: tuple[str, ...]) -> Reading:
        text, starts = "", []
        for n, sentence in enumerate(plan):
            text += "" if n == 0 else "\n\n" if n % 3 == 0 else " "
            starts.append(len(text))
            text += sentence.words
        published = iso(day)
        doc = Document(
            document_id(text, publisher, published), text, plan[0].words[:80], publisher, published, "en", _url(publisher, self._number), credited
        )
        made = Made(doc, self._rng)
        for start, sentence in zip(starts, plan, strict=True):
            made.read(sentence, start)
        return made.reading()

    def _links(self, story: Story, reading: Reading, plan: Sequence[Sentence], original: str | None, credited: bool) -> Iterator[Link]:
        """Each telling with the two told last in other reports; the report with its original, and with two of its story; answers."""
        own = reading.document.id
        if original is not None:
            kind = "syndicated" if credited else "duplicate"
            yield Link(own, original, kind, "positive", 0.97, "the whole text", copies.NAME, "")  # type: ignore[arg-type]
        for other in story.reports[-2:]:
            yield Link(own, other, "same-story", "positive", 0.62, "words, names and numbers 0.62 alike", stories.NAME, "")
        by_start = {r.evidence.start: r for r in (*reading.statements, *reading.events)}
        new: dict[tuple[str, int], list[str]] = {}
        for record, sentence in zip((by_start[s] for s in sorted(by_start)), (s for s in plan if s.kind in ("act", "said")), strict=True):
            key = sentence.tells or ("", 0)
            kind, by = ("same-event", "same-events") if sentence.kind == "act" else ("same-statement", "same-statements")
            for other in story.told.get(key, ())[-2:]:
                yield Link(record.id, other, kind, "positive", 0.9, "the same parties on one day", by, "")  # type: ignore[arg-type]
            if sentence.kind == "said" and original is None and self._rng.random() < 0.08 and (before := [k for k in story.told if k != key]):
                yield Link(record.id, story.told[self._rng.choice(before)][0], "responds-to", "positive", 0.8, "in response to", responses.NAME, "")
            new.setdefault(key, []).append(record.id)
        for key, ids in new.items():
            story.told.setdefault(key, []).extend(ids[:1])

    def _actor(self) -> ActorRef:
        return self._rng.choices(self._actors, cum_weights=self._actor_weights)[0]

    def _clause(self, length: int) -> str:
        return " ".join(self._rng.choices(self._words, cum_weights=self._word_weights, k=length))

    def _next(self) -> int:
        self._number += 1
        return self._number


def _actors(rng: Random) -> list[ActorRef]:
    """400 actors, the most active first: states (the great first), people of theirs, organisations, outlets."""
    named = {country: ActorRef(ident, name, "state", country, ("GOV",)) for ident, name, country, *_ in reversed(rows("states")[1])}
    great = [named[code] for code in _GREAT]
    others = rng.sample([state for code, state in sorted(named.items()) if code not in _GREAT], 50)
    bodies = [
        ActorRef(i, name, "organisation", None, tuple(sectors.split())) for i, name, country, sectors, *_ in rows("organisations")[1] if not country
    ][:40]
    people, used = [], set[str]()
    while len(people) < 270:
        name = f"{_name(rng)} {_name(rng)}"
        if name not in used:
            used.add(name)
            state, role = rng.choices([*great, *others], [1 / (n + 2) for n in range(70)])[0], rng.choice(_ROLES)
            sector = "OPP" if role.startswith("opposition") else "GOV"
            people.append(ActorRef(f"or:made-up-{name.lower().replace(' ', '-')}", name, "person", state.country, (sector,), role, 0.95))
    rest = [*others, *bodies, *people, *_outlets()]
    return [*great[:8], *rng.sample([*great[8:], *rest], len(rest) + 12)]


@cache
def _outlets() -> tuple[ActorRef, ...]:
    return tuple(ActorRef(ident, name, "outlet", country, ("JRN",)) for ident, name, country, *_ in rows("outlets")[1][:20])


def _publishers(rng: Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < 200:
        found[f"{_name(rng)} {rng.choice(_PAPERS)}"] = None
    return list(found)


def _places() -> list[Place]:
    """The 250 biggest towns."""
    towns = [row for row in rows("places")[1] if row[0] == "city" and row[8]]
    towns.sort(key=lambda row: (-int(row[8]), row[1]))
    return [Place(None, name, ident, country, float(lat), float(lon), "city") for _, ident, name, _, country, _, lat, lon, *_ in towns[:250]]


@cache
def _wordings(issue: str, side: str) -> list[tuple[str, str]]:
    """Ways to take a side on an issue, as stance and target."""
    entry = next(entry for entry in issues() if entry.id == issue)
    targets = [*(entry.straight or entry.cues)[:2], *entry.turns[:2]]
    told = [(stance, target) for target in targets for stance in ("support", "oppose") if entry.side(stance, target) == side]
    return told or [("neutral", targets[0])]


def _name(rng: Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.choice((2, 2, 3)))).capitalize()


@cache
def _spoken(day: int) -> str:
    when = FIRST_DAY + timedelta(day)
    return f"{when.day} {when:%B} {when.year}"


def _url(publisher: str, number: int) -> str:
    return f"https://{publisher.lower().replace(' ', '-')}.example/{number}"
