"""Times that lean on another: on the day the text is told (today, last week, Monday night, two years ago) or on what it named last (a year later,
the next day, that month, the year-ago quarter).

What leans on a day that nobody knows stays open: PAST_REF, PRESENT_REF, FUTURE_REF or a value with X in it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from onrecord.reading.timex import calendar as cal
from onrecord.reading.timex.absolute import word_before
from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.numbers import number, unit
from onrecord.reading.timex.shapes import Reading, Rule, table
from onrecord.reading.timex.story import Story
from onrecord.reading.timex.tense import cues


def part_of(day: date | None, name: str) -> Value:
    """A part of a day: morning, night …"""
    part = "T" + str(table("day_parts")[name.lower()])
    iso = day.isoformat() if day else None
    return Value("TIME", (iso or "XXXX-XX-XX") + part, iso, iso, "D" if iso else None)


def _weekday(match: re.Match[str], story: Story) -> Value | None:
    numbered = table("weekdays")[match["weekday"].lower()]
    if match["set"] or match["plural"] or match["parts"]:
        part = "T" + str(table("day_parts")[(match["part"] or match["parts"][:-1]).lower()]) if match["part"] or match["parts"] else ""
        return Value("SET", f"XXXX-WXX-{numbered}{part}")
    if story.day is None:
        part = "T" + str(table("day_parts")[match["part"].lower()]) if match["part"] else ""
        return Value("TIME" if part else "DATE", f"XXXX-WXX-{numbered}{part}")
    day = _weekday_day(match, story, numbered)
    return part_of(day, match["part"]) if match["part"] else cal.of_day(day)


_SPANNING = re.compile(r"day\s{0,3}(?:\bto\b|\bthrough\b|\buntil\b|\btill\b|-|–)\s{0,3}\Z", re.IGNORECASE)


def _weekday_day(match: re.Match[str], story: Story, numbered: int) -> date:
    rel = " ".join((match["rel"] or "").lower().split())
    now, last = story.day or date.min, story.reference()
    if rel in ("the previous", "the following") and last is not None and last.unit == "D":
        day = cal.weekday(date.fromisoformat(last.start or ""), numbered, rel == "the following")
        return day + timedelta(days=0 if day.isoformat() != last.start else 7 if rel == "the following" else -7)
    before = word_before(match)
    ahead = rel in ("next", "this coming", "the following", "coming") or (
        not rel.endswith(("last", "past", "previous")) and (before in ("until", "till") or story.tense(match) is True)
    )
    day = cal.weekday(now, numbered, ahead)
    if last is not None and last.unit == "D" and _SPANNING.search(match.string[max(0, match.start() - 24) : match.start()]):
        return cal.weekday(date.fromisoformat(last.start or ""), numbered, True)
    if day == now and rel in ("last", "next", "this past", "the previous"):
        day += timedelta(days=7 if rel == "next" else -7)
    return day


def _day(match: re.Match[str], story: Story) -> Value:
    word = match["word"].lower()
    day = story.day + timedelta(days=table("days")[word]) if story.day else None
    if word == "tonight" or match["part"]:
        return part_of(day, match["part"] or "night")
    return cal.of_day(day) if day else Value("DATE", "XXXX-XX-XX")


def _day_around(match: re.Match[str], story: Story) -> Value:
    step = -2 if match["word"].lower() == "yesterday" else 2
    return cal.of_day(story.day + timedelta(days=step)) if story.day else Value("DATE", "XXXX-XX-XX")


def _part(match: re.Match[str], story: Story) -> Value:
    rel = (match["rel"] or "").lower()
    last = story.reference()
    day = story.day
    if rel in ("", "the", "that") and last is not None and last.unit == "D":
        day = date.fromisoformat(last.start or "")
    if rel == "last" and day is not None:
        day -= timedelta(days=1)
    return part_of(day, match["part"])


def _part_of_date(match: re.Match[str], story: Story) -> Reading:
    """Read "on the night of June 3": the day follows and is joined to it."""
    return ((match.start("rel"), match.end(), part_of(story.day, match["part"])),)


def _part_before(match: re.Match[str], story: Story) -> Value | None:
    """The night before."""
    last = None if match["last"] else story.reference()
    day = date.fromisoformat(last.start or "") if last is not None and last.unit == "D" else story.day
    back = timedelta(days=2 if match["last"] else 1)
    return part_of(day - back, match["part"]) if day is not None and day - date.min >= back else None


def _early_hours(_match: re.Match[str], story: Story) -> Value:
    """The early hours of the day that follows."""
    return part_of(story.day, "morning")


def _overnight(_match: re.Match[str], story: Story) -> Value:
    return part_of(story.day - timedelta(days=1) if story.day else None, "night")


_STEP = {"last": -1, "this past": -1, "past": -1, "previous": -1, "next": 1, "this coming": 1, "coming": 1, "following": 1, "preceding": -1}
_FROM_STORY = frozenset(("previous", "following", "preceding", "that", "same", "that same"))


def _relative(match: re.Match[str], story: Story) -> Value | None:
    """Last week, next year, that month, the following day, the same period."""
    rel = " ".join(match["rel"].lower().split()).removeprefix("the ")
    name, step = match["unit"].lower(), _STEP.get(rel, 0)
    letter = "W" if name == "weekend" else unit(name)
    last = story.reference()
    anaphoric = rel in _FROM_STORY or (name == "day" and match["rel"].lower().startswith(("the", "that")))
    if anaphoric and last is not None and not (rel == "previous" and last.unit not in (letter, "D")):
        return _moved(last, step, "WE" if name == "weekend" else letter)
    if name == "day" or (anaphoric and story.day is None):
        return None if rel in ("same", "that", "past", "last", "this") else Value("DATE", {-1: "PAST_REF", 1: "FUTURE_REF"}.get(step, "PRESENT_REF"))
    if story.day is None:
        return Value("DATE", {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[step])
    if name == "weekend":
        return cal.of_weekend(story.day + timedelta(days=7 * step))
    moved = cal.shift(story.day, step, letter)
    return cal.at(moved, letter) if moved else None


_ORDER = ("D", "W", "2W", "M", "Q", "Y", "E", "C")


def _moved(last: Value, step: int, name: str) -> Value | None:
    """``last`` moved by units, to the precision of the unit; open where the unit is finer than what is known."""
    if name == "WE":
        moved = cal.shift(date.fromisoformat(last.start or ""), step, "W")
        return cal.of_weekend(moved) if moved else None
    if name not in _ORDER or _ORDER.index(name) < _ORDER.index(last.unit or "D"):
        return None if step == 0 else Value("DATE", "PAST_REF" if step < 0 else "FUTURE_REF")
    moved = cal.shift(date.fromisoformat(last.start or ""), step, name)
    return cal.at(moved, name) if moved else None


def _ago(match: re.Match[str], story: Story) -> Reading:
    """Two weeks ago, three days later, a year earlier, six months from now."""
    letter, count, rel = unit(match["unit"]), number(match["count"]) + (0.5 if match["half"] else 0), " ".join(match["rel"].lower().split())
    back = rel in ("ago", "earlier", "before", "previously")
    sign = -1 if back else 1
    if letter.startswith("T"):
        return cal.duration(count, letter)
    if count == 1 and letter == "Y" and back and story.quarter is not None and (story.quarter is story.last or _after_figures(match)):
        return year_before(story.quarter)
    last = story.reference() if rel in ("earlier", "later", "before", "after", "previously") else None
    base = date.fromisoformat(last.start or "") if last else story.day
    if base is None or (last is None and rel in ("later", "after") and story.tense(match) is not True):
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if last is not None and last.unit in _ORDER and _ORDER.index(letter) < _ORDER.index(last.unit):
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if count % 1 and letter == "Y":
        count, letter = count * 12, "M"
    moved = cal.shift(base, sign * round(count), letter)
    return cal.at(moved, letter) if moved else None


_FIGURES = re.compile(r"(?:[\d%]|\b(?:cents|million|billion|percent|share|from|with|than|versus)\b)[^.;\n]{0,30}\Z")


def _after_figures(match: re.Match[str]) -> bool:
    """Does an amount, or what compares it, stand just before ("rose to $3 million from $2 million a year ago")?"""
    return _FIGURES.search(match.string[max(0, match.start() - 50) : match.start()]) is not None


def year_before(quarter: Value) -> Value:
    """The same quarter a year before. It is there to compare with: the text goes on about this year's, so it is not remembered."""
    return replace(cal.at(cal.shift_months(date.fromisoformat(quarter.start or ""), -12), "Q"), unit=None)


def _ago_vague(match: re.Match[str], _story: Story) -> Value:
    return Value("DATE", "PAST_REF" if match["rel"].lower() in ("ago", "earlier", "before") else "FUTURE_REF")


def _day_near(match: re.Match[str], story: Story) -> Value | None:
    """The day before, the year after: counted from the date named last, else from today."""
    last, step = story.reference(), -1 if match["rel"].lower() in ("before", "earlier", "previously") else 1
    if last is not None:
        return _moved(last, step, unit(match["unit"]))
    if story.day is None:
        return Value("DATE", "PAST_REF" if step < 0 else "FUTURE_REF")
    return _moved(cal.of_day(story.day), step, unit(match["unit"]))


def _year_ago(match: re.Match[str], story: Story) -> Value:
    """The year-ago quarter, a year-earlier loss: the quarter reported on, a year before."""
    if story.quarter is not None and not (match["unit"] or "").lower().startswith("year"):
        return year_before(story.quarter)
    return cal.of_year(story.day.year - 1) if story.day else Value("DATE", "PAST_REF")


def _latest(match: re.Match[str], story: Story) -> Value | None:
    """The quarter, the latest quarter or period: the one reported on, else the last that is over."""
    if story.quarter is not None:
        return story.quarter
    if story.day is None or match["unit"].lower() == "period":
        return None
    return cal.at(cal.shift_months(story.day.replace(day=1), -3), "Q")


def _year_period(match: re.Match[str], story: Story) -> Value:
    """The 1988 quarter, the 1988 period: what is reported on, in another year."""
    year = int(match["year"])
    return cal.of_quarter(year, int(story.quarter.value[-1])) if story.quarter is not None else cal.of_year(year)


def _this_year(match: re.Match[str], story: Story) -> Value | None:
    """The year, the full year, year-end, the end of the year: the one the text is told in."""
    if story.day is None:
        return None
    if match["close"]:
        back = word_before(match) == "since" or (story.tense(match) is False and word_before(match) != "by")
        return cal.of_day(date(story.day.year - back, 12, 31)) if story.day.year > 1 else None
    return cal.of_year(story.day.year)


_AHEAD_OF = re.compile(r"\b(?:ahead\s{1,9}of|before)\s{1,9}\Z", re.IGNORECASE)


def _weekend(match: re.Match[str], story: Story) -> Value | None:
    """The weekend: the last one, or the one at the end of this week where the text looks ahead."""
    if story.day is None:
        return Value("DATE", "XXXX-WXX-WE")
    ahead = (
        story.day.isoweekday() > 5
        or _AHEAD_OF.search(match.string[max(0, match.start() - 24) : match.start()]) is not None
        or story.tense(match) is True
        or (story.day.isoweekday() > 3 and word_before(match) not in ("over", "during"))
    )
    return cal.of_weekend(story.day if ahead else story.day - timedelta(days=7))


def _the_week(_match: re.Match[str], story: Story) -> Value | None:
    if story.day is None:
        return None
    return cal.of_week(story.day - timedelta(days=7 if story.day.isoweekday() == 1 else 0))


def _edge(match: re.Match[str], story: Story) -> Value | None:
    """The end of the month, the start of the week."""
    return cal.at(story.day, unit(match["unit"])) if story.day else None


def _vague(match: re.Match[str], _story: Story) -> Value:
    words = " ".join(match["word"].lower().replace("’", "'").split())
    kind = next(k for k, listed in table("vague").items() if words in listed)
    return Value("DATE", f"{kind.upper()}_REF")


def _recent(match: re.Match[str], _story: Story) -> Value:
    return Value("DATE", "PAST_REF" if match["rel"].lower() in ("recent", "past") else "FUTURE_REF")


def _one_day(match: re.Match[str], _story: Story) -> Value | None:
    """Read "will one day": some time to come."""
    return Value("DATE", "FUTURE_REF") if word_before(match) in {"to", *cues().future} else None


_MOD = r"(?:(?:{EARLY})(?:{_}in|{_}of)?[ -]{_}?)?"
RULES = (
    Rule(
        r"\b(?:(?P<set>(?:every|each)(?:{_}other)?){_})?(?:(?:early|late|earlier|later|mid)[ -]{_}?)?"
        r"(?:(?P<rel>last|next|this{_}past|this{_}coming|this|past|coming|the{_}previous|the{_}following){_})?(?P<weekday>{WEEKDAY})(?P<plural>s)?\b"
        r"(?:{_}(?:early{_}|late{_})?(?:(?P<part>{PART})|(?P<parts>{PART}s))\b)?",
        ("@weekdays",), _weekday,
    ),
    Rule(
        r"\b(?:(?:early|late|earlier|later){_})?(?P<word>today|yesterday|tomorrow|tonight)\b(?:{_}(?P<part>{PART})\b)?",
        ("today", "yesterday", "tomorrow", "tonight"), _day,
    ),
    Rule(r"\bthe{_}day{_}(?:before{_}(?=yest)|after{_}(?=tom))(?P<word>yesterday|tomorrow)\b", ("yesterday", "tomorrow"), _day_around),
    Rule(r"\b(?:(?:early|late|earlier|later){_})?(?P<rel>this|last|that){_}(?P<part>{PART})\b", ("@day_parts",), _part),
    Rule(r"(?<=\bin\s)(?P<rel>the){_}(?P<part>morning|afternoon|evening)\b", ("morning", "afternoon", "evening"), _part),
    Rule(
        r"\b(?:(?:early|late){_})?(?:in|on|during){_}(?P<rel>the){_}(?P<part>{PART})(?={_}of{_}{THE}(?:\d{1,2}\b|(?-i:{MONTH}|{WEEKDAY})))",
        ("@day_parts",), _part_of_date,
    ),
    Rule(r"\b(?P<rel>)mid[ -](?P<part>morning|afternoon)\b", ("morning", "afternoon"), _part),
    Rule(r"\bovernight\b", ("overnight",), _overnight),
    Rule(r"(?<=\bat\s)(?P<rel>)(?P<part>dawn|daybreak|dusk|nightfall)\b", ("dawn", "daybreak", "dusk", "nightfall"), _part),
    Rule(r"\bthe{_}(?P<part>{PART}){_}before\b(?:(?P<last>{_}last\b)|{END})", ("before",), _part_before),
    Rule(r"\b(?:the{_})?(?:early|small|wee){_}hours(?={_}of{_}{THE}(?:\d{1,2}\b|(?-i:{MONTH}|{WEEKDAY})))", ("hours",), _early_hours),
    Rule(
        r"\b(?:sometime{_})?" + _MOD + r"(?P<rel>{THE}(?:last|next|past|coming|current|following|previous|preceding|same)|"
        r"this(?:{_}(?:past|coming|same))?|that(?:{_}same)?)"
        r"{_}(?:(?:fiscal|financial|calendar|full){_})?(?P<unit>{LONGUNIT})\b(?!-)(?:{_}or{_}so)?",
        ("day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century"), _relative,
    ),
    Rule(
        r"\b(?:{ABOUT})(?P<count>{NUMBER})[ -]{_}?(?P<unit>{UNIT})s?(?:{_}or{_}so)?(?P<half>{_}and{_}a{_}half)?{_}"
        r"(?P<rel>ago|earlier|later|previously|before(?=\s{0,3}[,.;]|\s{0,3}\Z)|from{_}now)\b",
        ("ago", "earlier", "later", "before", "previously", "now"), _ago,
    ),
    Rule(
        r"\b(?:(?:just|only|quite){_})?(?:(?:a{_})?few|several|some|many|a{_}couple{_}of|a{_}number{_}of)?{_}?\b(?P<unit>{UNIT})s{_}(?P<rel>ago|earlier|later)\b",
        ("ago", "earlier", "later"), _ago_vague,
    ),
    Rule(r"\bthe{_}(?P<unit>day|week|month|year){_}(?P<rel>before|after|earlier)\b(?=\s{0,3}[,.;:)]|\s{0,3}\Z)",
        ("before", "after", "earlier"), _day_near),
    Rule(
        r"\b{THE}(?:comparable{_}|corresponding{_})?(?:year-(?:ago|earlier)|year{_}(?:ago|earlier))(?:{_}(?P<unit>quarter|period|year))\b",
        ("ago", "earlier"), _year_ago,
    ),
    Rule(r"\b(?P<unit>)year-(?:ago|earlier)\b", ("ago", "earlier"), _year_ago),
    Rule(
        r"\bthe{_}(?:(?:same|comparable|corresponding){_}(?:period|quarter){_})(?P<unit>)(?:last{_}year|a{_}year{_}(?:ago|earlier|before))\b",
        ("period", "quarter"), _year_ago,
    ),
    Rule(r"\b(?P<unit>)last{_}year['’]s{_}(?:quarter|period)\b", ("quarter", "period"), _year_ago),
    Rule(r"\bthe{_}(?P<year>{YEAR}){_}(?:quarter|period)\b", ("quarter", "period"), _year_period),
    Rule(r"\bthe{_}(?:latest|recent|current|most{_}recent|just-ended){_}(?P<unit>quarter|period)\b", ("quarter", "period"), _latest),
    Rule(
        r"{<for|in|during}the{_}(?P<unit>quarter)\b(?!{_}(?:of|century|mile|million|finals?)\b|-)", ("quarter",), _latest,
    ),
    Rule(
        r"(?:(?:\bthe{_})?(?P<close>\byear[ -]end\b)|\bend{_}of{_}(?:the|this){_}year\b|{<for}the{_}(?:full{_}|whole{_})?year\b"
        r"(?:{END}|(?={_}(?:end|as)|['’]s))|\bthe{_}(?:(?:full|current|whole|latest){_})?(?:fiscal|financial|calendar){_}year\b|"
        r"\bthe{_}(?:full|current|whole|latest){_}year\b|\b(?:earlier|later){_}in{_}the{_}year\b)",
        ("year",), _this_year,
    ),
    Rule(
        r"{<over|during|for|at|on|of|before|since}the{_}weekend\b",
        ("weekend",), _weekend,
    ),
    Rule(r"(?<=\bfor\s)the{_}week\b(?=\s{0,3}[,.;:)]|\s{0,3}\Z)|\bthe{_}week(?=['’]s\b)", ("week",), _the_week),
    Rule(
        r"(?<!\w[-’'])(?<!\bas\s)(?<!\bhow\s)(?<!\btoo\s)\b(?P<word>{VAGUE})\b(?!-|['’]s|{_}(?:after|before|afterwards?|as|enough)\b)(?!{_}(?:than|by))"
        r"(?!(?<=past){_}(?:{NUMBER}|few|several|couple|half)\b)",
        ("@vague",), _vague,
    ),
    Rule(
        r"\b{THE}(?P<rel>recent|coming|future|past){_}(?:day|week|month|quarter|year|decade)s(?:{_}and{_}(?:day|week|month|year)s)?\b",
        ("days", "weeks", "months", "quarters", "years", "decades"), _recent,
    ),
    Rule(r"\b(?P<rel>the){_}(?:day|week|month|year|decade)s{_}(?:(?:just{_})?ahead|to{_}come)\b", ("ahead", "come"), _recent),
    Rule(r"\bone{_}day\b", ("day",), _one_day),
    Rule(r"\b(?:earlier|later){_}in{_}the{_}(?P<unit>day|week|month)\b", ("earlier", "later"), _edge),
    Rule(r"\bthe{_}(?:end|beginning|start|middle|close|rest|remainder){_}of{_}(?:the|this){_}(?P<unit>week|month|decade|century)\b",
         ("week", "month", "decade", "century"), _edge),
)  # fmt: skip
