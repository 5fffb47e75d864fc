"""Writes docs/reference.md and docs/codebook.md from the code: ``python -m onrecord.cli.reference docs``. A test fails when they are stale.

Nothing is written down here that the code says elsewhere: commands come from the command line, columns from the catalogue of queries, codes from the
codebooks, problems from ingest.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import typer.main

import onrecord
from onrecord.cli.exits import MEANING
from onrecord.cli.filters import flag
from onrecord.cli.main import cli
from onrecord.codebook import Explanation, codes_of
from onrecord.coded import CompareRow
from onrecord.export import find as find_exporter
from onrecord.export import known
from onrecord.export.contract import GROUP
from onrecord.ingest import KINDS, NOTES
from onrecord.query import HELP, QUERIES, Filter
from onrecord.reading.component import find
from onrecord.reading.reader import DEFAULT_PIPELINE

MADE = "<!-- Made from the code by `make docs`; change the code, not this page. -->"
CODE_KINDS = {
    "type": "Event types (PLOVER 2.0)",
    "mode": "Modes",
    "context": "Contexts",
    "quad": "Quads",
    "sector": "Sectors of actors",
    "relation": "Relation types",
    "issue": "Issues",
    "stance": "Stances",
    "status": "Statuses of events and relations",
    "form": "Forms of statements",
    "reason": "Reasons why a mention has no actor",
    "actor": "Kinds of actors",
    "recoding": "Re-coding rules",
    "cameo": "CAMEO",
}

LATER_PROBLEMS = (
    ("`paragraph-too-long`", "a paragraph is too long to be parsed whole and was read in pieces", "split it into paragraphs"),
    (
        "`duplicate-record-id`",
        "two records of a report had one id, and one of them was left out",
        "report it with the text; everything else was kept",
    ),
    (
        "`broken-record`",
        "a component made a record that breaks the contract; its report is left out",
        "report it with the text; the other reports are read",
    ),
    (
        "`linking-failed`",
        "a linker failed on a report, which is left without links",
        "report it with the text; the report itself is read",
    ),
    (
        "`models-absent`",
        "trained weights are not installed, and their part of the reading is left to the rules",
        "install or upgrade onrecord-models, or say --rules-only",
    ),
    ("`reading-failed`", "a component failed on this report", "report it with the text; the other reports are read"),
    ("`bad-reading`", "a line is no reading as `onrecord read --format json` prints it", "check the file; the other lines are read"),
    (
        "`coded-file`",
        "a file of another data set is broken, larger than allowed, or none that is known",
        "get it again; the rows before that are read",
    ),
    ("`coded-row`", "a row of another data set has the wrong number of cells or no id, and is passed over", "check the row; the others are read"),
    ("`coded-value`", "a value of another data set is not understood and left out", "check the row; its other values are read"),
)
"""Problems met after taking in."""


def codebook_page() -> str:
    """Every code with its label, definition and example, kind by kind."""
    parts = ["# Codebook", MADE, "`onrecord explain CODE` says the same; `onrecord explain issues` lists a kind."]
    for kind, title in CODE_KINDS.items():
        entries = list(codes_of(kind))
        sources = dict.fromkeys(e.source for e in entries if e.source)
        parts += [f"## {title}", *(f"Source: {s}." for s in sources), _table(_code_columns(entries), (_code_row(e, entries) for e in entries))]
    return _page(parts)


def _code_columns(entries: list[Explanation]) -> tuple[str, ...]:
    return ("code", "label", "definition", *(("example",) if any(e.example for e in entries) else ()))


def _code_row(e: Explanation, entries: list[Explanation]) -> tuple[str, ...]:
    return tuple(f"`{e.code}`" if name == "code" else getattr(e, name) for name in _code_columns(entries))


def reference_page() -> str:
    """Commands, columns, Python names, components, problems, exit status."""
    parts = [
        "# Reference",
        MADE,
        "## Commands",
        *_commands(),
        "## Questions to a store",
        *_questions(),
        "## Columns",
        *_columns(),
        "## Exports",
        *_exports(),
        "## Python",
        *_python(),
    ]
    parts += [
        "## Components",
        "The built-in pipeline, in order. Your own are found through the entry-point group `onrecord.components`. Where trained weights are not"
        " installed, the component that runs on them is left out.",
        _components(),
    ]
    problems = ((f"`{code}`", k.meaning + (" (the report is read all the same)" if code in NOTES else ""), k.hint) for code, k in KINDS.items())
    parts += ["## Problems", _table(("code", "meaning", "what to do"), (*problems, *LATER_PROBLEMS))]
    parts += ["## Exit status", _table(("status", "meaning"), ((str(c.value), m) for c, m in MEANING.items()))]
    return _page(parts)


def _commands() -> Iterator[str]:
    """Every command with its arguments and flags, but for those that ask a store, whose flags are shared."""
    for name, command in _all_commands().items():
        if name not in QUERIES:
            yield f"### onrecord {name}"
            yield f"`{_usage(name, command)}`"
            yield str(command.help or "")
            yield _table(("", ""), ((_spelling(p), str(getattr(p, "help", "") or "")) for p in command.params if p.name != "help"))


def _questions() -> Iterator[str]:
    """The commands that ask a store, and the flags they share."""
    commands = {name: command for name, command in _all_commands().items() if name in QUERIES}
    yield _table(("command", "answers"), ((f"`{_usage(name, c)}`", " ".join(str(c.help or "").split())) for name, c in commands.items()))
    yield "Every flag that is given must hold. The same names are the keywords of `onrecord.query.Filter`."
    yield _table(("flag", "meaning", "taken by"), ((f"`{flag(name)}`", HELP[name], _takers(name)) for name in Filter.__dataclass_fields__))
    yield "All take `--format table|csv|json|parquet` and `-o FILE`."


def _takers(field: str) -> str:
    takers = [q.name for q in QUERIES.values() if field in q.fields]
    missing = [q.name for q in QUERIES.values() if field not in q.fields]
    return "all" if not missing else f"all but {', '.join(missing)}" if len(missing) < len(takers) else ", ".join(takers)


def _all_commands() -> dict[str, Any]:
    """Every command by its name; those of a group by the group's and their own."""
    group: Any = typer.main.get_command(cli)
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        found |= {f"{name} {part}": inner for part, inner in command.commands.items()} if hasattr(command, "commands") else {name: command}
    return found


def _usage(name: str, command: Any) -> str:
    arguments = (str(p.metavar or p.name.upper()) for p in command.params if p.param_type_name == "argument")
    return " ".join(("onrecord", name, *arguments))


def _spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`"
    return ", ".join(f"`{o}`" for o in parameter.opts)


def _columns() -> Iterator[str]:
    yield "What CSV and Parquet hold. JSON gives whole records instead, with the `publisher`, `published`, `title` and `url` of their reports."
    yield _table(("command", "columns"), ((f"`{q.name}`", ", ".join(f"`{c}`" for c in q.columns)) for q in QUERIES.values()))


def _exports() -> Iterator[str]:
    said = "What `onrecord export` puts into each column, and why it may be empty; [Exchange](exchange.md) says more."
    yield f"{said} Exporters of your own are found through the entry-point group `{GROUP}`."
    for name in known():
        for part, columns in find_exporter(name).columns.items():
            yield f"### {name}{f', {part}' if part else ''}"
            yield _table(("column", "holds", "empty where"), ((f"`{c.name}`", c.holds or "nothing", c.empty) for c in columns))
    yield "### compare"
    yield f"`onrecord compare` gives {', '.join(f'`{c}`' for c in CompareRow.columns())}. {_prose(CompareRow)}"


def _python() -> Iterator[str]:
    for name in sorted(onrecord.__all__, key=str.casefold):
        value = getattr(onrecord, name)
        yield f"### onrecord.{name}"
        if dataclasses.is_dataclass(value):
            yield _prose(value)
            yield _table(("field", "type"), ((f"`{f.name}`", f"`{f.type}`".replace("|", "\\|")) for f in dataclasses.fields(value)))
        elif inspect.isclass(value):
            yield f"`{name}{_signature(value)}`"
            yield _prose(value)
            yield from (f"- `.{m}{_signature(f)}`: {_prose(f)}" for m, f in inspect.getmembers(value, inspect.isfunction) if not m.startswith("_"))
        else:
            yield f"`onrecord.{name}{_signature(value)}`"
            yield _prose(value)


def _components() -> str:
    parts = (find(name) for name in DEFAULT_PIPELINE)
    rows = ((f"`{c.name}`", ", ".join(c.requires), ", ".join(c.assigns), c.weights or "") for c in parts)
    return _table(("component", "requires", "assigns", "trained weights"), rows)


def _signature(value: Callable[..., Any]) -> str:
    """The signature as written, without the quotes of postponed annotations."""
    text = re.sub(r"<function (\w+) at \w+>", r"\1", str(inspect.signature(value)))
    return text.replace("'", "").replace("self, ", "").replace("(self)", "()")


def _prose(value: Any) -> str:
    return " ".join((inspect.getdoc(value) or "").replace("``", "`").split())


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |"]
    lines.append("|" + "---|" * (lines[0].count("|") - 1))
    lines += ["| " + " | ".join(c.replace("\n", " ") for c in row) + " |" for row in rows]
    return "\n".join(lines)


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(p for p in parts if p) + "\n"


PAGES: dict[str, Callable[[], str]] = {"codebook.md": codebook_page, "reference.md": reference_page}


def main(folder: str) -> None:
    """Write every page into ``folder``."""
    for name, page in PAGES.items():
        Path(folder, name).write_text(page(), encoding="utf-8")
        print(Path(folder, name))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "docs")
