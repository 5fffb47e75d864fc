"""Saved searches on the command line: they are listed, kept and changed, and what is new in them is told in a digest or posted to webhooks."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.app import telling
from onrecord.cli.brief import Page, chosen_page
from onrecord.cli.desk import desk_beside
from onrecord.cli.exits import Exit
from onrecord.cli.filters import FormatFlag, OutputFlag, Store, filtered
from onrecord.cli.output import replacing, write
from onrecord.cli.tables import printable
from onrecord.query import QUERIES, Filter

COLUMNS = ("name", "owner", "shared", "query", "filter", "digest", "webhook", "id")
NEWS = ("added", "date", "kind", "title", "words", "publisher", "id")
SearchId = Annotated[str, typer.Argument(metavar="SEARCH", help="The search's id: onrecord searches STORE lists them.", show_default=False)]
SAVED_FIELDS = tuple(dict.fromkeys(f for name in ("timeline", "documents") for f in QUERIES[name].fields if f not in ("limit", "after", "order")))


def searches(store: Store, format_: FormatFlag = None, output: OutputFlag = None) -> None:
    """The saved searches of all owners."""
    from onrecord.desk import searches as kept  # noqa: PLC0415 - opens the desk file

    rows = (search.row() for search in kept.searches(desk_beside(store), every=True))
    write(rows, format_, output, columns=COLUMNS, header=(*COLUMNS, "made_at"))


def digest(
    store: Store,
    *,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="What was added since this day; nothing is remembered.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write into this file: digest.html or digest.md.")] = None,
    format_: Annotated[Page | None, typer.Option("--format", help="html or md; by default what the file's suffix says, else md.")] = None,
    base: Annotated[str, typer.Option(metavar="URL", help="Where the desk is served; records are linked there.")] = "",
    post: Annotated[bool, typer.Option("--post", help="Post what is new to the webhooks of the searches, in place of a digest.")] = False,
    allow_private: Annotated[
        list[str], typer.Option(metavar="HOST", help="A host of your own network that may be posted to; only public ones are otherwise.")
    ] = [],  # noqa: B006 - typer wants a list, and nobody changes it
) -> None:
    """What is new in the saved searches that are in the digest, as one document. What was told is remembered; run it daily."""
    if post:
        _post(store, allow_private)
        return
    since = None if since is None else Filter(since=since).since
    kind, made = chosen_page(format_, output), telling.told(store, since=since)
    from onrecord.brief.digest import digest_html, digest_markdown  # noqa: PLC0415 - loads the pages' parts

    text = (digest_html if kind is Page.html else digest_markdown)(made, datetime.now(UTC).date().isoformat(), base)
    if output is None:
        print(text, end="")
        sys.stdout.flush()
    else:
        with replacing(output) as part:
            part.write_text(text, encoding="utf-8")
    if since is None:
        telling.remember(store, made)


def _post(store: Path, allow_private: list[str]) -> None:
    from onrecord.fetch import Client  # noqa: PLC0415 - only here something is sent

    client = Client(allow_private)

    def say(name: str, what: str) -> None:
        print(printable(f"{name}: {what}"), file=sys.stderr)

    if not telling.post(store, lambda url, body, headers: client.post(url, body, headers=headers).status, say=say):
        raise typer.Exit(Exit.offline)


saved = typer.Typer(no_args_is_help=True, help="Keep, change and remove saved searches, and see what is new in one. See docs/watch.md.")


@saved.command("make")
@filtered(SAVED_FIELDS)
def make(
    store: Store,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for.", show_default=False)],
    *,
    owner: Annotated[str, typer.Option(help="Whose it is: the name of a token.")],
    query: Annotated[str, typer.Option(help="timeline (records of all kinds), statements, positions, events, relations or documents.")] = "timeline",
    shared: Annotated[bool, typer.Option("--shared", help="All who may read see it.")] = False,
    **given: Any,
) -> None:
    """Keep a search and print its id; what is added from now on is new in it."""
    from onrecord.desk import searches as kept  # noqa: PLC0415
    from onrecord.store import open_store  # noqa: PLC0415

    wanted = Filter(**{field: value for field, value in given.items() if value is not None})
    with open_store(store) as opened, opened.view() as view:
        version = view.version()
    print(kept.save(desk_beside(store), name, owner, query, wanted, version=version, shared=shared).id)


@saved.command("change")
def change(
    store: Store,
    search: SearchId,
    *,
    name: Annotated[str | None, typer.Option(help="Another name.", show_default=False)] = None,
    shared: Annotated[bool | None, typer.Option("--shared/--own", help="Who sees it.", show_default=False)] = None,
    digest: Annotated[bool | None, typer.Option("--digest/--no-digest", help="Whether the digest tells it.", show_default=False)] = None,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Where new records are posted; empty for nowhere.", show_default=False)] = None,
    new_key: Annotated[bool, typer.Option("--new-key", help="Give its feed another address; the old one is dead.")] = False,
) -> None:
    """Rename or share a search, have it told, or give its feed another address. Prints what a webhook needs to check signatures."""
    from onrecord.desk import searches as kept  # noqa: PLC0415

    desk = desk_beside(store)
    changed = kept.change(desk, search, name=name, shared=shared, digest=digest, webhook=webhook)
    if new_key:
        changed = kept.new_key(desk, search)
        print(f"/watch/{changed.id}.atom?key={changed.key}")
    if webhook:
        print(f"signed with: {changed.secret}")


@saved.command("remove")
def remove(store: Store, search: SearchId) -> None:
    """Forget a search, its feed and its webhook."""
    from onrecord.desk import searches as kept  # noqa: PLC0415

    kept.remove(desk_beside(store), search)


@saved.command("news")
def news(store: Store, search: SearchId, format_: FormatFlag = None, output: OutputFlag = None) -> None:
    """What one search found, the last added first, with the reasons. Remembers nothing."""
    from onrecord.brief.entries import Entry, entries  # noqa: PLC0415
    from onrecord.desk import news as found  # noqa: PLC0415
    from onrecord.desk import searches as kept  # noqa: PLC0415
    from onrecord.store import open_store  # noqa: PLC0415

    desk = desk_beside(store)
    with open_store(store) as opened, opened.view() as view:
        asked = kept.search(desk, search)
        found.look(desk, view, [asked])
        rows = [entry.full() for entry in entries(view, asked, found.news(desk, view, asked, limit=found.KEPT))]
    flat = ({name: "; ".join(value) if isinstance(value, list) else value for name, value in row.items()} for row in rows)
    write(flat, format_, output, columns=NEWS, header=tuple(Entry.__dataclass_fields__))
