"""Every error onrecord raises on purpose.

::

    OnrecordError
    ├── InputError          a file, row or page that cannot be read (the rest goes on)
    ├── SchemaError         a value that breaks the record contract
    ├── PipelineError       components that cannot work together; raised when the Reader is built
    ├── KnowledgeError      a knowledge table that is malformed
    │   └── OverlayError    a folder of the user's own tables that has problems, all of them listed
    ├── ModelError          trained weights that are damaged or made for another onrecord
    │   └── ModelAbsent     trained weights that are not installed
    ├── ServiceError        a service on the network that cannot be reached or gives no sense
    │   └── FetchError      an address that is not fetched, or whose answer is refused
    ├── CodebookError       a code that no codebook knows
    ├── StoreError          a store that cannot be opened, written or migrated
    │   ├── StoreBusy       another process holds the write lock
    │   └── StoreTooNew     written by a newer onrecord
    └── QueryError          a filter or query that makes no sense
        └── NotThere        an id, a code or a name of something that is not there

Messages say what was wrong, where, and what to do. ``hint`` holds the last part, so that the command line can set it apart.
"""

from __future__ import annotations

from dataclasses import dataclass


class OnrecordError(Exception):
    """Base of all errors raised on purpose. ``hint`` says what the user can do about it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(OnrecordError):
    """A file, row or page that cannot be read. ``code`` is the stable name used in the issues log."""

    def __init__(self, message: str, *, code: str = "unreadable", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.code = code


class SchemaError(OnrecordError):
    """A value that breaks the record contract (a span that does not match its text, an unknown kind)."""


class PipelineError(OnrecordError):
    """Components that cannot work together; raised when a Reader is built, never while reading."""


class KnowledgeError(OnrecordError):
    """A knowledge table that is malformed; names the table and the line."""


@dataclass(frozen=True, slots=True)
class TableProblem:
    """What is wrong in a table of the user's: ``line`` 1 is the header, 0 the file as a whole; ``column`` may be empty; ``hint`` says what to do."""

    file: str
    line: int
    column: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """One line that begins with the place."""
        place = ", ".join([self.file, *([f"line {self.line}"] if self.line else []), *([f"column {self.column}"] if self.column else [])])
        return f"{place}: {self.message}{f'; {self.hint}' if self.hint else ''}"


class OverlayError(KnowledgeError):
    """A folder of the user's own tables with ``problems``, all that were found; nothing is read with it until they are mended."""

    def __init__(self, folder: str, problems: tuple[TableProblem, ...]) -> None:
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(
            f"the knowledge in {folder} has {count}\n" + "\n".join(map(str, problems)), hint="mend them first; nothing was read with these tables"
        )
        self.problems = problems


class ModelError(OnrecordError):
    """Trained weights that are damaged, or made for another version of onrecord."""


class ModelAbsent(ModelError):
    """Trained weights that are not installed. Reading falls back to rules; only what needs them and nothing else lets this through."""


class ServiceError(OnrecordError):
    """A service on the network that cannot be reached, refuses, or answers what makes no sense."""


class FetchError(ServiceError):
    """An address that is not fetched, or whose answer is refused. ``code``: one of ``onrecord.fetch.CODES``; ``wait_s``: when to ask again."""

    def __init__(self, message: str, *, code: str, hint: str = "", wait_s: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.code = code
        self.wait_s = wait_s


class CodebookError(OnrecordError):
    """A code that no codebook knows."""


class StoreError(OnrecordError):
    """A store that cannot be opened, written or migrated."""


class StoreBusy(StoreError):
    """Another process holds the write lock for longer than the timeout."""


class StoreTooNew(StoreError):
    """The store was written by a newer onrecord."""


class QueryError(OnrecordError):
    """A filter or query that makes no sense (an unknown code, an impossible date)."""


class NotThere(QueryError):
    """What was asked for by its id or name is not there: a record, a report, a search, a code."""
