"""Which words of a block may name a place, and what speaks for and against it. Which of several namesakes is meant is decided in ``whereabouts``."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from onrecord.knowledge import Alias, knowledge_base
from onrecord.knowledge.gazetteer import Site, gazetteer
from onrecord.knowledge.geonames import place_key
from onrecord.languages import language
from onrecord.reading.analysis import Block
from onrecord.reading.names import Name, Names, entity

MAX_TOKENS = 6
"""Longest name looked up, in tokens ("Newcastle-upon-Tyne" has five)."""
MAIN_CITY, LARGEST_CITY = 0.15, 0.25
"""Share of a region's people from which its name means the city: a city of that very name, and one that is also called so."""
STATE_ALIASES = ("name", "acronym", "capital")
DEMONYMS = ("demonym", "people")


@dataclass(frozen=True, slots=True)
class Words:
    """The language's words about places (places.toml).

    ``lists``: words by the name of their section; ``short``: abbreviation to region code; ``openings``: the first two letters of these;
    ``demonyms``: to the name of a place; ``weights``: what each piece of evidence adds.
    """

    lists: dict[str, frozenset[str]]
    short: dict[str, str]
    openings: frozenset[str]
    demonyms: dict[str, str]
    weights: dict[str, float]


@functools.cache
def words() -> Words:
    """The words of the one language there is."""
    table = language("en").table("places")
    return Words(
        {name: frozenset(part["words"]) for name, part in table.items() if "words" in part},
        {form: code for code, forms in table["short"].items() for form in forms},
        frozenset(form[:2] for forms in table["short"].values() for form in forms),
        {form: name for name, forms in table["demonym"].items() for form in forms},
        table["evidence"],
    )


@dataclass(slots=True)
class Toponym:
    """Tokens ``[start, end)`` of a block that may name a place.

    ``sites``: the places of that name; ``within``: the region code or ISO alpha-3 code said right beside it; ``evidence``: the features that speak
    for and against it, as in places.toml.
    """

    block: int
    start: int
    end: int
    text: str
    key: str
    sites: tuple[Site, ...]
    demonym: bool = False
    within: str = ""
    evidence: list[str] = field(default_factory=list)

    def is_place(self) -> bool:
        """Whether the evidence is for a place: "the town of" says so by itself, else the sum of its log-odds."""
        weights = words().weights
        return "called a place" in self.evidence or sum(weights.get(feature, 0.0) for feature in (*self.evidence, "bias")) > 0


def toponyms(block: Block, names: Names) -> list[Toponym]:
    """The longest possible place names of a block, left to right, none overlapping."""
    found: list[Toponym] = []
    end = 0
    for token in block.capitals:
        if token.i >= end and not _within_other(names, token.i) and (toponym := _at(block, names, token.i)) is not None:
            found.append(toponym)
            end = toponym.end
    said = _qualify(block, found)
    for number, toponym in enumerate(found):
        _narrow(block.tokens, toponym, region=number in said)
        toponym.evidence = list(_evidence(block, names, toponym))
    return found


def _within_other(names: Names, i: int) -> bool:
    """Whether a token is part of the longer name of an organisation, outlet or group: "Shanghai Cooperation Organisation", "The Washington Post"."""
    name = names.at.get(i)
    if name is None or name.end - name.start == 1 or not name.aliases:
        return False
    return all(a.actor.kind in ("organisation", "outlet", "group") for a in name.aliases)


def _at(block: Block, names: Names, i: int) -> Toponym | None:
    """The longest name beginning at token ``i``."""
    tokens, text = block.tokens, block.text
    short = _short(block, i)
    if short is not None:
        return short
    end = i + 1
    while end < len(tokens) and end - i < MAX_TOKENS and (text[tokens[end].idx].isupper() or tokens[end].lower_ in words().lists["connector"]):
        end += 1
    for j in range(end, i, -1):
        last = text[tokens[j - 1].idx]
        if not (last.isupper() or last.isdigit()) or (j == i + 1 and len(tokens[i]) < 3 and i not in names.at):
            continue
        name = _words(block, i, j)
        if name in words().short:
            continue  # "Fla." without a comma is not Flå
        sites, demonym = _sites(name, names, i, j)
        if sites and not _goes_on(tokens, i, j, sites[0]):
            return Toponym(block.index, i, j, name, place_key(name), sites, demonym)
    return None


def _words(block: Block, i: int, j: int) -> str:
    """The text of tokens ``[i, j)``; spaCy's own spans cost ten times as much."""
    last = block.tokens[j - 1]
    return block.text[block.tokens[i].idx : last.idx + len(last)]


def _goes_on(tokens: Sequence[Token], i: int, j: int, site: Site) -> bool:
    """Whether a "City" at the end belongs to what follows: "Dublin City Council"; not in "the Kansas City Council"."""
    if j - i == 1 or tokens[j - 1].lower_ != "city" or j == len(tokens):
        return False
    return tokens[j].text[0].isupper() and not (site.kind == "city" and site.main)


def _sites(text: str, names: Names, i: int, j: int) -> tuple[tuple[Site, ...], bool]:
    """The places a text may name, and whether as a nationality; none for a body, organisation or person that the knowledge base knows by it."""
    other = words().demonyms.get(text)
    if other is not None:
        return gazetteer().packaged(other)[:1], True
    if text.startswith(("The ", "THE ")) and text not in words().lists["article"]:
        return (), False
    aliases = _aliases(names, i, j, text)
    states = [a for a in aliases if a.actor.kind == "state"]
    sites = gazetteer().find(text)
    if aliases and not states and not any(s.kind in ("area", "region") for s in sites[:1]):
        return (), False
    named = [s for a in states if a.kind in STATE_ALIASES and a.kind != "capital" and (s := gazetteer().country(a.actor.country or "")) is not None]
    if not named and any(a.kind in DEMONYMS for a in states):
        meant = [s for a in states if (s := gazetteer().country(a.actor.country or "")) is not None]
        return tuple(dict.fromkeys(meant))[:1], True
    meant_by_name = {s.country for s in named}
    return (*dict.fromkeys(named), *(s for s in sites if s.kind != "country" and s.country not in meant_by_name)), False


def _aliases(names: Names, i: int, j: int, text: str) -> tuple[Alias, ...]:
    """What the knowledge base knows by exactly these words."""
    name = names.at.get(i)
    if name is not None and (name.start, name.end) == (i, j):
        return name.aliases
    return tuple(a for a in knowledge_base().find(text) if a.actor.kind == "state")


def _short(block: Block, i: int) -> Toponym | None:
    """A region written short: "Lexington, Neb.", "W.Va."; forms of one word only behind a comma or bracket."""
    tokens = block.tokens
    if block.text[tokens[i].idx : tokens[i].idx + 2] not in words().openings:
        return None
    for j in range(min(i + 3, len(tokens)), i, -1):
        text = _words(block, i, j)
        code = words().short.get(text)
        if code is None:
            continue
        if text.count(".") < 2 and not (i and tokens[i - 1].text in (",", "(")):
            return None
        site = gazetteer().region(code)
        return Toponym(block.index, i, j, text, code, (site,)) if site is not None else None
    return None


def _qualify(block: Block, found: list[Toponym]) -> set[int]:
    """Note the region or state said right behind a name: "Alliance, Neb.", "Richmond (Virginia)", "Mosul, Iraq".

    Returns the numbers of those that say it. In a list of states none lies in the next.
    """
    said = set()
    for number, (left, right) in enumerate(itertools.pairwise(found), 1):
        if right.start != left.end + 1 or block.tokens[left.end].text not in (",", "(") or right.demonym or left.demonym:
            continue
        for site in right.sites:
            wanted = site.region if site.kind == "region" else site.country if site.kind == "country" and left.sites[0].kind != "country" else ""
            if wanted and any(s.kind not in ("country", "region") and wanted in (s.region, s.country) for s in left.sites):
                left.within = wanted
                said.add(number)
                break
    return said


def _narrow(tokens: Sequence[Token], toponym: Toponym, *, region: bool) -> None:
    """Take away the places of a name that the words around it rule out.

    Where a region is called after its main city ("Kandahar", "New York"), the city is meant, unless the text calls it a region: "Kandahar province",
    "the state of New York", "Albany, New York" (then ``region`` is True).
    """
    i, j, sites = toponym.start, toponym.end, toponym.sites
    kinds = words().lists["region"]
    behind = i > 1 and tokens[i - 1].lower_ == "of" and tokens[i - 2].lower_ in kinds
    if region or behind or (j < len(tokens) and tokens[j].lower_ in kinds):
        large = tuple(s for s in sites if s.kind in ("country", "region", "county", "area"))
        if large and len(large) < len(sites):
            toponym.sites, toponym.key = large, f"{toponym.key} region"
        return
    cities = [s for s in sites if s.kind in ("capital", "city")]
    toponym.sites = tuple(s for s in sites if s.kind != "region" or not any(_gives_name(city, s) for city in cities))


def _gives_name(city: Site, region: Site) -> bool:
    """Whether a region is called after a city that is large in it."""
    return city.region == region.region and city.population >= region.population * (MAIN_CITY if city.main else LARGEST_CITY)


def _evidence(block: Block, names: Names, toponym: Toponym) -> Iterator[str]:
    """The features of places.toml's [evidence] that hold for a name."""
    tokens, i, j = block.tokens, toponym.start, toponym.end
    first, last = tokens[i], tokens[j - 1]
    yield f"entity {_entity(block.doc, i, j)}"
    yield f"name {_name(names.at.get(i))}"
    yield f"tag {last.pos_}"
    yield f"tokens {min(j - i, 3)}"
    yield from _before(tokens, i)
    yield from _after(tokens, j)
    if toponym.within:
        yield "qualified"
    if toponym.demonym:
        yield "demonym"
    top = toponym.sites[0]
    yield f"kind {top.kind}"
    if top.kind != "country":
        yield from _weak(toponym, first, j - i == 1)
        yield f"people {min(6, int(math.log10(top.population + 1)))}"


def _weak(toponym: Toponym, first: Token, single: bool) -> Iterator[str]:
    """What makes a name doubtful as a place's."""
    if not any(site.main for site in toponym.sites):
        yield "other spelling"
    if single and first.lower_ in knowledge_base().given_names:
        yield "given name"
    if single and knowledge_base().by_surname(first.text, None):
        yield "surname"
    if toponym.key in words().lists["plain"]:
        yield "plain word"


def _name(name: Name | None) -> str:
    """What ``names`` says of a token."""
    if name is None:
        return "none"
    return "person" if name.person else "known" if name.aliases else "unknown"


def _entity(doc: Doc, i: int, j: int) -> str:
    """The tagger's label and where in its span the tokens stand."""
    token = doc[i] if doc[i].ent_type_ else doc[j - 1]
    if not token.ent_type_:
        return "none"
    span = entity(doc, token)
    if span.start + (doc[span.start].pos_ == "DET") == i and span.end - (doc[span.end - 1].tag_ == "POS") == j:
        return f"{token.ent_type_} whole"
    if span.start <= i and j <= span.end:
        where = "first" if span.start + (doc[span.start].pos_ == "DET") == i else "last" if span.end == j else "inside"
        return f"{token.ent_type_} {where}"
    return f"{token.ent_type_} across"


def _before(tokens: Sequence[Token], i: int) -> Iterator[str]:
    """What the words before a name say."""
    if i == 0:
        yield "opens paragraph"
        return
    before = tokens[i - 1]
    if tokens[i].is_sent_start:
        yield "opens sentence"
    elif before.lower_ in words().lists["direction"]:
        yield "behind a direction"
    elif before.text[0].isupper() and before.pos_ == "PROPN":
        yield "behind a name"
    if before.lower_ in words().lists["locative"]:
        yield f"behind {before.lower_}"
        if before.lower_ == "of" and i > 1 and tokens[i - 2].lower_ in words().lists["settlement"]:
            yield "called a place" if tokens[i - 2].lower_ in words().lists["called"] else "behind a settlement"
    elif before.lower_ in words().lists["settlement"]:
        yield "behind a settlement"


def _after(tokens: Sequence[Token], j: int) -> Iterator[str]:
    """What the words behind a name say."""
    if j >= len(tokens):
        return
    after = tokens[j]
    upper = after.text[0].isupper()
    if upper and after.lower_ in words().lists["street"]:
        yield "street"
    elif upper and after.lower_ in words().lists["body"]:
        yield "before a body"
    elif upper and after.pos_ in ("PROPN", "NOUN"):
        yield "before a name"
    elif not upper and after.lower_ in words().lists["local"]:
        yield "before what is local"
    if after.tag_ == "POS":
        yield "possessive"
