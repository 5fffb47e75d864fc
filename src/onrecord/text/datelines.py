"""Datelines: where, when and by which agency a report was filed ("ASTANA, July 4 (Xinhua) --"), before its first words."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from onrecord.text.layout import Layout

Stretch = tuple[int, int]
_UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+(?:(?: ?/ ?| )[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]*)*"
_TITLE = r"[A-ZÀ-ÖØ-Þ][\w'’.-]+(?:(?: ?/ ?| )[A-ZÀ-ÖØ-Þ][\w'’.-]+){0,3}"
_LABEL = re.compile(r"^[ \t]*[A-Z][A-Z .'’-]{1,40}: ", re.MULTILINE)
_OPENS = re.compile(r"[\"'“‘«(\[]?\s?[^\W_a-z]")
"""What may follow a dateline: a sentence's first capital or digit, perhaps quoted."""
_LONGEST = 120
_TOP = 400
"""Within this many characters a colon may still close a dateline: headline and byline stand before it."""
_PLACE_WORDS = 3
"""More capital words than this before a dash, with no date or agency, are a heading run into its paragraph, and so is
a label ("EXCLUSIVE:"): passed over, but no place."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """``[start, end)`` of the document text, the dash included; the parts are (start, end) pairs, None where it has none."""

    start: int
    end: int
    place: Stretch | None = None
    date: Stretch | None = None
    agency: Stretch | None = None


def dateline(text: str, start: int, end: int, layout: Layout) -> Dateline | None:
    """The dateline that opens the paragraph ``[start, end)``, if any; one that is all there is to the paragraph counts too."""
    match = _pattern(layout.months, layout.weekdays).match(text, start, min(end, start + _LONGEST))
    if match is None or match.end() == start or not _holds(match, text, layout):
        return None
    if match.end() < end and not _OPENS.match(text, match.end(), end):
        return None
    bare = match["upper"] and not (match["date"] or match["paren"] or match["slash"])
    run_in = bare and (match["upper"].count(" ") >= _PLACE_WORDS or match["upper"].lower() in layout.labels)
    place = None if run_in else _stretch(match, "place")
    return Dateline(start, match.end(), place, _stretch(match, "date"), _stretch(match, "paren") or _stretch(match, "slash"))


def _holds(match: re.Match[str], text: str, layout: Layout) -> bool:
    """Whether the parts that were found make a dateline together."""
    agency = match["paren"] or match["slash"]
    known = agency is not None and agency.strip().lower() in layout.agencies
    if match["sep"] is None and not known and not match["slash"]:
        return False
    if match["upper"] is None:
        inland = match["region"] and match["sep"] and match["sep"].strip() in "—–―"  # "Bonn, Germany – The"
        return known or bool(match["date"] or inland or match["slash"]) if match["place"] else bool(agency)
    if match["sep"] and match["sep"].strip() == ":" and not agency and not match["date"]:
        return match.start() < _TOP and len(_LABEL.findall(text, 0, 20_000)) == 1  # otherwise it labels who speaks in a transcript
    return len(match["upper"]) > 2


def _stretch(match: re.Match[str], group: str) -> Stretch | None:
    return match.span(group) if match[group] else None


@functools.cache
def _pattern(months: tuple[str, ...], weekdays: tuple[str, ...]) -> re.Pattern[str]:
    month, weekday = (f"(?:{'|'.join(words) or '(?!)'})" for words in (months, weekdays))
    day = rf"(?:{month}\.? \d{{1,2}}(?!\d)(?:, \d{{4}})?|\d{{1,2}} {month}\b\.?(?:,? \d{{4}})?)"
    date = rf"(?:{weekday},? {day}|{day}|{weekday}(?=\s*[(/—–-]))"
    region = rf"(?P<region>, (?!{month}\b|{weekday}\b)[A-ZÀ-ÖØ-Þ][\w'’.-]+(?: [A-ZÀ-ÖØ-Þ][\w'’.-]+){{0,2}})?"
    return re.compile(
        rf"(?P<place>(?!{month}\.? \d)(?:(?P<upper>{_UPPER})(?![\w])|{_TITLE}){region})?"
        rf"(?:,?\s*(?P<date>{date}))?\.?"
        r"(?:,?\s*(?:\((?P<paren>[A-Za-z][^()\n]{1,40})\)|/(?P<slash>[A-Z][^/\n]{1,30})/\.?))?"
        r"(?P<sep>\s*(?:--+|[—–―]|[-:](?=\s)))?\s*"
    )
