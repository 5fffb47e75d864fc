"""What an event keeps for those who ask why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord import Document
from onrecord.extract.events.grounds import NOT_TAKEN, others
from onrecord.extract.events.lexicon import lexicon
from onrecord.model import Why, document_id, from_dict, to_dict
from onrecord.model.records import Event

if TYPE_CHECKING:
    from onrecord import Reader


def the_event(reader: Reader, text: str) -> Event:
    (found,) = reader.read(Document(id=document_id(text, None, None), text=text)).events
    return found


def test_a_path_for_each_party_in_order(reader: Reader) -> None:
    event = the_event(reader, "Kenya condemned Uganda and Rwanda.")
    assert event.paths[0] == "condemned ←subject Kenya"
    assert len(event.paths) == len(event.actors) + len(event.recipients) == 3
    assert from_dict(Event, to_dict(event)) == event


def test_an_event_without_paths_is_read(reader: Reader) -> None:
    event = the_event(reader, "Kenya condemned Uganda.")
    old = {name: value for name, value in to_dict(event).items() if name != "paths"}
    assert from_dict(Event, old) == replace(event, paths=())


def test_what_else_the_word_might_have_told(reader: Reader) -> None:
    event = the_event(reader, "Kenya condemned Uganda.")
    runners_up = [why.name for why in event.why if why.name.startswith(NOT_TAKEN)]
    kinds = {frame.type for frame in lexicon().verbs["condemn"]} - {"ACCUSE"}
    assert runners_up == [NOT_TAKEN + kind for kind in dict.fromkeys(f.type for f in lexicon().verbs["condemn"]) if kind in kinds]


def test_where_a_model_has_weighed_the_types_the_lexicon_is_silent(reader: Reader) -> None:
    event = the_event(reader, "Kenya condemned Uganda.")
    own = (event.why[0], Why("model", "events ACCUSE", 0.9))
    assert list(others(replace(event, why=own), lexicon())) == []
