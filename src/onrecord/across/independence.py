"""On whose word claims rest, and how many of these voices are independent of each other. Decides no copies: the links of a view say which there are.

What makes two reports one voice: one is a copy of the other; one publisher brought both; both credit one agency; both relay the same words
("according to CCTV" by five outlets). A claim told within somebody's statement rests on the speaker, and so does what an outlet says; what any other
speaker thinks himself, and that he said it, rests on who heard him. A chain that is the end of a longer one ("according to CCTV", where another has
"the ministry told CCTV") adds no voice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from onrecord.across.claims import acts_for_state, party
from onrecord.across.credits import house, is_agency
from onrecord.across.joined import COPIES, Joined
from onrecord.errors import QueryError
from onrecord.languages import language
from onrecord.model import Document, Link, Participant, Position, Record, Statement
from onrecord.store import View

VoiceKind = Literal["relay", "agency", "publisher", "unknown"]
_NOBODY = ("generic", "no-antecedent")
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word a claim rests on: who relays it nearest the words, a credited agency, the publisher, or an unknown publisher (``name`` is None).

    ``key`` is equal where the voice is one: all who act for one government are.
    """

    key: str
    name: str | None
    kind: VoiceKind


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says for testimony: its id, its document's, and the voices it came through (:meth:`Voices.chain`)."""

    id: str
    document_id: str
    chain: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """One voice behind some records: in how many documents it is heard (copies too), and who published them."""

    voice: Voice
    documents: int
    publishers: tuple[str, ...]

    def __str__(self) -> str:
        """As tables show it."""
        return f"{self.voice.name or 'unknown'} ({self.documents})"


@dataclass(frozen=True, slots=True)
class Testimony:
    """On whose word records that make one claim rest: ``heard``, the oftenest first; ``of``: the voice of each record by its id.

    ``independent``: how many pairs of a bringer and a voice there are in which neither is used twice.
    """

    independent: int
    heard: tuple[Heard, ...]
    of: Mapping[str, Voice]


class Copies(Joined):
    """Groups of documents that are copies of one text, from the duplicate and syndicated links of a view."""

    def __init__(self, view: View) -> None:
        super().__init__(view.ties(COPIES), COPIES)

    def independent(self, document_ids: Iterable[str]) -> int:
        """How many of these documents are independent of each other."""
        return len({self.first(document_id) for document_id in document_ids})


class Voices:
    """On whose word the records of a view rest.

    ``document_ids``: the reports asked about; only their copies are looked up then. ``document``: how to get a report, where somebody keeps them.
    ``like``: others of the same view, whose publishers and statements need not be looked up again.
    Memory grows with the number of reports, by a few words each.
    """

    def __init__(
        self, view: View, document_ids: Collection[str] | None = None, document: Callable[[str], Document] | None = None, like: Voices | None = None
    ) -> None:
        self._view = view
        self._document = document or view.document
        self._statement: Callable[[str], Statement | None] = like._statement if like else lru_cache(_REMEMBERED)(self._look_up)
        self._brought: dict[str, Voice] = {}
        self._published_by: dict[str, str | None] = {}
        self._known: Callable[[], Mapping[str, str]] = like._known if like else cache(self._known_publishers)
        if document_ids is None:
            ties = list(view.ties(COPIES))
            self._copies = Joined(ties, COPIES)
            self._all_copied: set[str] | None = {tie.left for tie in ties if tie.judgement == "positive"}
        else:
            self._copies, self._all_copied = Joined.around(view, document_ids, COPIES), None

    def of(self, record: Record) -> Voice:
        """The voice that a record rests on: the one nearest the words."""
        return self.chain(record)[0]

    def chain(self, record: Record) -> tuple[Voice, ...]:
        """Everyone through whom the claim came: who tells it, the relays, at last who brought it. Whoever nobody can name is left out."""
        brought = self.brought(record.document_id)
        found = {voice.key: voice for p in (*self._tellers(record), *record.via) if (voice := self._relay(p)) is not None}
        found.pop(brought.key, None)
        return (*found.values(), brought)

    def brought(self, document_id: str) -> Voice:
        """Who brought a document: the agency that it or a copy of it credits, else the publisher of the original, else somebody unknown."""
        first = self._copies.first(document_id)
        if first not in self._brought:
            self._brought[first] = self._bringer(self._originals_first(first))
        return self._brought[first]

    def independent(self, records: Iterable[Record]) -> int:
        """How many independent voices stand behind records that make one claim."""
        return self.testimony(records).independent

    def testimony(self, records: Iterable[Record]) -> Testimony:
        """On whose word records that make one claim rest."""
        return self.weigh(self.told(record) for record in records)

    def told(self, record: Record) -> Told:
        """What :meth:`weigh` needs to know of a record, which is far smaller."""
        return Told(record.id, record.document_id, self.chain(record))

    def weigh(self, told: Iterable[Told]) -> Testimony:
        """On whose word records that make one claim rest, of whom this was told."""
        by_id = {each.id: each for each in told}
        by_key: dict[str, list[str]] = {}
        for each in by_id.values():
            by_key.setdefault(each.chain[0].key, []).append(each.document_id)
        spelled = sorted((each.chain[0] for each in by_id.values()), key=lambda voice: (voice.name or "", voice.kind), reverse=True)
        nearest = {voice.key: voice for voice in spelled}  # of several spellings of a name the first by alphabet, whichever was read first
        heard = [self._heard(nearest[key], documents) for key, documents in by_key.items()]
        return Testimony(
            independent=_independent({tuple(voice.key for voice in each.chain) for each in by_id.values()}),
            heard=tuple(sorted(heard, key=lambda h: (-h.documents, h.voice.name or "", h.voice.key))),
            of={i: each.chain[0] for i, each in by_id.items()},
        )

    def _tellers(self, record: Record) -> Iterator[Participant]:
        """The speakers of the statements around a record, innermost first."""
        if isinstance(record, Statement) and record.speaker.actor is not None and record.speaker.actor.kind == "outlet":
            yield record.speaker
        inside: Record = record
        passed = {record.id}
        while (said := self._statement(_around(inside) or "")) is not None and said.id not in passed:
            if not _own(record, said.speaker):
                yield said.speaker
            passed.add(said.id)
            inside = said

    def _heard(self, voice: Voice, document_ids: Iterable[str]) -> Heard:
        documents = dict.fromkeys(document_ids)
        publishers = dict.fromkeys(p for i in documents if (p := self._published_by[i]) is not None)
        return Heard(voice, len(documents), tuple(publishers))

    def _originals_first(self, first: str) -> list[str]:
        """The documents of a group of copies, those before that are nobody's copy."""
        group = sorted({first, *self._copies.others(first)})
        copies = self._copied(group) if len(group) > 1 else ()
        return sorted(group, key=lambda each: (each in copies, each))

    def _copied(self, group: Collection[str]) -> Collection[str]:
        """At least those of a group that are somebody's copy."""
        if self._all_copied is None:
            return {link.left for link in self._view.links(group, COPIES) if _stands(link)}
        return self._all_copied

    def _bringer(self, document_ids: Sequence[str]) -> Voice:
        group = [self._document(i) for i in document_ids]
        self._published_by.update((document.id, document.publisher) for document in group)
        credited = ((house(name), name) for document in group for name in document.credits)
        for key, name in credited:
            if key is not None and (is_agency(key) or key in self._known()):
                return Voice(key, name, "agency")
        for document in group:
            key = house(document.publisher)
            if key is not None:
                return Voice(key, document.publisher, "publisher")
        return Voice(min(document_ids), None, "unknown")

    def _relay(self, participant: Participant) -> Voice | None:
        """The voice of somebody who relays; None for whom nobody can name ("officials")."""
        actor = participant.actor
        if actor is None:
            return self._unresolved(participant)
        if actor.kind == "outlet":
            return Voice(house(actor.name) or actor.id, actor.name, "relay")
        return Voice(f"government of {actor.country}" if acts_for_state(actor) else actor.id, actor.name, "relay")

    def _unresolved(self, participant: Participant) -> Voice | None:
        """A publisher of the store by what is its own in the name ("the Hanbit news service"), else the name as written."""
        name = participant.mention.text if participant.mention is not None else None
        key = house(name)
        if key is None:
            return None
        publisher = self._known().get(key) or self._known().get(own_words(key))
        if publisher is None and participant.reason in _NOBODY:
            return None
        return Voice(publisher or key, name, "relay")

    def _known_publishers(self) -> Mapping[str, str]:
        """The publishers of the view by their names as they compare, and by what is their own in them where no two share it."""
        keys = [key for name in self._view.publishers() if (key := house(name)) is not None]
        own = Counter(own_words(key) for key in set(keys))
        return {own_words(key): key for key in keys if own_words(key) and own[own_words(key)] == 1} | {key: key for key in keys}

    def _look_up(self, record_id: str) -> Statement | None:
        try:
            found = self._view.record(record_id) if record_id else None
        except QueryError:
            return None
        return found if isinstance(found, Statement) else None


def _stands(link: Link) -> bool:
    return link.judgement == "positive" and link.withdrawn_at is None


def _around(record: Record) -> str | None:
    """The id of the statement that a record is told in."""
    return record.nested_in or record.statement_id if isinstance(record, Statement) else record.statement_id


def _own(record: Record, speaker: Participant) -> bool:
    """Whether the speaker tells what he or his side thinks, of which he knows best."""
    return isinstance(record, Position) and party(record.holder) == party(speaker) != ""


def own_words(name: str) -> str:
    """What is an outlet's own in its name: "hanbit" of "hanbit newswire"; "" where there is nothing."""
    return " ".join(word for word in name.casefold().split() if word not in _common())


@cache
def _common() -> frozenset[str]:
    return frozenset(language("en").table("outlets")["common"])


def _independent(chains: Collection[tuple[str, ...]]) -> int:
    """How many voices chains come from, nearest the words first, who brought it last. One that is the end of another adds none."""
    ends = {whole[i:] for chain in chains for whole in (chain, chain[:-1]) for i in range(1, len(whole))}
    return _pairs({(chain[-1], chain[0]) for chain in chains if len(chain) == 1 or chain[:-1] not in ends})


def _pairs(wanted: Collection[tuple[str, str]]) -> int:
    """The size of a largest set of these pairs in which none shares a first or a second (augmenting paths; H. W. Kuhn, 1955)."""
    options: dict[str, list[str]] = {}
    for bringer, voice in sorted(wanted):
        options.setdefault(bringer, []).append(voice)
    pairing = _Pairing(options, {}, {})
    return sum(pairing.place(bringer) for bringer in options)


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Bringers and voices paired so far: ``owner`` of a voice, ``has`` of a bringer."""

    options: Mapping[str, Sequence[str]]
    owner: dict[str, str]
    has: dict[str, str]

    def place(self, bringer: str) -> bool:
        """Give ``bringer`` a voice if one is free or can be freed by moving others; whoever has one keeps one."""
        reached: dict[str, str] = {}
        waiting = [bringer]
        for asking in waiting:
            for voice in self.options[asking]:
                if voice in reached:
                    continue
                reached[voice] = asking
                if voice not in self.owner:
                    self._move(voice, reached)
                    return True
                waiting.append(self.owner[voice])
        return False

    def _move(self, free: str, reached: Mapping[str, str]) -> None:
        """Whoever reached the free voice takes it and leaves theirs to whoever reached that."""
        voice: str | None = free
        while voice is not None:
            taker = reached[voice]
            left = self.has.get(taker)
            self.owner[voice], self.has[taker] = taker, voice
            voice = left
