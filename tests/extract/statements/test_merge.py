"""Rules and tagger together, as tables: a text, what the tagger is made to find in it, and the statements that stand."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.extract.statements.tagging import analysed

from onrecord.extract.statements.assembly import settled
from onrecord.extract.statements.lexicon import lexicon
from onrecord.extract.statements.merge import Judge, merged
from onrecord.extract.statements.model import Attribution, Tagged
from onrecord.model import Span
from onrecord.reading.analysis import Analysis, Offsets, Spoken

LENIENT = Judge((0, 0, 1, 0), (0, 1, 0, 0), (0, 0, 1, 0), {"both": 0.0, "rule": 0.0, "tagger": 0.5})
"""Rules stand by themselves, the tagger where its score is one half or more; the confidence is the score."""
STRICT = Judge((0, 0, 1, 0), (0, 0, 1, 0), (0, 0, 1, 0), {"both": 0.5, "rule": 0.5, "tagger": 0.5})
"""Everything stands by the tagger's word."""


@dataclass(slots=True)
class Silent(Tagged):
    """A tagger that found what it is told, and is sure of ``supported`` words alone."""

    supported: list[Offsets] = field(default_factory=list)

    def support(self, span: Offsets, role: str) -> float:
        """Nine tenths or next to nothing, whatever the role."""
        return 0.9 if role and span in self.supported else 0.05


def place(text: str, words: str) -> Offsets:
    start = text.index(words)
    return start, start + len(words)


def found(text: str, source: str | None, cue: str | None, *content: str, score: float = 0.8) -> Attribution:
    return Attribution(place(text, source) if source else None, place(text, cue) if cue else None, tuple(place(text, c) for c in content), score)


@functools.cache
def read(text: str) -> Analysis:
    return analysed(text)


def standing(text: str, *attributions: Attribution, judge: Judge = LENIENT, supported: tuple[str, ...] = ()) -> list[Spoken]:
    analysis = read(text)
    assert text == analysis.document.text
    seen = Silent(list(attributions), supported=[place(text, s) for s in supported])
    return settled(merged(analysis, seen, lexicon("en"), judge), lexicon("en"))


def words(item: Spoken) -> tuple[str | None, str | None, list[str]]:
    mention = item.speaker.mention
    return mention.text if mention else None, item.cue.text if item.cue else None, [c.text for c in item.content]


SAID = "The Norwegian minister said on Monday that talks would resume in May."
RULE = ("The Norwegian minister", "said", ["that talks would resume in May"])
QUOTED = "“The ceasefire must hold,” the Norwegian envoy said."
ACCORDING = "Talks would resume in May, according to the Norwegian ministry."
RELATIVE = "Norway praised the envoy, who hinted darkly at a return to war."
APART = "The Norwegian minister spoke first.\n\nWar loomed over the region again."
NESTED = "The Norwegian minister said that the envoy denied that talks would resume in May."
RIVAL = "Norway said that talks would resume in May, the agency reported."

STANDS = [
    (
        "spans are whole words",
        SAID,
        [("Norwegian minis", "sai", "talks would resume in Ma")],
        [("Norwegian minister", "said", ["talks would resume in May"])],
    ),
    ("rules alone stand where they are trusted", SAID, [], [RULE]),
    (
        "both: the tagger's spans",
        SAID,
        [("Norwegian minister", "said on Monday", "talks would resume in May")],
        [("Norwegian minister", "said on Monday", ["talks would resume in May"])],
    ),
    ("both: what the tagger is silent of is the rule's", SAID, [(None, None, "that talks would resume")], [(*RULE[:2], ["that talks would resume"])]),
    (
        "certain: a quotation stays as it is",
        QUOTED,
        [("envoy", "said", "The ceasefire must")],
        [("envoy", "said", ["“The ceasefire must hold,”"])],
    ),
    (
        "certain: according to",
        ACCORDING,
        [("ministry", "according", "Talks would resume")],
        [("ministry", "according to", ["Talks would resume in May"])],
    ),
    (
        "the tagger alone, without a cue",
        APART,
        [("The Norwegian minister", None, "War loomed over the region again")],
        [("The Norwegian minister", None, ["War loomed over the region again"])],
    ),
    (
        "the cue of a found one may not lie in its content",
        APART,
        [("The Norwegian minister", "loomed", "War loomed over the region again")],
        [],
    ),
]


@pytest.mark.parametrize(("text", "attributions", "wanted"), [case[1:] for case in STANDS], ids=[case[0] for case in STANDS])
def test_what_stands(text: str, attributions: list[tuple[str, ...]], wanted: list[tuple[str, str, list[str]]]):
    assert [words(s) for s in standing(text, *(found(text, *a) for a in attributions))] == wanted


def test_what_both_find_keeps_the_rules_grammar_and_has_both_reasons():
    (rule,) = read(SAID).spoken
    (item,) = standing(SAID, found(SAID, "minister", "said", "talks would resume"))
    assert (item.draft.rule, item.draft.speaker, item.speaker.actor) == (rule.draft.rule, rule.draft.speaker, rule.speaker.actor)
    assert [why.by for why in item.why] == ["rule", "model"]
    assert item.confidence == 0.8


def test_what_the_tagger_alone_finds_has_its_own_name_and_actor():
    text = "War was near. That was the gloomy mood of Norway."
    (item,) = standing(text, found(text, "Norway", "mood", "War was near"))
    assert item.draft.rule == "noun mood tagger"
    assert [why.by for why in item.why] == ["model"]
    assert item.speaker.actor is not None
    assert item.speaker.actor.country == "NOR"


@pytest.mark.parametrize(("score", "many"), [(0.49, 0), (0.51, 1)])
def test_the_tagger_alone_must_be_sure_enough(score: float, many: int):
    assert len(standing(APART, found(APART, None, None, "War loomed over the region again", score=score))) == many


@pytest.mark.parametrize(
    ("text", "supported", "many"),
    [
        (SAID, (), 0),
        (SAID, ("said", "that talks would resume in May"), 1),
        (SAID, ("said",), 0),
        (QUOTED, (), 1),
        (ACCORDING, (), 1),
    ],
    ids=["nothing supports it", "cue and content are likely", "only the cue is likely", "a quotation is certain", "according to is certain"],
)
def test_rules_stand_by_the_taggers_word(text: str, supported: tuple[str, ...], many: int):
    assert len(standing(text, judge=STRICT, supported=supported)) == many


def test_a_rival_of_the_same_words_gives_way():
    """Whom the rules hear and whom the tagger hears cannot both have said it; who reports a whole statement does not compete with it."""
    text = SAID
    rival = found(text, None, "on Monday", "talks would resume in May")
    assert [words(s) for s in standing(text, rival)] == [RULE]
    around = found(RIVAL, "the agency", "reported", "Norway said that talks would resume in May", score=0.9)
    assert {s.cue.text for s in standing(RIVAL, around) if s.cue} == {"said", "reported"}


def test_nested_statements_stay_nested():
    before = {s.cue.text: s.parent for s in read(NESTED).spoken if s.cue}
    assert before["denied"] is not None
    outer = found(NESTED, "minister", "said", "the envoy denied that talks would resume in May")
    after = {s.cue.text: s for s in standing(NESTED, outer, judge=STRICT) if s.cue}
    assert after["denied"].parent is after["said"]
    assert [c.text for c in after["said"].content] == ["the envoy denied that talks would resume in May"]
    assert standing(NESTED, judge=STRICT) == [], "with the statement around it, it goes"


def test_a_relative_pronoun_names_its_antecedent():
    (item,) = (s for s in standing(RELATIVE, found(RELATIVE, "who", "hinted", "a return to war")) if s.cue and s.cue.text == "hinted")
    assert item.draft.speaker is not None
    assert item.draft.speaker.text == "envoy"


def test_a_source_in_another_paragraph_is_named_without_its_grammar():
    (item,) = standing(APART, found(APART, "The Norwegian minister", None, "War loomed over the region again"))
    assert item.draft.speaker is None
    assert item.draft.block.index == 1
    assert item.speaker.actor is not None
    assert item.speaker.actor.country == "NOR"


def test_confidence_follows_the_judge():
    judge = Judge((1.0, 0, 0, 0), (0,) * 4, (0,) * 4, LENIENT.least)
    (item,) = standing(SAID, found(SAID, "minister", "said", "talks would resume", score=0.6), judge=judge)
    assert item.confidence == 0.73


def test_a_judge_is_what_the_weights_say():
    card = {"both": [0, 1, 2, 3], "rule": [1, 1, 1, 1], "tagger": [0, 0, 1, 0], "least": {"both": 0.1, "rule": 0.2, "tagger": 0.3}, "bias": 1}
    judge = Judge.of(card)
    assert (judge.both, judge.least["rule"], judge.bias) == ((0, 1, 2, 3), 0.2, 1.0)


ODD = ["(He left.)) “No war, and no peace yet,” said she, who (it seems) knew — or did not.", "… ) )) , and and —"]
PARAGRAPHS = "\n\n".join([SAID, QUOTED, RELATIVE, NESTED, RIVAL, *ODD])


def pieces(text: str) -> list[tuple[int, int, int]]:
    """Words and marks of ``text``, with the number of their paragraph."""
    analysis = read(text)
    return [(block.start(t), block.end(t), block.index) for block in analysis.blocks for t in block.tokens if not t.is_space]


@st.composite
def random_spans(draw: st.DrawFn, most: int = 12) -> Offsets:
    """A run of words within one paragraph."""
    all_ = pieces(PARAGRAPHS)
    first = draw(st.integers(0, len(all_) - 1))
    last = min(first + draw(st.integers(0, most)), len(all_) - 1)
    while all_[last][2] != all_[first][2]:
        last -= 1
    return all_[first][0], all_[last][1]


ATTRIBUTIONS = st.builds(
    lambda source, cue, content, score: Attribution(source, cue, tuple(sorted(content)), score),
    st.none() | random_spans(4),
    st.none() | random_spans(2),
    st.lists(random_spans(), min_size=1, max_size=3),
    st.floats(0, 1),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ATTRIBUTIONS, max_size=8), st.sampled_from([LENIENT, STRICT]))
def test_whatever_the_tagger_finds_statements_are_whole(attributions: list[Attribution], judge: Judge):
    analysis = read(PARAGRAPHS)
    text = analysis.document.text
    for item in settled(merged(analysis, Silent(attributions), lexicon("en"), judge), lexicon("en")):
        spans: list[Span | None] = [item.cue, item.speaker.mention, *item.content]
        assert all(s is None or text[s.start : s.end] == s.text != "" for s in spans), spans
        assert item.content
        assert 0 <= item.confidence <= 1
        draft = item.draft
        assert draft.cue is None or 0 <= draft.cue[0] < draft.cue[1] <= len(draft.block.tokens)
        assert draft.speaker is None or draft.speaker.doc is draft.block.doc
