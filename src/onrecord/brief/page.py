"""A brief as one HTML file: no script, nothing fetched, every text escaped. The layout is ``page.jinja``, the looks are ``page.css``."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from onrecord.brief import drawing
from onrecord.brief.parts import SIDES, Brief, Chart, Sentence
from onrecord.brief.safe import clean, link
from onrecord.brief.sources import MOST
from onrecord.brief.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Template

_DRAWN = {"bars": drawing.bars, "strips": drawing.strips, "columns": drawing.columns}


def html(shown: Brief) -> str:
    """The brief as a page. It needs nothing beside it, holds to ``default-src 'none'``, and can be printed."""
    words = Wording(shown.asked.get("issue"))

    def references(sentence: Sentence) -> list[str]:
        return [shown.marks[i] for i in sentence.ids[:MOST] if i in shown.marks]

    def more(sentence: Sentence) -> int:
        return max(0, len(sentence.ids) - MOST)

    text: str = _template().render(
        brief=shown,
        labels=words.table["labels"],
        titles=words.table["sections"],
        sides=words.table["sides"],
        order=SIDES,
        dated=words.dated,
        references=references,
        more=more,
        drawn=_drawn,
        ticks=drawing.ticks,
        style=_file("page.css"),
    )
    return text


def _drawn(chart: Chart) -> object:
    return _DRAWN[chart.kind](chart)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only pages need it

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    made.filters["clean"] = clean
    made.filters["link"] = link
    return made.from_string(_file("page.jinja"))


def _file(name: str) -> str:
    return resources.files("onrecord.brief").joinpath(name).read_text(encoding="utf-8")
