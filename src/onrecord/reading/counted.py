"""Which organisation "the 10-nation group", "the seven-member council", "the world body" means: by its members on the day, or by a byname."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Token

from onrecord.knowledge import knowledge_base
from onrecord.model import ActorRef
from onrecord.reading.discourse import Discourse
from onrecord.reading.phrases import Phrase
from onrecord.reading.pronouns import Answer
from onrecord.reading.reference import reference

NEAR = 1
"""How far the number a report gives may be from what we know, where one organisation only is in question: admissions take effect on some day."""
REACH = 60
STATUSES = ("member", "permanent member", "non-permanent member", "suspended")


def byname(phrase: Phrase, on: date | None) -> ActorRef | None:
    """The organisation that alone is called so."""
    known = reference().bynames.get(phrase.role)
    return knowledge_base().ref(knowledge_base().actor(known), on, 0.9) if known is not None and phrase.definite and not phrase.plural else None


def size(token: Token) -> int | None:
    """How many members the words before a noun give it ("the 27-nation bloc"); None where they give none."""
    words, doc = reference(), token.doc
    if token.lower_ not in words.counted:
        return None
    for i in range(token.i - 1, max(token.sent.start, token.i - 6) - 1, -1):
        number, _, unit = doc[i].lower_.partition("-")
        if unit in words.units and words.number(number) is not None:
            return words.number(number)
        if doc[i].lower_ in words.units and i - 2 >= token.sent.start and doc[i - 1].text == "-":
            return words.number(doc[i - 2].lower_)
    return None


def group_of_size(count: int, discourse: Discourse, number: int, on: date | None) -> Answer:
    """The organisation of so many members that the text has spoken of; nobody's where none has or two have."""
    kb = knowledge_base()
    spoken: dict[str, ActorRef] = {}
    for entry in discourse.back(number, REACH):
        for ref in entry.refs:
            if ref.kind in ("organisation", "body") and ref.id in kb:
                spoken.setdefault(ref.id, ref)
    sizes = {key: sum(len(kb.members(key, on, status=status)) for status in STATUSES) for key in spoken}
    exact = [key for key, members in sizes.items() if members == count]
    near = exact or [key for key, members in sizes.items() if members and abs(members - count) <= NEAR]
    near = near or [key for key, members in sizes.items() if not members and "IGO" in spoken[key].sectors]
    return ((spoken[near[0]],), None) if len(near) == 1 else ((), "ambiguous" if near else "no-antecedent")
