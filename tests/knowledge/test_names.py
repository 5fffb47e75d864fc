"""Surface forms: which spellings meet, which capitals part, and how far a name reaches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.knowledge import KnowledgeBase, knowledge_base, names
from onrecord.knowledge.names import MAX_WORDS, NameIndex, fold, same_case, squeeze

NAMES = [
    # surface, who, how
    ("US", "United States", "acronym"),
    ("U.S.", "United States", "acronym"),
    ("the United States", "United States", "name"),
    ("The Netherlands", "Netherlands", "name"),
    ("Britain", "United Kingdom", "name"),
    ("UK", "United Kingdom", "acronym"),
    ("DPRK", "North Korea", "acronym"),
    ("ROK", "South Korea", "acronym"),
    ("UAE", "United Arab Emirates", "acronym"),
    ("Burma", "Myanmar", "name"),
    ("Zaire", "Democratic Republic of the Congo", "name"),
    ("Swaziland", "Eswatini", "name"),
    ("Côte d’Ivoire", "Ivory Coast", "name"),
    ("Russian", "Russia", "demonym"),
    ("Russians", "Russia", "people"),
    ("Poles", "Poland", "people"),
    ("Moscow", "Russia", "capital"),
    ("MOSCOW", "Russia", "capital"),
    ("Kiev", "Ukraine", "capital"),
    ("Bonn", "Germany", "capital"),
    ("Whitehall", "United Kingdom", "metonym"),
    ("Zhongnanhai", "China", "metonym"),
    ("the Kremlin", "Kremlin", "name"),
    ("White House", "White House", "name"),
    ("Pentagon", "United States Department of Defense", "name"),
    ("Foggy Bottom", "United States Department of State", "metonym"),
    ("Downing Street", "Prime Minister's Office, 10 Downing Street", "metonym"),
    ("Elysee", "Élysée Palace", "metonym"),
    ("Blue House", "Blue House", "name"),
    ("PLA", "People's Liberation Army", "acronym"),
    ("Revolutionary Guards", "Islamic Revolutionary Guard Corps", "name"),
    ("Security Council", "United Nations Security Council", "name"),
    ("IAEA", "International Atomic Energy Agency", "acronym"),
    ("Tamil Tigers", "Liberation Tigers of Tamil Eelam", "name"),
    ("al Qaeda", "al-Qaeda", "name"),
    ("The Times", "The Times", "name"),
    ("Xinhua’s", "Xinhua News Agency", "name"),
    ("Hayashi Yoshimasa", "Yoshimasa Hayashi", "name"),
    ("Lin Chia lung", "Lin Chia-lung", "name"),
    ("Gideon Sa’ar", "Gideon Sa'ar", "name"),
    ("Mahmud Abbas", "Mahmoud Abbas", "name"),
    ("Ismail Haniyeh", "Ismail Haniya", "name"),
    ("Gerhard Schröder", "Gerhard Schroeder", "name"),
]
NOBODY = ["us", "turkey", "chad", "china", "may", "who", "it", "Us", "I ran", "O man", "", "Mali Baba"]


@pytest.mark.parametrize(("surface", "who", "how"), NAMES)
def test_a_surface_form_names_its_actor(kb: KnowledgeBase, surface: str, who: str, how: str) -> None:
    assert (squeeze(who), how) in {(squeeze(a.actor.name), a.kind) for a in kb.find(surface)}


@pytest.mark.parametrize("surface", NOBODY)
def test_common_words_name_nobody(kb: KnowledgeBase, surface: str) -> None:
    assert kb.find(surface) == ()


@pytest.mark.parametrize(
    ("words", "at", "length", "who"),
    [
        ("talks with the United Nations Security Council on Monday", 3, 4, "Q37470"),
        ("talks with the United States on Monday", 3, 2, "Q30"),
        ("President Lin Chia - lung spoke", 1, 4, None),
        ("Hong Kong said", 0, 2, "Q8646"),
        ("North Korea and Japan", 0, 2, "Q423"),
        ("Georgia said", 0, 1, "Q230"),
        ("nobody of note", 0, 0, None),
        ("I ran home", 0, 0, None),
    ],
)
def test_longest_name_wins(kb: KnowledgeBase, words: str, at: int, length: int, who: str | None) -> None:
    found = {start: (end - start, readings) for start, end, readings in kb.names_in(words.split())}
    assert found.get(at, (0, ()))[0] == length
    assert who is None or who in {r.actor.id for r in found[at][1]}


def test_every_name_finds_its_actor(kb: KnowledgeBase) -> None:
    lost = [(name, a.id) for a in kb.actors() for name, kind in kb.names(a.id) if kind != "surname" and a not in {r.actor for r in kb.find(name)}]
    assert lost == []


def test_every_name_is_found_in_running_text(kb: KnowledgeBase) -> None:
    lost = []
    for actor in kb.actors():
        for name, kind in kb.names(actor.id):
            words = name.split()
            if kind != "surname" and actor.kind != "person" and "(" not in name and "," not in name and "/" not in name:
                found = kb.names_in([*words, "said"])
                if not any(start == 0 and end >= len(words) and actor in {r.actor for r in readings} for start, end, readings in found):
                    lost.append((name, found))
    assert lost == []


def test_a_surname_alone_is_no_name(kb: KnowledgeBase) -> None:
    assert kb.find("Hayashi") == ()
    assert kb.find("Bush") == ()


@given(st.text(max_size=40))
def test_any_text_can_be_asked(surface: str) -> None:
    base = knowledge_base()
    base.find(surface)
    words = surface.split()
    assert all(0 <= start < end <= len(words) for start, end, _ in base.names_in(words))


def plain_longest(names: list[str], words: list[str], i: int) -> tuple[int, set[str]]:
    """The definition, word for word: the longest run of words from ``i`` that some name fits, and the names that fit it."""
    if not words[i][:1].isalnum():
        return 0, set()
    best: tuple[int, set[str]] = (0, set())
    surface, joined, apart = "", True, False
    for j in range(i, min(len(words), i + MAX_WORDS)):
        part = squeeze(words[j])
        if not part:
            if words[j] not in ("-", "'", "’", "‑", ".", "&", "/"):
                break
            joined = True
            continue
        surface, apart = surface + part, apart or not joined
        joined = words[j].endswith(("-", "'", "’"))
        fit = {n for n in names if fold(squeeze(n)) == fold(surface) and not (apart and n.isalnum()) and same_case(squeeze(n), surface)}
        if fit:
            best = j - i + 1, fit
        if not any(fold(squeeze(n)).startswith(fold(surface)) for n in names):
            break
    return best


LETTERS = st.text("abAB É.-’ß1σΣ", min_size=1, max_size=6)
PARTS = st.one_of(LETTERS, st.sampled_from(["a", "A", "ab", "Ab", "AB", "-", "’", ".", "&", ",", "(", "ʻ", "al-", "’s"]))


@settings(max_examples=400)
@given(
    st.lists(st.lists(PARTS, min_size=1, max_size=4).map(" ".join).filter(lambda t: squeeze(t) != ""), min_size=1, max_size=12),
    st.lists(PARTS, min_size=1, max_size=20),
    st.data(),
)
def test_the_index_finds_what_the_plain_definition_finds(names: list[str], words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words)))
    words[at:at] = data.draw(st.sampled_from(names)).split()  # so that something is found
    index = NameIndex()
    index.add([["|".join(names)]], [(0, "name")], 0)
    index.close()

    def named(entries: tuple[int, ...]) -> set[str]:
        return {index.aliases[n] for n in entries}

    expected = [plain_longest(names, words, i) for i in range(len(words))]
    for _ in range(2):  # the second time from memory
        assert [(start, end, named(found)) for start, end, found in index.names_in(words)] == [
            (i, i + length, fit) for i, (length, fit) in enumerate(expected) if length
        ]
    for name in names:
        assert name.endswith(("'s", "’s")) or name in named(index.find(name))


def test_what_is_remembered_of_a_text_has_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_REMEMBERED", 100)
    index = NameIndex()
    index.add([["Ruritania"]], [(0, "name")], 7)
    index.close()
    words = [*(f"Word{n}" for n in range(1000)), "Ruritania", "W" * 1000]
    assert [(start, end) for start, end, _ in index.names_in(words)] == [(1000, 1001)]
    assert len(index._starts) <= 100
    assert "W" * 1000 not in index._starts
