"""How much reading costs beyond spaCy: time as a ratio in one run, peak memory, and time from start to the first record.

    .venv/bin/python benchmarks/reading.py [--repeat 20] [--text FOLDER]

Bare spaCy is the same model with all its components over the same paragraphs, one document after another, as the Reader runs it. Both sides run
alternately, so that a busy machine slows both. Nothing is asserted: figures go to people, floors to ``gold/``.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from onrecord.ingest import documents
from onrecord.model import Document

ROOT = Path(__file__).resolve().parents[1]
START = """
import time; t0 = time.perf_counter()
from onrecord.reading.parse import language_model
language_model(); t1 = time.perf_counter()
from onrecord import Document, Reader
reader = Reader(); reading = reader.read(Document(id="d", text="The minister said on Monday that the talks had failed."))
assert reading.statements
print(t1 - t0, time.perf_counter() - t1)
"""


def load(folder: Path) -> list[Document]:
    """Every document under ``folder``."""
    return [item.document for item in documents([folder]) if item.document is not None]


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--text", type=Path, default=ROOT / "examples/reports")
    asked = parser.parse_args()

    from onrecord.reading.parse import language_model
    from onrecord.reading.reader import Reader

    texts, reader, nlp = load(asked.text), Reader(), language_model()
    prose = [[b.doc.text for b in reader.analyse(d, until="parse").blocks] for d in texts]
    for d in texts:
        reader.read(d)  # warm both sides
    bare = whole = 0.0
    for _ in range(asked.repeat):
        for d, paragraphs in zip(texts, prose, strict=True):
            start = time.process_time()
            list(nlp.pipe(paragraphs))
            middle = time.process_time()
            reader.read(d)
            bare, whole = bare + middle - start, whole + time.process_time() - middle
    words = asked.repeat * sum(len(p.split()) for ps in prose for p in ps)
    load_time, first = (float(x) for x in subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout.split())
    print(
        json.dumps(
            {
                "documents": len(texts),
                "words": words,
                "bare_spacy_words_per_cpu_second": round(words / bare),
                "reading_words_per_cpu_second": round(words / whole),
                "reading_over_spacy": round(whole / bare, 2),
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "spacy_load_s": round(load_time, 2),
                "start_to_first_record_beyond_spacy_s": round(first, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
