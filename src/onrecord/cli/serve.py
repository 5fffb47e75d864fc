"""``onrecord serve``: the desk, on this machine. And ``onrecord token``: who may do more than read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.desk import desk_beside
from onrecord.cli.exits import Exit
from onrecord.cli.filters import FormatFlag, Store
from onrecord.cli.link import one_of
from onrecord.cli.output import write
from onrecord.errors import StoreError

Name = Annotated[str, typer.Argument(metavar="NAME", help="Whom it is for; what they do is signed with it.", show_default=False)]
LAG = 5.0
"""Seconds for which a page may lag behind the store, so that many readers cost little while reports are being added."""


def serve(
    store: Store,
    *,
    host: Annotated[str, typer.Option(help="The address to listen at. Beyond this machine, reading needs a token, too.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen at.")] = 8484,
    name: Annotated[list[str] | None, typer.Option("--name", help="A further host name it goes by (behind a proxy); may be repeated.")] = None,
    private: Annotated[bool, typer.Option("--private", help="Reading needs a token, too.")] = False,
    answers: Annotated[Path | None, typer.Option(help="Where worked-out answers are kept; by default beside the store.", show_default=False)] = None,
    answer_memory: Annotated[int, typer.Option(min=0, metavar="MB", help="Memory that working out one answer may take; 0: without bound.")] = 1000,
    answer_minutes: Annotated[float, typer.Option(min=0, metavar="MINUTES", help="Time that it may take; 0: without bound.")] = 30,
) -> None:
    """Serve the desk of a store: the page and the HTTP API. Read-only until a token is made; Ctrl-C stops it."""
    from onrecord.web.process import Bounds  # noqa: PLC0415
    from onrecord.web.server import create, run  # noqa: PLC0415 - no other command needs a server
    from onrecord.web.settings import Settings  # noqa: PLC0415

    settings = Settings(
        host=host, port=port, names=tuple(name or ()), private=private, lag=LAG, answers=answers, bounds=Bounds(answer_memory, 60 * answer_minutes)
    )
    app = create(store, settings)
    shown = f"[{host}]" if ":" in host else host
    print(f"onrecord serves {store} at http://{shown}:{port}/ (Ctrl-C stops it)", file=sys.stderr)
    try:
        run(app, settings)
    except KeyboardInterrupt:
        print("onrecord: stopped", file=sys.stderr)
        raise typer.Exit(Exit.interrupted) from None
    except SystemExit as stopped:  # uvicorn has said why on standard error
        if stopped.code:
            raise StoreError(f"nothing can be served at {shown}:{port}", hint="is something else there? take another --port") from None


token = typer.Typer(no_args_is_help=True, help="Tokens: who may keep searches, review, adjudicate. Shown once, kept as digests, ended at any time.")


@token.command("make")
def make_token(
    store: Store,
    name: Name,
    *,
    scope: Annotated[str, typer.Option(help="reader, reviewer or admin.")] = "reader",
    days: Annotated[int | None, typer.Option(help="End it after so many days.", show_default=False)] = None,
) -> None:
    """Make a token and print it, this once."""
    from onrecord.desk import tokens  # noqa: PLC0415 - opens the desk file

    print(tokens.make(desk_beside(store), name, one_of("scope", scope, tokens.SCOPES), days))


@token.command("list")
def list_tokens(store: Store, format_: FormatFlag = None) -> None:
    """All tokens, without what they say."""
    from onrecord.desk import tokens  # noqa: PLC0415
    from onrecord.model import to_dict  # noqa: PLC0415

    columns = ("name", "scope", "made_at", "expires_at", "revoked_at", "used_at")
    write((to_dict(found) for found in tokens.tokens(desk_beside(store))), format_, None, columns=columns, header=columns)


@token.command("revoke")
def revoke_token(store: Store, name: Name) -> None:
    """End a token, and every browser that signed in with it, at once."""
    from onrecord.desk import tokens  # noqa: PLC0415

    tokens.revoke(desk_beside(store), name)
