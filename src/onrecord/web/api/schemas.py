"""The shapes of answers as JSON Schema, made from the dataclasses that the answers are made from. Describes; checks nothing.

Each dataclass becomes a component that others refer to; :data:`COMPONENTS` has those that were referred to.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from inspect import getdoc
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from onrecord.model import Event, Position, Record, Relation, Statement
from onrecord.query.rows import OF_DOCUMENT, EventRow, Flat, PositionRow, RelationRow, Row, StatementRow

Schema = dict[str, Any]
COMPONENTS: dict[str, Schema] = {}
"""The components by their names, in the order they were first referred to."""
_SCALARS: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}
_ONE_KIND: Mapping[type[Row], type[Record]] = {StatementRow: Statement, EventRow: Event, PositionRow: Position, RelationRow: Relation}
"""The rows that are records of one kind; others may be of any."""


def schema(hint: Any) -> Schema:
    """The schema of what :func:`onrecord.model.to_dict` makes of a value of this annotated type."""
    origin, args = get_origin(hint), get_args(hint)
    if hint in _SCALARS:
        return {"type": _SCALARS[hint]}
    if origin is Literal:
        return {"type": "string", "enum": list(args)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema(a) for a in args]}
    if origin in (tuple, list) or (isinstance(origin, type) and not issubclass(origin, Mapping)):
        return {"type": "array", "items": schema(args[0])}
    if isinstance(origin, type):
        return {"type": "object", "additionalProperties": schema(args[1])}
    if is_dataclass(hint) and isinstance(hint, type):
        return component(hint.__name__, lambda: shape(hint))
    return {}


def component(name: str, make: Any) -> Schema:
    """A reference to the component of this name, made when it is first referred to."""
    if name not in COMPONENTS:
        COMPONENTS[name] = {}  # it may refer to itself
        COMPONENTS[name] = make()
    return {"$ref": f"#/components/schemas/{name}"}


def shape(kind: type, without: tuple[str, ...] = ()) -> Schema:
    """The schema of a dataclass as an object with all its fields, and its ``kind`` where it is a record."""
    hints: dict[str, Any] = get_type_hints(kind)
    properties = {f.name: schema(hints[f.name]) for f in fields(kind) if f.name not in without}
    name = getattr(kind, "kind", None)
    if isinstance(name, str):
        properties = {"kind": {"type": "string", "const": name}, **properties}
    return closed(properties, getdoc(kind))


def closed(properties: Mapping[str, Schema], description: str | None = None) -> Schema:
    """An object with just these properties, all of which are there."""
    told = {"description": description.replace("``", "`")} if description else {}
    return {"type": "object", **told, "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def row(kind: type[Flat]) -> Schema:
    """What ``full()`` makes of a row of this type."""
    if not issubclass(kind, Row):
        return component(kind.__name__, lambda: shape(kind, tuple(f.name for f in fields(kind) if f.name not in kind.columns())))
    return component(kind.__name__, lambda: _record_row(kind))


def _record_row(kind: type[Row]) -> Schema:
    records = [_ONE_KIND[kind]] if kind in _ONE_KIND else [*get_args(Record)]
    hints = get_type_hints(kind)
    beside = {name: schema(hints[name]) for name in (*OF_DOCUMENT, *kind.own)}
    made = [closed({**shape(record)["properties"], **beside}, getdoc(record)) for record in records]
    return made[0] if len(made) == 1 else {"description": (getdoc(kind) or "").replace("``", "`"), "anyOf": made}
