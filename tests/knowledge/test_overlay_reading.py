"""Readers that know different things, side by side in one process and in threads."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord import Reader, app
from onrecord.knowledge import KnowledgeBase, knowledge_base, using
from onrecord.model import Document

TEXT = "OSLO - Norwegian Foreign Minister Solheim said on Tuesday that Ruritania would sign the treaty."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("desk")
    (place / "persons.tsv").write_text("id\tname\tsectors\tcountry\nor:brandt-solheim\tBrandt Solheim\tGOV\tNOR\n")
    (place / "offices.tsv").write_text("person\ttitle\tcountry\tstart\tend\nor:brandt-solheim\tForeign Minister\tNOR\t2026-02\t2026-11\n")
    (place / "states.tsv").write_text("id\tname\tcountry\nor:ruritania\tRuritania\tXRU\n")
    return place


@pytest.fixture(scope="module")
def informed(desk: Path) -> Reader:
    return Reader(knowledge=desk)


def speaker(reader: Reader) -> tuple[str | None, set[str | None]]:
    reading = reader.read(Document(id="d", text=TEXT, published="2026-03-05"))
    who = reading.statements[0].speaker.actor
    return who.id if who else None, {p.actor.country for p in reading.mentions if p.actor and p.mention and p.mention.text == "Ruritania"}


def test_each_reader_reads_with_its_own_knowledge(reader: Reader, informed: Reader) -> None:
    assert speaker(informed) == ("or:brandt-solheim", {"XRU"})
    assert speaker(reader)[0] != "or:brandt-solheim"
    assert "XRU" not in speaker(reader)[1]
    assert speaker(informed) == ("or:brandt-solheim", {"XRU"})
    assert knowledge_base() is reader.knowledge


def test_threads_do_not_mix_them_up(reader: Reader, informed: Reader) -> None:
    expected = [speaker(reader), speaker(informed)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(speaker, [reader, informed] * 6)) == expected * 6


def test_another_knowledge_is_another_run(reader: Reader, informed: Reader, desk: Path, tmp_path: Path) -> None:
    assert informed.run_id != reader.run_id
    assert KnowledgeBase([desk]).digest == informed.knowledge.digest
    assert app.describe_run(informed).config["knowledge"] == [{"folder": desk.name, "digest": informed.knowledge.overlays[0].digest}]
    assert "knowledge" not in app.describe_run(reader).config


def test_inside_using_a_base_applies_and_not_after(informed: Reader) -> None:
    with using(informed.knowledge):
        assert knowledge_base() is informed.knowledge
        assert "XRU" in {a.country for a in knowledge_base().actors("state")}
    assert knowledge_base() is not informed.knowledge


def test_nothing_above_remembers_answers_of_one_knowledge_base_for_another(root: Path) -> None:
    """A cached function gets the base as an argument; one that asks for it inside would answer the next Reader with this one's knowledge."""
    found = []
    for path in (root / "src" / "onrecord").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(d) for d in node.decorator_list):
                calls = {ast.unparse(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}
                found += [f"{path.name}: {node.name}"] if "knowledge_base" in calls else []
    assert found == []
