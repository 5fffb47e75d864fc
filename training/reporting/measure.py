"""Measure which words report, and write the three tables of ``languages/en/reporting.toml``.

    .venv/bin/python -m training.reporting.measure --attributions TRAIN.jsonl --classes VERBS.jsonl [--counts COUNTS.jsonl]

For every verb, noun and adjective of the training documents, every complement it could report with (``extract/statements/complements.py``) is
compared with the annotated attributions: it counts as right where a gold cue covers the word, the contents share at least half their characters,
and the speakers overlap or are both missing. The value of a row is the share of right ones, drawn towards the mean of the verb's VerbNet classes,
so that rare verbs lean on their kin; frequent verbs are capped in that mean. Rows under the threshold are left out. ``editorial.toml`` then adds
frames that the training set (American politics) is too narrow to show, and takes out words that tell acts rather than words or thoughts.

Input: PolNeAR (Newell, Margolin and Ruths 2018) in the project's JSON lines (``doc_id``, ``text``, ``attributions`` with ``cue``, ``content``,
``source`` as lists of offsets); verbs with VerbNet classes (``verb``, ``classes``). Only counts enter the table, no text. Five minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from onrecord.extract.statements.complements import Complement, of_adjective, of_noun, of_verb
from onrecord.extract.statements.draft import offsets
from onrecord.reading.analysis import Block
from onrecord.reading.parse import language_model
from onrecord.text.paragraphs import paragraphs

Key = tuple[str, str, str]
"""Kind, lemma, frame."""
ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src" / "onrecord" / "languages" / "en" / "reporting.toml"
EDITORIAL = Path(__file__).with_name("editorial.toml")
MARK = "# Measured; written by training/reporting/measure.py. Do not edit below this line.\n"
READINGS = {"VERB": ("verb", of_verb), "AUX": ("verb", of_verb), "NOUN": ("noun", of_noun), "ADJ": ("adj", of_adjective)}


@dataclass(slots=True)
class Counts:
    """How often a reading came up (outside other attributions) and how often it was right."""

    seen: float = 0.0
    right: float = 0.0

    def add(self, other: Counts, cap: float) -> None:
        """Add ``other``, scaled down to at most ``cap`` sightings."""
        scale = min(1.0, cap / other.seen) if other.seen else 0.0
        self.seen += other.seen * scale
        self.right += other.right * scale

    def mean(self, prior: float, weight: float) -> float:
        """The share of right ones, drawn towards ``prior``."""
        return (self.right + weight * prior) / (self.seen + weight)


@dataclass(slots=True)
class Gold:
    """One annotated attribution as sets of code points."""

    cue: set[int]
    content: set[int]
    speaker: set[int]


@dataclass(slots=True)
class Rows:
    """The table in the making."""

    values: dict[str, dict[str, dict[str, float]]] = field(default_factory=lambda: {kind: defaultdict(dict) for kind in ("verb", "noun", "adj")})


def cells(spans: Iterable[Iterable[int]]) -> set[int]:
    """The code points of spans ``(start, end)``."""
    return {i for start, end in spans for i in range(start, end)}


def count(path: Path, lemmas: dict[str, str]) -> dict[Key, Counts]:
    """Count every reading of every document of ``path``."""
    found: dict[Key, Counts] = defaultdict(Counts)
    nlp = language_model()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = [Gold(cells(a["cue"]), cells(a["content"]), cells(a["source"])) for a in row["attributions"]]
        prose = [p for p in paragraphs(row["text"]) if p.kind == "prose"]
        docs = nlp.pipe(row["text"][p.body : p.end] for p in prose)
        for index, (paragraph, doc) in enumerate(zip(prose, docs, strict=True)):
            count_block(Block(index, paragraph, paragraph.body, doc), gold, lemmas, found)
    return found


def count_block(block: Block, gold: list[Gold], lemmas: dict[str, str], found: dict[Key, Counts]) -> None:
    """Count the readings of one paragraph."""
    for token in block.doc:
        if token.pos_ not in READINGS:
            continue
        kind, readings = READINGS[token.pos_]
        at = block.start(token)
        near = [g for g in gold if at in g.cue]
        nested = not near and any(at in g.content for g in gold)
        for reading in readings(token):
            if not nested:
                counts = found[kind, lemma_of(token, lemmas), reading.frame]
                counts.seen += 1
                counts.right += any(right(block, reading, g) for g in near)


def lemma_of(token: Token, lemmas: dict[str, str]) -> str:
    """As ``Lexicon.lemma``, without the spelling that needs the finished table."""
    lemma = lemmas.get(token.lemma_.lower(), token.lemma_.lower())
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None) if token.pos_ == "VERB" else None
    return f"{lemma}_{particle}" if particle else lemma


def right(block: Block, reading: Complement, gold: Gold) -> bool:
    """Does a reading give an annotated attribution?"""
    content = cells(offsets(block, reading.content))
    if not content or len(content & gold.content) < 0.5 * len(content | gold.content):
        return False
    who = reading.speaker
    speaker = cells([(block.start(who.left_edge), block.end(who.right_edge))]) if who is not None else set()
    return bool(speaker & gold.speaker) or not (speaker or gold.speaker)


class Priors:
    """What a verb's VerbNet classes, or failing these all words of its kind, say about a frame."""

    def __init__(self, counts: dict[Key, Counts], classes: dict[str, list[str]], cap: float) -> None:
        self.classes = classes
        self.of_class: dict[tuple[str, str], Counts] = defaultdict(Counts)
        self.of_kind: dict[tuple[str, str], Counts] = defaultdict(Counts)
        for (kind, lemma, frame), seen in counts.items():
            names = classes.get(lemma, []) if kind == "verb" else []
            for name in (*names, "any") if names else ():
                self.of_class[name, frame].add(seen, cap)
            if not names:
                self.of_kind[kind, frame].add(seen, cap)

    def prior(self, kind: str, lemma: str, frame: str) -> float:
        """The value expected of a word nobody has seen."""
        names = self.classes.get(lemma, []) if kind == "verb" else []
        if not names:
            return self.of_kind[kind, frame].mean(0.05, 10)
        base = self.of_class["any", frame].mean(0.1, 10)
        return max(self.of_class[name, frame].mean(base, 6) for name in names)

    def evidence(self, lemma: str, frame: str) -> float:
        """The most sightings of ``frame`` in one of the verb's classes."""
        return max((self.of_class[name, frame].seen for name in self.classes.get(lemma, [])), default=0.0)


def table(counts: dict[Key, Counts], classes: dict[str, list[str]], editorial: dict[str, Any]) -> Rows:
    """The rows worth keeping, measured ones first, then the editorial ones."""
    settings = editorial["settings"]
    priors = Priors(counts, classes, settings["cap"])
    dropped = {(kind, lemma) for kind, lemmas in editorial["drop"].items() for lemma in lemmas}
    unseen = {("verb", lemma, frame) for lemma in classes for frame in settings["class_frames"]}
    rows = Rows()
    for kind, lemma, frame in {*counts, *unseen}:
        if not lemma.replace("_", "").replace("-", "").isalpha() or frame == "bare" or (kind, lemma) in dropped:
            continue
        if frame.rpartition("_")[2] in settings["adjuncts"]:
            continue
        seen = counts.get((kind, lemma, frame), Counts())
        value = seen.mean(priors.prior(kind, lemma, frame), settings["prior_weight"])
        by_class = (
            frame in settings["class_frames"] and value >= settings["class_threshold"] and priors.evidence(lemma, frame) >= settings["class_seen"]
        )
        if value >= settings["threshold"] and (seen.seen > 1 or by_class):
            rows.values[kind][lemma][frame] = value
        elif kind == "verb" and frame == "that" and seen.seen >= 3:
            rows.values[kind][lemma][frame] = 0.0
    _quotation_verbs(rows, counts, editorial)
    _editorial(rows, editorial)
    return rows


def _quotation_verbs(rows: Rows, counts: dict[Key, Counts], editorial: dict[str, Any]) -> None:
    """Verbs that stand beside a quotation: the listed ones, and those seen with a clause."""
    for lemma in editorial["quotation_verbs"]["listed"]:
        rows.values["verb"][lemma]["quote"] = editorial["quotation_verbs"]["value"]
    for lemma, frames in rows.values["verb"].items():
        clausal = ("that", "clause", "main_clause")
        seen = any(counts.get(("verb", lemma, frame), Counts()).right >= 1 for frame in clausal)
        if "quote" not in frames and seen and max(frames.get(frame, 0.0) for frame in clausal) > 0.5:
            frames["quote"] = editorial["quotation_verbs"]["others"]


def _editorial(rows: Rows, editorial: dict[str, Any]) -> None:
    for entry in editorial["add"]:
        for lemma in entry["words"]:
            for frame in entry["frames"]:
                value = entry["value"]
                rows.values[entry["kind"]][lemma][frame] = max(value, rows.values[entry["kind"]][lemma].get(frame, 0.0)) if value else 0.0


def lines(rows: Rows) -> Iterator[str]:
    """The rows as TOML."""
    for kind, words in rows.values.items():
        yield f"\n[{kind}]\n"
        for lemma in sorted(words):
            frames = sorted(words[lemma].items(), key=lambda item: (-item[1], item[0]))
            if frames:
                yield f"{_key(lemma)} = {{ {', '.join(f'{_key(frame)} = {value:.2f}' for frame, value in frames)} }}\n"


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else json.dumps(name)


def _counts(options: argparse.Namespace, lemmas: dict[str, str]) -> dict[Key, Counts]:
    """Counted now, or kept from an earlier run."""
    if options.counts is not None and options.counts.is_file():
        rows = [json.loads(line) for line in options.counts.read_text(encoding="utf-8").splitlines()]
        return {(kind, lemma, frame): Counts(seen, right) for kind, lemma, frame, seen, right in rows}
    counts = count(options.attributions, lemmas)
    if options.counts is not None:
        options.counts.write_text("".join(json.dumps([*key, c.seen, c.right]) + "\n" for key, c in sorted(counts.items())), encoding="utf-8")
    return counts


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attributions", type=Path, required=True)
    parser.add_argument("--classes", type=Path, required=True)
    parser.add_argument("--counts", type=Path, help="keep the counts here, and take them from here if the file is there")
    options = parser.parse_args()
    head = TABLE.read_text(encoding="utf-8").partition(MARK)[0]
    editorial = tomllib.loads(EDITORIAL.read_text(encoding="utf-8"))
    classes: dict[str, list[str]] = {}
    for line in options.classes.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        classes[row["verb"]] = ["-".join(name.split("-")[:2]) for name in row["classes"]]
    counts = _counts(options, tomllib.loads(head)["lemmas"])
    TABLE.write_text(head + MARK + "".join(lines(table(counts, classes, editorial))), encoding="utf-8")


if __name__ == "__main__":
    main()
