"""Reads the sentences with a Reader and says what it finds, misses and makes up. It trains nothing.

    python3 -m training.events.reading                 # items with odd numbers
    python3 -m training.events.reading --held-back     # the others: for the last measurement only, never to tune on
    python3 -m training.events.reading --rules-only

A coding is found where an event of its type overlaps its trigger, or is between the same two. Only what is actual or future counts.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from onrecord import Document, Reader
from onrecord.model import Event, Participant, document_id
from training.events.markup import Coding, Sentence, sentences

TOLD = ("actual", "future")
PUBLISHED = "2010-01-01"


@dataclass(slots=True)
class Tally:
    """Counts of a run. By type: ``gold`` codings, ``found`` of them, ``made`` events in event sentences, ``right`` of them."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    sentences: int = 0
    missed: int = 0
    others: int = 0
    spurious: Counter[str] = field(default_factory=Counter)
    touched: int = 0

    def add(self, item: Sentence, events: Iterable[Event]) -> None:
        """Count one sentence with the events that were read in it."""
        told = [e for e in events if e.status in TOLD]
        if item.reason is not None:
            self.others += 1
            self.spurious.update(item.reason for _ in told)
            self.touched += bool(told)
            return
        wanted = codings(item)
        hits = [c for c in wanted if any(fits(item, c, e) for e in told)]
        self.sentences += 1
        self.missed += not hits
        self.gold.update(str(c.type) for c in wanted)
        self.found.update(str(c.type) for c in hits)
        self.made.update(e.type for e in told)
        self.right.update(e.type for e in told if any(fits(item, c, e) for c in wanted))

    def lines(self) -> Iterator[str]:
        """The tally as text: types first, then what the issue asks for, per 100."""
        yield f"{'type':10} {'P':>6} {'R':>6} {'gold':>6} {'made':>6}"
        for kind in [*sorted(self.gold), "all"]:
            made, right, gold, found = (c.total() if kind == "all" else c[kind] for c in (self.made, self.right, self.gold, self.found))
            yield f"{kind:10} {_share(right, made):6.1f} {_share(found, gold):6.1f} {gold:6} {made:6}"
        lost = 100 - _share(self.found.total(), self.gold.total())
        yield f"missed per 100 event sentences {_share(self.missed, self.sentences):.1f}, per 100 codings {lost:.1f}"
        spurious = self.spurious.total()
        yield f"spurious events per 100 not-sentences {_share(spurious, self.others):.1f} (in {_share(self.touched, self.others):.1f} of them)"
        yield ", ".join(f"{reason} {n}" for reason, n in self.spurious.most_common())


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def codings(item: Sentence) -> list[Coding]:
    """The codings of a sentence that tell of an act, actual or to come."""
    return [c for c in item.codings if c.type is not None and c.status in TOLD]


def fits(item: Sentence, coding: Coding, event: Event) -> bool:
    """True if ``event`` is what ``coding`` tells: its type, and its words or its two sides."""
    if event.type != coding.type:
        return False
    start, end = item.triggers[coding.trigger]
    if event.trigger.start < end and start < event.trigger.end:
        return True
    sides = (coding.actors, coding.recipients or (coding.actors if coding.joint else ()))
    return bool(sides[1]) and all(
        names(item, numbers, who) for numbers, who in zip(sides, (event.actors, event.recipients or event.actors), strict=True)
    )


def names(item: Sentence, numbers: Iterable[int], parties: Iterable[Participant]) -> bool:
    """True where a mention of ``parties`` overlaps one of the marked parties with these numbers."""
    spans = [item.parties[n] for n in numbers]
    return any(p.mention is not None and p.mention.start < end and start < p.mention.end for p in parties for start, end in spans)


def document(item: Sentence) -> Document:
    """A sentence as a report of its own."""
    return Document(id=document_id(item.text, None, PUBLISHED), text=item.text, published=PUBLISHED)


def tally(items: Iterable[Sentence], read: Callable[[Sentence], Iterable[Event]]) -> Tally:
    """What ``read`` makes of the sentences."""
    total = Tally()
    for item in items:
        total.add(item, read(item))
    return total


def main() -> None:
    """Read the sentences and print the tally."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-back", action="store_true", help="the items that nothing is trained or tuned on")
    parser.add_argument("--rules-only", action="store_true", help="without trained weights")
    parser.add_argument("--limit", type=int, help="the first so many items only")
    asked = parser.parse_args()
    reader = Reader(rules_only=asked.rules_only)
    items = [s for s in sentences() if s.held_back == asked.held_back][: asked.limit]
    sys.stdout.write("\n".join([*tally(items, lambda item: reader.read(document(item)).events).lines(), ""]))


if __name__ == "__main__":
    main()
