"""Credits: whose copy a report uses ("(With inputs from Reuters)", "--Kyodo", "© AFP", "Reporting by …; editing by …")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.text.layout import Layout

_BRACKETS = "()[]{}*_=~|"
_DASHES = "-–—―/"
_SIGNATURE = re.compile(r"[.!?…][”\"'’)]*\s+(?P<sign>(?:--+|[—–―/-])\s*(?P<name>[\w/&, .-]{2,40}?)\s*/?)\Z")
_INITIALS = re.compile(r"[a-z]{2,4}(?:[/-][a-z]{2,4})+\Z")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_YEARS = re.compile(r"[\s,]*(?:©|\([cC]\)|\d{4}(?:\s*[-–]\s*\d{4})?)[\s,]*")
_CLAUSE = re.compile(r"\s*(?:;|\.\s+(?=[A-Z][a-z]+ing\b)|\.\Z|\|)\s*")
_LONGEST = 400
_NAME_WORDS = 6


def is_credit(line: str, layout: Layout) -> bool:
    """Whether ``line`` says whose copy the report uses, or who worked on it, and nothing else."""
    if len(line) > _LONGEST:
        return False
    if layout.copyright.match(line):
        return bool(re.search(r"\d{4}|©|\([cC]\)", line)) or len(line.split()) <= _NAME_WORDS
    bare = _bare(line)
    if _signed(bare, layout) or _INITIALS.match(bare.rstrip(".")) or layout.closers.search(bare) or layout.boilerplate.match(bare):
        return True
    opener = layout.openers.match(bare) or layout.silent_openers.match(bare)
    return opener is not None and _names_only(bare[opener.end() :], layout)


def trailing_credit(text: str, start: int, end: int, layout: Layout) -> int | None:
    """Where a credit begins that ends the prose ``[start, end)`` on its last line ("… he said. (Reporting by A. Roe)"), or None."""
    if text[end - 1] in ")]":
        opening = max(text.rfind("(", start, end), text.rfind("[", start, end))
        before = text[start:opening].rstrip() if opening > start and end - opening < _LONGEST else ""
        return opening if before and before[-1] in ".!?…”\"'’" and is_credit(text[opening:end], layout) else None
    match = _SIGNATURE.search(text, max(start, end - 60), end)
    return match.start("sign") if match and _signed(match["name"], layout) else None


def names(line: str, layout: Layout) -> Iterator[str]:
    """Whom a credit line names as the origin of its text.

    Editors, translators and unnamed agencies are left out, and so are those whose figures or pictures are shown, unless they are an agency.
    """
    if mark := layout.copyright.match(line):
        claimed = _YEARS.sub(" ", line[mark.end() :]).strip()
        yield from _known(re.split(r"[.,;|]", claimed, maxsplit=1)[0], layout)
        return
    for clause in _CLAUSE.split(_bare(line)):
        silent = layout.silent_openers.match(clause)
        opener = silent or layout.openers.match(clause)
        rest = clause[opener.end() :] if opener else clause
        closer = layout.closers.search(rest)
        if _signed(rest, layout) or ((opener or closer) and not silent):
            yield from _listed(rest[: closer.start()] if closer else rest, layout)


def _listed(clause: str, layout: Layout) -> Iterator[str]:
    """The names in a list such as "Jane Roe in Miami, Florida, and John Doe": what stands after a place and is one word belongs to the place."""
    after_place = False
    for piece in layout.joiners.split(clause):
        name = layout.credit_places.sub("", piece)
        if not after_place or " " in piece.strip() or piece.strip().lower() in layout.agencies:
            yield from _known(name, layout)
            after_place = name != piece


def _known(piece: str, layout: Layout) -> Iterator[str]:
    """The name that ``piece`` spells, in the form credits carry; "Associated Press writer Jane Roe" names the agency."""
    name = piece.strip(" .:" + _DASHES + _BRACKETS)
    lower = name.lower().removeprefix("the ")
    craft = layout.crafts.search(name)
    agency = layout.agencies.get(lower) or (layout.agencies.get(name[: craft.start()].strip().lower()) if craft else None)
    if agency:
        yield agency
    elif lower and lower not in layout.nobody and name[0].isupper() and len(name.split()) <= _NAME_WORDS:
        yield name


def _signed(bare: str, layout: Layout) -> bool:
    """Whether ``bare`` is nothing but agencies' names."""
    pieces = [bare] if bare.lower() in layout.agencies else layout.joiners.split(bare)
    return all(piece.strip(" .:" + _DASHES).lower() in layout.agencies for piece in pieces)


def _names_only(rest: str, layout: Layout) -> bool:
    """Whether what follows a credit's opening words is names and credit words, no sentence."""
    return all(word[0].isupper() or word.lower().rstrip(".") in layout.credit_words for word in _WORD.findall(rest))


def _bare(line: str) -> str:
    """``line`` without brackets, dashes and spaces around it."""
    return line.strip().strip(_BRACKETS + _DASHES + " \u00a0").strip()
