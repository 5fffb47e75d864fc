"""``onrecord export``: a store's records in the formats of others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from onrecord import app
from onrecord.cli.filters import filtered
from onrecord.cli.output import replacing
from onrecord.cli.read import complain
from onrecord.errors import QueryError
from onrecord.export import find, known
from onrecord.export.annotation import NAME as ANNOTATION
from onrecord.export.annotation import Annotations, annotation
from onrecord.query import HELP, Filter
from onrecord.query.records import EVENTS, document_of
from onrecord.store import View

ANY = "any"
Source = Annotated[
    str, typer.Argument(metavar="STORE", help="A store, or what onrecord read --format json printed (- for standard input).", show_default=False)
]
_STATUS = f"{HELP['status'].rstrip('.')}; {ANY}: all of them."
Status = Annotated[str, typer.Option(help=_STATUS)]


@filtered(EVENTS)
def export(
    store: Source,
    *,
    format_: Annotated[str, typer.Option("--format", metavar="NAME", help=f"{', '.join(known())} or {ANNOTATION}.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write into this file. A second part goes beside it: events.tsv, events.mentions.tsv."),
    ] = None,
    status: Annotated[str | None, typer.Option(help=f"{_STATUS} By default actual of events, {ANY} of annotations.", show_default=False)] = None,
    **given: Any,
) -> None:
    """Events as a file that users of other data sets can load. What we do not know stays empty, and docs/exchange.md says why.

    With --format web-annotation, records of every kind as W3C Web Annotations.
    """
    if format_ == ANNOTATION:
        with app.opened(store, complain) as view, _handles(output, ("",)) as handles:
            count = annotate(view, handles[""], wanted(status or ANY, given))
        print(f"{count} annotations in {output or 'standard output'}", file=sys.stderr)
        return
    exporter = find(format_)
    if output is None and len(exporter.parts) > 1:
        raise QueryError(f"{format_} makes {len(exporter.parts)} files", hint="name the first with -o FILE")
    with app.opened(store, complain) as view, _handles(output, exporter.parts) as handles:
        rows = app.export(view, exporter, handles, wanted(status or "actual", given))
    files = ", ".join(f"{count} rows in {part_of(output, part) if output else 'standard output'}" for part, count in rows.items())
    print(files, file=sys.stderr)


def annotate(view: View, handle: BinaryIO, selected: Filter) -> int:
    """Write the records of every kind that a filter lets through as annotations, and return how many there are."""
    writer, document = Annotations(handle), document_of(view)
    for record in view.records(None, selected):
        writer.feed(annotation(record, document(record.document_id)))
    return writer.finish()


def wanted(status: str, given: Mapping[str, Any]) -> Filter:
    """The filter that these flags make."""
    return Filter(status=None if status == ANY else status, **{name: value for name, value in given.items() if value is not None})


def part_of(output: Path, part: str) -> Path:
    """The file a part goes into: the main one is ``output``, another has its name before the suffix."""
    return output.with_name(f"{output.stem}.{part}{output.suffix}") if part else output


@contextmanager
def _handles(output: Path | None, parts: tuple[str, ...]) -> Iterator[Mapping[str, BinaryIO]]:
    """A handle for each part; files are there whole or not at all."""
    if output is None:
        yield {"": sys.stdout.buffer}
        sys.stdout.flush()
        return
    with ExitStack() as stack:
        yield {part: stack.enter_context(stack.enter_context(replacing(part_of(output, part))).open("wb")) for part in parts}
