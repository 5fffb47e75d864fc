"""What the knowledge base costs: time and memory to load, words a second that names are found in, an overlay's price, and the size of the wheel.

    .venv/bin/python benchmarks/knowledge.py [--text FOLDER_OR_JSONL] [--repeat 20] [--no-wheel]

Names are looked for at every word of running text, from the first word on (``cold``: nothing remembered yet) and over again (``warm``); both are also
given as a ratio to looking every word up in one dict, in the same run, so that a busy machine slows both. Processor time, not the clock.
Nothing is asserted: figures go to people, limits to the issue.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORD = re.compile(r"(?:[A-Z]\.){2,}|\w+|[^\w\s]")
LOAD = """
import json, resource, sys, time
def memory(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
from onrecord.knowledge import knowledge_base
before, t0, w0 = memory(), time.process_time(), time.perf_counter()
kb = knowledge_base(sys.argv[1:])
t1 = time.process_time()
kb.offices("Q7747"); kb.memberships("Q30"); kb.situations()
t2 = time.process_time()
print(json.dumps({"load_actors_s": t1 - t0, "load_offices_and_memberships_s": t2 - t1, "load_all_s": t2 - t0, "load_all_by_the_clock_s":
time.perf_counter() - w0, "actors": len(kb), "process_mb": memory(), "of_it_knowledge_mb": memory() - before}))
"""


def texts(path: Path) -> list[list[str]]:
    """The words of every document under ``path``."""
    from onrecord.ingest import documents

    return [WORD.findall(item.document.text) for item in documents([path]) if item.document is not None]


def speed(words: list[list[str]], repeat: int) -> dict[str, float]:
    """Words a second, cold and warm, and what they are of a dict look-up's pace."""
    from onrecord.knowledge import KnowledgeBase

    count = sum(map(len, words))
    cold = warm = plain = 0.0
    base = KnowledgeBase()
    names = sum(len(base.names_in(document)) for document in words)
    table = {word: word for document in words for word in document[::3]}
    for _ in range(3):
        base = KnowledgeBase()
        start = time.process_time()
        for document in words:
            base.names_in(document)
        cold += time.process_time() - start
    for _ in range(repeat):
        start = time.process_time()
        for document in words:
            base.names_in(document)
        middle = time.process_time()
        for document in words:
            [found for word in document if (found := table.get(word)) is not None]
        warm, plain = warm + middle - start, plain + time.process_time() - middle
    return {
        "words": count,
        "names_per_100_words": round(100 * names / count, 1),
        "words_per_cpu_second_cold": round(3 * count / cold),
        "words_per_cpu_second_warm": round(repeat * count / warm),
        "time_over_dict_look_up_warm": round(warm / plain, 1),
    }


def wheel_mb() -> float:
    """The size of the wheel, built in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, str(ROOT)]
        subprocess.run(build, check=True)
        return round(next(Path(folder).glob("*.whl")).stat().st_size / 1e6, 2)


def loaded(*overlays: str) -> dict[str, float]:
    """What loading costs, the median of five fresh processes."""
    runs = [json.loads(subprocess.run([sys.executable, "-c", LOAD, *overlays], capture_output=True, text=True, check=True).stdout) for _ in range(5)]
    return {name: round(sorted(run[name] for run in runs)[2], 3) for name in runs[0]}


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=20)
    parser.add_argument("--text", type=Path, default=ROOT / "examples/reports")
    parser.add_argument("--no-wheel", action="store_true", help="do not build the wheel")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "persons.tsv").write_text("id\tname\tsectors\nor:jane-roe\tJane Roe\tGOV\n", encoding="utf-8")
        Path(folder, "offices.tsv").write_text("person\ttitle\tcountry\tend\nor:jane-roe\tMayor\tNOR\t2020\n", encoding="utf-8")
        with_overlay = loaded(folder)["load_all_s"]
    found = {**loaded(), "load_all_with_an_overlay_s": with_overlay, **speed(texts(asked.text), asked.repeat)}
    print(json.dumps(found if asked.no_wheel else {**found, "wheel_mb": wheel_mb()}, indent=1))


if __name__ == "__main__":
    main()
