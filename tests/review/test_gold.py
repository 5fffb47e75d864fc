"""What is decided, as gold: which reports, in which form, and that the scorer of whole records reads it."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord import app
from onrecord.model import ActorRef, Link, Participant, Reading, to_dict
from onrecord.review import gold
from onrecord.review.gold import code
from onrecord.store import open_store
from review.world import DOC, HELD, PACT, READING, SAID, STRUCK
from store.builders import ACTORS, document, event, who


@pytest.fixture
def decided(path: Path) -> Path:
    for record in (SAID, STRUCK):
        app.decide(path, record.id, "accept", by="Ada")
    app.decide(path, HELD.id, "correct", change={"stance": "oppose"}, by="Ben")
    app.decide(path, PACT.id, "reject", by="Ben")
    return path


def written(path: Path, folder: Path) -> dict[str, Any]:
    with open_store(path) as store, store.view() as view:
        gold(view).write(folder)
    return json.loads((folder / "gold.json").read_text(encoding="utf-8"))


def test_a_report_is_gold_when_all_of_it_is_decided(decided: Path, tmp_path: Path) -> None:
    (report,) = written(decided, tmp_path / "gold")["documents"]
    assert (tmp_path / "gold" / report["file"]).read_text(encoding="utf-8") == DOC.text
    assert [p["polarity"] for p in report["positions"]] == ["oppose"]
    assert [(e["actor"], e["event_type"], e["recipient"]) for e in report["events"]] == [(["BOR"], "ASSAULT", ["SYL"])]
    assert [a["speaker"] for a in report["attributions"]] == ["RUR:AnaLund"]
    assert report["relations"] == []
    assert [n["id"] for n in report["negatives"]] == [PACT.id]
    for item in (*report["attributions"][0]["content"], report["attributions"][0]["source"], report["positions"][0]["evidence"]):
        assert DOC.text[item["start"] : item["end"]] == item["text"]


def test_what_is_undecided_or_disputed_keeps_a_report_out_and_is_said(path: Path) -> None:
    app.decide(path, HELD.id, "accept", by="Ada")
    app.decide(path, HELD.id, "reject", by="Ben")
    with open_store(path) as store, store.view() as view:
        found = gold(view)
    assert found.documents == ()
    assert [(r.document_id, r.reason) for r in found.left_out] == [(DOC.id, "1 disputed; 3 undecided")]


def test_a_report_that_is_gone_is_named(decided: Path) -> None:
    other = document("Nothing was said.")
    with open_store(decided) as store:
        with store.writer() as w:
            w.add(type(READING)(other), "a.txt", "run-2")
        with store.view() as view:
            assert [(r.document_id, r.reason) for r in gold(view).left_out] == [(DOC.id, "the report is no longer in the store")]


@pytest.mark.parametrize(
    ("words", "one_event", "left_out"),
    [
        ("", True, ""),
        ("Ada reject", False, ""),
        ("Ada reject, Ben accept", None, "1 disputed whether one event"),
        ("Ada reject, Ben accept, Cleo accept settles", True, ""),
        ("Ada reject, Ben accept, Cleo reject settles", False, ""),
        ("Ada reject, Ben accept, Ada withdraw", True, ""),
    ],
)
def test_merged_and_split_mentions_are_gold_as_people_have_it(tmp_path: Path, words: str, one_event: bool | None, left_out: str) -> None:
    doc = document("Ruritania met Borduria. The talks lasted an hour.")
    both = [who(doc, "Ruritania", "RUR"), who(doc, "Borduria", "BOR")]
    met, talks = event(doc, both, "CONSULT", "met"), event(doc, both, "CONSULT", "The talks")
    link = Link(talks.id, met.id, "same-event", "positive", 0.8, "the same talks", "events.linking", "")
    path = tmp_path / "s.onrecord"
    with open_store(path, create=True) as store, store.writer() as w:
        w.add(Reading(doc, events=(met, talks), links=(link,)), "a.txt", "run-1")
    for record in (met, talks):
        app.decide(path, record.id, "accept", by="Ada")
    for word in filter(None, words.split(", ")):
        by, verdict, *settles = word.split()
        app.judge(path, met.id, talks.id, verdict, by=by, settles=bool(settles))  # type: ignore[arg-type]
    with open_store(path) as store, store.view() as view:
        found = gold(view)
    assert [r.reason for r in found.left_out] == ([left_out] if left_out else [])
    assert [[e["same_event_as"] for e in d["events"]] for d in found.documents] == ([] if left_out else [[None, met.id if one_event else None]])


@pytest.mark.parametrize(
    ("participant", "expected"),
    [
        (who(None, None, "RUR"), "RUR"),
        (who(None, None, "Çelik"), "BOR:ÖmerÇelik"),
        (who(None, None, "League"), "IGO:LeagueofStraits"),
        (Participant(None, ActorRef("Q1", "Straits Herald", "outlet", None, ("JRN",))), "MED:StraitsHerald"),
        (Participant(None, ActorRef("Q1", "Friends of the Sea", "organisation")), "ORG:FriendsoftheSea"),
        (who(document("a convoy"), "a convoy"), "UNSPEC:aconvoy"),
        (who(None, None), "UNSPEC"),
    ],
)
def test_actors_have_the_golds_codes(participant: Participant, expected: str) -> None:
    assert code(participant) == expected


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the scorer leaves files open
def test_the_scorer_reads_it_and_finds_every_record(decided: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that reads what was decided scores 100 on it; the machine as it read before does not."""
    scorer = _scorer(root)
    written(decided, tmp_path / "gold")
    with open_store(decided) as store, store.view() as view:
        stands = to_dict(view.reading(DOC.id))
    for reading, expected in ((stands, 100.0), (to_dict(READING), 0.0)):
        monkeypatch.setattr(scorer, "read_all", lambda documents, reading=reading: {d["id"]: reading for d in documents})
        scores = scorer.records(str(tmp_path / "gold" / "gold.json"), None)
        assert {scores[kind]["f1"] for kind in ("statements", "events")} == {100.0}
        assert scores["positions"]["f1"] == expected
        assert scores["relations"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 0, "predicted": len(reading["relations"])}


@pytest.mark.parametrize("actor", sorted(ACTORS))
@pytest.mark.shared
def test_the_scorer_takes_each_code_for_its_actor(actor: str, root: Path) -> None:
    participant = who(None, None, actor)
    assert _scorer(root).same_actor(code(participant), to_dict(participant))


def _scorer(root: Path) -> Any:
    path = root / "../shared/scorers/score.py"
    if not path.is_file():
        pytest.skip("no scorer here")
    spec = importlib.util.spec_from_file_location("shared_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module
