"""What stands for a record, or a link, by the machine's word and the decisions of people: the rule every store goes by. Asks no store.

Each reviewer's latest decision counts, unless it was withdrawn. Where all that count say the same, that stands. Where they do not, it is disputed
and stands as the machine has it (a record that was added: not at all) until a decision that settles it, which then outweighs the others, later ones
too, while it is not withdrawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeVar

from onrecord.model import Decision, Judged, Link, Record, to_dict
from onrecord.model.links import Judgement
from onrecord.store.codec import encode
from onrecord.store.values import Tie

State = Literal["accepted", "rejected", "corrected", "added", "disputed", "orphan"]
PairState = Literal["accepted", "rejected", "unsure", "disputed"]
Machine = Literal["same", "different", "gone", "none"]
_OF_THE_READING = ("confidence", "extractor", "run_id", "why", "paths")
_STATES: Mapping[Judgement, PairState] = {"positive": "accepted", "negative": "rejected", "unsure": "unsure"}
_REFERENCES = ("statement_id", "record_id", "nested_in")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What decisions have made of a record.

    ``state``: orphan where the store no longer has its document. ``machine``: whether the machine reads the record as it did when the latest decision
    that counts was made, reads it otherwise, no longer reads it, or never did (none).
    """

    record_id: str
    document_id: str
    kind: str
    state: State
    machine: Machine


@dataclass(frozen=True, slots=True)
class Outcome:
    """What decisions on one record come to: its state, what people say it is (None: nothing), and the decisions that count, oldest first."""

    state: State
    record: Record | None
    counting: tuple[Decision, ...]


class Word(Protocol):
    """What a reviewer says of a record, or of a link."""

    @property
    def by(self) -> str:
        """Who says it."""

    @property
    def settles(self) -> bool:
        """Whether it ends a dispute of others."""


W = TypeVar("W", bound=Word)
J = TypeVar("J", Link, Tie, Link | Tie)


def upheld(words: Sequence[W], says: Callable[[W], Hashable]) -> W | None:
    """Of what reviewers say, each once, oldest first: the word that stands. None where they differ and nobody settled it, or there is none."""
    settling = [word for word in words if word.settles]
    if settling:
        return settling[-1]
    return words[-1] if len({says(word) for word in words}) == 1 else None


def may_settle(words: Sequence[W], by: str, *, disputed: bool, admin: bool) -> Literal["yes", "no dispute", "a party"]:
    """Whether somebody may end the dispute between these words: who has not taken sides, or an admin, who may also settle it again."""
    if not disputed and not (admin and any(word.settles for word in words)):
        return "no dispute"
    return "a party" if not admin and by in [word.by for word in words if not word.settles] else "yes"


def counting(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Each reviewer's latest decision of those on one record, given oldest first, without what was withdrawn; oldest first."""
    latest: dict[str, Decision] = {}
    for decision in decisions:
        latest.pop(decision.by, None)
        latest[decision.by] = decision
    return tuple(d for d in latest.values() if d.verdict != "withdraw")


def outcome(decisions: Iterable[Decision]) -> Outcome | None:
    """What the decisions on one record, oldest first, come to; None where none counts."""
    words = counting(decisions)
    if not words:
        return None
    stands = upheld(words, content)
    return Outcome("disputed", None, words) if stands is None else _said(stands, words)


def _said(decision: Decision, words: tuple[Decision, ...]) -> Outcome:
    """The outcome where one decision, and those that say the same, stand."""
    if decision.verdict == "reject":
        return Outcome("rejected", None, words)
    verdicts = {d.verdict for d in words if content(d) == content(decision)}
    state: State = "added" if "add" in verdicts else "corrected" if "correct" in verdicts else "accepted"
    return Outcome(state, decision.record, words)


def effective(machine: Record | None, said: Outcome | None) -> Record | None:
    """The record that queries see: what people say it is, else what the machine read. A person's word stays where the machine reads otherwise."""
    if said is None or said.state == "disputed":
        return machine
    if said.state == "accepted" and machine is not None and said.record is not None and substance(machine) == substance(said.record):
        return machine  # with the grounds and the confidence that it has now
    return said.record


def compared(machine: Record | None, said: Outcome) -> Machine:
    """Whether the machine reads a record as it did when it was decided on."""
    seen = said.counting[-1].seen
    if machine is None:
        return "none" if seen is None else "gone"
    return "same" if seen == seen_as(machine) else "different"


def judgements(said: Iterable[J]) -> tuple[J, ...]:
    """Of all that is said of one pair, each person's latest judgement, without what was withdrawn; oldest first. Machines' have no time."""
    latest = {link.by: link for link in sorted((link for link in said if link.created_at), key=lambda link: link.created_at)}
    return tuple(sorted((link for link in latest.values() if link.withdrawn_at is None), key=lambda link: (link.created_at, link.by)))


def judged(words: Sequence[Link | Tie]) -> PairState | None:
    """What people's :func:`judgements` of one pair come to; None where there are none."""
    stands = upheld(words, lambda link: link.judgement)
    return _STATES[stands.judgement] if stands is not None else "disputed" if words else None


def content(decision: Decision) -> str | None:
    """What a decision says of its record, to be compared: what the record says, or None where there should be no such record."""
    if decision.verdict == "reject" or decision.record is None:
        return None
    return substance(decision.record, references=True)


def substance(record: Record, *, references: bool = False) -> str:
    """What a record says, without how sure it is and what made it; ``references``: with the records that it hangs on."""
    plain = to_dict(record)
    for name in (*_OF_THE_READING, *(() if references else _REFERENCES)):
        plain.pop(name, None)
    return encode(_without_scores(plain))


def _without_scores(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_scores(inner) for key, inner in value.items() if key != "score"}
    return [_without_scores(inner) for inner in value] if isinstance(value, list) else value


def seen_as(machine: Record | None) -> str | None:
    """A digest of what the machine read."""
    return None if machine is None else hashlib.sha256(substance(machine).encode()).hexdigest()[:16]


def sealed(decision: Decision, previous: str, machine: Record | None) -> Decision:
    """The decision with what the store sets: what the machine reads, and the digest that hangs on the ``previous`` decision's."""
    complete = replace(decision, seen=seen_as(machine), digest="")
    return replace(complete, digest=digest(complete, previous))


def digest(decision: Decision | Judged, previous: str) -> str:
    """SHA-256, in hexadecimal, over the digest of the decision before and the canonical JSON of this one without its own."""
    return hashlib.sha256(f"{previous}\n{encode(replace(decision, digest=''))}".encode()).hexdigest()


def broken(decisions: Sequence[Decision | Judged]) -> list[str]:
    """Where the chain of all decisions of a store, oldest first, is broken: one line for each that does not fit what stands before it."""
    found, previous = [], ""
    for number, decision in enumerate(decisions, 1):
        if decision.digest != digest(decision, previous):
            found.append(f"decision {number} ({_named(decision)}) was changed, or one before it was taken out")
        previous = decision.digest
    return found


def _named(decision: Decision | Judged) -> str:
    if isinstance(decision, Decision):
        return f"{decision.verdict} by {decision.by} on {decision.record_id}"
    return f"{decision.judgement} by {decision.by} on {decision.left} {decision.type} {decision.right}"
