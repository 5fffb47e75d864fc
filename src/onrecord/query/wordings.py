"""The different wordings in which reports give one utterance, aligned word by word. Rewrites nothing and says not which is right.

Statements that links put together are one utterance. Its fullest wording comes first, quoted before told; of every other, the pieces of the fullest
that it leaves out, what it adds, and what it words otherwise. Words are aligned by their stems (``difflib``), so that another tense is no difference;
small words count where they turn what is said ("not", "only").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.across.independence import Copies
from onrecord.across.joined import COPIES, Joined
from onrecord.across.same_words import stem, weighty
from onrecord.model import Document, Statement
from onrecord.model.links import LinkType
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import distinct
from onrecord.query.records import check_fields, document_of, with_groups
from onrecord.query.rows import Flat, Names, name_of
from onrecord.store import View
from onrecord.store.columns import fold

SAME_STATEMENT: tuple[LinkType, ...] = ("same-statement",)
WORDINGS = ("actor", "about", "issue", "since", "until", "publisher", "via", "text", "form", "document_id", "record_id")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-’']\w+)*")
_EDGES = " ,.;:–—-"
_QUOTES = "\"“”„«»'‘’"
_THAT = re.compile(r"that\s+", re.IGNORECASE)
_FORMS = {"direct": 1.0, "mixed": 0.8, "indirect": 0.6}
"""What a word is worth in a wording: who quotes tells more of what was said."""
_PARTS = " … "


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRow(Flat):
    """One wording of an utterance. ``utterance``: the id of its first statement, the same for all its wordings; ``place``: 1 for the fullest.

    ``left_out``: pieces of the fullest wording that this one lacks; ``added``: what only this one has; ``changed``: "theirs → this one's".
    ``publisher``: all who give these very words; ``words``: those of the first, with their clause; ``documents``: in how many reports, copies
    counted once; ``id``: their statements.
    """

    utterance: str
    place: int
    speaker: Names
    date: str | None
    publisher: Names
    form: str
    content: str
    left_out: Names
    added: Names
    changed: Names
    words: str
    documents: int
    via: Names
    id: Names
    document_id: Names


@dataclass(frozen=True, slots=True)
class Difference:
    """How one wording differs from a fuller one."""

    left_out: Names
    added: Names
    changed: Names


def wordings(view: View, wanted: Filter = EVERYTHING) -> Iterator[WordingRow]:
    """The different wordings of one utterance, with what each left out, added or changed: the fullest first.

    All wordings of each utterance of which the filter lets a statement through; ``record_id``: of this statement. One that has a single wording is
    left out.
    """
    check_fields(wanted, WORDINGS, "wordings")
    copies = Copies(view) if wanted.record_id is None else None
    document = document_of(view)
    for group in _groups(view, wanted):
        told = [(r, document(r.document_id)) for r in map(view.record, group) if isinstance(r, Statement)]
        # All links of copies for all utterances, those of its reports for one.
        yield from of(told, copies if copies is not None else Joined.around(view, {d.id for _, d in told}, COPIES))


def of(told: Sequence[tuple[Statement, Document]], copies: Joined) -> Iterator[WordingRow]:
    """The wordings of one utterance; nothing where there is only one."""
    told = _own(told)
    same: dict[str, list[tuple[Statement, Document]]] = {}
    for statement, document in sorted(told, key=lambda t: (t[1].published or "", t[0].id)):
        same.setdefault(" ".join(_folded(content(statement))), []).append((statement, document))
    ranked = sorted(same.values(), key=lambda group: _fullness(group[0][0]))
    if len(ranked) < 2:
        return
    fullest = content(ranked[0][0][0])
    first = min(told, key=lambda t: (t[1].published or "", t[0].id))[0].id
    for place, group in enumerate(ranked, 1):
        statement = group[0][0]
        words = content(statement)
        differs = difference(fullest, words)
        yield WordingRow(
            utterance=first,
            place=place,
            speaker=distinct(name_of(s.speaker) for s, _ in group),
            date=min((d.published[:10] for _, d in group if d.published), default=None),
            publisher=distinct(d.publisher for _, d in group),
            form=max((s.form for s, _ in group), key=_FORMS.__getitem__),
            content=words,
            left_out=differs.left_out,
            added=differs.added,
            changed=differs.changed,
            words=statement.evidence.text,
            documents=len({copies.first(d.id) for _, d in group}),
            via=distinct(name_of(p) for s, _ in group for p in s.via),
            id=tuple(s.id for s, _ in group),
            document_id=distinct(d.id for _, d in group),
        )


def content(statement: Statement) -> str:
    """What was said, without the marks around it; the parts of a split quotation are joined by " … "."""
    return _PARTS.join(filter(None, (_bare(span.text) for span in statement.content)))


def _bare(text: str) -> str:
    text = _THAT.sub("", text.strip(_EDGES), count=1) if _THAT.match(text) else text.strip(_EDGES)
    return text[1:-1].strip(_EDGES) if text[:1] in _QUOTES and text[-1:] in _QUOTES else text


def _own(told: Sequence[tuple[Statement, Document]]) -> list[tuple[Statement, Document]]:
    """Without what a report has inside another of these: of an outlet's words the speaker's own are kept, of other words the whole."""
    inside = {
        (outer.id, inner.id)
        for outer, _ in told
        for inner, _ in told
        if outer is not inner and outer.document_id == inner.document_id and all(any(o.covers(i) for o in outer.content) for i in inner.content)
    }
    outlets = {s.id for s, _ in told if s.speaker.actor is not None and s.speaker.actor.kind == "outlet"}
    dropped = {outer if outer in outlets else inner for outer, inner in inside}
    return [(s, d) for s, d in told if s.id not in dropped]


def difference(fuller: str, other: str) -> Difference:
    """What ``other`` leaves out of ``fuller``, adds to it, and words otherwise. A piece that stands elsewhere in the other wording is none."""
    some, others = (list(_WORD.finditer(text)) for text in (fuller, other))
    keys, other_keys = ([_key(m.group()) for m in words] for words in (some, others))
    left_out, added, changed = [], [], []
    for what, a, b, c, d in SequenceMatcher(None, keys, other_keys, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        gone, come = _piece(fuller, some[a:b], set(other_keys)), _piece(other, others[c:d], set(keys))
        if gone and come:
            changed.append(f"{gone} → {come}")
        elif gone:
            left_out.append(gone)
        elif come:
            added.append(come)
    return Difference(tuple(left_out), tuple(added), tuple(changed))


def _piece(text: str, words: Sequence[re.Match[str]], elsewhere: set[str]) -> str:
    """The words as they stand in the text; "" where none of them tells, or all that tell stand elsewhere too."""
    if not any(weighty(m.group()) and _key(m.group()) not in elsewhere for m in words):
        return ""
    return text[words[0].start() : words[-1].end()]


def _key(word: str) -> str:
    return stem(word) or fold(word)


def _folded(text: str) -> list[str]:
    return [fold(m.group()) for m in _WORD.finditer(text)]


def _fullness(statement: Statement) -> tuple[float, str]:
    """The fullest lowest: the most words that tell, those that are quoted before those that are not."""
    return -_FORMS[statement.form] * sum(weighty(m.group()) for m in _WORD.finditer(content(statement))), statement.id


def _groups(view: View, wanted: Filter) -> Iterator[list[str]]:
    """The utterances of which ``wanted`` lets a statement through, by date and id of the first that it does."""
    if wanted.record_id is not None:
        others = Joined.around(view, [wanted.record_id], SAME_STATEMENT).others(wanted.record_id)
        yield from [[wanted.record_id, *others]] if others else []
        return
    told: set[str] = set()
    for statement, joined in with_groups(view, view.records("statement", wanted), SAME_STATEMENT, wanted):
        first = joined.first(statement.id)
        if first not in told and joined.others(statement.id):
            told.add(first)
            yield [statement.id, *joined.others(statement.id)]
