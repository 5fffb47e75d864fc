"""How long the times of a report take: milliseconds a document, and how that compares with one plain regular expression over the same text.

    .venv/bin/python benchmarks/times.py [--repeat 20] [--text FOLDER-OR-JSONL]

The plain expression finds months, weekdays and years and nothing else; it says what the least work on this machine costs. Paragraphs are split
outside the clock for both. Nothing is asserted: figures go to people, floors to ``gold/``.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from datetime import date
from pathlib import Path

from onrecord.ingest import documents
from onrecord.reading.timex import Story, tag

ROOT = Path(__file__).resolve().parents[1]
PLAIN = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|"
    r"Sunday|(?:19|20)\d\d)\b"
)


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--text", type=Path, default=ROOT / "examples/reports")
    asked = parser.parse_args()
    texts = [item.document.text for item in documents([asked.text]) if item.document is not None]
    paragraphs = [[p for p in re.split(r"\n\s*\n", text) if p.strip()] for text in texts]
    today, plain, tagged, found = date(2024, 7, 4), 0.0, 0.0, 0
    for parts in paragraphs:
        _times(parts, today)  # warm
    for _ in range(asked.repeat):
        for parts in paragraphs:
            start = time.process_time()
            for part in parts:
                PLAIN.findall(part)
            middle = time.process_time()
            found += _times(parts, today)
            plain, tagged = plain + middle - start, tagged + time.process_time() - middle
    runs = asked.repeat * len(texts)
    print(
        json.dumps(
            {
                "documents": len(texts),
                "words_per_document": round(sum(len(t.split()) for t in texts) / len(texts)),
                "expressions_per_document": round(found / runs, 1),
                "ms_per_document": round(1000 * tagged / runs, 3),
                "plain_regex_ms_per_document": round(1000 * plain / runs, 3),
                "times_over_plain_regex": round(tagged / plain, 1),
            }
        )
    )


def _times(paragraphs: list[str], today: date) -> int:
    story = Story.of(today, paragraphs)
    return sum(len(tag(part, story)) for part in paragraphs)


if __name__ == "__main__":
    main()
