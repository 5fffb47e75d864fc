"""Filters in addresses: query parameters bear the names of the Filter's fields, by construction, as flags of the command line do.

And what pages need of addresses besides: the one that is asked for, the short form of one that a form made, a number in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from inspect import Parameter, Signature
from typing import Annotated, Any, get_type_hints
from urllib.parse import urlencode

from fastapi import Query as Param
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BeforeValidator, Field

from onrecord.errors import QueryError
from onrecord.query import HELP, Filter, Query, near

LONGEST = 1_000
_DIGITS = 8


def asked(query: Query, extra: Iterable[str] = (), fields: Iterable[str] | None = None) -> Callable[..., Filter]:
    """A dependency that makes the Filter of a request from its query parameters: those of ``query.fields``, or of ``fields``.

    An empty value is as if it were not there, for a form sends every field. A parameter that is neither one of these nor in ``extra``, or that is
    given twice, raises QueryError, with near matches.
    """
    taken = list(query.fields if fields is None else fields)
    known = {*taken, *extra}

    def dependency(request: Request, **given: Any) -> Filter:
        check(request, known)
        return Filter(**{name: value for name, value in given.items() if value is not None})

    hints: dict[str, Any] = get_type_hints(Filter)
    parameters = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)]
    for name in Filter.__dataclass_fields__:
        if name in taken:
            # The limit is the text's own: an empty value has become None by then.
            kind: Any = Annotated[str, Field(max_length=LONGEST)] | None if hints[name] == (str | None) else hints[name]
            note: Any = Annotated
            note = note[kind, BeforeValidator(_set), Param(description=HELP[name])]
            parameters.append(Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=note))
    dependency.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return dependency


def _set(value: Any) -> Any:
    return None if value == "" else value


def check(request: Request, known: Iterable[str]) -> None:
    """Raise QueryError for a parameter that is not known, or given twice."""
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if name not in known:
            close = near(name, known)
            raise QueryError(f"{name[:80]!r} is no parameter here", hint=f"did you mean {' or '.join(close)}?" if close else "")
        if names.count(name) > 1:
            raise QueryError(f"{name!r} is given more than once", hint="give it once")


def given(wanted: Filter) -> dict[str, str]:
    """The fields that are set, as an address has them."""
    return {name: str(value) for name, value in asdict(wanted).items() if value is not None}


def address(path: str, wanted: Filter | None = None, /, **changes: object) -> str:
    """The address of ``path`` with this filter; a change of None takes a field away."""
    fields = {**(given(wanted) if wanted is not None else {}), **{name: None if value is None else str(value) for name, value in changes.items()}}
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{path}?{query}" if query else path


def here(request: Request) -> str:
    """The address that is asked for, without the host: to come back to, to be shown, to be asked again."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def tidied(request: Request) -> Response | None:
    """Where to go instead, if the address has empty parameters: a form sends every field; the address that is kept has those that say something."""
    if "" not in request.query_params.values():
        return None
    return RedirectResponse(address(request.url.path, **{name: value for name, value in request.query_params.items() if value}), 303)


def number_in(request: Request, name: str, otherwise: int = 0) -> int:
    """A page's own parameter that is a number, such as where a list begins: ``otherwise`` where it is not there, 0 where it is no number of use."""
    text = request.query_params.get(name, str(otherwise))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
