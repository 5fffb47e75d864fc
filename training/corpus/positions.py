"""Score positions against stances told by hand: the ``::`` lines of the corpus, or any table of holder, stance and target in a text.

A position fits a wanted stance where the stance is the same, the holder is named by the wanted words or is the actor they name (a body or a person
may stand for its state), and the target's words, its actor or the evidence overlap the wanted target. One to one. The corpus tells stances between
pairs and fewer than there are, so that only recall, wrong sides and wrong directions can be read off it; what is false needs reading.

    python -m training.corpus.positions [--held-back] [--show]

Knows no rules; it reads through ``onrecord.Reader``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord import Document, Reader
from onrecord.evaluate.scoring import matching
from onrecord.model import Participant, Position, Reading, document_id
from training.corpus.markup import Item, Offsets, Stance, corpus

OTHER = {"support": "oppose", "oppose": "support"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stance that a text shows. ``optional``: may be found and need not be; ``issue``: its id, ``-`` for none, empty where it is not asked."""

    holder: Offsets
    stance: str
    target: Offsets
    issue: str = ""
    optional: bool = False


def wanted(stances: Iterable[Stance]) -> list[Wanted]:
    """The ``::`` lines of an item as what is wanted of a reading."""
    return [Wanted(s.holder, s.stance, s.target) for s in stances]


def read(reader: Reader, text: str, published: str) -> Reading:
    """One bare text, read on its own."""
    return reader.read(Document(id=document_id(text, None, published), text=text, published=published))


def fits(want: Wanted, position: Position, mentions: Sequence[Participant]) -> bool:
    """Does a position say what is wanted? ``mentions``: all of the reading."""
    return position.stance == want.stance and _held(want.holder, position, mentions) and _aimed(want.target, position, mentions)


def matched(wants: Sequence[Wanted], positions: Sequence[Position], mentions: Sequence[Participant]) -> dict[int, int]:
    """Position → wanted, the largest one-to-one match; optional ones take what the others leave."""
    options = [[i for i, p in enumerate(positions) if fits(w, p, mentions)] for w in wants]
    return matching(options, sorted(range(len(wants)), key=lambda k: wants[k].optional))


def faults(want: Wanted, positions: Iterable[Position], mentions: Sequence[Participant]) -> Iterable[str]:
    """How a wanted stance was missed: ``wrong side``, ``wrong direction``, ``taken sides`` for a neutral one; nothing where it is simply missing."""
    for position in positions:
        if _held(want.holder, position, mentions) and _at(want.target, position, mentions):
            if position.stance == OTHER.get(want.stance):
                yield "wrong side"
            if want.stance == "neutral" and position.stance in OTHER:
                yield "taken sides"
        elif position.stance == want.stance and _held(want.target, position, mentions) and _at(want.holder, position, mentions):
            yield "wrong direction"


def _overlap(wanted_words: Offsets, start: int, end: int) -> bool:
    return start < wanted_words[1] and wanted_words[0] < end


def _named(words: Offsets, mentions: Sequence[Participant]) -> list[Participant]:
    return [p for p in mentions if p.mention is not None and _overlap(words, p.mention.start, p.mention.end)]


def _alike(left: Participant, right: Participant | None) -> bool:
    if right is None or left.actor is None or right.actor is None:
        return False
    return left.actor.id == right.actor.id or (left.actor.country is not None and left.actor.country == right.actor.country)


def _held(words: Offsets, position: Position, mentions: Sequence[Participant]) -> bool:
    own = position.holder.mention
    return (own is not None and _overlap(words, own.start, own.end)) or any(_alike(p, position.holder) for p in _named(words, mentions))


def _at(words: Offsets, position: Position, mentions: Sequence[Participant]) -> bool:
    """The target itself, not only the evidence."""
    span = position.target.span
    return (span is not None and _overlap(words, span.start, span.end)) or any(_alike(p, position.target.actor) for p in _named(words, mentions))


def _aimed(words: Offsets, position: Position, mentions: Sequence[Participant]) -> bool:
    return _at(words, position, mentions) or _overlap(words, position.evidence.start, position.evidence.end)


def tally(items: Iterable[Item], reader: Reader, show: bool = False) -> Counter[str]:
    """Counts over items: ``<stance>`` wanted, ``<stance> found``, the faults, positions ``made`` and those ``told`` by a line."""
    counts: Counter[str] = Counter()
    for item in items:
        reading = read(reader, item.text, item.published)
        wants = wanted(item.stances)
        owner = matched(wants, reading.positions, reading.mentions)
        counts.update(made=len(reading.positions), told=len(owner))
        for k, want in enumerate(wants):
            found = k in owner.values()
            wrong = [] if found else sorted(set(faults(want, reading.positions, reading.mentions)))
            counts.update([want.stance, *([f"{want.stance} found"] if found else []), *wrong])
            if show and not found:
                holder, target = (item.text[slice(*words)] for words in (want.holder, want.target))
                sys.stdout.write(f"{item.id}: {holder} | {want.stance} | {target}  {' '.join(wrong)}\n")
    return counts


def main() -> None:
    """Score the trained-on three quarters of the corpus, or the quarter that is held back."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-back", action="store_true", help="the quarter that nothing is developed on")
    parser.add_argument("--show", action="store_true", help="list what was missed")
    asked = parser.parse_args()
    items = [i for i in corpus(Path(__file__).with_name("paragraphs")) if i.held_back == asked.held_back]
    counts = tally(items, Reader(), asked.show)
    for stance in ("support", "oppose", "declines-comment"):
        found, told = counts[f"{stance} found"], counts[stance]
        sys.stdout.write(f"{stance}: {found} of {told} ({100 * found / max(told, 1):.1f} %)\n")
    faulty = ", ".join(f"{name} {counts[name]}" for name in ("wrong side", "wrong direction", "taken sides"))
    sys.stdout.write(f"{len(items)} items, {counts['made']} positions, {counts['told']} told by a line; {faulty} (of {counts['neutral']} neutral)\n")


if __name__ == "__main__":
    main()
