"""Values to plain dicts and back, driven by their declared fields. Knows no file format beyond what ``json`` takes."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from onrecord.errors import SchemaError
from onrecord.model.records import KINDS

SCHEMA_VERSION = 1
T = TypeVar("T")
_SCALARS = frozenset({str, int, float, bool, type(None)})


def to_dict(value: Any) -> Any:
    """A frozen value as dicts, lists and scalars; records carry their ``kind``. ``from_dict`` is its inverse."""
    if type(value) in _SCALARS:
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        out = {name: to_dict(getattr(value, name)) for name in _names(type(value))}
        kind = getattr(type(value), "kind", None)
        return {"id": out.pop("id"), "kind": kind, **out} if isinstance(kind, str) else out
    if isinstance(value, tuple | list):
        return [to_dict(v) for v in value]
    if isinstance(value, Mapping):
        return {k: to_dict(v) for k, v in value.items()}
    return value


def from_dict(kind: type[T], data: Mapping[str, Any]) -> T:
    """Rebuild a ``kind`` (or, for a record kind's base, whatever ``data["kind"]`` says) from a dict made by :func:`to_dict`.

    Raises SchemaError for an unknown kind or a field that is missing, unknown or of the wrong shape.
    """
    target: Any = KINDS.get(str(data.get("kind")), kind) if "kind" in data and "evidence" in data else kind
    try:
        return typing.cast(T, _reader(target)(data))
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise SchemaError(f"not a {target.__name__}: {error}") from error


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(kind))


@functools.cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """The function that rebuilds a value of the annotated type ``hint``."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [a for a in args if a is not type(None)]
        read = _reader(inner[0]) if len(inner) == 1 else _as_it_is
        return _as_it_is if read is _as_it_is else lambda v: None if v is None else read(v)
    if origin is tuple:
        item = _reader(args[0])
        return lambda v: tuple([item(x) for x in v])
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        names = _names(typing.cast(type, hint))
        readers = [(name, read) for name in names if (read := _reader(hints[name])) is not _as_it_is]
        build = typing.cast(Callable[..., Any], hint)

        def rebuild(data: Mapping[str, Any]) -> Any:
            fields = {**data}
            for name, read in readers:
                if name in fields:
                    fields[name] = read(fields[name])
            if "kind" not in names:
                fields.pop("kind", None)
            return build(**fields)

        return rebuild
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
