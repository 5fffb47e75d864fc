"""Where parties stand on a day: the stance their positions show by then, since when, how sure that is. Nothing is merged or stored.

The same stance said thrice in one report is one voice for one standing; copies of a report count as one. How a stance is told from reports that
err or disagree is said in ``standing_model`` and docs/standing.md; what is compared with what, in ``standing_tracks``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from onrecord.across.claims import party
from onrecord.errors import QueryError
from onrecord.model import Statement
from onrecord.query.filters import EVERYTHING, Filter
from onrecord.query.groups import STANDING, Group, distinct
from onrecord.query.records import check_fields
from onrecord.query.rows import Names, name_of
from onrecord.query.standing_evidence import KEPT, Piece, Run, Track
from onrecord.query.standing_model import AGAINST, FOR, LIKELY, STATES, path, posterior
from onrecord.query.standing_tracks import Held, day_of, gather, iso
from onrecord.store import View

_FORMS = {"direct": 2, "mixed": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow(Group):
    """Where one party stands on one issue, and how well it is attested.

    ``stance`` and ``side`` are its last: ``side`` is for or against what support of the issue means (``onrecord explain`` says it), "" where the
    words do not tell or it is neutral. ``sure``: the probability (0 to 1) that it stands so on the day asked for; None where reports leave it more
    open than not, or nobody knows of which day they tell. ``since`` is the first day with that stance unbroken, ``until`` the last, ``documents``
    the independent voices in between, ``otherwise`` those that say something else then, ``positions`` all pieces of evidence, of which ``id`` has
    the first fifty.
    ``words`` are the best there are: the party's own before another's, quoted before told, the surer before the less sure; ``date`` and ``via`` are
    theirs, ``speaker`` says them (None: the report itself), ``record_id`` is their position, ``confidence`` its. ``target``: what they are about,
    that of the best words first; ``also``: what else the party held, or holds by those who say otherwise, each with its first day; ``contrary``: who
    is on the other side that day.
    """

    holder: Names
    holder_country: str | None
    issue: str
    issue_label: str
    stance: str
    side: str
    sure: float | None
    otherwise: int
    target: Names
    positions: int
    speaker: str | None
    confidence: float
    record_id: str
    also: Names
    contrary: Names


@dataclass(frozen=True, slots=True)
class Stretch:
    """Runs in a row over which a party most likely was in one ``state``."""

    state: int
    runs: Sequence[Run]

    @property
    def own(self) -> list[Run]:
        """The runs that show that state; the others are taken for errors."""
        return [run for run in self.runs if run.value == self.state]


def standing(view: View, wanted: Filter = EVERYTHING) -> list[StandingRow]:
    """Who stands where on which issue, since when, how sure, in whose words, and who disagrees, on the day of --until.

    One row for each issue and party; without --until it is the day of the last report. Positions on no known issue are left out.
    """
    check_fields(wanted, STANDING, "standing")
    # A stance alone would hide what the party said since: who held it is chosen from the rows.
    found, on = gather(view, replace(wanted, stance=None)), day_of(view, wanted)
    said_in = _statements(view)
    rows = [row for held in found if (row := _row(held, on, said_in, wanted.stance)) is not None]
    rows.sort(key=lambda g: (g.issue, g.holder_country or "", g.holder))
    return [row for _, group in groupby(rows, lambda row: row.issue) for row in _with_contrary(list(group))]


def stretches(track: Track, on: int | None = None) -> list[Stretch]:
    """A track cut where the party most likely changed its stance; the last is where it stands on the day ``on`` (by default its last)."""
    runs = track.runs
    sure = posterior(runs, runs[-1].last if on is None else on)
    ends = sorted(STATES, key=lambda state: (sure[state], state == runs[-1].value), reverse=True)
    # The likeliest end may, rarely, need a last move that no voice shows; the end of the likeliest path never does.
    return next(parts for end in ends if (parts := _cut(runs, path(runs, end)))[-1].own)


def _cut(runs: Sequence[Run], states: Sequence[int]) -> list[Stretch]:
    pairs = groupby(zip(states, runs, strict=True), lambda pair: pair[0])
    return [Stretch(state, [run for _, run in group]) for state, group in pairs]


def best(runs: Iterable[Run], said_in: Callable[[str], Statement | None]) -> list[Piece]:
    """The best words of these runs, the best first."""
    return sorted((piece for run in runs for piece in run.best), key=lambda piece: _rank(piece, said_in))


def _row(held: Held, on: int, said_in: Callable[[str], Statement | None], stance: str | None) -> StandingRow | None:
    """The row of one party on one issue; None where it does not hold the stance asked for."""
    main = held.main()
    if main is None:
        return _declined(held, said_in) if stance in (None, "declines-comment") and held.declined else None
    question, track = main
    parts = stretches(track, on)
    now = parts[-1]
    if stance is not None and not any(stance in run.stances for run in now.own):
        return None
    sure = posterior(track.runs, on)[now.state]
    also = [_when(track.label(part.state), part.own[0]) for part in parts[:-1] if part.own]
    also += [_when(track.label(run.value), run) for run in {run.value: run for run in reversed(now.runs) if run.value != now.state}.values()]
    also += [_when(f"{other.label(other.runs[0].value)} {named}".strip(), other.runs[0]) for named, other in _others(held, question)]
    if held.declined:
        also.append(_when("declines-comment", held.declined))
    return _made(
        held,
        now.own,
        said_in,
        side=track.label(now.state) if track.sided and now.state in (FOR, AGAINST) else "",
        sure=round(sure, 3) if sure > LIKELY and held.tracks else None,
        otherwise=sum(run.voices for run in now.runs if run.value != now.state),
        also=tuple(also[:KEPT]),
    )


def _declined(held: Held, said_in: Callable[[str], Statement | None]) -> StandingRow:
    """The row of a party that only declined to comment: where it stands is unknown."""
    runs = [held.declined] if held.declined else []
    return _made(held, runs, said_in, side="", sure=None, otherwise=0, also=())


def _made(
    held: Held, runs: list[Run], said_in: Callable[[str], Statement | None], *, side: str, sure: float | None, otherwise: int, also: Names
) -> StandingRow:
    ranked = best(runs, said_in)
    first = ranked[0]
    statement = said_in(first.statement_id or "")
    return StandingRow(
        id=tuple(i for run in runs for i in run.ids)[:KEPT],
        documents=sum(run.voices for run in runs),
        publisher=distinct(name for run in runs for name in run.publishers),
        since=iso(runs[0].first),
        until=iso(runs[-1].last),
        date=first.day or None,
        via=first.via,
        words=first.words,
        document_id=distinct(i for run in runs for i in run.documents)[:KEPT],
        holder=distinct(name for run in runs for name in run.holders),
        holder_country=first.country,
        issue=held.issue,
        issue_label=held.label,
        stance=first.stance,
        side=side,
        sure=sure,
        otherwise=otherwise,
        target=distinct(piece.target for piece in ranked),
        positions=sum(run.positions for run in runs),
        speaker=name_of(statement.speaker) if statement is not None else None,
        confidence=first.confidence,
        record_id=first.id,
        also=also,
        contrary=(),
    )


def _with_contrary(rows: list[StandingRow]) -> Iterator[StandingRow]:
    """The rows of one issue, each with who is on the other side."""
    on: Mapping[str, Names] = {side: tuple(row.holder[0] for row in rows if row.side == side and row.holder) for side in ("for", "against")}
    other = {"for": on["against"], "against": on["for"]}
    return (replace(row, contrary=other.get(row.side, ())) for row in rows)


def _others(held: Held, question: str) -> Iterator[tuple[str, Track]]:
    """What the party holds on other questions of the issue, and without a day: "of" what target ("" for the issue's own question)."""
    others = [(name, track) for name, track in held.tracks.items() if name != question]
    for name, track in (*others, *(held.undated.items() if held.tracks else ())):
        yield f"of {name}" if name else "", track


def _when(what: str, run: Run) -> str:
    """A stance with the first day it was taken: "against: 2031-02-01"."""
    return f"{what}: {iso(run.first)}" if run.first else what


def _rank(piece: Piece, said_in: Callable[[str], Statement | None]) -> tuple[float, ...]:
    """What makes words good evidence, the best lowest: said by the party itself, quoted, not relayed, sure, emphatic."""
    statement = said_in(piece.statement_id or "")
    own = statement is not None and piece.party == party(statement.speaker)
    form = _FORMS.get(statement.form, 0) if statement is not None and own else 0
    return (-own, -form - piece.quoted, *piece.rank[2:])


def _statements(view: View) -> Callable[[str], Statement | None]:
    """The statement with an id, None where there is none."""

    @lru_cache
    def look_up(record_id: str) -> Statement | None:
        try:
            found = view.record(record_id) if record_id else None
        except QueryError:
            return None
        return found if isinstance(found, Statement) else None

    return look_up
