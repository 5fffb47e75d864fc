"""The list of sources: reports in the order in which they are first cited, and in each the records that are cited from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from onrecord.brief.facts import Facts
from onrecord.brief.parts import Cited, Entry, Group, Section, Sentence, Source
from onrecord.model import Record
from onrecord.query.rows import names_of

MOST = 4
"""How many records a sentence cites by themselves; of the others it says how many there are."""
_BEGINS = 80
"""Code points of the first line that stand for a title."""


def sources(facts: Facts, sentences: Iterable[Sentence]) -> tuple[Source, ...]:
    """Reports by number, records by letter, both from 1 and "a" in the order of citing."""
    found: dict[str, list[Record]] = {}
    for record_id in dict.fromkeys(i for sentence in sentences for i in sentence.ids[:MOST]):
        record = facts.record(record_id)
        found.setdefault(record.document_id, []).append(record)
    return tuple(_source(facts, number, document_id, records) for number, (document_id, records) in enumerate(found.items(), 1))


def marks(listed: Iterable[Source]) -> Mapping[str, str]:
    """How each cited record is referred to, by its id."""
    return {cited.record_id: cited.mark for source in listed for cited in source.cited}


def all_sentences(parts: Iterable[Sentence | Section]) -> Iterator[Sentence]:
    """Every sentence that cites, in the order of reading."""
    for part in parts:
        if isinstance(part, Section):
            yield from part.sentences
            yield from (chart.alt for chart in part.charts)
            yield from chain.from_iterable(_of_group(group) for group in part.groups)
        else:
            yield part


def _of_group(group: Group) -> Iterator[Sentence]:
    for entry in group.entries:
        yield from _of_entry(entry)


def _of_entry(entry: Entry) -> Iterator[Sentence]:
    yield entry.head
    for quotation in entry.quotations:
        yield quotation.words
        yield quotation.by
    yield from entry.notes


def _source(facts: Facts, number: int, document_id: str, records: Sequence[Record]) -> Source:
    d = facts.document(document_id)
    cited = tuple(
        Cited(f"{number}{_letters(i)}", r.id, r.kind, r.evidence.text, r.evidence.start, r.evidence.end, names_of(r.via), r.confidence)
        for i, r in enumerate(records)
    )
    return Source(number, d.id, d.publisher, d.published, d.title, d.text.lstrip()[:_BEGINS].partition("\n")[0], d.url, d.credits, cited)


def _letters(index: int) -> str:
    """a, b … z, aa, ab …"""
    high, low = divmod(index, 26)
    return (_letters(high - 1) if high else "") + chr(ord("a") + low)
