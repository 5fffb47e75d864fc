"""Who stands in the roles of the annotated reports beside the repository: speakers, holders, actors and recipients of every record that was found.

A gold role counts where a record of its kind, type or stance overlaps it; it is right where the scorer takes one of the record's participants for
the gold actor. So recall of records is left out, and what remains is who was meant and which noun phrase was taken.
"""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from onrecord import Document, Reader
from onrecord.model import to_dict

SHARED = Path(__file__).parents[2] / ".." / "shared"
FLOORS = {"seeds": {"all": 97.0, "speaker": 97.0}, "reports": {"all": 93.0, "speaker": 98.0}}


def scorer() -> ModuleType:
    """The scorer beside the repository; skips where it is absent."""
    path = SHARED / "scorers" / "score.py"
    if not path.is_file():
        pytest.skip("../shared is not there")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(which: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The annotated documents of a set with their texts."""
    folder = SHARED / "gold" / which
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    for gold in json.loads((folder / "gold.json").read_text(encoding="utf8"))["documents"]:
        yield gold, (folder / gold["file"]).read_text(encoding="utf8")


def read(reader: Reader, gold: dict[str, Any], text: str) -> dict[str, Any]:
    """The records of a document as the scorer sees them."""
    return to_dict(reader.read(Document(id="x", text=text, published=gold.get("published"), publisher=gold.get("publisher"))))


def judged(score: ModuleType, gold: dict[str, Any], text: str, records: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each gold role of a document whose record was found, and whether the right actor stands in it."""
    for item in (a for a in gold["attributions"] if not a["optional"] and a["speaker"] not in (None, "UNSPEC", "INTL")):
        cells = score.cells(score.trim(text, x["start"], x["end"]) for x in item["content"])
        near = [s for s in records["statements"] if score.jaccard(cells, score.cells(score.statement_spans(s)["content"])) >= 0.5]
        said = item.get("source")
        near = [s for s in near if said and (m := s["speaker"].get("mention")) and score.overlap(m, said)] or near
        if near:
            yield "speaker", any(score.same_actor(item["speaker"], s["speaker"]) for s in near)
    for item in (p for p in gold["positions"] if not p["optional"]):
        near = [p for p in records["positions"] if p["stance"] == item["polarity"] and score.overlap(item["evidence"], p["evidence"])]
        codes = (item["holder"], item.get("holder_actor") or item["holder"])
        if near:
            yield "holder", any(score.same_actor(code, p["holder"]) for p in near for code in codes)
    for item in (e for e in gold["events"] if not e["optional"]):
        types = {item["event_type"], *(a.split("/")[0] for a in item.get("alternative_codings", []))}
        near = [e for e in records["events"] if e["type"] in types and e["status"] != "negated" and score.overlap(item["evidence"], e["evidence"])]
        roles = [_parts(score, item, event) for event in near]
        if roles:
            yield from max(roles, key=lambda found: sum(right for _, right in found))


def _parts(score: ModuleType, item: dict[str, Any], event: dict[str, Any]) -> list[tuple[str, bool]]:
    """The roles of a gold event in one found event; a state stands for its person or body, and sides without recipient have no order."""
    acting = event["actors"] if item["recipient"] else [*event["actors"], *event["recipients"]]
    sides = [("actor", code, acting) for code in item["actor"]] + [("recipient", code, event["recipients"]) for code in item["recipient"]]
    return [(role, any(score.same_actor(code, p, loose=True) for p in found)) for role, code, found in sides]


@pytest.mark.shared
@pytest.mark.parametrize("which", FLOORS)
def test_the_right_actor_stands_in_the_roles_of_records_found(reader: Reader, which: str) -> None:
    score, right, total = scorer(), Counter[str](), Counter[str]()
    for gold, text in documents(which):
        for role, good in judged(score, gold, text, read(reader, gold, text)):
            total.update((role, "all"))
            right.update({role: good, "all": good})
    shares = {role: round(100 * right[role] / n, 1) for role, n in total.items()}
    assert all(shares[role] >= least for role, least in FLOORS[which].items()), shares


@pytest.mark.shared
def test_the_two_seeds_share_the_ids_of_their_actors(reader: Reader) -> None:
    ids = []
    for gold, text in documents("seeds"):
        mentions = read(reader, gold, text)["mentions"]
        ids.append({m["actor"]["id"] for m in mentions if m["actor"] is not None})
    assert {"Q7747", "Q159", "Q148", "Q865"} <= ids[0] & ids[1]
