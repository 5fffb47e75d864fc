"""Reads the sets of the event network once, for many runs.

    python -m training.events.prepare --plv FOLDER/plv_train.jsonl --out DIR

Writes one pickle a set to DIR: ``own``, ``found`` (the same sentences with the parties that reading finds), ``codebook`` and, if given, ``plv``.
Make them again after a change of rules or sentences (half a minute).
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Callable
from pathlib import Path

from training.events.examples import Example, codebook, found, own, plv, prepared
from training.events.markup import FOLDER


def main() -> None:
    """Prepare the sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plv", type=Path)
    parser.add_argument("--sentences", type=Path, default=FOLDER)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=())
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    paths = sorted(asked.sentences.glob("*.txt"))
    sets: dict[str, Callable[[], list[Example]]] = {
        "own": lambda: prepared(own(paths), asked.workers),
        "found": lambda: found(paths, asked.workers),
        "codebook": lambda: prepared(codebook(), asked.workers),
    }
    if asked.plv:
        sets["plv"] = lambda: prepared(plv(asked.plv), asked.workers)
    for name in asked.only or sets:
        done = sets[name]()
        (asked.out / f"{name}.pkl").write_bytes(pickle.dumps(done))
        sys.stdout.write(f"{name}: {len(done)} texts, {sum(len(e.answers) for e in done)} pairs\n")


if __name__ == "__main__":
    main()
