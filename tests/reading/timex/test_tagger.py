"""Time expressions: what is one, its type and its value. Told on Thursday, July 4, 2024 unless a case says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.reading.timex import Story, tag

NOW = date(2024, 7, 4)


def read(text: str, day: date | None = NOW, window: tuple[date, date] | None = None) -> list[tuple[str, str, str]]:
    found = tag(text, Story.of(day, [text], window))
    return [(text[f.start : f.end], f.value.type, f.value.value) for f in found]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        # days
        ("They signed it on 3 July 1998.", "3 July 1998", "DATE", "1998-07-03"),
        ("They signed it on July 3.", "July 3", "DATE", "2024-07-03"),
        ("They signed it on the fourth of July.", "the fourth of July", "DATE", "2024-07-04"),
        ("They signed it on March eighth.", "March eighth", "DATE", "2024-03-08"),
        ("They will sign it on Dec. 30.", "Dec. 30", "DATE", "2024-12-30"),
        ("They met on Monday, July 1, 2024 in Oslo.", "Monday, July 1, 2024", "DATE", "2024-07-01"),
        ("They met Sat., 8 June.", "Sat., 8 June", "DATE", "2024-06-08"),
        ("Filed 16-Dec-2006.", "16-Dec-2006", "DATE", "2006-12-16"),
        ("Filed 4 JULY 1998.", "4 JULY 1998", "DATE", "1998-07-04"),
        ("He left on the 2nd.", "the 2nd", "DATE", "2024-07-02"),
        ("He left on the 28th.", "the 28th", "DATE", "2024-06-28"),
        ("He will leave on the 2nd.", "the 2nd", "DATE", "2024-08-02"),
        ("It opens on the first Monday of September.", "the first Monday of September", "DATE", "2024-09-02"),
        ("It opened on the last Friday in May 2005.", "the last Friday in May 2005", "DATE", "2005-05-27"),
        # written with figures
        ("Updated 2024-07-04.", "2024-07-04", "DATE", "2024-07-04"),
        ("Updated 2024-07-04T15:30:00Z.", "2024-07-04T15:30:00Z", "TIME", "2024-07-04T15:30Z"),
        ("Updated 20240704T1530Z.", "20240704T1530Z", "TIME", "2024-07-04T15:30Z"),
        ("Sent 041530Z JUL 24.", "041530Z JUL 24", "TIME", "2024-07-04T15:30Z"),
        ("In 2024-W27 it rained.", "2024-W27", "DATE", "2024-W27"),
        ("Due 25/12/2024.", "25/12/2024", "DATE", "2024-12-25"),
        ("Due 12/25/2024.", "12/25/2024", "DATE", "2024-12-25"),
        ("Due 4.7.2024.", "4.7.2024", "DATE", "2024-07-04"),
        ("Due 04/07/2024.", "04/07/2024", "DATE", "2024-XX-XX"),
        ("Due 04/07/2024, not 25/12/2024.", "04/07/2024", "DATE", "2024-07-04"),
        ("Due 04/07/2024, not 12/25/2024.", "04/07/2024", "DATE", "2024-04-07"),
        # intervals are two expressions
        ("The fair ran from May 3 to 7.", "7", "DATE", "2024-05-07"),
        ("The fair of May 3-7, 2003 closed.", "May 3", "DATE", "2003-05-03"),
        ("It ran between 3 and 7 June 1997.", "3", "DATE", "1997-06-03"),
        ("The 1998-99 season was short.", "99", "DATE", "1999"),
        ("He ruled from 1999 to 2003.", "2003", "DATE", "2003"),
        # months, quarters, halves
        ("It happened in March.", "March", "DATE", "2024-03"),
        ("It happened in October.", "October", "DATE", "2023-10"),
        ("It will happen in March.", "March", "DATE", "2025-03"),
        ("It happened in May last year.", "May last year", "DATE", "2023-05"),
        ("The May-June session ended.", "May", "DATE", "2024-05"),
        ("It ended last October.", "last October", "DATE", "2023-10"),
        ("Last October it ended.", "Last October", "DATE", "2023-10"),
        ("Growth slowed in the second quarter of 2023.", "the second quarter of 2023", "DATE", "2023-Q2"),
        ("Growth slowed in Q2 2023.", "Q2 2023", "DATE", "2023-Q2"),
        ("Growth slowed in this year's first quarter.", "this year's first quarter", "DATE", "2024-Q1"),
        ("Growth slowed in the first half of 1999.", "the first half of 1999", "DATE", "1999-H1"),
        # years and more
        ("It fell in 1989.", "1989", "DATE", "1989"),
        ("His unhappy 1996 campaign ended.", "1996", "DATE", "1996"),
        ("It fell in the early 1990s.", "the early 1990s", "DATE", "199"),
        ("It fell in the early '90s.", "the early '90s", "DATE", "199"),
        ("It fell in the nineties.", "the nineties", "DATE", "199"),
        ("Ties cooled in the 19th century.", "the 19th century", "DATE", "18"),
        ("Ties cooled in the nineteenth century.", "the nineteenth century", "DATE", "18"),
        ("It was built in the 5th century BC.", "the 5th century BC", "DATE", "BC04"),
        ("It was built in 44 BC.", "44 BC", "DATE", "BC0044"),
        ("It lost money in fiscal 1998.", "fiscal 1998", "DATE", "1998"),
        # seasons and holidays
        ("They met in the summer of 1998.", "the summer of 1998", "DATE", "1998-SU"),
        ("They met last summer.", "last summer", "DATE", "2023-SU"),
        ("They signed on Christmas Eve.", "Christmas Eve", "DATE", "2023-12-24"),
        ("They signed before Thanksgiving 2003.", "Thanksgiving 2003", "DATE", "2003-11-27"),
        ("They signed on Easter Monday 1998.", "Easter Monday 1998", "DATE", "1998-04-13"),
        ("Lunar New Year 2003 was quiet.", "Lunar New Year 2003", "DATE", "2003-02-01"),
        # weeks and weekdays
        ("Talks opened Monday.", "Monday", "DATE", "2024-07-01"),
        ("Talks opened last Thursday.", "last Thursday", "DATE", "2024-06-27"),
        ("Talks open next Monday.", "next Monday", "DATE", "2024-07-08"),
        ("They will meet on Friday.", "Friday", "DATE", "2024-07-05"),
        ("They met on Friday.", "Friday", "DATE", "2024-06-28"),
        ("They would go to the town where the M23 killed 12 men on Friday.", "Friday", "DATE", "2024-06-28"),
        ("They would go with the heavily armed men on Friday.", "Friday", "DATE", "2024-07-05"),
        ("The sides agreed to meet on Saturday.", "Saturday", "DATE", "2024-07-06"),
        ("The truce runs until Sunday.", "Sunday", "DATE", "2024-07-07"),
        ("He was elected over the weekend.", "the weekend", "DATE", "2024-W26-WE"),
        ("He spoke yesterday.", "yesterday", "DATE", "2024-07-03"),
        ("He spoke the day before yesterday.", "the day before yesterday", "DATE", "2024-07-02"),
        ("It was agreed two weeks ago.", "two weeks ago", "DATE", "2024-W25"),
        ("It was agreed twenty-five years ago.", "twenty-five years ago", "DATE", "1999"),
        ("Exports fell last year.", "last year", "DATE", "2023"),
        ("They meet next month.", "next month", "DATE", "2024-08"),
        ("It ends at the end of the month.", "the end of the month", "DATE", "2024-07"),
        ("It must close by year-end.", "year-end", "DATE", "2024-12-31"),
        # parts of the day and clocks
        ("It rained on Thursday evening.", "Thursday evening", "TIME", "2024-07-04TEV"),
        ("It rained early Monday morning.", "early Monday morning", "TIME", "2024-07-01TMO"),
        ("It rained last night.", "last night", "TIME", "2024-07-03TNI"),
        ("It rained on the night of June 3.", "the night of June 3", "TIME", "2024-06-03TNI"),
        ("It rained in the early hours of Sunday.", "the early hours of Sunday", "TIME", "2024-06-30TMO"),
        ("It rained the night before last.", "the night before last", "TIME", "2024-07-02TNI"),
        ("It rained at dawn.", "dawn", "TIME", "2024-07-04TMO"),
        ("It rained later in the day.", "later in the day", "DATE", "2024-07-04"),
        ("He left at 19:00 local time.", "19:00 local time", "TIME", "2024-07-04T19:00"),
        ("He arrived at 10:30 p.m. on Monday.", "10:30 p.m. on Monday", "TIME", "2024-07-01T22:30"),
        ("It was launched at 0830 GMT on Monday.", "0830 GMT on Monday", "TIME", "2024-07-01T08:30Z"),
        ("It blew up at 10 p.m. local time (1400 GMT) Monday.", "10 p.m. local time", "TIME", "2024-07-01T22:00"),
        ("It blew up at noon Monday.", "noon Monday", "TIME", "2024-07-01T12:00"),
        ("It blew up at five o'clock in the afternoon.", "five o'clock in the afternoon", "TIME", "2024-07-04T17:00"),
        # how long
        ("The siege lasted three months.", "three months", "DURATION", "P3M"),
        ("The siege lasted several days.", "several days", "DURATION", "PXD"),
        ("The siege lasted two and a half years.", "two and a half years", "DURATION", "P2Y6M"),
        ("The siege lasted almost a hundred days.", "almost a hundred days", "DURATION", "P100D"),
        ("The siege lasted half an hour.", "half an hour", "DURATION", "PT30M"),
        ("The week-long siege ended.", "week-long", "DURATION", "P1W"),
        ("The four-day-old strike ended.", "four-day-old", "DURATION", "P4D"),
        ("The siege lasted two to three weeks.", "two to three weeks", "DURATION", "P2W"),
        ("The siege lasted another week.", "another week", "DURATION", "P1W"),
        ("They had talked for years.", "years", "DURATION", "PXY"),
        ("In the past two years it grew.", "the past two years", "DURATION", "P2Y"),
        # how often
        ("The council meets every Friday.", "every Friday", "SET", "XXXX-WXX-5"),
        ("The council meets on Fridays.", "Fridays", "SET", "XXXX-WXX-5"),
        ("The council meets every other Friday.", "every other Friday", "SET", "XXXX-WXX-5"),
        ("The council meets twice a week.", "twice a week", "SET", "P1W"),
        ("The council meets every two years.", "every two years", "SET", "P2Y"),
        ("The council meets each July.", "each July", "SET", "XXXX-07"),
        ("The council meets quarterly.", "quarterly", "SET", "P3M"),
        ("It costs $3 million a year.", "a year", "SET", "P1Y"),
        # no more exact than the text
        ("The army is now in charge.", "now", "DATE", "PRESENT_REF"),
        ("They recently fell out.", "recently", "DATE", "PAST_REF"),
        ("They fell out some years ago.", "some years ago", "DATE", "PAST_REF"),
    ],
)
def test_value(text: str, words: str, kind: str, value: str) -> None:
    assert (words, kind, value) in read(text)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("On May 16 he left. Two days later he was back.", "Two days later", "2024-05-18"),
        ("On May 16 he left. The next day he was back.", "The next day", "2024-05-17"),
        ("On May 16 he left. The day before, talks had failed.", "The day before", "2024-05-15"),
        ("On May 16 he left. The same day rebels came.", "The same day", "2024-05-16"),
        ("In 1990 he was elected. Three years later he quit.", "Three years later", "1993"),
        ("He was elected in 1990 and quit the following year.", "the following year", "1991"),
        ("He was elected in March 1990 and quit that year.", "that year", "1990"),
        ("He was elected in 1990. Two months later he quit.", "Two months later", "FUTURE_REF"),
        ("Second-quarter profit rose from $2 million a year earlier.", "a year earlier", "2023-Q2"),
        ("Second-quarter profit rose. In the year-ago quarter it fell. Sales in the latest quarter grew.", "the latest quarter", "2024-Q2"),
    ],
)
def test_a_time_that_leans_on_the_one_before(text: str, words: str, value: str) -> None:
    assert value in [v for w, _, v in read(text) if w == words]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",  # verbs, not months
        "The blast killed 1992 people.",
        "About 1950 troops left.",
        "It cost $2000 a head.",
        "The council passed Resolution 1701 without debate.",
        "Article 1905 was struck.",
        "It was the 4th anniversary.",
        "They met on the 38th parallel.",
        "She wants a second term.",
        "Feb. 30 is no day.",
        "The sun rose in the east, the fall of the house.",
        "It was as soon as possible.",
        "The 52-year-old minister spoke.",
        "Temperatures stayed in the '70s degrees.",
        "They won 3-2 and 10/12.",
        "The score was 2:15 to 3:16.",
        "April Smith and Theresa May spoke.",
    ],
)
def test_no_time(text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on July 3.", [("July 3", "DATE", "XXXX-07-03")]),
        ("They met last year.", [("last year", "DATE", "PAST_REF")]),
        ("They met on the 4th.", [("the 4th", "DATE", "XXXX-XX-04")]),
        ("They met on Friday night.", [("Friday night", "TIME", "XXXX-WXX-5TNI")]),
        ("They met in March.", [("March", "DATE", "XXXX-03")]),
        ("They met on Christmas Day.", [("Christmas Day", "DATE", "XXXX-12-25")]),
        ("They met two weeks ago.", [("two weeks ago", "DATE", "PAST_REF")]),
        ("They met at 3 p.m.", [("3 p.m.", "TIME", "XXXX-XX-XXT15:00")]),
    ],
)
def test_without_a_date_the_year_stays_missing(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(text, None) == expected


def test_a_known_window_places_a_day_of_the_month_only_if_one_fits() -> None:
    assert read("They met on the 4th.", None, (date(2000, 6, 16), date(2000, 7, 15))) == [("the 4th", "DATE", "XXXX-07-04")]
    assert read("They met on the 4th.", None, (date(2000, 6, 1), date(2000, 7, 31))) == [("the 4th", "DATE", "XXXX-XX-04")]


def test_the_bounds_of_a_fiscal_year_come_from_the_text() -> None:
    text = "In the fiscal year ended March 31, 2004, it lost money, unlike in fiscal 2002."
    found = [f.value for f in tag(text, Story.of(NOW))]
    assert (found[0].start, found[0].end) == ("2003-04-01", "2004-03-31")
    assert (found[2].value, found[2].start) == ("2002", None)


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("It ended in early July.", "START"),
        ("It ended in mid-1996.", "MID"),
        ("It ended at the end of 1990.", "END"),
        ("It ended in the late 1970s.", "END"),
        ("It took about two years.", "APPROX"),
        ("It took more than a month.", "MORE_THAN"),
        ("It took no more than sixty days.", "EQUAL_OR_LESS"),
        ("It took at least 20 years.", "EQUAL_OR_MORE"),
        ("It took two years.", None),
    ],
)
def test_the_modifier_of_a_time(text: str, mod: str | None) -> None:
    (found,) = tag(text, Story.of(NOW))
    assert found.mod == mod


def test_letters_that_look_like_others() -> None:
    assert read("It took 3 \u017feconds and 2 wee\u212as.") == [("3 \u017feconds", "DURATION", "PT3S"), ("2 wee\u212as", "DURATION", "P2W")]
    assert read("He left th\u0131s week.") == [("th\u0131s week", "DATE", "2024-W27")]


def test_a_story_goes_on_from_paragraph_to_paragraph() -> None:
    story = Story.of(NOW)
    tag("The envoy left on May 16.", story)
    assert [f.value.value for f in tag("Two days later the talks failed.", story)] == ["2024-05-18"]
