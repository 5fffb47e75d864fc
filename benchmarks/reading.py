"""How much reading costs beyond spaCy, with trained models and by rules only: time as a ratio in one run, where it goes, memory, time to start.

    .venv/bin/python benchmarks/reading.py [--repeat 20] [--text FOLDER] [--models FOLDER]

Bare spaCy is the same model with all its components over the same paragraphs, one document after another, as the Reader runs it. All sides run
alternately, so that a busy machine slows all. A component's share is its own time over bare spaCy's: the shares of a profile add up to its ratio.
Memory and time to start are those of a process of its own for each profile. Nothing is asserted: figures go to people, floors to ``gold/``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.ingest import documents
from onrecord.model import Document

if TYPE_CHECKING:
    from onrecord.reading.analysis import Analysis
    from onrecord.reading.component import Step
    from onrecord.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
START = """
import json, resource, sys, time
from pathlib import Path
rules_only, models, folder = json.loads(sys.argv[1])
from onrecord.reading.parse import language_model
start = time.perf_counter(); language_model(); loaded = time.perf_counter()
from onrecord import Document, Reader
from onrecord.ingest import documents
reader = Reader(rules_only=rules_only, models=models)
assert reader.read(Document(id="d", text="The minister said on Monday that the talks had failed.")).statements
first = time.perf_counter()
for item in documents([Path(folder)]):
    reader.read(item.document) if item.document is not None else None
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"spacy_load_s": loaded - start, "start_to_first_record_beyond_spacy_s": first - loaded, "peak_memory_mb": peak / 1024}))
"""


def load(folder: Path) -> list[Document]:
    """Every document under ``folder``."""
    return [item.document for item in documents([folder]) if item.document is not None]


def timed(reader: Reader, spent: dict[str, float]) -> Reader:
    """The reader, each of whose steps adds its processor time to ``spent`` under its component's name."""

    def around(name: str, step: Step) -> Step:
        def run(analysis: Analysis) -> None:
            start = time.process_time()
            step(analysis)
            spent[name] += time.process_time() - start

        return run

    reader._steps = [(part, around(part.name, step)) for part, step in reader._steps]
    return reader


def alone(rules_only: bool, models: Path | None, folder: Path) -> dict[str, float]:
    """Memory and time to start of one profile, in a process of its own."""
    asked = json.dumps([rules_only, str(models) if models else None, str(folder)])
    done = subprocess.run([sys.executable, "-c", START, asked], capture_output=True, text=True, check=True)
    return {name: round(value, 2) for name, value in json.loads(done.stdout).items()}


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--text", type=Path, default=ROOT / "examples/reports")
    parser.add_argument("--models", type=Path, help="a folder of weights, in place of those installed")
    asked = parser.parse_args()

    # First, while this process is small: a child's peak memory counts from its parent's size.
    starts = {name: alone(name == "rules_only", asked.models, asked.text) for name in ("rules_only", "models")}

    from onrecord.reading.parse import language_model
    from onrecord.reading.reader import Reader

    texts, nlp = load(asked.text), language_model()
    readers = {"rules_only": Reader(rules_only=True), "models": Reader(models=asked.models)}
    if not readers["models"].weights:
        print("no weights are installed: rules only", file=sys.stderr)
        del readers["models"]
    spent: dict[str, dict[str, float]] = {name: defaultdict(float) for name in readers}
    prose = [[b.doc.text for b in readers["rules_only"].analyse(d, until="parse").blocks] for d in texts]
    for name, reader in readers.items():
        for d in texts:
            reader.read(d)  # warm all sides
        timed(reader, spent[name])
    bare, whole = 0.0, dict.fromkeys(readers, 0.0)
    for _ in range(asked.repeat):
        for d, paragraphs in zip(texts, prose, strict=True):
            start = time.process_time()
            list(nlp.pipe(paragraphs))
            bare += time.process_time() - start
            for name, reader in readers.items():
                start = time.process_time()
                reader.read(d)
                whole[name] += time.process_time() - start
    words = asked.repeat * sum(len(p.split()) for ps in prose for p in ps)
    found: dict[str, Any] = {"documents": len(texts), "words": words, "bare_spacy_words_per_cpu_second": round(words / bare)}
    for name in readers:
        found[name] = {
            "reading_words_per_cpu_second": round(words / whole[name]),
            "reading_over_spacy": round(whole[name] / bare, 2),
            "components_over_spacy": {part: round(seconds / bare, 3) for part, seconds in spent[name].items()},
            **starts[name],
        }
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
