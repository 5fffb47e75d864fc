"""Stances shown by deeds that a verb and its object tell: aid given and cut, envoys recalled, borders shut, treaties signed and left, honours.

Only states, bodies, organisations, groups and peoples do them; what only an event or a tie shows is read elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extract.positions.confidence import PHRASE
from onrecord.extract.positions.draft import Draft
from onrecord.extract.positions.grammar import clause, negated
from onrecord.extract.positions.holders import holders
from onrecord.extract.positions.lexicon import Words
from onrecord.extract.positions.targets import drafts
from onrecord.extract.scene import Scene
from onrecord.extract.syntax import after, objects
from onrecord.model.records import Stance

_COLLECTIVE = ("state", "organisation", "group", "people", "body")
Found = tuple[Stance, Token]


def deed(scene: Scene, verb: Token, lemma: str, words: Words) -> Iterator[Draft]:
    """The stance of one verb's deed, if it is one."""
    if negated(verb):
        return
    found = _plain(scene, verb, lemma, words) or _with_object(scene, verb, lemma, words)
    if found is None:
        return
    stance, about = found
    anyone = words.has("act.ease", lemma) or words.has("deed.anyone", lemma)
    who = [p for p in holders(scene, verb) if p.actor is not None and (anyone or p.actor.kind in _COLLECTIVE)]
    yield from drafts(scene, who, stance, verb, about, evidence=clause(scene, verb), confidence=PHRASE)


def _plain(scene: Scene, verb: Token, lemma: str, words: Words) -> Found | None:
    """Verbs that are deeds by themselves: "aided B", "bombed B", "suspended B", "eased the curbs", "walked out of the talks"."""
    found = list(objects(verb))
    if words.has("act.support", lemma) or words.has("act.oppose", lemma):
        about = next(after(verb, "to", "for"), None) or (found[0] if found else None)
        return None if about is None else ("support" if words.has("act.support", lemma) else "oppose", about)
    if lemma == "suspend" and found and scene.single(found[0]):
        return "oppose", found[0]
    if words.has("act.walk", lemma):
        walked = (t for c in verb.children if c.lower_ in ("away", "out") for t in (*after(c, "of", "from"), *after(verb, "of", "from")))
        about = next(walked, None)
        return None if about is None else ("oppose", about)
    if words.has("act.ease", lemma):
        eased = next((t for t in found if words.has("act.burden", t.lemma_.lower())), None)
        return None if eased is None else ("oppose", eased)
    return None


_OF_WITH = ("with", "to", "from", "for", "of", "in", "on", "against", "over")


def _with_object(scene: Scene, verb: Token, lemma: str, words: Words) -> Found | None:
    """Verbs that are deeds by their object: who gives, cuts, recalls, signs what."""
    for thing in objects(verb):
        noun = thing.lemma_.lower()
        for name, (stance, prepositions) in _KINDS.items():
            if words.has(f"deed.{name}", lemma) and words.has(f"deed.{name}_what", noun):
                about = _whom(scene, verb, thing, prepositions, anybody=name in ("honour", "impose"))
                return None if about == thing and name in _AIMED else (stance, about)
        if words.has("act.break_off", lemma) and words.has("act.broken", noun):
            return "oppose", _whom(scene, verb, thing, _OF_WITH)
    return None


_AIMED = ("impose", "give", "honour")
"""Kinds of deeds that are one only towards somebody named."""
_KINDS: dict[str, tuple[Stance, tuple[str, ...]]] = {
    "give": ("support", ("to", "for")),
    "admit": ("support", ()),
    "honour": ("support", ("to", "on", "upon")),
    "open": ("support", ("in", "to", "with")),
    "join": ("support", ()),
    "withhold": ("oppose", _OF_WITH),
    "recall": ("oppose", ("from", "in", "to")),
    "summon": ("oppose", ()),
    "close": ("oppose", ("with", "to", "in", "for")),
    "leave": ("oppose", ()),
    "impose": ("oppose", ("on", "upon", "against", "over")),
}
"""Kinds of deeds: the lists of their verbs (``deed.<kind>``) and objects (``deed.<kind>_what``), the stance, and what brings those it touches."""


def _whom(scene: Scene, verb: Token, thing: Token, prepositions: tuple[str, ...], *, anybody: bool = False) -> Token:
    """Whom a deed touches: a second object, or the first actor (with ``anybody`` the first noun) behind a preposition; else the thing."""
    if not prepositions:
        return thing
    given = [c for c in thing.children if c.dep_ == "nmod" and c.ent_type_ in ("GPE", "NORP", "ORG")] if "to" in prepositions else []
    given += [c for c in verb.children if c.dep_ in ("dative", "dobj", "nsubjpass") and c != thing and c.pos_ != "ADP"]
    ends = [*after(thing, *prepositions), *after(verb, *prepositions)]
    if not any(scene.who(t) for t in ends):
        ends = [*(n for t in ends for n in after(t, "from", "of", "in") if scene.who(n)), *ends]
    for token in (*given, *ends):
        if (scene.who(token) or anybody) and token.ent_type_ not in ("DATE", "TIME"):
            return token
    return thing
