"""How well a Reader with an overlay of their fictional actors reads the unit records of PETRARCH2: who did what to whom, by root of the code.

``python -m onrecord.evaluate.petr FILE`` reads rows ``{"id", "text", "date", "category", "events": [{"source", "target", "code"}]}``. What their
codes mean in the codebook, and which records are no question to a reader, is in ``petr.toml``. Their verb codes are mostly WEIS, not CAMEO.

A gold event is (actor, recipient, codes); it is left out where its code is a remark, or where a side is one of their placeholders. Events of the same
kind both ways are one without direction, and so is a reciprocal act of ours, which may stand for either way. One to one, each of ours counted once.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from onrecord.codebook import cameo_code
from onrecord.evaluate.scoring import Score, matching
from onrecord.knowledge import KnowledgeBase
from onrecord.model import Document, Event, Participant
from onrecord.reading.reader import Reader

OVERLAY = Path("examples/overlays/middle-earth")
"""The fictional actors, from the repository's root."""
PLACEHOLDERS = (None, "---", "###", "XYZ")
"""What their tool writes for an actor it does not know."""
MALFORMED = "ERROR"
"""The category of records that test malformed input of their own format."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side of an event: ``who``, a country's code or the id of an actor of none; ``sectors`` as PLOVER writes them.

    A state as such has no sectors, nor have a town and an actor of no country.
    """

    who: str
    sectors: frozenset[str]

    def fits(self, other: Party, full: bool) -> bool:
        """Whether both are the same actor; ``full``: with a sector in common, a state and its government being one."""
        return self.who == other.who and (not full or bool((self.sectors or {"GOV"}) & (other.sectors or {"GOV"})))


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what to whom. ``labels``: the roots or types it may have; ``turns``: whether the sides may change places."""

    first: Party
    second: Party
    labels: frozenset[str]
    turns: bool = False

    def fits(self, other: Deed, full: bool = False) -> bool:
        """Whether another deed is this one."""
        straight = self.first.fits(other.first, full) and self.second.fits(other.second, full)
        turned = (self.turns or other.turns) and self.first.fits(other.second, full) and self.second.fits(other.first, full)
        return bool(self.labels & other.labels) and (straight or turned)


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("onrecord.evaluate").joinpath("petr.toml").read_text(encoding="utf8"))


def their_party(code: str | None, countries: frozenset[str]) -> Party | None:
    """An actor code in PLOVER's terms ("DAGGOV", "NGOARN"); None for a placeholder or a code that stands for nobody known."""
    if code is None or code.startswith(PLACEHOLDERS[1:]):
        return None
    table = _table()
    if code in table["actors"]:
        return Party(table["actors"][code], frozenset())
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    place = next((p for p in parts if table["states"].get(p, p) in countries), None)
    if place is None:
        return None
    return Party(table["states"].get(place, place), frozenset(table["sectors"].get(p, p) for p in parts if p != place))


def our_party(participant: Participant, known: KnowledgeBase) -> Party | None:
    """A participant in the same terms; None for whoever is of no country and in no table: such an actor has no code."""
    actor = participant.actor
    if actor is None or (actor.country is None and actor.id not in known):
        return None
    as_such = actor.kind in ("state", "place") or actor.country is None
    return Party(actor.country or actor.id, frozenset() if as_such else frozenset(actor.sectors))


def labels(code: str, of: str) -> frozenset[str] | None:
    """What a code of theirs may be, ``of`` "plover_type" or "cameo_root"; empty for a remark, None for a code that means nothing."""
    here = _table()["codes"].get(code)
    if here is None:
        return None
    return frozenset(c[:2] if of == "cameo_root" else (cameo_code(c).plover or "") for c in here)


def wanted(record: Mapping[str, Any], of: str, countries: frozenset[str]) -> list[Deed]:
    """The gold events of a record that a reader can be asked for."""
    found = []
    for event in record["events"]:
        first, second = (their_party(event.get(side), countries) for side in ("source", "target"))
        may_be = labels(event["code"], of)
        if first and second and may_be:
            found.append(Deed(first, second, may_be))
    return both_ways(found)


def made(events: Iterable[Event], of: str, known: KnowledgeBase) -> list[Deed]:
    """The same of a reading's events; none are those that were negated, that are told as long past, or that lack two known sides."""
    found = []
    for event in events:
        label = event.type if of == "plover_type" else (event.cameo or "")[:2]
        actors, recipients = ([p for p in (our_party(q, known) for q in side) if p] for side in (event.actors, event.recipients))
        pairs = itertools.product(actors, recipients) if recipients else itertools.combinations(actors, 2)
        if event.status not in ("negated", "historical") and not (event.recipients and not recipients):
            found += [Deed(a, b, frozenset({label}), turns=not event.recipients) for a, b in pairs]
    return both_ways(found)


def both_ways(deeds: Iterable[Deed]) -> list[Deed]:
    """The deeds without doubles; the same done both ways becomes one without direction."""
    out: list[Deed] = []
    for deed in deeds:
        turned = Deed(deed.second, deed.first, deed.labels, turns=True)
        other = next((i for i, d in enumerate(out) if d.fits(deed, True) or d.fits(turned, True)), None)
        if other is None:
            out.append(deed)
        else:
            same = out[other]
            out[other] = Deed(same.first, same.second, same.labels & deed.labels, turns=deed.turns or same.turns or not same.fits(deed, True))
    return out


def asks(record: Mapping[str, Any]) -> bool:
    """Whether a record's codes exist: one whose every code means nothing, or which tests malformed input, is no question."""
    known = [labels(e["code"], "plover_type") is not None for e in record["events"]]
    return record["category"] != MALFORMED and (any(known) or not known)


def left_out(record: Mapping[str, Any]) -> bool:
    """Whether ``petr.toml`` says why no text could answer this record."""
    reasons: list[dict[str, list[str]]] = _table()["left_out"]
    return any(record["id"] in why.get("ids", ()) or record["category"] in why.get("categories", ()) for why in reasons)


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]


def read(records: Iterable[Mapping[str, Any]], reader: Reader) -> Iterator[tuple[Mapping[str, Any], tuple[Event, ...]]]:
    """Each record with the events of its text."""
    for k, record in enumerate(records):
        yield record, reader.read(Document(id=f"{record['id']}-{k}", text=record["text"], published=record["date"])).events


def scores(path: Path, overlay: Path) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 (0 to 100) by measure.

    ``plover_type`` and ``cameo_root``: actor and recipient by country, and the type or root; ``…_full``: by sector too; ``all_…``: with the records
    that ``petr.toml`` leaves out.
    """
    reader = Reader(knowledge=overlay)
    countries = frozenset(a.country for a in reader.knowledge.actors("state") if a.country)
    total: dict[str, Score] = {}
    for record, events in read(filter(asks, rows(path)), reader):
        prefixes = ("all_",) if left_out(record) else ("", "all_")
        for of, full in itertools.product(("plover_type", "cameo_root"), (False, True)):
            gold, ours = wanted(record, of, countries), made(events, of, reader.knowledge)
            hits = len(matching([[i for i, d in enumerate(ours) if g.fits(d, full)] for g in gold]))
            for prefix in prefixes:
                name = prefix + of + ("_full" if full else "")
                total[name] = total.get(name, Score()) + Score(hits, len(ours), len(gold))
    return {name: as_percent(s) for name, s in sorted(total.items())}


def as_percent(s: Score) -> dict[str, float]:
    """Counts with precision, recall and F1."""
    p, r = (round(100 * s.hit / max(1, of), 1) for of in (s.made, s.gold))
    return {"p": p, "r": r, "f1": round(s.f1, 1), "gold": s.gold, "predicted": s.made}


def main() -> int:
    """Print the scores of a file as JSON."""
    parser = argparse.ArgumentParser(description="Score a Reader with the overlay on PETRARCH2's unit records.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--overlay", type=Path, default=OVERLAY)
    asked = parser.parse_args()
    sys.stdout.write(json.dumps(scores(asked.file, asked.overlay), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
