"""``onrecord kb …``: look into the knowledge base, and keep tables of one's own. Each command shows what one function of ``knowledge`` gives."""

from __future__ import annotations

import dataclasses
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import typer
from rich.text import Text

from onrecord.cli.exits import Exit
from onrecord.cli.filters import FormatFlag, OutputFlag
from onrecord.cli.output import Format, chosen, json_line, write
from onrecord.cli.read import Knowledge
from onrecord.cli.tables import console, printable
from onrecord.errors import KnowledgeError, OverlayError, QueryError, TableProblem
from onrecord.knowledge import KnowledgeBase, knowledge_base
from onrecord.knowledge.changes import changes
from onrecord.knowledge.edit import add as add_row
from onrecord.knowledge.overlay import read as read_overlay
from onrecord.knowledge.profile import only, profile
from onrecord.knowledge.profile import search as find_actors
from onrecord.knowledge.refresh import LOG, Asked, What
from onrecord.knowledge.refresh import refresh as run_refresh
from onrecord.knowledge.sparql import Service
from onrecord.knowledge.tables import day
from onrecord.knowledge.wikidata import ENDPOINT
from onrecord.model import ActorKind

kb = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What is known of actors, and tables of your own.")
PACKAGED = "packaged"


def _date(value: str | None) -> str | None:
    """Refuse what is no date while the command line is read."""
    try:
        day(value or "")
    except KnowledgeError as error:
        raise typer.BadParameter(f"{value!r} is no date; write it as YYYY-MM-DD") from error
    return value


On = Annotated[str | None, typer.Option("--on", metavar="DATE", callback=_date, help="As it was on this day: YYYY-MM-DD.")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of knowledge tables of your own.", show_default=False)]


@kb.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, or part of one.", show_default=False)],
    *,
    on: On = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only actors of a kind: state, person, body, organisation, group, outlet, people.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    knowledge: Knowledge = [],  # noqa: B006 - typer wants a list, and nobody changes it
    format_: FormatFlag = None,
    output: OutputFlag = None,
) -> None:
    """Actors by name or part of one, with the offices they held. With --on, the offices of that day, and only those who held one."""
    known = ("state", "person", "body", "organisation", "group", "outlet", "people")
    if kind is not None and kind not in known:
        raise QueryError(f"{kind!r} is no kind of actor", hint=f"kinds are {', '.join(known)}")
    wanted: ActorKind | None = kind  # type: ignore[assignment]
    found = find_actors(knowledge_base(knowledge), text, wanted, day(on or ""))
    header = ("id", "name", "kind", "country", "role", "found_as", "how")
    shown = (dict(zip(header, (a.id, a.name, a.kind, a.country, f.role, f.name, f.how), strict=True)) for f in found[:limit] for a in [f.actor])
    write(shown, format_, output, columns=header, header=header)
    if len(found) > limit:
        print(f"{len(found) - limit} more; say --limit {len(found)}", file=sys.stderr)


@kb.command()
def show(
    who: Annotated[
        str, typer.Argument(metavar="ID|NAME", help="An actor's id, a name that is only one actor's, or a state's ISO code.", show_default=False)
    ],
    *,
    on: On = None,
    knowledge: Knowledge = [],  # noqa: B006 - as above
    format_: FormatFlag = None,
) -> None:
    """All that is known of one actor. Names, offices, memberships, situations, with their dates, their sources, and the licences of these."""
    wanted = chosen(format_, None)
    if wanted not in (Format.table, Format.json):
        raise QueryError(f"kb show does not write {wanted}", hint="use --format json or table")
    base = knowledge_base(knowledge)
    found = profile(base, only(base, who), day(on or ""))
    if wanted is Format.json:
        print(json_line(found))
    else:
        console().print(_page(found))


@kb.command()
def add(
    folder: Folder,
    table: Annotated[str, typer.Argument(metavar="TABLE", help="persons, offices, memberships, organisations, …", show_default=False)],
    cells: Annotated[list[str], typer.Argument(metavar="COLUMN=VALUE...", help='Cells of the row: name="Jane Roe" country=NOR.', show_default=False)],
    knowledge: Knowledge = [],  # noqa: B006 - as above
) -> None:
    """Add a row to a table of your own. It is checked with all the rest and written only if it fits.

    Actors may be given by name. The title, start and end of an office may be given with a person.
    """
    pairs = [cell.partition("=") for cell in cells]
    for name, sign, _ in pairs:
        if not sign:
            raise QueryError(f"{name!r} has no =", hint='write a cell as COLUMN=VALUE, and quote it where it has blanks: name="Jane Roe"')
    for written, row in add_row(folder, table, {name: value for name, _, value in pairs}, _below(knowledge, folder)):
        print(f"{folder / f'{written}.tsv'}, line {row.line}: " + printable(", ".join(f"{c} {cell}" for c, cell in row.cells.items())))


@kb.command()
def validate(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Folders of knowledge tables of your own, in the order they are laid.", show_default=False)
    ],
    format_: FormatFlag = None,
) -> None:
    """Check tables of your own. Every problem is named with file, line and column; exit status 5 if there is any."""
    laid = [read_overlay(folder) for folder in folders]
    problems: tuple[TableProblem, ...] = ()
    try:
        KnowledgeBase(laid)
    except OverlayError as error:
        problems = error.problems
    rows = ({**dataclasses.asdict(p), "file": str(Path(p.file))} for p in problems)
    if problems or chosen(format_, None) is not Format.table:
        write(rows, format_, None, columns=("file", "line", "column", "message", "hint"))
    counted = sum(len(rows) for o in laid for rows in o.tables.values())
    print(f"{counted} rows in {sum(len(o.tables) for o in laid)} tables, {len(problems) or 'no'} problems", file=sys.stderr)
    raise typer.Exit(Exit.broken if problems else Exit.ok)


@kb.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A folder of tables, or the word packaged.", show_default=False)],
    after: Annotated[str, typer.Argument(metavar="B", help="A folder of tables, or the word packaged.", show_default=False)],
    format_: FormatFlag = None,
    output: OutputFlag = None,
) -> None:
    """What B knows otherwise than A. Facts added, changed and removed, in words."""
    one, other = (knowledge_base([] if name == PACKAGED else [name]) for name in (before, after))
    header = ("change", "table", "what", "details")
    write((dataclasses.asdict(c) for c in changes(one, other)), format_, output, columns=header, header=header)


@kb.command()
def refresh(
    overlay: Annotated[Path, typer.Option(metavar="DIR", help="The folder of tables to write into; made if there is none.", show_default=False)],
    *,
    what: Annotated[str, typer.Option(metavar="WHAT", help="officials (positions held) or memberships (of states in organisations).")] = "officials",
    country: Annotated[list[str], typer.Option(metavar="ISO3", help="Only of this state; may be repeated. Without it, of all.")] = [],  # noqa: B006
    since: Annotated[str | None, typer.Option(metavar="DATE", callback=_date, help="Without what ended before this day: YYYY-MM-DD.")] = None,
    endpoint: Annotated[str, typer.Option(metavar="URL", help="The SPARQL service to ask.")] = ENDPOINT,
    contact: Annotated[str, typer.Option(metavar="TEXT", help="Whom the service may write to: services ask for it, and it is sent to them.")] = "",
    knowledge: Knowledge = [],  # noqa: B006 - as above
    format_: FormatFlag = None,
    output: OutputFlag = None,
) -> None:
    """Ask Wikidata what is new, and write it into tables of your own. Shows what they change; the packaged tables stay as they are.

    What makes no sense is left out and listed in refresh.log in the folder. Broken off, the same command goes on where it stopped.
    """
    if what not in get_args(What):
        raise QueryError(f"{what!r} cannot be refreshed", hint=f"say --what {' or --what '.join(get_args(What))}")
    below = _below(knowledge, overlay)
    before = knowledge_base([*below, *([overlay] if overlay.is_dir() else [])])
    codes = tuple(dict.fromkeys(code.upper() for code in country))
    for code in codes:
        before.state(code)
    who = " ".join(contact.split()).encode("ascii", "replace").decode()  # it goes into a header
    agent = f"onrecord/{version('onrecord')} (knowledge refresh{f'; {who}' if who else ''})"
    asked = Asked(cast(What, what), codes, since or "", endpoint)
    outcome = run_refresh(overlay, asked, Service(endpoint, agent), below, progress=lambda line: print(line, file=sys.stderr))
    header = ("change", "table", "what", "details")
    after = knowledge_base([*below, overlay])
    write((dataclasses.asdict(c) for c in changes(before, after)), format_, output, columns=header, header=header)
    resumed = f" ({outcome.resumed} from an earlier run)" if outcome.resumed else ""
    written = ", ".join(f"{n} {table}" for table, n in outcome.rows.items()) or "nothing"
    refused = f"; {len(outcome.refused)} refused, see {overlay / LOG}" if outcome.refused else ""
    print(f"{outcome.pages + outcome.resumed} pages{resumed}, {outcome.facts} facts; written: {written}{refused}", file=sys.stderr)


def _below(knowledge: list[Path], folder: Path) -> list[Path]:
    """The overlays that a folder is laid on: those named before it."""
    places = [p.resolve() for p in knowledge]
    return knowledge[: places.index(folder.resolve())] if folder.resolve() in places else knowledge


def _page(found: dict[str, Any]) -> Text:
    """An actor for people to read."""
    life = (f"{word} {found[word]}" if found[word] else None for word in ("founded", "dissolved"))
    about = " · ".join(filter(None, (found["id"], found["kind"], found["country"], " ".join(found["sectors"]), *life)))
    lines: list[str | tuple[str, str]] = [(found["name"], "bold"), f"\n{about}", (f"   [{found['source']}, {found['as_of']}]\n", "dim")]
    for kind in dict.fromkeys(n["kind"] for n in found["names"]):
        lines += [(f"{kind}: ", "dim"), ", ".join(n["name"] for n in found["names"] if n["kind"] == kind) + "\n"]
    for part, heading in (
        ("offices", "Offices"),
        ("held_in_it", "Offices in it"),
        ("memberships", "Member of"),
        ("members", "Members"),
        ("situations", "Situations"),
    ):
        if found[part]:
            lines += [(f"\n{heading}\n", "bold"), *(piece for fact in found[part] for piece in _fact(part, fact))]
    lines += [("\nSources\n", "bold"), *(f"  {s['code']}: {s['what']} ({s['licence'] or 'no licence stated'})\n" for s in found["sources"])]
    return Text.assemble(*((printable(line), "") if isinstance(line, str) else (printable(line[0]), line[1]) for line in lines))


def _sides(fact: dict[str, Any]) -> str:
    """Who takes part in a situation."""
    one, other = ", ".join(fact["first_names"]), ", ".join(fact["second_names"])
    return f"{one} / {other}" if other else one


def _fact(part: str, fact: dict[str, Any]) -> list[str | tuple[str, str]]:
    """A dated fact as one line: when, what, and where from."""
    what = {
        "offices": lambda: ", ".join(filter(None, (fact["title"], fact.get("country"), fact.get("body_name") or fact.get("body")))),
        "held_in_it": lambda: f"{fact.get('person_name')}, {fact['title']}",
        "memberships": lambda: f"{fact.get('organisation_name')}, {fact['status']}",
        "members": lambda: f"{fact.get('member_name')}, {fact['status']}",
        "situations": lambda: f"{fact['name']} ({fact['kind']}): {_sides(fact)}",
    }[part]()
    when = f"{fact['start'] or '?'} to {fact['end']}" if fact["end"] else f"from {fact['start']}" if fact["start"] else ""
    unsure = " perhaps" if fact["standing"] == "unknown" else ""
    return [f"  {when:<24} {what}{unsure}", (f"   [{fact['source']}, {fact['as_of']}]\n", "dim")]
