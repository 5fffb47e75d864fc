"""Copies: what counts as one, which of two is the copy, and that groups come out the same whatever the order."""

# ruff: noqa: S311 - seeds make tests repeatable; nothing here is secret

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import across
from onrecord.across.copies import ENOUGH, CopyLinker, Print, copy_of
from onrecord.across.joined import Joined
from onrecord.across.shingles import MOST, Words, overlap, words_of
from onrecord.model import Document, Link, Reading, document_id
from onrecord.store import open_store
from store.reference import ReferenceStore

DAM = [
    "Ruritania's parliament voted on Monday to finish the dam at Zenda after eleven years of delay.",
    "Ninety-one deputies were in favour, sixty against, and nine stayed away from the chamber.",
    "The works stopped when a cofferdam gave way and two villages below it lost their bridge.",
    "Engineers hired by the ministry have since lined the tunnel with steel and moved the spillway.",
    "Borduria, which lies downstream, asked for a share of the water to be promised in a treaty.",
    "Its envoy watched the vote from the gallery and left without a word to the press.",
    "The finance minister put the cost at four billion crowns, a third of it borrowed abroad.",
    "Fishermen from the lower valley had camped on the steps since Friday with empty nets.",
    "Turbines for the first hall were cast last winter and wait in a shed near the quarry.",
    "Filling the lake will take three rainy seasons, and longer if the spring floods fail.",
]
FERRY = [
    "A night ferry ran onto rocks off the Syldavian coast and all on board were taken off by noon.",
    "The captain told the harbour office that a buoy had been dark for a week.",
    "Two lifeboats and a herring boat went out in a gale that tore the roof off the customs shed.",
    "Divers found a gash as long as a bus below the waterline and pumped out the oil.",
    "The line has been told to keep its other ship in port until the lights are mended.",
    "Islanders will get their mail and flour from the navy for the time being.",
    "It was the third such wreck since the lighthouse keepers were sent home.",
]
SPEECH = (
    "“We did not come to this hall to count the guns of our neighbours, nor to be told which harbour may see our flag. We came because our fathers"
    " signed their names under a promise, and a promise that is kept only in good weather is no promise at all. Let those who doubt us look at the"
    " granaries we opened, at the wells we dug, at the roads that lead to every border and stop at none of them. We shall go on, with friends where"
    " we find them and without where we must, and nobody shall say that we were asked and kept silent.”"
)
STANDARDS = (
    "Our rules: every report in these pages is checked by two editors, names its sources wherever that harms nobody, and is put right in the same"
    " place if it proves wrong. Readers who find a mistake are asked to write to the desk, which answers each letter within a week of its coming."
)


def text(sentences: Sequence[str]) -> str:
    return " ".join(sentences)


def doc(words: str, publisher: str | None = None, published: str | None = None, credits_: Sequence[str] = ()) -> Document:
    return Document(document_id(words, publisher, published), words, publisher=publisher, published=published, credits=tuple(credits_))


def misprinted(words: str) -> str:
    """One word in nine has a letter changed."""
    out = words.split()
    for n in range(4, len(out), 9):
        out[n] = out[n][:-2] + "q" + out[n][-1:]
    return " ".join(out)


def reworded(words: str) -> str:
    for old, new in (("after", "following"), ("two", "a couple of"), ("asked", "called"), ("cost", "bill"), ("wait", "lie"), ("and", "as well as")):
        words = words.replace(f" {old} ", f" {new} ")
    return words


COPIES: dict[str, str] = {
    "the same": text(DAM),
    "other case, marks and spaces": "\n".join(DAM).upper().replace(",", " --"),
    "dateline and desk": f"ZENDA (Reuters) - {text(DAM)} Reporting by A. Roe; editing by B. Poe",
    "cut at the end": text(DAM[:4]),
    "cut throughout": text(DAM[:2] + DAM[4:5] + DAM[7:]),
    "first sentence gone": text(DAM[1:]),
    "in another order": text([DAM[0], *DAM[5:], *DAM[1:5]]),
    "reworded": reworded(text(DAM)),
    "misprinted": misprinted(text(DAM)),
    "a short lead of its own": "The dam will be built, deputies said. " + text(DAM),
    "a new beginning on the same matter": (
        "Work on the dam above Zenda may go on. Ruritania's deputies, ninety-one of them, said so on Monday night when the chamber was nearly"
        f" empty. The finance minister and the press wait for the bill, fishermen from the lower valley for water. {text(DAM[3:])}"
    ),
    "half of it, another story after it": text(DAM[:5] + FERRY),
    "two sentences added within": text(DAM[:5] + FERRY[:2] + DAM[5:]),
}


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_however_it_was_edited(how: str) -> None:
    link = copy_of(doc(text(DAM), "Zenda Post", "2031-05-04"), doc(COPIES[how], "North Wire", "2031-05-06"))
    assert link is not None
    assert (link.judgement, link.type, link.left) == ("positive", "duplicate", doc(COPIES[how], "North Wire", "2031-05-06").id)


OWN = (
    "Deputies in Ruritania decided by a wide margin that the barrage above Zenda, a ruin for a decade, is to be completed. Environmental groups"
    " called the outcome a disaster for sturgeon. Villagers who were moved from the valley in the first attempt have been offered new plots."
)
DISTINCT: dict[str, tuple[str, str]] = {
    "two stories": (text(DAM), text(FERRY)),
    "one event in each one's own words": (text(DAM[:5]), OWN),
    "a long speech quoted by two reporters": (
        f"{text(DAM[:3])} {SPEECH} {text(DAM[3:5])}",
        f"{text(FERRY[:3])} {SPEECH} {text(FERRY[3:5])}",
    ),
    "a speech that both begin with": (f"{SPEECH} {text(DAM[:3])}", f"{SPEECH} {text(FERRY[:3])}"),
    "house rules at the end": (f"{text(DAM[:6])} {STANDARDS}", f"{text(FERRY)} {STANDARDS}"),
    "one sentence in common": (text(DAM[:5]), text([DAM[0], *FERRY])),
    "the end of one at the end of another": (text(FERRY + DAM[:2]), text([OWN, *DAM[:2]])),
    "nothing": ("", ""),
    "one word": ("Zenda", "Zenda"),
    "no letters": ("?!? — … ***", "?!? — … ***"),
    "a phrase": ("the prime minister said on Monday that", "the prime minister said on Monday that"),
}


@pytest.mark.parametrize("what", DISTINCT)
def test_what_is_no_copy(what: str) -> None:
    one, other = DISTINCT[what]
    assert copy_of(doc(one, "Zenda Post"), doc(other, "North Wire")) is None


CARRIES = text([OWN, *FERRY])
"""Words of its own on another matter, then all of another report."""


@pytest.mark.parametrize(
    ("credits_", "judgement", "type_"),
    [((), "unsure", "duplicate"), (("North Wire",), "positive", "syndicated"), (("Elsewhere",), "unsure", "duplicate")],
)
def test_a_report_that_carries_another_is_a_copy_if_it_says_so(credits_: Sequence[str], judgement: str, type_: str) -> None:
    carrying = doc(CARRIES, "Zenda Post", credits_=credits_)
    link = copy_of(carrying, doc(text(FERRY), "North Wire"))
    assert link is not None
    assert (link.judgement, link.type, link.left) == (judgement, type_, carrying.id)
    assert link.detail.startswith("part of it, after an opening of its own: ")


def test_a_named_origin_of_a_few_sentences_is_left_to_a_person() -> None:
    part = doc(text([OWN, OWN.upper()[::-1], *FERRY[:2]]), "Zenda Post", credits_=["North Wire"])
    link = copy_of(part, doc(text(FERRY), "North Wire"))
    assert link is not None
    assert (link.judgement, link.type) == ("unsure", "syndicated")


DIRECTIONS: dict[str, tuple[Document, Document, str, str]] = {
    # the copy, the original, the type, what the detail says
    "credits its publisher": (
        doc(text(DAM), "Zenda Post", "2031-05-04", ["Reuters"]),
        doc(text(DAM), "Thomson Reuters", "2031-05-05"),
        "syndicated",
        "credits Reuters",
    ),
    "an agency's": (doc(text(DAM), "Zenda Post", "2031-05-04"), doc(text(DAM), "Xinhua", "2031-05-04"), "syndicated", "published by Xinhua"),
    "an agency's of unknown date": (doc(text(DAM), "Zenda Post", "2031-05-04"), doc(text(DAM), "Xinhua"), "syndicated", "published by Xinhua"),
    "an agency that came later": (doc(text(DAM), "Xinhua", "2031-05-09"), doc(text(DAM), "Zenda Post", "2031-05-04"), "duplicate", "published later"),
    "one agency credited by both": (
        doc(text(DAM), "Zenda Post", "2031-05-05", ["AFP"]),
        doc(text(DAM), "North Wire", "2031-05-04", ["Agence France-Presse"]),
        "syndicated",
        "both credit AFP",
    ),
    "credits it months before it": (
        doc(text(DAM), "Reuters", "2031-09-04"),
        doc(text(DAM), "Zenda Post", "2031-05-04", ["Reuters"]),
        "duplicate",
        "published later",
    ),
    "later by days": (doc(text(DAM[:5]), "Zenda Post", "2031-05-05"), doc(text(DAM), "North Wire", "2031-05-04"), "duplicate", "published later"),
    "later by hours": (
        doc(text(DAM), "Zenda Post", "2031-05-04T12:00:00+00:00"),
        doc(text(DAM), "North Wire", "2031-05-04T12:30:00+02:00"),
        "duplicate",
        "published later",
    ),
    "cut, on the same day": (doc(text(DAM[:5]), "A", "2031-05-04"), doc(text(DAM), "B", "2031-05-04"), "duplicate", "cut from it"),
    "cut, a month against a day in it": (doc(text(DAM[:5]), "A", "2031-05-04"), doc(text(DAM), "B", "2031-05"), "duplicate", "cut from it"),
    "cut, undated": (doc(text(DAM[:5])), doc(text(DAM)), "duplicate", "100 % of its words; dates unknown or the same, cut from it"),
    "shorter, undated": (doc(text(DAM)), doc(text([*DAM, "Rain fell."])), "duplicate", "the shorter"),
}


@pytest.mark.parametrize("how", DIRECTIONS)
def test_which_of_two_is_the_copy(how: str) -> None:
    copy, original, type_, detail = DIRECTIONS[how]
    link = copy_of(original, copy)
    assert link is not None
    assert (link.left, link.right, link.type, link.by) == (copy.id, original.id, type_, "copies")
    assert detail in link.detail


def test_the_extent_is_told() -> None:
    link = copy_of(doc(text(DAM)), doc(text(DAM[:5] + FERRY)))
    assert link is not None
    assert link.detail.startswith("part of it: 51 % of its words")


PHRASES = [
    "Ruritania rebuked Borduria over the Zenda dam on Monday evening, {0}. Only {0} would have thought so a year ago, and {0} did not.",
    "A spokesman said that the note had been handed over in the usual way and without {0}. It was not {0} who signed it, people at the {0} said.",
    "The two countries have been at odds over the water of the upper valley since {0}. Whoever remembers {0} will know that {0} was no better.",
]


def test_phrases_that_two_reports_of_one_happening_share_are_no_copy() -> None:
    one = " ".join(each.format(f"a man with three lemons and the {n}th of his hats") for n, each in enumerate(PHRASES))
    other = " ".join(each.format(f"nobody from the far side of hill {n}, least of all their cook") for n, each in enumerate(PHRASES))
    assert copy_of(doc(one, "Zenda Post"), doc(other, "North Wire")) is None


def test_a_flash_of_few_words_is_a_copy_if_nothing_else_is_there() -> None:
    flash = "Zenda dam vote passes, ninety-one to sixty, says speaker of parliament"
    assert copy_of(doc(flash, "A"), doc(flash + " (AFP)", "B")) is not None
    assert copy_of(doc(flash, "A"), doc(f"{flash}. {text(FERRY[:1])}", "B")) is None


def test_a_document_is_no_copy_of_itself() -> None:
    assert copy_of(doc(text(DAM)), doc(text(DAM))) is None


@pytest.mark.parametrize(
    "words",
    ["", "Zenda", "a " * 1_000_000, "“" * 10_000, "\n\n" * 5_000, "x" * 1_000_000, "\ud800 \U000e0001 é e\u0301", "東京都知事は" * 300, "🚢🌊" * 999],
)
def test_hostile_texts(words: str) -> None:
    found, terms = words_of(words)
    assert len(terms) <= MOST
    assert all(0 <= term < 1 << 63 for term in terms)
    again = Print.from_bytes("x", Print("x", "2031", "Ü\ud800", ("AFP",), found).to_bytes())
    assert (again.publisher, again.credits, again.words.to_bytes()) == ("Ü\ud800", ("AFP",), found.to_bytes())
    shared = overlap(found, words_of(text(DAM))[0])
    assert shared.left == shared.right == 0


def test_a_language_without_spaces() -> None:
    tokyo = "東京都知事は月曜日の記者会見で橋の建設費が当初の見込みを大きく上回ったことを認め責任者の処分を検討すると述べた"
    link = copy_of(doc(tokyo), doc(tokyo[:40]))
    assert link is not None
    assert link.judgement == "positive"


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ('He said: "we go" and left.', "we go"),
        ("He said: “we go” and left.", "we go"),
        ("« nous partons » dit-il", "nous partons"),
        ("“We go.\n\n“We stay,” he said.", "We go We stay"),
        ("“We go.\nWe stay.\n\nThen he left.", "We go We stay"),
        ("nobody's words", ""),
    ],
)
def test_what_is_quoted(words: str, quoted: str) -> None:
    found, _ = words_of(words)
    inside = Words(found.ids[found.quoted], found.quoted[found.quoted])
    assert inside.ids.tolist() == words_of(quoted)[0].ids.tolist()


# in a store

Edit = Callable[[random.Random, list[str]], list[str]]
EDITS: tuple[Edit, ...] = (
    lambda _, s: s,
    lambda rng, s: s[: rng.randint(len(s) // 2, len(s))],
    lambda rng, s: [each for each in s if rng.random() < 0.8],
    lambda rng, s: [*s[:1], *rng.sample(s[1:], len(s) - 1)],
    lambda _, s: [misprinted(" ".join(s))],
    lambda rng, s: [*s[: len(s) // 2 + 1], *original(rng.randrange(4))],
    lambda rng, s: [*original(rng.randrange(4))[:5], *s],
    lambda _, s: ["ZENDA (Reuters) -", *s],
)


def original(number: int) -> list[str]:
    """Sentences of made-up words, always the same for a number."""
    rng = random.Random(number)
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    return [" ".join("".join(rng.choices(syllables, k=rng.randint(1, 3))) for _ in range(14)).capitalize() + "." for _ in range(9)]


def press(seed: int, size: int) -> list[Document]:
    """Some originals and edited copies, of different publishers and days, some undated."""
    rng = random.Random(seed)
    found = {}
    for _ in range(size):
        sentences = rng.choice(EDITS)(rng, original(rng.randrange(4)))
        made = doc(text(sentences), rng.choice(["AFP", "North Wire", "Zenda Post", None]), rng.choice(["2031-05-04", "2031-05-05", "2031-07", None]))
        found[made.id] = made
    return list(found.values())


def linked(documents: Sequence[Document]) -> list[Link]:
    store = ReferenceStore()
    with store.writer() as writer:
        for document in documents:
            writer.add(Reading(document), document.id)
            across.link(writer, [CopyLinker()], on_problem=lambda problem: pytest.fail(str(problem)))
    with store.view() as view:
        return list(view.links())


def groups(links: Sequence[Link]) -> list[list[str]]:
    return Joined(links, ("duplicate", "syndicated")).groups()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 8), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(seed: int, size: int, rng: random.Random) -> None:
    documents = press(seed, size)
    every_pair = {link for one, other in combinations(documents, 2) if (link := copy_of(one, other))}
    in_order = linked(documents)
    assert groups(in_order) == groups(list(every_pair))
    assert set(in_order) <= every_pair
    assert linked(rng.sample(documents, len(documents))) == in_order


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 8), st.integers(100, 10**6))
def test_an_unrelated_report_changes_nothing(seed: int, size: int, other: int) -> None:
    documents = press(seed, size)
    assert linked([doc(text(original(other))), *documents]) == linked(documents)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_which_is_given_first_makes_no_difference(seed: int) -> None:
    for one, other in combinations(press(seed, 4), 2):
        assert copy_of(one, other) == copy_of(other, one)


def put(path: Path, documents: Sequence[Document]) -> list[Link]:
    with open_store(path, create=True) as store:
        with store.writer() as writer:
            for document in documents:
                writer.add(Reading(document), document.id)
            across.link(writer, [CopyLinker()], on_problem=lambda problem: pytest.fail(str(problem)))
        with store.view() as view:
            return list(view.links())


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_a_text_printed_everywhere_is_one_group_with_few_links(tmp_path: Path, seed: int | None) -> None:
    rng = random.Random(7)
    edited = [EDITS[n % 5](rng, original(1)) for n in range(120)]
    reports = [doc(text(each), f"Paper {n}", f"2031-05-{n % 28 + 1:02}" if n % 9 else None) for n, each in enumerate(edited)]
    if seed is not None:
        random.Random(seed).shuffle(reports)
    links = put(tmp_path / "s", reports)
    assert [len(group) for group in groups(links)] == [120]
    assert len(links) <= 120 * (ENOUGH + 1)


def test_late_and_undated_reprints_are_found(tmp_path: Path) -> None:
    first, late, undated = doc(text(DAM), "A", "1998-05-04"), doc(text(DAM[:6]), "B", "2031-05-04"), doc(text(DAM[:8]))
    others = [doc(text(original(n)), "C", "2010-01-01") for n in range(50)]
    links = put(tmp_path / "s", [undated, *others, late, first])
    assert groups(links) == [sorted((first.id, late.id, undated.id))]
    assert (late.id, first.id) in {(link.left, link.right) for link in links}


def test_linking_again_changes_nothing(tmp_path: Path) -> None:
    documents = press(3, 12)
    links = put(tmp_path / "s", documents)
    assert links
    with open_store(tmp_path / "s") as store:
        with store.writer() as writer:
            for _ in range(2):
                with writer.linking() as linking:
                    for document in documents:
                        CopyLinker().link(Reading(document), linking)
            writer.unlink_all()
            across.link(writer, [CopyLinker()], on_problem=lambda problem: pytest.fail(str(problem)))
        with store.view() as view:
            assert list(view.links()) == links
