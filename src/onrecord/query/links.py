"""Decisions that records or reports belong together, as rows: who decided what on which ground, with the words of both ends. Decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from onrecord.errors import QueryError
from onrecord.model import Link
from onrecord.model.links import LinkType
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import check_fields
from onrecord.query.reviews import DECIDED, UNDECIDED
from onrecord.query.rows import Flat
from onrecord.store import View
from onrecord.store.standing import PairState, judgements
from onrecord.store.standing import judged as state_of

LINKS = ("type", "confidence", "document_id", "record_id", "state", "by", "limit")
_CACHED = 256
Pair = tuple[frozenset[str], LinkType]
"""Two ids, whichever way round, and how they are linked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow(Flat):
    """One decision. ``left``, ``right``: ids of records, reports or stories; of a copy and its original, or an answer and what it
    answers, in this order.

    ``left_given_id``: the id that the input gave to a report, None for anything else; ``left_words``: a record's evidence, a report's title. What the
    store no longer holds, or a story, has no words. ``state``: what people's judgements of the two come to (accepted, rejected, unsure, disputed;
    undecided where none counts); ``settles``: whether this one ends a dispute.
    """

    left: str
    right: str
    type: str
    judgement: str
    score: float
    detail: str
    by: str
    created_at: str
    withdrawn_at: str | None
    left_given_id: str | None
    right_given_id: str | None
    left_words: str | None
    right_words: str | None
    state: str
    settles: bool


def links(view: View, wanted: Filter = EVERYTHING) -> Iterator[LinkRow]:
    """Decisions that records or reports belong together, by linkers, readings and people, withdrawn ones too.

    ``type``: of this type; ``document_id``, ``record_id``: with this report or record at one end; ``confidence``: with at least this score;
    ``state``: all that is said of pairs that people's judgements leave in this state, or that anybody judged (decided); ``by``: what this person,
    or linker, says.
    """
    check_fields(wanted, LINKS, "links")
    types = _types(wanted.type)
    end = wanted.record_id or wanted.document_id
    ends = None if end is None else {end}
    judged = judged_pairs(view)
    if wanted.state not in (None, UNDECIDED):
        if wanted.state not in (DECIDED, *get_args(PairState)):
            raise QueryError(f"state: no link is {wanted.state}", hint="one of " + ", ".join((UNDECIDED, DECIDED, *get_args(PairState))))
        judged = {pair: words for pair, words in judged.items() if wanted.state in (DECIDED, state_of(words)) and (end is None or end in pair[0])}
        ends = {end for pair in judged for end in pair[0]}
    return _rows(view, view.links(ends, types), wanted, judged)


def judged_pairs(view: View, *, shared: bool = False, by: str | None = None) -> dict[Pair, tuple[Link, ...]]:
    """Every pair on which a person's judgement counts, with those that count, the oldest first.

    ``shared``: of pairs that several people judged; ``by``: one person's alone.
    """
    said: dict[Pair, list[Link]] = {}
    for link in view.judgements(shared=shared, by=by):
        said.setdefault(pair_of(link), []).append(link)
    return {pair: words for pair, judged in said.items() if (words := judgements(judged))}


def disputed_pairs(view: View) -> dict[Pair, tuple[Link, ...]]:
    """The pairs on which people differ, with the judgements that count."""
    return {pair: words for pair, words in judged_pairs(view, shared=True).items() if state_of(words) == "disputed"}


def pair_of(link: Link) -> Pair:
    """Which two a link is about, and how they are linked."""
    return frozenset((link.left, link.right)), link.type


def _rows(view: View, found: Iterator[Link], wanted: Filter, judged: Mapping[Pair, Sequence[Link]]) -> Iterator[LinkRow]:
    ends = lru_cache(_CACHED)(lambda end: _end(view, end))
    left_to_give = wanted.limit
    for link in found:
        if left_to_give == 0:
            return
        words = judged.get(pair_of(link))
        if not _fits(link, wanted, decided=words is not None):
            continue
        (left_given, left_words), (right_given, right_words) = ends(link.left), ends(link.right)
        yield LinkRow(
            **{name: getattr(link, name) for name in Link.__dataclass_fields__},
            left_given_id=left_given, right_given_id=right_given, left_words=left_words, right_words=right_words,
            state=(words and state_of(words)) or UNDECIDED, settles=link.settles,
        )  # fmt: skip
        left_to_give = None if left_to_give is None else left_to_give - 1


def _fits(link: Link, wanted: Filter, *, decided: bool) -> bool:
    return (
        (wanted.confidence is None or link.score >= wanted.confidence)
        and wanted.by in (None, link.by)
        and (wanted.state is None or decided == (wanted.state != UNDECIDED))
    )


def _types(wanted: str | None) -> Collection[LinkType] | None:
    if wanted is None:
        return None
    types = [t for t in get_args(LinkType) if t == wanted]
    if not types:
        raise QueryError(f"type: {wanted} is no type of link", hint="one of " + ", ".join(get_args(LinkType)))
    return types


def _end(view: View, end: str) -> tuple[str | None, str | None]:
    """The id that the input gave, and the words, of one end of a link."""
    try:
        return None, view.record(end).evidence.text
    except QueryError:
        pass
    try:
        document = view.document(end)
    except QueryError:
        return None, None
    given = document.meta.get("id")
    return None if given is None else str(given), document.title
