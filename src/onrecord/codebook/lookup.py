"""``explain``: what any code means. Each registry gives entries; a new codebook is one more line in ``REGISTRIES``."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from onrecord.codebook import cameo, contract, issues, plover, recoding, relations
from onrecord.codebook.entry import Entry
from onrecord.errors import CodebookError

REGISTRIES: tuple[Callable[[], Iterable[Entry]], ...] = (
    plover.entries, relations.entries, issues.entries, contract.entries, recoding.entries, cameo.entries,
)  # fmt: skip


KINDS = ("type", "mode", "context", "sector", "quad", "cameo", "relation", "issue", "stance", "status", "form", "reason", "actor", "recoding")
"""The kinds of codes."""


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
def _entries() -> Mapping[str, tuple[Entry, ...]]:
    """Every entry by its code; several where two codebooks share one ("terrorism" is a context and an issue)."""
    found: dict[str, list[Entry]] = {}
    for registry in REGISTRIES:
        for entry in registry():
            found.setdefault(entry.code, []).append(entry)
    return {code: tuple(entries) for code, entries in found.items()}


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
    """What ``code`` means: a PLOVER type, mode, context, sector or quad, a CAMEO code, a relation type, an issue, or a stance, status and the like.

    Capitals do not matter, and a mode may stand without its type where that is clear. Raises CodebookError, with near codes as a hint, otherwise.
    Of several meanings it gives the first; ``meanings`` has all.
    """
    return meanings(code)[0]


def meanings(code: str) -> tuple[Explanation, ...]:
    """All that ``code`` means, at least one: first what is spelled so, then what differs in capitals. Raises CodebookError as ``explain`` does."""
    wanted = code.strip()
    codes = _aliases().get(wanted.lower(), ())
    spelled = sorted((c for c in codes if c.lower() == wanted.lower()), key=lambda c: c != wanted)
    if not codes:
        raise CodebookError(f"no codebook knows {code!r}", hint=_near(wanted))
    if not spelled and len(codes) > 1:
        raise CodebookError(f"{code!r} means several things", hint=f"say which: {', '.join(codes)}")
    found = [entry for c in spelled or codes for entry in _entries()[c]]
    return tuple(Explanation(e.code, e.kind, e.label, e.definition, e.example, e.source, _related(e)) for e in found)


def kind_of(name: str) -> str | None:
    """The kind of codes that ``name`` says, one or many of them ("type", "Types", "statuses"); None where it is no kind."""
    folded = name.strip().casefold()
    return next((kind for kind in KINDS if folded in (kind, f"{kind}s", f"{kind}es")), None)


def codes_of(kind: str) -> tuple[Explanation, ...]:
    """Every code of one ``kind`` with what it means there."""
    return tuple(e for code in known_codes(kind) for e in meanings(code) if (e.code, e.kind) == (code, kind))


def known_codes(kind: str | None = None) -> tuple[str, ...]:
    """Every code that can be explained, or those of one of the ``KINDS``."""
    return tuple(code for code, entries in _entries().items() if kind is None or any(e.kind == kind for e in entries))


def _related(entry: Entry) -> tuple[str, ...]:
    if entry.kind == "type":
        return tuple(c for c in known_codes("mode") if c.startswith(f"{entry.code}/"))
    if entry.kind == "mode":
        return (entry.code.partition("/")[0],)
    if entry.kind == "cameo":
        mapped = cameo.cameo_code(entry.code)
        there = (f"{mapped.plover}/{mapped.mode}" if mapped.mode else mapped.plover,) if mapped.plover else ()
        return there + tuple(c for c in known_codes("cameo") if c != entry.code and c.startswith(entry.code) and len(c) == len(entry.code) + 1)
    if entry.kind == "recoding":
        result = recoding.recoding(entry.code).result
        return (result,) if result else ()
    if entry.kind == "quad":
        return tuple(t.code for t in plover.types().values() if str(t.quad) == entry.code)
    return ()


def _near(wanted: str) -> str:
    names = difflib.get_close_matches(wanted.lower(), _aliases(), n=4, cutoff=0.6)
    close = list(dict.fromkeys(code for name in names for code in _aliases()[name]))
    return (
        f"did you mean {', '.join(close)}?"
        if close
        else "known kinds are PLOVER types, modes, contexts and sectors, CAMEO codes, relation types, issues, stances, statuses and forms"
    )
