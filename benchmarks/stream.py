"""A stream of made-up news with known truth: stories, their happenings and statements, independent reports, copies. Reads and stores nothing.

Not news that anybody would read: sentences are drawn from the background words of the language, a story's own rare words, names and numbers, so that
lengths, word frequencies, overlap between independent reports and the editing of copies are as in real wire traffic, while who copied whom and which
mentions tell of one happening is known by construction.

Proportions (our choice, within what studies of wire copy report: Lewis, Williams & Franklin 2008 found 30 % of British press stories to be direct
agency copy, and 19 % largely so): 30 % of the reports are copies; stories have 1 to some hundred independent reports with a heavy tail; reports are
350 words on average (log-normal, 60 to 1,500).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from onrecord.model import ActorRef, Document, Event, Participant, Place, Reading, RecordDate, Span, Statement, document_id
from onrecord.model.records import record_id

STATES = (
    "USA", "CHN", "RUS", "GBR", "FRA", "DEU", "IND", "JPN", "BRA", "ZAF", "IRN", "ISR", "TUR", "EGY", "SAU", "PAK", "KOR", "PRK",
    "UKR", "POL", "ITA", "ESP", "CAN", "MEX", "AUS", "IDN", "NGA", "KEN", "ETH", "COL", "ARG", "VEN", "CUB", "PER", "CHL", "THA",
    "VNM", "PHL", "MYS", "MMR", "KAZ", "UZB", "AFG", "IRQ", "SYR", "LBN", "JOR", "YEM", "QAT", "ARE", "MAR", "DZA", "LBY", "SDN",
    "MLI", "NER", "SEN", "GHA", "COD", "RWA", "NOR", "SWE", "FIN", "NLD", "CHE", "AUT", "HUN", "ROU", "SRB", "GRC", "ARM", "AZE",
    "GEO", "BLR",
)  # fmt: skip
ACTS = (
    ("CONSULT", "met", True), ("AGREE", "signed a treaty with", True), ("ACCUSE", "blamed", False), ("REJECT", "rebuffed", False),
    ("THREATEN", "threatened", False), ("PROTEST", "protested against", False), ("SANCTION", "sanctioned", False), ("ASSAULT", "shelled", False),
    ("AID", "sent relief to", False), ("SUPPORT", "praised", False), ("MOBILIZE", "massed troops against", False), ("COERCE", "blockaded", False),
)  # fmt: skip
AGENCIES = tuple(f"Wire {name}" for name in ("North", "South", "East", "West", "Mid", "Port", "Lake", "Hill"))
PAPERS = tuple(f"The {name} {kind}" for name in ("Alder", "Birch", "Cedar", "Dune", "Elm", "Fen", "Glen", "Heath", "Isle", "Joy", "Kiln", "Loch")
               for kind in ("Post", "Times", "Courier", "Herald", "Mail", "Tribune"))  # fmt: skip
FIRST_DAY = date(2031, 1, 1)
PER_DAY = 548  # 200,000 a year
_SYLLABLES = np.array([c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s")])


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, and what they tell: the number of a happening, or of a statement, of the story; -1 where neither."""

    words: str
    happening: int = -1
    statement: int = -1


@dataclass(slots=True)
class Truth:
    """What is known of the stream by construction. Documents by id; ``copies``: of one text in whole or part; events by record id."""

    story: dict[str, int] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    happening: dict[str, int] = field(default_factory=dict)
    statement: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Story:
    """What the reports of one story share. ``acts``: (act, actor, recipient, day, place, number); ``said``: (speaker's state, name, words)."""

    number: int
    day: int
    rare: np.ndarray
    names: list[str]
    places: list[str]
    acts: list[tuple[int, str, str, int, str, int]]
    said: list[tuple[str, str, list[str]]]
    reports: list[tuple[int, list[Sentence], str]] = field(default_factory=list)


class Stream:
    """``size`` reports by date, the same for the same ``seed``; iterate once, then ``truth`` is whole.

    ``words``: background words and how often to draw each.
    """

    def __init__(self, size: int, words: tuple[list[str], np.ndarray], seed: int = 1, per_day: int = PER_DAY) -> None:
        self.size, self.truth, self._per_day = size, Truth(), per_day
        self._rng = np.random.default_rng(seed)
        self._background, weights = words
        self._weights = np.cumsum(weights / weights.sum())
        self._stories = self._copied = self._happenings = self._statements = 0

    def __iter__(self) -> Iterator[Reading]:
        """The readings by date."""
        alive: list[Story] = []
        for number in range(self.size):
            day = number // self._per_day
            if number % self._per_day == 0:
                alive = [s for s in alive if day - s.day < 4 and self._rng.random() < 0.75]
            while (reading := self._reading(self._report(alive, day), day)) is None:
                pass  # a copy published by the same paper on the same day is the same document
            yield reading

    def _report(self, alive: list[Story], day: int) -> tuple[Story, list[Sentence], str, tuple[str, ...], int]:
        """A story, the sentences of a report of it, its publisher, credits, and the number of the text that it copies or is."""
        rng = self._rng
        copied = [s for s in alive[-400:] if s.reports]
        if copied and rng.random() < 0.3:
            story = copied[int(rng.integers(len(copied)))]
            number, sentences, publisher = story.reports[int(rng.integers(len(story.reports)) * rng.random())]
            return story, self._edited(story, sentences), str(rng.choice(PAPERS)), (publisher,) if rng.random() < 0.5 else (), number
        weights = [len(s.reports) + 1.0 for s in alive]  # the much told is told more
        if alive and rng.random() < 0.72:
            story = alive[int(rng.choice(len(alive), p=np.array(weights) / sum(weights)))]
        else:
            alive.append(story := self._story(day))
        sentences = self._written(story)
        self._copied += 1
        publisher = str(rng.choice(AGENCIES if rng.random() < 0.4 else PAPERS))
        story.reports.append((self._copied, sentences, publisher))
        return story, sentences, publisher, (), self._copied

    def _story(self, day: int) -> Story:
        rng, number = self._rng, self._stories
        self._stories += 1
        states = [STATES[int(i)] for i in rng.zipf(1.3, 12) % len(STATES)]
        states = list(dict.fromkeys(states))[:4] or ["USA"]
        states += [] if len(states) > 1 else ["NOR" if states[0] != "NOR" else "SWE"]
        names, places = [f"{self._name()} {self._name()}" for _ in range(4)], [self._name() for _ in range(3)]
        acts = []
        for _ in range(int(rng.integers(1, 4))):
            first, second = (str(s) for s in rng.choice(states, 2, replace=False))
            acts.append((int(rng.integers(len(ACTS))), first, second, day - int(rng.integers(0, 2)), places[0], int(rng.integers(2, 900))))
        said = [(states[i % 2], names[i], self._words(int(rng.integers(12, 26)))) for i in range(int(rng.integers(1, 4)))]
        rare = np.array([self._name().lower() for _ in range(12)])
        return Story(number, day, rare, names, places, acts, said)

    def _written(self, story: Story) -> list[Sentence]:
        """An independent report: some of the happenings and statements in its own words, among sentences of its own."""
        rng = self._rng
        length = float(np.clip(rng.lognormal(5.72, 0.5), 60, 1500))
        told = [Sentence(self._act(story, n), happening=n) for n in range(len(story.acts)) if n == 0 or rng.random() < 0.6]
        told += [Sentence(self._quote(story, n), statement=n) for n in range(len(story.said)) if rng.random() < 0.6]
        words = sum(s.words.count(" ") + 1 for s in told)
        own: list[Sentence] = []
        while words < length:
            own.append(Sentence(self._filler(story)))
            words += own[-1].words.count(" ") + 1
        body = [*told[1:], *own]
        return [told[0], *(body[int(i)] for i in rng.permutation(len(body)))]

    def _edited(self, story: Story, sentences: list[Sentence]) -> list[Sentence]:
        """A copy: as it is, lightly edited, cut, with a new beginning, or spliced into a report of one's own."""
        rng, way = self._rng, self._rng.random()
        if way < 0.35:
            return sentences
        if way < 0.6:
            return [Sentence(self._lightly(s.words)) if s.happening < 0 > s.statement and rng.random() < 0.3 else s for s in sentences]
        if way < 0.8:
            return sentences[: max(3, int(len(sentences) * rng.uniform(0.4, 0.8)))]
        if way < 0.92:
            return [Sentence(self._filler(story)), Sentence(self._filler(story)), *sentences[1:]]
        own = self._written(story)
        return [*own[: len(own) // 2], *sentences[: max(3, int(len(sentences) * 0.6))]]

    def _reading(self, report: tuple[Story, list[Sentence], str, tuple[str, ...], int], day: int) -> Reading | None:
        story, sentences, publisher, credited, copied = report
        text, starts = "", []
        for n, sentence in enumerate(sentences):
            text += "" if n == 0 else "\n\n" if n % 3 == 0 else " "
            starts.append(len(text))
            text += sentence.words
        published = (FIRST_DAY + timedelta(day)).isoformat()
        doc = Document(document_id(text, publisher, published), text, sentences[0].words[:80], publisher, published, "en", credits=credited)
        if doc.id in self.truth.story:
            return None
        events, statements = [], []
        for start, sentence in zip(starts, sentences, strict=True):
            evidence = Span.of(text, start, start + len(sentence.words))
            if sentence.happening >= 0:
                events.append(_event(doc, evidence, story, sentence.happening))
                self.truth.happening[events[-1].id] = story.number * 10 + sentence.happening
            if sentence.statement >= 0:
                statements.append(_statement(doc, evidence, story, sentence.statement))
                self.truth.statement[statements[-1].id] = story.number * 10 + sentence.statement
        self.truth.story[doc.id], self.truth.copies[doc.id] = story.number, copied
        return Reading(doc, statements=tuple(statements), events=tuple(events))

    def _act(self, story: Story, n: int) -> str:
        act, first, second, _, place, number = story.acts[n]
        verb, tail = ACTS[act][1], self._words(int(self._rng.integers(6, 14)))
        return f"{first} {verb} {second} in {place} on {self._rng.choice(['Monday', 'the day'])}, {number} {story.rare[n]} {' '.join(tail)}."

    def _quote(self, story: Story, n: int) -> str:
        """A statement in one of three wordings: whole, cut short, or told with some words changed."""
        state, name, words = story.said[n]
        way = self._rng.random()
        if way < 0.5:
            return f"{name} of {state} said: “{' '.join(words)}.”"
        if way < 0.75:
            return f"“{' '.join(words[: len(words) * 2 // 3])},” said {name} of {state}."
        changed = [w if self._rng.random() < 0.8 else self._words(1)[0] for w in words]
        return f"{name} of {state} said that {' '.join(changed)}."

    def _filler(self, story: Story) -> str:
        rng = self._rng
        words = self._words(int(rng.integers(10, 28)))
        for rare in (*rng.choice(story.rare, int(rng.integers(0, 3))), rng.choice(story.names), rng.choice(story.places)):
            if rng.random() < 0.45:
                words.insert(int(rng.integers(len(words))), str(rare))
        return f"{' '.join(words).capitalize()}."

    def _lightly(self, words: str) -> str:
        kept = words.split(" ")
        kept[int(self._rng.integers(len(kept)))] = self._words(1)[0]
        return " ".join(kept)

    def _words(self, count: int) -> list[str]:
        return [self._background[int(i)] for i in np.searchsorted(self._weights, self._rng.random(count))]

    def _name(self) -> str:
        return "".join(self._rng.choice(_SYLLABLES, int(self._rng.integers(2, 4)))).capitalize()


def _actor(evidence: Span, name: str, ref: ActorRef) -> Participant:
    start = evidence.text.find(name)
    mention = Span(evidence.start + start, evidence.start + start + len(name), name) if start >= 0 else None
    return Participant(mention, ref)


def _state(evidence: Span, code: str) -> Participant:
    return _actor(evidence, code, ActorRef(f"or:{code.lower()}", code, "state", code, ("GOV",)))


def _event(doc: Document, evidence: Span, story: Story, n: int) -> Event:
    act, first, second, day, place, _ = story.acts[n]
    code, verb, both = ACTS[act]
    at = evidence.start + evidence.text.index(verb)
    actors, other = (_state(evidence, first),), (_state(evidence, second),)
    where = evidence.start + evidence.text.index(place)
    when = (FIRST_DAY + timedelta(day)).isoformat()
    return Event(
        id=record_id("event", doc.id, {"evidence": [evidence]}), document_id=doc.id, evidence=evidence, type=code, confidence=0.8,
        trigger=Span(at, at + len(verb), verb), actors=actors + other if both else actors, recipients=() if both else other,
        date=RecordDate(when, when, "day", "text"), place=Place(Span(where, where + len(place), place), place, None, None, None, None, None),
        quad=1, intensity=1.0,
    )  # fmt: skip


def _statement(doc: Document, evidence: Span, story: Story, n: int) -> Statement:
    state, name, _ = story.said[n]
    text = evidence.text
    quoted = "“" in text
    start, end = (text.index("“"), text.index("”") + 1) if quoted else (text.index("said that ") + 10, len(text) - 1)
    at = text.index("said")
    return Statement(
        id=record_id("statement", doc.id, {"evidence": [evidence]}), document_id=doc.id, evidence=evidence, confidence=0.8,
        speaker=_actor(evidence, name, ActorRef(f"or:{name.lower().replace(' ', '-')}", name, "person", state, ("GOV",))),
        cue=Span(evidence.start + at, evidence.start + at + 4, "said"), form="direct" if quoted else "indirect",
        content=(Span(evidence.start + start, evidence.start + end, text[start:end]),),
    )  # fmt: skip
