"""Reads the sets of the event network once, for many runs.

    python -m training.events.prepare --plv FOLDER/plv_train.jsonl --out DIR

Writes one pickle a set to DIR: ``own``, ``codebook`` and, if given, ``plv``. Make them again after a change of rules or sentences (half a minute).
"""

from __future__ import annotations

import argparse
import pickle
import sys
from pathlib import Path

from training.events.examples import codebook, own, plv, prepared
from training.events.markup import FOLDER


def main() -> None:
    """Prepare the sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plv", type=Path)
    parser.add_argument("--sentences", type=Path, default=FOLDER)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=("own", "codebook", "plv"))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    sets = {"own": lambda: own(sorted(asked.sentences.glob("*.txt"))), "codebook": codebook, **({"plv": lambda: plv(asked.plv)} if asked.plv else {})}
    for name in asked.only:
        if name not in sets:
            continue
        coded = sets[name]()
        done = prepared(coded, asked.workers)
        (asked.out / f"{name}.pkl").write_bytes(pickle.dumps(done))
        sys.stdout.write(f"{name}: {len(done)} of {len(coded)} texts, {sum(len(e.answers) for e in done)} pairs\n")


if __name__ == "__main__":
    main()
