"""Proper names in a block: those the knowledge base has, and runs of words that look like a person's or an organisation's name.

Says where names are and what they may stand for; who is meant is decided in ``persons`` and ``actors``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.symbols import ADJ, PROPN
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from onrecord.knowledge import Actor, Alias, KnowledgeBase, knowledge_base
from onrecord.knowledge.facts import AliasKind
from onrecord.knowledge.gazetteer import gazetteer
from onrecord.reading.spelling import close, swapped
from onrecord.reading.titles import titles

if TYPE_CHECKING:
    from onrecord.reading.phrases import Phrase

PARTS = frozenset({"latin", "north", "south", "central", "native", "eastern", "western", "northern", "southern", "new", "african", "mexican"})
"""What before a nationality makes it another thing: "Latin American", "African American"."""
PORTFOLIOS = frozenset({"secretary", "undersecretary", "minister", "ministers", "ministry", "department"})
"""What a portfolio follows with "of" or "for"; a portfolio is no organisation."""
COUNTED = frozenset({"koreas"})
"""Plurals of the names of states, which are no misspelling of one of them."""
HIDING = frozenset({"LOC", "FAC", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT"})


@dataclass(slots=True)
class Name:
    """Tokens ``[start, end)`` of a block's doc with what they may stand for; ``person`` is True for a person's name, known or not.

    ``full``: the name in full, where these tokens are its short form; ``place``: the text treats a name nobody knows as a place.
    """

    start: int
    end: int
    aliases: tuple[Alias, ...] = ()
    person: bool = False
    full: str = ""
    place: bool = False

    def of_kind(self, *kinds: str) -> tuple[Alias, ...]:
        """The readings whose actor is of one of ``kinds``."""
        return tuple(a for a in self.aliases if a.actor.kind in kinds)


@dataclass(slots=True)
class Names:
    """The names of one block, in order, with the name each token belongs to; ``covered``: tokens of people's names and titles.

    ``phrases``: what the phrases of the block say, by their head, kept from the first who asks.
    """

    runs: list[Name] = field(default_factory=list)
    at: dict[int, Name] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)
    phrases: dict[int, Phrase] = field(default_factory=dict)

    def add(self, name: Name) -> None:
        """Enter a name, dropping those it overlaps."""
        self.phrases.clear()
        for old in {id(self.at[i]): self.at[i] for i in range(name.start, name.end) if i in self.at}.values():
            self.drop(old)
        self.runs.append(name)
        for i in range(name.start, name.end):
            self.at[i] = name

    def drop(self, name: Name) -> None:
        """Forget a name."""
        self.phrases.clear()
        self.runs.remove(name)
        for i in range(name.start, name.end):
            self.at.pop(i, None)


def find_names(doc: Doc, tokens: Sequence[Token]) -> Names:
    """The names of a block; ``tokens`` are those of ``doc``, made once."""
    found = Names()
    words = [t.text for t in tokens]
    capitals = [t for t, word in zip(tokens, words, strict=True) if word[0].isupper()]
    for name in _known(doc, words):
        found.add(name)
    for start, end in _mastheads(doc, capitals, found):
        found.add(Name(start, end))
    for run in _person_runs(doc, tokens, capitals, found):
        start, end = _trim(doc, found, *_unpossessed(doc, *run))
        if start < end and not _covered(found, start, end) and not (end == start + 1 and knowledge_base().role(f"{doc[start].lower_} minister")):
            found.add(Name(start, end, tuple(a for a in knowledge_base().find(doc[start:end].text) if a.actor.kind == "person"), person=True))
    for ent in doc.ents:
        if ent.label_ in ("ORG", "GPE") and not any(i in found.at for i in range(ent.start, ent.end)) and ent[-1].pos_ == "PROPN":
            start, end = _trim_article(doc, ent.start, ent.end)
            if end < len(doc) and end == start + 1 and knowledge_base().role(f"{doc[start].lower_} {doc[end].lower_}"):
                continue  # "Defense" in "Defense Minister"
            if start > 1 and doc[start - 1].lower_ in ("of", "for") and doc[start - 2].lower_ in PORTFOLIOS:
                continue  # "State for Political Affairs" in "Undersecretary of State for Political Affairs"
            if end == start + 1 and doc[start].lower_ in COUNTED:
                continue
            if doc[start:end].text.lower() not in titles().epithets and not _generic_body(doc, start, end):
                found.add(Name(start, end))
    found.runs.sort(key=lambda n: n.start)
    return found


def _unknown(names: Names, token: Token) -> bool:
    """Whether no table knows the word: it is no name, or one that only the tagger sees."""
    name = names.at.get(token.i)
    if token.ent_type_ == "PERSON":
        return False
    return name is None or (not name.aliases and not name.person and name.end == name.start + 1)


def _mastheads(doc: Doc, tokens: Sequence[Token], found: Names) -> Iterator[tuple[int, int]]:
    """Names of outlets that no table has: "the Hormuz Monitor"."""
    mastheads = titles().mastheads
    for token in tokens:
        if token.lower_ in mastheads and token.pos == PROPN and token.i not in found.at:
            start = token.i
            while start > token.sent.start and doc[start - 1].pos_ == "PROPN" and doc[start - 1].text[0].isupper() and start - 1 not in found.at:
                start -= 1
            if start < token.i and (start == 0 or doc[start - 1].pos_ != "PROPN"):
                yield start, token.i + 1


def misspelt(tokens: Sequence[Token], names: Names, countries: tuple[str, ...]) -> None:
    """Find states the text speaks of under a name with one wrong letter ("Ukranian"); ``tokens`` are those with a capital letter."""
    for token in tokens:
        text = token.text
        if len(text) < 5 or token.pos not in (ADJ, PROPN) or token.lower_ in COUNTED or not _unknown(names, token) or knowledge_base().find(text):
            continue
        for name, kind, actor in _names_of(knowledge_base(), countries):
            if name[0] == text[0] and (close if len(name) > 5 else swapped)(token.lower_, name.lower()):
                names.add(Name(token.i, token.i + 1, (Alias(actor, kind),)))
                break


@functools.lru_cache(maxsize=64)
def _names_of(kb: KnowledgeBase, countries: tuple[str, ...]) -> tuple[tuple[str, AliasKind, Actor], ...]:
    """The names of states, their people and capitals that are long enough to be known when misspelt."""
    return tuple(
        (name, kind, kb.state(c))
        for c in countries
        for name, kind in kb.names(kb.state(c).id)
        if len(name) >= 5 and kind in ("name", "demonym", "people", "capital")
    )


def _generic_body(doc: Doc, start: int, end: int) -> bool:
    """A body's generic name ("Supreme Court", "Defence Ministry"), which is whose it is said to be or whose the text is about."""
    return doc[end - 1].lower_ in titles().body and (end - start <= 2 or doc[start - 1].tag_ == "POS") and doc[end - 1].lower_ not in titles().outlets


def _known(doc: Doc, words: Sequence[str]) -> Iterator[Name]:
    """The longest names of the knowledge base, from left to right."""
    kb, last = knowledge_base(), 0
    before: Name | None = None
    for start, end, aliases in kb.names_in(words):
        if start < last or not words[start][0].isupper() or _spurious(doc, start, end) or _of_a_place(doc, start, aliases):
            continue
        if end - start == 1 and (_ends_company(doc, start, last, aliases) or _of_another(doc, start, before, aliases)):
            continue
        before = Name(start, end, aliases, person=all(a.actor.kind == "person" for a in aliases))
        yield before
        last = end


def _ends_company(doc: Doc, i: int, last: int, aliases: tuple[Alias, ...]) -> bool:
    """Whether an acronym is the end of a longer name that no table has ("Reed Holdings PLC")."""
    before = doc[i - 1] if i else None
    return (
        before is not None
        and last < i
        and all(a.kind == "acronym" for a in aliases)
        and doc[i].ent_iob_ == "I"
        and before.pos_ == "PROPN"
        and before.text[0].isupper()
    )


def _of_another(doc: Doc, i: int, before: Name | None, aliases: tuple[Alias, ...]) -> bool:
    """Whether a body's generic name is another's: "Congress" in "the People's Congress", "Brazil's Congress"; not in "the US Congress"."""
    if i == 0 or doc[i].lower_ not in titles().body or not all(a.actor.kind == "body" for a in aliases):
        return False
    left = doc[i - 1]
    if before is not None and before.end in (i, i - 1 if left.tag_ == "POS" else i):
        return not {a.actor.country for a in before.aliases} & {a.actor.country for a in aliases}
    return left.tag_ == "POS" or (left.pos_ in ("PROPN", "ADJ") and left.text[0].isupper() and left.dep_ in ("compound", "amod"))


def _of_a_place(doc: Doc, i: int, aliases: tuple[Alias, ...]) -> bool:
    """Whether a body's name stands behind a place in another country: the "Self Defence Forces" of a Colombian town are not Japan's."""
    start = i
    while start > 0 and i - start < 3 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].text[0].isupper():
        start -= 1
    if start == i or not all(a.actor.kind == "body" for a in aliases):
        return False
    country = gazetteer().country_of(doc[start:i].text)
    return country is not None and country not in {a.actor.country for a in aliases}


def _spurious(doc: Doc, start: int, end: int) -> bool:
    """Whether a known name is part of a longer one ("China" in "the South China Sea"), or a common word that begins a sentence."""
    words = titles()
    if end < len(doc) and doc[end].lower_ in words.geography and doc[end].text[0].isupper():
        return end + 1 == len(doc) or doc[end + 1].lower_ not in words.body
    if start > 0 and doc[start - 1].lower_ in PARTS and doc[start - 1].text[0].isupper():
        return True
    ent = doc[end - 1]
    if end - start == 1 and (ent.ent_type_ in HIDING or ent.ent_type_ == "GPE"):
        whole = entity(doc, ent)
        proper = sum(t.pos_ == "PROPN" for t in whole)
        if proper > 1 and (ent.ent_type_ != "GPE" or proper == len(whole)):
            return True
    return end - start == 1 and doc[start].pos_ not in ("PROPN", "ADJ", "NOUN") and not doc[start].ent_type_


def entity(doc: Doc, token: Token) -> TokenSpan:
    """The named entity around ``token``; the token alone where there is none."""
    start, end = token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[start:end]


def _person_runs(doc: Doc, tokens: Sequence[Token], capitals: Sequence[Token], found: Names) -> Iterator[tuple[int, int]]:
    """Runs that look like a person's name: entities, and capitalised words after a title."""
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            yield _widen(doc, found, ent.start, ent.end)
    words = titles()
    for token in capitals:
        before = tokens[token.i - 1].lower_ if token.i else ""
        if (before in words.person or before in words.honorifics) and _nameable(token, found) and not _modifies_title(token):
            yield _widen(doc, found, token.i, token.i + 1)


def _modifies_title(token: Token) -> bool:
    """Whether a capitalised word belongs to a further title ("Deputy Foreign Minister"), and names nobody."""
    words = titles()
    head = token.head
    return token.ent_type_ != "PERSON" and head.i > token.i and (head.lower_ in words.person or head.lower_ in words.body)


def _nameable(token: Token, found: Names) -> bool:
    """Whether a token may be part of a person's name; the tagger's opinion that it is a place or a firm counts only where a table agrees."""
    words = titles()
    lower = token.lower_
    return (
        token.text[0].isupper()
        and token.pos_ in ("PROPN", "NOUN", "ADJ", "X")
        and lower not in words.times
        and lower not in words.body
        and lower not in words.person
        and token.ent_type_ not in ("DATE", "TIME")
        and token.i not in found.at
    )


def _widen(doc: Doc, found: Names, start: int, end: int) -> tuple[int, int]:
    """Stretch a name over the capitalised words and name particles that adjoin it."""
    words = titles()
    sentence_end = doc[start].sent.end
    while end < sentence_end:
        token = doc[end]
        if _nameable(token, found) and token.pos_ in ("PROPN", "X"):
            end += 1
        elif (
            end + 1 < sentence_end
            and doc[end + 1].text[0].isupper()
            and (
                (token.text == "-" and not doc[end - 1].whitespace_ and not token.whitespace_)
                or (token.lower_ in words.particles and doc[end + 1].pos_ == "PROPN")
            )
        ):
            end += 2
        elif end + 3 < sentence_end and doc[end].text == doc[end + 2].text == "-" and doc[end + 1].lower_ in words.particles:
            end += 4  # "Walid-uz-Rahman"
        elif end + 2 < sentence_end and token.lower_ in words.particles and doc[end + 1].text == "-" and doc[end + 2].text[0].isupper():
            end += 3
        else:
            break
    return start, end


def _trim(doc: Doc, found: Names, start: int, end: int) -> tuple[int, int]:
    """A person's name without titles, nationality, possessive and day names around it."""
    words = titles()
    for i in range(end - 1, start, -1):
        if doc[i - 1].lower_ in words.person and not _part_of_name(doc, found, start, i - 1):
            start = i
            break
    name = found.at.get(start)
    if name is not None and name.end < end and any(a.kind == "demonym" for a in name.aliases):
        start = name.end
    while start < end and (
        doc[start].lower_ in words.person
        or doc[start].lower_ in words.honorifics
        or doc[start].lower_ in words.qualifiers
        or doc[start].pos_ in ("DET", "PUNCT")
    ):
        start += 1
    while start < end and (
        doc[end - 1].tag_ == "POS" or doc[end - 1].lower_ in words.times or doc[end - 1].is_punct or doc[end - 1].lower_ in ("’s", "'s")
    ):
        end -= 1
    return start, end


def _unpossessed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A run up to the possessive inside it: "Osama bin Laden" of "Osama bin Laden's Base"."""
    return start, next((i for i in range(start + 1, end) if doc[i].tag_ == "POS"), end)


def _part_of_name(doc: Doc, found: Names, start: int, i: int) -> bool:
    """Whether a title word inside a run is a name: "Amir" in "Abdul Amir Hamdan", not "Prince" in "Saudi Crown Prince Abdullah"."""
    words = titles()
    before = doc[i - 1]
    return (
        doc[i].lower_ in words.also_names
        and i > start
        and before.text[0].isupper()
        and before.i not in found.at
        and not {before.lower_} & (words.person.keys() | words.body.keys() | words.honorifics | words.qualifiers)
    )


def _trim_article(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """A name without a leading article and trailing possessive."""
    if doc[start].pos_ == "DET" and end - start > 1:
        start += 1
    if doc[end - 1].tag_ == "POS" and end - start > 1:
        end -= 1
    return start, end


def _covered(found: Names, start: int, end: int) -> bool:
    """Whether a known name already accounts for the run: it is as long, or reaches beyond it."""
    for i in range(start, end):
        name = found.at.get(i)
        if name is None:
            continue
        if name.start <= start and name.end >= end:
            return True
        if name.start < start or name.end > end:
            return True
    return False
