"""A record as the fields of a form, and a filled-in form as what is to be changed. Knows no page; words are named by their offsets or as they are.

Spans are written "12-17" (code points) or as words that stand once in the report, or once in the record's words. Parties have a span and a name,
"Ana Lund [Q4]"; a new one of nobody's list is written "Ana Lund (person, RUR)". Lists have a field for each item and one more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_type_hints

from onrecord.codebook import plover
from onrecord.codebook.issues import issues
from onrecord.errors import QueryError
from onrecord.model import ActorRef, Document, Event, Participant, Position, Reading, Record, Relation, Span, Statement, Target, to_dict
from onrecord.model.records import KINDS
from onrecord.review.records import REFERENCES

Kind = Literal["span", "party", "choice", "text", "check"]
Name = Callable[[str], ActorRef]
"""Finds whom a name means. Raises QueryError."""
_OFFSETS = re.compile(r"\s*(\d{1,9})\s*[-–]\s*(\d{1,9})\s*")
_OFFERED = 150  # records of a report, those nearest to the one at hand, that it may be said to hang on
_LISTS = ("content", "addressees", "actors", "recipients", "via")
_LAYOUT: Mapping[str, tuple[tuple[str, Kind], ...]] = {
    "statement": (("speaker", "party"), ("cue", "span"), ("content", "span"), ("form", "choice"), ("addressees", "party"), ("nested_in", "choice")),
    "event": (
        ("actors", "party"), ("type", "choice"), ("recipients", "party"), ("status", "choice"), ("trigger", "span"), ("mode", "text"),
        ("contexts", "text"), ("place.name", "text"), ("place.lat", "text"), ("place.lon", "text"),
    ),
    "position": (
        ("holder", "party"), ("stance", "choice"), ("issue", "choice"), ("target.span", "span"), ("target.kind", "choice"),
        ("target.actor", "party"), ("strength", "choice"), ("record_id", "choice"),
    ),
    "relation": (
        ("subject", "party"), ("type", "choice"), ("object", "party"), ("directed", "check"), ("status", "choice"), ("since", "text"),
        ("until", "text"), ("detail", "text"),
    ),
}  # fmt: skip
_COMMON: tuple[tuple[str, Kind], ...] = (
    ("evidence", "span"), ("date.start", "text"), ("date.end", "text"), ("via", "party"), ("statement_id", "choice"),
)  # fmt: skip
_NUMBERS: Mapping[str, type] = {"strength": int, "place.lat": float, "place.lon": float}


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    ``value``: the span, text or choice; ``who``: of a party, whom it names; ``words``: those of the span; ``options``: (value, label).
    """

    name: str
    label: str
    kind: Kind
    value: str = ""
    who: str = ""
    words: str = ""
    options: tuple[tuple[str, str], ...] = ()


def fields_of(kind: str, record: Record | None, reading: Reading) -> list[Field]:
    """The fields of a form for a record of a kind, filled in with ``record`` where there is one. Raises QueryError for a kind that is none."""
    if kind not in KINDS:
        raise QueryError(f"kind: {kind!r} is not known", hint="one of " + ", ".join(KINDS))
    start = record.evidence.start if record else 0
    near = sorted(reading.records, key=lambda r: abs(r.evidence.start - start))[:_OFFERED]
    near.sort(key=lambda r: r.evidence.start)
    found: list[Field] = []
    for name, type_ in (*_LAYOUT[kind], *_COMMON):
        value = _value(record, name)
        if name in _LISTS:
            found += [_field(f"{name}.{i}", type_, item, kind, near) for i, item in enumerate((*(value or ()), None))]
        else:
            found.append(_field(name, type_, value, kind, near))
    return found


def people(reading: Reading) -> dict[str, ActorRef]:
    """Everybody in a report who was resolved, by how a form names them, in order of their names."""
    found = {f"{p.actor.name} [{p.actor.id}]": p.actor for p in _participants(reading) if p.actor is not None}
    return dict(sorted(found.items()))


def read_form(kind: str, form: Mapping[str, str], record: Record | None, reading: Reading, name: Name) -> dict[str, Any]:
    """What a filled-in form says otherwise than ``record`` (everything where there is none), as fields of the contract. Raises QueryError."""
    before = {field.name: field for field in fields_of(kind, record, reading)}
    said = _Said(form, before, record, reading.document, name)
    change: dict[str, Any] = {}
    for field, type_ in (*_LAYOUT[kind], *_COMMON):
        head = field.partition(".")[0]
        if head in change:
            continue
        if not said.touched(field) and record is not None:
            continue
        change[head] = said.item_list(field, type_) if field in _LISTS else said.nested(head) if "." in field else said.one(field, type_)
    return change


class _Said:
    """A filled-in form beside the one that was shown."""

    def __init__(self, form: Mapping[str, str], before: Mapping[str, Field], record: Record | None, document: Document, name: Name) -> None:
        self._form, self._before, self._record, self._document, self._name = form, before, record, document, name

    def touched(self, name: str) -> bool:
        """Whether any field under a name says something else than was shown. A name of a nested value ("date.start") means all of it."""
        head = name.partition(".")[0]
        return any(self._differs(field) for field in self._names(head))

    def one(self, name: str, type_: Kind) -> Any:
        """The value of a plain field."""
        text = self._text(name)
        if type_ == "span":
            return self._span(name, f"{name}.at")
        if type_ == "party":
            return self._party(name)
        if type_ == "check":
            return name in self._form
        if name == "contexts":
            return [code.strip() for code in text.split(",") if code.strip()]
        if name == "issue":
            return next((to_dict(i) for i in _issues() if i["id"] == text), {"id": text, "label": text}) if text else None
        if not text:
            return None
        return _number(name, text, _NUMBERS[name]) if name in _NUMBERS else text

    def item_list(self, name: str, type_: Kind) -> list[Any]:
        """The items of a list that are not empty."""
        names = sorted(self._names(name), key=lambda n: int(n.rpartition(".")[2]))
        items = [self._party(n) if type_ == "party" else self._span(n, f"{n}.at") for n in names]
        return [item for item in items if item not in (None, _NOBODY)]

    def nested(self, head: str) -> Any:
        """A value of several fields: the date, the target, the place."""
        kinds = {name: kind for layout in (*_LAYOUT.values(), _COMMON) for name, kind in layout}
        parts = {name.partition(".")[2]: self.one(name, kinds[name]) for name in self._names(head)}
        if head == "target":
            return {**parts, "actor": None if parts["actor"] == _NOBODY else parts["actor"]}
        old = to_dict(getattr(self._record, head, None)) or {}
        if head == "place":
            return {**_NOWHERE, **(old if old.get("name") == parts["name"] else {}), **parts} if parts["name"] else None
        dated = bool(parts["start"] or parts["end"])
        days = {"start": parts["start"] or parts["end"], "end": parts["end"] or parts["start"]}
        return {**days, "precision": None, "basis": "text" if dated else "none", "span": old.get("span") if dated else None}

    def _names(self, head: str) -> list[str]:
        """The fields under a name: itself, or those of its parts or items, also such as a page has added."""
        shown = [name for name in self._before if name == head or name.startswith(f"{head}.")]
        more = {m[1] for key in self._form if (m := re.fullmatch(rf"({head}\.\d{{1,3}})\.(?:at|who)", key))} if head in _LISTS else set()
        return list(dict.fromkeys((*shown, *sorted(more))))

    def _differs(self, name: str) -> bool:
        shown = self._before.get(name) or Field(name, name, "party")
        if shown.kind == "check":
            return (name in self._form) != bool(shown.value)
        if shown.kind in ("span", "party"):
            return any(
                key in self._form and not _same(self._text(key), said) for key, said in ((f"{name}.at", shown.value), (f"{name}.who", shown.who))
            )
        return name in self._form and not _same(self._text(name), shown.value)

    def _text(self, name: str) -> str:
        return self._form.get(name, "").replace("\r\n", "\n").strip()

    def _span(self, name: str, at: str) -> dict[str, Any] | None:
        written, text = self._text(at), self._document.text
        if not written:
            return None
        offsets = _OFFSETS.fullmatch(written)
        if offsets is not None:
            start, end = int(offsets[1]), int(offsets[2])
            if not 0 <= start < end <= len(text):
                raise QueryError(f"{name}: the report has no words at {written}")
            return dict(to_dict(Span.of(text, start, end)))
        start = _only(text, written, self._record.evidence if self._record else None)
        if start < 0:
            raise QueryError(f"{name}: the report does not say {written[:80]!r} once", hint="select the words, or write their offsets: 12-17")
        return dict(to_dict(Span.of(text, start, start + len(written))))

    def _party(self, name: str) -> dict[str, Any]:
        """A participant; one that was not touched stays as it was."""
        if not self._differs(name) and self._record is not None:
            return dict(to_dict(_item(self._record, name)) or _NOBODY)
        who = self._text(f"{name}.who")
        actor = to_dict(self._name(who)) if who else None
        mention = self._span(name, f"{name}.at")
        return {"mention": mention, "actor": actor, "reason": None if actor or not mention else "unknown-name"}


_NOBODY: dict[str, Any] = {"mention": None, "actor": None, "reason": None}
_NOWHERE: dict[str, Any] = {"span": None, "id": None, "country": None, "precision": None}


def _same(said: str, shown: str) -> bool:
    """Whether a text came back as it was shown; browsers take line breaks out of a field."""
    return " ".join(said.split()) == " ".join(shown.split())


def _only(text: str, words: str, within: Span | None) -> int:
    """Where the words stand if they stand there once, in the report or in a part of it; else -1."""
    for low, high in ((0, len(text)), *([(within.start, within.end)] if within else [])):
        start = text.find(words, low, high)
        if start >= 0 and text.find(words, start + 1, high) < 0:
            return start
    return -1


def _number(name: str, text: str, type_: type) -> float:
    try:
        return type_(text)  # type: ignore[no-any-return] # int or float
    except ValueError:
        raise QueryError(f"{name}: {text[:40]!r} is no number") from None


def _value(record: Record | None, name: str) -> Any:
    value: Any = record
    for part in name.split("."):
        value = getattr(value, part, None)
    return value


def _item(record: Record, name: str) -> Any:
    """The value of a field, or the item of a list ("actors.0"), of a record."""
    head, _, number = name.partition(".")
    if head not in _LISTS:
        return _value(record, name)
    items = _value(record, head)
    return items[int(number)] if int(number) < len(items) else None


def _field(name: str, type_: Kind, value: Any, kind: str, near: Sequence[Record]) -> Field:
    head, _, number = name.partition(".")
    label = f"{head} {int(number) + 1}" if head in _LISTS else name.removesuffix("_id").replace("_", " ").replace(".", " ")
    if type_ == "span":
        return Field(name, label, type_, _at(value), words=value.text if value else "")
    if type_ == "party":
        party = value or Participant(None)
        who = f"{party.actor.name} [{party.actor.id}]" if party.actor else ""
        return Field(name, label, type_, _at(party.mention), who, party.mention.text if party.mention else "")
    if type_ == "choice":
        chosen = "2" if name == "strength" and value is None else str(getattr(value, "id", value) or "")
        return Field(name, label, type_, chosen, options=_options(kind, name, value, near))
    if type_ == "check":
        return Field(name, label, type_, "yes" if value in (None, True) else "")
    return Field(name, label, type_, ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value))


def _at(span: Span | None) -> str:
    return "" if span is None else f"{span.start}-{span.end}"


def _options(kind: str, name: str, value: Any, near: Sequence[Record]) -> tuple[tuple[str, str], ...]:
    """What may be chosen; what the record has is always among it."""
    if name in REFERENCES:
        wanted = (Statement, Event) if name == "record_id" else (Statement,)
        return _with_own([("", "none"), *((r.id, f"{r.kind}: {r.evidence.text[:80]}") for r in near if isinstance(r, wanted))], value, value)
    if name == "issue":
        known = [("", "none"), *((issue["id"], issue["label"]) for issue in _issues())]
        return _with_own(known, value.id if value else None, value.label if value else None)
    if (kind, name) == ("event", "type"):
        codes: Sequence[str] = tuple(plover.types())
    elif name == "strength":
        codes = ("1", "2", "3")
    else:
        holder: type = Target if name == "target.kind" else KINDS[kind]
        codes = get_args(get_type_hints(holder)[name.rpartition(".")[2]])
    return tuple((code, code) for code in codes)


def _with_own(known: list[tuple[str, str]], value: str | None, label: str | None) -> tuple[tuple[str, str], ...]:
    return (*known, *([(value, label or value)] if value is not None and value not in dict(known) else []))


def _issues() -> list[dict[str, str]]:
    return [{"id": issue.id, "label": issue.label} for issue in issues()]


def _participants(reading: Reading) -> Iterator[Participant]:
    yield from reading.mentions
    for record in reading.records:
        yield from record.via
        if isinstance(record, Statement):
            yield from (record.speaker, *record.addressees)
        elif isinstance(record, Event):
            yield from (*record.actors, *record.recipients)
        elif isinstance(record, Position):
            yield from (record.holder, *([record.target.actor] if record.target.actor else []))
        elif isinstance(record, Relation):
            yield from (record.subject, record.object)
