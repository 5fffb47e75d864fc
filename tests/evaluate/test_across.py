"""The gold across reports: it can be read, and scores say what a store's links are worth. No report is read here; links are made by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.evaluate.across_gold import load
from onrecord.evaluate.across_scores import tallies
from onrecord.model import Link, Reading
from onrecord.model.links import LinkType
from onrecord.store import View, open_store
from store.builders import document, event, statement, who

REPORTS = {
    "port-1": ("Herald", "Borduria struck Syldavia at dawn. Ana Lund said that the port was shut, and 12 died."),
    "port-2": ("Gazette", "Borduria struck Syldavia at dawn. Ana Lund said that the port was shut, and 12 died, it heard."),
    "port-3": ("Echo", "Syldavia was struck by Borduria. The harbour, Ana Lund said, was closed. Syldavia condemned it."),
    "road-1": ("Herald", "Borduria struck Syldavia again. The border shut, said Ana Lund."),
}
LINKS = """
held = ["road"]
[[copy]]
copy = "port-2"
original = "port-1"
[[story]]
id = "port"
reports = ["port-1", "port-2", "port-3"]
[[story]]
id = "road"
reports = ["road-1"]
[[same_event]]
id = "strike"
type = ["ASSAULT"]
mentions = ["port-1 | Borduria struck Syldavia", "port-2 | Borduria struck Syldavia", "port-3 | Syldavia was struck by Borduria"]
[[same_statement]]
id = "shut"
mentions = ["port-1 | the port was shut", "port-2 | the port was shut", "port-3 | The harbour, Ana Lund said, was closed"]
[[responds_to]]
answer = "port-3 | Syldavia condemned it"
to = "port-1 | Borduria struck Syldavia"
[[voices]]
claim = "port-1 | Borduria struck Syldavia"
reports = ["port-1", "port-2", "port-3"]
independent = 2
[[apart]]
kind = "same-event"
pair = ["port-3 | Syldavia condemned it", "port-1 | Borduria struck Syldavia"]
[[contradiction]]
about = "number"
sides = ["port-1 | 12 died", "port-3 | was closed"]
"""
TRIGGERS = {"port-1": ["struck"], "port-2": ["struck"], "port-3": ["struck", "condemned"], "road-1": ["struck"]}
SAID = {"port-1": "the port was shut", "port-2": "the port was shut", "port-3": "was closed", "road-1": "The border shut"}


def reading(report: str) -> Reading:
    publisher, text = REPORTS[report]
    doc = document(text, publisher, meta={"id": report})
    sides = [who(doc, "Borduria", "BOR")], [who(doc, "Syldavia", "SYL")]
    events = [event(doc, sides[0], "ASSAULT" if trigger == "struck" else "ACCUSE", trigger, sides[1]) for trigger in TRIGGERS[report]]
    return Reading(doc, statements=(statement(doc, who(doc, "Ana Lund", "Lund"), SAID[report]),), events=tuple(events))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gold")
    rows = (json.dumps({"id": report, "text": text, "publisher": publisher}) for report, (publisher, text) in REPORTS.items())
    (folder / "reports.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "links.toml").write_text(LINKS, encoding="utf-8")
    return folder


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Callable[..., View]]:
    """A view of the reports with links given as (type, left report, right report): between their first events or statements, or themselves."""
    number, opened = count(), []

    def end(report: str, link: LinkType) -> str:
        made = reading(report.removesuffix("!"))
        if link in ("duplicate", "syndicated"):
            return made.document.id
        return made.statements[0].id if link == "same-statement" else made.events[-1 if report.endswith("!") else 0].id

    def make(*links: tuple[LinkType, str, str]) -> View:
        with open_store(tmp_path / f"{next(number)}", create=True) as store:
            with store.writer() as w:
                for report in REPORTS:
                    w.add(reading(report), report)
                for link, left, right in links:
                    w.link(Link(end(left, link), end(right, link), link, "positive", 0.9, "", "test", ""))
            opened.append(store.view())
        return opened[-1]

    yield make
    for view in opened:
        view.close()


ALL = (
    ("duplicate", "port-2", "port-1"),
    ("same-event", "port-1", "port-2"),
    ("same-event", "port-2", "port-3"),
    ("same-statement", "port-1", "port-2"),
    ("same-statement", "port-1", "port-3"),
    ("responds-to", "port-3!", "port-2"),
)


def figures(view: View, folder: Path, *, held: bool = False) -> dict[str, tuple[float, float]]:
    return {kind: (t.figures["precision"], t.figures["recall"]) for kind, t in tallies(view, load(folder), held=held).items()}


def test_right_links_score_full(ask: Callable[..., View], folder: Path) -> None:
    found = figures(ask(*ALL), folder)
    for kind in ("copies", "same_event", "same_statement", "responds_to", "corroboration", "voices", "apart"):
        assert found[kind] == (100.0, 100.0), kind
    assert found["contradictions"][1] == 0.0


def test_no_links_find_nothing_and_break_nothing(ask: Callable[..., View], folder: Path) -> None:
    found = figures(ask(), folder)
    for kind in ("copies", "same_event", "same_statement", "responds_to", "corroboration"):
        assert found[kind] == (100.0, 0.0), kind
    assert found["apart"] == (100.0, 100.0)
    assert found["stories"] == (100.0, 33.3)


@pytest.mark.parametrize(
    ("link", "kind", "precision"),
    [
        (("duplicate", "port-3", "port-1"), "copies", 33.3),  # with the right pair, two wrong ones
        (("same-event", "port-3!", "port-1"), "same_event", 100.0),  # in one group with the right mention of that report
        (("same-event", "port-3!", "port-1"), "apart", 0.0),
        (("responds-to", "port-1", "port-3!"), "responds_to", 50.0),
    ],
)
def test_wrong_links_cost_precision(ask: Callable[..., View], folder: Path, link: tuple[LinkType, str, str], kind: str, precision: float) -> None:
    assert figures(ask(*ALL, link), folder)[kind][0] == precision


def test_halves_are_apart(ask: Callable[..., View], folder: Path) -> None:
    view = ask(*ALL, ("same-event", "road-1", "port-1"))
    assert figures(view, folder)["same_event"] == (100.0, 100.0)
    assert figures(view, folder, held=True)["same_event"] == (100.0, 100.0)  # nothing to find there


def test_what_was_not_read_is_told_from_what_was_not_linked(ask: Callable[..., View], folder: Path, tmp_path: Path) -> None:
    unread = LINKS.replace("port-3 | Syldavia was struck by Borduria", "port-3 | The harbour")
    for name, text in (("reports.jsonl", (folder / "reports.jsonl").read_text()), ("links.toml", unread)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = tallies(ask(*ALL), load(tmp_path), held=False)["same_event"].figures
    assert (found["recall"], found["read"]) == (33.3, 100.0)


def test_words_must_stand_once_in_their_report(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "reports.jsonl").write_text((folder / "reports.jsonl").read_text(), encoding="utf-8")
    (tmp_path / "links.toml").write_text(LINKS.replace("port-1 | 12 died", "port-1 | 13 died"), encoding="utf-8")
    with pytest.raises(InputError, match="13 died"):
        load(tmp_path)


def test_a_store_without_the_reports_is_refused(folder: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "empty", create=True) as store, store.view() as view, pytest.raises(InputError, match="lacks the report"):
        tallies(view, load(folder), held=False)


def test_the_projects_gold_is_whole(root: Path) -> None:
    gold = load(root / "gold" / "across")
    told = [report for reports in gold.stories.values() for report in reports]
    assert len(told) == len(set(told))
    assert set(gold.reports) - set(told) == {"digest-01"}
    assert abs(len(gold.half(held=True)) - len(gold.half(held=False))) < 5
    for one, other in ((m.report, each.mentions[0].report) for each in (*gold.events, *gold.statements) for m in each.mentions):
        assert {one, other} <= gold.half(held=True) or {one, other} <= gold.half(held=False)
