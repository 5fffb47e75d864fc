"""The event model as a component: it judges and completes the events of the rules, and codes pairs that people bring."""

from __future__ import annotations

from onrecord.errors import SchemaError
from onrecord.extract.events.inputs import unparsed
from onrecord.extract.events.lexicon import lexicon
from onrecord.extract.events.merge import Judge, merged
from onrecord.extract.events.pairs import INTERFACE, passage_of, seen
from onrecord.model import PairCoding
from onrecord.reading.analysis import Analysis, Offsets
from onrecord.reading.encoder import Encoder, encoder
from onrecord.reading.weights import Weights


class EventModel:
    """A step; the network is loaded with the first document."""

    def __init__(self, found: Weights) -> None:
        self.weights, self.words = found, lexicon("en")
        self.judge = Judge.of(found.card["judge"])

    def __call__(self, analysis: Analysis, /) -> None:
        """Weigh the events of the rules against the model, and add what it alone sees."""
        analysis.events = merged(analysis, self._network(), self.words, self.judge)

    def code_pair(self, analysis: Analysis, actor: Offsets, recipient: Offsets | None) -> PairCoding:
        """See :class:`onrecord.reading.component.PairCoder`."""
        network = self._network()
        parties = [actor] if recipient is None else [actor, recipient]
        made = passage_of(analysis, parties, network.tokenizer)
        if made is None or not all(made.within(p) for p in parties):
            made = unparsed(analysis.document.text, network.tokenizer)  # headlines and bylines are no prose, and not parsed
        if not made.within(actor):
            raise SchemaError("the actor's span has no words", hint="give the span of the words that name the actor")
        if recipient is None or not made.within(recipient):
            return seen(network, [(made, [actor], [(0, None)])])[0][0].coding()
        return seen(network, [(made, parties, [(0, 1)])])[0][0].coding()

    def _network(self) -> Encoder:
        return encoder(self.weights.name, interface=INTERFACE, folder=self.weights.folder.parent)
