"""Whether plain JSON has the shape of a value of the record contract, told by the declared fields. Knows no codebook and no text."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any


def faults(value: Any, hint: Any, where: str) -> Iterator[str]:
    """What keeps ``value`` from being of the annotated type ``hint``: a line for each place, named by its path ("speaker.mention")."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if value is not None or type(None) not in args:
            (inner,) = (a for a in args if a is not type(None))  # the contract has no other unions below a record
            yield from faults(value, inner, where)
    elif origin is typing.Literal:
        if value not in args:
            yield f"{where}: {value!r} is not known; one of {', '.join(map(str, args))}"
    elif origin is tuple:
        if not isinstance(value, list):
            yield f"{where}: a list is wanted"
            return
        for i, item in enumerate(value):
            yield from faults(item, args[0], f"{where}[{i}]")
    elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
        yield from _fields(value, hint, where)
    elif not isinstance(value, (int, float) if hint is float else hint) or (isinstance(value, bool) and hint is not bool):
        yield f"{where}: {_NAMES[hint]} is wanted"


_NAMES: Mapping[Any, str] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def _fields(value: Any, hint: type, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: an object with {', '.join(_hints(hint))} is wanted"
        return
    for name in value:
        if name not in _hints(hint):
            yield f"{where}: there is no field {name!r}; they are {', '.join(_hints(hint))}"
    for field in dataclasses.fields(hint):
        if field.name in value:
            yield from faults(value[field.name], _hints(hint)[field.name], f"{where}.{field.name}" if where else field.name)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            yield f"{where}: {field.name} is missing" if where else f"{field.name} is missing"


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return {name: hint for name, hint in typing.get_type_hints(kind).items() if typing.get_origin(hint) is not typing.ClassVar}
