"""Ties told by a verb: claims, accusations and refusals of recognition, invasions, joining and leaving, founding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from spacy.tokens import Token

from onrecord.extract.relations.build import tie
from onrecord.extract.relations.lexicon import lexicon
from onrecord.extract.scene import Scene, pairs
from onrecord.extract.syntax import after, objects, subject
from onrecord.model import Participant, Relation
from onrecord.model.records import RelationStatus

_COLLECTIVE = ("state", "organisation", "group", "people", "body")


def acts(scene: Scene) -> Iterator[Relation]:
    """Every tie a verb of the block tells."""
    table = lexicon().table
    rules: dict[str, Callable[[Scene, Token], Iterator[Relation]]] = {
        **dict.fromkeys(table["claim"]["verbs"], _claim),
        **dict.fromkeys(table["tie"]["accuse"], _accuse),
        **dict.fromkeys(table["tie"]["recognise"], _refuse),
        **dict.fromkeys(table["tie"]["invade"], _invade),
        **dict.fromkeys(table["membership"]["join"], _join),
        **dict.fromkeys(table["membership"]["leave"], _join),
        **dict.fromkeys(table["foundation"]["found"], _found),
        **dict.fromkeys(table["leading"]["verbs"], _lead),
        **dict.fromkeys(table["membership"]["expel"], _expel),
    }
    for token, lemma, pos in scene.words:
        if pos == "VERB":
            rule = rules.get(lemma)
            if rule is not None:
                yield from rule(scene, token)
        elif lemma in table["tie"]["destruction"]:
            yield from _bent(scene, token)
        if lemma in ("oppose", "opposed", "hostile") and token.lower_ != "oppose":
            yield from _opposed(scene, token)


def _collective(found: list[Participant]) -> list[Participant]:
    """States, organisations and peoples; a person's quarrel is not yet its state's."""
    return [p for p in found if p.actor is not None and p.actor.kind in _COLLECTIVE]


def _doer(scene: Scene, verb: Token) -> list[Participant]:
    by = [t for t in after(verb, "by") if t.head.dep_ == "agent"]
    found = by[0] if by else subject(verb)
    alike = [p for t in after(verb, "like") if t.i < verb.i for p in scene.who(t)]
    if found is None:
        return alike
    return [*scene.who(found), *alike, *(p for t in after(found, "like") for p in scene.who(t))]


def _unsure(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in lexicon().table["modal"]["unsure"] for c in verb.children)


def _hypothetical(verb: Token) -> bool:
    return _unsure(verb) or any(c.lower_ in lexicon().table["modal"]["conditions"] for c in verb.children)


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _claim(scene: Scene, verb: Token) -> Iterator[Relation]:
    """Read "A regards B as its territory", "A claims B"."""
    if _negated(verb) or _hypothetical(verb):
        return
    words: dict[str, Any] = lexicon().table["claim"]
    held = [p for t in objects(verb) for p in scene.who(t)]
    inner = () if verb.lemma_ == "claim" else verb.children
    held += [p for t in inner if t.dep_ in ("ccomp", "oprd", "xcomp") for s in t.children if s.dep_ in ("nsubj", "poss") for p in scene.single(s)]
    named = any(t.lemma_ in words["objects"] and _owned(t) for t in verb.subtree if t.i > verb.i and not _inside_relative(t, verb))
    if named or verb.lemma_ == "claim":
        claimed = [p for p in held if p.actor is not None and p.actor.kind in ("state", "place", "people")]
        for a, b in pairs(_collective(_doer(scene, verb)), claimed):
            yield tie(scene, "claim", a, b, scene.clause(verb), anchor=verb, confidence=0.8)


def _owned(noun: Token) -> bool:
    """Read "its territory", "a renegade province", "part of China", "its own"."""
    words = {c.lower_ for c in noun.children}
    return bool(words & set(lexicon().table["claim"]["owned"])) or any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children)


def _inside_relative(token: Token, verb: Token) -> bool:
    while token not in (verb, token.head):
        if token.dep_ in ("relcl", "advcl"):
            return True
        token = token.head
    return False


def _accuse(scene: Scene, verb: Token) -> Iterator[Relation]:
    """Read "A accuses B of …": a dispute of two states or movements."""
    if not _negated(verb) and not _hypothetical(verb):
        for a, b in pairs(_collective(_doer(scene, verb)), _collective([p for t in objects(verb) for p in scene.who(t)])):
            yield tie(scene, "dispute", a, b, scene.clause(verb), directed=False, detail=verb.text, anchor=verb, confidence=0.6)


def _refuse(scene: Scene, verb: Token) -> Iterator[Relation]:
    """Read "A refuses to recognise B", "A does not recognise B"."""
    refusing = verb.head.lemma_ in lexicon().table["tie"]["refuse"] and verb.dep_ == "xcomp"
    if refusing or _negated(verb):
        for a, b in pairs(_collective(_doer(scene, verb)), _collective([p for t in objects(verb) for p in scene.who(t)])):
            yield tie(scene, "dispute", a, b, scene.clause(verb), directed=False, detail="non-recognition", anchor=verb, confidence=0.8)


def _bent(scene: Scene, noun: Token) -> Iterator[Relation]:
    """Read "A, bent on B's destruction", "A seeks the destruction of B"."""
    struck = scene.owners(noun) or [p for t in after(noun, "of") for p in scene.who(t)]
    head = noun.head.head if noun.dep_ == "pobj" else noun.head
    if head.lemma_.lower() in lexicon().table["tie"]["set_on"]:
        if head.dep_ == "acomp":
            head = head.head
        own = any(c.dep_ == "nsubj" for c in head.children) or (head.pos_ in ("VERB", "AUX") and head.tag_ != "VBN")
        left = subject(head) if own or head.head.pos_ in ("VERB", "AUX") else head.head
        for a, b in pairs(_collective(scene.who(left)) if left is not None else [], struck):
            yield tie(scene, "dispute", a, b, scene.clause(noun), directed=False, detail=noun.text, anchor=noun, confidence=0.8)


def _opposed(scene: Scene, word: Token) -> Iterator[Relation]:
    """Read "A is opposed to B('s acts)"."""
    verb = word.head if word.dep_ == "acomp" else word
    left = subject(verb) if verb.pos_ in ("VERB", "AUX") and verb.dep_ != "acl" else None
    right = [p for t in after(word, "to", "toward", "towards") for p in (scene.owners(t) or scene.single(t))]
    if left is not None and not _negated(verb):
        for a, b in pairs(_collective(scene.who(left)), _collective(right)):
            yield tie(scene, "dispute", a, b, scene.clause(word), directed=False, detail=word.text, anchor=word, confidence=0.6)


def _invade(scene: Scene, verb: Token) -> Iterator[Relation]:
    """Read "A invaded B"."""
    if _negated(verb) or _hypothetical(verb):
        return
    for a, b in pairs(
        _collective(_doer(scene, verb)), [p for t in objects(verb) for p in scene.who(t) if p.actor is not None and p.actor.kind == "state"]
    ):
        yield tie(scene, "war", a, b, scene.clause(verb), detail=verb.text, anchor=verb, confidence=0.8)


def _join(scene: Scene, verb: Token) -> Iterator[Relation]:
    """Read "A joined the organisation B"; a wish to join is planned."""
    if _negated(verb) or _unsure(verb):
        return
    into = [p for t in (*objects(verb), *after(verb, "from")) for p in scene.single(t) if p.actor is not None and p.actor.kind == "organisation"]
    status: RelationStatus = "former" if verb.lemma_ in lexicon().table["membership"]["leave"] else "current"
    if verb.dep_ == "xcomp" or any(c.dep_ == "aux" and c.lower_ in ("will", "to") for c in verb.children):
        status = "planned"
    for a, b in pairs(_joiners(scene, verb), into):
        yield tie(scene, "membership", a, b, scene.clause(verb), status=status, detail=verb.text, anchor=verb, confidence=0.7)


def _joiners(scene: Scene, verb: Token) -> list[Participant]:
    """Who joins: whoever is invited to, whose country does, else the subject."""
    head = verb.head
    if verb.dep_ == "xcomp" and head.lemma_ in lexicon().table["membership"]["admit"]:
        return [p for t in objects(head) for p in scene.who(t)]
    found = _doer(scene, verb)
    doer = subject(verb)
    if not found and doer is not None and doer.lemma_ in ("country", "nation", "state"):
        whose = verb.head if any(c.lower_ == "whose" for c in doer.children) else None
        people = scene.who(whose) if whose is not None else scene.owners(doer)
        return [state for p in people if (state := scene.state_of(p)) is not None]
    return found


def _expel(scene: Scene, verb: Token) -> Iterator[Relation]:
    """Read "A was expelled from the organisation B", "the organisation B expelled A"."""
    if _negated(verb) or _hypothetical(verb):
        return
    out = [p for t in objects(verb) for p in scene.who(t) if p.actor is not None and p.actor.kind in ("state", "organisation", "group")]
    bodies = [p for t in after(verb, "from") for p in scene.single(t)] or _doer(scene, verb)
    for a, b in pairs(out, [p for p in bodies if p.actor is not None and p.actor.kind == "organisation"]):
        yield tie(scene, "membership", a, b, scene.clause(verb), status="former", detail=verb.text, anchor=verb, confidence=0.7)


def _lead(scene: Scene, verb: Token) -> Iterator[Relation]:
    """Read "the party headed by A", "A, which chairs the organisation B"."""
    if _negated(verb) or _hypothetical(verb):
        return
    led = list(objects(verb)) or ([verb.head] if verb.dep_ == "acl" and verb.tag_ == "VBN" else [])
    bodies = [p for t in led for p in scene.single(t) if p.actor is not None and p.actor.kind in ("organisation", "group", "body")]
    status: RelationStatus = "former" if any(c.lower_ in lexicon().former for c in verb.children) else "current"
    for a, b in pairs([p for p in _doer(scene, verb) if p.actor is None or p.actor.kind in ("person", "state")], bodies):
        yield tie(scene, "office", a, b, scene.clause(verb), status=status,
                  detail=lexicon().table["leading"]["verbs"][verb.lemma_], anchor=verb, confidence=0.7)  # fmt: skip


def _found(scene: Scene, verb: Token) -> Iterator[Relation]:
    """Read "the agency founded by A", "A founded the agency"."""
    made = list(objects(verb)) or ([verb.head] if verb.dep_ == "acl" and verb.tag_ == "VBN" else [])
    made = [t for t in made if scene.analysis.mention(scene.block, t)]
    if verb.lemma_ == "set" and not any(c.dep_ == "prt" and c.lower_ == "up" for c in verb.children):
        return
    for a, b in pairs(_doer(scene, verb), [p for t in made for p in scene.single(t) if p.actor and p.actor.kind in ("organisation", "group")]):
        yield tie(scene, "foundation", a, b, scene.clause(verb), detail=verb.text, anchor=verb, confidence=0.7)
