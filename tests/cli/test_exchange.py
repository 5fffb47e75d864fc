"""``onrecord export`` and ``onrecord compare`` as a user types them, on the sample reports."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest
import typer.main

from onrecord import app
from onrecord.cli.filters import flag
from onrecord.cli.main import cli
from onrecord.coded import CompareRow, compare, read_coded
from onrecord.coded.compare import FIELDS
from onrecord.export import known
from onrecord.query.records import EVENTS


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter="\t"))


def changed(path: Path, change) -> Path:
    """A copy of a POLECAT file with its rows changed."""
    header, *rows = table(path)
    rows = [[after[name] for name in header] for n, row in enumerate(rows) for after in change(n, dict(zip(header, row, strict=True)))]
    copy = path.with_name("changed.tsv")
    copy.write_text("".join("\t".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")
    return copy


@pytest.fixture
def polecat(onrecord, sample_store: Path, tmp_path: Path) -> Path:
    path = tmp_path / "events.tsv"
    assert onrecord("export", sample_store, "--format", "polecat", "-o", path).status == 0
    return path


def test_the_samples_as_polecat(polecat: Path):
    header, *rows = table(polecat)
    assert len(header) == 40
    assert len(rows) > 40
    assert {len(row) for row in rows} == {40}
    assert ["KAZ", "IRN"] in [[row[header.index("Actor Country")], row[header.index("Recipient Country")]] for row in rows]


def test_the_samples_as_annotations(onrecord, sample_store: Path, tmp_path: Path):
    path = tmp_path / "records.jsonld"
    done = onrecord("export", sample_store, "--format", "web-annotation", "-o", path)
    with app.open_record(sample_store) as store, store.view() as view:
        records = [record.id for record in view.records()]
    assert [item["id"] for item in json.loads(path.read_text(encoding="utf-8"))["items"]] == [f"urn:onrecord:annotations/{i}" for i in records]
    assert f"{len(records)} annotations in {path}" in done.err


def test_the_samples_as_gdelt(onrecord, sample_store: Path, tmp_path: Path):
    path = tmp_path / "events.tsv"
    done = onrecord("export", sample_store, "--format", "gdelt", "-o", path)
    events, mentions = table(path), table(tmp_path / "events.mentions.tsv")
    assert ({len(row) for row in events}, {len(row) for row in mentions}) == ({61}, {16})
    assert {row[0] for row in events} == {row[0] for row in mentions}
    assert f"{len(events)} rows in {path}, {len(mentions)} rows in {tmp_path / 'events.mentions.tsv'}" in done.err


def test_a_store_agrees_with_its_polecat_export(onrecord, sample_store: Path, polecat: Path):
    (found,) = onrecord("compare", sample_store, "--with", polecat, "--summary").rows
    assert found["theirs"] == found["ours"] == found["matches"]["type"] == found["ours_same_type"] > 40
    assert [row for row in onrecord("compare", sample_store, "--with", polecat).rows if row["match"] != "type" or row["days"]] == []


def test_a_store_agrees_with_its_gdelt_export_as_far_as_cameo_says_the_same(onrecord, sample_store: Path, tmp_path: Path):
    path = tmp_path / "events.tsv"
    onrecord("export", sample_store, "--format", "gdelt", "-o", path)
    rows = onrecord("compare", sample_store, "--with", path).rows
    assert {row["match"] for row in rows} <= {"type", "quad", "dyad"}
    assert [row for row in rows if (row["match"] == "type") != (row["their_type"] == row["type"]) or row["days"]] == []
    assert sum(row["match"] == "type" for row in rows) > 0.9 * len(rows) > 36


def test_a_changed_copy_is_told_row_by_row(onrecord, sample_store: Path, polecat: Path):
    def change(n: int, row: dict[str, str]) -> list[dict[str, str]]:
        if n == 3:
            return [row, row]  # told twice
        if n == 5:
            return []  # only ours
        if n == 7:
            return [{**row, "Actor Country": "ISL", "Event ID": "moved"}]
        return [row]

    copy = changed(polecat, change)
    found = onrecord("compare", sample_store, "--with", copy).rows
    ids = [row[0] for row in table(polecat)[1:]]
    assert [row["their_id"] for row in found if row["match"] == "theirs"] == ["moved"]
    assert {row["id"] for row in found if row["match"] == "ours"} == {ids[n].partition("-")[0] for n in (5, 7)}
    assert sum(row["again"] for row in found) == 1
    assert all(row["words"] and row["publisher"] for row in found if row["match"] != "theirs")


def test_rows_can_be_chosen_and_written_in_every_format(onrecord, sample_store: Path, polecat: Path, tmp_path: Path):
    copy = changed(polecat, lambda n, row: [] if n % 2 else [row])
    only_ours = onrecord("compare", sample_store, "--with", copy, "--match", "ours")
    assert {row["match"] for row in only_ours.rows} == {"ours"}
    assert "are only ours" in only_ours.err
    assert len(onrecord("compare", sample_store, "--with", copy, "--limit", "3").rows) == 3
    rows = list(csv.DictReader(io.StringIO(onrecord("compare", sample_store, "--with", copy, "--format", "csv").out)))
    assert tuple(rows[0]) == CompareRow.columns()
    shown = onrecord("compare", sample_store, "--with", copy, "--format", "table").out
    assert "of theirs, we have" in shown
    for suffix in ("jsonl", "parquet", "csv", "txt"):
        assert onrecord("compare", sample_store, "--with", copy, "-o", tmp_path / f"rows.{suffix}").status == 0
    for kind in ("table", "csv"):
        assert "CONSULT" in onrecord("compare", sample_store, "--with", copy, "--summary", "--format", kind).out


def test_flags_are_the_filters_of_events(onrecord, sample_store: Path, tmp_path: Path):
    done = onrecord("export", sample_store, "--format", "polecat", "--type", "consult", "--status", "any", "--since", "2025-10-07")
    rows = list(csv.DictReader(io.StringIO(done.out), delimiter="\t"))
    assert {row["Event Type"] for row in rows} == {"CONSULT"}
    assert len(onrecord("export", sample_store, "--format", "polecat", "--status", "any").out.splitlines()) > len(
        onrecord("export", sample_store, "--format", "polecat").out.splitlines()
    )


def test_readings_need_no_store(onrecord, samples: Path, polecat: Path, monkeypatch: pytest.MonkeyPatch):
    read = onrecord("read", samples, "--rules-only", "--format", "json").out
    path = polecat.with_name("readings.jsonl")
    path.write_text(read + "{}\nnot json\n", encoding="utf-8")
    done = onrecord("export", path, "--format", "polecat")
    assert sorted(done.out.splitlines()) == sorted(polecat.read_text(encoding="utf-8").splitlines())
    assert done.err.count("[bad-reading]") == 2
    monkeypatch.setattr(sys, "stdin", io.StringIO(read))
    assert onrecord("compare", "-", "--with", polecat, "--summary").rows[0]["matches"]["theirs"] == 0


def test_problems_of_their_file_are_told_and_counted(onrecord, sample_store: Path, polecat: Path):
    polecat.write_text(polecat.read_text(encoding="utf-8") + "a\tb\n" * 25, encoding="utf-8")
    done = onrecord("compare", sample_store, "--with", polecat, "--summary")
    assert done.status == 1
    assert done.err.count("[coded-row]") == 20
    assert "and 5 more problems" in done.err
    assert done.rows[0]["matches"]["theirs"] == 0


@pytest.mark.parametrize(
    "case",
    [
        (["export", "STORE", "--format", "icews"], 2, "one of gdelt, polecat"),
        (["export", "STORE"], 2, "--format"),
        (["export", "STORE", "--format", "gdelt"], 2, "name the first with -o FILE"),
        (["export", "STORE", "--format", "polecat", "--status", "perhaps"], 2, "status"),
        (["export", "STORE", "--format", "polecat", "-o", "STORE"], 2, "is a store"),
        (["export", "STORE", "--format", "polecat", "-o", "DIR/no/such/file.tsv"], 3, "cannot write"),
        (["export", "DIR/none", "--format", "polecat"], 3, "there is no store"),
        (["compare", "STORE"], 2, "--with"),
        (["compare", "STORE", "--with", "DIR/none"], 4, "no such file"),
        (["compare", "STORE", "--with", "STORE"], 4, "neither POLECAT nor GDELT"),
        (["compare", "STORE", "--with", "EVENTS", "--with-mentions", "EVENTS"], 2, "only GDELT"),
        (["compare", "STORE", "--with", "EVENTS", "--with-format", "gdelt"], 1, "coded-row"),
        (["compare", "STORE", "--with", "EVENTS", "--days", "-1"], 2, "days"),
        (["compare", "DIR/none", "--with", "EVENTS"], 3, "there is no store"),
    ],
)
def test_what_goes_wrong_is_said(onrecord, sample_store: Path, polecat: Path, case: tuple[list[str], int, str]):
    arguments, status, words = case
    names = {"STORE": str(sample_store), "DIR": str(polecat.parent), "EVENTS": str(polecat)}
    for name, value in names.items():
        arguments = [a.replace(name, value) if a.startswith(name) else a for a in arguments]
    done = onrecord(*arguments)
    assert done.status == status
    assert words in done.err
    assert table(polecat)


def test_a_failed_export_leaves_what_was_there(onrecord, tmp_path: Path, polecat: Path):
    before = polecat.read_bytes()
    assert onrecord("export", tmp_path / "none", "--format", "polecat", "-o", polecat).status == 3
    assert polecat.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [polecat.name]


@pytest.mark.parametrize(("name", "fields"), [("export", EVENTS), ("compare", FIELDS)])
def test_flag_is_keyword_is_column(name: str, fields: tuple[str, ...]):
    command = typer.main.get_command(cli).commands[name]
    flags = {option for p in command.params for option in p.opts}
    assert {flag(field) for field in fields} <= flags
    if name == "compare":
        keywords = {*signature(compare).parameters, *signature(read_coded).parameters, "match"}
        assert {"days", "match"} <= keywords
        assert {"days", "match"} <= set(CompareRow.columns())


def test_every_exporter_can_be_named(onrecord, sample_store: Path, tmp_path: Path):
    for name in known():
        assert onrecord("export", sample_store, "--format", name, "-o", tmp_path / f"{name}.tsv").status == 0


def test_from_python(sample_store: Path, tmp_path: Path):
    from onrecord.export import find

    path = tmp_path / "events.tsv"
    with app.opened(sample_store) as view, path.open("wb") as handle:
        rows = app.export(view, find("polecat"), {"": handle})
        handle.flush()
        assert {p.match.value for p in compare(view, read_coded(path, print))} == {"type"}
    assert rows[""] == len(table(path)) - 1


def test_neither_command_loads_what_only_reading_needs():
    code = "import json, sys, onrecord.cli.main; print(json.dumps([m for m in ('spacy', 'pyarrow', 'onnxruntime') if m in sys.modules]))"
    assert json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) == []
