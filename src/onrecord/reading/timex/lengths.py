"""How long and how often: three weeks, a two-hour meeting, the past two years, for months; every Tuesday, twice a week, annually."""

from __future__ import annotations

import re

from onrecord.reading.timex import calendar as cal
from onrecord.reading.timex.absolute import month_of, word_before
from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.numbers import number, unit
from onrecord.reading.timex.shapes import Rule, table
from onrecord.reading.timex.story import Story

_RATE = re.compile(r"(?:[\d%)]|\b(?:times|twice|once|thrice|percent|million|billion|thousand|dollars|[a-z]{3,}(?<!ss)(?<!us)(?<!is)s))\s{1,20}\Z")
_NO_RATE = re.compile(r"\b(?:was|is|has|his|this|its|takes|lasts|spends|was|last|takes|less|does|goes|us|as|perhaps|besides)\s{1,20}\Z")


def _span(match: re.Match[str], story: Story) -> Value | None:
    """The past two years, the next few days, the first nine months."""
    count = None if match["few"] else number(match["count"])
    name, rel = match["unit"], match["rel"].lower()
    letter = unit(name)
    if rel in ("first", "following", "latest") and letter == "TS":
        return None
    found = cal.duration(count, letter)
    if story.day is None or count is None or letter.startswith("T") or rel not in ("past", "last", "next", "coming", "previous"):
        return found
    moved = cal.shift(story.day, int(count) * (1 if rel in ("next", "coming") else -1), letter)
    return cal.between(found.value, *sorted((moved, story.day))) if moved else found


def _set(match: re.Match[str], _story: Story) -> Value | None:
    count = 2.0 if match["other"] else number(match["count"]) if match["count"] else 1
    name = match["unit"].lower()
    if name == "second" and not match["count"]:
        return Value("SET", "PT1S") if match["other"] is None and not match["plural"] else None
    return Value("SET", cal.duration(count, unit(name)).value)


def _set_part(match: re.Match[str], _story: Story) -> Value:
    return Value("SET", "XXXX-XX-XXT" + str(table("day_parts")[match["part"].lower()]))


def _set_named(match: re.Match[str], _story: Story) -> Value:
    """Each July, every May 9, every spring."""
    if match["season"]:
        return Value("SET", "XXXX-" + str(table("seasons")[match["season"]]))
    return Value("SET", f"XXXX-{month_of(match['month']):02}" + (f"-{int(match['day']):02}" if match["day"] else ""))


def _set_word(match: re.Match[str], _story: Story) -> Value:
    return Value("SET", str(table("set_words")[match["word"].lower()]))


def _per(match: re.Match[str], _story: Story) -> Value:
    """Twice a week, once every two months, three times per day."""
    count = number(match["count"]) if match["count"] else 1
    return Value("SET", cal.duration(count, unit(match["unit"])).value)


_LONG = ("day", "week", "month", "year")


def _length(match: re.Match[str], story: Story) -> Value | None:
    words, name = match["count"].lower(), match["unit"].lower()
    text = match.string
    after = text[match.end() : match.end() + 12].lower().lstrip(" -")
    if (name == "quarter" and (not match["plural"] or "-" in match.group() or after.startswith("of"))) or (
        name == "second" and not (words[0].isdigit() or match["plural"])
    ):
        return None
    if (after.startswith("old") and name in ("year", "decade")) or (words in ("a", "an") and name in ("minute", "second")):
        return None  # ages; "a second term"
    if text[max(0, match.start() - 1) : match.start()] in ("$", "£", "€", "¥", "."):
        return None
    if words == "a" and match["more"]:
        return None
    if word_before(match) == "in" and story.day is not None and not match["about"] and name in _LONG and story.tense(match) is True:
        moved = cal.shift(story.day, round(number(words)), unit(name))
        return cal.at(moved, unit(name)) if moved else None
    if words in ("a", "an") and not match["about"] and _is_rate(text, match.start()):
        return Value("SET", cal.duration(1, unit(name)).value)
    return cal.duration(number(words) + (0.5 if match["half"] or match["half2"] else 0), unit(name))


def _is_rate(text: str, start: int) -> bool:
    """Does an amount stand before: "four flights a week", "$33 million a year"?"""
    before = text[max(0, start - 40) : start].lower()
    return _RATE.search(before) is not None and _NO_RATE.search(before) is None


def _half(match: re.Match[str], _story: Story) -> Value:
    """Half an hour, half a century."""
    return cal.duration(0.5, unit(match["unit"]))


def _whole(match: re.Match[str], _story: Story) -> Value:
    """A week-long siege, a daylong debate."""
    return cal.duration(1, unit(match["unit"]))


def _length_vague(match: re.Match[str], _story: Story) -> Value:
    return cal.duration(2 if "couple" in match.group().lower() else None, unit(match["unit"]))


def _bare(match: re.Match[str], _story: Story) -> Value | None:
    """For years, within weeks, months of talks."""
    return cal.duration(None, unit(match["unit"]))


def _while(_match: re.Match[str], _story: Story) -> Value:
    return Value("DURATION", "PXX")


def _ordinal_day(match: re.Match[str], story: Story) -> Value | None:
    """Read "for the second day": the day the text tells of, where something has gone on since."""
    if (
        word_before(match) not in ("for", "on", "is", "it's", "was", "entered")
        or story.day is None
        or not match.string[match.end() :].lstrip().lower().startswith(("of", "run"))
    ):
        return None
    return cal.of_day(story.day)


RULES = (
    Rule(
        r"\b(?:at{_}least{_}|each{_}of{_})?(?:the{_}|these{_}|those{_})?(?P<rel>past|last|next|coming|previous|preceding|first|following|latest|final|remaining){_}"
        r"(?:(?P<count>{NUMBER})(?:{_}?(?:-|to|or){_}?{NUMBER})?|(?P<few>few|several|couple{_}of|many))"
        r"[ -]{_}?(?:more{_}|full{_}|trading{_})?(?P<unit>{UNIT})s?\b(?!-)",
        ("@units",), _span,
    ),
    Rule(r"\b(?:every|each){_}(?P<other>other{_})?(?:(?P<count>{NUMBER}){_})?(?P<unit>{UNIT})(?P<plural>s)?\b", ("every", "each"), _set),
    Rule(r"\b(?:every|each){_}(?P<part>{PART})\b", ("every", "each"), _set_part),
    Rule(r"\b(?i:every|each){_}(?:(?P<month>{MONTH})|(?P<season>{SEASON}))(?:{_}(?P<day>\d{1,2})\b)?", ("every", "each"), _set_named, exact=True),
    Rule(
        r"(?<!\$)\b(?P<word>{SETWORD})\b(?!-)(?=\s{0,3}[.,;:)]|\s{0,3}\Z|{_}(?:since|through|until|by|in|on|for|from|to|at|with|and|or|over|as|but|between)\b)",
        ("@set_words",), _set_word,
    ),
    Rule(
        r"\b(?:once|twice|thrice|{NUMBER}{_}times|several{_}times|many{_}times){_}(?:an?|per|every|each){_}(?:(?P<count>{NUMBER}){_})?(?P<unit>{UNIT})s?\b",
        ("once", "twice", "thrice", "times"), _per,
    ),
    Rule(
        r"\b(?:(?:no|not){_})?(?P<about>{ABOUT})(?:between{_})?(?P<count>{NUMBER})"
        r"(?:(?:-|{_}(?:to|or|and){_}){NUMBER})?(?P<half2>{_}and{_}(?:a|one){_}half)?[ -]{_}?"
        r"(?P<more>(?:more|additional|further|full|whole|straight|consecutive|trading|working|business|calendar|long){_})?"
        r"(?P<unit>{UNIT})(?P<plural>s['’]?|(?=-)|\b)(?P<half>{_}and{_}a{_}half)?(?:{_}or{_}(?:so|two))?\b"
        r"(?:-long\b|(?<=[yk])-old\b|(?<=month)-old\b)?(?!-(?:ago|earlier|end|round|to|on)\b)",
        ("@units",), _length,
    ),
    Rule(r"\b{ABOUT}half(?:{_}an?{_}|-)(?P<unit>{UNIT})\b", ("half",), _half),
    Rule(
        r"(?<!-)\b(?P<unit>hour|day|week|month|year|decade|century)-?long\b",
        ("long", "hourlong", "daylong", "weeklong", "monthlong", "yearlong", "decadelong"), _whole,
    ),
    Rule(
        r"\b(?:{ABOUT})(?:{THE}(?:past|next|last|first){_})?(?:a{_}few|several|many|some|a{_}couple{_}of|dozens{_}of|hundreds{_}of|thousands{_}of|"
        r"a{_}number{_}of|countless)(?:{_}more)?[ -]{_}?(?P<unit>{UNIT})s?\b(?!-)",
        ("@units",), _length_vague,
    ),
    Rule(
        r"{<for|within|in|after|take|over|lasted|spent}{THE}(?:many{_}|long{_}|early{_})?"
        r"(?P<unit>{UNIT})s(?:{_}(?:or|and){_}(?:even{_})?{UNIT}s)?\b(?!-|['’])",
        ("@units",), _bare,
    ),
    Rule(
        r"(?<![\d-])(?<!\bof\s)\b(?P<unit>month|year|week|day|hour|decade|centurie)s(?={_}of\b|{_}(?:after|before|earlier|later|ago)\b)(?:{_}(?:ago|earlier|later))?",
        ("months", "years", "weeks", "days", "hours", "decades", "centuries"), _bare,
    ),
    Rule(r"\b(?:a{_}(?:long{_}|short{_}|little{_})?while|(?<=\bfor\s)some{_}time)\b", ("while", "time"), _while),
    Rule(r"\bthe{_}(?:first|second|third|fourth|fifth|sixth|seventh){_}(?:straight{_}|consecutive{_})?day\b", ("day",), _ordinal_day),
)  # fmt: skip
