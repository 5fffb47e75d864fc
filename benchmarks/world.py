"""A made-up world whose truth is known: who really stood where and when, told by publishers of differing diligence and read with errors.

    .venv/bin/python benchmarks/world.py [--parties 20] [--issues 6] [--years 4] [--errors 0 5 10 20] [--overconfident] [--seed 6]

Says how many of the standings and shifts that ``onrecord`` tells are right (precision) and how many of the true ones it tells (recall), as reading
errors are put in, and how long asking takes. Nothing is asserted here; tests/query/test_world.py holds a small world to its floors.

The world: each party speaks on some of the issues, every 8 to 40 days on average, in one of three stances that lasts 2.5 years on average (150 days
at least); one in five of these pairs falls silent for 250 to 450 days. Twelve publishers report each statement with a chance of 4 to 48 %, up to two
days later, some by copying an agency's text word for word, and get one statement in a hundred wrong. Half of the reports date the statement in the
text. A reading error of e: of e texts, 45 % get another stance, 15 % another party, 15 % another issue, 25 % are missed; and from e / 10 of the texts
something is read that nobody said. Each record has a confidence around 1 - e, and is wrong as often as that says; with --overconfident it is 0.97
throughout.
"""

# ruff: noqa: S311 - seeds make runs repeatable; nothing here is secret
from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from onrecord.codebook.issues import IssueEntry, issues
from onrecord.model import ActorRef, Document, Issue, Link, Participant, Position, Reading, RecordDate, Span, Target, document_id, record_id
from onrecord.query import Filter, shifts, standing
from onrecord.query.rows import Names
from onrecord.query.shifts import ShiftRow
from onrecord.store import View, open_store

START = date(2030, 1, 1)
SIDES = ("for", "against", "neutral")
PUBLISHERS = tuple((f"Paper {n}", 0.04 + 0.04 * n) for n in range(12))
AGENCY_SHARE, MISQUOTED, SILENT = 0.25, 0.01, 0.2
PERFECT, SURE = 0.97, 0.95
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: a party (by number) takes a side on an issue (by number) on a day after START."""

    party: int
    issue: int
    day: int
    side: str


@dataclass(frozen=True, slots=True)
class Text:
    """A report of a statement. ``copy_of``: the number of the text that it copies; ``delay`` in days; ``dated``: the text names the day."""

    said: Said
    publisher: str
    delay: int
    dated: bool
    copy_of: int | None


@dataclass(slots=True)
class World:
    """The truth, and the texts that tell of it. ``told``: the statements of each pair that some text reports rightly, by day."""

    parties: int
    issues: Sequence[IssueEntry]
    days: int
    texts: list[Text] = field(default_factory=list)
    told: dict[Pair, list[Said]] = field(default_factory=dict)
    silences: dict[Pair, tuple[int, int]] = field(default_factory=dict)

    def standing(self, day: int) -> dict[Pair, str]:
        """The side of each pair that has spoken by that day."""
        return {pair: side for pair, all_ in self.told.items() if (side := next((s.side for s in reversed(all_) if s.day <= day), None))}

    def turns(self) -> list[tuple[Pair, str, int, int]]:
        """Each turn: pair, new side, the day of the last statement before and of the first after it."""
        return [(pair, two.side, one.day, two.day) for pair, all_ in self.told.items() for one, two in pairwise(all_) if one.side != two.side]


def make_world(parties: int, issue_count: int, years: float, seed: int) -> World:
    """A world from a number: always the same for the same arguments."""
    rng = Random(seed)
    world = World(parties, usable_issues()[:issue_count], round(365 * years))
    for party in range(parties):
        for issue in range(len(world.issues)):
            if rng.random() < 0.6:
                _live(world, (party, issue), rng)
    return world


def usable_issues() -> list[IssueEntry]:
    """The issues of the list on which every side can be put into words."""
    return [entry for entry in issues() if all(wordings(entry, side) for side in SIDES)]


def _live(world: World, pair: Pair, rng: Random) -> None:
    """All statements of one party on one issue, and the reports of them."""
    mean, day, side = rng.uniform(8, 40), 0.0, rng.choice(SIDES)
    turn = 150 + rng.expovariate(1 / 765)
    quiet = (rng.uniform(200, max(201, world.days - 300)), rng.uniform(250, 450)) if rng.random() < SILENT else None
    told: list[Said] = []
    while (day := day + rng.expovariate(1 / mean)) < world.days:
        if quiet is not None and quiet[0] < day < sum(quiet):
            day = sum(quiet)
            continue
        while day > turn:
            side = rng.choice([s for s in SIDES if s != side])
            turn += 150 + rng.expovariate(1 / 765)
        said = Said(*pair, int(day), side)
        if _report(world, said, rng) and (not told or told[-1].day < said.day):
            told.append(said)
    if told:
        world.told[pair] = told
    if quiet is not None and told and told[0].day < quiet[0] and sum(quiet) < world.days + 150:
        world.silences[pair] = (int(quiet[0]), int(min(sum(quiet), world.days)))


def _report(world: World, said: Said, rng: Random) -> bool:
    """Write the reports of a statement; True if one of them gets it right."""
    agency, right = None, False
    for publisher, diligence in PUBLISHERS:
        if rng.random() < diligence:
            copies = rng.random() < AGENCY_SHARE
            if copies and agency is not None:
                first = world.texts[agency]
                world.texts.append(Text(first.said, publisher, first.delay + rng.randint(0, 1), first.dated, agency))
                continue
            wrong = rng.random() < MISQUOTED
            side = rng.choice([s for s in SIDES if s != said.side]) if wrong else said.side
            world.texts.append(Text(Said(said.party, said.issue, said.day, side), publisher, rng.randint(0, 2), rng.random() < 0.5, None))
            agency = len(world.texts) - 1 if copies else agency
            right |= not wrong
    return right


def wordings(entry: IssueEntry, side: str) -> list[tuple[str, str]]:
    """Ways to take a side on an issue, as stance and target: who opposes what stands on the other side is for it."""
    targets = [*(entry.straight or entry.cues)[:2], *entry.turns[:2]]
    if side == "neutral":
        return [("neutral", targets[0])]
    return [(stance, target) for target in targets for stance in ("support", "oppose") if entry.side(stance, target) == side]


def name_of(party: int) -> str:
    """The invented country code of a party: QAA, QAB …"""
    return "Q" + chr(65 + party // 26) + chr(65 + party % 26)


def readings(world: World, error: float, seed: int, *, overconfident: bool = False) -> Iterator[tuple[Reading, Link | None]]:
    """What is read from each text, with the link that says of whom it is a copy; a copy is read as its original."""
    rng = Random(seed)
    read: dict[int, tuple[str, list[tuple[Said, float]]]] = {}
    ids: dict[int, str] = {}
    for number, text in enumerate(world.texts):
        original = number if text.copy_of is None else text.copy_of
        if original not in read:
            found = _read(world, text.said, error, rng, overconfident=overconfident)
            read[original] = (f"Report {original}.", found)
        reading = _reading(world, text, *read[original], Random(seed + original))
        ids[number] = reading.document.id
        link = Link(ids[number], ids[original], "syndicated", "positive", 1.0, "known", "world", "") if original != number else None
        yield reading, link


def _read(world: World, said: Said, error: float, rng: Random, *, overconfident: bool) -> list[tuple[Said, float]]:
    """The positions read from a text, each with its confidence."""
    sure = rng.betavariate(10 * (1 - error), 10 * error) if error else PERFECT
    shown = PERFECT if overconfident or not error else max(0.3, sure)
    found = []
    if error == 0 or rng.random() < sure:
        found.append((said, shown))
    elif (kind := rng.random()) < 0.45:
        found.append((Said(said.party, said.issue, said.day, rng.choice([s for s in SIDES if s != said.side])), shown))
    elif kind < 0.6:
        found.append((Said(rng.randrange(world.parties), said.issue, said.day, said.side), shown))
    elif kind < 0.75:
        found.append((Said(said.party, rng.randrange(len(world.issues)), said.day, said.side), shown))
    if rng.random() < error / 10:
        found.append((Said(rng.randrange(world.parties), rng.randrange(len(world.issues)), said.day, rng.choice(SIDES)), shown))
    return found


def _reading(world: World, text: Text, opening: str, found: list[tuple[Said, float]], rng: Random) -> Reading:
    published = (START + timedelta(days=text.said.day + text.delay)).isoformat()
    words = [(said, sure, *rng.choice(wordings(world.issues[said.issue], said.side))) for said, sure in found]
    body = " ".join([opening, *(f"{name_of(said.party)}: {stance} {target}." for said, _, stance, target in words)])
    doc = Document(document_id(body, text.publisher, published), body, publisher=text.publisher, published=published)
    day = (START + timedelta(days=text.said.day)).isoformat()
    when = RecordDate(day, day, "day", "text") if text.dated else RecordDate()
    positions, at = [], len(opening) + 1
    for said, sure, stance, target in words:
        who = name_of(said.party)
        holder, aim = _span(body, at, who), _span(body, at + len(who) + len(stance) + 3, target)
        entry = world.issues[said.issue]
        positions.append(
            Position(
                id=record_id("position", doc.id, {"holder": [holder], "target": [aim]}),
                document_id=doc.id,
                evidence=Span(holder.start, aim.end, body[holder.start : aim.end]),
                holder=Participant(holder, ActorRef(f"or:{who}", f"Land {who}", "state", who)),
                stance=stance,  # type: ignore[arg-type]
                target=Target(aim, "issue"),
                issue=Issue(entry.id, entry.label),
                date=when,
                confidence=sure,
            )
        )
        at = aim.end + 2
    return Reading(doc, positions=tuple(positions))


def _span(body: str, start: int, words: str) -> Span:
    return Span(start, start + len(words), body[start : start + len(words)])


def fill(path: Path, world: World, error: float, seed: int, *, overconfident: bool = False) -> int:
    """Put what is read into a new store; the number of positions."""
    count = 0
    with open_store(path, create=True) as store, store.writer() as writer:
        for number, (reading, link) in enumerate(readings(world, error, seed, overconfident=overconfident)):
            writer.add(reading, f"text {number:07}")
            count += len(reading.positions)
            if link is not None:
                writer.link(link)
    return count


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` of ``told`` are right, and ``found`` of ``true`` were told."""

    right: int
    told: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        """Share of what was told that is right."""
        return self.right / self.told if self.told else 1.0

    @property
    def recall(self) -> float:
        """Share of what is true that was told."""
        return self.found / self.true if self.true else 1.0


def score_standing(view: View, world: World, dates: int = 4) -> list[Score]:
    """Standings on some days of the world: all that are told at all, those of pairs that ever spoke, and those told with 0.95 or more."""
    number = {entry.id: n for n, entry in enumerate(world.issues)}
    scores = []
    for part in range(1, dates + 1):
        day = world.days * part // dates - 1
        truth = world.standing(day)
        rows = standing(view, Filter(until=(START + timedelta(days=day)).isoformat()))
        said = {(_number(r.holder), number[r.issue]): (r.side or r.stance, r.sure) for r in rows if r.sure is not None}
        kept = said, {pair: s for pair, s in said.items() if pair in truth}, {pair: s for pair, s in said.items() if s[1] >= SURE}
        right = [sum(truth.get(pair) == side for pair, (side, _) in some.items()) for some in kept]
        scores.append([Score(r, len(some), r, len(truth)) for r, some in zip(right, kept, strict=True)])
    return [Score(*(sum(getattr(score, name) for score in same) for name in Score.__slots__)) for same in zip(*scores, strict=True)]


def score_turns(rows: Sequence[ShiftRow], world: World, slack: int = 30) -> Score:
    """Turns told against true ones: the same pair and new side, the time between before and after no further apart than ``slack`` days."""
    number = {entry.id: n for n, entry in enumerate(world.issues)}
    left = world.turns()
    true = len(left)
    for row in rows:
        pair = (_number(row.holder), number[row.issue])
        first, last = _days(row)
        hit = next((t for t in left if t[0] == pair and t[1] == row.side and first <= t[3] + slack and last >= t[2] - slack), None)
        if hit is not None:
            left.remove(hit)
    return Score(true - len(left), len(rows), true - len(left), true)


def score_silences(rows: Sequence[ShiftRow], world: World) -> Score:
    """Silences told against true ones: the same pair, half of each within the other."""
    number = {entry.id: n for n, entry in enumerate(world.issues)}
    hits = set()
    for row in rows:
        pair = (_number(row.holder), number[row.issue])
        first, last = _days(row)
        true = world.silences.get(pair)
        if true and 2 * (min(last, true[1]) - max(first, true[0])) >= max(last - first, true[1] - true[0]):
            hits.add(pair)
    return Score(len(hits), len(rows), len(hits), len(world.silences))


def _number(holder: Names) -> int:
    code = holder[0].removeprefix("Land Q")
    return 26 * (ord(code[0]) - 65) + ord(code[1]) - 65


def _days(row: ShiftRow) -> tuple[int, int]:
    return tuple((date.fromisoformat(day or "") - START).days for day in (row.since, row.until))  # type: ignore[return-value]


def measure(path: Path, world: World) -> dict[str, Score | float]:
    """All scores of a store, and the seconds that one standing and one shifts take."""
    with open_store(path) as store, store.view() as view:
        begun = time.perf_counter()
        standing(view)
        asked = time.perf_counter()
        turns = shifts(view)
        done = time.perf_counter()
        silences = [row for row in shifts(view, Filter(kind="silence")) if row.verdict == "real"]
        told, of_speakers, sure = score_standing(view, world)
        return {
            "standing": told,
            "of those who spoke": of_speakers,
            "sure": sure,
            "real turns": score_turns([row for row in turns if row.verdict == "real"], world),
            "all turns": score_turns(turns, world),
            "silences": score_silences(silences, world),
            "seconds standing": asked - begun,
            "seconds shifts": done - asked,
        }


def main() -> None:
    """Make the world, read it at each error rate, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, kind, default in (("parties", int, 20), ("issues", int, 6), ("years", float, 4.0), ("seed", int, 6)):
        parser.add_argument(f"--{name}", type=kind, default=default)
    parser.add_argument("--errors", type=float, nargs="*", default=[0, 5, 10, 20], help="per cent")
    parser.add_argument("--overconfident", action="store_true")
    given = parser.parse_args()
    world = make_world(given.parties, given.issues, given.years, given.seed)
    print(f"{len(world.told)} pairs, {len(world.turns())} turns, {len(world.silences)} silences, {len(world.texts)} texts")
    for error in given.errors:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "store"
            count = fill(path, world, error / 100, given.seed, overconfident=given.overconfident)
            found = measure(path, world)
        shown = (f"{k} {100 * s.precision:.1f}/{100 * s.recall:.1f}" if isinstance(s, Score) else f"{k} {s:.1f}" for k, s in found.items())
        print(f"{error:4.0f} %  {count} positions, precision/recall: " + ", ".join(shown), flush=True)


if __name__ == "__main__":
    main()
