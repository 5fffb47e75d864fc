"""Whom a description without a country of its own can mean, given what was spoken of before: roles, bodies, pairs, countries, statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from spacy.tokens import Token

from onrecord.knowledge import knowledge_base
from onrecord.model import ActorKind, ActorRef
from onrecord.reading.bodies import NOBODY, Bodies
from onrecord.reading.counted import byname
from onrecord.reading.descriptions import fits_role, group_of, in_role, one_person
from onrecord.reading.discourse import SUBJECT, Discourse, Entry
from onrecord.reading.persons import Persons
from onrecord.reading.phrases import Phrase
from onrecord.reading.pronouns import Answer
from onrecord.reading.reference import reference
from onrecord.reading.succession import next_in_line
from onrecord.reading.titles import titles


@dataclass(slots=True)
class Antecedents:
    """Answers for one document.

    ``place``: the country of the place the current sentence opens with; ``dateline``: of the place the report was filed from.
    """

    discourse: Discourse
    persons: Persons
    on: date | None
    place: str | None = None
    dateline: str | None = None
    bodies: Bodies = field(init=False)

    def __post_init__(self) -> None:
        """Share the record with the part that answers for bodies."""
        self.bodies = Bodies(self.discourse, self.persons, self.on, self.dateline)

    def home(self, token: Token, role: str, number: int) -> str | None:
        """The country an office holder named without one belongs to.

        That of the place the sentence opens with, of the person named in the same breath, of the latest subject, of the first state the
        text names, or of the only one; never one that has no such office.
        """
        if self.place:
            return self.place
        if token.dep_ == "conj":
            for entry in self.discourse.back(number, 0):
                if entry.token == token.head and len(entry.refs) == 1:
                    return entry.refs[0].country
        acting = self.discourse.last_country(number, 1, states=True)
        lead = [r.country for e in self.discourse.entries if e.sentence < 2 for r in e.refs]
        order = (acting, self.dateline, self.discourse.last_country(number), *lead)
        only = self.persons.context if len(self.persons.context) == 1 else ()
        return next((c for c in (*order, *only) if c and role not in titles().no_office.get(c, ())), None)

    def description(self, token: Token, phrase: Phrase, owner: tuple[ActorRef, ...], number: int) -> Answer:
        """Whom a noun phrase without a name means; nothing at all where the noun is none for actors."""
        words = titles()
        low = " ".join((phrase.role, phrase.noun)) if not phrase.role else phrase.role
        if token.lower_ in ("two", "both", "pair") and token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj"):
            return self._set(2, number, lambda r: r.kind != "place")
        if low in words.epithets or phrase.noun in words.epithets:
            return self._epithet(token, phrase, number)
        if phrase.plural and phrase.definite and not phrase.actors:
            found = self._several(phrase, number)
            if found != NOBODY:
                return found
        if phrase.noun in words.countries or (phrase.noun in words.sides and (phrase.noun != "party" or phrase.plural)):
            return self._country(token, phrase, owner, number)
        if phrase.noun in words.last_outlets and phrase.definite and not phrase.plural and not owner:
            outlet = self.discourse.called(phrase.noun, number)
            if outlet is not None and outlet.kind == "outlet":
                return (outlet,), None
        if phrase.noun in words.documents:
            return self._document(token, phrase, owner, number)
        if phrase.noun in words.person:
            return self._role(phrase, owner, number)
        if phrase.noun in words.body or phrase.noun in words.organisations:
            only = byname(phrase, self.on)
            if only is not None:
                return (only,), None
            return self.bodies.meant(token, phrase, owner, number, self.place)
        return NOBODY

    def _set(self, count: int, number: int, wanted: Callable[[ActorRef], bool]) -> Answer:
        """The last ``count`` actors spoken of that are wanted: one coordination, or those collected going back, subjects first."""
        found: dict[str, ActorRef] = {}
        for back in range(6):
            here = [e for e in self.discourse.back(number, back) if e.sentence == number - back]
            for entry in here:
                fitting = [r for r in entry.refs if wanted(r)]
                if len(entry.refs) == count == len({r.id for r in fitting}) and len(found) in (0, count):
                    return tuple(entry.refs), None
            fresh = {r.id: (e.grade, r) for e in here for r in e.refs if wanted(r) and r.id not in found}
            ranked = sorted(fresh.values(), key=lambda g: -g[0])
            if len(found) + len(ranked) >= count:
                need = count - len(found)
                if len(ranked) > need and ranked[need - 1][0] == ranked[need][0]:
                    return (), "ambiguous"
                return (*found.values(), *(r for _, r in ranked[:need])), None
            found.update({r.id: r for _, r in ranked})
        return (), "no-antecedent"

    def _several(self, phrase: Phrase, number: int) -> Answer:
        """Whom "the two leaders", "both countries", "the three ministers" means."""
        words, count = titles(), phrase.count or 2
        if phrase.count is None:  # "the nuclear-armed neighbours"
            pair = self._spoken_pair(number, 3, "state") if phrase.noun in reference().pair_states and phrase.owner is None else ()
            return (pair, None) if pair else NOBODY
        if phrase.noun == "korea" and count == 2:
            return tuple(knowledge_base().ref(a.actor, self.on) for a in knowledge_base().find("Korea")), None
        if phrase.noun in words.sides:
            joined = [e.refs for e in self.discourse.back(number, 6) if len(e.refs) == count and all(r.kind != "place" for r in e.refs)]
            if joined:  # two states or forces before two people
                return next((refs for refs in joined if all(r.kind != "person" for r in refs)), joined[0]), None
        if phrase.noun in words.many_countries or phrase.noun in words.sides:
            return self._states(count, number)
        if phrase.noun in words.national:
            states = self._states(count, number)
            return tuple(self.bodies.body(r.country, phrase) for r in states[0] if r.country), states[1]
        if phrase.noun in words.person:
            if phrase.noun == "leader":
                found = self._set(count, number, lambda r: r.kind == "person" and self._leads(r))
                return found if found[0] else self._set(count, number, lambda r: r.kind == "person")
            pair = self._spoken_pair(number, 4, "person") if phrase.noun in reference().pair_people and count == 2 else ()
            if pair:
                return pair, None
            if phrase.noun in ("man", "woman"):
                here = {r.id for e in self.discourse.back(number, 0) for r in e.refs}  # who acts on them is not one of them
                return self._set(count, number - 1, lambda r: r.kind == "person" and r.id not in here)
            return self._set(count, number, lambda r: r.kind == "person" and any(fits_role(phrase, role) for role in self._roles(r)))
        return NOBODY

    def _spoken_pair(self, number: int, reach: int, kind: ActorKind) -> tuple[ActorRef, ...]:
        """The last two of a kind that were named in one breath."""
        return next((e.refs for e in self.discourse.back(number, reach) if len(e.refs) == 2 and all(r.kind == kind for r in e.refs)), ())

    def _states(self, count: int, number: int) -> Answer:
        """The last ``count`` states named in one breath, the latest subject's among them where it can be; else those spoken of, if no more are."""
        found: dict[str, None] = {}
        subject = self.discourse.last_country(number)
        sets = [c for e in self.discourse.back(number, 3) if len(c := list(dict.fromkeys(r.country for r in e.refs if r.country))) == count]
        if sets:
            chosen = next((c for c in sets if subject in c), sets[0])
            return tuple(state(c) for c in chosen), None
        for entry in self.discourse.back(number, 5):
            found.update(dict.fromkeys(r.country for r in entry.refs if r.country is not None))
        if len(found) > count:
            return (), "ambiguous"
        if len(found) == count:
            return tuple(state(c) for c in reversed(list(found))), None
        return (), "no-antecedent"

    def _roles(self, ref: ActorRef) -> list[str]:
        person = self.persons.by_id.get(ref.id)
        return [*(person.roles if person else []), (ref.role or "").lower()]

    def _leads(self, ref: ActorRef) -> bool:
        return any(titles().is_leader(role) for role in self._roles(ref) if role)

    def _epithet(self, token: Token, phrase: Phrase, number: int) -> Answer:
        """A state by a byname ("the Islamic republic"): the one of those it fits that the text spoke of last."""
        words = titles()
        if not phrase.definite:
            return NOBODY
        if token.lower_ in ("north", "south") and not token.text[0].isupper():
            return NOBODY
        codes = words.epithets.get(phrase.role) or words.epithets[phrase.noun]
        for entry in self.discourse.back(number, 60):
            for ref in entry.refs:
                if ref.country in codes:
                    return (state(ref.country),), None
        return (), "no-antecedent"

    def _country(self, token: Token, phrase: Phrase, owner: tuple[ActorRef, ...], number: int) -> Answer:
        """Which state "his country", "the country", "the Peruvian side" means."""
        if phrase.actors and phrase.noun in titles().sides:
            return tuple(knowledge_base().ref(a, self.on) for a in phrase.actors), None
        if phrase.owner is not None and token.doc[phrase.owner].lower_ in ("our", "my"):
            return NOBODY  # the speaker's: see first_person
        if owner:
            codes = list(dict.fromkeys(r.country for r in owner if r.country))
            return tuple(state(c) for c in codes), None if codes else "no-antecedent"
        if not phrase.definite or phrase.plural or phrase.actors or phrase.noun in titles().sides:
            return NOBODY
        best, tie = self.discourse.best(number, -1, lambda e: len(e.refs) == 1 and e.refs[0].kind in ("state", "people"))
        if best is None or tie or not best.refs[0].country:
            return (), "ambiguous" if tie else "no-antecedent"
        return (state(best.refs[0].country),), None

    def _document(self, token: Token, phrase: Phrase, owner: tuple[ActorRef, ...], number: int) -> Answer:
        """Who issued "Taiwan's statement", "the report", "a joint statement"."""
        issuer = owner or tuple(knowledge_base().ref(a, self.on) for a in phrase.actors)
        discourse = self.discourse
        if len(issuer) == 1 and issuer[0].kind == "state":
            issuer = self.speaking_for(issuer[0], number)
        if "joint" in (t.lower_ for t in token.lefts):
            issuer = self._sides(number)
        elif not issuer and phrase.definite:
            issuer = discourse.issuers.get(phrase.noun, ())
        elif not issuer:
            issuer = self._issuer(token, number)
        if issuer:
            discourse.issuers[phrase.noun] = issuer
            return issuer, None
        return (), "no-antecedent" if phrase.definite and token.dep_ == "nsubj" else None

    def speaking_for(self, issuer: ActorRef, number: int) -> tuple[ActorRef, ...]:
        """The body or person that spoke for a state just before ("Taiwan's foreign ministry … Taiwan's statement"), else the state."""
        for entry in self.discourse.back(number):
            if entry.grade >= SUBJECT and len(entry.refs) == 1 and entry.refs[0].country == issuer.country and entry.refs[0].kind == "body":
                return entry.refs
        return (issuer,)

    def _sides(self, number: int) -> tuple[ActorRef, ...]:
        """The states of the two people who met, else the two states spoken of last."""
        met = self._set(2, number, lambda r: r.kind == "person" and r.country is not None)[0]
        codes = list(dict.fromkeys(r.country for r in met if r.country))
        return tuple(state(c) for c in codes) if len(codes) == 2 else self._states(2, number)[0]

    def _issuer(self, token: Token, number: int) -> tuple[ActorRef, ...]:
        """The subject of the verb that a new document is the object of ("the agency presented a report", "said in a statement")."""
        verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
        for entry in self.discourse.back(number, 0):
            if entry.token.head == verb and entry.token.dep_ == "nsubj":
                return self._institution(entry.refs)
        return ()

    def _institution(self, refs: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
        """The international body whose head somebody is, since a report he presents is the body's; else himself."""
        person = self.persons.by_id.get(refs[0].id) if len(refs) == 1 else None
        kb = knowledge_base()
        orgs = [kb.actor(b) for b in person.bodies if b in kb] if person is not None else []
        return tuple(kb.ref(o, self.on) for o in orgs if o.kind == "organisation")[:1] or refs

    def _role(self, phrase: Phrase, owner: tuple[ActorRef, ...], number: int) -> Answer:
        """Whom "the foreign minister", "the king", "the former diplomat", "her spokesman" means; a group for "its officials"."""
        codes = list(dict.fromkeys(r.country for r in owner if r.country)) if phrase.noun not in titles().relational else []
        country = codes[0] if codes else None
        if phrase.noun == "counterpart":
            return self._counterpart(phrase, owner)
        if phrase.noun in ("predecessor", "successor") and len(owner) == 1 and not phrase.plural:
            roles = {role for r in self._roles(owner[0]) if r and (role := knowledge_base().role(r))}
            heir = next_in_line(owner[0], roles, self.on, after=phrase.noun == "successor")
            return ((heir,), None) if heir is not None else ((), "no-antecedent")
        if not codes and not phrase.actors and phrase.owner is None and (phrase.plural or not phrase.definite):
            serving = self._serving(phrase, number)
            if serving is not None:
                return (group_of(serving, phrase),), None
        if phrase.plural and not codes and phrase.owner is None and phrase.definite and not phrase.actors and not phrase.former:
            return self._group_before(phrase, number)
        if phrase.plural:
            return (tuple(group_of(code, phrase) for code in codes), None) if codes else NOBODY
        if not phrase.definite:
            return NOBODY
        if phrase.owner is not None and not owner:
            return (), "no-antecedent"  # "their party leader", whoever they are
        called = self._last_called(phrase, country, number)
        if called is not None:
            return called.refs, None
        introduced = in_role(self.persons, phrase)
        if len(introduced) == 1 and country is None:
            return (introduced[0],), None
        found = self._holder(phrase, country, number)
        if not found[0] and country is not None:
            return (group_of(country, phrase),), None
        return found

    def former(self, phrase: Phrase, number: int) -> ActorRef | None:
        """Who alone "the former Kenyan minister" can be: a subject just before who is of that state and no longer what he was."""
        states = {a.country for a in phrase.actors if a.kind == "state"}
        fitting: dict[str, ActorRef] = {}
        for entry in self.discourse.back(number, 2):
            ref = entry.refs[0] if len(entry.refs) == 1 else None
            if ref is None or entry.grade < SUBJECT or entry.sentence == number or ref.kind != "person" or (states and ref.country not in states):
                continue
            if not (states and fits_role(phrase, (ref.role or "").lower())):
                fitting.setdefault(ref.id, ref)
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _group_before(self, phrase: Phrase, number: int) -> Answer:
        """The people spoken of under the same noun ("the rebels" after "Chadian rebels"), or the one armed group named; no guess between two."""
        known: dict[tuple[ActorRef, ...], None] = {}
        armed: dict[tuple[ActorRef, ...], None] = {}
        for entry in self.discourse.back(number, 12):
            if entry.plural and entry.refs and entry.noun == phrase.noun:
                known[entry.refs] = None
            elif len(entry.refs) == 1 and entry.refs[0].kind == "group" and "REB" in entry.refs[0].sectors:
                armed[entry.refs] = None
        choice = known or (armed if phrase.noun in titles().fighters else {})
        if len(choice) == 1:
            return next(iter(choice)), None
        return ((), "ambiguous") if choice else NOBODY

    def _serving(self, phrase: Phrase, number: int) -> str | None:
        """The country whose body "a navy spokesman", "government officials" serve: the one the text is speaking of."""
        national = titles().national
        if phrase.noun in titles().leaders:
            return None
        if not any(word in national for word in phrase.role.split()[:-1]) and not any(n in phrase.role for n in national if " " in n):
            return None
        return self.place or self.discourse.last_country(number) or self.dateline

    def _counterpart(self, phrase: Phrase, owner: tuple[ActorRef, ...]) -> Answer:
        """Whom "his Chinese counterpart" means: who the text or the knowledge base has in the owner's role for that country."""
        kb = knowledge_base()
        roles = {kb.role(role) for ref in owner for role in self._roles(ref) if role} - {None}
        countries = [a.country for a in phrase.actors if a.kind == "state" and a.country]
        if not countries:
            return (), "no-antecedent"
        found = []
        for country in countries:
            named = [p.ref for p in self.persons.by_id.values() if p.ref.country == country and roles & {kb.role(r) for r in self._roles(p.ref) if r}]
            held = [kb.ref(a, self.on, 0.7) for role in roles if role and self.on for a in kb.holders(country, role, self.on)]
            one = named if len(named) == 1 else held if len(held) == 1 and not named else []
            found.append(one[0] if one else group_of(country, phrase))
        return tuple(found), None

    def _last_called(self, phrase: Phrase, country: str | None, number: int) -> Entry | None:
        """Who was spoken of last as what the phrase says; of several in one sentence the most prominent."""
        found: Entry | None = None
        for entry in self.discourse.back(number, 60):
            if found is not None and entry.sentence < found.sentence:
                break
            if len(entry.refs) == 1 and (found is None or entry.grade > found.grade) and self._called(entry, phrase, country):
                found = entry
        return found

    def _called(self, entry: Entry, phrase: Phrase, country: str | None) -> bool:
        """Whether one person or unnamed official spoken of fits a description."""
        ref = entry.refs[0]
        if ref.kind == "person" and country in (None, ref.country) and any(fits_role(phrase, role) for role in self._roles(ref)):
            return True
        return entry.noun == phrase.noun and not entry.plural and country is None and ref.kind in ("group", "person")

    def _of_state(self, phrase: Phrase, country: str) -> ActorRef | None:
        """Who holds for a state the office a description names."""
        return one_person(replace(phrase, actors=(knowledge_base().state(country),)), self.persons, self.on)

    def _holder(self, phrase: Phrase, country: str | None, number: int) -> Answer:
        """The office holder of the country in question, else the person last in subject position for a loose description ("the former diplomat")."""
        where = country or self.place or self.discourse.last_country(number)
        if knowledge_base().role(phrase.role):
            ref = self._of_state(phrase, where) if where else None
            if ref is not None:
                return (ref,), None
            others = dict.fromkeys(r.country for e in self.discourse.back(number, 2) for r in e.refs if r.country and not country)
            elsewhere = [held for c in others if c != where and (held := self._of_state(phrase, c)) is not None]
            if len(elsewhere) == 1:
                return (elsewhere[0],), None
        if (
            country is None
            and not phrase.actors
            and (phrase.former or phrase.noun in ("leader", "diplomat", "politician", "official", "envoy", "chief"))
        ):
            for entry in self.discourse.back(number, 3):
                if entry.grade >= SUBJECT and len(entry.refs) == 1 and entry.refs[0].kind == "person":
                    return entry.refs, None
        return (), "no-antecedent"


def state(code: str) -> ActorRef:
    """The state with an ISO code, as a reference."""
    return knowledge_base().ref(knowledge_base().state(code), None)
