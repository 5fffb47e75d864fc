"""Has every document of a store that is not linked yet linked with the others, by each linker in turn. Decides nothing itself.

Documents are taken in the order of adding, in batches of one transaction each: killed at any moment, the same call goes on from there. A linker that
fails costs the links of that document, never the run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from onrecord.errors import StoreError
from onrecord.model import Problem, Reading
from onrecord.store import Linking, Writer

log = logging.getLogger("onrecord")
BATCH = 100


class Linker(Protocol):
    """Finds what one kind of link joins a document to.

    ``name`` signs its links (``Link.by``; their ``created_at`` is empty, so that a link that somebody withdrew stays so when it is found again).
    """

    @property
    def name(self) -> str:
        """What it signs with."""

    def link(self, reading: Reading, linking: Linking) -> None:
        """Link a document with what the store holds, and remember it.

        A document may be given again, after its neighbours changed or it was read anew: what holds no longer is taken back. The groups that links
        make in the end must not depend on the order of the documents.
        """


def link(
    writer: Writer,
    linkers: Sequence[Linker],
    *,
    on_problem: Callable[[Problem], None],
    progress: Callable[[int], None] | None = None,
    batch: int = BATCH,
) -> int:
    """Link every unlinked document; returns how many. ``progress`` is called after each batch with the count so far. Raises StoreError, StoreBusy."""
    count = 0
    while True:
        try:
            done = _batch(writer, linkers, batch)
        except _Failed as failed:
            done = _singly(writer, linkers, failed.document_ids, on_problem)
        count += done
        if progress is not None and done:
            progress(count)
        if done < batch:
            return count


class _Failed(Exception):
    """A linker failed somewhere in a batch of documents; nothing of the batch was kept."""

    def __init__(self, document_ids: Sequence[str]) -> None:
        super().__init__(document_ids)
        self.document_ids = document_ids


def _batch(writer: Writer, linkers: Sequence[Linker], size: int) -> int:
    with writer.linking() as linking:
        ids = linking.unlinked(size)
        for document_id in ids:
            reading = linking.view.reading(document_id)
            try:
                for linker in linkers:
                    linker.link(reading, linking)
            except StoreError:
                raise
            except Exception as error:  # the boundary: linkers are plug-ins
                log.debug("linking document %s failed", document_id, exc_info=True)
                raise _Failed(ids) from error
            linking.linked(document_id)
    return len(ids)


def _singly(writer: Writer, linkers: Sequence[Linker], document_ids: Sequence[str], on_problem: Callable[[Problem], None]) -> int:
    """One transaction a document; one that fails is left without links."""
    for document_id in document_ids:
        try:
            _batch(writer, linkers, 1)
        except _Failed as failed:
            with writer.linking() as linking:
                linking.linked(document_id)
            kind = f"{type(failed.__cause__).__name__}: {failed.__cause__}"[:200]
            on_problem(Problem("linking-failed", f"a linker failed ({kind})", document_id, "report it with the text; the report itself was read"))
    return len(document_ids)
