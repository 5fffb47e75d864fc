"""Which body "the government", "the ministry", "his party", "the two countries' parliaments" means, given what was spoken of before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from onrecord.knowledge import knowledge_base
from onrecord.knowledge.roles import body_kind
from onrecord.model import ActorRef
from onrecord.reading.counted import group_of_size, size
from onrecord.reading.descriptions import body_of
from onrecord.reading.discourse import SUBJECT, Discourse
from onrecord.reading.persons import Persons
from onrecord.reading.phrases import Phrase, lemma
from onrecord.reading.pronouns import Answer
from onrecord.reading.reference import reference
from onrecord.reading.titles import titles

NOBODY: Answer = ((), None)
UNKNOWN: Answer = ((), "no-antecedent")
COMMON = frozenset({"house", "diet", "assembly", "congress", "senate"})
"""Names of parliaments that are other things when written small."""


@dataclass(slots=True)
class Bodies:
    """Answers for one document; ``dateline``: the country the report was filed from."""

    discourse: Discourse
    persons: Persons
    on: date | None
    dateline: str | None = None

    def meant(self, token: Token, phrase: Phrase, owner: tuple[ActorRef, ...], number: int, place: str | None) -> Answer:
        """Its owner's, one named before, or that of the country that acted last; ``place``: the country the sentence opens with ("In Paris, …")."""
        codes = list(dict.fromkeys(r.country for r in owner if r.country))
        if phrase.name.lower() in reference().shared_parties:
            return (), "unknown-name"
        if _of_unknown(token, phrase):
            return (), "unknown-name"
        members = size(token) if phrase.definite and not phrase.actors else None
        if members is not None:
            return group_of_size(members, self.discourse, number, self.on)
        if phrase.owner is not None and token.doc[phrase.owner].lower_ in ("our", "my"):
            return NOBODY  # the speaker's: see first_person
        if phrase.owner is not None and not owner and not phrase.actors:
            return UNKNOWN  # "the lawyers' movement"
        if owner and owner[0].kind == "person" and not _national(phrase):
            return self._own_party(phrase, owner[0])
        if phrase.plural and phrase.owner is not None and len(codes) > 1:
            return tuple(self.body(code, phrase) for code in codes), None
        country = codes[0] if codes else place if _national(phrase) or phrase.noun == "court" else None
        if not phrase.definite and country is None and _bare(token, phrase):
            local = self._local(number)
            return ((self.body(local, phrase),), None) if local is not None else NOBODY
        if not phrase.definite and country is None:
            return self._own_government(phrase, number)
        if _made_of_people(token) or (token.lower_ in COMMON and not token.text[0].isupper()):
            return NOBODY
        if any(t.lower_ in ("ruling", "governing") for t in token.lefts):
            where = country or self._where(number)
            return ((body_of(where, f"ruling {phrase.role}", phrase.noun),), None) if where else UNKNOWN
        return ((self.body(country, phrase),), None) if country is not None else self._before(phrase, number)

    def _before(self, phrase: Phrase, number: int) -> Answer:
        """A body without an owner: one named before, or a national one of the country in question."""
        national = _national(phrase) or phrase.role == "opposition" or any(phrase.role.endswith(n) for n in titles().national)
        named = self.discourse.called(phrase.noun, number) if not national or phrase.role in ("ministry", "court") else None
        if named is not None:
            return (named,), None
        if phrase.noun == "leadership":
            acting = next((e.refs for e in self.discourse.back(number, 3) if e.grade >= SUBJECT and len(e.refs) == 1), ())
            if acting and acting[0].kind in ("group", "organisation"):
                return acting, None
        country = self._where(number) if national and phrase.noun != "regime" else None  # nobody calls his own government so
        return ((self.body(country, phrase),), None) if country is not None else UNKNOWN

    def _where(self, number: int) -> str | None:
        """The country in question: that of the latest subject, else where the report was filed from."""
        return self.discourse.last_country(number) or self.dateline

    def _local(self, number: int) -> str | None:
        """The country that "police said" can only mean: that of the dateline, or the one the text is about, where nobody else's acted last."""
        acting, home = self.discourse.last_country(number), self.dateline or next(iter(self.persons.context), None)
        return home if acting in (None, home) else None

    def _own_party(self, phrase: Phrase, owner: ActorRef) -> Answer:
        """The party or group a person was introduced with or leads ("his party" of the Hamas leader); a state's own it is not."""
        if phrase.noun not in titles().parties | titles().groups:
            return UNKNOWN
        kb, person = knowledge_base(), self.persons.by_id.get(owner.id)
        offices = [o.body for o in kb.offices(owner.id, self.on) if o.body is not None] if owner.id in kb else []
        known = [kb.actor(b) for b in (*(person.bodies if person is not None else ()), *offices) if b in kb]
        found = next((kb.ref(a, self.on) for a in known if a.kind in ("group", "organisation", "body")), None)
        return ((found,), None) if found is not None else UNKNOWN

    def body(self, country: str, phrase: Phrase) -> ActorRef:
        """A body of a country; a bare "ministry" is the ministry of that country spoken of last."""
        if phrase.role in ("ministry", "court"):
            for entry in reversed(self.discourse.entries):
                if len(entry.refs) != 1 or entry.refs[0].country != country or entry.refs[0].kind != "body":
                    continue
                if entry.noun == phrase.noun or phrase.noun in entry.refs[0].name.lower().split():
                    return entry.refs[0]
        return body_of(country, phrase.role, phrase.noun)

    def _own_government(self, phrase: Phrase, number: int) -> Answer:
        """For "Taiwan operates under a democratically elected government": that of the state that is the subject of the sentence."""
        if phrase.noun != "government" or phrase.plural:
            return NOBODY
        for entry in self.discourse.back(number, 0):
            if entry.grade >= SUBJECT and len(entry.refs) == 1 and entry.refs[0].kind == "state" and entry.refs[0].country:
                return (body_of(entry.refs[0].country, phrase.role, phrase.noun),), None
        return NOBODY


def _national(phrase: Phrase) -> bool:
    """Whether a state has one body of the sort ("the government", "the supreme court")."""
    return bool({phrase.noun, phrase.role} & titles().national)


def _of_unknown(token: Token, phrase: Phrase) -> bool:
    """Whether a proper word before the noun says whose body it is, though we do not know whose ("the Bavarian government")."""
    if phrase.actors or phrase.noun not in titles().national or not token.text.islower() or body_kind(phrase.role) is not None:
        return False
    return any(t.text[0].isupper() and t.pos_ in ("ADJ", "PROPN") and not t.is_sent_start for t in token.doc[phrase.left : token.i])


def _bare(token: Token, phrase: Phrase) -> bool:
    """Whether a national body without an article speaks ("police said"), or is parliament."""
    parliament = phrase.noun in ("congress", "senate") and token.text[0].isupper()
    if (
        phrase.noun not in titles().articleless
        and not parliament
        and not (phrase.role in titles().national and phrase.role.startswith(("state ", "official ")))
    ):
        return False
    if phrase.left != token.i - phrase.role.count(" "):
        return False
    return parliament or phrase.noun == "parliament" or (token.dep_ == "nsubj" and token.head.lemma_ in titles().saying)


def _made_of_people(token: Token) -> bool:
    """Whether a group noun says what it consists of ("a group of evacuees", "a force of 500")."""
    prep = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    obj = next((c for c in prep.children if c.dep_ == "pobj"), None) if prep is not None else None
    return obj is not None and (obj.tag_ == "NNS" or obj.pos_ == "NUM") and lemma(token) in titles().groups | {"force", "team"}
