"""What reviewers decided, as gold in the form that scorers of whole records read: one JSON file, and a text file for each report.

A report is gold where a decision counts on every one of its records, and neither a record nor which of its events are one is disputed. What is left
out is listed with its reason. Links between reports have no place in the form.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.across.joined import SAME_EVENT, Joined
from onrecord.errors import StoreError
from onrecord.model import Document, Event, Participant, Position, Reading, Relation, Span, Statement, to_dict
from onrecord.query.headings import heading
from onrecord.query.links import disputed_pairs
from onrecord.store import View

_INTERNATIONAL = (("IGO", "IGO"), ("JRN", "MED"), ("MED", "MED"), ("NGO", "NGO"))
"""Sectors of those who act for no state, and what their code begins with."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A report that somebody began to review and that is no gold, and why. ``heading``: its title or first words, "" where it is gone."""

    document_id: str
    heading: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gold:
    """``documents``: plain data, one for each report that is gold; ``texts`` by file name; ``reviewers`` who decided on them."""

    documents: tuple[dict[str, Any], ...]
    texts: dict[str, str]
    reviewers: tuple[str, ...]
    left_out: tuple[LeftOut, ...]

    def write(self, folder: Path) -> None:
        """Write ``gold.json`` and the texts into a folder, made where there is none. Raises StoreError where that fails."""
        data = {
            "version": "1.0",
            "made": "decided record by record by " + (", ".join(self.reviewers) or "nobody"),
            "offsets": "Unicode code points, end-exclusive",
            "documents": list(self.documents),
        }
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in self.texts.items():
                (folder / name).write_text(text, encoding="utf-8", newline="")
            (folder / "gold.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="")
        except OSError as error:
            raise StoreError(f"cannot write {folder}: {error.strerror or error}", hint="check the folder, its permissions and the disk") from error


def gold(view: View) -> Gold:
    """All reports of a store that are gold."""
    same = Joined.of(view, *SAME_EVENT)
    disputed = [ends for ends, kind in disputed_pairs(view) if kind in SAME_EVENT]
    documents, texts, reviewers, left_out = [], {}, set(), []
    for document_id in sorted({r.document_id for r in view.reviewed() if r.state != "orphan"}):
        reading = view.reading(document_id)
        reason = _lacks(view, reading, disputed)
        if reason:
            left_out.append(LeftOut(document_id, heading(reading.document), reason))
            continue
        documents.append(_document(view, reading, same))
        texts[f"{document_id}.txt"] = reading.document.text
        reviewers |= {d.by for d in view.decisions(document_id=document_id)}
    left_out += [LeftOut(i, "", "the report is no longer in the store") for i in sorted({r.document_id for r in view.reviewed(state="orphan")})]
    return Gold(tuple(documents), texts, tuple(sorted(reviewers)), tuple(left_out))


def _lacks(view: View, reading: Reading, pairs: Iterable[frozenset[str]]) -> str:
    """Why a report is no gold; an empty text where it is. ``pairs``: the links on which people differ."""
    reviewed = {r.record_id: r.state for r in view.reviewed(document_id=reading.document.id)}
    disputed = sum(state == "disputed" for state in reviewed.values())
    undecided = sum(record.id not in reviewed for record in reading.records)
    events = {event.id for event in reading.events}
    unclear = sum(pair <= events for pair in pairs)
    if "\r" in reading.document.text:
        return "its text has line ends that the form cannot keep"
    return "; ".join(
        f"{count} {what}" for count, what in ((disputed, "disputed"), (undecided, "undecided"), (unclear, "disputed whether one event")) if count
    )


def _document(view: View, reading: Reading, same: Joined) -> dict[str, Any]:
    document = reading.document
    rejected = (view.machine(r.record_id) for r in view.reviewed(document_id=document.id) if r.state == "rejected")
    return {
        "doc_id": document.id,
        "file": f"{document.id}.txt",
        "n_chars": len(document.text),
        "published": document.published,
        "publisher": document.publisher,
        "attributions": [_attribution(s) for s in reading.statements],
        "positions": [_position(p) for p in reading.positions],
        "events": list(_events(reading.events, same)),
        "relations": [_relation(r) for r in reading.relations],
        "negatives": [
            {"id": r.id, "must_not": f"record this {r.kind}: {to_dict(r)}", "evidence": to_dict(r.evidence)} for r in rejected if r is not None
        ],
        "document": _about(document),
    }


def _about(document: Document) -> dict[str, Any]:
    return {"headline": document.title, "language": document.language, "publication_date": document.published}


def _attribution(s: Statement) -> dict[str, Any]:
    return {
        "id": s.id,
        "speaker": code(s.speaker),
        "source": _span(s.speaker.mention),
        "cue": _span(s.cue),
        "content": to_dict(s.content),
        "type": s.form,
        "reporting_chain": _chain(s.via),
        "nested_in": s.nested_in,
        "optional": False,
    }


def _position(p: Position) -> dict[str, Any]:
    target = p.target
    return {
        "id": p.id,
        "holder": code(p.holder),
        "holder_actor": p.holder.actor.country if p.holder.actor and p.holder.actor.country else code(p.holder),
        "target": target.span.text if target.span else code(target.actor) if target.actor else None,
        "target_type": target.kind,
        "issue": p.issue.id if p.issue else None,
        "polarity": p.stance,
        "evidence": to_dict(p.evidence),
        "attribution_ids": [p.statement_id] if p.statement_id else [],
        "on_report_of": _chain(p.via)[0],
        "date": to_dict(p.date),
        "optional": False,
    }


def _events(events: Iterable[Event], same: Joined) -> Iterator[dict[str, Any]]:
    """Mentions of one event name the first of them; what did not happen is neither asked for nor a false alarm."""
    first: dict[str, str] = {}
    for e in events:
        told = first.setdefault(same.first(e.id), e.id)
        yield {
            "id": e.id,
            "actor": [code(p) for p in e.actors],
            "event_type": e.type,
            "mode": e.mode,
            "recipient": [code(p) for p in e.recipients],
            "context": list(e.contexts),
            "status": e.status,
            "date": to_dict(e.date),
            "place": to_dict(e.place),
            "evidence": to_dict(e.evidence),
            "on_report_of": _chain(e.via)[0],
            "same_event_as": None if told == e.id else told,
            "alternative_codings": [],
            "optional": e.status == "negated",
        }


def _relation(r: Relation) -> dict[str, Any]:
    return {
        "id": r.id,
        "subject": code(r.subject),
        "relation": r.type,
        "object": code(r.object),
        "directed": r.directed,
        "since": r.since,
        "status": r.status,
        "detail": r.detail,
        "evidence": to_dict(r.evidence),
        "on_report_of": _chain(r.via)[0],
        "optional": False,
    }


def code(participant: Participant) -> str:
    """Who somebody is in the gold's way: "RUR", "RUR:AnaLund", "IGO:LeagueofStraits"; UNSPEC with the words where nobody was resolved."""
    actor = participant.actor
    if actor is None:
        return _joined("UNSPEC", participant.mention.text if participant.mention else "")
    if actor.country:
        return actor.country if actor.kind == "state" else _joined(actor.country, actor.name)
    head = next((head for sector, head in _INTERNATIONAL if sector in actor.sectors), "ORG")
    return _joined(head, actor.name)


def _joined(head: str, name: str) -> str:
    plain = "".join(filter(str.isalnum, name))
    return f"{head}:{plain}" if plain else head


def _chain(via: Iterable[Participant]) -> list[str]:
    return [code(p) for p in via] or ["document"]


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else dict(to_dict(span))
