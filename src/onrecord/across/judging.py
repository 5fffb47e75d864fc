"""A person's judgement on a link, as a link of its own. Writes nothing; says what is unclear about which link is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from onrecord.errors import QueryError
from onrecord.model import Judged, Link
from onrecord.model.links import Judgement, LinkType
from onrecord.store import View
from onrecord.store.standing import Word, judged, judgements, may_settle

Verdict = Literal["accept", "reject", "unsure", "withdraw"]
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
    settles: bool = False,
    admin: bool = False,
) -> Judged:
    """The judgement that the link of ``type`` between two records or documents (ids, or how they begin) holds, does not, or is unclear.

    ``withdraw`` takes back what the same person said of it. ``settles``: it ends a dispute, which is for somebody who has not taken sides, or an
    ``admin``, who may also settle it again. It keeps the direction of the link that it judges. Raises QueryError for an id that nothing has, an
    unsigned judgement, a link of something with itself, a type that does not fit the two, where ``type`` is needed to say which link is meant, and
    for what is not allowed.
    """
    name = signed(by)
    gone = verdict == "withdraw"
    ends = _whole(view, left, gone=gone), _whole(view, right, gone=gone)
    if ends[0] == ends[1]:
        raise QueryError(f"both ids are {ends[0]}", hint="name the two that are linked or not")
    found = [link for link in view.links(ends) if {link.left, link.right} == set(ends)]
    of_documents = None if gone else _are_documents(view, ends)
    wanted = type or _only_type(found)
    if of_documents is not None and (wanted in OF_DOCUMENTS) != of_documents:
        what = "two reports" if of_documents else "two records"
        fitting = [t for t in get_args(LinkType) if (t in OF_DOCUMENTS) == of_documents]
        raise QueryError(f"{wanted} does not hold between {what}", hint="one of " + ", ".join(fitting))
    said = [link for link in found if link.type == wanted]
    words = judgements(said)
    if settles:
        check_settling(words, name, disputed=judged(words) == "disputed", admin=admin)
    if said:
        ends = said[0].left, said[0].right
    time = _after(said, at)
    if gone:
        own = next((word for word in words if word.by == name), None)
        if own is None:
            raise QueryError(f"{name} has judged no such link", hint="only one's own judgements can be withdrawn")
        return Judged(*ends, wanted, own.judgement, 1.0, note, name, time, withdrawn_at=time)
    return Judged(*ends, wanted, _MEANS[verdict], 1.0, note, name, time, settles=settles)


def signed(by: str) -> str:
    """The name that something is signed with. Raises QueryError where there is none."""
    name = " ".join(by.split())
    if not name or not name.isprintable():
        raise QueryError("a decision has to be signed", hint="say --by NAME")
    return name


def check_settling(words: Sequence[Word], by: str, *, disputed: bool, admin: bool) -> None:
    """Raise QueryError unless somebody may end the dispute between these words, on a record or a link."""
    allowed = may_settle(words, by, disputed=disputed, admin=admin)
    if allowed == "no dispute":
        raise QueryError("there is no dispute to settle", hint="decide without settling")
    if allowed == "a party":
        raise QueryError(f"{by} is a party to the dispute", hint="somebody else settles it, or an admin")


def _after(said: Iterable[Link], at: datetime) -> str:
    """When a judgement is made: later than those on the same pair, also by a clock that was put back."""
    time = at.isoformat(timespec="microseconds")
    last = max((link.created_at for link in said), default="")
    if time > last:
        return time
    former = datetime.fromisoformat(last)
    return ((former if former.tzinfo else former.replace(tzinfo=UTC)) + timedelta(microseconds=1)).isoformat(timespec="microseconds")


def _whole(view: View, given: str, *, gone: bool) -> str:
    """The id of a record or, if there is none, of a document; ``gone``: or of what was one, given whole. Raises QueryError, about records."""
    try:
        return view.record(given).id
    except QueryError as error:
        with suppress(QueryError):
            return view.document(given).id
        if gone and any(view.links([given])):
            return given
        raise error from None


def _are_documents(view: View, ends: tuple[str, str]) -> bool:
    """Whether these are two documents and no records. Raises QueryError for one of each."""
    of_documents = [_is_document(view, end) for end in ends]
    if of_documents[0] != of_documents[1]:
        raise QueryError("a record cannot be linked with a report", hint="name two records or two reports")
    return of_documents[0]


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
