"""What a noun phrase says about whom it means: states and organisations among its modifiers, the role or body words, number, definiteness.

Describes only; who is meant is decided in ``persons``, ``descriptions`` and ``coreference``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.knowledge import Actor, knowledge_base
from onrecord.knowledge.gazetteer import gazetteer
from onrecord.knowledge.sectors import sectors
from onrecord.reading.names import Name, Names
from onrecord.reading.reference import reference
from onrecord.reading.titles import Gender, titles

MODIFIERS = frozenset(
    {"det", "amod", "compound", "nmod", "poss", "nummod", "predet", "advmod", "case", "appos", "npadvmod", "quantmod", "punct", "cc", "conj", "dep"}
)
OF = frozenset({"of", "from", "for", "at", "with"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "his", "her", "their", "our", "my"})


@dataclass(slots=True)
class Phrase:
    """Tokens ``[left, right)`` of a block's doc.

    ``role``: the lower-case words of office or body ("foreign ministry"), without states and qualifiers; ``noun``: the lemma of the last of them.
    ``name``: the phrase as written where it is a proper name ("Iranian Students News Agency"), else "".
    ``actors``: known states and organisations among the modifiers, in order; ``indirect``: they own what the phrase is of ("head of Chad's court").
    ``owner``: index of an unresolved possessor ("his", "the ministry's"), or None; ``count``: two for "the two", "both".
    ``within``: the part of a state that stands for it ("Kano State government").
    ``proper``: the whole name, where a place in it or what follows makes it one of many ("Nairobi Hospital", "University of Lusaka"), else "".
    ``sectors``: the PLOVER sectors its words tell, those of what it is of included ("leaders of a rebel group").
    """

    left: int
    right: int
    noun: str
    role: str
    name: str
    actors: tuple[Actor, ...]
    definite: bool
    plural: bool
    former: bool
    gender: Gender | None
    count: int | None
    owner: int | None
    indirect: bool = False
    sectors: tuple[str, ...] = ()
    within: str = ""
    proper: str = ""


NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}


def state_or_body(name: Name | None) -> Actor | None:
    """The likeliest state, body or organisation a name stands for."""
    if name is None:
        return None
    known = [a.actor for a in name.aliases if a.actor.kind != "person"]
    if all(a.kind == "acronym" for a in name.aliases):
        return known[0] if known else None  # ordered by the document's countries
    return min(known, key=lambda a: (a.rank, a.kind != "state"), default=None)


def lemma(token: Token) -> str:
    """A noun's singular in lower case, also where the tagger takes it for a name ("Officials")."""
    return _singular(token.lower_) or token.lemma_.lower()


@functools.lru_cache(maxsize=4096)
def _singular(low: str) -> str:
    """The singular of a word the tables know, else ""."""
    words = titles()
    if low in words.person or low in words.body:
        return low
    for ending, single in (("women", "woman"), ("men", "man"), ("ies", "y"), ("s", "")):
        if low.endswith(ending):
            stem = low[: -len(ending)] + single
            if stem in words.person or stem in words.body or stem in words.many_countries or stem in words.documents or stem in words.sides:
                return stem
    return ""


def is_plural(token: Token) -> bool:
    """Whether a noun is plural, also where the tagger takes it for a name."""
    return token.tag_ in ("NNS", "NNPS") or (token.lower_ != lemma(token) and token.lower_.endswith("s"))


def describe(doc: Doc, names: Names, head: Token) -> Phrase:
    """The phrase headed by a common noun or title."""
    found = names.phrases.get(head.i)
    if found is None:
        found = names.phrases[head.i] = _described(doc, names, head)
    return found


def _described(doc: Doc, names: Names, head: Token) -> Phrase:
    """Read the words of a phrase."""
    left = left_edge(doc, names, head)
    right = head.i + 1
    actors, role, qualifiers, owner, within = _parts(doc, names, left, right)
    indirect = False
    if owner is None or actors:
        owner = _owner_after(names, head) if owner is None and not actors else owner
        later, indirect = _after(names, head, where=not actors)
        if not actors and not later:  # "the president and foreign minister of Chad"
            joined = [c for c in head.conjuncts if c.i > head.i and lemma(c) in titles().person]
            later, indirect = _after(names, joined[-1], where=False) if joined and lemma(head) in titles().person else ([], indirect)
        indirect = indirect and not actors
        actors += [a for a in later if a not in actors]
    count = next((NUMBERS[t.lower_] for t in doc[left : head.i] if t.lower_ in NUMBERS), None)
    first = doc[left].lower_
    office = " ".join((*role, *_portfolio(names, head))).replace(" - ", "-").strip(" -")
    if "top" in qualifiers and knowledge_base().role(f"top {office}"):
        office = f"top {office}"  # "the top US diplomat"
    noun = lemma(head)
    if office.endswith("-" + noun):
        noun = office.rsplit(" ", 1)[-1]
    start = left + 1 if doc[left].pos_ == "DET" and left < head.i else left
    return Phrase(
        left=left,
        right=right,
        noun=noun,
        role=office,
        name=doc[start:right].text if head.pos_ == "PROPN" else "",
        actors=tuple(actors),
        definite=first in DEFINITE or owner is not None or any(t.tag_ == "POS" for t in doc[left:right]),
        plural=is_plural(head),
        former=any(q in titles().former for q in qualifiers),
        gender=titles().gender(role),
        count=count,
        owner=owner,
        indirect=indirect,
        sectors=sectors(_words(doc, names, left, right), _of_what(names, head)),
        within=within,
        proper=_proper(doc, names, start, head, office),
    )


def _proper(doc: Doc, names: Names, start: int, head: Token, office: str) -> str:
    """The whole name of a body that is one of many of its kind in its state; "" for "the Zambian University", "Supreme Court of Israel"."""
    if head.pos_ != "PROPN" or not head.text[0].isupper() or _portfolio(names, head):
        return ""
    end = _past_of(doc, head.i + 1)
    if end > head.i + 1:
        of = names.at.get(end - 1)
        state = of is not None and bool(of.of_kind("state")) and not _capital(of)
        return "" if state and " " in office else doc[start:end].text
    town = any(_town(doc, names, i, head.i) for i in range(start, head.i))
    return doc[start:end].text if town else ""


def _town(doc: Doc, names: Names, i: int, stop: int) -> bool:
    """Whether a capital's name or that of another place begins at ``i``."""
    name = names.at.get(i)
    return _capital(name) if name is not None and name.aliases else place_at(doc, i, stop)[1] is not None


def _past_of(doc: Doc, i: int) -> int:
    """Past the "of Lusaka", "for Human Rights and Peace" that goes on with a name at ``i``; ``i`` where nothing does."""
    if i + 1 >= len(doc) or doc[i].lower_ not in ("of", "for"):
        return i
    end = i + 2 if doc[i + 1].lower_ == "the" else i + 1
    start = end
    while end < len(doc) and (doc[end].text[0].isupper() or (end > start and doc[end].lower_ == "and" and doc[end + 1 : end + 2].text.istitle())):
        end += 1
    return end if end > start else i


def _capital(name: Name | None) -> bool:
    """Whether a name is a capital's."""
    return name is not None and any(a.kind == "capital" for a in name.aliases)


def _words(doc: Doc, names: Names, left: int, right: int) -> list[str]:
    """The words of the tokens ``[left, right)`` that are no known name."""
    return [t.text for t in doc[left:right] if t.i == right - 1 or (name := names.at.get(t.i)) is None or not (name.aliases or name.person)]


def _of_what(names: Names, head: Token) -> tuple[str, ...]:
    """The sectors of those a phrase is of or speaks for: "a group of farmers", "members of parliament", "a spokesman for the rebels"."""
    for prep in head.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "for"):
            for obj in prep.children:
                if obj.dep_ == "pobj" and obj.i not in names.at:
                    return sectors(_words(head.doc, names, left_edge(head.doc, names, obj), obj.i + 1))
    return ()


def left_edge(doc: Doc, names: Names, head: Token) -> int:
    """Where the phrase headed by ``head`` begins: its contiguous modifiers, determiner and possessor included."""
    left = head.i
    stop = head.sent.start
    while left > stop:
        token = doc[left - 1]
        if token.dep_ not in MODIFIERS or token.lower_ in titles().times or not _leads_to(token, left, head.i):
            break
        if token.dep_ == "punct" and token.text not in ("-", "–", ".", "'"):
            break
        name = names.at.get(token.i)
        left = name.start if name is not None else token.i
    while left < head.i and (doc[left].dep_ in ("punct", "cc") or doc[left].tag_ == "POS"):
        left += 1
    return left


def _leads_to(token: Token, left: int, head: int) -> bool:
    """Whether a modifier's head chain ends inside the phrase found so far."""
    for _ in range(4):
        token = token.head
        if left <= token.i <= head:
            return True
    return False


def _parts(doc: Doc, names: Names, left: int, right: int) -> tuple[list[Actor], list[str], list[str], int | None, str]:
    """States and bodies, role words, qualifiers, an unresolved possessor and the part of a state named by the tokens ``[left, right)``."""
    actors: list[Actor] = []
    role: list[str] = []
    qualifiers: list[str] = []
    owner: int | None = None
    within = ""
    possessed = 0
    i = left
    while i < right:
        name = names.at.get(i)
        if name is not None and name.end <= right and (name.person or state_or_body(name) is not None):
            if name.person:
                owner = doc[name.start : name.end].root.i
            actors += _modifying(doc, name, right)
            role = role[:-1] if role and role[-1] == "-" else role
            i = name.end + (2 if _bound(doc, name, right) else 0)
            possessed = len(actors) if i < right and doc[i].tag_ == "POS" else possessed
            continue
        end, home = place_at(doc, i, right - 1) if name is None or not name.person else (i, None)
        if home is not None:
            actors.append(home)
            within = doc[i:end].text
            i = end
            continue
        token = doc[i]
        if token.tag_ == "PRP$":
            owner = i
        elif token.tag_ == "POS" and role and not actors:
            owner, role = i - 1, []
        elif token.tag_ != "POS":
            _sort(token, role, qualifiers, last=i == right - 1)
        i += 1
    # "Israel's Arab citizens" are Israel's
    return actors[:possessed] if possessed else actors, role, qualifiers, owner, within


def place_at(doc: Doc, start: int, stop: int) -> tuple[int, Actor | None]:
    """The state of a place that the tokens from ``start`` name ("Shanghai police", "Kano State government") and where its name ends."""
    end = start
    while (
        end < stop and doc[end].text[0].isupper() and (doc[end].pos_ == "PROPN" or (doc[end].pos_ in ("ADJ", "NOUN") and not doc[end].is_sent_start))
    ):
        end += 1
    for last in range(end, start, -1):
        name = doc[start:last].text
        if last - start > 1 or (name.lower() not in titles().body and name.lower() not in titles().person):
            country = gazetteer().country_of(name)
            if country is not None:
                return last, knowledge_base().state(country)
    return start, None


def _bound(doc: Doc, name: Name, right: int) -> bool:
    """Whether a participle hangs on the name by a hyphen ("Hamas-led")."""
    return name.end + 1 < right and doc[name.end].text == "-" and doc[name.end + 1].tag_ == "VBN"


def _modifying(doc: Doc, name: Name, right: int) -> list[Actor]:
    """The state or body a name adds to the phrase it stands in: none for "anti-Syrian", "Dubai-based"."""
    actor = state_or_body(name) if not name.person else None
    if actor is None or foreign_to(doc, name) or (_bound(doc, name, right) and doc[name.end + 1].lower_ not in ("led", "run", "controlled", "owned")):
        return []
    return [actor]


def _sort(token: Token, role: list[str], qualifiers: list[str], *, last: bool) -> None:
    """Put a word of the phrase where it belongs: to the role, or to what qualifies it."""
    low = token.lower_
    aside = low in titles().qualifiers or low in NUMBERS or token.pos_ in ("DET", "NUM", "PUNCT", "CCONJ") or low in ("-", "led", "the")
    if aside and not last:
        qualifiers.append(low)
        if low == "-" and role:
            role.append(low)
    elif token.pos_ not in ("ADV", "VERB") or last:
        role.append(lemma(token) if last else low)


def _owner_after(names: Names, head: Token) -> int | None:
    """The person a body or helper is of ("the government of Tony Blair", "an aide to Arafat"): the index of the name's head."""
    for prep in head.rights:
        if prep.dep_ == "prep" and prep.lower_ in ("of", "to", "for") and (prep.lower_ == "of" or lemma(head) in titles().person):
            for obj in prep.children:
                if obj.i in names.at and names.at[obj.i].person:
                    return obj.i
    return None


def _portfolio(names: Names, head: Token) -> list[str]:
    """The words of "of State", "of Foreign Affairs" after an office or a ministry, where they name no state."""
    if head.lower_ not in ("minister", "secretary", "undersecretary", "ministry", "department", "ministers"):
        return []
    for prep in head.rights:
        if prep.i == head.i + 1 and prep.lower_ in ("of", "for"):
            obj = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if obj is not None and obj.i - head.i <= 4 and obj.i not in names.at:
                return [t.lower_ for t in head.doc[prep.i : obj.i + 1] if t.pos_ != "DET"]
    return []


def foreign_to(doc: Doc, name: Name) -> bool:
    """Whether a nationality says something else than whose somebody is: "anti-Syrian", "ethnic Albanian"."""
    before = doc[name.start - 1] if name.start > 0 else None
    if before is None:
        return False
    return before.lower_ == "ethnic" or (before.text == "-" and name.start > 1 and doc[name.start - 2].lower_ in ("anti", "pro", "non"))


def _at_home(head: Token) -> bool:
    """Whether people or forces "in Chad" are Chad's: rebels, officials and police are; diplomats and reporters need not be."""
    words, noun = titles(), lemma(head)
    if noun in words.abroad or "JRN" in words.person.get(noun, ()):
        return False
    serving = {"GOV", "MIL", "COP", "JUD"} & set(words.person.get(noun, ())) or noun in ("spokesman", "spokeswoman")
    return is_plural(head) or head.lower_ in words.national or bool(serving)


def _stems_from(head: Token) -> bool:
    """Whether people "from Chad" are Chad's: not those in "the withdrawal of forces from Chad"."""
    above = head.head.head if head.dep_ == "pobj" else head.head
    return is_plural(head) and not (head.dep_ in ("pobj", "dobj") and above.lemma_.lower() in reference().leaving)


def _after(names: Names, head: Token, *, where: bool) -> tuple[list[Actor], bool]:
    """States and bodies the phrase is tied to by a preposition: "the foreign minister of Japan", "leaders from Chad and Mali".

    With ``where`` also "rebels in Sudan", for people and forces that are at home where they act.
    """
    if lemma(head) in titles().relational:
        return [], False
    local = where and _at_home(head)
    found: list[Actor] = []
    indirect = False
    for prep in head.rights:
        if prep.dep_ != "prep" or prep.lower_ not in OF | ({"in"} if local else set()) or (prep.lower_ == "from" and not _stems_from(head)):
            continue
        for obj in prep.children:
            if obj.dep_ != "pobj":
                continue
            for token in (obj, *obj.conjuncts):
                name = names.at.get(token.i)
                actor = state_or_body(name) if name is not None and not name.person else None
                if actor is not None:
                    found.append(actor)
                elif prep.lower_ == "of" or token.lower_ in titles().centres:
                    within = [a for t in token.lefts if (a := state_or_body(names.at.get(t.i))) is not None]
                    indirect = indirect or bool(within)
                    found += within
    return found, indirect
