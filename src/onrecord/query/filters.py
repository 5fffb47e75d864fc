"""The one Filter of all queries: a checked Selection. Flags, keyword arguments and query parameters all bear its field names. Asks no store."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import get_args

from onrecord.codebook import plover
from onrecord.codebook.issues import issues
from onrecord.codebook.own_issues import OWN
from onrecord.errors import QueryError
from onrecord.model.links import LinkType
from onrecord.model.records import Form, RelationStatus, RelationType, Stance, Status
from onrecord.query.periods import PERIODS
from onrecord.store import Selection, View
from onrecord.store.days import first_day, last_day
from onrecord.store.standing import PairState, State
from onrecord.store.words import match_expression

_LARGEST = 2**63 - 1

HELP = {
    "actor": "Who acts: a name, a country (NOR or Norway stands for all who act for it), or an actor's id.",
    "speaker": "Who says it: the speaker of a statement, or of the statement that a record is said in; found as an actor is.",
    "about": "Whom or what it is about: an issue, an actor, or a word of the content.",
    "issue": "An issue, by its id or label.",
    "type": "An event's, relation's or link's type (CONSULT, membership, same-event).",
    "stance": "support, oppose, neutral or declines-comment.",
    "status": "Whether it happened or holds (actual, future, current).",
    "form": "direct, indirect or mixed.",
    "since": "From this day on: YYYY-MM-DD, a month or a year.",
    "until": "Up to this day: YYYY-MM-DD, a month or a year.",
    "publisher": "Who published it.",
    "language": "The language of the report (en).",
    "via": "Who relays it.",
    "text": "Words it must hold; quoted words are a phrase.",
    "confidence": "At least so sure, 0 to 1.",
    "corroboration": "At least so many independent voices tell it.",
    "document_id": "Only this report.",
    "other_document_id": "The report beside it.",
    "statement_id": "Only what is said inside this statement.",
    "record_id": "What hangs on this record: positions it shows, links, other wordings, contradictions, its conversation.",
    "limit": "At most so many.",
    "kind": "What ties two parties: event (the default), position, statement; which shifts: change (the default), first, silence, return; else which"
    " records, of agreement also link.",
    "state": "What reviews come to: undecided, decided, accepted, rejected, corrected, added, disputed, orphan; of links also unsure.",
    "by": "Whose decisions, or links; in the queue, whose decided records to leave out; of agreement, with whom.",
    "period": "Cut time into year, quarter, month, week or day; all is one period.",
    "order": "newest: the last first; by default the oldest come first.",
    "after": "Go on behind the record with this id.",
}
"""What each field means, in a line: the help of its flag and of its query parameter. A test asks for one per field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Selection):
    """What to ask for; every field that is set must hold. See :class:`onrecord.store.Selection` for what each field means.

    Checked and brought to the spelling of the codebook when it is made: ``Filter(type="assault").type == "ASSAULT"``, and an issue may be named
    by its label. Raises QueryError, with near matches, for a code nobody knows, a date that is none, text without a word, a limit below zero.

    Stores know nothing of five further fields: ``other_document_id`` (the second of two reports), ``kind`` (of networks what makes a tie: event,
    position, statement; of shifts change, first, silence, return; of reviews the kind of record), ``period`` by which answers are cut (year,
    quarter, month, week, day, all), ``state`` (what reviews of a record come to) and ``by`` (which reviewer).
    """

    other_document_id: str | None = None
    kind: str | None = None
    period: str | None = None
    state: str | None = None
    by: str | None = None

    def __post_init__(self) -> None:
        """Check every field that is set."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, _text(field.name, value))
        for name, codes in _closed().items():
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, _code(name, value, codes))
        _check_dates(self.since, self.until)
        if self.text is not None and match_expression(self.text) is None:
            raise QueryError(f"text: {self.text!r} holds no word to look for", hint="give a word or a number")
        _check_number("limit", self.limit, _LARGEST)
        _check_number("confidence", self.confidence, 1)
        _check_number("corroboration", self.corroboration, _LARGEST)
        if self.language is not None:
            object.__setattr__(self, "language", self.language.lower())


def near(value: str, known: Iterable[str]) -> list[str]:
    """Up to three of ``known`` that ``value`` may have been meant to be, the nearest first, without regard to case."""
    folded = {k.casefold(): k for k in known}
    return [folded[k] for k in difflib.get_close_matches(value.casefold(), folded, n=3, cutoff=0.6)]


def suggestions(view: View, wanted: Selection) -> list[str]:
    """For a filter that found nothing: names in the store near those it gives, as ``actor: did you mean …?`` lines."""
    return [f"{name}: did you mean {' or '.join(close)}?" for name, close in meant(view, wanted).items()]


def meant(view: View, wanted: Selection) -> dict[str, list[str]]:
    """For a filter that found nothing: by field, names in the store near the one it gives, the nearest first."""
    found = {}
    for name in ("actor", "speaker", "about", "via", "publisher"):
        value = getattr(wanted, name)
        close = near(value, view.publishers() if name == "publisher" else view.names()) if value else []
        if close and value not in close:
            found[name] = close
    return found


@cache
def _closed() -> Mapping[str, Mapping[str, str]]:
    """The fields with a closed list of codes: what may be written (folded) → the code."""
    types = [*plover.types(), *get_args(RelationType), *get_args(LinkType)]
    ties = {
        "kind": ("event", "position", "statement", "relation", "change", "first", "silence", "return", "link"),
        "period": PERIODS,
        "order": ("oldest", "newest"),
        "state": ("undecided", "decided", *get_args(State), *get_args(PairState)),
    }
    plain = {**ties, "type": types, "stance": get_args(Stance), "status": [*get_args(Status), *get_args(RelationStatus)], "form": get_args(Form)}
    closed = {name: {spelling: code for code in codes for spelling in (code, _spelling(code))} for name, codes in plain.items()}
    closed["issue"] = {_spelling(word): issue.id for issue in issues() for word in (issue.label, issue.id)}
    return closed


def _code(name: str, value: str, codes: Mapping[str, str]) -> str:
    # As written first: SANCTION is a type of event, sanction one of relation.
    code = codes.get(value) or codes.get(_spelling(value))
    if code is not None:
        return code
    if name == "issue" and value.startswith(OWN):
        return value
    close = near(_spelling(value), codes)
    known = sorted(set(codes.values()))
    hint = "did you mean " + " or ".join(dict.fromkeys(codes[c] for c in close)) + "?" if close else "one of " + ", ".join(known)
    raise QueryError(f"{name}: {value!r} is not known", hint=hint)


def _spelling(code: str) -> str:
    return code.casefold().replace("_", "-").replace(" ", "-")


def _text(name: str, value: str) -> str:
    value = value.strip()
    if not value or "\0" in value:
        raise QueryError(f"{name}: an empty value says nothing" if not value else f"{name}: a NUL character cannot be looked for")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"{name}: a lone surrogate cannot be looked for") from error
    return value


def _check_dates(since: str | None, until: str | None) -> None:
    for name, value in (("since", since), ("until", until)):
        if value is not None and not first_day(value):
            raise QueryError(f"{name}: {value!r} is no date", hint="write 2024, 2024-07 or 2024-07-03")
    if since is not None and until is not None and first_day(since) > last_day(until):
        raise QueryError(f"since {since} lies behind until {until}", hint="give the earlier date as since")


def _check_number(name: str, value: float | None, largest: int) -> None:
    if value is not None and not 0 <= value <= largest:
        raise QueryError(f"{name}: {value} is not between 0 and {largest}")


EVERYTHING = Filter()
