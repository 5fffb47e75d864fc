"""The commands about links that are no question: link all reports anew, and judge a link."""

from __future__ import annotations

import os
import sys
from typing import Annotated, TypeVar, get_args

import typer
from rich.console import Console

from onrecord import app
from onrecord.across.judging import Verdict
from onrecord.cli.filters import Store
from onrecord.cli.output import json_line
from onrecord.cli.read import complain
from onrecord.errors import QueryError
from onrecord.model import to_dict
from onrecord.model.links import LinkType

T = TypeVar("T", bound=str)
Settle = Annotated[bool, typer.Option("--settle", help="End a dispute of other reviewers.")]
Admin = Annotated[bool, typer.Option("--admin", help="With --settle: also one in which you took sides.")]
SIGNED = "ONRECORD_REVIEWER"
"""The environment variable with the name that judgements are signed with where --by is not given."""


def relink(store: Store) -> None:
    """Link all reports of a store anew, by the linkers of this onrecord. Adding reports links them; judgements of people stay."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    with errors.status("linking", spinner="line") as status:
        count = app.link(store, anew=True, on_problem=complain, progress=lambda n: status.update(f"{n} reports linked"))
    errors.print(f"{count} linked", markup=False)


def judge(
    store: Store,
    left: Annotated[str, typer.Argument(metavar="LEFT", help="A record's id, or a report's, or how it begins.", show_default=False)],
    right: Annotated[str, typer.Argument(metavar="RIGHT", help="The other record or report.", show_default=False)],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="accept, reject, unsure or withdraw.", show_default=False)],
    *,
    type: Annotated[str | None, typer.Option("--type", help="Which link is meant, where several or none join the two.")] = None,  # noqa: A002
    settle: Settle = False,
    admin: Admin = False,
    by: Annotated[str | None, typer.Option("--by", help="Who judges; by default what ONRECORD_REVIEWER says.")] = None,
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
) -> None:
    """Accept, reject or be unsure of a link, or withdraw what you judged. A judgement is signed and dated, and outweighs what linkers find."""
    signed = by if by is not None else os.environ.get(SIGNED, "")
    meant = one_of("verdict", verdict, get_args(Verdict))
    judged = app.judge(store, left, right, meant, by=signed, type=_type(type), note=note, settles=settle, admin=admin)
    sys.stdout.write(json_line(to_dict(judged)) + "\n")


def _type(given: str | None) -> LinkType | None:
    return None if given is None else one_of("type", given, get_args(LinkType))


def one_of(name: str, given: str, known: tuple[T, ...]) -> T:
    """The one of ``known`` that was given. Raises QueryError."""
    for value in known:
        if value == given.casefold():
            return value
    raise QueryError(f"{name}: {given!r} is not known", hint="one of " + ", ".join(map(str, known)))
