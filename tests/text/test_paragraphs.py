"""Layout: what is prose, and what is a heading, a credit, a byline or a dateline. All sentences are our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.languages import language
from onrecord.text.credits import is_credit
from onrecord.text.layout import PLAIN, Layout
from onrecord.text.paragraphs import Paragraph, credits, paragraphs, pieces  # noqa: A004 - the contract's word

LAYOUT = Layout.of(language("en").table("layout"))
PROSE = "The two ministers met on Thursday and agreed to reopen the bridge, officials said."
SHARED = Path(__file__).parents[2] / ".." / "shared"


def split(text: str, layout: Layout = LAYOUT) -> list[tuple[str, str]]:
    return [(p.kind, text[p.body : p.end] if p.kind == "prose" else text[p.start : p.end]) for p in paragraphs(text, layout)]


def kind(line: str, layout: Layout = LAYOUT) -> str:
    """What ``line`` is between two paragraphs of prose."""
    found = split(f"{PROSE}\n{line}\n{PROSE}", layout)
    assert len(found) == 3, found
    return found[1][0]


@pytest.mark.parametrize(
    "line",
    [
        "What the Neighbours Say",
        "Reaction from the coast",
        "Background",
        "Talks between Norland and Sudland on Water",
        "U.S. Envoy in Talks with St. Peter’s Mayor",
        "‘No way back’",
        "What Comes After the Summit?",
        "THE ROAD AHEAD.",
        "2. The Water Question",
        "* * *",
        "- A long night -",
        "– ‘We are done’ –",
        "-----",
        "Norland’s Army: a Short History",
    ],
)
def test_headings(line: str):
    assert kind(line) == "heading"


@pytest.mark.parametrize(
    "line",
    [
        "He disagreed.",
        "“We will not go,” she said.",
        '"Never again"' + ", he told reporters, adding that he would not return to the table before spring came and the snow was gone",
        "The minister named three conditions:",
        "• Norland withdraws its guards from the river",
        "- open the road to lorries",
        "* close the old port",
        "1. Norland withdraws its guards from the river and hands the island back to the fishermen who lived on it",
        "why not now",
        "“It is over.” ― Anna Roe, mayor",
        "“We will not go,” she said",
        "Will the bridge ever open again, the mayor asked?",
        "The guards left at 5 p.m. and Mr. Roe followed them. Nobody was hurt",
        "Norland, Sudland,",
        "The treaty that the two governments signed in the spring after eleven rounds of talks has not been put to either parliament yet",
        "By Monday the guards had left.",
        "Reporting by the agency found that the guards had left.",
        "Editing by hand is slow.",
        "Sources said the guards had left.",
        "More than forty people were hurt.",
    ],
)
def test_prose_stays_prose(line: str):
    assert kind(line) == "prose"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(With inputs from Reuters)", ("Reuters",)),
        ("With inputs from AFP, PTI and ANI", ("AFP", "PTI", "ANI")),
        ("(With agency inputs)", ()),
        ("(With inputs from agencies)", ()),
        ("Reporting by Jane Roe in Bonn and John Doe; editing by Max Mustermann", ("Jane Roe", "John Doe")),
        ("(Reporting by Jane Roe, Additional reporting by Wei Xi; Editing by Max Mustermann)", None),
        ("Additional reporting by Ana de la Cruz", ("Ana de la Cruz",)),
        ("Additional reporting from Reuters.", ("Reuters",)),
        ("Editing by Max Mustermann", ()),
        ("Compiled by Jane Roe", ("Jane Roe",)),
        ("© AFP", ("AFP",)),
        ("© 2024 Agence France-Presse. All rights reserved.", ("AFP",)),
        ("Copyright 2024 The Associated Press. All rights reserved. This text may not be rewritten.", ("AP",)),
        ("(c) Example Wire 2024", ("Example Wire",)),
        ("--Kyodo", ("Kyodo",)),
        ("— Xinhua", ("Xinhua",)),
        ("AFP/Reuters", ("AFP", "Reuters")),
        ("(Reuters)", ("Reuters",)),
        ("Jane Roe and John Doe contributed reporting.", ("Jane Roe", "John Doe")),
        ("Associated Press writers Jane Roe in Bonn and John Doe in Oslo contributed to this report.", ("AP", "John Doe")),
        ("jr/ab-mm", ()),
        ("(Reporting by Jane Roe in Bonn, Germany, and John Doe; Editing by Max Mustermann)", ("Jane Roe", "John Doe")),
        ("Source: Reuters", ("Reuters",)),
        ("(This story has not been edited by our staff and comes from a wire feed.)", ()),
        ("Source: Ministry of Water", ()),
    ],
)
def test_credits(line: str, names: tuple[str, ...] | None):
    assert is_credit(line, LAYOUT)
    assert kind(line) == "credit"
    if names is not None:
        assert credits(f"{PROSE}\n{line}", LAYOUT) == names


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("(With inputs from Reuters)", "Reuters"),
        ("(Reporting by Jane Roe; Editing by John Doe)", "Jane Roe"),
        ("--Kyodo", "Kyodo"),
        ("— AFP", "AFP"),
    ],
)
def test_a_credit_at_the_end_of_the_last_line_is_cut_off(tail: str, name: str):
    text = f"{PROSE} {tail}"
    assert split(text) == [("prose", PROSE), ("credit", tail)]
    assert credits(text, LAYOUT) == (name,)


def test_brackets_and_dashes_at_the_end_are_not_always_credits():
    for line in ("He spoke to the Example Wire (EW).", "He called it a farce (by his own account)", "She left -- for good."):
        assert split(line) == [("prose", line)]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Roe",
        "By JANE ROE in Bonn",
        "BY JANE ROE AND JOHN DOE",
        "By Jane Roe, Example Wire",
        "By Ana de la Cruz and Wei Xi",
        "JANE ROE in Bonn",
    ],
)
def test_bylines(line: str):
    assert kind(line) == "byline"


@pytest.mark.parametrize("line", ["Enditem", "ADVERTISEMENT", "Read more: The bridge that never was", "File photo", "Editor’s note:"])
def test_furniture(line: str):
    assert kind(line) == "heading"


# (line, place, date, agency); the prose is PROSE each time
DATELINES = [
    ("OSLO, July 4 (Example Wire) -- ", "OSLO", "July 4", "Example Wire"),
    ("OSLO — ", "OSLO", None, None),
    ("OSLO (AP) — ", "OSLO", None, "AP"),
    ("OSLO (AP) - ", "OSLO", None, "AP"),
    ("Oslo, Nov. 6 /Kyodo/ - ", "Oslo", "Nov. 6", "Kyodo"),
    ("NEW DELHI, July 4 (PTI): ", "NEW DELHI", "July 4", "PTI"),
    ("BONN/OSLO, July 4, 2024 (Reuters) - ", "BONN/OSLO", "July 4, 2024", "Reuters"),
    ("UNITED NATIONS, 4 July (Xinhua) -- ", "UNITED NATIONS", "4 July", "Xinhua"),
    ("LVIV, Ukraine (AP) — ", "LVIV, Ukraine", None, "AP"),
    ("St. Petersburg, June 3 (EW) -- ", "St. Petersburg", "June 3", "EW"),
    ("MOSCOW, July 4. /TASS/. ", "MOSCOW", "July 4", "TASS"),
    ("Bonn, Germany – ", "Bonn, Germany", None, None),
    ("OSLO, (AP) — ", "OSLO", None, "AP"),
    ("(Reuters) - ", None, None, "Reuters"),
    ("July 4 (Reuters) - ", None, "July 4", "Reuters"),
    ("London (CNN) ", "London", None, "CNN"),
    ("OSLO: ", "OSLO", None, None),
    ("TOKYO, July 4 (Jiji Press)--", "TOKYO", "July 4", "Jiji Press"),
]


@pytest.mark.parametrize(("line", "place", "date", "agency"), DATELINES)
def test_datelines(line: str, place: str | None, date: str | None, agency: str | None):
    text = f"A Bridge Reopens\n{line}{PROSE}\n{PROSE}"
    found = next(p for p in paragraphs(text, LAYOUT) if p.kind == "prose")
    assert text[found.body : found.end] == PROSE
    assert found.dateline is not None
    parts = (found.dateline.place, found.dateline.date, found.dateline.agency)
    assert tuple(part and text[slice(*part)] for part in parts) == (place, date, agency)


@pytest.mark.parametrize(
    "line",
    [
        "Roe — who was not there — said no.",
        "NATO — the alliance — said no.",
        "The Example Wire (EW) said no.",
        "Jan. 6 was cold.",
        "Oslo - Bonn was the first line to close.",
        "He said: We are done.",
        "Sen. Roe (R-Nevada) — No means no.",
        "May said no.",
    ],
)
def test_what_only_looks_like_a_dateline(line: str):
    (found,) = paragraphs(line, LAYOUT)
    assert (found.kind, found.body) == ("prose", found.start)


def test_speaker_labels_are_no_datelines():
    text = "ROE: We are done.\nDOE: We are not.\nROE: So be it."
    assert [p.body for p in paragraphs(text, LAYOUT)] == [p.start for p in paragraphs(text, LAYOUT)]


@pytest.mark.parametrize("lead", ["WHAT THE OTHER SIDE SAYS — ", "EXCLUSIVE: ", "UPDATE - "])
def test_a_heading_run_into_its_paragraph_is_no_place(lead: str):
    text = f"{lead}{PROSE}"
    (found,) = paragraphs(text, LAYOUT)
    assert text[found.body : found.end] == PROSE
    assert found.dateline is not None
    assert found.dateline.place is None


def test_a_dateline_on_its_own_line():
    text = f"OSLO, July 4 (Reuters)\n{PROSE}"
    assert split(text) == [("byline", "OSLO, July 4 (Reuters)"), ("prose", PROSE)]
    assert credits(text, LAYOUT) == ("Reuters",)


WRAPPED = """\
The two ministers met on Thursday in the old town hall of
Bonn and agreed to reopen the bridge that has been closed
since the spring, officials said.
The Way Forward
A second meeting is planned for the autumn. It will take up
the question of the river, which both sides claim, and that
of the fishermen.

   A spokesman for the mayor said: "We are glad that the two
sides talk again, and we hope that more will come of it than
last time."
"""


def test_hard_wrapped_lines_are_joined():
    found = split(WRAPPED)
    assert [k for k, _ in found] == ["prose", "heading", "prose", "prose"]
    assert found[0][1].startswith("The two ministers")
    assert found[0][1].endswith("officials said.")
    assert found[3][1].endswith('last time."')


def test_indented_first_lines_begin_paragraphs():
    text = (
        "   The two ministers met on Thursday in the old town hall\nand agreed to reopen the bridge soon.\n"
        "   A second meeting is planned, and it will take up the\nquestion of the river.\n"
    )
    assert len(split(text)) == 2


def test_two_wrapped_lines():
    text = "The two ministers met on Thursday in the old town hall of Bonn and\nagreed to reopen the bridge."
    assert split(text) == [("prose", text)]


def test_one_paragraph_a_line():
    lines = [PROSE, "He did not say when.", "A third party, the town of Bonn, will pay for it.", "“We can,” its mayor said."]
    assert split("\n".join(lines)) == [("prose", line) for line in lines]
    assert split("\n\n".join(lines)) == [("prose", line) for line in lines]
    assert split("\r\n".join(lines)) == [("prose", line) for line in lines]


def test_lists_keep_their_lines():
    text = "They agreed to:\n- reopen the bridge\n- share the water\n2) free the fishermen."
    assert split(text) == [
        ("prose", "They agreed to:"),
        ("prose", "reopen the bridge"),
        ("prose", "share the water"),
        ("prose", "free the fishermen."),
    ]


def test_a_long_headline_is_a_heading_only_at_the_top():
    line = "Norland and Sudland Agree to Reopen the Bridge over the River After Eleven Rounds of Talks in the Town Hall of Bonn"
    assert split(f"{line}\n{PROSE}")[0][0] == "heading"
    assert split(f"By Jane Roe\n{line}\n{PROSE}")[1][0] == "heading"


@pytest.mark.parametrize("text", ["Oslo", "on the 4th", "Ministers to meet in Bonn", "Norland backs Sudland\nSudland declines"])
def test_nothing_but_short_lines_is_prose(text: str):
    assert {k for k, _ in split(text)} == {"prose"}


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n", "\u2028"])
def test_no_paragraphs(text: str):
    assert split(text) == []


def test_without_words_layout_still_works():
    assert split(f"{PROSE}\nThe Way Forward\nOSLO — {PROSE}", PLAIN) == [("prose", PROSE), ("heading", "The Way Forward"), ("prose", PROSE)]
    assert kind("(With inputs from Reuters)", PLAIN) == "heading"


LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from([PROSE, "(Reuters)", "OSLO — Yes.", "By Jane Roe", "Heading", "• item", "he said. --Kyodo", "…\u2029", "مرحبا 😀"]),
    ),
    max_size=10,
).map("\n".join)


@given(LINES)
def test_paragraphs_are_in_order_and_lose_no_word(text: str):
    found: list[Paragraph] = list(paragraphs(text, LAYOUT))
    last = 0
    for p in found:
        assert last <= p.start < p.end <= len(text)
        assert p.start <= p.body <= p.end
        assert not text[last : p.start].strip("\x85\x1c\x1d\x1e\x1f \t\n\r\x0b\x0c\u2028\u2029\u00a0").strip()
        last = p.end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    "text", ["a " * 500_000, "A\n" * 50_000, "(" * 50_000 + ")", "A, " * 50_000, "-" * 200_000, "OSLO " * 20_000, "a\n\n" * 50_000]
)
def test_odd_texts_take_linear_time(text: str):
    assert list(paragraphs(text, LAYOUT))


def test_long_paragraphs_come_in_pieces():
    text = f"OSLO — {' '.join([PROSE] * 10)}"
    (whole,) = paragraphs(text, LAYOUT)
    assert list(pieces(text, whole, len(text))) == [whole]
    found = list(pieces(text, whole, 200))
    assert "".join(text[p.start : p.end] for p in found) == text
    assert all(text[p.body : p.end].strip() == f"{PROSE} {PROSE}" for p in found)


@given(st.text(st.sampled_from("ab .!\n"), min_size=1, max_size=120), st.integers(2, 40))
def test_pieces_cover_everything(text: str, limit: int):
    for whole in paragraphs(text, LAYOUT):
        found = list(pieces(text, whole, limit))
        assert [found[0].start, *(p.end for p in found)] == [*(p.start for p in found), whole.end]
        assert all(0 < p.end - p.body <= limit for p in found)


@pytest.mark.shared
def test_shared_reports():
    folder = SHARED / "gold" / "reports"
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert {p.kind for p in paragraphs(text, LAYOUT)} == {"prose"}, path.name
        assert text.count("\n") + 1 >= len(list(paragraphs(text, LAYOUT))) >= text.strip().count("\n") + 1


@pytest.mark.shared
def test_shared_seed_with_headings_and_credit():
    folder = SHARED / "gold" / "seeds"
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    kinds = {path.name[:3]: [p.kind for p in paragraphs(path.read_text(encoding="utf-8"), LAYOUT)] for path in folder.glob("*.txt")}
    assert [kinds["000"].count(k) for k in ("heading", "credit")] == [3, 1]
    assert kinds["000"][-1] == "credit"
    assert set(kinds["003"]) == {"prose"}
