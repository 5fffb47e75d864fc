"""Links statements and acts to what they answer: Taipei's ministry to a speech in Sochi, a recalled ambassador to an expulsion.

An answer is known by its words ("in response", "asked about", "rejected the offer"); what it answers, by whom it names, what it points at, the
matter, and time. Within a report the order of telling counts too. Across reports both must have a date, and one answer is linked to the one record
that it fits best, whichever report came first. What is answered but told in no report stays unlinked. Method and figures:
``docs/decisions/0028-responses.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from onrecord.across.responses_answers import answers_of
from onrecord.across.responses_judge import LONGEST, SCORES, Verdict, judge
from onrecord.across.responses_sides import FRESH, Answer, Said, published, said, told
from onrecord.across.responses_text import Signals, signals, words_of
from onrecord.across.responses_traces import (
    ANSWERS,
    SAID,
    answer_terms,
    asked,
    pack_answers,
    pack_said,
    said_terms,
    unpack_answers,
    unpack_said,
)
from onrecord.model import Link, Reading
from onrecord.model.links import LinkType
from onrecord.store import Linking, Trace

NAME = "responses"
"""How links are signed: without a version, so that one that a person withdrew stays withdrawn."""
TYPES: tuple[LinkType, ...] = ("responds-to",)
_KEPT = 24
"""Sayings remembered of one report: the first it tells."""
_PER_TERM, _CANDIDATES, _AT_MOST = 32, 24, 96
"""Reports looked up for one word; reports looked into for one answer, those that share the most words; with those that share as many, at most."""

Chosen = tuple[Said, Verdict]


class Responses:
    """The linker of answers. Holds nothing but the tables of signal words."""

    name = NAME

    def __init__(self) -> None:
        self._signals = signals()

    def link(self, reading: Reading, linking: Linking) -> None:
        """Link the answers of a document, and those of other documents that answer what it tells."""
        found, tellings = answered(reading, self._signals)
        document_id, day = reading.document.id, _day(reading)
        across = [(answer, best[0].id if best else None) for answer, best in found if answer.days is not None and asked(answer)] if day else []
        terms = tuple(dict.fromkeys(t for answer, _ in across for t in answer_terms(answer, self._signals)))
        if across or linking.trace(ANSWERS, document_id) is not None:
            linking.remember(Trace(ANSWERS, document_id, document_id, day, terms, pack_answers(across)))
        kept = [s for s in tellings if s.days is not None][:_KEPT] if day else []
        filed = said_terms(kept, self._signals)
        if kept or linking.trace(SAID, document_id) is not None:
            linking.remember(Trace(SAID, document_id, document_id, day, filed, pack_said(kept)))
        wanted = [_link(answer, *best) for answer, best in found if best is not None]
        wanted += [link for answer, _ in across if (link := self._across(answer, document_id, day, linking)) is not None]
        _replace(linking, {record.id for record in (*reading.statements, *reading.events)}, wanted)
        if kept:
            self._waiting(document_id, day, filed, kept, linking)

    def _across(self, answer: Answer, document_id: str, day: int, linking: Linking) -> Link | None:
        """The link of an answer to what it fits best in another report, None where nothing fits."""
        hits = linking.find(SAID, answer_terms(answer, self._signals), days=(day - LONGEST, day + FRESH), at_most=_PER_TERM, newest=True)
        traces = _most_shared(hits, linking)
        judged = [
            (verdict, -t.day, t.document_id, s)
            for t in traces
            if t.document_id != document_id
            for s in unpack_said(t.data)
            if (verdict := judge(answer, s, self._signals, within=False)) is not None
        ]
        if not judged:
            return None
        verdict, _, _, best = max(judged, key=lambda j: (j[0].points, j[1], j[3].inside is None, j[2], j[3].id))
        return _link(answer, best, verdict)

    def _waiting(self, document_id: str, day: int, terms: Iterable[int], tellings: Sequence[Said], linking: Linking) -> None:
        """Choose anew for the answers of other documents that may be to one of these ``tellings``."""
        hits = linking.find(ANSWERS, terms, days=(day - FRESH, day + LONGEST), at_most=_PER_TERM)
        for trace in _most_shared(hits, linking):
            if trace.document_id == document_id:
                continue
            for answer, within in unpack_answers(trace.data):
                if any(judge(answer, s, self._signals, within=False) is not None for s in tellings):
                    link = self._across(answer, trace.document_id, trace.day, linking)
                    _replace(linking, {answer.id}, [link] if link else [], keep=within)


def answered(reading: Reading, table: Signals) -> tuple[list[tuple[Answer, Chosen | None]], list[Said]]:
    """The answers of a report, each with what of the same report it is to (None where nothing fits), and all that can be answered."""
    prepared = told(reading, words_of(reading.document.text), table)
    tellings = said(prepared)
    found: list[tuple[Answer, Chosen | None]] = []
    for answer in answers_of(prepared):
        again = _again(answer, found) if answer.quoted or (answer.pointer and answer.pointer.pronoun) else None
        best = _best(answer, tellings, table) if again is None or answer.grade == "again" else None
        found.append((answer, best or again))
    return found, tellings


def _best(answer: Answer, tellings: Sequence[Said], table: Signals) -> Chosen | None:
    """What of its own report an answer fits best, the nearest of several alike; an act told before may lack some if it is alone."""
    judged = [(verdict, s) for s in tellings if (verdict := judge(answer, s, table, within=True)) is not None]
    if not judged:
        return None
    verdict, best = max(judged, key=lambda j: (j[0].points, -abs(answer.start - j[1].start), j[1].kind == "", j[1].id))
    alone = best.kind and best.start < answer.start and all((s.types, s.parties) == (best.types, best.parties) for _, s in judged)
    return (best, verdict) if verdict.sure or alone else None


def _again(answer: Answer, before: Sequence[tuple[Answer, Chosen | None]]) -> Chosen | None:
    """What "them" or "it", or a quotation that goes on, is to: what the answer just before, in the same sentence or the last, is to; else None."""
    last = next((a for a in reversed(before) if a[1] is not None), None)
    if last is None or last[1] is None or not 0 <= answer.sentence - last[0].sentence <= 1 or answer.parties & last[1][0].parties:
        return None
    pronoun = answer.pointer.words if answer.pointer and answer.pointer.pronoun else ""
    if answer.quoted and last[0].parties != answer.parties:
        return None
    said, verdict = last[1]
    how = f"“{pronoun}” as just before" if pronoun else "goes on"
    return said, Verdict(verdict.points, True, "as before", (f"“{answer.words}”", how))


def _day(reading: Reading) -> int:
    """The day of publication; 0, as the store has it, where that is unknown."""
    when = published(reading.document)
    return when[1] if when is not None else 0


def _most_shared(hits: Iterable[tuple[int, int]], linking: Linking) -> list[Trace]:
    """The traces that the most terms found, and those that as many found as the last of them, so that the order of arrival does not choose."""
    counts = Counter(key for _, key in hits)
    least = min((count for _, count in counts.most_common(_CANDIDATES)), default=0)
    keys = sorted((key for key in counts if counts[key] >= least), key=lambda key: (-counts[key], key))[:_AT_MOST]
    return list(linking.traces(keys).values())


def _link(answer: Answer, said: Said, verdict: Verdict) -> Link:
    return Link(answer.id, said.id, "responds-to", "positive", SCORES[verdict.ground], "; ".join(verdict.words), NAME, "")


def _replace(linking: Linking, answer_ids: Set[str], wanted: Sequence[Link], keep: str | None = None) -> None:
    """Leave these records with the ``wanted`` links as answers and no other of this linker's, but for the one to ``keep``."""
    ends = {(link.left, link.right) for link in wanted}
    for old in linking.links(answer_ids, TYPES):
        if old.by == NAME and old.left in answer_ids and (old.left, old.right) not in ends and old.right != keep:
            linking.unlink(old.left, old.right, "responds-to", NAME)
    for link in wanted:
        linking.link(link)
