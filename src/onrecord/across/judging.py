"""A person's judgement on a link, as a link of its own. Writes nothing; says what is unclear about which link is meant."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from onrecord.errors import QueryError
from onrecord.model import Link
from onrecord.model.links import Judgement, LinkType
from onrecord.store import View

Verdict = Literal["accept", "reject", "unsure"]
_MEANS: dict[Verdict, Judgement] = {"accept": "positive", "reject": "negative", "unsure": "unsure"}
OF_DOCUMENTS: tuple[LinkType, ...] = ("duplicate", "syndicated", "same-story")


def judgement(
    view: View,
    left: str,
    right: str,
    verdict: Verdict,
    *,
    by: str,
    type: LinkType | None,  # noqa: A002 - the link's own word
    note: str,
    at: datetime,
) -> Link:
    """The judgement that the link of ``type`` between two records or documents (ids, or how they begin) holds, does not, or is unclear.

    It keeps the direction of the link that it judges. Raises QueryError for an id that nothing has, an unsigned judgement, a link of something with
    itself, a type that does not fit the two, and where ``type`` is needed to say which link is meant.
    """
    if not by.strip():
        raise QueryError("a judgement has to be signed", hint="say --by NAME")
    ends = _whole(view, left), _whole(view, right)
    if ends[0] == ends[1]:
        raise QueryError(f"both ids are {ends[0]}", hint="name the two that are linked or not")
    of_documents = [_is_document(view, end) for end in ends]
    if of_documents[0] != of_documents[1]:
        raise QueryError("a record cannot be linked with a report", hint="name two records or two reports")
    found = [link for link in view.links(ends) if {link.left, link.right} == set(ends)]
    wanted = type or _only_type(found)
    if (wanted in OF_DOCUMENTS) != of_documents[0]:
        what = "two reports" if of_documents[0] else "two records"
        fitting = [t for t in get_args(LinkType) if (t in OF_DOCUMENTS) == of_documents[0]]
        raise QueryError(f"{wanted} does not hold between {what}", hint="one of " + ", ".join(fitting))
    first = next((link for link in found if link.type == wanted), None)
    if first is not None:
        ends = first.left, first.right
    return Link(*ends, wanted, _MEANS[verdict], 1.0, note, by.strip(), at.isoformat(timespec="microseconds"))


def _whole(view: View, given: str) -> str:
    """The id of a record or, if there is none, of a document. Raises QueryError, about records, where there is neither."""
    try:
        return view.record(given).id
    except QueryError as error:
        try:
            return view.document(given).id
        except QueryError:
            raise error from None


def _is_document(view: View, whole: str) -> bool:
    try:
        return view.document(whole).id == whole
    except QueryError:
        return False


def _only_type(found: list[Link]) -> LinkType:
    types = sorted({link.type for link in found})
    if len(types) == 1:
        return types[0]
    if not types:
        raise QueryError("nothing links the two yet", hint="say with --type which link you mean: " + ", ".join(get_args(LinkType)))
    raise QueryError("several links join the two", hint="say with --type which you mean: " + ", ".join(types))
