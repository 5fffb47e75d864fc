"""What two marked parties of a text do to each other: the event model as code sees it. Finds no parties and writes no records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.extract.events.inputs import Passage, joined, passage
from onrecord.extract.events.lexicon import lexicon
from onrecord.reading.analysis import Analysis, Offsets

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def passage_of(analysis: Analysis, parties: Sequence[Offsets], tokenizer: Tokenizer) -> Passage | None:
    """The sentences from the first party to the last, as the model reads them; None where no word of the text is prose.

    ``analysis`` has been read as far as the events of the rules.
    """
    start, end = min(a for a, _ in parties), max(b for _, b in parties)
    parts = []
    for block in analysis.blocks:
        inside = [s for s in block.sentences if block.offset + s.start_char < end and start < block.offset + s.end_char]
        if inside:
            parts.append(passage(block, inside[0].start, inside[-1].end, tokenizer, lexicon("en"), analysis.events))
    return joined(parts) if parts else None
