"""The gate: no score falls below its floor in ``gold/floors.toml``.

``python -m onrecord.evaluate.gate`` measures and compares; ``--raise`` lifts floors to what was reached, never lowers one. Lowering is an edit
by hand, with its reason in the commit. The project's own gold is always scored; sets beside the repository only where they are there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from onrecord.errors import OnrecordError
from onrecord.evaluate import across, petr
from onrecord.evaluate.gold import load_gold
from onrecord.evaluate.phrases import percentages, verdicts
from onrecord.evaluate.scoring import Score, score
from onrecord.ingest import documents
from onrecord.model import Document
from onrecord.reading.reader import Reader

SLACK = 1.0
"""Points a score may lie under its floor: the parser's arithmetic differs in the last bits between processors, and now and then so does a parse."""


def digest(root: Path) -> str:
    """16 hexadecimal digits over the names and bytes of the gold files: floors belong to one corpus."""
    total = hashlib.sha256()
    for path in gold_files(root):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def own_scores(root: Path, reader: Reader | None = None) -> dict[str, float]:
    """F1 by record kind over the project's own gold; ``absent`` counts forbidden records that were made all the same.

    Each ``gold/STEM.toml`` belongs to the one sample report ``examples/reports/STEM.*``.
    """
    reader = reader or Reader()
    total: dict[str, Score] = {}
    for path in gold_files(root):
        for document in sample(root, path.stem):
            for kind, found in score(reader.read(document), load_gold(path, document.text)).items():
                total[kind] = total.get(kind, Score()) + found
    return {kind: float(s.hit) if kind == "absent" else round(s.f1, 1) for kind, s in total.items()}


def gold_files(root: Path) -> list[Path]:
    """The gold files of the project, in order."""
    return [p for p in sorted((root / "gold").glob("*.toml")) if p.name != "floors.toml"]


def sample(root: Path, stem: str) -> list[Document]:
    """The documents of one sample report."""
    items = documents(sorted((root / "examples/reports").glob(f"{stem}.*")))
    return [item.document for item in items if item.document is not None]


def shared_scores(command: str, root: Path) -> dict[str, float] | None:
    """Scores of one scorer call ("records ../shared/gold/seeds/gold.json"), flattened; None where the data is not there.

    "phrases" and "petr" are scored here, others by the scorer beside the data. A call that ends in "--rules-only" is scored without trained weights.
    """
    task, data, *profile = command.split()
    own = {"phrases": lambda path: percentages(verdicts(path)), "petr": lambda path: flat(petr.scores(path, root / petr.OVERLAY))}
    if task in own:
        return own[task](root / data) if (root / data).is_file() else None
    scorer = root / "../shared/scorers/score.py"
    if not scorer.is_file() or not (root / data).is_file():
        return None
    environment = {**os.environ, **({"ONRECORD_RULES_ONLY": "1"} if profile else {})}
    call = [sys.executable, str(scorer), task, str(root / data)]
    done = subprocess.run(call, capture_output=True, text=True, cwd=root, check=False, env=environment)  # noqa: S603
    if done.returncode:
        raise OnrecordError(f"the scorer {command!r} failed: {done.stderr[-500:]}")
    return flat(json.loads(done.stdout))


def measured(name: str, root: Path) -> dict[str, float] | None:
    """The scores of one set of the floors file; None where its data is not there."""
    if name == "samples":
        return own_scores(root)
    if name in across.HALVES:
        return _across(root)[name]
    return shared_scores(name, root)


@cache
def _across(root: Path) -> dict[str, dict[str, float]]:
    """Both halves are read into one store, once."""
    return across.scores(root)


def flat(scores: Mapping[str, object]) -> dict[str, float]:
    """``{"statements": {"f1": 80.0}, "speaker_accuracy": 95.0}`` → ``{"statements": 80.0, "speaker_accuracy": 95.0}``; nested recalls keep a dot."""
    out: dict[str, float] = {}
    for name, value in scores.items():
        if isinstance(value, Mapping):
            if "f1" in value:
                out[name] = float(value["f1"])
            else:
                out.update({f"{name}.{k}": float(v) for k, v in value.items()})
        elif isinstance(value, float):
            out[name] = value
    return out


def below(scores: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """One line per score under its floor; ``absent`` is a ceiling."""
    lines = []
    for name, floor in floors.items():
        have = scores.get(name, 0.0)
        if (have > floor) if name == "absent" else (have < floor - SLACK):
            lines.append(f"{name} is {have}, its floor {floor}")
    return lines


def load_floors(path: Path) -> dict[str, dict[str, float]]:
    """The floors by set name."""
    return {name: dict(values) for name, values in tomllib.loads(path.read_text(encoding="utf8"))["floors"].items()}


def _key(name: str) -> str:
    """A TOML key: a name with a dot or a plus sign stands in quotes."""
    return name if name.replace("_", "").isalnum() else json.dumps(name)


def main() -> int:
    """Measure every set named in the floors file; 1 if one fell. With ``--raise`` prints the lifted floors as TOML for ``gold/floors.toml``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, nargs="?", default=Path())
    parser.add_argument("--raise", action="store_true", dest="lift")
    asked = parser.parse_args()
    fell = False
    for name, floors in load_floors(asked.root / "gold/floors.toml").items():
        scores = measured(name, asked.root)
        if scores is None:
            continue
        lines = below(scores, floors)
        fell = fell or bool(lines)
        lifted = {k: max(v, scores.get(k, v)) for k, v in floors.items()} if asked.lift else scores
        told = [f"{_key(k)} = {v}\n" for k, v in lifted.items()] + [f"# {line}\n" for line in lines]
        sys.stdout.write("".join([f"[floors.{json.dumps(name)}]\n", *told]))
    return int(fell)


if __name__ == "__main__":
    sys.exit(main())
