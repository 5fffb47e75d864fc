"""Every kind of bad input is one clear problem, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import sys
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import pytest

from onrecord.ingest import KINDS, NOTES, Item, documents

GOOD = "The two ministers met on Thursday and agreed to reopen the bridge, officials said."
FRENCH = "Les deux ministres se sont rencontrés jeudi et ont décidé de rouvrir le pont, selon les autorités de la ville."


def one(path: str | Path, **settings) -> Item:
    (item,) = documents([path], **settings)
    return item


def code(item: Item) -> str | None:
    if item.problem is not None:
        assert item.problem.message
        assert "\n" not in item.problem.message + item.problem.where
        assert item.problem.hint
        assert item.problem.code in KINDS
        assert (item.document is not None) == (item.problem.code in NOTES)
    return item.problem and item.problem.code


# (file name, bytes, code)
BAD_FILES = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\r\n\n", "empty"),
    ("invisible.txt", "\u200b\ufeff\u00ad\n".encode(), "empty"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
    ("paper.pdf", b"%PDF-1.7\n", "binary"),
    ("archive.txt", gzip.compress(GOOD.encode()), "binary"),
    ("noise.txt", bytes(range(256)) * 4, "binary"),
    ("zero.txt", GOOD.encode() + b"\x00" + GOOD.encode(), "binary"),
    ("controls.txt", b"\x01\x02\xff\x03" * 200, "binary"),
    ("cut16.txt", b"\xff\xfe" + GOOD.encode("utf-16-le") + b"a", "bad-encoding"),
    ("cut32.txt", b"\xff\xfe\x00\x00" + GOOD.encode("utf-32-le")[:-2], "bad-encoding"),
    ("cut8.txt", f"“{GOOD}” He said: “No.”".encode()[:-1], "bad-encoding"),
    ("marked.txt", b"\xef\xbb\xbf" + GOOD.encode() + b"\xff", "bad-encoding"),
    ("french.txt", FRENCH.encode(), "unsupported-language"),
    ("russian.txt", "Министры встретились в четверг и договорились открыть мост.".encode(), "unsupported-language"),
    ("japanese.txt", "両国の閣僚は木曜日に会談し、橋の再開で合意した。".encode(), "unsupported-language"),
    ("date.txt", f"Published: 2024-02-30\n\n{GOOD}".encode(), "bad-date"),
    ("words.txt", f"Published: last week\n\n{GOOD}".encode(), "bad-date"),
    ("said.txt", f"Language: fr\n\n{GOOD}".encode(), "unsupported-language"),
    ("header.txt", b"Title: nothing below\n\n", "empty"),
    ("sheet.xml", b'<?xml version="1.0"?><rows/>', "unsupported-format"),
    ("page.html", b"<!doctype html><html><body></body></html>", "no-article"),
    ("object.json", b'{"records": []}', "bad-row"),
    ("broken.json", b"{", "bad-json"),
    ("row.jsonl", b'{"text": 3}', "bad-row"),
]


@pytest.mark.parametrize(("name", "raw", "wanted"), BAD_FILES, ids=[name for name, *_ in BAD_FILES])
def test_bad_files(tmp_path: Path, name: str, raw: bytes, wanted: str):
    path = tmp_path / name
    path.write_bytes(raw)
    item = one(path)
    assert code(item) == wanted
    assert str(path) in item.problem.where


# (bytes, text) of files that are read, with a note where the encoding was guessed
ENCODINGS = [
    ("utf-8", False),
    ("utf-8-sig", False),
    ("utf-16", False),
    ("utf-16-le", False),
    ("utf-16-be", False),
    ("utf-32", False),
    ("cp1252", True),
]


@pytest.mark.parametrize(("encoding", "guessed"), ENCODINGS)
def test_encodings(tmp_path: Path, encoding: str, guessed: bool):
    text = f"“{GOOD}” The mayor’s café in Bonn was closed — for the first time since 1999."
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))
    item = one(path)
    assert item.document.text == text
    assert code(item) == ("encoding-assumed" if guessed else None)
    if guessed:
        assert encoding in item.problem.message
    start = text.index("café")
    first, last = item.offsets.byte_span(start, start + 4, path.read_bytes())
    assert path.read_bytes()[first:last].decode(item.offsets.encoding) == "café"


# English with a few characters that are not ASCII, and the encoding that it is read in
GUESSES = [
    ("José Ñandú, président of the Café Élysée, said that Gödöllo is not in Türkiye", "latin-1", "cp1252"),
    ("“No,” said the mayor’s spokesman — and “never”", "gb18030", "gb18030"),
    ("José Ñandú, Élisée Côté, Müller, Åse Bjørnø, Zoë Brontë, and Noël’s café", "cp1252", "cp1252"),
    ("“No,” said the café’s owner — and “never”", "cp1252", "cp1252"),
]


@pytest.mark.parametrize(("words", "encoding", "read_as"), GUESSES, ids=range(len(GUESSES)))
def test_guessed_encodings_keep_names_and_quotation_marks(tmp_path: Path, words: str, encoding: str, read_as: str):
    path = tmp_path / "report.txt"
    path.write_bytes(f"{GOOD} {words}. {GOOD}".encode(encoding))
    item = one(path)
    assert words in item.document.text
    assert code(item) == "encoding-assumed"
    assert read_as in item.problem.message


BAD_ROWS = [
    (b"not json", "bad-json"),
    (b"[1, 2]", "bad-json"),
    (b'"a string"', "bad-json"),
    (b'{"text": "cut off', "bad-json"),
    (b'{"text": NaN}', "bad-json"),
    (b'{"text": "x", "n": ' + b"9" * 5000 + b"}", "bad-json"),
    (b'{"text": "x", "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "bad-json"),
    (b'{"text": "\xff"}', "bad-encoding"),
    (b"{}", "bad-row"),
    (b'{"text": null}', "bad-row"),
    (b'{"text": ["a"]}', "bad-row"),
    (b'{"text": "He said no.", "id": {"a": 1}}', "bad-row"),
    (b'{"text": "He said no.", "id": true}', "bad-row"),
    (b'{"text": "He said no.", "publisher": 7}', "bad-row"),
    (b'{"text": "He said no.", "published": 20240704}', "bad-row"),
    (b'{"text": "He said no.", "published": "2024-13-01"}', "bad-date"),
    (b'{"text": "He said no.", "published": "4/7/24"}', "bad-date"),
    (b'{"text": "He said no.", "language": "de"}', "unsupported-language"),
    (b'{"text": "  "}', "empty"),
]


@pytest.mark.parametrize(("line", "wanted"), BAD_ROWS, ids=[f"{wanted}-{i}" for i, (_, wanted) in enumerate(BAD_ROWS)])
def test_a_bad_row_costs_only_itself(tmp_path: Path, line: bytes, wanted: str):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "He said yes."}\n' + line + b'\n\n{"text": "He said why."}')
    first, bad, last = documents([path])
    assert code(bad) == wanted
    assert bad.problem.where == f"{path}, line 2"
    assert (first.document.text, last.document.text) == ("He said yes.", "He said why.")
    assert len({first.key, bad.key, last.key}) == 3


def test_surrogates_and_controls(tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "half \\ud83d a pair\\u0007, he said", "title": "a\\udc00b", "x\\ud800": ["\\udfff"]}\n{"text": "bell\\u0007"}\n')
    cleaned, bell = documents([path])
    assert cleaned.document.text == "half \ufffd a pair, he said"
    assert bell.document.text == "bell"
    assert code(cleaned) == code(bell) == "characters-mended"
    assert "1 control character, 1 lone surrogate" in cleaned.problem.message
    json.dumps([cleaned.document.title, dict(cleaned.document.meta)], ensure_ascii=False).encode("utf-8")
    refused, kept = documents([path], raw_text=True)
    assert code(refused) == "lone-surrogate"
    assert kept.document.text == "bell\x07"


def test_control_characters_are_noted_in_every_format(tmp_path: Path):
    (tmp_path / "a.txt").write_text(f"{GOOD}\x1b[2J\x07")
    (tmp_path / "b.json").write_text(json.dumps({"text": f"{GOOD}\x08"}))
    (tmp_path / "c.csv").write_text(f'text,publisher\n"{GOOD}\x01",Wire\n')
    (tmp_path / "d.txt").write_text(f"{GOOD}\r\n\tOne more.\x0c")
    assert [code(i) for i in documents([tmp_path])] == ["characters-mended"] * 3 + [None]


def test_an_empty_folder_is_said_once(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert code(one(tmp_path / "empty")) == "empty"
    (tmp_path / "report.txt").write_text(GOOD)
    assert code(one(tmp_path)) is None


def test_what_fails_has_one_key_from_wherever_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "dangling").symlink_to("nowhere")
    monkeypatch.chdir(tmp_path)
    assert one("dangling").key == one(tmp_path / "dangling").key


def test_messages_speak_json_not_python(tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'null\n{"text": "x", "n": ' + b"9" * 5000 + b'}\n{"text": "cut')
    messages = " ".join(item.problem.message for item in documents([path]))
    assert "null instead of an object" in messages
    assert not any(word in messages for word in ("NoneType", "sys.", "at at"))


def test_missing_and_special_files(tmp_path: Path):
    assert code(one(tmp_path / "nothing.txt")) == "missing"
    assert code(one(tmp_path / "a" / "b")) == "missing"
    assert code(one("nul\x00byte")) == "unreadable"
    assert code(one("/dev/null")) == "special-file"
    os.mkfifo(tmp_path / "pipe")
    assert code(one(tmp_path / "pipe")) == "special-file"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket"))
        assert code(one(tmp_path / "socket")) == "special-file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_permission_denied_for_real(tmp_path: Path):
    path = tmp_path / "closed.txt"
    path.write_text(GOOD)
    path.chmod(0)
    assert code(one(path)) == "permission-denied"


def test_errors_of_the_system_are_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "report.txt"
    path.write_text(GOOD)
    for error, wanted in ((PermissionError(13, "Permission denied"), "permission-denied"), (OSError(5, "Input/output error"), "unreadable")):

        def fail(*_args, error=error, **_kwargs):
            raise error

        monkeypatch.setattr(Path, "open", fail)
        item = one(path)
        assert code(item) == wanted
    assert "Input/output error" in item.problem.message


def test_a_folder_of_good_and_bad(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b" / "c.jsonl").write_text(json.dumps({"text": GOOD}) + "\nbroken\n")
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b" / "self").symlink_to("self")
    (tmp_path / "b" / "dangling").symlink_to("nowhere")
    (tmp_path / "c.bin").write_bytes(bytes(100))
    (tmp_path / ".hidden").write_text(GOOD)
    os.mkfifo(tmp_path / "d")
    items = list(documents([tmp_path]))
    assert [code(i) for i in items] == [None, None, "bad-json", "missing", "symlink-loop", "symlink-loop", "binary", "special-file"]
    assert [i.key for i in items] == [i.key for i in documents([tmp_path])]


def test_a_link_to_a_folder_beside_is_followed_once(tmp_path: Path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(GOOD)
    (tmp_path / "latest").symlink_to(tmp_path / "reports", target_is_directory=True)
    assert len({item.key for item in documents([tmp_path])}) == 1


def test_odd_file_names(tmp_path: Path):
    for name in (b"\xff\xfe.txt", b"new\nline.txt", "bidi\u202e.txt".encode(), "Brücke 橋 😀.txt".encode(), b"-", b"a" * 240 + b".txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(GOOD)
    items = list(documents([tmp_path]))
    assert [i.document.text for i in items] == [GOOD] * 6
    for item in items:
        item.key.encode("utf-8")
        assert item.key.isprintable()
    assert any("Brücke 橋 😀" in item.key for item in items)


def test_deep_folders(tmp_path: Path):
    deep = tmp_path
    for _ in range(60):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(GOOD)
    assert one(tmp_path).document.text == GOOD


def test_too_long_by_setting(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_text(GOOD)
    assert code(one(path, max_characters=50)) == "too-long"
    assert code(one(path, max_characters=len(GOOD))) is None


@pytest.mark.parametrize("name", ["line.txt", "line.jsonl", "line.html"])
def test_fifty_megabytes_on_one_line(tmp_path: Path, name: str):
    path = tmp_path / name
    with path.open("wb") as out:
        out.write(b'{"text": "' if name.endswith("l") and "json" in name else b"<html>" if "html" in name else b"")
        for _ in range(50):
            out.write(b"word " * 200_000)
        out.write(b'"}\n{"text": "He said yes."}\n' if "json" in name else b"")
    tracemalloc.start()
    items = list(documents([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code(items[0]) == "too-long"
    assert [i.document.text for i in items[1:]] == (["He said yes."] if "json" in name else [])
    assert peak < 60_000_000


def test_a_bomb_of_escapes_is_refused(tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "é" * 3_000}) + "\n")
    assert code(one(path, max_characters=2_000)) == "too-long"


def test_standard_input(monkeypatch: pytest.MonkeyPatch):
    def feed(raw: bytes) -> list[Item]:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        return list(documents(["-"]))

    assert feed(GOOD.encode())[0].document.text == GOOD
    assert [i.document.text for i in feed(b'\n {"text": "He said yes."}\n{"text": "He said no."}')] == ["He said yes.", "He said no."]
    assert [code(i) for i in feed(b"")] == ["empty"]
    assert [code(i) for i in feed(bytes(100))] == ["binary"]
    assert feed(f"<!DOCTYPE html><html><body><article><p>{GOOD} {GOOD}</p><p>{GOOD}</p></article></body></html>".encode())[0].document is not None


def test_every_code_is_explained():
    assert KINDS.keys() >= NOTES
    for kind in KINDS.values():
        assert kind.meaning
        assert kind.hint
