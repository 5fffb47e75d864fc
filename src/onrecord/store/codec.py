"""Values to canonical JSON text and back. Knows nothing of tables."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from onrecord.errors import SchemaError, StoreError
from onrecord.model import from_dict, to_dict

T = TypeVar("T")


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
    """The ``kind`` that :func:`encode` made ``text`` from. Raises StoreError where the stored text is damaged."""
    try:
        return from_dict(kind, json.loads(text))
    except (ValueError, SchemaError) as error:
        raise StoreError(f"a stored {kind.__name__} is damaged: {error}", hint="run `onrecord check`; restore the store from a copy") from error


def decode_list(kind: type[T], text: str) -> tuple[T, ...]:
    """The tuple of ``kind`` that was encoded as ``text``. Raises StoreError where it is damaged."""
    try:
        return tuple(from_dict(kind, item) for item in json.loads(text))
    except (ValueError, TypeError, SchemaError) as error:
        raise StoreError(
            f"a stored list of {kind.__name__} is damaged: {error}", hint="run `onrecord check`; restore the store from a copy"
        ) from error


def printable(text: str) -> str:
    """``text`` with lone surrogates (an undecodable file name has them) written as escapes: the issues log must be able to name any input."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
