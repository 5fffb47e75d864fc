"""What points back: pronouns, "the ministry", "the foreign minister", "the two leaders", "his country", "the statement".

Goes through the document once, in order, with a record of what was spoken of (``discourse``). Resolves by rules of number, gender, place in
the sentence and quotation boundaries, in the tradition of Hobbs (1978) and of Lappin and Leass (1994); guesses nothing where two are equal.
First-person pronouns wait for the statements: see ``first_person``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from spacy.symbols import ADJ, DET, NOUN, NUM, PRON, PROPN
from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from onrecord.knowledge import knowledge_base
from onrecord.model import ActorRef, Participant
from onrecord.reading.actors import day_of, redirect
from onrecord.reading.analysis import Analysis, Block, Mention, Quotation
from onrecord.reading.antecedents import Antecedents
from onrecord.reading.component import Step, component
from onrecord.reading.discourse import Discourse, Entry, grade
from onrecord.reading.persons import serves_state
from onrecord.reading.phrases import Phrase, describe, is_plural, lemma
from onrecord.reading.pronouns import Answer, Pronouns
from onrecord.reading.reference import reference
from onrecord.reading.titles import referring, titles

NAMING = frozenset({NOUN, PROPN, ADJ, NUM, PRON, DET})
"""Parts of speech of what may name somebody, as the parser's numbers: they are compared for every word."""
PRONOUNS = frozenset(
    {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their", "theirs", "themselves"}
)


@component("coreference.rules", requires=["parse", "names", "mentions"], assigns=["coreference"])
def coreference() -> Step:
    """Resolve what points back, and enter it as mentions."""

    def step(analysis: Analysis) -> None:
        discourse = Discourse()
        walk = Walk(
            analysis,
            Antecedents(discourse, analysis.persons, day_of(analysis), dateline=_filed_from(analysis)),
            Pronouns(discourse, analysis.persons),
            _quotations(analysis),
        )
        number = 0
        for block in analysis.blocks:
            for sentence in block.sentences:
                walk.sentence(block, sentence, number)
                number += 1

    return step


def _filed_from(analysis: Analysis) -> str | None:
    """The country of the first dateline's place, where it is a state or capital we know."""
    place = next((p.dateline.place for p in analysis.paragraphs if p.dateline is not None and p.dateline.place is not None), None)
    if place is None:
        return None
    return next((a.actor.country for a in knowledge_base().find(analysis.document.text[place[0] : place[1]]) if a.actor.kind == "state"), None)


def _quotations(analysis: Analysis) -> dict[int, list[tuple[int, Quotation]]]:
    """The quotations of each block with their numbers."""
    found: dict[int, list[tuple[int, Quotation]]] = defaultdict(list)
    for i, quotation in enumerate(analysis.quotations):
        found[quotation.block].append((i, quotation))
    return found


@dataclass(slots=True)
class Walk:
    """One pass over a document."""

    analysis: Analysis
    antecedents: Antecedents
    pronouns: Pronouns
    quoted: dict[int, list[tuple[int, Quotation]]]
    subjects: dict[int, tuple[Token, ...]] = field(default_factory=dict)

    def sentence(self, block: Block, sentence: TokenSpan, number: int) -> None:
        """Resolve and record the mentions of a sentence, from left to right."""
        self.antecedents.place = self._place(block, sentence)
        for token in block.tokens[sentence.start : sentence.end]:
            sort = token.pos
            if sort in (PRON, DET) and token.lower_ in PRONOUNS:
                self._pronoun(block, token, number)
            elif sort in NAMING:
                self._noun(block, token, number)
        names = self.analysis.names[block.index]
        for i in sorted(names.covered):
            if sentence.start <= i < sentence.end and i not in names.at:
                self._body_in_title(block, block.tokens[i])

    def _pronoun(self, block: Block, token: Token, number: int) -> None:
        quoted = self._quotation(block, token)
        refs, reason = self.pronouns.whom(token, number, quoted, self._ahead(block, token), self._speaker(block, quoted))
        if reason == "generic":
            return
        self._enter(block, token, (token.i, token.i + 1), (refs, reason))
        self._record(block, token, refs, number)

    def _noun(self, block: Block, token: Token, number: int) -> None:
        mention = self.analysis.mention(block, token)
        if mention is None and token.i in self.analysis.names[block.index].covered:
            return
        mention = self._voiced(token, self._regroup(block, token, self._predicate(block, token, mention), number), number)
        if mention is not None:
            if mention.root == token.i:
                self._settle(token, mention, number)
                mention = self.analysis.mention_at[block.index, token.i]
                refs = tuple(p.actor for p in mention.participants if p.actor is not None)
                self._record(block, token, refs, number, noun=lemma(token) if token.pos_ == "NOUN" else "")
            return
        if (
            token.dep_ == "compound"
            or token.i in self.analysis.names[block.index].at
            or (token.pos_ in ("ADJ", "PRON", "DET", "NUM") and token.lower_ not in ("two", "both", "pair"))
        ):
            return
        if token.lower_ not in ("two", "both", "pair") and lemma(token) not in referring():
            if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
                self._record(block, token, (), number, noun=lemma(token), plural=is_plural(token))
            return
        phrase = describe(block.doc, self.analysis.names[block.index], token)
        owner = self._owner(block, phrase)
        same = self._apposition(block, token)
        refs, reason = (same, None) if same else self.antecedents.description(token, phrase, owner, number)
        if refs or reason is not None:
            self._enter(block, token, (phrase.left, phrase.right), (refs, reason))
        if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") or refs:
            self._record(block, token, refs, number, noun=phrase.noun, plural=phrase.plural)

    def _body_in_title(self, block: Block, token: Token) -> None:
        """The body an office belongs to is a mention of its own: "ministry" in "foreign ministry spokesman Shen …"."""
        if lemma(token) not in titles().national or token.dep_ not in ("compound", "nmod", "poss") or self.analysis.mention(block, token) is not None:
            return
        head = token.head
        for _ in range(4):
            mention = self.analysis.mention(block, head)
            ref = mention.participants[0].actor if mention is not None else None
            if ref is not None and ref.kind == "person":
                phrase = describe(block.doc, self.analysis.names[block.index], token)
                if ref.country is not None and not phrase.actors:
                    self._enter(block, token, (phrase.left, phrase.right), ((self.antecedents.bodies.body(ref.country, phrase),), None))
                return
            head = head.head

    def _settle(self, token: Token, mention: Mention, number: int) -> None:
        """Give an office holder whom the text introduced without a country the one the context says ("In Paris, foreign ministry spokesman …")."""
        ref = mention.participants[0].actor
        if ref is None or ref.kind != "person" or ref.country is not None or not ref.id.startswith("or:x-"):
            return
        person = self.analysis.persons.by_id.get(ref.id)
        if person is not None and any(b in knowledge_base() and "IGO" in knowledge_base().actor(b).sectors for b in person.bodies):
            return  # a UN mediator is no country's
        if person is not None and person.owner is not None:
            owner = self.analysis.mention_at.get(person.owner)
            home = owner.participants[0].actor.country if owner is not None and owner.participants[0].actor is not None else None
            if home is not None:
                redirect(self.analysis, ref.id, self.analysis.persons.settle(ref.id, home))
            return
        role = next((r for r in person.roles if serves_state(r)), None) if person is not None else None
        country = self.antecedents.home(token, role, number) if role is not None else None
        if country is None:
            return
        settled = self.analysis.persons.settle(ref.id, country)
        redirect(self.analysis, ref.id, settled)

    def _apposition(self, block: Block, token: Token) -> tuple[ActorRef, ...]:
        """Whom a role or body noun is explained to be: "his guest, the actress Rosa Quispe,"."""
        if lemma(token) not in titles().person and lemma(token) not in titles().body:
            return ()
        for child in token.rights:
            mention = self.analysis.mention(block, child) if child.dep_ == "appos" else None
            if mention is not None and len(mention.participants) == 1 and mention.participants[0].actor is not None:
                actor = mention.participants[0].actor
                return (actor,) if (actor.kind == "person") == (lemma(token) in titles().person) else ()
        return ()

    def _predicate(self, block: Block, token: Token, mention: Mention | None) -> Mention | None:
        """What a sentence says somebody is, is himself: "Cohen was the first Israeli minister to go"."""
        if token.dep_ != "attr" or token.head.lemma_ != "be":
            return mention
        noun = lemma(token)
        people = noun in titles().person
        if not (people or noun in titles().body) or token.tag_ not in ("NN", "NNP"):
            return mention
        subject = next((c for c in token.head.lefts if c.dep_ == "nsubj"), None)
        known = self.analysis.mention(block, subject) if subject is not None else None
        actor = known.participants[0].actor if known is not None and len(known.participants) == 1 else None
        if actor is None or (actor.kind == "person") != people or any(c.dep_ == "neg" for c in token.head.children):
            return mention
        phrase = describe(block.doc, self.analysis.names[block.index], token)
        self._enter(block, token, (phrase.left, phrase.right), ((actor,), None))
        return self.analysis.mention(block, token)

    def _regroup(self, block: Block, token: Token, mention: Mention | None, number: int) -> Mention | None:
        """Let "the Lebanese militia" be the one the text has named, and "the former Lebanese minister" whom it has spoken of."""
        ref = mention.participants[0].actor if mention is not None and len(mention.participants) == 1 else None
        if ref is None:
            return mention
        noun = lemma(token)
        if ref.kind != "person" and noun in titles().person and token.tag_ in ("NN", "NNP"):
            phrase = describe(block.doc, self.analysis.names[block.index], token)
            if phrase.former and phrase.definite and phrase.actors:
                one = self.antecedents.former(phrase, number)
                if one is not None or any(a.id == ref.id for a in phrase.actors):  # who was in a group is not the group
                    self._enter(block, token, (phrase.left, phrase.right), ((one,), None) if one is not None else ((), "no-antecedent"))
            return self.analysis.mention(block, token)
        people = ref.kind == "people" and token.i not in self.analysis.names[block.index].at  # "the Shiite militia"
        if noun not in titles().groups or not (people or (ref.country is not None and ref.id.startswith("or:") and ref.id.endswith(noun))):
            return mention
        phrase = describe(block.doc, self.analysis.names[block.index], token)
        named = self.antecedents.discourse.group_of(noun, ref.country, number) if phrase.definite and not phrase.plural else None
        if named is None:
            return mention
        self._enter(block, token, (phrase.left, phrase.right), ((named,), None))
        return self.analysis.mention(block, token)

    def _voiced(self, token: Token, mention: Mention | None, number: int) -> Mention | None:
        """Let a state that speaks again "in its statement" be the body that spoke for it just before."""
        ref = mention.participants[0].actor if mention is not None and len(mention.participants) == 1 else None
        if mention is None or ref is None or ref.kind != "state" or token.dep_ != "nsubj" or token.head.dep_ != "ROOT":
            return mention
        if not any(_same_words(c) for c in token.head.lefts if c.i < token.i):
            return mention
        voice = self.antecedents.speaking_for(ref, number)
        mention.participants = tuple(Participant(mention.span, v) for v in voice)
        return mention

    def _owner(self, block: Block, phrase: Phrase) -> tuple[ActorRef, ...]:
        """Who owns the phrase, where a pronoun or a description does ("his country", "the ministry's report")."""
        if phrase.owner is None:
            return ()
        mention = self.analysis.mention(block, block.doc[phrase.owner])
        return tuple(p.actor for p in mention.participants if p.actor is not None) if mention is not None else ()

    def _ahead(self, block: Block, token: Token) -> tuple[ActorRef, ...]:
        """The main subject of the sentence where it follows the pronoun ("After his arrival, Putin said")."""
        subject = next((c for c in token.sent.root.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > token.i and c.head.i > token.i), None)
        mention = self.analysis.mention(block, subject) if subject is not None else None
        if mention is None or mention.span.start <= block.start(token) < mention.span.end:  # "his brother Omar said" is another's brother
            return ()
        return tuple(p.actor for p in mention.participants if p.actor is not None)

    def _speaker(self, block: Block, quoted: int) -> tuple[ActorRef, ...]:
        """Who the report says speaks a quotation: the subject, outside it, of the sentence it begins or ends in; else of the quotation before it."""
        for number in range(quoted, max(quoted - 3, -1), -1):
            quotation = self.analysis.quotations[number]
            if quotation.block != block.index:
                break
            for token in self._subjects(block):
                touches = block.end(token.sent[-1]) > quotation.start and block.start(token.sent[0]) < quotation.end
                mention = self.analysis.mention(block, token)
                if touches and mention is not None and self._quotation(block, token) < 0:
                    return tuple(p.actor for p in mention.participants if p.actor is not None)
        return ()

    def _subjects(self, block: Block) -> tuple[Token, ...]:
        """The subjects of the main verbs of a block's sentences, and of verbs of saying beside them."""
        if self.subjects.get(block.index) is None:
            self.subjects[block.index] = tuple(t for t in block.tokens if t.dep_ == "nsubj" and t.head.dep_ in ("ROOT", "parataxis", "ccomp", "conj"))
        return self.subjects[block.index]

    def _place(self, block: Block, sentence: TokenSpan) -> str | None:
        """The country of a place the sentence opens with ("In Paris, foreign ministry spokesman …")."""
        if len(sentence) < 3 or sentence[0].lower_ not in ("in", "at"):
            return None
        for i in (1, 2):
            mention = self.analysis.mention(block, sentence[i])
            if mention is not None and mention.participants[0].actor is not None:
                return mention.participants[0].actor.country
        return None

    def _enter(self, block: Block, token: Token, extent: tuple[int, int], answer: Answer) -> None:
        """Add a mention of the tokens ``extent`` under ``token``."""
        refs, reason = answer
        span = self.analysis.token_span(block, block.doc[extent[0] : extent[1]])
        found = tuple(Participant(span, ref) for ref in refs) or (Participant(span, None, reason),)
        self.analysis.add_mention(Mention(block.index, token.i, span, found))

    def _record(self, block: Block, token: Token, refs: tuple[ActorRef, ...], number: int, *, noun: str = "", plural: bool = False) -> None:
        """Note that ``refs`` were spoken of; several are plural whatever the word."""
        quoted = self._quotation(block, token)
        discourse = self.antecedents.discourse
        many = len(refs) > 1 or (token.tag_ in ("NNS", "NNPS") and not self._one_state(block, token, refs))
        discourse.entries.append(Entry(number, token, refs, grade(token), noun, quoted, plural or many))
        if token.dep_ == "conj" and refs:
            self._record_set(token, refs, number, quoted)

    def _one_state(self, block: Block, token: Token, refs: tuple[ActorRef, ...]) -> bool:
        """Whether a plural word is the name of one state or body ("the Maldives"), not of its people ("the Iraqis")."""
        name = self.analysis.names[block.index].at.get(token.i)
        return len(refs) == 1 and refs[0].kind != "group" and name is not None and any(a.kind in ("name", "acronym") for a in name.aliases)

    def _record_set(self, token: Token, refs: tuple[ActorRef, ...], number: int, quoted: int) -> None:
        """A coordination is also one plural thing: "Roh and Yushchenko" … "they"."""
        head = token
        while head.dep_ == "conj":
            head = head.head
        for entry in self.antecedents.discourse.back(number, 0):
            if entry.token.i == head.i and entry.token.doc is head.doc and entry.refs:
                both = tuple(dict.fromkeys((*entry.refs, *refs)))
                if len({r.kind == "person" for r in both}) > 1 or any(r.kind == "place" for r in both):
                    return
                self.antecedents.discourse.entries.append(Entry(number, head, both, grade(head), "", quoted, True))
                return

    def _quotation(self, block: Block, token: Token) -> int:
        """The number of the quotation a token stands in, -1 outside."""
        start = block.start(token)
        return next((i for i, q in self.quoted.get(block.index, ()) if q.start < start < q.end), -1)


def _same_words(preposition: Token) -> bool:
    """Whether a phrase before the subject points to words just reported: "in its reply", "in the statement"."""
    said = next((c for c in preposition.children if c.dep_ == "pobj"), None) if preposition.dep_ == "prep" and preposition.lower_ == "in" else None
    if said is None or (said.lemma_ not in titles().documents and said.lemma_ not in reference().voices):
        return False
    return any(c.tag_ == "PRP$" or c.lower_ in ("the", "this", "that") for c in said.lefts)
