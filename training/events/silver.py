"""What the rules find in real news sentences, as further examples: the network meets words and lengths that invented sentences lack.

    python -m training.events.silver --texts FOLDER/dse_train.jsonl … --out DIR

Each file has a ``text`` a line (DSE's training half, NewsMTSC). Only pairs that an event of the rules joins are taken: of others the rules say
nothing. What the
rules found is hidden from the network in these texts.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import permutations
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from onrecord import Reader
from onrecord.extract.events.inputs import row
from onrecord.extract.events.pairs import passage_of
from onrecord.model import Document, Event
from training.events.examples import LABELS, Answer, Example, Offsets
from training.events.markup import STATUSES
from training.statements.prepare import tokenizer


def answers(events: list[Event]) -> tuple[list[Offsets], list[Answer]]:
    """The parties that events of one text name, in order, and what they do to each other."""
    parties = sorted({(p.mention.start, p.mention.end) for e in events for p in (*e.actors, *e.recipients) if p.mention})
    place = {span: i for i, span in enumerate(parties)}
    told: dict[tuple[int, int | None], Answer] = {}
    for e in events:
        actors = [place[p.mention.start, p.mention.end] for p in e.actors if p.mention]
        recipients = [place[p.mention.start, p.mention.end] for p in e.recipients if p.mention]
        pairs: list[tuple[int, int | None]] = [(a, b) for a in actors for b in recipients if a != b]
        if not e.recipients:
            pairs = list(permutations(actors, 2)) or [(a, None) for a in actors]
        label = LABELS.index(f"{e.type}/{e.mode}" if e.mode else e.type)
        for pair in pairs:
            told.setdefault(pair, Answer(pair, (label,), STATUSES.index(e.status), ((e.trigger.start, e.trigger.end),)))
    return parties, list(told.values())


def read(texts: list[tuple[str, str]]) -> list[Example]:
    """The examples of texts by name, read in this process."""
    reader, pieces = Reader(rules_only=True), tokenizer()
    return [e for name, text in texts for e in _example(reader, pieces, name, text)]


def _example(reader: Reader, pieces: Tokenizer, name: str, text: str) -> Iterator[Example]:
    analysis = reader.analyse(Document(id=name, text=text), until="events")
    parties, found = answers(analysis.events)
    made = passage_of(analysis, parties, pieces) if found else None
    if made is None or any(not made.within(p) for p in parties):
        return
    inputs = row(made, parties, [a.pair for a in found])
    if inputs["roles"].shape[1] != len(made):
        return
    inputs["rules"] = np.zeros_like(inputs["rules"])
    trigger = np.asarray([[int(i in set(made.within(a.trigger[0]))) for i in range(len(made))] for a in found])
    yield Example(name, inputs, tuple(found), trigger, held_back=False, tuning=False, reason=None)


def main() -> None:
    """Make the set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    texts = dict.fromkeys(json.loads(line)["text"] for path in asked.texts for line in path.read_text(encoding="utf8").splitlines())
    named = [(f"silver-{n}", text) for n, text in enumerate(texts) if len(text) < 600]
    parts = [named[i :: asked.workers * 8] for i in range(asked.workers * 8)]
    with ProcessPoolExecutor(asked.workers) as pool:
        done = [e for part in pool.map(read, parts) for e in part]
    (asked.out / "silver.pkl").write_bytes(pickle.dumps(done))
    sys.stdout.write(f"silver: {len(done)} of {len(named)} texts, {sum(len(e.answers) for e in done)} pairs\n")


if __name__ == "__main__":
    main()
