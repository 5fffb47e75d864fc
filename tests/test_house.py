"""The house rules that no linter checks: sizes, names, docstrings, locks, and that a clone has all it needs."""

from __future__ import annotations

import ast
import os
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
NEEDED = (
    "Makefile", ".ci/run", "LICENSE", "LICENSE-DATA", "README.md", "CHANGELOG.md", "pyproject.toml", "requirements.lock", "requirements-dev.lock",
    "requirements-train.txt", "models/pyproject.toml", "models/README.md",
    "examples/demo.sh", "examples/README.md", "docs/tutorial.md", "docs/codebook.md", "docs/reference.md", "docs/inputs.md",
)  # fmt: skip
FORBIDDEN = re.compile(
    "|".join((r"pypi\.", r"python" + r"hosted", r"npm" + r"js", r"deb" + r"ian\.org", r"(?<![\w.])/wo" + r"rk/", r"/ro" + r"ot/", r"/ho" + r"me/\w"))
)


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path, tree in TREES.items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return done.stdout.splitlines()


def test_modules_are_short():
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {str(p): n for p, n in sizes.items() if n > 400} == {}
    assert statistics.median(sizes.values()) <= 150


def test_functions_are_short():
    long = [f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {lines(node)} lines" for path, node in functions() if lines(node) > 60]
    assert long == []
    assert statistics.median(lines(node) for _, node in functions()) <= 10


def test_every_module_says_what_it_does():
    assert [str(path) for path, tree in TREES.items() if not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("name", ["utils", "util", "helpers", "helper", "manager", "handler", "handlers", "misc", "common"])
def test_no_module_has_a_name_that_says_nothing(name: str):
    assert [str(path) for path in MODULES if name in (path.stem, path.parent.name)] == []


def test_only_the_command_line_prints():
    calls = [
        f"{path}:{node.lineno}"
        for path, tree in TREES.items()
        if "cli" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert calls == []


def test_everything_is_annotated():
    bare = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in functions()
        if node.returns is None
        or any(a.annotation is None for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs) if a.arg not in ("self", "cls"))
    ]
    assert bare == []


def test_no_tracked_file_names_an_index_or_somebodys_disk():
    found = []
    for name in git("ls-files"):
        path = ROOT / name
        if path.is_file() and path.suffix not in (".parquet", ".gz", ".zst", ".bin"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}: {match.group()}" for match in FORBIDDEN.finditer(text)][:3]
    assert found == []


def test_a_clone_has_what_is_needed():
    tracked = set(git("ls-files"))
    assert [name for name in NEEDED if name not in tracked] == []


def test_no_file_of_the_package_is_ignored_by_git():
    hidden = git("ls-files", "--others", "--ignored", "--exclude-standard", "src", "tests", "docs", "examples")
    assert [name for name in hidden if "__pycache__" not in name and ".egg-info/" not in name] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_are_whole(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text).strip())
    assert [e.splitlines()[0] for e in entries if "==" not in e or "--hash=sha256:" not in e] == []
    assert "://" not in text
    assert "--index" not in text
    names = {re.match(r"[\w.-]+", e).group().lower().replace("_", "-") for e in entries}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(project["optional-dependencies"]["dev"] if "dev" in lock else ()), "setuptools"]
    assert [w for w in wanted if re.match(r"[\w.-]+", w).group().lower() not in names] == []


def test_both_locks_agree():
    pins = [
        dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8")))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]
    assert {name: pin for name, pin in pins[0].items() if pins[1].get(name) != pin} == {}


def test_dependencies_are_used():
    """What is declared is imported somewhere; a dependency that nobody imports is dead weight."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    names = [re.match(r"[\w.-]+", d).group().replace("-", "_") for d in project["dependencies"]]
    assert [n for n in names if not re.search(rf"(import|from) {n}\b|\"{n}\"", code)] == []


def test_one_command_runs_every_check():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    planned = subprocess.run(["make", "-n", "test"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [tool for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest") if tool not in planned] == []
    assert "pytest" in planned.splitlines()[-1]


@pytest.mark.shared
def test_no_sentence_of_the_annotated_reports_is_copied():
    """The annotated reports are not ours to publish: no nine words in a row of theirs stand in a tracked file. Facts may, sentences may not."""
    folder = ROOT.parent / "shared" / "gold"
    if not folder.is_dir():
        pytest.skip("no ../shared here")
    theirs = {gram for path in folder.rglob("*.txt") for gram in grams(path.read_text(encoding="utf-8"))}
    assert theirs
    found = {}
    for name in git("ls-files"):
        path = ROOT / name
        if path.suffix in (".py", ".toml", ".md", ".txt", ".html", ".jsonl", ".json", ".tsv", ".csv") and path.is_file():
            bare = re.sub(r"</?[skc]\d+(?:,\d+)*>", "", path.read_text(encoding="utf-8", errors="replace"))  # the corpus is marked up
            copied = theirs.intersection(grams(bare))
            if copied:
                found[name] = sorted(copied)[:3]
    assert found == {}


def grams(text: str, size: int = 9) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    yield from zip(*(words[i:] for i in range(size)), strict=False)
