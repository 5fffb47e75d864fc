"""The page of reviews: who may use it, one post for each decision, corrections and additions by form, disputes, and what it shows."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord import app
from onrecord.model import Document, Reading, document_id
from onrecord.query import Filter, queue
from onrecord.store import open_store
from store.builders import ACTORS, position, statement
from store.builders import who as somebody
from web.visiting import Tokens, bearer, signed_in


@pytest.fixture
def ben(own_client: TestClient, own_tokens: Tokens) -> Any:
    """A reviewer's requests."""
    return As(own_client, own_tokens.reviewer)


@pytest.fixture
def dora(own_client: TestClient, own_tokens: Tokens) -> Any:
    return As(own_client, own_tokens.second)


@pytest.fixture
def cleo(own_client: TestClient, own_tokens: Tokens) -> Any:
    return As(own_client, own_tokens.admin)


class As:
    """Requests of one person."""

    def __init__(self, client: TestClient, token: str) -> None:
        self.client, self.headers = client, bearer(token)

    def get(self, path: str, **params: str) -> str:
        answer = self.client.get(path, params=params, headers=self.headers)
        assert answer.status_code == 200, answer.text[-600:]
        return unescape(answer.text)

    def post(self, path: str, **fields: str) -> Any:
        return self.client.post(path, data=fields, headers=self.headers)

    def decide(self, record: str, choice: str, **fields: str) -> str:
        answer = self.post("/review/decide", record=record, choice=choice, **fields)
        assert answer.status_code == 303, answer.text[-600:]
        return str(answer.headers["location"])


def first(path: Path, kind: str = "position") -> Any:
    with open_store(path) as store, store.view() as view:
        return next(iter(queue(view, Filter(kind=kind)))).record


def state(path: Path, record_id: str) -> str:
    with open_store(path) as store, store.view() as view:
        return next((r.state for r in view.reviewed(record_id=record_id)), "undecided")


def form(page: str, name: str = "edit") -> dict[str, str]:
    """The fields of a form as a browser would send them."""
    text = re.search(rf'<form id="{name}".*?</form>', page, re.DOTALL)
    assert text is not None
    sent = {m[1]: m[2] for m in re.finditer(r'<input (?!type="checkbox")[^>]*?name="([^"]+)" value="([^"]*)"', text[0])}
    for m in re.finditer(r'<select[^>]* name="([^"]+)">(.*?)</select>', text[0], re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected>', m[2]) or re.search(r'<option value="([^"]*)"', m[2])
        sent[m[1]] = chosen[1] if chosen else ""
    return sent | {m[1]: "yes" for m in re.finditer(r'<input type="checkbox"[^>]* name="([^"]+)"[^>]* checked', text[0])}


class TestWhoMay:
    @pytest.mark.parametrize("path", ["/review", "/review/decisions", "/review/agreement"])
    def test_only_reviewers_see_it(self, own_client: TestClient, own_tokens: Tokens, path: str) -> None:
        assert own_client.get(path).status_code == 401
        assert own_client.get(path, headers=bearer(own_tokens.reader)).status_code == 403
        assert own_client.get(path, headers=bearer(own_tokens.reviewer)).status_code == 200

    @pytest.mark.parametrize("path", ["decide", "correct", "add", "undo", "pair"])
    def test_only_reviewers_decide(self, own_client: TestClient, own_tokens: Tokens, own_store: Path, path: str) -> None:
        fields = {"record": first(own_store).id, "choice": "accept"}
        assert own_client.post(f"/review/{path}", data=fields).status_code == 401
        assert own_client.post(f"/review/{path}", data=fields, headers=bearer(own_tokens.reader)).status_code == 403
        assert state(own_store, fields["record"]) == "undecided"

    def test_a_browser_must_send_its_secret(self, own_client: TestClient, own_tokens: Tokens, own_store: Path) -> None:
        fields = {"record": first(own_store).id, "choice": "accept"}
        secret = signed_in(own_client, own_tokens.reviewer)
        assert own_client.post("/review/decide", data=fields).status_code == 403
        assert own_client.post("/review/decide", data={**fields, "csrf": secret}).status_code == 303
        assert state(own_store, fields["record"]) == "accepted"

    def test_nobody_signs_for_somebody_else(self, ben: As, own_store: Path) -> None:
        record = first(own_store)
        ben.decide(record.id, "accept", by="Dora")
        with open_store(own_store) as store, store.view() as view:
            assert [d.by for d in view.decisions()] == ["Ben"]


class TestQueue:
    def test_the_least_sure_record_is_at_hand_with_its_words(self, ben: As, own_store: Path) -> None:
        with open_store(own_store) as store, store.view() as view:
            record = next(iter(queue(view))).record
        page = ben.get("/review")
        words = re.search(r'<div class="text" id="words"[^>]*data-start="(\d+)"[^>]*>(.*?)</div>', page, re.DOTALL)
        assert words is not None
        shown = re.sub(r"<[^>]+>", "", words[2])
        assert shown[record.evidence.start - int(words[1]) :].startswith(record.evidence.text)
        assert f'value="{record.id}"' in page

    def test_it_is_filtered_as_every_list_is(self, ben: As) -> None:
        page = ben.get("/review", kind="event", type="CONSULT")
        kinds = re.findall(r'<span class="kind k-(\w+)">', page)
        assert set(kinds) == {"event"}

    def test_an_empty_queue_says_so(self, ben: As) -> None:
        assert "Nothing waits here." in ben.get("/review", state="disputed")

    def test_what_a_form_leaves_empty_is_no_part_of_the_address(self, ben: As) -> None:
        answer = ben.client.get("/review?kind=&issue=&state=undecided&type=CONSULT", headers=ben.headers)
        assert (answer.status_code, answer.headers["location"]) == (303, "/review?state=undecided&type=CONSULT")

    @pytest.mark.parametrize("query", ["record=ffff", "kind=opinion", "nonsense=1", "edit=correct&record=ffff", "after=ffff"])
    def test_what_makes_no_sense_is_said(self, ben: As, query: str) -> None:
        assert ben.client.get(f"/review?{query}", headers=ben.headers).status_code in (400, 404)


class TestDeciding:
    def test_a_decision_brings_the_next_record(self, ben: As, own_store: Path) -> None:
        page = ben.get("/review", kind="position")
        sent = form(page, "decide")
        where = ben.post("/review/decide?kind=position", **{**sent, "choice": "reject", "note": "no"}).headers["location"]
        assert where == f"/review?kind=position&record={sent['next']}"
        assert state(own_store, sent["record"]) == "rejected"
        assert "1 of about" in ben.get("/review")

    def test_orphans_are_listed_with_the_decisions_on_them(self, ben: As) -> None:
        assert "<option>orphan</option>" in ben.get("/review")
        answer = ben.client.get("/review?state=orphan&kind=position", headers=ben.headers)
        assert (answer.status_code, answer.headers["location"]) == (302, "/review/decisions?kind=position&state=orphan")
        assert "<option selected>orphan</option>" in ben.get("/review/decisions", state="orphan")

    def test_undo_withdraws_the_last_and_then_the_one_before(self, ben: As, own_store: Path) -> None:
        page = ben.get("/review")
        ids = list(dict.fromkeys(re.findall(r"record=(\w{20})", page)))[:2]
        for record in ids:
            ben.decide(record, "reject")
        for record in reversed(ids):
            assert ben.post("/review/undo", x="").headers["location"] == f"/review?record={record}"
            assert state(own_store, record) == "undecided"
        assert ben.post("/review/undo", x="").status_code == 400

    def test_a_rejected_record_can_still_be_looked_at(self, ben: As, own_store: Path) -> None:
        record = first(own_store)
        ben.decide(record.id, "reject", note="<script>alert(1)</script>")
        page = ben.client.get(f"/review?record={record.id}", headers=ben.headers).text
        assert "rejected" in page
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page

    @pytest.mark.parametrize("fields", [{}, {"choice": "accept"}, {"record": "ffff", "choice": "accept"}, {"choice": "burn"}])
    def test_what_cannot_be_decided_is_refused(self, ben: As, own_store: Path, fields: dict[str, str]) -> None:
        record = {} if "record" in fields or not fields or fields == {"choice": "accept"} else {"record": first(own_store).id}
        assert ben.post("/review/decide", **{"x": "", **record, **fields}).status_code in (400, 404)


class TestCorrecting:
    def test_a_form_sent_back_as_it_was_changes_nothing(self, ben: As, own_store: Path) -> None:
        for kind in ("statement", "event", "position", "relation"):
            record = first(own_store, kind)
            sent = form(ben.get("/review", record=record.id, edit="correct"))
            answer = ben.post(f"/review/correct?edit=correct&record={record.id}", **sent)
            assert answer.status_code == 422
            assert "has to say what should be otherwise" in answer.text

    def test_a_correction_is_kept_and_shown_beside_what_the_machine_reads(self, ben: As, own_store: Path) -> None:
        record = first(own_store)
        sent = form(ben.get("/review", record=record.id, edit="correct"))
        wanted = "oppose" if record.stance == "support" else "support"
        assert ben.post("/review/correct", **{**sent, "stance": wanted, "note": "it says so"}).status_code == 303
        with open_store(own_store) as store, store.view() as view:
            assert view.record(record.id).stance == wanted  # type: ignore[union-attr]
        page = ben.get("/review", record=record.id)
        assert f"<td>{record.stance}</td><td>{wanted}</td>" in page
        assert "it says so" in page

    def test_what_is_wrong_comes_back_with_all_that_was_typed(self, ben: As, own_store: Path) -> None:
        record = first(own_store)
        sent = form(ben.get("/review", record=record.id, edit="correct"))
        typed = {**sent, "holder.who": "Nobody & Sons", "note": "a <b>note</b>"}
        for more, status in (({}, 422), ({"HX-Request": "true"}, 200)):
            answer = ben.client.post(f"/review/correct?edit=correct&record={record.id}", data=typed, headers={**ben.headers, **more})
            assert answer.status_code == status
            assert "nobody known is called" in answer.text
            assert 'value="Nobody &amp; Sons"' in answer.text
            assert 'value="a &lt;b&gt;note&lt;/b&gt;"' in answer.text

    def test_a_record_is_added_by_its_form(self, ben: As, own_store: Path) -> None:
        record = first(own_store)
        words = record.evidence.text
        fields = {"document": record.document_id, "holder.who": "Borduria (state, BOR)", "stance": "neutral", "target.span.at": words}
        fields |= {"target.kind": "issue", "strength": "1", "evidence.at": f"{record.evidence.start}-{record.evidence.end}"}
        answer = ben.post("/review/add?of=position", **fields)
        assert answer.status_code == 303, answer.text[-800:]
        added = answer.headers["location"].partition("record=")[2]
        assert state(own_store, added) == "added"
        assert "Borduria" in ben.get("/review", record=added)

    def test_a_form_to_add_is_there_for_every_kind(self, ben: As, own_store: Path) -> None:
        for kind in ("statement", "event", "position", "relation"):
            page = ben.get("/review", document_id=first(own_store).document_id, edit="add", of=kind)
            assert f"Add a {kind}" in page
            assert 'name="evidence.at"' in page


class TestTwoReviewers:
    def test_a_dispute_is_shown_side_by_side_and_settled_by_a_third(self, ben: As, dora: As, cleo: As, own_store: Path) -> None:
        record = first(own_store)
        ben.decide(record.id, "accept")
        dora.decide(record.id, "reject", note="nobody said so")
        assert state(own_store, record.id) == "disputed"
        page = ben.get("/review", state="disputed")
        assert "nobody said so" in page
        assert "Disputed (1)" in page
        assert "Settle it" not in page  # he is a party
        assert "Settle it: Dora is right" in cleo.get("/review", state="disputed")
        cleo.decide(record.id, "agree", like="Dora", settles="yes")
        assert state(own_store, record.id) == "rejected"

    def test_a_party_does_not_settle_it(self, ben: As, dora: As, own_store: Path) -> None:
        record = first(own_store)
        ben.decide(record.id, "accept")
        dora.decide(record.id, "reject")
        answer = ben.post("/review/decide", record=record.id, choice="agree", like="Ben", settles="yes")
        assert answer.status_code == 400
        assert "is a party to the dispute" in answer.text

    def test_a_second_review_leaves_out_ones_own_and_folds_away_the_others(self, ben: As, dora: As, own_store: Path) -> None:
        record = first(own_store)
        ben.decide(record.id, "accept", note="clear")
        assert "Nothing waits here." in ben.get("/review", state="decided", by="Ben")
        page = dora.get("/review", state="decided", by="Dora")
        assert record.id in page
        assert "folded away so that you can judge by yourself" in page

    def test_decisions_and_agreement_are_listed(self, ben: As, dora: As, own_store: Path) -> None:
        assert "Nothing was decided here." in ben.get("/review/decisions")
        assert "No record was decided on by two reviewers yet." in ben.get("/review/agreement")
        record = first(own_store)
        ben.decide(record.id, "accept")
        dora.decide(record.id, "accept")
        assert ben.get("/review/decisions").count("<td>Ben</td>") == 1
        assert "100 %" in ben.get("/review/agreement", kind="position")


class TestPairs:
    def test_records_are_merged_and_split(self, ben: As, own_store: Path) -> None:
        with open_store(own_store) as store, store.view() as view:
            left, right = (e.id for e in list(view.records("event"))[:2])
        assert ben.post("/review/pair", record=left, other=right[:12], type="same-event", verdict="accept").status_code == 303
        assert f'value="{right}"' in ben.get("/review", record=left)
        ben.post("/review/pair", record=left, other=right, type="same-event", verdict="reject")
        with open_store(own_store) as store, store.view() as view:
            judged = [k for k in view.links([left]) if k.by == "Ben" and right in (k.left, k.right)]
            assert sorted(k.judgement for k in judged) == ["negative", "positive"]

    def test_a_dispute_on_a_link_is_listed_and_settled(self, ben: As, dora: As, cleo: As, own_store: Path) -> None:
        with open_store(own_store) as store, store.view() as view:
            left, right = (e.id for e in list(view.records("event"))[:2])
        same = {"record": left, "other": right, "type": "same-event"}
        ben.post("/review/pair", **same, verdict="accept", note="one meeting")
        assert "Disputed (" not in ben.get("/review")
        dora.post("/review/pair", **same, verdict="reject")
        assert "Disputed (1)" in ben.get("/review")
        page = cleo.get("/review", state="disputed")
        assert "yes by Ben (one meeting); no by Dora" in page
        assert "Settle it: yes" in page
        page = ben.get("/review", state="disputed")
        assert "I say: yes" in page  # he is a party: he may only change sides
        assert "Settle it" not in page
        assert ben.post("/review/pair", **same, verdict="accept", settles="yes").status_code == 400
        assert cleo.post("/review/pair", **same, verdict="reject", settles="yes", next="").headers["location"] == "/review"
        assert "Disputed links" not in ben.get("/review", state="disputed")
        page = ben.get("/review", record=left)
        assert "rejected" in page
        assert "no by Cleo, who settled it" in page
        assert "settle it:" not in page
        assert "same-event" in ben.get("/review/agreement", kind="link")

    def test_one_line_for_each_pair_with_all_that_is_said_of_it(self, ben: As, dora: As, own_store: Path) -> None:
        with open_store(own_store) as store, store.view() as view:
            left, right = (e.id for e in list(view.records("event"))[:2])
        for who, verdict in ((ben, "accept"), (ben, "reject"), (dora, "unsure")):
            who.post("/review/pair", record=left, other=right, type="same-event", verdict=verdict)
        page = ben.get("/review", record=left)
        assert page.count(f'name="other" value="{right}"') == 1
        assert "no by Ben; unsure by Dora" in page

    def test_undo_takes_back_a_merge_before_the_decision_that_came_first(self, ben: As, own_store: Path) -> None:
        record = first(own_store)
        ben.decide(record.id, "reject")
        with open_store(own_store) as store, store.view() as view:
            left, right = (e.id for e in list(view.records("event"))[:2])
        ben.post("/review/pair", record=left, other=right, type="same-event", verdict="accept")
        assert ben.post("/review/undo", x="").headers["location"] in {f"/review?record={left}", f"/review?record={right}"}
        assert "yes by Ben" not in ben.get("/review", record=left)
        assert ben.post("/review/undo", x="").headers["location"] == f"/review?record={record.id}"
        assert ben.post("/review/undo", x="").status_code == 400


HOSTILE = '<img src=x onerror=alert(1)> 🕊️ \u202eobert\' "says" &amp; {{ 7 * 7 }}'


def test_hostile_text_stays_text(own_store: Path, ben: As) -> None:
    """Titles, words, names and notes with markup are shown as they are, and offsets behind emoji hold."""
    text = f"{HOSTILE}\nAna Lund backs {HOSTILE}."
    doc = Document(document_id(text, HOSTILE, None), text, title=HOSTILE, publisher=HOSTILE)
    said = statement(doc, somebody(doc, "Ana Lund", "Lund"), f"backs {HOSTILE}")
    held = position(doc, somebody(doc, "Ana Lund", "Lund"), "support", HOSTILE, confidence=0.01)
    with open_store(own_store) as store, store.writer() as w:
        w.add(Reading(doc, (said,), positions=(held,)), "hostile.txt", "run-x")
    app.decide(own_store, held.id, "accept", by=f"Eve {HOSTILE}".replace("\u202e", ""), note=HOSTILE)
    for query in (f"record={held.id}", f"record={held.id}&edit=correct", f"record={said.id}&edit=add&of=event", "state=accepted"):
        page = ben.client.get(f"/review?{query}", headers=ben.headers).text
        assert "<img" not in page
        assert "&lt;img" in page
    assert "<img" not in ben.client.get("/review/decisions", headers=ben.headers).text
    assert ACTORS["Lund"].name in ben.get("/review", record=held.id)
