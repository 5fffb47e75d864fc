"""One dated office as read from any of the files, before persons are merged; and the cleaning that each file needs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.knowledge import states
from training.knowledge.surnames import LISTS, REGNAL, bare

CODES = {"XKX": "KOS", "XKS": "KOS", "UNK": "KOS"}
ORGS = {
    "EUE": "Q458", "UN": "Q1065", "NATO": "Q7184", "IAEA": "Q41984", "OSCE": "Q81299", "WTO": "Q7825", "IMF": "Q7804", "AL": "Q7172", "AU": "Q7159", "OAU": "or:oau",
    "OIC": "or:oic", "ICC": "Q47488", "OPEC": "or:opec", "WB": "Q7164", "EC": "Q8880", "EUCO": "Q8886", "EP": "Q8889", "ECB": "Q8901", "WHO": "Q7817", "SCO": "Q485207",
    "ASEAN": "Q7768", "UNHCR": "or:unhcr", "UNSCOM": "or:unscom", "UNMOVIC": "or:unmovic", "OHCHR": "or:ohchr", "ICTY": "or:icty", "OPCW": "or:opcw", "CIS": "Q7779",
    "GCC": "Q217172", "UNGA": "Q47423", "ICJ": "Q7801", "CoE": "Q8908", "OCHA": "or:ocha", "IOC": "or:ioc", "UNESCO": "Q7809", "UNICEF": "Q740308", "WFP": "or:wfp", "OAS": "Q123759",
    "APEC": "or:apec", "CW": "Q7785", "KEDO": "or:kedo", "UNMIK": "or:unmik", "UNRWA": "or:unrwa", "OECD": "Q41550", "KFOR": "or:kfor", "ISAF": "or:isaf", "CPA": "or:coalition-iraq", "AQ": "Q34490",
}  # fmt: skip
POSITION_ORGS = (
    ("Parliamentary Assembly of the Council of Europe", "CoE"), ("United Nations General Assembly", "UNGA"), ("United Nations", "UN"), ("International Court of Justice", "ICJ"),
    ("World Trade Organization", "WTO"), ("OSCE", "OSCE"), ("NATO", "NATO"), ("European Commission", "EC"), ("European Council", "EUCO"), ("European Parliament", "EP"),
    ("European Central Bank", "ECB"), ("International Monetary Fund", "IMF"), ("World Bank", "WB"), ("World Health Organization", "WHO"), ("African Union", "AU"), ("Arab League", "AL"),
    ("International Criminal Court", "ICC"), ("UNESCO", "UNESCO"), ("High Representative", "EUE"), ("Council of Europe", "CoE"), ("International Atomic Energy Agency", "IAEA"), ("European", "EUE"),
)  # fmt: skip


@dataclass(slots=True)
class Fact:
    """A title held by a named person. ``country``: ISO alpha-3, or empty with ``body`` an organisation's id."""

    country: str
    body: str
    title: str
    name: str
    qid: str
    start: str
    end: str
    as_of: str
    origin: str
    aliases: list[str] = field(default_factory=list)
    surname: str = ""


def _read(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf8") as file:
        yield from csv.DictReader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)


AFFILIATIONS = (
    ("Hamas", "Q38799"), ("Hezbollah", "Q41053"), ("PLO", "or:plo"), ("Palestine Liberation Organization", "or:plo"), ("Fatah", "or:fatah"),
    ("Islamic Jihad", "or:islamic-jihad-pse"), ("PKK", "or:pkk"), ("KLA", "or:kla"), ("Taliban", "Q42418"), ("Tamil", "or:ltte"),
    ("al-Qaeda in Iraq", "or:aqi"), ("al-Qaeda", "Q34490"), ("FARC", "or:farc"), ("UNITA", "or:unita"), ("Renamo", "or:renamo"), ("RUF", "or:ruf"),
    ("LRA", "or:lra"), ("SPLA", "or:splm"), ("MILF", "or:milf"), ("MNLF", "or:mnlf"), ("Polisario", "or:polisario"), ("Sinn Fein", "or:sinn-fein"),
    ("Ulster Unionist Party", "or:uup"), ("Democratic Unionist Party", "or:dup"), ("Kuomintang", "or:twn-kmt"), ("People First", "or:twn-pfp"),
    ("Congress Party", "or:ind-congress"), ("Kurdistan Democratic Party", "or:kdp"), ("Mahdi Army", "or:mahdi-army"),
    ("Iraqi National Congress", "or:inc"), ("Turkish Cypriot", "or:turkish-cypriots"), ("Bosnian Serb", "or:bosnian-serbs"),
    ("Chechen rebel", "or:chechen-rebels"), ("Islamic Courts", "or:islamic-courts"), ("Khmer Rouge", "or:khmer-rouge"), ("Maoist", "or:maoists-npl"),
    ("Northern Alliance", "or:northern-alliance"), ("ARATS", "or:chn-arats"), ("SEF", "or:twn-sef"), ("Taiwan Affairs", "or:chn-tao"),
    ("Mainland Affairs", "or:twn-mac"), ("Liberation Tigers", "or:ltte"), ("Freedom Party", ""),
)  # fmt: skip


def _affiliation(title: str) -> str:
    return next((group for word, group in AFFILIATIONS if word in title), "")


def place(code: str, position: str) -> tuple[str, str]:
    """(country, organisation id) of a code of the files; both empty where unknown."""
    code = CODES.get(code, code)
    elsewhere = states.names().get(position.partition(" of ")[2].removeprefix("the "))
    if elsewhere and code not in ORGS and code not in ("IGO", "COD", "COG"):
        return elsewhere, ""
    if code in ORGS:
        return "", ORGS[code]
    if code in ("IGO", ""):
        return "", next((ORGS[org] for words, org in POSITION_ORGS if words in position), "")
    return code, ""


def _date(text: str) -> str:
    """An ISO date, whole or in part; a decade ("2014s") keeps its year, anything else is dropped."""
    found = re.match(r"\d{4}(?:-\d\d)?(?:-\d\d)?(?=s?\Z)", text)
    return found[0] if found else ""


def wikidata(folder: Path) -> Iterator[Fact]:
    """officeholders_wikidata_2000_2023.csv. Labels in another script and reversed dates are left out."""
    for row in _read(folder / "officeholders_wikidata_2000_2023.csv"):
        country, body = place(row["iso3"], row["position"])
        if not (country or body) or not re.match(r"[A-Za-zÀ-ɏḀ-ỿ‘’'ʻ]", row["person"]) or (row["end"] and row["start"] > row["end"]):
            continue
        if re.match(r"Q\d+\Z", row["person"]):
            continue
        aliases = [a.strip() for a in row["aliases"].split("|") if a.strip() and re.match(r"[A-Za-zÀ-ɏ]", a.strip())]
        title = row["position"][:1].upper() + row["position"][1:]
        aliases += [row["person"]] if "," not in row["person"] else []
        yield Fact(country, body, title, bare(row["person"]), row["person_qid"], _date(row["start"]), _date(row["end"]), row["as_of"], "wikidata", aliases)


TANGLED = re.compile(r"Ministers|elect|Presidents|Designate")
UNCLEAN = re.compile(r"[,;()0-9/]| and |Council|Republic| of |Government")
RANKS = re.compile(r",? (?:Lt|Gen|Dr|Brig|Adm|Maj|Col|Sir|Jr|Sr|Ret|Prof|KBE|Capt|Hon)\b\.?.*\Z")


def _capitals(name: str) -> tuple[str, str]:
    """A name whose family part is in capitals, in ordinary case, and that part: "Bashar al-ASAD" → ("Bashar al-Asad", "al-Asad")."""
    shouted = [w for w in name.split() if re.search(r"[A-ZÀ-Þ]{3,}", w) and not REGNAL.match(w)]

    def calm(word: str) -> str:
        return word if REGNAL.match(word) else re.sub(r"[A-ZÀ-Þ]{3,}", lambda m: m[0][0] + m[0][1:].lower(), word)

    return " ".join(map(calm, name.split())), " ".join(map(calm, shouted))


def _untangle(title: str, name: str) -> tuple[str, str]:
    """Title and name with the words of the title that slipped into the name put back; a king of one name keeps his title in it."""
    words = name.split()
    taken = 0
    while taken < len(words) - 1 and words[taken] in LISTS["debris"]:
        taken += 1
    title, name = " ".join([title, *words[:taken]]).strip(), " ".join(words[taken:])
    if " " not in name and title in ("King", "Queen", "Emperor", "Grand Duke", "Prince"):
        name = f"{title} {name}"
    return title, name


def factbook(folder: Path) -> Iterator[Fact]:
    """leaders_factbook_2015_2026.csv without its title debris: a row whose name cannot be told from its title is left out."""
    own_head = {"HKG", "MAC", "PSE", "TWN", "KOS", "ESH", "COK", "NIU"}
    territories = {row["iso3"] for row in _territories(folder)} - own_head
    for row in _read(folder / "leaders_factbook_2015_2026.csv"):
        iso3 = CODES.get(row["iso3"], row["iso3"]) or {"Serbia": "SRB"}.get(row["country"], "")
        name, capitals = _capitals(RANKS.sub("", row["name"]).strip())
        title, name = _untangle(row["title"], name)
        if not iso3 or iso3 in territories or not title or TANGLED.search(title) or UNCLEAN.search(name) or len(name.split()) < 2:
            continue
        end = row["end_est"] if row["end_est"] >= row["start"] else ""
        surname = "" if re.search(r"[,;]", row["surname"]) else _capitals(row["surname"])[0]
        surname = capitals or surname
        aliases = [_capitals(row["aliases"])[0]] if row["aliases"] and not re.search(r"[,;|(]", row["aliases"]) else []
        surname = re.sub(r" [IVX]+\Z", "", surname) if surname in name else ""
        yield Fact(iso3, "", title, name, "", _date(row["start"]), _date(end), row["last_seen"], "factbook", aliases, surname)


def _territories(folder: Path) -> Iterator[dict[str, str]]:
    for line in (folder / "countries.jsonl").read_text(encoding="utf8").splitlines():
        country = json.loads(line)
        if country["independent"] != "Yes":
            yield country


def recent(folder: Path) -> Iterator[Fact]:
    """recent_officials_seed.csv (unverified in the file)."""
    for row in _read(folder / "recent_officials_seed.csv"):
        country, body = place(row["iso3_or_org"], row["position"])
        yield Fact(country, body, row["position"], row["person"], "", row["start"], row["end"], "2025-12-01", "recent")


def curated(folder: Path) -> Iterator[Fact]:
    """Our own officials.tsv: code, title, person, start, end, aliases, surname; as good as our knowledge in January 2025."""
    for row in _read(folder / "officials.tsv", "\t"):
        country, body = place(row["code"], row["title"])
        if not (country or body):
            raise ValueError(f"officials.tsv: unknown code {row['code']}")
        aliases = row["aliases"].split("|") if row["aliases"] else []
        body = body or _affiliation(row["title"])
        yield Fact(country, body, row["title"], row["person"], "", row["start"], row["end"], "2025-01-01", "own", aliases, row["surname"])
