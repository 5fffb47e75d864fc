"""One dated office as read from any of the files, before persons are merged; and the cleaning that each file needs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.knowledge import states
from training.knowledge.surnames import CURATED, LISTS, REGNAL, bare

KNOWN = "2025-06-30"
CODES = {"KSV": "KOS", "TMP": "TLS", "XKX": "KOS", "XKS": "KOS", "UNK": "KOS"}


def read(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """The rows of a table with a header."""
    with path.open(encoding="utf8") as file:
        yield from csv.DictReader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)


def codes(name: str) -> dict[str, str]:
    """One list of curated/codes.tsv: what the files call something, and its id here."""
    return {row["key"]: row["id"] for row in read(CURATED / "codes.tsv", "\t") if row["list"] == name}


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


ORGS, POSITIONS, AFFILIATIONS = codes("org"), codes("position"), codes("affiliation")
SENT = re.compile(r"(?i)\b(?:ambassador|governor|consul|envoy)\b")
LOCAL = re.compile(r"president of the Province of ", re.IGNORECASE)


def _affiliation(title: str) -> str:
    return next((group for word, group in AFFILIATIONS.items() if word in title), "")


def place(code: str, position: str) -> tuple[str, str]:
    """(country, organisation id) of a code of the files; both empty where unknown."""
    code = CODES.get(code, code)
    elsewhere = None if SENT.search(position) else states.names().get(position.partition(" of ")[2].removeprefix("the "))
    if elsewhere and code not in ORGS and code not in ("IGO", "COD", "COG"):
        return elsewhere, ""
    if code in ORGS:
        return "", ORGS[code]
    if code in ("IGO", ""):
        return "", next((ORGS[org] for words, org in POSITIONS.items() if words in position), "")
    return code, ""


def wrong() -> set[tuple[str, ...]]:
    """(origin, code, title, person, start) of what a file says and we know to be wrong; curated/wrong.tsv says why."""
    return {tuple(row[c] for c in ("origin", "code", "title", "person", "start")) for row in read(CURATED / "wrong.tsv", "\t")}


def _title(text: str) -> str:
    """A title without brackets, quotation marks, a word said twice and a portfolio left out at the end."""
    text = re.sub(r"\s*\([^)]*\)|[\"“”]|,? and Minister for\Z", "", text)
    return re.sub(r"\b(of|the|and) \1\b", r"\1", text[:1].upper() + text[1:])


def _date(text: str) -> str:
    """An ISO date, whole or in part; a decade ("2014s") keeps its year, anything else is dropped."""
    found = re.match(r"\d{4}(?:-\d\d)?(?:-\d\d)?(?=s?\Z)", text)
    return found[0] if found else ""


def wikidata(folder: Path) -> Iterator[Fact]:
    """officeholders_wikidata_2000_2023.csv. Labels in another script, reversed dates and heads of Italian provinces are left out."""
    known_wrong = wrong()
    for row in read(folder / "officeholders_wikidata_2000_2023.csv"):
        country, body = place(row["iso3"], row["position"])
        if not (country or body) or not re.match(r"[A-Za-zÀ-ɏḀ-ỿ‘’'ʻ]", row["person"]) or (row["end"] and row["start"] > row["end"]):
            continue
        if re.match(r"Q\d+\Z", row["person"]) or row["person"].islower() or LOCAL.match(row["position"]):
            continue
        if ("wikidata", row["iso3"], row["position"], row["person"], row["start"]) in known_wrong:
            continue
        aliases = [a.strip() for a in row["aliases"].split("|") if a.strip() and re.match(r"[A-Za-zÀ-ɏ]", a.strip())]
        title = _title(row["position"])
        title = "Foreign Secretary" if (row["iso3"], title) == ("IND", "Minister of Foreign Affairs") else title
        aliases += [row["person"]] if "," not in row["person"] else []
        yield Fact(
            country, body, title, bare(row["person"]), row["person_qid"], _date(row["start"]), _date(row["end"]), row["as_of"], "wikidata", aliases
        )


DANGLING = re.compile(r"(?:(?:\A| )(?:and|of|the|for))+\Z|\A(?:and|of|the|for) ")
HONORIFIC = LISTS["honorific"] | {"Capt.", "Chief", "Duke"}
TWO_WORDS = (["Crown", "Prince"], ["Grand", "Duke"], ["Governor", "General"])
RANK = {"General", "Lt.", "Maj.", "Sir", "Chief", "French", "Minister"}
TANGLED = re.compile(r"Ministers|elect|Presidents|Designate|for Foreign\Z")
UNCLEAN = re.compile(r"\AChina |[,;()0-9/]| and |Council|Republic| of |Government")
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
    title = _rankless(DANGLING.sub("", title))
    if " " not in name and title in ("King", "Queen", "Emperor", "Grand Duke", "Prince"):
        name = f"{title} {name}"
    return title, name


def _rankless(title: str) -> str:
    """A title without the rank or honorific of its holder ("President Gen."); empty where it is nothing else."""
    words = title.split()
    while len(words) > 1 and words[-1] in HONORIFIC and words[-2:] not in TWO_WORDS:
        words = words[:-1]
    return "" if words and words[0] in RANK else " ".join(words)


def factbook(folder: Path) -> Iterator[Fact]:
    """leaders_factbook_2015_2026.csv without its title debris: a row whose name cannot be told from its title is left out."""
    own_head = {"HKG", "MAC", "PSE", "TWN", "KOS", "ESH", "COK", "NIU"}
    territories = {row["iso3"] for row in _territories(folder)} - own_head
    known_wrong = wrong()
    for row in read(folder / "leaders_factbook_2015_2026.csv"):
        if ("factbook", row["iso3"], row["title"], row["name"], row["start"]) in known_wrong:
            continue
        iso3 = CODES.get(row["iso3"], row["iso3"]) or {"Serbia": "SRB"}.get(row["country"], "")
        name, capitals = _capitals(re.sub(r"note\Z", "", RANKS.sub("", row["name"]).strip()))
        title, name = _untangle(row["title"], name)
        if not iso3 or iso3 in territories or not title or TANGLED.search(title) or UNCLEAN.search(name) or len(name.split()) < 2:
            continue
        end = row["end_est"] if row["end_est"] >= row["start"] else ""
        surname = "" if re.search(r"[,;]", row["surname"]) else _capitals(row["surname"])[0]
        surname = capitals or surname
        aliases = [_capitals(row["aliases"])[0]] if row["aliases"] and not re.search(r"[,;|(]", row["aliases"]) else []
        surname = re.sub(r" [IVX]+\Z", "", surname) if surname in name else ""
        yield Fact(iso3, "", title, name, "", _date(row["start"] or row["first_seen"]), _date(end), row["last_seen"], "factbook", aliases, surname)


def _territories(folder: Path) -> Iterator[dict[str, str]]:
    for line in (folder / "countries.jsonl").read_text(encoding="utf8").splitlines():
        country = json.loads(line)
        if country["independent"] != "Yes":
            yield country


def recent(folder: Path) -> Iterator[Fact]:
    """recent_officials_seed.csv, unverified; as good as its latest date."""
    for row in read(folder / "recent_officials_seed.csv"):
        country, body = place(row["iso3_or_org"], row["position"])
        yield Fact(country, body, row["position"], row["person"], "", row["start"], row["end"], "2025-10-21", "recent")


def curated(folder: Path) -> Iterator[Fact]:
    """Our own officials.tsv: code, title, person, start, end, aliases, surname. A word in brackets behind a person parts namesakes;
    a QID there says who it is. As good as our knowledge in June 2025, or on the day it begins.
    """
    for row in read(folder / "officials.tsv", "\t"):
        country, body = place(row["code"], row["title"])
        if not (country or body):
            raise ValueError(f"officials.tsv: unknown code {row['code']}")
        aliases = row["aliases"].split("|") if row["aliases"] else []
        body = body or _affiliation(row["title"])
        name, _, namesake = row["person"].partition(" (")
        ident = "or:" + re.sub(r"[^a-z0-9]+", "-", row["person"].lower()).strip("-") if namesake else ""
        ident = namesake.rstrip(")") if re.fullmatch(r"Q\d+\)", namesake) else ident
        yield Fact(country, body, row["title"], name, ident, row["start"], row["end"], max(KNOWN, row["start"]), "own", aliases, row["surname"])
