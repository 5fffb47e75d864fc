"""Pages: a template, what every page knows (who is signed in, where one is), and what templates may call. Holds no question to the store."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord.brief.safe import clean, link
from onrecord.query.headings import heading
from onrecord.web.access import Visitor, visitor
from onrecord.web.filters import address, given, here
from onrecord.web.serving import serving
from onrecord.web.static_files import static

PLACES = (
    ("issues", "/issues", "Issues"), ("actors", "/actors", "Actors"), ("timeline", "/timeline", "Timeline"), ("network", "/network", "Network"),
    ("map", "/map", "Map"), ("reports", "/reports", "Reports"), ("search", "/search", "Search"), ("watch", "/watch", "Watch"),
    ("feeds", "/feeds", "Feeds"), ("review", "/review", "Review"),
)  # fmt: skip
"""The main places: the name by which a page says that it is there, the address, and what is shown."""


def page(request: Request, name: str, *, status: int = 200, at: str = "", **context: Any) -> Response:
    """The page made of ``templates/NAME.jinja``. ``at``: which of the main places it belongs to.

    What a signed-in browser sees is stored nowhere. Every value is escaped where it is put in.
    """
    who = _visitor(request)
    text = _environment().get_template(f"{name}.jinja").render(
        request=request, who=who.person, csrf=who.csrf, places=PLACES, at=at, here=here(request), private=serving(request).settings.closed,
        **context,
    )  # fmt: skip
    return HTMLResponse(text, status, headers=_kept_by(who))


def piece(request: Request, name: str, macro: str, *arguments: Any) -> Response:
    """What one macro of ``templates/NAME.jinja`` makes of these arguments: a piece of a page, for htmx."""
    who = _visitor(request)
    module = _environment().get_template(f"{name}.jinja").make_module({"csrf": who.csrf})
    return HTMLResponse(str(getattr(module, macro)(*arguments)), headers=_kept_by(who))


def _kept_by(who: Visitor) -> dict[str, str] | None:
    """The header that says who may keep a page: nobody what somebody sees who signed in."""
    return {"Cache-Control": "no-store"} if who.person else None


def _visitor(request: Request) -> Visitor:
    """Who asks; a page that says what is wrong with a token must not fail for it again."""
    known: Visitor | None = getattr(request.state, "visitor", None)
    if known is None and "authorization" not in request.headers:
        known = visitor(request)
    return known or Visitor(None)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    made.filters.update(clean=clean, heading=heading, link=link, sure=sure, number=number)
    made.globals.update(static=static, address=address, given=given)
    return made


def sure(confidence: float | None) -> str:
    """A probability in words of its own: ``87 %``; an empty text where there is none."""
    return "" if confidence is None else f"{confidence:.0%}".replace("%", " %")


def number(value: int) -> str:
    """A count with thin spaces between thousands."""
    return f"{value:,}".replace(",", "\u202f")
