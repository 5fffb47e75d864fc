"""The commands that ask a store: flags, formats, what a question without an answer says, and stores that cannot be opened."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import typer.main

from onrecord.cli.ask import SHOWN
from onrecord.cli.exits import MEANING, Exit
from onrecord.cli.filters import ARGUMENTS
from onrecord.cli.main import cli, exit_for
from onrecord.errors import OnrecordError
from onrecord.model import Link
from onrecord.query import HELP, QUERIES, Filter
from onrecord.store import open_store

COMMANDS = typer.main.get_command(cli).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", QUERIES)
def test_flag_is_keyword_is_column(name: str):
    """Each query has a command whose flags are exactly the Filter fields it takes."""
    flags = {p.name for p in COMMANDS[name].params} - {"store", "format_", "output", "help"}
    assert flags == set(QUERIES[name].fields)
    assert flags <= set(Filter.__dataclass_fields__)
    assert set(SHOWN[name]) <= set(QUERIES[name].columns)
    spelled = {o for p in COMMANDS[name].params for o in getattr(p, "opts", ()) if o.startswith("--") and p.name in flags and name not in ARGUMENTS}
    assert spelled == {f"--{f.replace('_', '-')}" for f in QUERIES[name].fields if name not in ARGUMENTS}


BY_VALUE = ("type", "stance", "status", "form", "publisher", "via", "document_id", "statement_id", "record_id", "confidence")


@pytest.mark.parametrize("name", ["statements", "events", "positions", "relations", "timeline"])
def test_what_is_asked_for_by_value_is_a_column(name: str):
    query = QUERIES[name]
    assert [f for f in BY_VALUE if f in query.fields and f not in query.columns] == []


def test_every_filter_field_is_explained():
    assert set(HELP) == set(Filter.__dataclass_fields__)


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_answers_in_every_format(onrecord, sample_store: Path, tmp_path: Path, name: str):
    one, other = (row["id"] for row in onrecord("documents", sample_store, "--limit", "2").rows)
    record = onrecord("events", sample_store, "--limit", "1").rows[0]["id"]
    argument = {"text": "pipeline", "record_id": record, "document_id": one, "other_document_id": other}
    words = [argument[field] for field, _, _ in ARGUMENTS.get(name, ())]
    as_json = onrecord(name, sample_store, *words)
    assert as_json.status == Exit.ok
    as_csv = onrecord(name, sample_store, *words, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(as_csv.out)))
    assert len(rows) == len(as_json.rows)
    as_table = onrecord(name, sample_store, *words, "--format", "table")
    assert as_table.status == Exit.ok
    parquet = tmp_path / "rows.parquet"
    assert onrecord(name, sample_store, *words, "-o", parquet).status == Exit.ok
    if rows:
        assert tuple(rows[0]) == QUERIES[name].columns
        assert pq.read_table(parquet).num_rows == len(rows)


def test_one_spelling_may_be_two_types(onrecord, sample_store: Path):
    assert {r["type"] for r in onrecord("events", sample_store, "--type", "SANCTION").rows} == {"SANCTION"}
    assert {r["type"] for r in onrecord("relations", sample_store, "--type", "sanction").rows} <= {"sanction"}


def test_filters_narrow(onrecord, sample_store: Path):
    every = onrecord("statements", sample_store).rows
    some = onrecord("statements", sample_store, "--actor", "Iran", "--limit", "3").rows
    assert 0 < len(some) <= 3 < len(every)
    assert {r["id"] for r in some} <= {r["id"] for r in every}


def test_show_a_record_by_the_beginning_of_its_id(onrecord, sample_store: Path):
    first = onrecord("statements", sample_store, "--limit", "1").rows[0]
    shown = onrecord("show", sample_store, first["id"][:12])
    assert shown.rows[0]["record"]["id"] == first["id"]
    page = onrecord("show", sample_store, first["id"], "--format", "table")
    assert first["evidence"]["text"].split()[0] in page.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["statements", "--since", "2025-13"], "is no date"),
        (["events", "--type", "CONSULTS"], "did you mean CONSULT"),
        (["positions", "--stance", "suport"], "did you mean support"),
        (["statements", "--limit", "-1"], "not between"),
        (["show", "ffffffffffff"], "ffffffffffff"),
        (["events", "--format", "parquet"], "-o FILE"),
        (["statements", "--stance", "support"], "No such option"),
    ],
)
def test_a_wrong_question_says_what_is_wrong(onrecord, sample_store: Path, arguments: list[str], words: str):
    result = onrecord(arguments[0], sample_store, *arguments[1:])
    assert result.status == Exit.usage
    assert words in result.err
    assert result.out == ""


def test_no_answer_says_what_may_have_been_meant(onrecord, sample_store: Path):
    result = onrecord("statements", sample_store, "--actor", "Kaveh Rostamia")
    assert (result.status, result.out) == (Exit.ok, "")
    assert "did you mean Kaveh Rostamnia" in result.err


def test_stores_that_cannot_be_opened(onrecord, tmp_path: Path):
    text, folder = tmp_path / "notes.txt", tmp_path / "folder"
    text.write_text("not a store, but long enough to be looked at closely " * 40, encoding="utf-8")
    folder.mkdir()
    for path in (tmp_path / "missing", text, folder):
        result = onrecord("events", path)
        assert (result.status, result.out) == (Exit.store, "")
        assert str(path) in result.err


def test_a_file_that_cannot_be_written_leaves_nothing_behind(onrecord, sample_store: Path, tmp_path: Path):
    result = onrecord("events", sample_store, "-o", tmp_path / "no" / "rows.csv")
    assert result.status == Exit.store
    assert "cannot write" in result.err
    result = onrecord("events", sample_store, "-o", tmp_path / "rows.csv", "--type", "nonsense")
    assert result.status == Exit.usage
    assert list(tmp_path.iterdir()) == []


def test_an_id_as_tables_show_it_is_enough_everywhere(onrecord, sample_store: Path):
    report = onrecord("documents", sample_store).rows[0]["id"]
    whole = onrecord("statements", sample_store, "--document-id", report)
    assert whole.rows
    assert onrecord("statements", sample_store, "--document-id", report[:8]).out == whole.out
    second = onrecord("statements", sample_store, "--document-id", report[:8], "--after", whole.rows[0]["id"][:8])
    assert second.rows == whole.rows[1:]
    assert onrecord("documents", sample_store, "--after", report[:8]).rows == onrecord("documents", sample_store).rows[1:]
    unknown = onrecord("statements", sample_store, "--document-id", "zzz")
    assert unknown.status == Exit.usage
    assert "no document has the id 'zzz'" in unknown.err


def test_show_a_report_by_the_beginning_of_its_id(onrecord, sample_store: Path):
    report = onrecord("documents", sample_store).rows[0]["id"]
    (shown,) = onrecord("show", sample_store, report[:8]).rows
    assert shown["document"]["id"] == report
    assert len(shown["statements"]) == len(onrecord("statements", sample_store, "--document-id", report).rows)
    assert "Who said what" in onrecord("show", sample_store, report, "--format", "table").out


def test_links_and_issues_log(onrecord, sample_store: Path):
    assert onrecord("links", sample_store, "--format", "json").status == Exit.ok
    assert onrecord("issues-log", sample_store).rows == []
    for command, first in (("links", "left,right,type"), ("issues-log", "input_key,document_id,code")):
        assert onrecord(command, sample_store, "--format", "csv").out.startswith(first)


def test_explain(onrecord):
    assert onrecord("explain", "consult").rows[0]["code"] == "CONSULT"
    assert "CONSULT" in onrecord("explain", "CONSULT", "--format", "table").out
    assert {r["code"] for r in onrecord("explain", "relations").rows} >= {"office", "membership"}
    unknown = onrecord("explain", "CONSULTT")
    assert unknown.status == Exit.usage
    assert "did you mean CONSULT" in unknown.err


def test_exit_codes_are_documented(root: Path):
    page = (root / "docs" / "inputs.md").read_text(encoding="utf-8")
    assert set(MEANING) == set(Exit)
    for code, meaning in MEANING.items():
        assert f"| {code.value} | {meaning} |" in page


def test_every_error_has_an_exit_code():
    def tree(kind: type[OnrecordError]) -> list[type[OnrecordError]]:
        return [kind, *(k for sub in kind.__subclasses__() for k in tree(sub))]

    assert {exit_for(kind.__new__(kind)) for kind in tree(OnrecordError)} == {Exit.usage, Exit.store, Exit.nothing_read, Exit.broken, Exit.offline}


def test_links_carry_the_ids_that_the_input_gave(onrecord, tmp_path: Path):
    rows, store = tmp_path / "rows.jsonl", tmp_path / "s"
    rows.write_text('{"id": "a", "text": "Norway met Chile on Monday."}\n{"id": "b", "text": "Chile met Norway on Monday."}\n', encoding="utf-8")
    assert onrecord("add", store, rows).status == Exit.ok
    ids = {row["words"]: row["id"] for row in onrecord("documents", store).rows}
    left, right = ids["Norway met Chile on Monday."], ids["Chile met Norway on Monday."]
    with open_store(store) as opened, opened.writer() as writer:
        writer.link(Link(left, right, "same-story", "positive", 0.9, "same meeting", "a test", "2025-01-01T00:00:00Z"))
    link = onrecord("links", store, "--format", "json").rows[0]
    assert (link["left_given_id"], link["right_given_id"], link["type"]) == ("a", "b", "same-story")
