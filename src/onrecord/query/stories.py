"""Stories: reports on one happening, as the links say, each with a title, names, days and publishers in its reports' own words. Decides no links.

A story is named after the report of it that was added first, and keeps that id as it grows. Where stories became one or fell apart, an id that a
story had before still leads somewhere: to the story that the report is in which it was named after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from onrecord.across.independence import Copies
from onrecord.across.joined import Joined, counting
from onrecord.across.stories import SAME_STORY
from onrecord.across.stories_changes import is_story, report_of, story_id
from onrecord.across.terms import READ, alike, bag_of
from onrecord.model import Document
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.records import check_fields
from onrecord.query.rows import Flat, Names
from onrecord.query.search import SEARCH
from onrecord.store import View
from onrecord.store.days import first_day

STORIES = SEARCH
_COMPARED = 100
_NAMES = 5
_FIRST_SENTENCE = re.compile(r"(.{40,}?[^\W\d_]{3}[.!?][\"”’']?)(?=\s+[\"“‘']?[A-Z0-9]|\s*$)", re.DOTALL)
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][^\W_]+(?:[-’' ][A-Z][^\W_]+)*")
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow(Flat):
    """Two reports or more on one happening.

    ``title``: of the report that has most in common with the others, else ``words``, its first sentence; ``names``: written with a capital in at
    least half of the reports; ``since``, ``until``: the first and last day of publication, ``date`` the first; ``documents``: how many reports are
    independent of each other (copies count once); ``via``: whose copy they use; ``document_id``: all of them by date, ``given_ids`` the ids that the
    input gave them; ``former``: stories that became part of it.
    """

    id: str
    title: str
    words: str
    names: Names
    date: str | None
    since: str | None
    until: str | None
    documents: int
    publisher: Names
    via: Names
    given_ids: Names
    document_id: Names
    former: Names


def stories(view: View, wanted: Filter = EVERYTHING) -> Iterator[StoryRow]:
    """Stories by their first day: two reports or more on one happening.

    With a filter, those that a report is in which it fits, whole. ``document_id``: the story that this report is in, or, given as an id that a
    story has or had, that story. A report that is alone is no story.
    """
    check_fields(wanted, STORIES, "stories")
    if wanted.document_id is not None:
        wanted = replace(wanted, document_id=view.document(report_of(wanted.document_id)).id)
        joined = Joined.around(view, [wanted.document_id or ""], SAME_STORY)
    else:
        joined = Joined.of(view, *SAME_STORY)
    chosen = None if replace(wanted, limit=None) == EVERYTHING else {d.id for d in view.documents(replace(wanted, limit=None))}
    found = [group for group in joined.groups() if not is_story(group[0]) and (chosen is None or not chosen.isdisjoint(group))]
    return islice(_rows(view, found), wanted.limit)


def _rows(view: View, groups: Iterable[Sequence[str]]) -> Iterator[StoryRow]:
    copies, changes = Copies(view), _changes(view)
    begun = sorted((min(_place(view.document(id_)) for id_ in group), group) for group in groups)
    for _, group in begun:  # the reports of one story at a time: all of a store's are too many to hold
        yield _row(view, sorted(map(view.document, group), key=_place), copies, changes)


def _place(document: Document) -> tuple[str, str]:
    """Where a report stands among others: by day, then id; undated ones last."""
    return first_day(document.published) or "9", document.id


def _row(view: View, documents: Sequence[Document], copies: Copies, changes: dict[str, str]) -> StoryRow:
    ids = tuple(d.id for d in documents)
    days = sorted(day for d in documents if (day := first_day(d.published)))
    first = story_id(min(ids, key=view.arrival))
    central = _central(documents)
    words = _first_sentence(central.text)
    return StoryRow(
        id=first,
        title=" ".join((central.title or "").split()) or words,
        words=words,
        names=_names(documents),
        date=days[0] if days else None,
        since=days[0] if days else None,
        until=days[-1] if days else None,
        documents=copies.independent(ids),
        publisher=tuple(dict.fromkeys(d.publisher for d in documents if d.publisher)),
        via=tuple(dict.fromkeys(credit for d in documents for credit in d.credits)),
        given_ids=tuple(str(d.meta["id"]) for d in documents if d.meta.get("id") is not None),
        document_id=ids,
        former=tuple(former for id_ in ids if (former := story_id(id_)) in changes and former != first),
    )


def _changes(view: View) -> dict[str, str]:
    """The stories that became part of others."""
    links = [link for link in view.links(types=SAME_STORY) if is_story(link.left)]
    return {link.left: link.right for link in counting(links, SAME_STORY) if link.judgement == "positive"}


def _central(documents: Sequence[Document]) -> Document:
    """The report most alike to the others, of those that have a title if there are any."""
    titled = [d for d in documents if d.title and d.title.strip()] or documents
    some = titled[:_COMPARED]
    return some[int(alike([bag_of(d.text, d.title) for d in some]).sum(axis=1).argmax())]


def _first_sentence(text: str) -> str:
    begins = text.lstrip()[:READ]
    found = _FIRST_SENTENCE.match(begins)
    sentence = " ".join((found[1] if found else begins.partition("\n")[0]).split())
    return sentence if len(sentence) <= _LONGEST else sentence[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _names(documents: Sequence[Document]) -> Names:
    """Names that at least half of the reports have, the commonest first; a part of a longer one is left out."""
    found = Counter(name for d in documents[:_COMPARED] for name in dict.fromkeys(_NAME.findall(d.text[:READ])))
    least = max(2, len(documents[:_COMPARED]) / 2)
    common = [name for name, count in sorted(found.items(), key=lambda item: (-item[1], -len(item[0]), item[0])) if count >= least]
    return tuple(islice((name for name in common if not any(name != other and name in other for other in common)), _NAMES))
