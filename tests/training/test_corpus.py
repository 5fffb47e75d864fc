"""The corpus of annotated paragraphs: its mark-up, its agreement and settling on invented pairs, and what its files and its guide promise."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.corpus.__main__ import differences, settled, table
from training.corpus.agreement import agreement, differs, trimmed
from training.corpus.markup import BREAK, Item, MarkupError, bare, corpus, item, read

from onrecord.knowledge import knowledge_base

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "training" / "corpus"
SHARED = ROOT.parent / "shared"
HEAD = "== tiny-001 | 2020-01-01 | words"
PLAIN = "<s1>Oslo</s1> <k1>rejected</k1> <c1>the plan of Lima</c1>."
STANCE = ":: Oslo | oppose | Lima | words"
DEAD = {"pol pot"}
"""Full names in the corpus that real persons bear, all long dead and given no words."""


def made(*lines: str) -> Item:
    return item([HEAD, *lines])


def texts(found: Item) -> list[tuple[list[str], list[str], list[str]]]:
    return [tuple([found.text[a:b] for a, b in spans] for spans in (x.speaker, x.cue, x.content)) for x in found.attributions]


@pytest.fixture(scope="module")
def settled_items() -> list[Item]:
    return corpus(FOLDER / "paragraphs")


# Mark-up


def test_an_item_gives_text_attributions_and_stances():
    found = made(f"{PLAIN}{BREAK}So did Quito.", STANCE)
    assert found.text == "Oslo rejected the plan of Lima.\n\nSo did Quito."
    assert texts(found) == [(["Oslo"], ["rejected"], ["the plan of Lima"])]
    (stance,) = found.stances
    assert (found.text[slice(*stance.holder)], stance.stance, found.text[slice(*stance.target)], stance.means) == ("Oslo", "oppose", "Lima", "words")


def test_parts_are_shared_split_and_nested():
    found = made(
        "<c1>“No,”</c1> <s1,2>Ana Ruiz</s1,2> <k1>said</k1>, <k2>adding</k2> "
        "<c2>that <s3>Lima</s3> <k3>wants</k3> <c3>peace</c3></c2>. <c1>“Never.”</c1>"
    )
    assert texts(found) == [
        (["Ana Ruiz"], ["said"], ["“No,”", "“Never.”"]),
        (["Ana Ruiz"], ["adding"], ["that Lima wants peace"]),
        (["Lima"], ["wants"], ["peace"]),
    ]
    assert [found.nested(a) for a in found.attributions] == [False, False, True]


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, str, list[tuple[str, str]]]:
    """A body with tags, the same without, and (tag, words) in the order in which the tags close."""
    words = st.text("abcé ’“”.", min_size=1, max_size=6).map(lambda t: f"x{t}x")
    spans: list[tuple[str, str]] = []

    def part(depth: int) -> tuple[str, str]:
        before, inside = draw(words), draw(words)
        if depth and draw(st.booleans()):
            inner, inner_bare = part(depth - 1)
        else:
            inner, inner_bare = inside, inside
        tag = draw(st.sampled_from("skc")) + draw(st.sampled_from(["1", "2", "1,2", "17"]))
        spans.append((tag, inner_bare))
        return f"{before}<{tag}>{inner}</{tag}>", before + inner_bare

    parts = [part(2) for _ in range(draw(st.integers(1, 3)))]
    whole = ["".join(x) for x in zip(*parts, strict=True)]
    everyone = " <c1>x</c1><c2>x</c2><c17>x</c17>"
    spans += [(f"c{n}", "x") for n in (1, 2, 17)]
    return whole[0] + everyone, whole[1] + " xxx", spans


@given(marked())
def test_marked_up_text_gives_its_spans_and_comes_back_bare(case: tuple[str, str, list[tuple[str, str]]]):
    body, plain, spans = case
    found = made(body)
    assert found.text == plain
    role = {"s": "speaker", "k": "cue", "c": "content"}
    wanted = Counter((int(n), role[tag[0]], words) for tag, words in spans for n in tag[1:].split(","))
    told = Counter((a.number, r, found.text[s:e]) for a in found.attributions for r in role.values() for s, e in getattr(a, r))
    assert {key for key in told if key[0] in (1, 2, 17)} == set(told)
    assert told == wanted
    again = item(bare([found]).splitlines())
    assert (again.text, again.id, again.published, again.tag) == (plain, found.id, found.published, found.tag)
    assert again.attributions == again.stances == []


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["== Tiny-1 | 2020-01-01 | words", PLAIN], "the head"),
        ([HEAD], "no body"),
        ([HEAD, STANCE], "no body"),
        ([HEAD, PLAIN, "More."], "one line"),
        ([HEAD, "<s1>Oslo <k1>said</s1></k1> <c1>no</c1>"], "closes what is not open"),
        ([HEAD, "<c1>Oslo"], "never closed"),
        ([HEAD, "<c1> </c1>"], "encloses nothing"),
        ([HEAD, "1 < 2"], "no tag"),
        ([HEAD, "<s1>Oslo</s1> <k1>said</k1> no"], "no content"),
        ([HEAD, PLAIN, ":: Oslo | against | Lima | words"], "is not"),
        ([HEAD, PLAIN, ":: Oslo | oppose | Lima"], "is not"),
        ([HEAD, PLAIN, ":: Oslo | oppose | Quito | words"], "do not stand"),
        ([HEAD, PLAIN, ":: Oslo | oppose | Lim | words"], "do not stand"),
        ([HEAD, PLAIN, ":: Oslo | oppose | Lima#2 | words"], "do not stand"),
        ([HEAD, PLAIN, ":: Oslo | oppose | Lima#0 | words"], "do not stand"),
    ],
)
def test_a_malformed_item_is_refused_with_the_reason(lines: list[str], fault: str):
    with pytest.raises(MarkupError, match=fault):
        item(lines)


def test_the_second_of_the_same_words_can_be_meant():
    found = made("Lima and Oslo and Lima.", ":: Oslo | support | Lima #2 | deed")
    assert found.stances[0].target == (18, 22)


@pytest.mark.parametrize(("number", "held_back"), [("001", False), ("004", True), ("010", False), ("1200", True)])
def test_every_fourth_item_is_held_back(number: str, held_back: bool):
    assert item([HEAD.replace("001", number), PLAIN]).held_back is held_back


# Agreement


def scores(first: list[str], second: list[str]) -> dict[str, float]:
    return agreement(*({"tiny-001": made(*lines)} for lines in (first, second)))


def test_the_same_annotation_agrees_wholly_and_edges_do_not_count():
    other = "<s1>Oslo</s1> <k1>rejected</k1> <c1>the plan of Lima.</c1>"
    assert set(scores([PLAIN, STANCE], [other, STANCE]).values()) == {1, 0, 100.0}
    assert not differs(made(PLAIN, STANCE), made(other, STANCE, ":: Lima | neutral | Oslo | words"))
    assert trimmed("“No,”", (0, 5)) == (1, 3)


def test_what_differs_is_counted_by_role():
    other = "<s1>Oslo</s1> <k1>rejected the plan of</k1> <c1>Lima</c1>."
    told = scores([PLAIN, STANCE], [other, STANCE.replace("oppose", "support"), ":: Lima | neutral | Oslo | words"])
    assert (told["source"], told["cue"], told["content"], told["attributions"]) == (100.0, 0.0, 0.0, 0.0)
    assert (told["positions"], told["positions, stance taken"]) == (0.0, 0.0)
    half = scores([PLAIN], [PLAIN.replace("the plan of Lima</c1>", "the <s2>plan</s2> <k2>of</k2> <c2>Lima</c2></c1>")])
    assert half["content"] == pytest.approx(66.7)
    assert half["attributions"] == pytest.approx(66.7)
    assert half["nested"] == 100.0


def test_other_texts_are_not_compared():
    with pytest.raises(ValueError, match="different texts"):
        scores([PLAIN], [PLAIN.replace("Lima", "Quito")])


# Settling


@pytest.fixture
def passes(tmp_path: Path) -> tuple[Path, Path]:
    """Two passes: agreed on the first item, of two minds about the others; the second pass lacks the last."""
    heads = [HEAD.replace("001", f"00{n}") for n in range(1, 6)]
    bodies = [PLAIN, *["<s1>Oslo</s1> <k1>rejected the</k1> <c1>plan of Lima</c1>."] * 3]
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("\n\n".join(f"{head}\n{PLAIN}" for head in heads), encoding="utf-8")
    second.write_text("\n\n".join(f"{head}\n{body}" for head, body in zip(heads, bodies, strict=False)), encoding="utf-8")
    return first, second


def test_differences_show_both_versions(passes: tuple[Path, Path]):
    shown = differences(*passes)
    assert [line for line in shown.splitlines() if line.startswith("== ")] == [HEAD.replace("001", f"00{n}") for n in (2, 3, 4)]
    assert shown.count("FIRST") == shown.count("SECOND") == 3


def test_settling_takes_what_was_chosen_and_forgets_none(passes: tuple[Path, Path], tmp_path: Path):
    third = f"{HEAD.replace('001', '004')}\nOslo slept."
    out = tmp_path / "settled.txt"
    out.write_text(settled(*passes, f"tiny-002 1\ntiny-003 2\n\n{third}\n"), encoding="utf-8")
    found = list(read(out))
    assert [i.id for i in found] == [f"tiny-00{n}" for n in range(1, 6)]
    assert [[cue for _, cues, _ in texts(i) for cue in cues] for i in found] == [["rejected"], ["rejected"], ["rejected the"], [], ["rejected"]]
    with pytest.raises(SystemExit, match="tiny-004"):
        settled(*passes, "tiny-002 1\ntiny-003 2\n")


# The files


def test_the_three_versions_have_the_same_items_and_texts(settled_items: list[Item]):
    versions = [settled_items, corpus(FOLDER / "first"), corpus(FOLDER / "second")]
    heads = [{i.id: (i.published, i.tag, i.text) for i in items} for items in versions]
    assert heads[0] == heads[1] == heads[2]
    assert len(heads[0]) == len(settled_items)


def test_the_guide_prints_the_figures_that_the_command_prints(settled_items: list[Item]):
    guide = (FOLDER / "GUIDE.md").read_text(encoding="utf-8")
    assert table(FOLDER) in guide
    first, second = ({i.id: i for i in corpus(FOLDER / kind)} for kind in ("first", "second"))
    agreed = 0
    kept: Counter[tuple[bool, bool]] = Counter()
    for i in settled_items:
        if differs(first[i.id], second[i.id]):
            kept[not differs(i, first[i.id]), not differs(i, second[i.id])] += 1
        else:
            agreed += 1
    told = re.search(r"of ([\d,]+) items the passes agreed on (\d+); of the others (\d+) were .*?, (\d+) as the first, (\d+) as neither", guide)
    figures = [len(settled_items), agreed, kept[False, True], kept[True, False], kept[False, False]]
    assert told is not None
    assert [int(n.replace(",", "")) for n in told.groups()] == figures
    assert sum(figures[1:]) == figures[0]


def test_settled_spans_keep_to_the_guide(settled_items: list[Item]):
    """What a pattern can check: no comma at a source's edge, no agent's "by" and no "that" in a cue, "as" next to a cue in it."""
    wrong = []
    for i in settled_items:
        for a in i.attributions:
            wrong += [f"{i.id}: source {i.text[s:e]!r}" for s, e in a.speaker if i.text[e - 1] in ",;"]
            wrong += [
                f"{i.id}: cue {i.text[s:e]!r}"
                for s, e in a.cue
                if re.search(r"(told|asked|quoted|said|accused|denounced) by$|\b(that|whether)$", i.text[s:e], re.I)
            ]
            starts = {s for s, _ in a.content}
            wrong += [f"{i.id}: as after {i.text[s:e]!r}" for s, e in a.cue if re.match(r" as (?!much\b)", i.text[e:]) and e + 1 in starts]
    assert wrong == []


def test_no_full_name_of_a_known_person(settled_items: list[Item]):
    """Quoted words in the corpus are invented; they must not be put into the mouth of anybody in the knowledge base."""
    head, rows = knowledge_base().table("persons")
    names = {name for row in rows for column in ("name", "names") for name in row[head.index(column)].split("|")}
    known = {folded(name) for name in names if len(name.split()) > 1}
    assert "kofi annan" in known
    longest = max(len(name.split()) for name in known)
    found = set()
    for i in settled_items:
        words = [folded(w) for w in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", re.sub(r"[’']s\b", "", i.text))]
        found |= {name for k in range(len(words)) for n in range(2, longest + 1) if (name := " ".join(words[k : k + n])) in known}
    assert found <= DEAD


def folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


@pytest.mark.shared
def test_nothing_is_copied_from_the_development_sets(settled_items: list[Item]):
    """No nine words in a row of the bare texts stand in any text of ../shared, the annotated reports included."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared here")
    ours = {gram: i.id for i in settled_items for gram in grams(i.text)}
    copied, seen = {}, 0
    for text in shared_texts():
        seen += 1
        copied.update({ours[gram]: " ".join(gram) for gram in grams(text) if gram in ours})
    assert seen > 1000
    assert copied == {}


def shared_texts() -> Iterator[str]:
    for path in sorted(SHARED.rglob("*.jsonl")):
        if path.parent.name in ("attribution", "duplicates", "events", "places", "stance", "stories", "time"):
            for line in path.read_text(encoding="utf-8").strip().split("\n"):
                row = json.loads(line)
                yield from (row[key] for key in ("title", "text", "sentence") if isinstance(row.get(key), str))
    for path in sorted((SHARED / "gold").rglob("*.txt")):
        yield path.read_text(encoding="utf-8")


def grams(text: str, size: int = 9) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return zip(*(words[i:] for i in range(size)), strict=False)
