"""Which data set a file holds, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from onrecord.coded.event import CodedEvent
from onrecord.coded.files import OnProblem, lines
from onrecord.coded.gdelt import is_gdelt, read_gdelt
from onrecord.coded.polecat import is_polecat, read_polecat
from onrecord.errors import InputError, QueryError
from onrecord.ingest.files import shown


class DataSet(StrEnum):
    """The data sets whose files can be read."""

    gdelt = "gdelt"
    polecat = "polecat"


def read_coded(
    path: str | Path, on_problem: OnProblem, *, data_set: DataSet | None = None, mentions: str | Path | None = None
) -> Iterator[CodedEvent]:
    """The rows of a file of either data set, told apart by the first line unless ``data_set`` says which.

    ``mentions``: GDELT's file of them. Raises InputError, at once, for a file that cannot be opened or is neither, QueryError for mentions beside
    POLECAT.
    """
    kind = data_set or _told(path)
    if kind is DataSet.gdelt:
        return read_gdelt(path, on_problem, mentions=mentions)
    if mentions is not None:
        raise QueryError("only GDELT has a file of mentions", hint="leave it out")
    return read_polecat(path, on_problem)


def _told(path: str | Path) -> DataSet:
    first = next(lines(path, lambda _: None), (1, ""))[1]
    if is_polecat(first):
        return DataSet.polecat
    if is_gdelt(first):
        return DataSet.gdelt
    hint = "POLECAT begins with a header that has Event ID in it; GDELT 2.0 has 61 tab-separated columns and no header"
    raise InputError(f"{shown(path)} is neither POLECAT nor GDELT 2.0", code="coded-file", hint=hint)
