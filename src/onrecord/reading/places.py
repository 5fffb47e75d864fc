"""Places a text names, with where they lie: states and their nationalities, regions, counties, cities, and what only the tagger takes for a place.

Names come from the gazetteer (``toponyms``), each is taken or left by the evidence around it, and the namesake is chosen by the whole document
(``whereabouts``). A name the gazetteer lacks has no coordinates. Says nothing about what happens where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from onrecord.knowledge.gazetteer import Site
from onrecord.model import Place
from onrecord.reading.analysis import Analysis, Block
from onrecord.reading.component import Step, component
from onrecord.reading.names import Names, find_names
from onrecord.reading.phrases import state_or_body
from onrecord.reading.toponyms import Toponym, toponyms, words
from onrecord.reading.whereabouts import Asked, chosen, distances

TAGGED = {"GPE": "city", "LOC": "region", "FAC": "point"}
PRECISION = {"country": "country", "region": "region", "county": "region", "area": "region", "capital": "city", "city": "city"}
LOCAL = ("city", "county", "capital")
AT_ONCE = 500
"""Places whose distances are worked out at once: a report may have a million characters."""
NEAR_KM = 80.0
"""Within this distance of a place the text surely names, a doubtful name is likelier to be one."""


@component("places.kb", requires=["parse"], assigns=["names", "places"])
def places() -> Step:
    """Find the names of every block, and the places among them."""

    def step(analysis: Analysis) -> None:
        candidates: list[Toponym] = []
        for block in analysis.blocks:
            names = analysis.names[block.index] = find_names(block.doc, block.tokens)
            candidates += toponyms(block, names)
        weigh(analysis.blocks, analysis.names, candidates)
        kept = [t for t in candidates if t.is_place()]
        found = [_place(analysis, t, site) for t, site in located(analysis.blocks, analysis.names, kept)]
        found += _tagged(analysis, candidates)
        analysis.places += sorted(found, key=lambda p: p.span.start if p.span else 0)

    return step


def weigh(blocks: Iterable[Block], names: dict[int, Names], candidates: list[Toponym]) -> None:
    """Add what the whole document says for and against each name: other uses of it, and whether it lies near what is surely a place."""
    small = {t.text for block in blocks for t in block.tokens if t.text.islower()}
    sure = Counter(t.key for t in candidates if _sure(t))
    uses = Counter(t.key for t in candidates)
    people = _people(blocks, names)
    anchors = chosen(_asked(t for t in candidates if _sure(t)))
    near = _near(candidates, {key: site for key, (site, _) in anchors.items() if site.kind in LOCAL})
    for toponym in candidates:
        if sure[toponym.key] > _sure(toponym):
            toponym.evidence.append("surely elsewhere")
        toponym.evidence.append(f"uses {min(3, uses[toponym.key])}")
        if toponym.key in people:
            toponym.evidence.append("in a person's name")
        if toponym.key in small:
            toponym.evidence.append("written small")
        if (close := near.get(toponym.key)) is not None:
            toponym.evidence.append("near" if close else "far")


def _people(blocks: Iterable[Block], names: dict[int, Names]) -> set[str]:
    """The words of the text's persons' names of two words or more, in lower case."""
    found: set[str] = set()
    for block in blocks:
        for name in names[block.index].runs:
            if name.person and name.end - name.start > 1:
                found.update(token.lower_ for token in block.tokens[name.start : name.end])
    return found


def _sure(toponym: Toponym) -> bool:
    """Whether the tagger takes exactly these words for a place, or a region is said beside them."""
    return bool(toponym.within) or "entity GPE whole" in toponym.evidence


def _near(candidates: list[Toponym], anchors: dict[str, Site]) -> dict[str, bool]:
    """For each name whether one of its places is near an anchor of another name; left out where there is none."""
    if not anchors:
        return {}
    keys = {t.key: t.sites for t in candidates if t.sites[0].kind in LOCAL}
    sites = [(key, site) for key, choice in keys.items() for site in choice if site.kind in LOCAL]
    names = {name: number for number, name in enumerate(anchors)}
    found: dict[str, bool] = {}
    for first in range(0, len(sites), AT_ONCE):
        some = sites[first : first + AT_ONCE]
        close = distances([site for _, site in some], list(anchors.values())) < NEAR_KM
        for (key, _), row in zip(some, close, strict=True):
            if key in names:
                row[names[key]] = False
            if len(names) > (key in names):
                found[key] = found.get(key, False) or bool(row.any())
    return found


def _asked(toponyms_: Iterable[Toponym]) -> dict[str, Asked]:
    """One question for each name; what is said beside one mention holds for all."""
    asked: dict[str, Asked] = {}
    for toponym in toponyms_:
        old = asked.get(toponym.key)
        within = toponym.within or (old.within if old else "")
        asked[toponym.key] = Asked(toponym.sites, within, old.times + 1 if old else 1)
    return asked


def located(blocks: list[Block], names: dict[int, Names], kept: list[Toponym]) -> Iterator[tuple[Toponym, Site]]:
    """Each name taken for a place with the place it means; a mention beside which another region is said than elsewhere stands for itself."""
    for toponym in kept:
        if not toponym.within and not toponym.demonym and toponym.sites[0].kind != "country":
            toponym.within = _country_said(blocks, names, toponym)
    answers = chosen(_asked(kept))
    for toponym in kept:
        site = answers[toponym.key][0]
        if toponym.within and toponym.within not in (site.region, site.country):
            site = chosen({toponym.key: Asked(toponym.sites, toponym.within)})[toponym.key][0]
        yield toponym, site


def _country_said(blocks: list[Block], names: dict[int, Names], toponym: Toponym) -> str:
    """The country said beside a name, where one of its places lies in it; else ""."""
    country = country_beside(blocks[toponym.block].doc, names[toponym.block], toponym.start, toponym.end)
    return country if country is not None and any(s.country == country and s.kind != "country" for s in toponym.sites) else ""


def _place(analysis: Analysis, toponym: Toponym, site: Site) -> Place:
    """The place as a reading shows it."""
    block = analysis.blocks[toponym.block]
    span = analysis.token_span(block, TokenSpan(block.doc, toponym.start, toponym.end))
    return Place(span, site.name, site.id, site.country, site.lat, site.lon, PRECISION[site.kind])


def _tagged(analysis: Analysis, candidates: list[Toponym]) -> Iterator[Place]:
    """Cities, regions and buildings that only the tagger knows, with the country said beside them."""
    taken = {(t.block, i) for t in candidates for i in range(t.start, t.end)}
    for block in analysis.blocks:
        names = analysis.names[block.index]
        for ent in block.doc.ents:
            if ent.label_ not in TAGGED or any((block.index, i) in taken for i in range(ent.start, ent.end)):
                continue
            start = ent.start + (1 if ent[0].pos_ == "DET" and len(ent) > 1 else 0)
            end = ent.end - (1 if ent[-1].tag_ == "POS" and len(ent) > 1 else 0)
            if any(i in names.at and (names.at[i].person or names.at[i].aliases) for i in range(start, end)) or not _located(block, start):
                continue
            span = analysis.token_span(block, TokenSpan(block.doc, start, end))
            yield Place(span, span.text, None, country_beside(block.doc, names, start, end), precision=TAGGED[ent.label_])


def _located(block: Block, start: int) -> bool:
    """Whether the word before a name, or before its article, is one that stands before places."""
    before = start - 1
    if before > 0 and block.tokens[before].pos_ == "DET":
        before -= 1
    return before >= 0 and block.tokens[before].lower_ in words().lists["locative"]


def country_beside(doc: Doc, names: Names, start: int, end: int) -> str | None:
    """The country a place is said to be in by the words next to it: "Shanghai, China", "Vietnam's Hanoi", "the Egyptian resort of Sharm"."""
    if end + 1 < len(doc) and (doc[end].text == "," or doc[end].lower_ == "in"):
        actor = state_or_body(names.at.get(end + 1)) or (
            state_or_body(names.at.get(end + 2)) if end + 2 < len(doc) and doc[end + 1].lower_ == "the" else None
        )
        if actor is not None and actor.kind == "state":
            return actor.country
    if start > 1 and doc[start - 1].tag_ == "POS":
        actor = state_or_body(names.at.get(start - 2))
        return actor.country if actor is not None and actor.kind == "state" else None
    for i in range(max(0, start - 5), start):
        name = names.at.get(i)
        if (
            name is not None
            and any(a.kind == "demonym" for a in name.aliases)
            and all(doc[j].pos_ in ("NOUN", "PROPN", "ADJ") or doc[j].lower_ == "of" for j in range(name.end, start))
        ):
            actor = state_or_body(name)
            return actor.country if actor is not None else None
    return None
