"""Offices: the title before a name, the apposition or relative clause after it, and "NAME as TITLE of".

It works on runs of words rather than on the parse, which is least sure inside long titles. It knows no office holders: what the
text says is taken, and the state where no body is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from onrecord.extract.relations.build import tie
from onrecord.extract.relations.lexicon import Lexicon, lexicon
from onrecord.extract.scene import Scene, known, same
from onrecord.model import Participant, Relation
from onrecord.model.records import RelationStatus
from onrecord.reading.analysis import Mention

_APOSTROPHES = ("'s", "’s", "'", "’")
_HYPHENS = ("-", "–")
_JOINTS = ("-", "–", "/", "&", "and")
_STEPS = 14
"""How many words a title may reach from its name."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the text: its words from ``first`` to ``last``, whom it serves, and its standing."""

    first: Token
    last: Token
    words: str
    served: tuple[Participant, ...]
    status: RelationStatus


def offices(scene: Scene) -> Iterator[Relation]:
    """The office of every person named in the block, where the text gives one."""
    lex = lexicon()
    for mention in scene.mentions:
        person = mention.participants[0]
        if len(mention.participants) != 1 or not _is_person(person):
            continue
        name = _name(scene, mention, lex)
        if not name:
            continue
        for title in (_before(scene, name[0], lex), *_after(scene, name[-1], lex)):
            if title is not None:
                yield from _relations(scene, person, name, title)


def _is_person(participant: Participant) -> bool:
    actor = participant.actor
    return actor.kind == "person" if actor else known(participant)


def _name(scene: Scene, mention: Mention, lex: Lexicon) -> list[Token]:
    """The bare name in a mention: the proper nouns around its head, up to a title, a comma or somebody else's name."""
    doc = scene.block.doc
    if lex.is_title(doc[mention.root]):
        return []

    def inside(i: int) -> bool:
        covered = scene.covering.get(i)
        return (
            covered is not None
            and covered.span == mention.span
            and not lex.is_title(doc[i])
            and doc[i].lower_ not in lex.plurals
            and not (i > 0 and doc[i - 1].lower_ == "of")
        )

    first = last = mention.root
    while first > 0 and inside(first - 1) and (doc[first - 1].text[0].isalnum() or doc[first - 1].text in _HYPHENS) and doc[first - 1].pos_ != "ADP":
        first -= 1
    while last + 1 < len(doc) and inside(last + 1) and (doc[last + 1].pos_ in ("PROPN", "NUM") or doc[last + 1].text in _HYPHENS):
        last += 1
    return list(doc[first : last + 1])


def _relations(scene: Scene, person: Participant, name: list[Token], title: Title) -> Iterator[Relation]:
    served = [p for p in title.served or _domain(scene, name[-1]) if not same(p, person)]
    bodies = [p for p in served if p.actor is None or p.actor.kind != "state"]
    other = bodies[0] if bodies else served[0] if served else scene.state_of(person)
    if other is None:
        return
    evidence = scene.span(min(title.first, name[0], key=_place), max(title.last, name[-1], key=_place))
    yield tie(scene, "office", person, other, evidence, status=title.status, detail=title.words, anchor=title.last, confidence=0.9 if served else 0.8)


def _place(token: Token) -> int:
    return token.i


def _domain(scene: Scene, last: Token) -> list[Participant]:
    """The Jordan of "King Ali of Jordan"."""
    doc = scene.block.doc
    if last.i + 2 >= len(doc) or doc[last.i + 1].lower_ != "of":
        return []
    mention = scene.covering.get(last.i + 2)
    return [p for p in mention.participants if p.actor is not None and p.actor.kind == "state"] if mention is not None else []


def _before(scene: Scene, first: Token, lex: Lexicon) -> Title | None:
    """The title that stands right before the name's first word, honorifics aside."""
    doc = scene.block.doc
    i = first.i - 1
    while i >= 0 and (doc[i].lower_ in lex.honorifics) and not lex.is_title(doc[i]):
        i -= 1
    if i < 0:
        return None
    if lex.is_title(doc[i]):
        return _title(scene, i, i, lex)
    if doc[i].text == "," and first.i - i == 1:
        return _inverted(scene, i - 1, lex) or _plural(scene, i, lex)
    return _with_complement(scene, i, lex) or _plural(scene, i, lex)


def _plural(scene: Scene, last: int, lex: Lexicon) -> Title | None:
    """Read "Presidents A of B and C of D": a title in the plural before coordinated names."""
    doc = scene.block.doc
    for i in range(last, max(last - _STEPS, -1), -1):
        token = doc[i]
        if token.lower_ in lex.plurals:
            follows = scene.covering.get(i + 1)
            return _title(scene, i, i, lex) if follows is not None and any(_is_person(p) for p in follows.participants) else None
        if token.pos_ not in ("PROPN", "CCONJ", "DET") and token.text not in (",", "of"):
            return None
    return None


def _inverted(scene: Scene, last: int, lex: Lexicon) -> Title | None:
    """Read "The president of Ruritania, Ana Pop," and "Ruritania's president, Ana Pop,"."""
    doc = scene.block.doc
    if last >= 0 and lex.is_title(doc[last]):
        title = _title(scene, last, last, lex)
        return title if title is not None and title.served else None
    return _with_complement(scene, last, lex)


def _with_complement(scene: Scene, last: int, lex: Lexicon) -> Title | None:
    """A title followed by "of X" up to ``last``: "chief of the Ruritanian Agency (RA)"."""
    doc = scene.block.doc
    for i in range(last, max(last - _STEPS, -1), -1):
        token = doc[i]
        if token.lower_ in ("of", "for") and i > 0 and lex.is_title(doc[i - 1]):
            if doc[i + 1].lower_ in lex.portfolio and i + 1 == last:
                return _title(scene, i - 1, last, lex) if doc[last].ent_type_ != "PERSON" else None
            served = _named_between(scene, i + 1, last)
            if not served or (scene.covering.get(last) is None and doc[last].text != ")"):
                return None
            return _title(scene, i - 1, last, lex, served)
        if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ") or token.text in (",", ";", ":"):
            return None
    return None


def _title(scene: Scene, head: int, last: int, lex: Lexicon, served: tuple[Participant, ...] = ()) -> Title | None:
    """Read a title leftwards from its head noun: its own words, then whose it is."""
    doc = scene.block.doc
    status = lex.status(doc[last + 1] if last + 1 < len(doc) else None)
    own, first, found, i = head, head, list(served), head - 1
    reading_office = True
    stop = max(head - _STEPS, -1)
    while i > stop:
        token = doc[i]
        lower = token.lower_
        mention = scene.covering.get(i)
        if lower in lex.former and not (mention and _servable(scene, mention)):
            status, reading_office = "former", False
        elif lower in lex.planned:
            status = "planned"
        elif lower in lex.passing:
            reading_office = False
        elif lower in lex.portfolio and reading_office and (mention is None or len(mention.span.text.split()) == 1):
            own = i
        elif mention is not None and _servable(scene, mention) and not lex.is_title(token):
            found += [p for p in _servable(scene, mention) if not any(same(p, q) for q in found)]
            reading_office = False
        elif token.text in _APOSTROPHES or token.text in _JOINTS or lower == "of":
            if lower in ("and", "&") or (lower == "of" and not found and not lex.is_title(doc[i + 1])):
                break
            if lower == "of":
                break
            if token.text in _APOSTROPHES:
                reading_office = False
        elif token.pos_ in ("NOUN", "PROPN", "ADJ") and token.is_alpha and reading_office:
            own = i
        elif token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            break
        first = i
        i -= 1
    return _finished(scene, doc[min(first, own)], doc[own : last + 1], tuple(found), status)


def _finished(scene: Scene, first: Token, own: Span, found: tuple[Participant, ...], status: RelationStatus) -> Title | None:
    """The title of the words ``own``; a counterpart holds the office of the other, and serves nobody whom the text does not name."""
    last = own[-1]
    if last.lower_ == "counterpart":
        return Title(first, last, _same_office(scene, last), found, status) if found else None
    words = own[:-1].text_with_ws + lexicon().plurals.get(last.lower_, last.text)
    return Title(first, last, words, found or _possessor(scene, list(own)), status)


def _same_office(scene: Scene, noun: Token) -> str:
    """What a counterpart is: the office of whoever it is a counterpart of, where that is known."""
    return next((p.actor.role for p in scene.owners(noun) if p.actor is not None and p.actor.role), noun.text)


def _possessor(scene: Scene, title: list[Token]) -> tuple[Participant, ...]:
    """Whom "its" or "their" before a title stands for; "his" and "her" serve the state of the person."""
    noun = next((t for t in title if any(c.dep_ == "poss" and c.pos_ == "PRON" for c in t.children)), None)
    owners = scene.owners(noun) if noun is not None else []
    whose = [(scene.state_of(p) if p.actor is not None and p.actor.kind == "person" else p) for p in owners]
    return tuple(p for p in whose if p is not None and _can_be_served(p))


def _servable(scene: Scene, mention: Mention) -> list[Participant]:
    """Whom of a mention somebody can serve; "the president of Chile" is an office holder, not one served."""
    if lexicon().is_title(scene.block.doc[mention.root]):
        return []
    return [p for p in mention.participants if _can_be_served(p)]


def _can_be_served(participant: Participant) -> bool:
    actor = participant.actor
    return actor is not None and actor.kind in ("state", "body", "organisation", "group", "people", "outlet")


def _named_between(scene: Scene, first: int, last: int) -> tuple[Participant, ...]:
    """Whoever can be served among the mentions of tokens ``first`` to ``last``; the first mention only, then what stands in apposition to it."""
    seen: list[Participant] = []
    for i in range(first, last + 1):
        mention = scene.covering.get(i)
        for p in _servable(scene, mention) if mention else ():
            if not any(same(p, q) for q in seen):
                seen.append(p)
    return tuple(seen)


def _after(scene: Scene, last: Token, lex: Lexicon) -> Iterator[Title | None]:
    """Titles that follow the name: an apposition, relative clauses, a copula, "as"."""
    doc = scene.block.doc
    i = last.i + 1
    if i >= len(doc):
        return
    token = doc[i]
    if token.text in (",", "(") and i + 1 < len(doc):
        if doc[i + 1].lower_ == "who":
            yield from _relative(scene, doc[i + 1], lex)
        else:
            yield _phrase(scene, i + 1, lex, "current")
    elif token.lower_ == "who":
        yield from _relative(scene, token, lex)
    elif token.lower_ == "as":
        found = _phrase(scene, i + 1, lex, "current")
        yield found if found is not None and found.served else None
    elif token.pos_ in ("AUX", "VERB"):
        yield from _predicate(scene, token, lex)


def _relative(scene: Scene, who: Token, lex: Lexicon) -> Iterator[Title | None]:
    """Read "who is also vice president", "who has served as foreign minister and who is to be named premier"."""
    verbs = [who.head, *who.head.conjuncts]
    for verb in verbs:
        yield from _predicate(scene, verb, lex)


def _predicate(scene: Scene, verb: Token, lex: Lexicon) -> Iterator[Title | None]:
    """The office a verb gives: "is", "became", "was named", "served as", "is expected to be elected"."""
    head = verb
    while head.dep_ in ("aux", "auxpass") and head.head != head:
        head = head.head
    status: RelationStatus = "current"
    for _ in range(2):
        nxt = next((c for c in head.children if c.dep_ == "xcomp" and c.pos_ in ("VERB", "AUX")), None)
        if nxt is None or head.lemma_ in lex.appointing:
            break
        head, status = nxt, "planned"
    if any(c.lower_ in ("will", "would", "to", "may", "could") for c in head.children if c.dep_ == "aux"):
        status = "planned"
    if any(c.dep_ == "neg" for c in (*head.children, *verb.children)):
        status = "denied"
    lemma = head.lemma_
    if (lemma in lex.serving and any(c.dep_ == "aux" and c.lemma_ == "have" for c in head.children)) or (
        lemma in (*lex.serving, "be") and head.tag_ == "VBD"
    ):
        status = "former"
    if lemma not in ("be", "become", *lex.appointing, *lex.serving):
        return
    if lemma in lex.appointing and lemma != "become" and not any(c.dep_ == "auxpass" for c in head.children):
        return
    for child in head.children:
        if child.dep_ in ("attr", "oprd", "dobj", "acomp") and child.i > head.i and lex.is_title(child):
            yield _phrase(scene, child.left_edge.i, lex, status)
        elif child.dep_ == "prep" and child.lower_ == "as":
            yield _phrase(scene, child.i + 1, lex, status)


def _phrase(scene: Scene, start: int, lex: Lexicon, status: RelationStatus) -> Title | None:
    """A title phrase that begins at token ``start``: "the Ruritanian defence minister", "director of the Agency", "Kenya's envoy"."""
    doc = scene.block.doc
    head = None
    for i in range(start, min(start + 9, len(doc))):
        token = doc[i]
        if lex.is_title(token) and not (i + 1 < len(doc) and (lex.is_title(doc[i + 1]) or doc[i + 1].text in _APOSTROPHES)):
            head = i
            break
        covered = scene.covering.get(i)
        if covered is not None and any(p.actor and p.actor.kind == "person" for p in covered.participants):
            return None
        if token.pos_ not in ("DET", "PRON", "ADJ", "NOUN", "PROPN", "PART", "ADV", "NUM") and token.text not in (*_APOSTROPHES, *_JOINTS):
            return None
    if head is None or (head + 1 < len(doc) and doc[head + 1].pos_ == "PROPN" and scene.covering.get(head + 1) is not None):
        return None
    last = head
    served: tuple[Participant, ...] = ()
    if head + 1 < len(doc) and doc[head + 1].lower_ in ("of", "for", "to", "at", "in"):
        last, served = _complement(scene, head + 1)
    title = _title(scene, head, head, lex, served)
    if title is None:
        return None
    words = title.words if served else doc.text[doc[head].idx - len(title.words) + len(doc[head].text) : doc[last].idx + len(doc[last].text)]
    return Title(title.first, doc[last], words, title.served, title.status if title.status != "current" else status)


def _complement(scene: Scene, prep: int) -> tuple[int, tuple[Participant, ...]]:
    """The words after "of" and whom they name; "Undersecretary of State for Political Affairs" names nobody but is read to its end."""
    doc = scene.block.doc
    last = prep - 1
    served: list[Participant] = []
    state = prep + 1 < len(doc) and doc[prep + 1].lower_ == "state"
    for i in range(prep, min(prep + 12, len(doc))):
        token = doc[i]
        mention = scene.covering.get(i)
        if mention is not None and any(p.actor and p.actor.kind == "person" for p in mention.participants):
            break
        if mention is not None and not state:
            served += [p for p in _servable(scene, mention) if not any(same(p, q) for q in served)]
        elif token.text == "," and served and i + 1 < len(doc) and doc[i + 1].lower_ in ("the", "a"):
            continue
        elif token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "ADP", "CCONJ", "PART") and token.text not in (*_APOSTROPHES, "-", "(", ")"):
            break
        last = i
    return last, tuple(served)
