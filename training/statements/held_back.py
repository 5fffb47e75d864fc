"""How well statements are read on the corpus, by rules alone and with the tagger, on the quarter that is never trained on and on the rest.

    python -m training.statements.held_back --corpus training/corpus/paragraphs [--models FOLDER]

Nested attributions count as any other, as in the scorer of whole records. Prints JSON: F1 in per cent of exact spans, and of attributions whose
content shares half its characters and whose speaker overlaps.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from onrecord import Document, Reader
from training.corpus.markup import Item, corpus
from training.statements.examples import Gold, Prepared
from training.statements.scoring import Said, scores


def read(reader: Reader, items: list[Item]) -> Iterator[tuple[Prepared, list[Said]]]:
    """Every item with the statements that ``reader`` finds in it."""
    for item in items:
        gold = [Gold(a.speaker, a.cue, a.content) for a in item.attributions]
        analysis = reader.analyse(Document(id=item.id, text=item.text, published=item.published), until="statements")
        yield Prepared(item.id, item.text, gold, []), [Said.told(s) for s in analysis.statements]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--models", type=Path)
    asked = parser.parse_args()
    items = corpus(asked.corpus)
    parts = {"held back": [i for i in items if i.held_back], "trained on": [i for i in items if not i.held_back]}
    readers = {"rules": Reader(rules_only=True), "with models": Reader(models=asked.models)}
    table = {f"{how}, {part}": scores(read(reader, some)) for how, reader in readers.items() for part, some in parts.items()}
    sys.stdout.write(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main()
