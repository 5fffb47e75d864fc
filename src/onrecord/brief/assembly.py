"""``brief``: the facts of a filter, told chapter by chapter. Reads a view and writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.brief.changes import change_section, changes, key_change
from onrecord.brief.charts import sides_chart, strips_chart, volume_chart
from onrecord.brief.contested import contested_section, key_contested
from onrecord.brief.conversation import conversation_section
from onrecord.brief.course import timeline_section
from onrecord.brief.facts import Facts, day_of
from onrecord.brief.method import left_out, method
from onrecord.brief.parts import Brief, Chart, Piece, Section, Sentence
from onrecord.brief.sources import all_sentences, marks, sources
from onrecord.brief.standings import key_points, standing_section
from onrecord.brief.told import attested
from onrecord.brief.wording import Wording, name
from onrecord.query import Filter, standing
from onrecord.query.shifts import ShiftRow
from onrecord.query.standing import StandingRow
from onrecord.store import View


def brief(view: View, wanted: Filter) -> Brief:
    """Everything on record about an issue, or an actor: who stands where, what changed, what is contested, what happened, with every source.

    ``wanted`` takes the fields in ``FIELDS``, of which issue, actor or about must be set; ``limit`` is how many entries a list shows. Every sentence
    is a template filled from records, which it names. The same store and filter give the same brief. Raises QueryError for other fields, and
    where nobody takes a stance on what is asked for.
    """
    facts = Facts(view, wanted, Wording(wanted.issue))
    rows = standing(view, facts.wanted)
    changed = changes(facts)
    sections = _sections(facts, rows, changed)
    title, question, span, rests_on, points = _title(facts), _question(facts), _span(facts), _rests_on(facts), key_points(facts, rows)
    points = (*points, *key_change(facts, changed), *key_contested(facts, rows))
    listed = sources(facts, all_sentences((span, rests_on, *points, *sections)))
    return Brief(title, question, span, rests_on, points, sections, listed, method(facts, listed), left_out(facts), facts.asked, marks(listed))


def _sections(facts: Facts, rows: Sequence[StandingRow], changed: Sequence[ShiftRow]) -> tuple[Section, ...]:
    standing = replace(standing_section(facts, rows), charts=_charts(sides_chart(facts, rows), strips_chart(facts, rows)))
    timeline = replace(timeline_section(facts), charts=_charts(volume_chart(facts)))
    return standing, change_section(facts, changed), contested_section(facts, rows), conversation_section(facts), timeline


def _charts(*charts: Chart | None) -> tuple[Chart, ...]:
    return tuple(chart for chart in charts if chart is not None)


def _title(facts: Facts) -> Sentence:
    words, wanted = facts.words, facts.wanted
    named = facts.actor()
    actor = (name(named[0].name, (named[1],)) if named else _asked("actor", wanted.actor)) if wanted.actor else None
    labelled = next((row for row in facts.positions if wanted.issue and row.issue_label), None)
    issue = Piece("code", labelled.issue_label or "", labelled.issue or "", (labelled.id,)) if labelled else None
    if issue is not None:
        return words.sentence("title_both" if actor else "title_issue", actor=actor, issue=issue)
    return words.sentence("title_actor", actor=actor) if actor else words.sentence("title_about", about=_asked("about", wanted.about))


def _asked(field: str, value: str | None) -> Piece:
    return Piece("asked", value or "", field)


def _question(facts: Facts) -> tuple[Sentence, ...]:
    if facts.issue is None:
        return ()
    return (facts.words.sentence("question", definition=Piece("codebook", facts.issue.definition, facts.issue.id)),)


def _span(facts: Facts) -> Sentence:
    words = facts.words
    dated = sorted((day, row.id, row) for row in facts.rows if (day := day_of(row)))
    if not dated:
        return words.sentence("span_none")
    first, last = (facts.when(row) for _, _, row in (dated[0], dated[-1]))
    return words.sentence("span" if dated[0][0] != dated[-1][0] else "span_day", first=first, last=last)


def _rests_on(facts: Facts) -> Sentence:
    ids = [row.id for row in facts.rows]
    amount = attested(facts, ids)
    return facts.words.sentence(
        "rests_on",
        records=facts.count("record", ids),
        reports=amount["reports"],
        publishers=amount["publishers"],
        originals=facts.count("original", ids),
    )
