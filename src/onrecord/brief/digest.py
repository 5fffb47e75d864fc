"""What is new in several saved searches as one document, HTML or Markdown: no script, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.brief.entries import Entry, asked
from onrecord.brief.plain import escaped
from onrecord.brief.safe import clean, link
from onrecord.desk.searches import Search

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Told:
    """What is new in a search: the newest ``entries``, how many ``more`` there are, and the store's change ``through`` which it was looked at."""

    search: Search
    entries: tuple[Entry, ...]
    more: int
    through: int


def digest_html(told: Sequence[Told], day: str, base: str = "") -> str:
    """The digest of ``day`` as a page. ``base``: where the desk is, so that records can be linked; without it they are named by their ids."""
    return str(_template().render(told=told, day=day, base=base.rstrip("/"), asked=asked))


def digest_markdown(told: Sequence[Told], day: str, base: str = "") -> str:
    """The digest of ``day`` as Markdown."""
    return "\n".join(_lines(told, day, base.rstrip("/"))).rstrip() + "\n"


def _lines(told: Sequence[Told], day: str, base: str) -> Iterator[str]:
    yield from (f"# What is new, {day}", "")
    if not told:
        yield "No saved search is in the digest."
    for each in told:
        count = len(each.entries) + each.more
        shown = f", the newest {len(each.entries)} are shown" if each.more else ""
        yield from (f"## {escaped(each.search.name)}", "", f"{escaped(asked(each.search))} – {count} new{shown}", "")
        for entry in each.entries:
            yield from _entry(entry, base)


def _entry(entry: Entry, base: str) -> Iterator[str]:
    title = escaped(entry.title)
    yield from (f"### [{title}](<{base}{entry.path}>)" if base else f"### {title}", "")
    yield from ("> " + (f"{escaped(entry.speaker)}: " if entry.speaker else "") + f"“{escaped(entry.words)}”", "")
    to = link(entry.url)
    report = (f"[{escaped(entry.report)}](<{to}>)" if to else escaped(entry.report)) if entry.report else None
    through = (*(f"via {escaped(name)}" for name in entry.via), escaped(entry.publisher or "unknown publisher"), report, entry.date)
    yield from (" · ".join(part for part in (*through, f"{entry.kind} {entry.id}") if part), "")
    yield from (*(f"- {escaped(why)}" for why in entry.why), "")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only pages need it

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    made.filters.update(clean=clean, link=link)
    return made.from_string(resources.files("onrecord.brief").joinpath("digest.jinja").read_text(encoding="utf-8"))
