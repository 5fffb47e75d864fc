"""Who a noun phrase names. Extractors ask through :func:`participants` and :func:`owners`; the mention layer is filled by ``actors.kb``.

This component resolves what names somebody by itself: names, titled names, bodies and groups with their country. What needs the words before it
("the ministry", "he", "the two leaders") follows in ``coreference``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from spacy.symbols import NOUN, PROPN
from spacy.tokens import Token

from onrecord.knowledge import knowledge_base
from onrecord.model import ActorRef, Participant, Span
from onrecord.model.participants import Reason
from onrecord.reading.acronyms import spread
from onrecord.reading.analysis import Analysis, Block, Mention
from onrecord.reading.component import Step, component
from onrecord.reading.descriptions import described, group_of, people_of
from onrecord.reading.kinds import LOCATIVE, mark
from onrecord.reading.minorities import minority
from onrecord.reading.names import Name, Names, misspelt
from onrecord.reading.people import full_name, lone_name, office_holder
from onrecord.reading.persons import name_words
from onrecord.reading.phrases import describe, foreign_to, is_plural, left_edge, lemma, state_or_body
from onrecord.reading.reference import reference
from onrecord.reading.spelling import slug
from onrecord.reading.strangers import stranger
from onrecord.reading.titled import Titled, titled
from onrecord.reading.titles import titles

SPOKEN_OF = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "poss"})
"""Where in a sentence somebody stands who is spoken of."""


@component("actors.kb", requires=["parse", "names"], assigns=["mentions"])
def actors() -> Step:
    """Fill the mention layer from the knowledge base and the parse."""
    knowledge_base()

    def step(analysis: Analysis) -> None:
        on = day_of(analysis)
        _drop_strangers(analysis)
        spread((b.doc, b.capitals, analysis.names[b.index]) for b in analysis.blocks)
        analysis.persons.on = on
        analysis.persons.context = _countries(analysis)
        _prefer_context(analysis)
        for block in analysis.blocks:
            misspelt(block.capitals, analysis.names[block.index], analysis.persons.context)
        mark([(b.doc, b.capitals, analysis.names[b.index]) for b in analysis.blocks])
        late: list[tuple[Block, Name, Titled]] = []
        for block in analysis.blocks:
            analysis.names[block.index].phrases.clear()  # the names have their final readings only now
            late += _full_names(analysis, block)
        for block, name, found in late:
            _lone_name(analysis, block, name, found)
        for old, ref in analysis.persons.respelled():
            redirect(analysis, old, ref)
        for block in analysis.blocks:
            _other_names(analysis, block, on)
            _descriptions(analysis, block, on)
        _namesakes(analysis)
        _towns(analysis)

    return step


def _towns(analysis: Analysis) -> None:
    """Names that are nobody's but a town's or region's mean that place, with the gazetteer's id, so that it is one actor in every report."""
    settled = {(p.span.start, p.span.end): p for p in analysis.places if p.span is not None and (p.id or "").startswith("geonames:")}
    for mention in analysis.mentions:
        participant = mention.participants[0]
        actor, span = participant.actor, participant.mention
        unknown = participant.reason == "unknown-name" or (actor is not None and actor.kind == "place" and actor.id.startswith("or:"))
        if not unknown or len(mention.participants) > 1 or span is None:
            continue
        place = settled.get((span.start, span.end))
        if place is not None and place.id is not None:
            ref = ActorRef(place.id, place.name, "place", place.country, ("CVL",), None, 0.4)
            mention.participants = (replace(participant, actor=ref, reason=None),)


def _namesakes(analysis: Analysis) -> None:
    """Of several office holders of one surname mean the one whom a description has ("The foreign minister … Ivanov"), where it is one only."""
    described_as: dict[str, ActorRef] = {}
    for mention in analysis.mentions:
        for participant in mention.participants:
            actor = participant.actor
            if actor is not None and actor.kind == "person" and actor.id not in analysis.persons.by_id:
                described_as[actor.id] = actor
    if not described_as:
        return
    for mention in analysis.mentions:
        participant = mention.participants[0]
        if len(mention.participants) > 1 or participant.reason != "ambiguous" or participant.mention is None:
            continue
        likely = {a.id for a in knowledge_base().by_surname(participant.mention.text, analysis.persons.on)} & described_as.keys()
        if len(likely) == 1:
            ref = described_as[likely.pop()]
            mention.participants = (replace(participant, actor=ref, reason=None),)


def redirect(analysis: Analysis, old: str, ref: ActorRef) -> None:
    """Let every mention of the actor ``old`` mean ``ref``."""
    for mention in analysis.mentions:
        if any(p.actor is not None and p.actor.id == old for p in mention.participants):
            mention.participants = tuple(replace(p, actor=ref) if p.actor is not None and p.actor.id == old else p for p in mention.participants)


def day_of(analysis: Analysis) -> date | None:
    """The day the document was published, None where unknown or unreadable."""
    try:
        return date.fromisoformat((analysis.document.published or "")[:10])
    except ValueError:
        return None


def _countries(analysis: Analysis) -> tuple[str, ...]:
    """The states the document speaks of, most often named first."""
    count: Counter[str] = Counter()
    for names in analysis.names.values():
        for name in names.runs:
            actor = state_or_body(name)
            if actor is not None and actor.country:
                count[actor.country] += 1
    return tuple(c for c, _ in count.most_common(6))


def _prefer_context(analysis: Analysis) -> None:
    """Let an acronym of several mean the one from a country the document speaks of ("the RSF" in a report on Sudan)."""
    context = set(analysis.persons.context)
    for names in analysis.names.values():
        for name in names.runs:
            if len(name.aliases) > 1 and all(a.kind == "acronym" for a in name.aliases):
                name.aliases = tuple(sorted(name.aliases, key=lambda a: a.actor.country not in context)) if context else name.aliases


def _drop_strangers(analysis: Analysis) -> None:
    """Take "Congress", "the Senate", "the Democratic Party" for no country's where the text never speaks of the one whose it is by default."""
    spoken: set[str | None] = set()
    generic: list[tuple[Names, Name]] = []
    for block in analysis.blocks:
        names = analysis.names[block.index]
        for name in names.runs:
            if all(a.actor.kind in ("body", "group") for a in name.aliases) and _shared(block.doc[name.start : name.end].text.lower()):
                generic.append((names, name))
            else:
                spoken.update(a.actor.country for a in name.aliases)
    for names, name in generic:
        if name.aliases and not {a.actor.country for a in name.aliases} & spoken and spoken - {None}:
            names.drop(name)


def _shared(name: str) -> bool:
    """Whether states share the name of a body or party."""
    return name in titles().national or name.removeprefix("the ") in reference().shared_parties


def _full_names(analysis: Analysis, block: Block) -> list[tuple[Block, Name, Titled]]:
    """Introduce the people whose full or titled names the block has; hands back the bare surnames for later."""
    late = []
    names = analysis.names[block.index]
    for name in [n for n in names.runs if n.person]:
        found = titled(block.doc, names, name)
        text = block.doc[name.start : name.end].text
        if not name.aliases and name.end - name.start == 1 and (not found.role or analysis.persons.named((text.lower(),))):
            late.append((block, name, found))
            continue
        person = full_name(analysis.persons, text, name.aliases, found)
        if found.owner is not None and person.owner is None:
            person.owner = (block.index, found.owner)
        _add(analysis, block, found, person.ref)
    return late


def _lone_name(analysis: Analysis, block: Block, name: Name, found: Titled) -> None:
    """Resolve a bare surname."""
    text = block.doc[name.start : name.end].text
    ref, several = lone_name(analysis.persons, text, found.gender)
    if ref is None and found.role and not several:
        ref = full_name(analysis.persons, text, (), found).ref
    _add(analysis, block, found, ref, "ambiguous" if several else "unknown-name")


def _other_names(analysis: Analysis, block: Block, on: date | None) -> None:
    """States, bodies, organisations, places; and surnames that nothing marked as a person's name."""
    names = analysis.names[block.index]
    for token in block.capitals:
        if token.i in names.at or token.pos not in (PROPN, NOUN) or len(token) < 2:
            continue
        if analysis.persons.named((token.lower_,), loose=token.pos == PROPN and len(token) > 4):
            _lone_name(analysis, block, Name(token.i, token.i + 1, person=True), titled(block.doc, names, Name(token.i, token.i + 1)))
        else:
            _surname(analysis, block, Name(token.i, token.i + 1))
    for name in names.runs:
        if name.person:
            continue
        if not name.aliases and analysis.persons.named(name_words(block.doc[name.start : name.end].text)):
            _lone_name(analysis, block, name, titled(block.doc, names, name))
            continue
        if not name.aliases and not name.full and name.end == name.start + 1 and _surname(analysis, block, name):
            continue
        ref = _named(analysis, block, name, on)
        root = _root(block, name.start, name.end)
        left, right = name.start, name.end
        if left > 0 and block.tokens[left - 1].lower_ == "the" and block.tokens[left - 1].head.i == root.i:
            left -= 1
        right = _acronym_end(block, right)
        found = Titled(left, right, name.start, name.end)
        first = _prefixed(block, name) if ref is not None else None
        if first is not None and ref is not None:
            span = _span(analysis, block, name.start - 2, right)
            analysis.add_mention(Mention(block.index, root.i, span, (Participant(span, first), Participant(span, ref))))
            continue
        _add(analysis, block, found, ref, "unknown-name")


def _surname(analysis: Analysis, block: Block, name: Name) -> bool:
    """Enter the leader or minister whom a bare surname means that the tagger takes for no person: "Zelenskiy put off …"."""
    token, doc = block.doc[name.start], block.doc
    if len(token.text) < 4 or not token.text[1:].islower() or token.dep_ not in SPOKEN_OF or any(c.dep_ == "det" for c in token.lefts):
        return False
    if any(doc[i].pos_ == "PROPN" and i not in analysis.names[block.index].at for i in (name.start - 1, name.end) if 0 <= i < len(doc)):
        return False
    speaks = token.dep_ == "nsubj" and (token.head.lemma_ in titles().saying or token.head.lemma_ in reference().motion_verbs)
    ref = office_holder(analysis.persons, token.text, None if speaks else analysis.persons.context)
    if ref is not None:
        _add(analysis, block, Titled(name.start, name.end, name.start, name.end), ref)
    return ref is not None


def _prefixed(block: Block, name: Name) -> ActorRef | None:
    """The state that a prefix names before a nationality ("Sino-Indian")."""
    doc, start = block.doc, name.start
    if start < 2 or doc[start - 1].text != "-" or not doc[start - 2].text[0].isupper() or not name.of_kind("state"):
        return None
    code = reference().prefixes.get(doc[start - 2].lower_)
    return knowledge_base().ref(knowledge_base().state(code)) if code is not None else None


def _acronym_end(block: Block, right: int) -> int:
    """Past the acronym in brackets that may follow a name ("Central TV (CCTV)")."""
    doc = block.doc
    if right + 2 < len(doc) and doc[right].text == "(" and doc[right + 1].text[0].isupper() and doc[right + 2].text == ")":
        return right + 3
    return right


def _named(analysis: Analysis, block: Block, name: Name, on: date | None) -> ActorRef | None:
    """The state, body or organisation a name stands for; a capital after "in" is a place; an unknown organisation is a local one."""
    actor, names = state_or_body(name), analysis.names[block.index]
    root = _root(block, name.start, name.end)
    at_home = minority(block.doc, names, name) if actor is not None else None
    if at_home is not None:
        return at_home
    if actor is not None and foreign_to(block.doc, name):
        return None
    if actor is not None:
        ref = knowledge_base().ref(actor, on)
        if any(a.kind == "capital" for a in name.aliases) and _of_the_city(root):
            text = block.doc[name.start : name.end].text
            return ActorRef(f"or:{(ref.country or 'x').lower()}-{slug(text)}", text, "place", ref.country, ("CVL",))
        return people_of(ref) if _only_people(block, name) else ref
    return stranger(block.doc, names, name, analysis.persons.context)


def _only_people(block: Block, name: Name) -> bool:
    """Whether the name of a people means some of them and not their side: "two Russians", "Nigerians", but "the Palestinians"."""
    doc = block.doc
    if not name.aliases or any(a.kind != "people" or a.actor.kind != "state" for a in name.aliases) or not is_plural(doc[name.end - 1]):
        return False
    return name.start == 0 or doc[name.start - 1].lower_ not in ("the", "these", "those")


def _of_the_city(token: Token) -> bool:
    """Whether the name of a capital means the town and not its government: "in Minsk", "flew to Minsk", "a trip to Minsk", "left Minsk"."""
    words, preposition = reference(), token.head
    if token.dep_ != "pobj":
        return token.dep_ == "dobj" and token.head.lemma_ in words.reached
    head = preposition.head.head if preposition.head.pos_ == "ADV" else preposition.head
    if preposition.lower_ in LOCATIVE:
        return True
    if preposition.lower_ not in words.motion_prepositions:
        return False
    if head.pos_ == "VERB" and preposition.lower_ == "from" and head.lemma_ in words.spoken:
        return True
    return head.lemma_ in words.motion_verbs if head.pos_ == "VERB" else head.pos_ == "NOUN" and head.lemma_ in words.motion_nouns


def _descriptions(analysis: Analysis, block: Block, on: date | None) -> None:
    """Bodies, officials and groups that say their own country."""
    names, words = analysis.names[block.index], titles()
    for token in block.tokens:
        if token.pos not in (NOUN, PROPN) or token.i in names.at or token.i in names.covered or analysis.mention(block, token) is not None:
            continue
        noun = lemma(token)
        if noun not in words.person and noun not in words.body:
            continue
        if (token.dep_ == "compound" and token.head.i > token.i) or (token.dep_ == "appos" and analysis.mention(block, token.head) is not None):
            continue
        phrase = describe(block.doc, names, token)
        refs = _explained(analysis, block, token) if noun in words.body else ()
        state = reference().belonging.get(phrase.role)
        refs = (group_of(state, phrase),) if state is not None else refs
        refs = refs or described(phrase, analysis.persons, on)
        if refs:
            span = _span(analysis, block, phrase.left, _acronym_end(block, phrase.right))
            analysis.add_mention(Mention(block.index, token.i, span, tuple(Participant(span, r) for r in refs)))


def _explained(analysis: Analysis, block: Block, token: Token) -> tuple[ActorRef, ...]:
    """The body, group or outlet that an apposition names ("the largest rebel group, the FARC", "the party newspaper Granma")."""
    for child in token.rights:
        mention = analysis.mention(block, child) if child.dep_ == "appos" and child.i - token.i <= 3 else None
        actor = mention.participants[0].actor if mention is not None and len(mention.participants) == 1 else None
        if actor is not None and actor.kind in ("body", "group", "organisation", "outlet"):
            return (actor,)
    return ()


def _span(analysis: Analysis, block: Block, left: int, right: int) -> Span:
    """The document span of tokens ``[left, right)``."""
    return analysis.span(block.start(block.tokens[left]), block.end(block.tokens[right - 1]))


def _root(block: Block, start: int, end: int) -> Token:
    """The head of tokens ``[start, end)``."""
    return block.tokens[start] if end == start + 1 else block.doc[start:end].root


def _add(analysis: Analysis, block: Block, found: Titled, ref: ActorRef | None, reason: Reason | None = None) -> None:
    """Enter a mention under the head of the name, and under every token of it or of its title that the parser takes for the head of the phrase."""
    span = _span(analysis, block, found.left, found.right)
    root = _root(block, found.start, found.end)
    mention = Mention(block.index, root.i, span, (Participant(span, ref, None if ref else reason),))
    analysis.add_mention(mention)
    names = analysis.names[block.index]
    if found.left < found.start or found.heads or (ref is not None and ref.kind == "person"):
        names.covered.update(found.covers())
    if found.right - found.left == 1:
        return
    for i in range(found.left, found.right):
        token = block.tokens[i]
        outside = not found.left <= token.head.i < found.right or token.dep_ == "ROOT"
        explains = i > found.end and i in found.heads
        if i != root.i and (outside or explains) and token.pos_ not in ("PUNCT", "DET") and (found.start <= i < found.end or i not in names.at):
            analysis.mention_at[block.index, i] = mention


def conjuncts(token: Token) -> tuple[Token, ...]:
    """``token`` and the nouns coordinated with it, in order ("Kazakhstan, Tajikistan and Uzbekistan")."""
    return (token, *token.conjuncts) if token.dep_ != "conj" else (token,)


def participants(analysis: Analysis, block: Block, token: Token) -> tuple[Participant, ...]:
    """Everybody the noun phrase headed by ``token`` names, coordination included.

    A phrase that names nobody known yields one participant without actor, with the reason. Never empty.
    """
    if token.lower_ in ("who", "which", "that") and token.tag_ in ("WP", "WDT"):
        clause = next((a for a in (token, *token.ancestors) if a.dep_ == "relcl"), None)
        if clause is not None:
            token = clause.head
    found: list[Participant] = []
    for head in conjuncts(token):
        mention = analysis.mention(block, head)
        if mention is not None:
            found += mention.participants
    if not found:
        left, right = left_edge(block.doc, analysis.names.get(block.index) or Names(), token), token.i + 1
        found.append(Participant(analysis.token_span(block, block.doc[left:right]), None, "generic"))
    return tuple(found)


def owners(analysis: Analysis, block: Block, noun: Token) -> tuple[Participant, ...]:
    """Who a noun belongs to: "Taiwan's statement", "the ministry's report", "U.S. exercises", "the regime of Putin". Empty where nobody."""
    found: list[Participant] = []
    for child in noun.lefts:
        if child.dep_ in ("poss", "compound", "amod", "nmod"):
            for head in conjuncts(child):
                mention = analysis.mention(block, head)
                if mention is not None:
                    found += mention.participants
    if not found:
        for prep in noun.rights:
            if prep.dep_ == "prep" and prep.lower_ in ("of", "by"):
                for obj in prep.children:
                    if obj.dep_ == "pobj" and analysis.mention(block, obj) is not None:
                        found += participants(analysis, block, obj)
    return tuple(dict.fromkeys(found))
