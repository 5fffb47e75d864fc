"""What answers what, by the words: tables of answers and of what is none; across reports, whatever the order of arrival; odd input."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import across
from onrecord.across.responses import NAME, Responses, answered
from onrecord.across.responses_text import signals, stem, words_of
from onrecord.across.responses_traces import pack_answers, pack_said, unpack_answers, unpack_said
from onrecord.model import ActorRef, Document, Event, Link, Participant, Problem, Reading, RecordDate, Span, Statement, document_id
from onrecord.model.records import record_id
from onrecord.store import open_store

WHO = {
    "Ruritania": ActorRef("Q1", "Ruritania", "state", "RUR"), "Ruritanian": ActorRef("Q1", "Ruritania", "state", "RUR"),
    "Strelsau": ActorRef("Q1", "Ruritania", "state", "RUR"), "Borduria": ActorRef("Q2", "Borduria", "state", "BOR"),
    "Bordurian": ActorRef("Q2", "Borduria", "state", "BOR"), "Szohod": ActorRef("Q2", "Borduria", "state", "BOR"),
    "Syldavia": ActorRef("Q3", "Syldavia", "state", "SYL"), "Syldavian": ActorRef("Q3", "Syldavia", "state", "SYL"),
    "Lund": ActorRef("Q4", "Ana Lund", "person", "RUR", ("GOV",)), "Plekszy": ActorRef("Q5", "Ivo Plekszy", "person", "BOR", ("GOV",)),
    "the Straits Herald": ActorRef("Q8", "Straits Herald", "outlet", "SYL", ("JRN",)),
    "the Szohod Front": ActorRef("Q9", "Szohod Front", "group", "BOR", ("REB",)),
}  # fmt: skip


def report(text: str, *records: str, published: str | None = "2031-05-04", publisher: str = "North Wire") -> Reading:
    """A reading of ``text``. "Borduria|said|it was so" is a statement: speaker, cue, content; "SANCTION Borduria|fined|Syldavia" an event: actor,
    trigger, recipient. Each word group is found behind the one before; ">" before a record: told inside the one before it. Names are mentions."""
    doc = Document(document_id(text, publisher, published), text, publisher=publisher, published=published)
    statements: list[Statement] = []
    events: list[Event] = []
    for spec in records:
        code, _, rest = spec.removeprefix("> ").rpartition(" ~ ")[0], None, spec.removeprefix("> ").rpartition(" ~ ")[2]
        who, word, other = rest.removeprefix("“").split("|")
        inner = statements[-1].id if spec.startswith("> ") else None
        told = re.search(rf"{re.escape(who)}\W(?:(?!{re.escape(who)}\W).)*?{re.escape(word)}", text, re.DOTALL) if who else None
        at = told.end() - len(word) if told else text.index(word)
        cue = Span(at, at + len(word), word)
        actor = Participant(Span(told.start(), told.start() + len(who), who), WHO.get(who), None if who in WHO else "unknown-name") if told else None
        start = text.index(other, 0 if not told or text.find(other, cue.end) < 0 else cue.end) if other else cue.start
        object_ = Span(start, start + len(other), other)
        parts = [s for s in (actor.mention if actor else None, cue, object_) if s is not None]
        whole = Span(min(s.start for s in parts), max(s.end for s in parts), text[min(s.start for s in parts) : max(s.end for s in parts)])
        ident = record_id("event" if code else "statement", doc.id, {"cue": [cue], "evidence": [whole]})
        who_ = actor or Participant(None, None, "no-antecedent")
        when = RecordDate(published, published, "day", "publication") if published else RecordDate()
        if code:
            to = (Participant(object_, WHO[other]),) if other in WHO else ()
            events.append(
                Event(
                    id=ident, document_id=doc.id, evidence=whole, type=code, trigger=cue, actors=(who_,), recipients=to, date=when, statement_id=inner
                )
            )
        else:
            statements.append(
                Statement(
                    id=ident,
                    document_id=doc.id,
                    evidence=whole,
                    speaker=who_,
                    cue=cue,
                    content=(object_,),
                    form="direct" if rest.startswith("“") else "indirect",
                    date=when,
                    nested_in=inner,
                )
            )
    mentions = tuple(
        Participant(Span(m.start(), m.end(), name), actor) for name, actor in WHO.items() for m in re.finditer(rf"\b{re.escape(name)}\b", text)
    )
    return Reading(doc, statements=tuple(statements), events=tuple(events), mentions=mentions)


def cues(*readings: Reading) -> dict[str, str]:
    """Each record's cue or trigger by its id."""
    found = {e.id: e.trigger.text for r in readings for e in r.events}
    return found | {s.id: s.cue.text for r in readings for s in r.statements if s.cue}


def within(reading: Reading) -> list[str]:
    """The answers found in one report, as "condemned > imposed"."""
    found, _ = answered(reading, signals())
    names = cues(reading)
    return sorted(f"{names[answer.id]} > {names[best[0].id]}" for answer, best in found if best is not None)


SANCTIONS = "SANCTION ~ Ruritania|imposed sanctions|Borduria"
ANSWERS = [
    # outright
    ("Ruritania imposed sanctions on Borduria. In response, Borduria closed the ports to it.",
     [SANCTIONS, "COERCE ~ Borduria|closed|"], "closed > imposed sanctions"),
    ("Lund warned that the strait would be closed. Plekszy responded that nobody would notice.",
     ["Lund|warned|that the strait would be closed", "Plekszy|responded|that nobody would notice"], "responded > warned"),
    ("Ruritania imposed sanctions on Borduria. A day passed. Szohod recalled its envoy in retaliation for the sanctions.",
     [SANCTIONS, "SANCTION ~ Szohod|recalled|"], "recalled > imposed sanctions"),
    ("Lund said in Strelsau that the canal was Ruritanian. Asked about the speech by Lund, Plekszy said the canal had two banks.",
     ["Lund|said|that the canal was Ruritanian", "Plekszy|said|the canal had two banks"], "said > said"),
    ("Lund called the dam a crime. Plekszy refused to comment on the remarks by Lund.",
     ["Lund|called|the dam a crime", "Plekszy|refused|to comment on the remarks by Lund"], "refused > called"),
    ("Borduria said that the lake was its own. Strelsau said in a riposte to Borduria that fish need no flag.",
     ["Borduria|said|that the lake was its own", "Strelsau|said|that fish need no flag"], "said > said"),
    # by a verb of reaction and a noun that points back
    ("Ruritania imposed sanctions on Borduria. Borduria condemned the measures as theft.",
     [SANCTIONS, "Borduria|condemned|the measures as theft"], "condemned > imposed sanctions"),
    ("Lund offered to host talks. Borduria rejected the offer.", ["Lund|offered|to host talks", "Borduria|rejected|the offer"], "rejected > offered"),
    ("Lund accused Borduria of smuggling. Plekszy denied the accusation.",
     ["Lund|accused|Borduria of smuggling", "Plekszy|denied|the accusation"], "denied > accused"),
    ("Lund accused Borduria of smuggling. Borduria denied it.", ["Lund|accused|Borduria of smuggling", "Borduria|denied|it"], "denied > accused"),
    ("Ruritania would burn the Bordurian bridge, Lund warned. Plekszy called the warning a poem.",
     ["Lund|warned|Ruritania would burn the Bordurian bridge", "Plekszy|called|the warning a poem"], "called > warned"),
    # what came after
    ("Borduria handed over the maps, a day after Ruritania demanded the charts.",
     ["Borduria|handed over|the maps", "REQUEST ~ Ruritania|demanded|"], "handed over > demanded"),
    ("Borduria seized a ferry two days after Ruritania impounded a Bordurian barge.",
     ["COERCE ~ Borduria|seized|", "COERCE ~ Ruritania|impounded|Bordurian"], "seized > impounded"),
    ("Borduria and Syldavia met. Lund said that Ruritania would watch the lake following the summit between Borduria and Syldavia.",
     ["CONSULT ~ Borduria|met|", "Lund|said|that Ruritania would watch the lake following the summit between Borduria and Syldavia"], "said > met"),
    # a pronoun goes where the answer before it goes
    ("Ruritania imposed sanctions on Borduria. Borduria condemned the sanctions. Syldavia called them a wall of paper.",
     [SANCTIONS, "Borduria|condemned|the sanctions", "Syldavia|called|them a wall of paper"],
     "called > imposed sanctions;condemned > imposed sanctions"),
    # a quotation by which the party goes on at once
    ("Lund offered to host talks. Borduria rejected the offer. “We have a table of our own,” Plekszy said.",
     ["Lund|offered|to host talks", "Borduria|rejected|the offer", "“Plekszy|said|“We have a table of our own,”"],
     "rejected > offered;said > offered"),
    # an offer told only where it is refused
    ("Syldavia rejected a Bordurian proposal to share the lake.",
     ["Syldavia|rejected|a Bordurian proposal to share the lake", "> Bordurian|proposal|to share the lake"],
     "rejected > proposal"),
    # rebels are a party of their own
    ("Plekszy accused the Szohod Front of the raid. In reply, the Szohod Front said the army was asleep.",
     ["Plekszy|accused|the Szohod Front of the raid", "the Szohod Front|said|the army was asleep"], "said > accused"),
]  # fmt: skip
NONE = [
    # one topic is no answer
    ("Lund said the dam would stand. Plekszy said the dam was ugly.", ["Lund|said|the dam would stand", "Plekszy|said|the dam was ugly"]),
    # questions of reporters
    ("Lund said the dam would stand. Asked whether he was glad, Plekszy replied that he was tired.",
     ["Lund|said|the dam would stand", "Plekszy|replied|that he was tired"]),
    ("Lund said the dam would stand. Plekszy answered questions.", ["Lund|said|the dam would stand", "Plekszy|answered|questions"]),
    # nothing said or done that the words point at
    ("Lund said the dam would stand. Borduria rejected the offer.", ["Lund|said|the dam would stand", "Borduria|rejected|the offer"]),
    ("Borduria met Syldavia. Plekszy condemned the sanctions.",
     ["CONSULT ~ Borduria|met|Syldavia", "Plekszy|condemned|the sanctions"]),
    # another is named
    ("Lund offered to host talks. Borduria rejected an offer from Syldavia.",
     ["Lund|offered|to host talks", "Borduria|rejected|an offer from Syldavia"]),
    # denied, put off, asked how
    ("Lund warned that the strait would be closed. Borduria has not responded.",
     ["Lund|warned|that the strait would be closed", "Borduria|responded|"]),
    ("Lund warned that the strait would be closed. Plekszy said Szohod would decide how to respond to the warning.",
     ["Lund|warned|that the strait would be closed", "Plekszy|said|Szohod would decide how to respond to the warning"]),
    # one's own words, and those of one's own side
    ("Lund offered to host talks. Ruritania defended the offer.", ["Lund|offered|to host talks", "Ruritania|defended|the offer"]),
    # one act after another, no more
    ("Borduria seized a ferry after Ruritania impounded a Bordurian barge.",
     ["COERCE ~ Borduria|seized|", "COERCE ~ Ruritania|impounded|Bordurian"]),
    # a thing that is neither words nor an act
    ("Lund said the dam would stand. Plekszy refused to comment on Lund's umbrella.",
     ["Lund|said|the dam would stand", "Plekszy|refused|to comment on Lund's umbrella"]),
    # told by another
    ("Ruritania imposed sanctions on Borduria. Syldavia said that the army of the lakes, in response to the sanctions, would march.",
     [SANCTIONS, "Syldavia|said|that the army of the lakes, in response to the sanctions, would march"]),
    # what is met after an act is no answer to it
    ("Borduria met Syldavia after Ruritania launched a rocket.", ["CONSULT ~ Borduria|met|Syldavia", "MOBILIZE ~ Ruritania|launched|"]),
    # told of others
    ("Ruritania imposed sanctions on Borduria. Syldavia said the closing of the ports was in response to the sanctions.",
     [SANCTIONS, "Syldavia|said|the closing of the ports was in response to the sanctions"]),
    # an outlet that relays answers nobody
    ("Lund called the dam a crime. In response to the remarks, the Straits Herald said, Plekszy laughed.",
     ["Lund|called|the dam a crime", "the Straits Herald|said|Plekszy laughed"]),
    # an indefinite thing, of nobody
    ("Lund offered to host talks. Borduria rejected any offer.", ["Lund|offered|to host talks", "Borduria|rejected|any offer"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "records", "found"), ANSWERS)
def test_answers_within_a_report(text: str, records: list[str], found: str) -> None:
    assert within(report(text, *records)) == found.split(";")


@pytest.mark.parametrize(("text", "records"), NONE)
def test_what_is_no_answer(text: str, records: list[str]) -> None:
    assert within(report(text, *records)) == []


SPEECH = report(
    "Lund said in a speech at the river forum in Strelsau that no neighbour owned the Salzach, and that Borduria should open its sluices.",
    "Lund|said|that no neighbour owned the Salzach, and that Borduria should open its sluices",
    published="2031-05-04",
)
TARIFF = report("Ruritania imposed sanctions on Borduria.", SANCTIONS, published="2031-05-03", publisher="South Wire")
REPLY = report(
    "Asked about Ruritania's speech on the Salzach, Plekszy told reporters that sluices were no doors.",
    "Plekszy|told|that sluices were no doors",
    published="2031-05-05",
    publisher="Szohod Post",
)
HIT_BACK = report(
    "Borduria expelled two envoys, two days after Ruritania imposed sanctions.",
    "SANCTION ~ Borduria|expelled|",
    published="2031-05-06",
    publisher="Szohod Post",
)
OLD = report("Lund said the Salzach sluices were open.", "Lund|said|the Salzach sluices were open", published="2031-02-01", publisher="West Wire")
LATER = report("Lund said the Salzach sluices were open.", "Lund|said|the Salzach sluices were open", published="2031-05-20", publisher="West Wire")
ELSEWHERE = report("Syldavia said the Salzach was deep.", "Syldavia|said|the Salzach was deep", published="2031-05-04", publisher="East Wire")
UNDATED = report("Lund said the Salzach sluices were open.", "Lund|said|the Salzach sluices were open", published=None, publisher="West Wire")
WORLD = (SPEECH, TARIFF, REPLY, HIT_BACK, OLD, LATER, ELSEWHERE, UNDATED)


def fail(problem: Problem) -> None:
    raise AssertionError(problem)


def linked(path: Path, readings: Sequence[Reading], batch: int = 100) -> list[Link]:
    """The links of readings added in this order."""
    with open_store(path, create=True) as store:
        with store.writer() as writer:
            for reading in readings:
                writer.add(reading, reading.document.id, "made up")
                across.link(writer, (Responses(),), on_problem=fail, batch=batch)
        with store.view() as view:
            return list(view.links(types=["responds-to"]))


def pairs(links: Sequence[Link], readings: Sequence[Reading] = WORLD) -> set[tuple[str, str]]:
    names = cues(*readings)
    return {(names[link.left], names[link.right]) for link in links}


def test_answers_to_other_reports_are_found(tmp_path: Path) -> None:
    links = linked(tmp_path / "s", WORLD)
    assert pairs(links) == {("told", "said"), ("expelled", "imposed sanctions")}
    ends = {(link.left, link.right): link for link in links}
    told = ends[REPLY.statements[0].id, SPEECH.statements[0].id]
    assert (told.by, told.created_at, told.judgement) == (NAME, "", "positive")
    assert "Asked about" in told.detail
    assert "names RUR" in told.detail
    assert 0.5 < told.score < 1


@pytest.mark.parametrize("missing", [OLD, LATER, ELSEWHERE, UNDATED])
def test_what_was_said_too_early_too_late_by_others_or_who_knows_when_is_not_answered(tmp_path: Path, missing: Reading) -> None:
    assert linked(tmp_path / "s", [REPLY, missing]) == []


@settings(max_examples=12, deadline=None)
@given(order=st.permutations(WORLD), batch=st.integers(1, 9))
def test_the_order_of_arrival_changes_nothing(tmp_path_factory: pytest.TempPathFactory, order: list[Reading], batch: int) -> None:
    found = linked(tmp_path_factory.mktemp("order") / "s", order, batch)
    assert found == linked(tmp_path_factory.mktemp("order") / "s", WORLD)


def test_a_better_fit_that_arrives_late_takes_the_place_of_the_first(tmp_path: Path) -> None:
    vague = report("Lund said the Salzach sluices leaked.", "Lund|said|the Salzach sluices leaked", published="2031-05-01", publisher="West Wire")
    first = linked(tmp_path / "one", [vague, REPLY])
    both = linked(tmp_path / "two", [vague, REPLY, SPEECH])
    assert [link.right for link in first] == [vague.statements[0].id]
    assert [link.right for link in both] == [SPEECH.statements[0].id]


def test_linking_again_changes_nothing_and_what_somebody_withdrew_stays_so(tmp_path: Path) -> None:
    before = linked(tmp_path / "s", WORLD)
    with open_store(tmp_path / "s") as store, store.writer() as writer, writer.linking() as linking:
        for reading in WORLD:
            Responses().link(reading, linking)
        assert sorted(linking.links([link.left for link in before], ["responds-to"]), key=str) == sorted(before, key=str)
        withdrawn = Link(**{**{n: getattr(before[0], n) for n in Link.__dataclass_fields__}, "withdrawn_at": "2031-06-01T00:00:00Z"})
    with open_store(tmp_path / "s") as store, store.writer() as writer:
        writer.link(withdrawn)
        with writer.linking() as linking:
            for reading in WORLD:
                Responses().link(reading, linking)
            assert [k.withdrawn_at for k in linking.links([withdrawn.left], ["responds-to"]) if k.right == withdrawn.right] == [
                withdrawn.withdrawn_at
            ]


def test_only_the_nearest_days_count(tmp_path: Path) -> None:
    days = [date(2031, 5, 5) + timedelta(days=n) for n in (-20, -2, -1, 0, 1, 5)]
    answered_on = []
    for day in days:
        said = report(SPEECH.document.text, "Lund|said|that no neighbour owned the Salzach", published=day.isoformat())
        answered_on.append(bool(linked(tmp_path / day.isoformat(), [REPLY, said])))
    assert answered_on == [False, True, True, True, True, False]


def test_traces_keep_what_is_judged_by() -> None:
    found, tellings = answered(SPEECH, signals())
    assert not found
    kept = unpack_said(pack_said(tellings))
    assert [(s.id, s.parties, s.stems, s.days, s.types) for s in kept] == [(s.id, s.parties, s.stems, s.days, s.types) for s in tellings]
    answers = [answer for answer, _ in answered(REPLY, signals())[0]]
    (again, within_), *_ = unpack_answers(pack_answers([(answers[0], "x")]))
    assert (again.id, again.grade, again.stems, within_) == (answers[0].id, answers[0].grade, answers[0].stems, "x")
    assert again.pointer is not None
    assert answers[0].pointer is not None
    assert (again.pointer.noun, again.pointer.doers) == (answers[0].pointer.noun, answers[0].pointer.doers)


@pytest.mark.parametrize(
    ("one", "other"),
    [("sanctions", "sanctioned"), ("meeting", "meetings"), ("denies", "denied"), ("planned", "plans"), ("killings", "killed"), ("agree", "agreed")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_sentences_end_where_they_do() -> None:
    text = 'Gen. Ivo said no. “Yes.” He left the U.S. Navy!\nThen? "No."\n\nEnd'
    begins = [text[start:].split(maxsplit=1)[0] for start in words_of(text).sentences if text[start:]]
    assert begins == ["Gen.", "“Yes.”", "He", "Then?", '"No."', "End"]


ODD = st.text(st.sampled_from("in response to the claim of Borduria's it. ,“”’\n\x00\u202e\ud800🕊 after said İ"), max_size=80)


@settings(max_examples=150, deadline=None)
@given(text=ODD, spans=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6), published=st.sampled_from([None, "2031", "no date"]))
def test_nothing_odd_stops_it(text: str, spans: list[tuple[int, int]], published: str | None) -> None:
    cut = [Span(a, b, text[a:b]) for a, b in spans if a <= b <= len(text)]
    doc = Document("d", text, published=published)
    statements = tuple(
        Statement(
            id=f"s{n}", document_id="d", evidence=s, cue=s if n % 4 else None,
            speaker=Participant(s if n % 2 else None, None if n % 3 else WHO["Lund"]),
            content=(s,) * (n % 3), form="direct", date=RecordDate("0000-13-99", None, "day", "text"),
        )
        for n, s in enumerate(cut)
    )  # fmt: skip
    events = tuple(Event(id=f"e{n}", document_id="d", evidence=s, type="SANCTION", trigger=s, actors=()) for n, s in enumerate(cut))
    mentions = (*(Participant(s, WHO["Borduria"]) for s in cut), Participant(None, None))
    found, tellings = answered(Reading(doc, statements=statements, events=events, mentions=mentions), signals())
    assert all(s.days is None or s.days[0] <= s.days[1] for s in tellings)
    assert len({answer.id for answer, _ in found}) == len(found)


def test_it_stands_for_nothing_in_another_report(tmp_path: Path) -> None:
    accused = report(SPEECH.document.text, "Lund|said|that no neighbour owned the Salzach", published="2031-05-05")
    denied = report("Plekszy denied it, Lund or no Lund, at the Salzach.", "Plekszy|denied|it", published="2031-05-05", publisher="Szohod Post")
    for name, order in (("first", [accused, denied]), ("last", [denied, accused])):
        assert linked(tmp_path / name, order) == []
