"""Templates and the pieces that fill them. The words are the language pack's (``brief.toml``); nothing here adds one. Asks no store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.brief.parts import Piece, Sentence
from onrecord.codebook.own_issues import OWN
from onrecord.languages import language

_SEGMENT = re.compile(r"\[([^\]]*)\]|([^\[]+)")
_FIELD = re.compile(r"\{(\w+)\}")
_DATE = re.compile(r"(\d{4}|-)(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?", re.DOTALL)
_OPENING, _CLOSING = '"“«', '"”»'
LONGEST = 320
"""How much of a record's words is quoted, in code points; the whole is in the report."""
_SURE = 0.99
NAMES = 3
"""How many names a list gives before it says "others"."""
Pieces = Piece | Sequence[Piece]


class Wording:
    """The words of a brief in one language; ``issue``: the one that is asked for, if any, since some words are others on an issue of a user's own."""

    def __init__(self, issue: str | None = None, code: str = "en") -> None:
        table = language(code).table("brief")
        own = table["own"] if (issue or "").startswith(OWN) else {}
        self.table: Mapping[str, Any] = {group: {**words, **own.get(group, {})} for group, words in table.items()}

    def sentence(self, key: str, ids: Iterable[str] = (), **fields: Pieces | None) -> Sentence:
        """The template ``key`` filled with pieces; a part in brackets is left out where one of its fields is missing or empty.

        It rests on ``ids``, which come first, and on the records of its pieces. Raises KeyError for a template that is not there, or a field
        outside brackets that nothing fills.
        """
        given = {name: (value,) if isinstance(value, Piece) else tuple(value) for name, value in fields.items() if value}
        pieces: list[Piece] = []
        for optional, plain in _SEGMENT.findall(self.table["sentences"][key]):
            if not optional or all(name in given for name in _FIELD.findall(optional)):
                pieces += _filled(optional or plain, given)
        return Sentence(key, tuple(pieces), tuple(dict.fromkeys((*ids, *(i for piece in pieces for i in piece.ids)))))

    def plain(self, group: str, key: str) -> Piece:
        """A word of the table by itself."""
        return Piece("plain", self.table[group][key])

    def section(self, key: str) -> str:
        """The title of a section."""
        title: str = self.table["sections"][key]
        return title

    def share(self, value: float, field: str, ids: Iterable[str]) -> tuple[Piece, ...]:
        """A share or probability (0 to 1) with two decimals; what two decimals would make a certainty is above 0.99 or below 0.01."""
        word = "above" if value > _SURE else "below" if value < 1 - _SURE else None
        shown = min(max(value, 1 - _SURE), _SURE)
        return (*([self.plain("joins", word)] if word else []), Piece("figure", f"{shown:.2f}", field, tuple(ids)))

    def heads(self, *keys: str) -> tuple[str, ...]:
        """Headings of a table."""
        return tuple(self.table["heads"][key] for key in keys)

    def code(self, group: str, code: str, ids: Iterable[str]) -> Piece:
        """What the code of a record is called; the code itself where the table has no name for it."""
        return Piece("code", self.table[group].get(code, code), code, tuple(ids))

    def counted(self, number: int, unit: str, ids: Iterable[str], noun: str = "") -> tuple[Piece, ...]:
        """A number and what it counts: "3 reports". ``noun`` where the unit is called by another name."""
        one, many = self.table["nouns"][noun or unit]
        return Piece("count", str(number), unit, tuple(ids)), Piece("plain", f" {one if number == 1 else many}")

    def listed(self, items: Sequence[Pieces], most: int = NAMES) -> tuple[Piece, ...]:
        """Items as a list: "A, B and C"; where there are more than ``most``, "A, B, C and others"."""
        shown: list[Pieces] = list(items[:most])
        if len(items) > most:
            shown.append(self.plain("joins", "others"))
        pieces: list[Piece] = []
        for i, item in enumerate(shown):
            if i:
                pieces.append(self.plain("joins", "and" if i == len(shown) - 1 else "comma"))
            pieces += [item] if isinstance(item, Piece) else item
        return tuple(pieces)

    def day(self, value: str | None, ids: Iterable[str]) -> Piece | None:
        """A date as people write it, as exactly as the record has it; None for none."""
        return Piece("day", self.dated(value), value, tuple(ids)) if value else None

    def dated(self, value: str, months: str = "months") -> str:
        """An ISO date, month, year, date-time or a day without a year in words; what is none of these stays as it is.

        ``months``: which names of months are taken, ``short`` for axes.
        """
        found = _DATE.fullmatch(value)
        if found is None:
            return value
        year, month, day = found.groups()
        names, forms = self.table["calendar"][months], self.table["calendar"]
        if not month or not 1 <= int(month) <= len(names):
            return year if year != "-" else value
        name = names[int(month) - 1]
        if not day:
            return str(forms["month"].format(month=name, year=year)) if year != "-" else value
        form = forms["yearless"] if year == "-" else forms["day"]
        return str(form.format(day=int(day), month=name, year=year))

    def quoted(self, text: str, record_id: str, longest: int = LONGEST) -> Sentence:
        """Words of a record in quotation marks (single around double ones, none where they have their own); what is too long ends in dots."""
        cut = text if len(text) <= longest else text[:longest].rpartition(" ")[0] or text[:longest]
        own = text[:1] in _OPENING and text[-1:] in _CLOSING
        inner = any(mark in text for mark in _OPENING + _CLOSING)
        key = "words_cut" if cut != text else "words_own" if own else "words_around" if inner else "words"
        return self.sentence(key, words=Piece("words", cut, "", (record_id,)))


def name(text: str, ids: Iterable[str]) -> Piece:
    """A name that one of the records, or its report, has."""
    return Piece("name", text, "", tuple(ids))


def _filled(template: str, given: Mapping[str, tuple[Piece, ...]]) -> list[Piece]:
    parts = _FIELD.split(template)
    pieces: list[Piece] = []
    for i, part in enumerate(parts):
        if i % 2:
            pieces += given[part]
        elif part:
            pieces.append(Piece("plain", part))
    return pieces
