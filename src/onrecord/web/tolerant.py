"""A filter from a form that people fill in: what is wrong is said beside its field, and the rest still counts. Programs get errors instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from fastapi import Request

from onrecord.errors import QueryError
from onrecord.query import Filter
from onrecord.web.filters import LONGEST, check


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field, and what may have been meant."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a form holds. ``wanted``: the fields that make sense; ``values``: all as written; ``wrong``: by field, what makes none."""

    wanted: Filter
    values: Mapping[str, str]
    wrong: Mapping[str, Wrong]


def written(request: Request, fields: Collection[str], extra: Collection[str] = ()) -> Written:
    """The filter in the request's address. Raises QueryError for a parameter that is neither a field nor in ``extra``."""
    check(request, {*fields, *extra})
    values = {name: value for name in fields if (value := request.query_params.get(name, "").strip())}
    return read(values)


def read(values: Mapping[str, str]) -> Written:
    """The filter that these values make, field by field."""
    good: dict[str, Any] = {}
    wrong: dict[str, Wrong] = {}
    for name, value in values.items():
        try:
            good[name] = getattr(Filter(**{name: _typed(name, value)}), name)
        except QueryError as error:
            wrong[name] = Wrong(error.message, error.hint)
    try:
        wanted = Filter(**good)
    except QueryError as error:  # only dates can contradict each other
        wrong["until"] = Wrong(error.message, error.hint)
        wanted = Filter(**{name: value for name, value in good.items() if name != "until"})
    return Written(wanted, values, wrong)


def _typed(name: str, value: str) -> Any:
    if name not in Filter.__dataclass_fields__:
        raise QueryError(f"{name[:80]!r} is no filter")
    if len(value) > LONGEST:
        raise QueryError(f"{name}: that is longer than {LONGEST} characters")
    kind = get_type_hints(Filter)[name]
    for number in (int, float):
        if kind == number | None:
            try:
                return number(value)
            except ValueError:
                raise QueryError(f"{name}: {value!r} is no number", hint="write a number, such as " + ("2" if number is int else "0.8")) from None
    return value
