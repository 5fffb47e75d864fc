"""Years, their parts and their sums: 1998, 1998-99, the early 1990s, the 19th century, 300 BC, fiscal 1998, the third quarter, the first half.

A fiscal year has no dates of its own unless the text says when it ends: every government and company begins it elsewhere.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.reading.timex import calendar as cal
from onrecord.reading.timex.absolute import month_of, word_before
from onrecord.reading.timex.calendar import Value
from onrecord.reading.timex.shapes import Reading, Rule, table
from onrecord.reading.timex.story import Story

_COUNTED = re.compile(
    r"\s{1,20}(?:people|troops|soldiers|men|women|children|persons|dollars|tons|tonnes|miles|km|kilomet\w*|pounds|euros|times|points|percent|meters|metres|"
    r"feet|hours|days|weeks|months|years|of\s(?:the|them)|million|billion|local|more|other|others|GMT|hrs?)\b"
)
_AFTER_NOUN = re.compile(r"\s{1,20}[a-z]{3,20}\b")
_PLURAL = re.compile(r"\s{1,20}(?:[a-z]{3,20}\s{1,20})?[a-z]{3,20}(?<!ss)(?<!us)s\b")
_NAME = re.compile(
    r"(?:\b[A-Z][\w'’.-]*|\b(?:resolution|article|section|number|no|flight|page|protocol|room|route|convention|about|some|nearly|almost|over|least|than))\.?\s{1,6}\Z"
)
_CLOSE = re.compile(r"\s{0,3}[,.;:)\]!?\"”’']|\s{0,3}\Z|\s{0,3}[-–—]")


def _year(match: re.Match[str], _story: Story) -> Reading:
    """A four-digit number is a year where a preposition or determiner leads to it or punctuation ends it, and no counted noun follows."""
    text, end = match.string, match.end()
    before = word_before(match)
    named = not match["mod"] and _NAME.search(text[max(0, match.start() - 24) : match.start()])
    leads = table("before")
    if named and before not in leads["year"]:
        return None  # "Resolution 1441"
    if text[max(0, match.start() - 1) : match.start()] in ("$", "£", "€", "¥", "#", ".", "/", "+") or _COUNTED.match(text, end):
        return None
    known = before in leads["year"] or bool(match["mod"]) or before.endswith(("'s", "’s", "s'", "s’"))
    marked = not before or before in table("seasons")
    if not known and not (marked and _CLOSE.match(text, end)) and not (_AFTER_NOUN.match(text, end) and not _PLURAL.match(text, end)):
        return None
    counted = before in leads["amount"] or not 1800 <= int(match["year"]) <= 2100
    if before in leads["year"] and counted and _PLURAL.match(text, end) and not match["mod"]:
        return None  # "about 2000 troops", "in 1500 villages"
    if match["year2"]:
        return _to_year(match)
    return cal.of_year(int(match["year"]))


def _to_year(match: re.Match[str]) -> Reading:
    """Two years, the second perhaps with two digits (1998-99); one year where the second number is no later year."""
    first = int(match["year"])
    second = int(match["year2"]) if len(match["year2"]) == 4 else first // 100 * 100 + int(match["year2"])
    if not first < second <= first + 100:
        return cal.of_month(first, int(match["year2"])) if len(match["year2"]) == 2 and 1 <= int(match["year2"]) <= 12 else None
    return ((match.start(), match.end("year"), cal.of_year(first)), (match.start("year2"), match.end(), cal.of_year(second)))


def _spoken(match: re.Match[str], _story: Story) -> Value:
    """Years as broadcasts spell them: nineteen ninety-one, two thousand."""
    numbers = table("numbers")
    if match["century"]:
        return cal.of_year(numbers[match["century"].lower()] * 100 + sum(numbers[w] for w in re.split(r"[ -]+", match["rest"].lower())))
    return cal.of_year(2000 + (numbers[match["more"].lower()] if match["more"] else 0))


def _decade(match: re.Match[str], story: Story) -> Value | None:
    digits = match["decade"]
    named = digits.lower() in table("decades")
    if named:
        first = 1900 + int(table("decades")[digits.lower()])
    elif len(digits) == 2:
        if not match["the"] and not match["mark"]:
            return None
        first = 1900 + int(digits)
    else:
        first = int(digits)
    if (named or len(digits) == 2) and (_heat(match) or (story.day is not None and first > story.day.year)):
        return None
    return cal.of_decade(first)


def _heat(match: re.Match[str]) -> bool:
    """Temperatures and ages come in tens too."""
    near = match.string[max(0, match.start() - 80) : match.end() + 20].lower()
    return any(word in near for word in ("temperature", "degree", "fahrenheit", "celsius", "highs", "lows"))


def _century(match: re.Match[str], _story: Story) -> Value | None:
    word = match["count"].lower()
    count = int(word.rstrip("stndrh")) if word[0].isdigit() else int(table("ordinals").get(word, 0))
    if not 1 <= count <= 30:
        return None
    if match["era"]:
        return Value("DATE", f"BC{count - 1:02}")
    return cal.at(date((count - 1) * 100 + 1, 1, 1), "C")


def _era(match: re.Match[str], _story: Story) -> Value | None:
    year = int(match["year"] or match["year2"])
    if not 1 <= year <= 9999:
        return None
    return cal.of_year(year) if match["ad"] or (match["era"] or "").upper().startswith(("A", "C")) else Value("DATE", f"BC{year:04}")


def _fiscal(match: re.Match[str], _story: Story) -> Value:
    """A numbered fiscal year; its dates differ from house to house."""
    digits = match["year2"] or match["year"]
    year = int(digits) if len(digits) == 4 else int(match["year"][:2] + digits)
    return Value("DATE", f"{year:04}")


def _year_ending(match: re.Match[str], story: Story) -> Reading:
    """Read "the fiscal year ended March 31, 2004": the twelve months before. The day it ends is an expression of its own."""
    month = month_of(match["month"])
    if not match["year"] and story.day is None:
        return None
    year = int(match["year"]) if match["year"] else cal.nearest_year(story.day or date.today(), month, None, match["end"].lower() == "ending")
    last = date.fromisoformat(cal.of_month(year, month).end or "")
    if match["day"]:
        last = cal.valid_day(year, month, int(match["day"])) or last
    first = cal.shift_months(last + timedelta(days=1), -12)
    until = cal.of_day(last) if match["day"] else cal.of_month(year, month)
    period = Value("DATE", f"{year:04}", first.isoformat(), last.isoformat(), "Y")
    return ((match.start(), match.end("unit"), period), (match.start("month"), match.end(), until))


def _ordinal(word: str) -> int:
    word = word.lower()
    return int(word[0]) if word[0].isdigit() else int(table("ordinals").get(word, 4))


def _quarter(match: re.Match[str], story: Story) -> Value | None:
    groups = match.groupdict()
    quarter = _ordinal(groups["ordinal"] or groups["number"])
    if not 1 <= quarter <= 4:
        return None
    fiscal = bool(groups.get("fiscal"))
    year = int(groups["year"] or groups.get("yearbefore") or 0)
    if not year and story.day is None:
        return Value("DATE", f"XXXX-Q{quarter}")
    if not year and story.day is not None:
        year = story.day.year
        rel = (groups.get("rel") or groups.get("relbefore") or "").lower().split()[:1]
        if groups.get("ago") or rel:
            year += {"this": 0, "next": 1}.get(rel[0] if rel else "", -1)
        else:
            ahead, begins = story.tense(match), 3 * quarter - 2
            year += -1 if story.day.month < begins and ahead is not True else 1 if ahead and story.day.month > begins + 5 else 0
    found = cal.of_quarter(year, quarter)
    return Value("DATE", found.value, unit="Q") if fiscal else found


def _half(match: re.Match[str], story: Story) -> Value | None:
    half = {"first": 1, "1": 1, "second": 2, "last": 2, "latter": 2, "2": 2}[(match["ordinal"] or match["number"]).lower()]
    if match["year"]:
        return cal.of_half(int(match["year"]), half)
    if match["decade"]:
        first = int(match["decade"]) if len(match["decade"]) == 4 else 1900 + int(match["decade"])
        return Value("DATE", f"{first // 10:03}", f"{first + 5 * (half - 1):04}-01-01", f"{first + 5 * half - 1:04}-12-31", "E")
    if story.day is None:
        return Value("DATE", f"XXXX-H{half}")
    step = {"last": -1, "next": 1}.get((match["rel"] or "").lower(), 0)
    return cal.of_half(story.day.year + step, half)


RULES = (
    Rule(
        r"(?<![\w,-])(?:(?P<mod>{EARLY})(?:{_}in)?[ -]{_}?)?(?P<year>{YEAR})"
        r"(?:\s?[-–—/]\s?(?P<year2>{YEAR}|\d\d)(?![\w/-]))?(?![\w%]|[-–/]\d|[.,]\d)"
        r"(?:{_}or{_}(?:later|earlier))?", ("#4",), _year,
    ),
    Rule(
        r"\b(?:the{_}year{_})?(?:(?P<century>eighteen|nineteen|twenty)[ -](?P<rest>{TENS}(?:[ -]{DIGIT})?|ten|eleven|twelve)|"
        r"{<year}two{_}thousand(?:{_}(?:and{_})?(?P<more>{DIGIT}))?)\b"
        r"(?![ -](?:percent|people|dollars|hundred|thousand|million|day|week|month|year))",
        ("eighteen", "nineteen", "twenty", "thousand"), _spoken,
    ),
    Rule(
        r"\b(?P<the>the{_})?(?:(?:early|mid|late|middle|latter)(?:[ -]{_}?|{_}to{_}(?:mid|late)[ -]))?"
        r"(?P<mark>['’‘])?(?P<decade>(?:1[5-9]|20)\d0|[2-9]0)['’]?s\b",
        ("s",), _decade,
    ),
    Rule(
        r"\b(?P<the>(?:the|in){_})(?:(?:early|mid|late|middle)[ -]{_}?)?(?P<mark>)(?P<decade>{DECADE})\b", ("@decades",), _decade,
    ),
    Rule(
        r"\b{THE}(?:(?:early|mid|late)[ -]{_}?)?(?P<count>\d{1,2}(?:st|nd|rd|th)|{ORDINALDAY})[ -]{_}?century\b"
        r"(?:{_}(?P<era>BCE?\b|B\.C\.(?:E\.)?))?",
        ("century",), _century,
    ),
    Rule(r"\b(?:(?P<ad>A\.?D\.?)\s{0,3}(?P<year>\d{1,4})|(?P<year2>\d{1,4})\s{0,3}(?P<era>BCE?\b|B\.C\.(?:E\.)?|AD\b|A\.D\.|CE\b))(?!\w)",
         ("b", "a", "bc", "ad", "bce", "ce"), _era, exact=True),
    Rule(r"\b{THE}(?:fiscal|financial|FY)(?:[ -]{_}?year)?[ -]{_}?(?:ending{_})?(?P<year>{YEAR})(?:[-/](?P<year2>{YEAR}|\d\d))?\b",
         ("fiscal", "financial", "fy"), _fiscal),
    Rule(
        r"\b(?:the{_}|its{_}|their{_})?(?:(?:fiscal|financial|full){_})?(?P<unit>year)(?:{_}that)?{_}(?P<end>end(?:ed|ing|s)){_}(?:in{_}|on{_})?(?P<month>{MONTH})"
        r"(?:{_}(?P<day>\d{1,2})\b)?(?:,?{_}(?P<year>{YEAR})\b)?",
        ("ended", "ending", "ends"), _year_ending,
    ),
    Rule(
        r"\b(?:the{_}|its{_})?(?:(?P<relbefore>this{_}year|last{_}year|next{_}year)['’]s{_}|(?P<yearbefore>{YEAR})(?:['’]s)?{_}|(?P<ago>year-(?:ago|earlier)){_})?"
        r"(?:(?P<fiscal>fiscal)[ -]{_}?)?(?P<ordinal>first|second|third|fourth|final)(?P<number>)[ -]{_}?quarter\b"
        r"(?:{_}(?:of{_})?(?:(?P<year>{YEAR})\b|(?P<rel>(?:this|last|next){_}year)\b))?",
        ("quarter",), _quarter,
    ),
    Rule(r"\b(?:Q(?P<number>[1-4])|(?P<ordinal>[1-4])Q)\b(?:{_}(?:of{_})?(?P<year>{YEAR})\b)?", ("q",), _quarter, exact=True),
    Rule(
        r"\b{THE}(?P<ordinal>first|second|last|latter)(?P<number>){_}half{_}(?:of{_}{THE})?(?:(?P<year>{YEAR})\b|['’]?(?P<decade>(?:19|20)?\d0)s\b|"
        r"(?:(?P<rel>this|last|next){_}|the{_})?year\b)", ("half",), _half,
    ),
    Rule(r"\b(?P<ordinal>)H(?P<number>[12])(?P<decade>)(?P<rel>)(?:{_}(?:of{_})?(?P<year>{YEAR}))\b", ("h",), _half, exact=True),
)  # fmt: skip
