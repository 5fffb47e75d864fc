"""Files of any kind, read line by line: compressed, in old encodings, cut off, too large, or no table at all."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from onrecord.coded import files
from onrecord.coded.files import lines
from onrecord.errors import InputError
from onrecord.model import Problem


def read(path: Path, **more: int) -> tuple[list[tuple[int, str]], list[Problem]]:
    problems: list[Problem] = []
    return list(lines(path, problems.append, **more)), problems


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return path


DATA = "Zürich\t1\r\nÅrhus\t2\nlast".encode()
LINES = [(1, "Zürich\t1"), (2, "Århus\t2"), (3, "last")]


def test_plain_gzip_and_zip_give_the_same_lines(tmp_path: Path):
    plain, packed = tmp_path / "a.tsv", tmp_path / "b.CSV"
    plain.write_bytes(b"\xef\xbb\xbf" + DATA)
    packed.write_bytes(gzip.compress(DATA))  # told by its bytes, not by its name
    assert read(plain) == read(packed) == read(zipped(tmp_path / "c.zip", a__csv=DATA)) == (LINES, [])


def test_zip_members_that_are_no_tables_are_passed_over_and_names_lead_nowhere(tmp_path: Path):
    archive = zipped(tmp_path / "c.zip", **{"../../evil.tsv": b"one\n", "picture.png": b"\x00\n", "/etc/x.CSV": b"two\n"})
    assert read(archive) == ([(1, "one"), (2, "two")], [])
    assert not (tmp_path.parent.parent / "evil.tsv").exists()
    found, (problem,) = read(zipped(tmp_path / "d.zip", picture__png=b"x"))
    assert (found, problem.code) == ([], "coded-file")


def test_old_encodings_are_read_and_said_once(tmp_path: Path):
    path = tmp_path / "a.tsv"
    path.write_bytes("Côte\nSão\nplain\n".encode("iso-8859-1"))
    found, problems = read(path)
    assert [text for _, text in found] == ["Côte", "São", "plain"]
    assert [p.code for p in problems] == ["encoding-assumed"]


def test_a_mixed_file_keeps_its_utf8_lines(tmp_path: Path):
    path = tmp_path / "a.tsv"
    path.write_bytes("Ōsaka 😀\n".encode() + "Köln\n".encode("iso-8859-1"))
    assert [text for _, text in read(path)[0]] == ["Ōsaka 😀", "Köln"]


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_a_bomb_is_cut_off(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "FREE", 1 << 16)
    data = b"0\t0\t0\n" * 500_000
    path = tmp_path / "bomb"
    if kind == "gzip":
        path.write_bytes(gzip.compress(data))
    else:
        zipped(path, a__tsv=data)
    found, problems = read(path)
    assert 0 < len(found) < 400_000
    assert [p.code for p in problems] == ["coded-file"]


def test_a_bomb_of_many_members_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "FREE", 1 << 16)
    found, problems = read(zipped(tmp_path / "bomb", **{f"{n}__tsv": b"0\t0\n" * 10_000 for n in range(50)}))
    assert (0 < len(found) < 500_000, [p.code for p in problems]) == (True, ["coded-file"])


def test_a_file_larger_than_allowed_is_cut_off(tmp_path: Path):
    path = tmp_path / "a.tsv"
    path.write_bytes(b"12345\n" * 10)
    found, (problem,) = read(path, largest=30)
    assert (len(found), problem.code) == (5, "coded-file")


@pytest.mark.parametrize("cut", [30, 400, -9])
def test_a_file_cut_short_gives_what_came_before(tmp_path: Path, cut: int):
    path = tmp_path / "a.gz"
    whole = gzip.compress(b"".join(os.urandom(20).hex().encode() + b"\n" for _ in range(200)))
    path.write_bytes(whole[:cut])
    found, problems = read(path)
    assert len(found) <= 200
    assert [p.code for p in problems] == ["coded-file"]


def test_a_broken_zip_is_a_problem(tmp_path: Path):
    whole = zipped(tmp_path / "a.zip", a__tsv=b"one\ntwo\n").read_bytes()
    for broken in (whole[:40], whole[:20] + b"\xff" * 20 + whole[40:], b"PK\x03\x04"):
        path = tmp_path / "b.zip"
        path.write_bytes(broken)
        assert [p.code for p in read(path)[1]] == ["coded-file"]


def test_one_endless_line_costs_that_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "LONGEST", 100)
    path = tmp_path / "a.tsv"
    path.write_bytes(b"one\n" + b"x" * 1000 + b"\nthree\n" + b"y" * 101 + b"\n" + b"z" * 99 + b"\n")
    found, problems = read(path)
    assert [(n, len(text)) for n, text in found] == [(1, 3), (3, 5), (5, 99)]
    assert [(p.code, p.where.rpartition(" ")[2]) for p in problems] == [("coded-row", "2"), ("coded-row", "4")]


@pytest.mark.parametrize("name", ["nowhere.tsv", ".", "a\0b"])
def test_what_cannot_be_opened_is_an_error(tmp_path: Path, name: str):
    with pytest.raises(InputError):
        read(tmp_path / name)


def test_an_empty_file_has_no_lines(tmp_path: Path):
    path = tmp_path / "a.tsv"
    path.write_bytes(b"")
    assert read(path) == ([], [])
    path.write_bytes(gzip.compress(b""))
    assert read(path) == ([], [])


def test_any_bytes_are_read_without_an_error(tmp_path: Path):
    path = tmp_path / "a.tsv"
    for data in (b"\x00\x00\n", b"\xff\xfe\n", b"\xed\xa0\x80\n", bytes(range(256)), io.BytesIO(b"\r\r\n").getvalue()):
        path.write_bytes(data)
        for _, text in read(path)[0]:
            text.encode("utf-8")
