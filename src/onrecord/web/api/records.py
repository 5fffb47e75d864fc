"""One record with all that explains it, one report with all that was read in it, its text, and both as annotations."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi import Path as Part
from fastapi import Query as Param

from onrecord.export.annotation import CONTEXT, MEDIA_TYPE, Names, annotation, collection, page
from onrecord.model import Document, Link, Reading, Record, to_dict
from onrecord.query import Shown
from onrecord.query.coding import Coding
from onrecord.query.headings import heading
from onrecord.query.rows import TimelineRow
from onrecord.query.show import Context, Ground, Relay, find
from onrecord.web.api.replies import answers, kept_by, operation, reply
from onrecord.web.api.schemas import Schema, closed, component, row, schema, shape
from onrecord.web.filters import address, check
from onrecord.web.serving import serving

router = APIRouter(tags=["records"])
PAGE = 100
"""Annotations on a page of them."""
RECORD, REPORT = "209d907d70b2cac5ff86", "033feccc18d5def1"
"""A record and a report of the samples, for examples."""
_LONGEST = 200
RecordId = Annotated[str, Part(max_length=_LONGEST, description="A record's id, or how it begins.", examples=[RECORD])]
DocumentId = Annotated[str, Part(max_length=_LONGEST, description="A report's id, or how it begins.", examples=[REPORT])]
EitherId = Annotated[str, Part(max_length=_LONGEST, description="A record's or a report's id, or how it begins.", examples=[RECORD])]
PageNumber = Annotated[int | None, Param(alias="page", ge=0, le=10**9, description="The page with this number, the first being 0.")]


def _shown() -> Schema:
    rows = {"type": "array", "items": row(TimelineRow)}
    return closed(
        {
            "record": schema(Record),
            "document": shape(Document, without=("text",)),
            "context": schema(Context),
            "chain": schema(tuple[Relay, ...]),
            **dict.fromkeys(("statements", "shown", "mentions", "answers", "answered"), rows),
            "links": schema(tuple[Link, ...]),
            "why": schema(tuple[Ground, ...]),
            "coding": schema(Coding | None),
        },
        Shown.__doc__,
    )


_JSON_LD: Schema = {"type": "object", "properties": {"@context": {"const": CONTEXT}, "id": {"type": "string"}, "type": {"type": "string"}}}


@operation(router, "/show/{id}", f"/show/{RECORD}", answers({"anyOf": [component("Shown", _shown), schema(Reading)]}, 404))
def show(request: Request, id: EitherId) -> Response:  # noqa: A002
    """One record and all that explains it. Its words where they stand, who relayed them, what hangs on it; of a report, all that was read in it."""
    check(request, ())
    with serving(request).view() as view:
        found = find(view, id)
        return reply(request, to_dict(found) if isinstance(found, Reading) else found.full())


@operation(router, "/documents/{id}", f"/documents/{REPORT}", answers(schema(Reading), 404))
def document(request: Request, id: DocumentId) -> Response:  # noqa: A002
    """A report with its text and all that was read in it: records, times, places, mentions, links, and what could not be read."""
    check(request, ())
    with serving(request).view() as view:
        return reply(request, to_dict(view.reading(id)))


@operation(router, "/documents/{id}/text", f"/documents/{REPORT}/text", answers({"type": "string"}, 404, media_type="text/plain"))
def text(request: Request, id: DocumentId) -> Response:  # noqa: A002
    """The text of a report. All offsets count its code points."""
    check(request, ())
    with serving(request).view() as view:
        found = view.document(id).text
    return Response(found.encode("utf-8", "replace"), media_type="text/plain; charset=utf-8", headers=kept_by(request))


@operation(router, "/annotations/{id}", f"/annotations/{RECORD}", answers(_JSON_LD, 404, media_type=MEDIA_TYPE), "annotation")
def one_annotation(request: Request, id: RecordId) -> Response:  # noqa: A002
    """A record as a W3C Web Annotation of its words. Positions are code points of the report's text; the whole record is one of the bodies."""
    check(request, ())
    with serving(request).view() as view:
        record = view.record(id)
        found = annotation(record, view.document(record.document_id), _names(request))
    return _json_ld(request, found, "Resource")


@operation(
    router, "/documents/{id}/annotations", f"/documents/{REPORT}/annotations?page=0", answers(_JSON_LD, 404, media_type=MEDIA_TYPE), "annotations"
)
def all_annotations(request: Request, id: DocumentId, number: PageNumber = None) -> Response:  # noqa: A002
    """All records of a report as W3C Web Annotations. The collection, which names its first and last page; with `page`, one of these."""
    check(request, ("page",))
    names = _names(request)
    with serving(request).view() as view:
        reading = view.reading(id)
    report, records = reading.document, reading.records
    whole = names.collection(report.id)
    last = max(0, len(records) - 1) // PAGE
    if number is None:
        label = f"What was read in: {heading(report)}"
        found = collection(whole, label, len(records), address(whole, page="0"), address(whole, page=last))
        return _json_ld(request, found, "BasicContainer")
    items = [annotation(record, report, names) for record in records[number * PAGE : (number + 1) * PAGE]]
    around = {name: address(whole, page=n) for name, n in (("prev", number - 1), ("next", number + 1)) if 0 <= n <= last}
    return _json_ld(request, page(address(whole, page=number), whole, items, number * PAGE, **around), "Resource")


def _names(request: Request) -> Names:
    return Names(f"{request.base_url}api/")


def _json_ld(request: Request, body: dict[str, Any], kind: str) -> Response:
    """As the Web Annotation Protocol wants it, as far as it is about reading."""
    return reply(request, body, media_type=MEDIA_TYPE, headers={"Link": f'<http://www.w3.org/ns/ldp#{kind}>; rel="type"', "Vary": "Accept"})
