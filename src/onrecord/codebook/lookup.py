"""``explain``: what any code means. Each registry gives entries; a new codebook is one more line in ``REGISTRIES``."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from onrecord.codebook import cameo, issues, plover, relations
from onrecord.codebook.entry import Entry
from onrecord.errors import CodebookError

REGISTRIES: tuple[Callable[[], Iterable[Entry]], ...] = (plover.entries, relations.entries, issues.entries, cameo.entries)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means. ``related``: codes next to it (a type's modes, a mode's type, codes of the same kind under it)."""

    code: str
    kind: str
    label: str
    definition: str
    example: str
    source: str
    related: tuple[str, ...] = ()


@functools.cache
def _entries() -> Mapping[str, Entry]:
    """Every entry by its code; the first registry wins where two share one."""
    found: dict[str, Entry] = {}
    for registry in REGISTRIES:
        for entry in registry():
            found.setdefault(entry.code, entry)
    return found


@functools.cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    """Codes by their lower-case name, and modes also without their type ("visit")."""
    found: dict[str, list[str]] = {}
    for code in _entries():
        found.setdefault(code.lower(), []).append(code)
        if "/" in code:
            found.setdefault(code.partition("/")[2], []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def explain(code: str) -> Explanation:
    """What ``code`` means: a PLOVER type, mode, context, sector or quad, a CAMEO code, a relation type or an issue.

    Capitals do not matter, and a mode may stand without its type where that is clear. Raises CodebookError, with near codes as a hint, otherwise.
    """
    wanted = code.strip()
    entry = _entries().get(wanted)
    if entry is None:
        codes = _aliases().get(wanted.lower(), ())
        if len(codes) > 1:
            raise CodebookError(f"{code!r} means several things", hint=f"say which: {', '.join(codes)}")
        if not codes:
            raise CodebookError(f"no codebook knows {code!r}", hint=_near(wanted))
        entry = _entries()[codes[0]]
    return Explanation(entry.code, entry.kind, entry.label, entry.definition, entry.example, entry.source, _related(entry))


def known_codes(kind: str | None = None) -> tuple[str, ...]:
    """Every code that can be explained, or those of one ``kind`` ("type", "mode", "context", "sector", "quad", "cameo", "relation", "issue")."""
    return tuple(code for code, entry in _entries().items() if kind in (None, entry.kind))


def _related(entry: Entry) -> tuple[str, ...]:
    if entry.kind == "type":
        return tuple(c for c in known_codes("mode") if c.startswith(f"{entry.code}/"))
    if entry.kind == "mode":
        return (entry.code.partition("/")[0],)
    if entry.kind == "cameo":
        mapped = cameo.cameo_code(entry.code)
        there = (f"{mapped.plover}/{mapped.mode}" if mapped.mode else mapped.plover,) if mapped.plover else ()
        return there + tuple(c for c in known_codes("cameo") if c != entry.code and c.startswith(entry.code) and len(c) == len(entry.code) + 1)
    if entry.kind == "quad":
        return tuple(t.code for t in plover.types().values() if str(t.quad) == entry.code)
    return ()


def _near(wanted: str) -> str:
    names = difflib.get_close_matches(wanted.lower(), _aliases(), n=4, cutoff=0.6)
    close = list(dict.fromkeys(code for name in names for code in _aliases()[name]))
    return (
        f"did you mean {', '.join(close)}?"
        if close
        else "known kinds are PLOVER types, modes, contexts and sectors, CAMEO codes, relation types and issues"
    )
