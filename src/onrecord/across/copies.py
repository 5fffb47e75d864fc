"""Which documents are copies of one text, in whole or in part, and which of two is the copy. Groups nothing and reads no records.

The decision is a pure function of two documents (:func:`copy_of`); :class:`CopyLinker` finds the documents worth comparing while they are added.
docs/decisions/0025-copies.md has the figures behind the thresholds.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from onrecord.across.credits import house, is_agency
from onrecord.across.shingles import Overlap, Words, overlap, words_of
from onrecord.model import Document, Link, Reading
from onrecord.model.links import Judgement
from onrecord.store import Linking, Trace
from onrecord.store.days import first_day, last_day, ordinal

NAME = "copies"

CONTAINED = 0.05
"""By so much more of the copy than of the original must be shared to tell which was cut."""
SLACK = 2
"""So many days later an agency's report may be dated than what was made of it: it is dated anew with each update."""
CANDIDATES, HITS = 32, 2
"""At most so many documents are compared with a new one, those with the most terms in common; fewer than ``HITS`` terms are chance."""
ENOUGH = 8
"""A document with more copies than this is linked with the earliest, and with those that are no copies of them."""

Credit = Literal["direct", "shared"] | None
"""What credits say of two documents: one names the other's publisher; both name one agency; nothing."""

_NO_DATES = "dates unknown or the same"
_MOST_OF_IT = 0.75
_NEVER = 10**7
_DAY_LENGTH = len("2024-07-03")


@dataclass(frozen=True, slots=True)
class Bar:
    """What two texts must share. Shares are of a text's weight, words are unquoted words or ten quoted ones.

    ``words``: so many in one stretch; otherwise so many in all must be ``both`` of either text, or ``flash`` words the ``whole`` of either. Reports
    of one happening share phrases and what they quote indirectly, but no long stretch. ``head``: two texts open alike if neither has more than this
    before the first words they share; who opens with words of their own and then uses another's report has written a report. ``share``: of one of
    two copies that open alike at least this much is shared; wire copy is cut, and goes on as the next desk likes. ``carried``: where they do not open
    alike, this much of one is shared. That is a copy with a credit, or if the opening tells the same matter, for ``echo`` of its pairs of words are
    in the other text, too (re-led copy); else a link to be judged. Who names the other as the origin of a stretch, of ``flash`` words or more, gives
    a link to be judged, too.
    """

    words: int = 30
    both: float = 0.4
    whole: float = 0.9
    flash: int = 10
    head: float = 0.2
    share: float = 0.25
    carried: float = 0.5
    echo: float = 0.15

    def opens_alike(self, shared: Overlap) -> bool:
        """Whether the shared words begin near the beginning of both texts."""
        return max(shared.left_head, shared.right_head) <= self.head

    def judge(self, shared: Overlap, credit: Credit = None) -> Judgement | None:
        """Positive for copies, unsure for one text carried in another, None for what says nothing."""
        alike = self.opens_alike(shared)
        if self._enough(shared) and max(shared.left, shared.right) >= (self.share if alike else self.carried):
            return "positive" if alike or credit or shared.echo >= self.echo else "unsure"
        return "unsure" if credit == "direct" and shared.stretch >= self.flash else None

    def _enough(self, shared: Overlap) -> bool:
        of_both = min(shared.left, shared.right)
        return (
            shared.stretch >= self.words
            or (shared.words >= self.words and of_both >= self.both)
            or (shared.words >= self.flash and of_both >= self.whole)
        )


BAR = Bar()


@dataclass(frozen=True, slots=True)
class Print:
    """What is compared of a document."""

    document_id: str
    published: str | None
    publisher: str | None
    credits: tuple[str, ...]
    words: Words

    @classmethod
    def of(cls, document: Document) -> tuple[Print, tuple[int, ...]]:
        """A document's print, and the terms it can be found by."""
        words, terms = words_of(document.text)
        return cls(document.id, document.published, document.publisher, document.credits, words), terms

    @property
    def house(self) -> str | None:
        """Who published it, as it compares."""
        return house(self.publisher)

    @property
    def credited(self) -> dict[str, str]:
        """The houses whose copy it uses, its own left out, with their names as it spells them."""
        named = ((house(name), name) for name in self.credits)
        return {found: name for found, name in named if found and found != self.house}

    @property
    def day(self) -> int:
        """The day of publication as a proleptic ordinal; UNDATED where unknown."""
        return ordinal(first_day(self.published))

    def to_bytes(self) -> bytes:
        """Everything but the id, a line of JSON before the words; :meth:`from_bytes` reads it."""
        head = json.dumps([self.published, self.publisher, self.credits, len(self.words)], ensure_ascii=False)
        return head.encode("utf-8", "surrogatepass") + b"\n" + self.words.to_bytes()

    @classmethod
    def from_bytes(cls, document_id: str, data: bytes) -> Print:
        """The print that ``to_bytes`` wrote."""
        head, _, words = data.partition(b"\n")
        published, publisher, credits_, count = json.loads(head.decode("utf-8", "surrogatepass"))
        return cls(document_id, published, publisher, tuple(credits_), Words.from_bytes(words, count))


def copy_of(one: Document, other: Document) -> Link | None:
    """Whether one of two documents is a copy of the other: a link from the copy to the original, or None.

    The judgement is positive for copies, unsure where a report with an opening of its own carries another's text without a credit. Which of the two
    is given first makes no difference. ``score`` is the larger of the shares that the two have in common.
    """
    return compare(Print.of(one)[0], Print.of(other)[0])


def compare(one: Print, other: Print) -> Link | None:
    """:func:`copy_of` for two prints."""
    shared = overlap(one.words, other.words)
    if shared.words < BAR.flash:
        return None
    if one.document_id > other.document_id:
        one, other, shared = other, one, shared.swapped
    credit, origin = _credit(one, other)
    judgement = BAR.judge(shared, credit)
    if judgement is None or one.document_id == other.document_id:
        return None
    alike = BAR.opens_alike(shared)
    first_copied, ground = _direction(one, other, shared, alike=alike)
    copy, original = (one, other) if first_copied else (other, one)
    extent = _extent(shared.left if first_copied else shared.right, alike=alike)
    return Link(
        left=copy.document_id,
        right=original.document_id,
        type="syndicated" if credit or _from_agency(copy, original) else "duplicate",
        judgement=judgement,
        score=round(max(shared.left, shared.right), 3),
        detail="; ".join(filter(None, (extent, origin, ground))),
        by=NAME,
        created_at="",
    )


def needed(mine: Print, others: Iterable[Print]) -> list[Link]:
    """The links that join a document to those of ``others`` that it shares text with.

    A document with more than ``ENOUGH`` copies is linked with the earliest of them; the others are copies of those, and so joined to them already.
    """
    found = [(other, link) for other in others if (link := compare(mine, other))]
    found.sort(key=lambda pair: (pair[0].day or _NEVER, pair[0].document_id))
    copies = [(other, link) for other, link in found if link.judgement == "positive"]
    near = [other for other, _ in copies[:ENOUGH]]
    links = [link for _, link in copies[:ENOUGH]]
    links += [link for other, link in copies[ENOUGH:] if not any(_is_copy(other, each) for each in near)]
    return links + [link for _, link in found if link.judgement != "positive"][:ENOUGH]


class CopyLinker:
    """Links each document with its copies in a store. The cost of one does not depend on how many the store holds."""

    name = NAME

    def link(self, reading: Reading, linking: Linking) -> None:
        """Link one document and remember it. Doing it again adds nothing: what is written depends on the documents alone."""
        mine, terms = Print.of(reading.document)
        found = self._candidates(mine.document_id, terms, linking)
        linking.remember(Trace(NAME, mine.document_id, mine.document_id, mine.day, terms, mine.to_bytes()))
        for link in needed(mine, found):
            linking.link(link)

    def _candidates(self, document_id: str, terms: Sequence[int], linking: Linking) -> list[Print]:
        """The documents that share the most terms."""
        hits = Counter(key for _, key in linking.find(NAME, terms, at_most=CANDIDATES))
        best = sorted((key for key, count in hits.items() if count >= HITS), key=lambda key: (-hits[key], key))[: CANDIDATES + 1]
        if not best:
            return []
        traces = linking.traces(best)
        return [Print.from_bytes(t.owner, t.data) for t in (traces[key] for key in best) if t.owner != document_id][:CANDIDATES]


def _is_copy(one: Print, other: Print) -> bool:
    link = compare(one, other)
    return link is not None and link.judgement == "positive"


def _credit(one: Print, other: Print) -> tuple[Credit, str]:
    """What the credits say of two documents, and in words."""
    for copy, original in ((one, other), (other, one)):
        if _credits(copy, original):
            return "direct", f"credits {copy.credited[original.house or '']}"
    both = sorted(name for name in one.credited if name in other.credited and is_agency(name))
    return ("shared", f"both credit {both[0]}") if both else (None, "")


def _credits(copy: Print, original: Print) -> bool:
    """Whether one names the other's publisher as the origin of its text, and may mean this report."""
    return original.house in copy.credited and (_days_after(copy, original) or 0) >= -SLACK


def _from_agency(copy: Print, original: Print) -> bool:
    """Whether another house may have republished an agency's text."""
    return is_agency(original.house) and copy.house != original.house and (_days_after(copy, original) or 0) >= -SLACK


def _direction(one: Print, other: Print, shared: Overlap, *, alike: bool) -> tuple[bool, str]:
    """Whether the first of two is the copy, and on what ground where the credits do not say it.

    In this order: who credits the other; who is no agency where the other is; who came later; whose opening is its own, or, of two that open alike,
    which was cut from the other; which is shorter; the ids.
    """
    credits_ = (_credits(one, other), _credits(other, one))
    if credits_[0] != credits_[1]:
        return credits_[0], ""
    agencies = (_from_agency(one, other), _from_agency(other, one))
    if agencies[0] != agencies[1]:
        return agencies[0], f"published by {(other if agencies[0] else one).publisher}"
    if after := _days_after(one, other):
        return after > 0, "published later"
    if not alike and shared.left_head != shared.right_head:
        return shared.left_head > shared.right_head, f"{_NO_DATES}, an opening of its own"
    if abs(shared.left - shared.right) >= CONTAINED:
        return shared.left > shared.right, f"{_NO_DATES}, cut from it"
    if len(one.words) != len(other.words):
        return len(one.words) < len(other.words), f"{_NO_DATES}, the shorter"
    return False, "which came first is not known"


def _days_after(one: Print, other: Print) -> float | None:
    """How many days after the other the first of two was published, at least; None where neither is known to be the later."""
    first, last = (first_day(one.published), first_day(other.published)), (last_day(one.published), last_day(other.published))
    if not all(first):
        return None
    if first[0] > last[1]:
        return float((date.fromisoformat(first[0]) - date.fromisoformat(last[1])).days)
    if first[1] > last[0]:
        return -float((date.fromisoformat(first[1]) - date.fromisoformat(last[0])).days)
    moments = _moment(one.published), _moment(other.published)
    if moments[0] is None or moments[1] is None or (moments[0].tzinfo is None) != (moments[1].tzinfo is None):
        return None
    return (moments[0] - moments[1]).total_seconds() / 86_400 or None


def _moment(published: str | None) -> datetime | None:
    """A date with its time of day; None for a date alone."""
    try:
        return datetime.fromisoformat(published) if published and len(published) > _DAY_LENGTH else None
    except ValueError:
        return None


def _extent(of_copy: float, *, alike: bool) -> str:
    """How much of the copy is the other's."""
    percent = f"{100 * of_copy:.0f} % of its words"
    if not alike:
        return f"part of it, after an opening of its own: {percent}"
    return percent if of_copy >= _MOST_OF_IT else f"part of it: {percent}"
