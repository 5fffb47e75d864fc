"""``onrecord brief``: into a file by its suffix, to standard output as Markdown, and what it says where it cannot."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from onrecord.cli.exits import Exit


@pytest.mark.parametrize(("name", "begins"), [("b.html", "<!DOCTYPE html>"), ("b.htm", "<!DOCTYPE html>"), ("b.md", "# "), ("b.markdown", "# ")])
def test_the_suffix_says_the_format(onrecord, sample_store: Path, tmp_path: Path, name: str, begins: str):
    done = onrecord("brief", sample_store, "--issue", "energy-supply", "-o", tmp_path / name)
    assert (done.status, done.out, done.err) == (Exit.ok, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8").lstrip().startswith(begins)


def test_without_a_file_it_is_markdown(onrecord, sample_store: Path):
    done = onrecord("brief", sample_store, "--actor", "Iran")
    assert done.status == Exit.ok
    assert done.out.startswith("# Where Iran stands\n")
    assert onrecord("brief", sample_store, "--actor", "Iran").out == done.out
    assert onrecord("brief", sample_store, "--actor", "Iran", "--format", "html").out.lstrip().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ((), "a brief needs an issue"),
        (("--issue", "energy-suply"), "did you mean energy-supply?"),
        (("--issue", "taiwan-status"), "the store has stances on energy-supply"),
        (("--actor", "Irann"), "did you mean Iran?"),
        (("--actor", "Iran", "-o", "brief.pdf"), "does not say the format"),
    ],
)
def test_what_cannot_be_told_says_why_and_writes_nothing(onrecord, sample_store: Path, tmp_path: Path, asked: tuple[str, ...], says: str):
    with contextlib.chdir(tmp_path):
        done = onrecord("brief", sample_store, *asked)
    assert done.status == Exit.usage
    assert done.out == ""
    assert says in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_never_overwritten(onrecord, sample_store: Path):
    before = sample_store.read_bytes()
    assert onrecord("brief", sample_store, "--actor", "Iran", "--format", "md", "-o", sample_store).status == Exit.usage
    assert sample_store.read_bytes() == before
