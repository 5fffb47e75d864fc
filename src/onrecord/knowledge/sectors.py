"""PLOVER sectors by the words that name somebody: "agricultural workers" AGR, "a former minister" ELI, "state news agency" GOV and JRN.

A typed view of the language table ``agents`` and the rule that joins its words. Knows no actors, countries or texts; no word, no sector.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.languages import language

Sectors = tuple[str, ...]
LONGEST = 5
FORCES = frozenset({"LEG", "JUD", "MIL", "COP", "SPY"})
"""Sectors that somebody of an international body has besides its own: its legislators, judges, peacekeepers."""
_SPELLING = {
    "defense": "defence",
    "labor": "labour",
    "center": "centre",
    "organization": "organisation",
    "mobilization": "mobilisation",
    "recognized": "recognised",
    "unrecognized": "unrecognised",
}
_PLURALS = (("women", "woman"), ("men", "man"), ("children", "child"), ("ies", "y"), ("ches", "ch"), ("s", ""))


@dataclass(frozen=True, slots=True)
class Agents:
    """``lexicon``: folded words joined by spaces to sectors, () where they tell none; ``topics``: words that only modify.

    ``open``, ``closed``, ``faint``: heads that take the sector of what modifies them, those that take it from agents only, and agents that lend
    none. ``sway``: a sector and the words that add it; ``former``: words that take an office away from those in ``serving``.
    """

    lexicon: dict[str, Sectors]
    topics: dict[str, Sectors]
    open: frozenset[str]
    closed: frozenset[str]
    faint: frozenset[str]
    former: frozenset[str]
    serving: frozenset[str]
    sway: dict[str, frozenset[str]]

    def stem(self, word: str) -> str:
        """The singular of a word the lexicon has, else the word."""
        if word in self.lexicon:
            return word
        return next((w for end, single in _PLURALS if word.endswith(end) and (w := word[: len(word) - len(end)] + single) in self.lexicon), word)


@functools.cache
def agents() -> Agents:
    """The table of the English pack, loaded once."""
    t = language("en").table("agents")
    lexicon: dict[str, Sectors] = {}
    for part in ("person", "body", "compound"):
        for words, codes in by_word(t[part]).items():
            lexicon.setdefault(" ".join(folded((words,))), codes)
    return Agents(
        lexicon=lexicon,
        topics=by_word(t["topic"]),
        open=frozenset(t["role"]["open"]),
        closed=frozenset(t["role"]["closed"]),
        faint=frozenset(t["role"]["faint"]),
        former=frozenset(t["former"]["words"]),
        serving=frozenset(t["former"]["serving"]),
        sway={sector: frozenset(" ".join(folded((w,))) for w in words) for sector, words in t["sway"].items()},
    )


def by_word(table: dict[str, list[str]]) -> dict[str, Sectors]:
    """Word → sectors of a part of the table; a word listed twice keeps the first; NONE is no sector, a key of two codes gives both."""
    out: dict[str, Sectors] = {}
    for codes, words in table.items():
        for word in words:
            out.setdefault(word, () if codes == "NONE" else tuple(codes.split()))
    return out


def folded(words: Iterable[str]) -> tuple[str, ...]:
    """Words in the table's spelling: lower case, British, parts of compounds apart, no apostrophes or marks."""
    text = " ".join(words).lower().replace("’", "'").replace("'s", " ").replace("'", " ").replace("-", " ").replace("–", " ")
    return tuple(_SPELLING.get(w, w) for w in text.split() if w[0].isalnum())


def sectors(words: Sequence[str], body: Sectors = ()) -> Sectors:
    """The sectors of a noun phrase by its words, last one the head, without names of states and bodies; () where the words tell none.

    ``body``: those of the body somebody serves ("FSB officers"): they count before a general word's own, and an international body's come first.
    """
    return _sectors(folded(words), body)


@functools.lru_cache(maxsize=8192)
def _sectors(words: tuple[str, ...], body: Sectors) -> Sectors:
    if not words:
        return body
    table = agents()
    length, found = _ending(words)
    rest = words[:-length] if length else words[:-1]
    head = table.stem(words[-1])
    if length <= 1 and head in table.open:
        found = _lent(rest, topics=head not in table.closed) or (() if "IGO" in body else body) or found
    if "IGO" in body:
        return (*body, *(code for code in found if code in FORCES and code not in body))
    return _swayed(found or body, rest)


def _ending(words: tuple[str, ...]) -> tuple[int, Sectors]:
    """The longest entry of the lexicon that ends the words: its length and sectors; ``(0, ())`` where there is none."""
    table = agents()
    last = table.stem(words[-1])
    for length in range(min(LONGEST, len(words)), 0, -1):
        before = words[len(words) - length : -1]
        for ending in dict.fromkeys((words[-1], last, *_singular(words[-1]))):
            found = table.lexicon.get(" ".join((*before, ending)))
            if found is not None:
                return length, found
    return 0, ()


def _singular(word: str) -> list[str]:
    return [word[: len(word) - len(end)] + single for end, single in _PLURALS if word.endswith(end)]


def _lent(words: tuple[str, ...], *, topics: bool) -> Sectors:
    """The sector that the words before a head lend it, the nearest first."""
    table = agents()
    for end in range(len(words), 0, -1):
        length, found = _ending(words[:end])
        if found and (length > 1 or table.stem(words[end - 1]) not in table.faint):
            return found
        if topics and words[end - 1] in table.topics:
            return table.topics[words[end - 1]]
    return ()


def _swayed(found: Sectors, rest: tuple[str, ...]) -> Sectors:
    """What opposition, revolt, the state's ownership or the loss of office make of somebody's sectors."""
    if not found:
        return ()
    table = agents()
    said = {*rest, *(" ".join(pair) for pair in itertools.pairwise(rest))}
    if said & table.former and table.serving & set(found):
        return ("ELI",)
    if said & table.sway["REB"] and {"GOV", "MIL"} & set(found):
        return ("REB",)
    if said & table.sway["OPP"] and "OPP" not in found:
        return ("OPP",) if found[0] in ("GOV", "CVL") else (*found, "OPP")
    if said & table.sway["GOV"] and found == ("JRN",):
        return ("GOV", "JRN")
    return ("REL",) if said & table.sway["REL"] and "SOC" in found else found
