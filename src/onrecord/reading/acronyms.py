"""Short forms a document sets up for itself: "the Rapid Support Forces (RSF)" makes "RSF" that name here, whatever else it may mean elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from onrecord.reading.names import Name, Names

LONGEST = 12


def spread(blocks: Iterable[tuple[Doc, Sequence[Token], Names]]) -> None:
    """Give every later use of a short form the readings, or the spelling, of the name it was set up for."""
    known: dict[str, Name] = {}
    spelled: dict[str, str] = {}
    for doc, tokens, names in blocks:
        for name in list(names.runs):
            short = _short_form(doc, name)
            if short is not None and not name.person:
                known[doc[short].text] = name
                spelled[doc[short].text] = doc[name.start : name.end].text if not name.full else name.full
        if not known:
            continue
        for token in tokens:
            long = known.get(token.text)
            if long is not None and not long.start <= token.i < long.end:
                names.add(Name(token.i, token.i + 1, long.aliases, full=spelled[token.text]))
        names.runs.sort(key=lambda n: n.start)


def _short_form(doc: Doc, name: Name) -> int | None:
    """The token in brackets right behind a name, where it is made of capitals of the name's words."""
    if name.end + 2 >= len(doc) or doc[name.end].text != "(" or doc[name.end + 2].text != ")":
        return None
    short = doc[name.end + 1].text
    if not 2 <= len(short) <= LONGEST or not short[0].isupper():
        return None
    initials = [t.text[0] for t in doc[name.start : name.end] if t.text[0].isupper()]
    return name.end + 1 if len(initials) > 1 and short[0] == initials[0] and short.upper() == short else None
