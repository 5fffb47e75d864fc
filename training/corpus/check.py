"""Check corpus files: tags that open and close, words of positions that stand in the body, ids that are new.

    python training/corpus/check.py training/corpus/paragraphs/*.txt

Prints one line for each fault and a count; the exit code is 1 where there was a fault.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from training.corpus.markup import MarkupError, chunks, item


def faults(path: Path, seen: set[str]) -> tuple[int, list[str]]:
    """How many items a file has, and what is wrong with them; ``seen`` collects ids."""
    wrong, count = [], 0
    for lines in chunks(path):
        count += 1
        try:
            found = item(lines)
        except MarkupError as fault:
            wrong.append(str(fault))
            continue
        if found.id in seen:
            wrong.append(f"{found.id}: this id was used before")
        seen.add(found.id)
    return count, wrong


def main() -> int:
    """Check the files named on the command line."""
    seen: set[str] = set()
    failed = False
    for name in sys.argv[1:]:
        count, wrong = faults(Path(name), seen)
        failed = failed or bool(wrong)
        sys.stdout.write("".join(f"{name}: {line}\n" for line in wrong) + f"{name}: {count} items, {len(wrong)} faults\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
