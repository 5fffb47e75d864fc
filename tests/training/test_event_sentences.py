"""The invented sentences of events: every item follows the guide, and the guide's table counts what is there."""

from __future__ import annotations

import re

from training.events.count import lines, rows
from training.events.markup import FOLDER, item, sentences

GUIDE = (FOLDER / "GUIDE.md").read_text(encoding="utf-8")
SOURCE = """== tiny-001 | event
[1:Oslo] {a:met} [2:Lima] and {b:condemned} [3:Rome], which {c:would strike}.
a 1+2 CONSULT
b 1>3 ACCUSE/disapprove
c 3>1 ASSAULT hypothetical"""


def test_the_guide_counts_what_is_there():
    told = re.search(r"<!-- count -->\n(.*)\n<!-- /count -->", GUIDE, re.DOTALL)
    assert told
    assert told[1] == "\n".join(lines(sentences())), "put the output of `python -m training.events.count` between the marks"


def test_rows_count_only_what_is_actual_or_future():
    assert list(rows([item(SOURCE)])) == [("CONSULT", 1, "- 1"), ("ACCUSE", 1, "disapprove 1")]
