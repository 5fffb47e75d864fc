"""Records as W3C Web Annotations (JSON-LD): a selector for the words, bodies for what was read from them. Reads no store.

Model: Web Annotation Data Model, W3C Recommendation of 23 February 2017. Its positions count Unicode code points (sections 4.2.4 and 4.2.5), as
ours do, so that ``start`` and ``end`` are taken over as they are. They count in the text of the report as it was taken in, which is the resource that
a position is said of; the page that it came from has other offsets, and is a second place where only the quoted words are looked for.

Every annotation has the whole record as one of its bodies, in JSON: nothing is lost (:func:`record_of` reads it back).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, BinaryIO, cast
from urllib.parse import quote, urlsplit

from onrecord.export.rows import json_line
from onrecord.model import ActorRef, Document, Event, Participant, Position, Record, Relation, Statement, from_dict, to_dict
from onrecord.query.rows import timeline_row

NAME = "web-annotation"
"""The format, by name."""
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
AROUND = 32
"""Code points of text before and behind the quoted words."""
MOTIVATION = {"statement": "describing", "event": "classifying", "position": "classifying", "relation": "classifying"}
"""Why a record was made, in the vocabulary of the model: who said the words is described, the others are given codes."""
REVIEWER = "review"
"""The extractor of records that people corrected or added."""
WIKIDATA = "http://www.wikidata.org/entity/"
NAMES = "urn:onrecord:"
"""What names begin with where no server gives addresses."""


@dataclass(frozen=True, slots=True)
class Names:
    """How things are named: ``base`` is the address of an API with the slash at its end, or what stands for one."""

    base: str = NAMES

    def annotation(self, record_id: str) -> str:
        """A record as an annotation."""
        return f"{self.base}annotations/{record_id}"

    def text(self, document_id: str) -> str:
        """The text of a report, in which offsets count."""
        return f"{self.base}documents/{document_id}/text"

    def collection(self, document_id: str) -> str:
        """All annotations of a report."""
        return f"{self.base}documents/{document_id}/annotations"

    def actor(self, actor: ActorRef) -> str:
        """An actor: Wikidata's item, else a name of our own."""
        return WIKIDATA + actor.id if actor.id[:1] == "Q" and actor.id[1:].isdigit() else f"{NAMES}actors/{quote(actor.id, safe='')}"


def annotation(record: Record, document: Document, names: Names = Names()) -> dict[str, Any]:
    """A record of ``document`` as an annotation of its words."""
    return {
        "@context": CONTEXT,
        "id": names.annotation(record.id),
        "type": "Annotation",
        "motivation": MOTIVATION[record.kind],
        "creator": {"type": "Person" if record.extractor == REVIEWER else "Software", "name": record.extractor or "unknown"},
        "generator": {"type": "Software", "name": "onrecord", "schema:softwareVersion": version("onrecord")},
        "body": [*_bodies(record, document, names)],
        "target": [*_targets(record, document, names)],
    }


def record_of(found: dict[str, Any]) -> Record:
    """The record that an annotation of ours was made of. Raises SchemaError where it is none."""
    values = [body["value"] for body in found["body"] if body.get("format") == "application/json"]
    return cast(Record, from_dict(Statement, json.loads(values[0])))


def _bodies(record: Record, document: Document, names: Names) -> Iterator[dict[str, Any]]:
    row = timeline_row(record, document)
    told = " · ".join(
        x for x in (row.kind, "; ".join(row.actor), row.type, row.stance, row.form, row.status, row.issue, "; ".join(row.about), row.date) if x
    )
    yield {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": told}
    for code in _codes(record):
        yield {"type": "TextualBody", "purpose": "tagging", "value": code}
    for actor in {p.actor.id: p.actor for p in _participants(record) if p.actor}.values():
        yield {"type": "SpecificResource", "purpose": "identifying", "source": {"id": names.actor(actor), "schema:name": actor.name}}
    yield {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": json_line(to_dict(record))}


def _codes(record: Record) -> Iterator[str]:
    """The codes of a record, the most telling first."""
    if isinstance(record, Statement):
        yield record.form
    elif isinstance(record, Event):
        yield record.type
        yield from (f"{record.type}/{mode}" for mode in (record.mode,) if mode)
        yield from record.contexts
        yield record.status
    elif isinstance(record, Position):
        yield record.stance
        yield from (issue.id for issue in (record.issue,) if issue)
    else:
        yield record.type
        yield record.status


def _participants(record: Record) -> Iterator[Participant]:
    """Who takes part, those who act first, relays last."""
    if isinstance(record, Statement):
        yield from (record.speaker, *record.addressees)
    elif isinstance(record, Event):
        yield from (*record.actors, *record.recipients)
    elif isinstance(record, Position):
        yield from (record.holder, *(p for p in (record.target.actor,) if p))
    elif isinstance(record, Relation):
        yield from (record.subject, record.object)
    yield from record.via


def _targets(record: Record, document: Document, names: Names) -> Iterator[dict[str, Any]]:
    """The words in the text of the report, and on the page it came from, where that has an address."""
    words, text = record.evidence, document.text
    quoted = {
        "type": "TextQuoteSelector",
        "exact": words.text,
        "prefix": text[max(0, words.start - AROUND) : words.start],
        "suffix": text[words.end : words.end + AROUND],
    }
    place = {"type": "TextPositionSelector", "start": words.start, "end": words.end}
    facts = {"dcterms:title": document.title, "dcterms:publisher": document.publisher, "dcterms:issued": document.published}
    source = {"id": names.text(document.id), "type": "Text", "format": "text/plain", "language": document.language, **facts}
    yield {"type": "SpecificResource", "source": {k: v for k, v in source.items() if v is not None}, "selector": [place, quoted]}
    if _is_address(document.url):
        yield {"type": "SpecificResource", "source": document.url, "selector": quoted}


def _is_address(url: str | None) -> bool:
    """Whether it is an address of the web, which may be the id of something in JSON-LD."""
    if url is None or not url.isprintable() or any(c in url for c in ' <>"{}|\\^`'):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def page(ident: str, inside: str, items: Sequence[dict[str, Any]], start: int, **around: str) -> dict[str, Any]:
    """A page of a collection: ``items`` from number ``start`` on; ``around``: the ids of the pages ``next`` and ``prev``, where there are such."""
    bare = [{k: v for k, v in item.items() if k != "@context"} for item in items]
    return {"@context": CONTEXT, "id": ident, "type": "AnnotationPage", "partOf": inside, "startIndex": start, **around, "items": bare}


def collection(ident: str, label: str, total: int, first: str, last: str) -> dict[str, Any]:
    """A collection of ``total`` annotations, its pages named by their ids."""
    return {"@context": CONTEXT, "id": ident, "type": "AnnotationCollection", "label": label, "total": total, "first": first, "last": last}


class Annotations:
    """A file of annotations: one page with all of them, which any loader of JSON-LD reads. Fed one by one."""

    def __init__(self, handle: BinaryIO, ident: str = f"{NAMES}annotations") -> None:
        self._handle = handle
        self._rows = 0
        head = json_line({"@context": CONTEXT, "id": ident, "type": "AnnotationPage", "startIndex": 0})
        handle.write(f'{head[:-1]},"items":['.encode())

    def feed(self, found: dict[str, Any]) -> None:
        """Write one annotation."""
        item = json_line({k: v for k, v in found.items() if k != "@context"})
        self._handle.write(f"{',' if self._rows else ''}\n{item}".encode())
        self._rows += 1

    def finish(self) -> int:
        """Write the end, and return how many there are."""
        self._handle.write(b"\n]}\n")
        return self._rows
