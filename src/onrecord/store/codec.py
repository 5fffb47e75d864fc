"""Values to canonical JSON text and back. Knows nothing of tables.

What a question about many records mostly does is decode them, so that is msgspec's: it checks the types of fields as it builds the values, in a sixth
of the time that ``from_dict`` takes (docs/decisions/0041). Names that a value does not have are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from onrecord.errors import SchemaError, StoreError
from onrecord.model import Decision, Document, Record, from_dict, to_dict
from onrecord.model.records import KINDS

T = TypeVar("T")
DOCUMENT_COLUMNS = ("id", "title", "publisher", "published", "language", "url", "text")


def encode(value: Any) -> str:
    """``value`` (a frozen value, or dicts and lists) as JSON with sorted keys; equal values give equal text.

    Raises SchemaError for what JSON cannot say: NaN, a lone surrogate, an object of another kind.
    """
    try:
        text = json.dumps(to_dict(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise SchemaError(f"cannot be stored: {error}") from error
    return text


def decode(kind: type[T], text: str) -> T:
    """The ``kind`` that :func:`encode` made ``text`` from. Raises StoreError where the stored text is damaged, as all of these do."""
    try:
        return cast(T, _decoder(kind).decode(text))  # type: ignore[arg-type]  # a class can be hashed, whatever mypy says
    except _DAMAGE as error:
        raise _damaged(kind.__name__, error) from error


def decode_list(kind: type[T], text: str) -> tuple[T, ...]:
    """The tuple of ``kind`` that was encoded as ``text``."""
    with _undamaged(kind.__name__):
        return cast(tuple[T, ...], _decoder(tuple[kind, ...]).decode(text))  # type: ignore[valid-type]


def decode_object(text: str) -> dict[str, Any]:
    """The plain dict that was encoded as ``text``."""
    with _undamaged("object"):
        return dict(json.loads(text))


def decode_record(text: str) -> Record:
    """The record, of whatever kind, that was encoded as ``text``."""
    with _undamaged("record"):
        kind = KINDS[_decoder(_OfKind).decode(text).kind]
    return decode(kind, text)


def decode_decision(text: str) -> Decision:
    """The decision that was encoded as ``text``."""
    with _undamaged("Decision"):
        decision = from_dict(Decision, json.loads(text))
        plain: Any = decision.record  # of which kind it is stands in it
        return replace(decision, record=from_dict(KINDS[plain["kind"]], plain)) if plain else decision


def encode_rest(document: Document) -> str:
    """What of a document has no column of its own."""
    return encode({"credits": document.credits, "raw_sha256": document.raw_sha256, "meta": document.meta})


def decode_document(columns: Sequence[Any], rest: str) -> Document:
    """The document with these DOCUMENT_COLUMNS and this :func:`encode_rest`."""
    more = decode_object(rest)
    with _undamaged("document"):
        return Document(**dict(zip(DOCUMENT_COLUMNS, columns, strict=True)), **{**more, "credits": tuple(more["credits"])})


class _OfKind(msgspec.Struct):
    kind: str


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


_DAMAGE = (ValueError, TypeError, KeyError, RecursionError, SchemaError)


@contextmanager
def _undamaged(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> StoreError:
    return StoreError(f"a stored {name} is damaged: {error}", hint="restore the store from a copy, or add the reports to a new one")


def printable(text: str) -> str:
    """``text`` with lone surrogates (an undecodable file name has them) written as escapes: the issues log must be able to name any input."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
