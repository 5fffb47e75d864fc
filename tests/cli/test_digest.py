"""Saved searches on the command line: kept, told once in a digest, posted once to a webhook, signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desk.made import add, reject
from onrecord.app import telling
from onrecord.desk import open_desk, searches
from onrecord.errors import FetchError

HOOK = "https://hook.example/new"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "world.onrecord"
    add(made, *range(3))
    return made


@pytest.fixture
def search(onrecord: Any, path: Path) -> str:
    """The id of a search that is in the digest."""
    made = onrecord("saved", "make", path, "Harbour", "--owner", "Ada", "--query", "positions", "--text", "harbour")
    assert made.status == 0, made.err
    assert onrecord("saved", "change", path, made.out.strip(), "--digest").status == 0
    return str(made.out.strip())


class Webhook:
    """Takes what is posted, or answers with what it is told to."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, Any], Mapping[str, str]]] = []
        self.answer: int | FetchError = 200

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        assert url == HOOK
        if isinstance(self.answer, FetchError):
            raise self.answer
        if self.answer == 200:
            self.taken.append((json.loads(body), headers))
            self.bytes = body
        return self.answer

    @property
    def ids(self) -> list[str]:
        """Of all records taken, in order."""
        return [entry["id"] for body, _ in self.taken for entry in body["entries"]]


def test_searches_are_listed_changed_and_removed(onrecord: Any, path: Path, search: str) -> None:
    (row,) = onrecord("searches", path, "--format", "json").rows
    assert (row["id"], row["name"], row["filter"], row["digest"], row["shared"]) == (search, "Harbour", "text=harbour", True, False)
    changed = onrecord("saved", "change", path, search, "--name", "Ports", "--shared", "--webhook", HOOK, "--new-key")
    kept = searches.search(open_desk(path), search)
    assert (kept.name, kept.shared, kept.webhook) == ("Ports", True, HOOK)
    assert kept.key in changed.out
    assert kept.secret in changed.out
    assert onrecord("saved", "remove", path, search).status == 0
    assert onrecord("searches", path, "--format", "json").rows == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("saved", "make", "{}", "X", "--owner", "Ada"), "asks for nothing"), (("saved", "remove", "{}", "nothing"), "no search"),
        (("saved", "make", "{}", "X", "--owner", "Ada", "--query", "dyads", "--actor", "BOR"), "cannot be saved"),
        (("digest", "{}", "--since", "yesterday"), "no date"), (("digest", "{}", "-o", "digest.pdf"), "format"),
    ],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_is_refused(onrecord: Any, path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = onrecord(*(path if a == "{}" else a for a in arguments))
    assert done.status == 2
    assert says in done.err


def test_a_digest_tells_what_is_new_once(onrecord: Any, path: Path, search: str, tmp_path: Path) -> None:
    assert " – 0 new" in onrecord("digest", path).out
    add(path, 4, 5)
    told = onrecord("digest", path, "--base", "https://desk.example/")
    assert " – 2 new" in told.out
    assert "- text harbour: its words hold “harbour”" in told.out
    assert told.out.count("](<https://desk.example/records/") == 2
    assert " – 0 new" in onrecord("digest", path).out, "told before"
    add(path, 7)
    page = tmp_path / "digest.html"
    assert onrecord("digest", path, "-o", page).status == 0
    text = page.read_text(encoding="utf-8")
    assert "· 1 new" in text
    assert "<script" not in text
    assert not re.findall(r"""(?:src|href)=["']?(?!https://)""", text)
    assert " – 0 new" in onrecord("digest", path).out


def test_a_digest_since_a_day_tells_again_and_forgets_nothing(onrecord: Any, path: Path, search: str) -> None:
    add(path, 4, 5)
    assert " – 2 new" in onrecord("digest", path, "--since", "2020").out
    assert " – 0 new" in onrecord("digest", path, "--since", "2999").out
    assert " – 2 new" in onrecord("digest", path).out


def test_words_of_reports_are_no_markup(onrecord: Any, path: Path, search: str) -> None:
    onrecord("saved", "change", path, search, "--name", "<b>[x](http://evil.example)")
    add(path, 4)
    text = onrecord("digest", path, "--since", "2020").out
    assert "<b>" not in text.replace("\\<b", "")
    assert "[x](" not in text


def test_news_of_a_search_is_listed_with_reasons(onrecord: Any, path: Path, search: str) -> None:
    add(path, 4)
    (row,) = onrecord("saved", "news", path, search, "--format", "json").rows
    assert row["why"].startswith("text harbour: its words hold “harbour”; added 2")


def test_what_is_new_is_posted_once_and_signed(onrecord: Any, path: Path, search: str) -> None:
    onrecord("saved", "change", path, search, "--webhook", HOOK)
    hook = Webhook()
    add(path, 4, 5)
    assert telling.post(path, hook)
    assert telling.post(path, hook)
    ((body, headers),) = hook.taken
    kept = searches.search(open_desk(path), search)
    assert headers["X-Onrecord-Signature"] == "sha256=" + hmac.new(kept.secret.encode(), hook.bytes, hashlib.sha256).hexdigest()
    assert body["search"] == {"id": search, "name": "Harbour", "query": "positions", "filter": {"text": "harbour"}}
    assert len(body["entries"]) == 2
    assert all(entry["why"] for entry in body["entries"])


@pytest.mark.parametrize("answer", [500, 302, FetchError("hook.example: the host does not answer", code="unreachable")], ids=str)
def test_what_was_not_taken_is_posted_the_next_time(onrecord: Any, path: Path, search: str, answer: int | FetchError) -> None:
    onrecord("saved", "change", path, search, "--webhook", HOOK)
    hook, said = Webhook(), []
    add(path, 4)
    hook.answer = answer
    assert not telling.post(path, hook, say=lambda name, what: said.append((name, what)))
    assert said[0][0] == "Harbour"
    assert "again" in said[0][1]
    add(path, 5)
    hook.answer = 200
    assert telling.post(path, hook)
    assert len(hook.ids) == len(set(hook.ids)) == 2


def test_what_was_withdrawn_meanwhile_is_not_posted(onrecord: Any, path: Path, search: str) -> None:
    onrecord("saved", "change", path, search, "--webhook", HOOK)
    add(path, 4, 5)
    first, second = (row["id"] for row in onrecord("saved", "news", path, search, "--format", "json").rows)
    reject(path, first)
    hook = Webhook()
    assert telling.post(path, hook)
    assert hook.ids == [second]


def test_many_are_posted_in_order_and_in_parts(onrecord: Any, path: Path, search: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_POSTED", 2)
    onrecord("saved", "change", path, search, "--webhook", HOOK)
    add(path, *range(3, 8))
    hook = Webhook()
    assert telling.post(path, hook)
    newest_first = [row["id"] for row in onrecord("saved", "news", path, search, "--format", "json").rows]
    assert hook.ids == newest_first[::-1]
    assert len({headers["X-Onrecord-Delivery"] for _, headers in hook.taken}) == len(hook.taken) > 1


def test_a_webhook_inside_the_network_is_not_asked(onrecord: Any, path: Path, search: str) -> None:
    onrecord("saved", "change", path, search, "--webhook", "http://127.0.0.1:8080/x")
    add(path, 4)
    done = onrecord("digest", path, "--post")
    assert done.status == 6
    assert "not on the public internet" in done.err
    assert "allow it by name with --allow-private" in done.err
