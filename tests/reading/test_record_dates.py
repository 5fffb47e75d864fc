"""The date of what a word tells, on sentences written for it; the reports are of Wednesday, November 29, 2006.

``P`` stands for the publication date; ``A/B`` for a period from A to B; a year or a month for the whole of it.
"""

from __future__ import annotations

from calendar import monthrange

import pytest

from onrecord import Document, Reader
from onrecord.model import RecordDate
from onrecord.reading.times import record_date

PUBLISHED = "2006-11-29"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(["parse.spacy", "times.en"])


def expected(words: str) -> tuple[str | None, ...]:
    if words == "P":
        return PUBLISHED, PUBLISHED, "day", "publication"
    if words == "none":
        return None, None, None, "none"
    first, _, last = words.partition("/")
    if last:
        return first, last, "period", "text"
    if len(first) == 4:
        return f"{first}-01-01", f"{first}-12-31", "year", "text"
    if len(first) == 7:
        return f"{first}-01", f"{first}-{monthrange(int(first[:4]), int(first[5:]))[1]}", "month", "text"
    return first, first, "day", "text"


def date_of(reader: Reader, text: str, word: str) -> RecordDate:
    analysis = reader.analyse(Document(id="d", text=text, published=PUBLISHED))
    block, token = next((b, t) for b in analysis.blocks for t in b.tokens if t.text == word)
    return record_date(analysis, block, token)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The foreign ministers met in Vienna on Monday.", {"met": "2006-11-27"}),
        ("The foreign ministers will meet in Vienna on Friday.", {"meet": "2006-12-01"}),
        ("The two sides held talks in Geneva on Nov. 20.", {"talks": "2006-11-20"}),
        ("The premier held talks with his Polish counterpart.", {"talks": "P"}),
        ("He said on Tuesday that the army would leave.", {"said": "2006-11-28", "leave": "P"}),
        ("He said Tuesday that the army left in May.", {"said": "2006-11-28", "left": "2006-05"}),
        ("The army, which invaded in 2003, has withdrawn.", {"invaded": "2003", "withdrawn": "P"}),
        ("The 1998 bombing killed 29 people.", {"bombing": "1998", "killed": "1998"}),
        ("The talks, held in Cairo on November 12, ended without a deal.", {"held": "2006-11-12", "talks": "2006-11-12"}),
        ("A summit scheduled for Dec. 5 was called off.", {"summit": "2006-12-05", "called": "P"}),
        ("The leaders met from November 20 to 22 in Riga.", {"met": "2006-11-20/2006-11-22"}),
        ("The leaders met between March 3 and March 5.", {"met": "2006-03-03/2006-03-05"}),
        ("The general ruled the country from 1979 to 2003.", {"ruled": "1979-01-01/2003-12-31"}),
        ("The drills run from Monday to Thursday.", {"run": "2006-11-27/2006-11-30"}),
        ("On December 1 the council will vote on the draft.", {"vote": "2006-12-01"}),
        ("The truce was signed on November 3. Two days later the rebels attacked the town.", {"signed": "2006-11-03", "attacked": "2006-11-05"}),
        ("The envoy arrived Tuesday and met the president on Wednesday.", {"arrived": "2006-11-28", "met": "2006-11-29"}),
        ("On Tuesday, the envoy arrived and met the president.", {"arrived": "2006-11-28", "met": "2006-11-28"}),
        ("In 1994 he was elected president and two years later he resigned.", {"elected": "1994", "resigned": "1996"}),
        ("North Korea, which tested a nuclear device on October 9, refused to return to the talks.", {"tested": "2006-10-09", "refused": "P"}),
        ("Last month's test drew condemnation from Seoul.", {"test": "2006-10"}),
        ("The president, speaking to reporters in Tallinn on Tuesday, rejected the idea.", {"speaking": "2006-11-28", "rejected": "2006-11-28"}),
        ("After meeting the premier on Sunday, he flew to Minsk.", {"meeting": "2006-11-26", "flew": "P"}),
        ("Since 1991 the two countries have fought over the enclave.", {"fought": "1991-01-01/2006-11-29"}),
        ("The ban remains in force until March 2007.", {"remains": "2006-11-29/2007-03-31"}),
        ("The accord was signed in May 1999 and took effect on January 1, 2000.", {"signed": "1999-05", "took": "2000-01-01"}),
        ("Under the agreement signed in May 1999, troops left the zone.", {"signed": "1999-05", "left": "P"}),
        ("The president visited Moscow last week.", {"visited": "2006-11-20/2006-11-26"}),
        ("He will visit Moscow next year.", {"visit": "2007"}),
        ("The strikes began overnight.", {"began": "2006-11-28"}),
        ("Troops opened fire at 10 p.m. on Monday.", {"opened": "2006-11-27"}),
        ("The attack happened at 0830 GMT on Tuesday.", {"attack": "2006-11-28", "happened": "2006-11-28"}),
        ("The prime minister told parliament on Thursday the vote would be held in March.", {"told": "2006-11-23", "held": "2007-03"}),
        ("In March, parliament approved the treaty.", {"approved": "2006-03"}),
        ("In December 2005, Israel closed the crossing, and in June it reopened.", {"closed": "2005-12", "reopened": "2006-06"}),
        ("Relations soured after the 2003 invasion.", {"invasion": "2003", "soured": "P"}),
        ("Egypt and Israel signed a peace treaty in 1979.", {"signed": "1979"}),
        ("The 1979 peace treaty was praised.", {"treaty": "1979", "praised": "P"}),
        ("A spokesman said late Monday that the convoy was attacked on Sunday.", {"said": "2006-11-27", "attacked": "2006-11-26"}),
        ("The minister, who took office in September, condemned the killing.", {"took": "2006-09", "condemned": "P"}),
        ("The group claimed responsibility for the November 21 assassination of the minister.", {"assassination": "2006-11-21", "claimed": "P"}),
        ("The minister was assassinated on the 21st.", {"assassinated": "2006-11-21"}),
        ("The next round will open on the 5th.", {"open": "2006-12-05"}),
        ("On Nov. 20, 2006, the court opened the trial.", {"opened": "2006-11-20"}),
        ("The court is due to rule on Thursday.", {"rule": "2006-11-30"}),
        ("Thursday's ruling was welcomed by the union.", {"ruling": "2006-11-23", "welcomed": "P"}),
        ("The meeting on Friday will discuss the border.", {"meeting": "2006-12-01", "discuss": "2006-12-01"}),
        ("The rebels seized the town on Saturday, killing 12 soldiers.", {"seized": "2006-11-25", "killing": "2006-11-25"}),
        ("Police arrested three men on Saturday and charged them on Monday.", {"arrested": "2006-11-25", "charged": "2006-11-27"}),
        ("On Saturday police arrested three men and charged them with treason.", {"arrested": "2006-11-25", "charged": "2006-11-25"}),
        ("Russia cut off gas supplies on January 1, prompting protests.", {"cut": "2006-01-01"}),
        ("The council adopted the resolution in 2004.", {"adopted": "2004"}),
        ("Resolution 1559, adopted in 2004, calls for disarmament.", {"adopted": "2004", "calls": "P"}),
        ("Early this month, the two armies held a joint drill.", {"held": "2006-11", "drill": "2006-11"}),
        ("In the early 1990s the militia shelled the capital.", {"shelled": "1990-01-01/1999-12-31"}),
        ("The embargo was imposed in the first half of 2005.", {"imposed": "2005-01-01/2005-06-30"}),
        ("Twenty years ago the reactor exploded.", {"exploded": "1986"}),
        ("He made the remarks in an interview broadcast on Sunday.", {"broadcast": "2006-11-26"}),
        (
            "They agreed on Monday to resume talks next week.",
            {"agreed": "2006-11-27", "resume": "2006-12-04/2006-12-10", "talks": "2006-12-04/2006-12-10"},
        ),
        ("The minister called Monday for a ceasefire by the end of the year.", {"called": "2006-11-27"}),
        ("Yesterday, the army shelled the camp.", {"shelled": "2006-11-28"}),
        ("The army shelled the camp three times a week.", {"shelled": "P"}),
        ("The siege, now in its third week, began on Nov. 8.", {"began": "2006-11-08"}),
        ("The president resigned Friday, a day after the vote.", {"resigned": "2006-11-24"}),
        ("On the day of the vote, Nov. 5, gunmen attacked a polling station.", {"attacked": "2006-11-05"}),
        ("Hundreds fled after Monday's bombing.", {"bombing": "2006-11-27", "fled": "P"}),
        ("Ethiopia sent troops into Somalia in July, the organisation said in a report on Tuesday.", {"sent": "2006-07", "said": "2006-11-28"}),
        ("The visit, the first since 1998, was welcomed.", {"visit": "P", "welcomed": "P"}),
        ("His father was killed in 1961 when Belgium ruled the country.", {"killed": "1961"}),
        ("France and Germany agreed in principle in October 2005 and signed the deal on Nov. 15.", {"agreed": "2005-10", "signed": "2006-11-15"}),
        ("The two leaders last met in Helsinki in July 2005.", {"met": "2005-07"}),
        ("They are to meet again Dec. 18.", {"meet": "2006-12-18"}),
        ("The two presidents met in Lima on Nov. 18 and 19.", {"met": "2006-11-18/2006-11-19"}),
        ("Turkey and Armenia signed the protocols in Zurich on 10 October.", {"signed": "2006-10-10"}),
        ("Rebels ambushed an army convoy near the border late Saturday night.", {"ambushed": "2006-11-25"}),
        ("The foreign minister, in Paris on Monday for talks, dismissed the report.", {"dismissed": "2006-11-27"}),
        ("The ambassador was recalled in July after the shelling of the embassy.", {"recalled": "2006-07", "shelling": "P"}),
        ("The chancellor is expected in Warsaw on December 8.", {"expected": "2006-12-08"}),
        ("The cabinet approved the budget on Wednesday.", {"approved": "2006-11-29"}),
        ("The council is to vote next Tuesday on fresh sanctions.", {"vote": "2006-12-05"}),
        ("Sanctions were first imposed in August 1990, days after the invasion.", {"imposed": "1990-08"}),
        ("Washington broke off relations in 1980 and restored them in 2004.", {"broke": "1980", "restored": "2004"}),
        ("Officials from the two Koreas met for the first time since July.", {"met": "P"}),
        ("At a news conference on Sunday, the king urged restraint.", {"urged": "2006-11-26"}),
        ("The parliament voted 120 to 45 on Nov. 23 to expel the envoy.", {"voted": "2006-11-23"}),
        ("The deal, reached last year, was suspended on Monday.", {"reached": "2005", "suspended": "2006-11-27"}),
        ("The two armies will conduct exercises from Dec. 4 to Dec. 9.", {"conduct": "2006-12-04/2006-12-09", "exercises": "2006-12-04/2006-12-09"}),
        (
            "The premier said in an interview published Friday that he would resign in May.",
            {"published": "2006-11-24", "said": "P", "resign": "2007-05"},
        ),
        ("About 4,000 people have died since the fighting began in January.", {"began": "2006-01"}),
        ("A roadside bomb killed two soldiers on the night of Nov. 22.", {"killed": "2006-11-22"}),
        ("Three weeks ago the army withdrew from the town.", {"withdrew": "2006-11-06/2006-11-12"}),
        ("The union expelled the country in the 1970s.", {"expelled": "1970-01-01/1979-12-31"}),
        ("The pact expires on December 31.", {"expires": "2006-12-31"}),
        ("Thousands marched in the capital on May Day.", {"marched": "2006-05-01"}),
        ("He served as defence minister between 1996 and 1999.", {"served": "1996-01-01/1999-12-31"}),
        ("On the same day, the court freed the editor.", {"freed": "P"}),
        ("The president arrived on Nov. 20. The following day, he opened the summit.", {"arrived": "2006-11-20", "opened": "2006-11-21"}),
        ("Iran rejected the offer a week later.", {"rejected": "none"}),
        ("The attack came hours after a blast on Monday wounded five people.", {"attack": "P"}),
        ("The tribunal, set up in 1993, convicted the general in June.", {"set": "1993", "convicted": "2006-06"}),
        ("Talks resume in Beijing in early December.", {"resume": "2006-12"}),
        ("Years ago, the militia attacked the village.", {"attacked": "none"}),
        ("Police said gunmen shot the judge on Tuesday evening.", {"shot": "2006-11-28", "said": "P"}),
        ("In a statement Monday, the group denied the charge.", {"denied": "2006-11-27"}),
        ("Since last week, protesters have blocked the road.", {"blocked": "2006-11-20/2006-11-29"}),
        ("His visit to Tokyo last month was cancelled.", {"visit": "2006-10"}),
        ("The minister spoke by telephone with his counterpart on Monday and again on Tuesday.", {"spoke": "2006-11-27"}),
        ("The United States, which occupied the island until 1934, sent marines there in 1994.", {"occupied": "1934", "sent": "1994"}),
    ],
)
def test_record_date(reader: Reader, text: str, dates: dict[str, str]) -> None:
    for word, date in dates.items():
        found = date_of(reader, text, word)
        assert (found.start, found.end, found.precision, found.basis) == expected(date), word
