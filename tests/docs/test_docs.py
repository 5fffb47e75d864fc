"""The documentation does not lie: its commands print what it says, its Python runs, its generated pages are fresh, its links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.consoles import PAGES, ROOT, rewritten, workplace

from onrecord.cli.reference import PAGES as GENERATED

ALL = sorted(p.relative_to(ROOT).as_posix() for p in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")))
PYTHON = re.compile(r"(?<=```python\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", ALL)
def test_the_page_tells_the_truth(name: str):
    """Its commands print what it says; its Python, run after them in the same place, answers what it says."""
    page = (ROOT / name).read_text(encoding="utf-8")
    with workplace():
        assert name not in PAGES or rewritten(page) == page, "run `make docs`"
        case = doctest.DocTestParser().get_doctest("\n".join(PYTHON.findall(page)), {}, name, name, 0)
        report: list[str] = []
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(case, out=report.append)
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize("name", GENERATED)
def test_generated_pages_are_fresh(name: str):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == GENERATED[name](), "run `make docs`"


def test_every_problem_code_is_documented():
    used = {
        code
        for path in (ROOT / "src").rglob("*.py")
        for code in re.findall(r'(?:Problem|problem|RefusedError)\(\s*"([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert used
    assert {code for code in used if f"| `{code}` |" not in page} == set()


@pytest.mark.parametrize("name", ALL)
def test_links_lead_somewhere(name: str):
    path = ROOT / name
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


def test_the_demo_fits_two_screens_and_cites_its_words(tmp_path: Path):
    """Without a terminal, as in a log; every row names its publisher."""
    environment = {**os.environ, "BIN": str(Path(sys.executable).parent), "DEMO": str(tmp_path)}
    environment.pop("COLUMNS", None)
    done = subprocess.run(["bash", ROOT / "examples" / "demo.sh"], capture_output=True, text=True, check=True, env=environment, encoding="utf-8")
    assert "6 read" in done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) <= 120
    assert all(len(line) <= 120 for line in lines if not line.startswith(("$ ", "Next: ")))
    for heading in ("Who stands where", "Who said what", "Who did what to whom", "Who answers whom"):
        assert any(line.startswith(heading) for line in lines)
    assert done.stdout.count("(sample)") >= 15
    assert "\x1b" not in done.stdout
