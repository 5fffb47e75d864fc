"""How a person is called on second mention, by the naming habits of a state, and the spellings and orders of a name that news uses."""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata
from pathlib import Path

CURATED = Path(__file__).parent / "curated"
ARTICLE = re.compile(r"(?:al|el|as|ash|at|ad|ar|an|az)-(?=\w{3})", re.IGNORECASE)
REGNAL = re.compile(r"[IVX]+\Z")
PEERAGE = re.compile(r"(?:,? (?:Jr|Sr)\.?|, (?:II|III|IV)|, .*(?:Baron|Viscount|Earl|Duke|Marquess|Prince|Baronet|Lord).*|, (?:Jr|Sr)\.?)\Z")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe"})


def _lists() -> dict[str, set[str]]:
    with (CURATED / "word_lists.tsv").open(encoding="utf8") as file:
        return {row["list"]: set(row["words"].split()) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def _variants() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {"arabic": {}, "slavic": {}}
    with (CURATED / "variants.tsv").open(encoding="utf8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            forms = row["forms"].split("|")
            found[row["region"]].update(dict.fromkeys(forms, forms))
    return found


LISTS, VARIANTS = _lists(), _variants()
FAMILY_FIRST, GIVEN_USED, PARTICLES = LISTS["family-first"], LISTS["given-used"], LISTS["particle"]
SPANISH, SLAVIC, ARABIC = LISTS["spanish"], LISTS["slavic"], LISTS["arabic"]


def fold(text: str) -> str:
    """Lower-case letters only, accents gone: the key under which two spellings of a name are one."""
    plain = unicodedata.normalize("NFKD", text.translate(str.maketrans("øłŁıđĐ", "olLidD")))
    return "".join(c for c in plain.lower() if c.isalnum() and unicodedata.category(c) != "Lm")


def bare(name: str) -> str:
    """A name without honorifics in front, nickname in quotes or brackets inside, and generation or peerage behind."""
    name = " ".join(re.sub(r"\([^)]*\)|\"[^\"]*\"|[\u200e\u200f]", " ", name).split())
    name = PEERAGE.sub("", name)
    if "," in name:
        name = " ".join(reversed([part.strip() for part in name.split(",", 1)]))
    words = name.split()
    while len(words) > 2 and words[0] in LISTS["honorific"] and words[1].lower() not in ("bin", "ibn"):
        words = words[1:]
    if len(words) > 2 and REGNAL.match(words[-1]):
        words = words[:-1]
    return " ".join(words)


def family_first(name: str, country: str) -> bool:
    """Whether the first word of a name, as English writes it, is the family's."""
    words = name.split()
    if len(words) < 2 or country not in FAMILY_FIRST:
        return False
    if country == "VNM":
        return True
    known = LISTS["korean" if country in ("KOR", "PRK") else "chinese"]
    if words[0] not in known:
        return False
    return "-" in words[-1] or words[-1] not in known or country in ("CHN", "KOR", "PRK")


def surnames(name: str, country: str) -> list[str]:
    """The forms used alone on second mention, the usual one first."""
    name = bare(name)
    words = name.split()
    if len(words) == 2 and words[0] in LISTS["honorific"]:
        return [words[1]]
    if len(words) == 1 or REGNAL.match(words[1]):
        return [words[0]]
    if country == "VNM":
        return list(dict.fromkeys([words[-1], words[0]]))
    if family_first(name, country):
        return [words[0]]
    found = _last(words, country)
    if country in GIVEN_USED and words[0] not in LISTS["honorific"]:
        found.append(words[0])
    return [f for f in dict.fromkeys(found) if f.lower() not in PARTICLES]


def _last(words: list[str], country: str) -> list[str]:
    """The forms of a family name that stands last, particles with it and without."""
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    found = [" ".join(words[start:]), words[-1]]
    found += [ARTICLE.sub("", f)[:1].upper() + ARTICLE.sub("", f)[1:] for f in list(found) if ARTICLE.match(f)]
    if country in SPANISH and len(words) > 2 and words[-2].lower() not in PARTICLES and not words[-2].endswith("."):
        both = [words[-2], f"{words[-2]} {words[-1]}"]
        found = [*both, *found] if len(words) > 3 else [*found, *both]
    if "-" in words[-1] and words[-1][0].isupper() and country not in FAMILY_FIRST and not ARTICLE.match(words[-1]):
        found.append(words[-1].split("-")[-1])
    return found + [f.translate(UMLAUTS) for f in found]


def spellings(name: str, country: str) -> list[str]:
    """The name as news writes it: without honorifics and middle initials, transliterated otherwise, and in both orders where families come first."""
    base = bare(name)
    words = base.split()
    found = [base, base.translate(UMLAUTS)]
    short = [w for n, w in enumerate(words) if n == 0 or not re.fullmatch(r"[A-Z]\.?", w)]
    if len(short) > 1:
        found.append(" ".join(short))
    if len(words) > 2 and re.fullmatch(r"[A-Z]\.", words[0]):
        found.append(" ".join(words[1:]))
    if len(words) == 2 and (family_first(base, country) or country in ("JPN", "HUN", "TWN")):
        found.append(f"{words[1]} {words[0]}")
    if len(words) == 3 and family_first(base, country) and country in ("KOR", "PRK", "CHN", "TWN"):
        found.append(f"{words[1]} {words[2]} {words[0]}")
    found += _transliterated(words, country)
    return [f for f in dict.fromkeys(found) if f != name and len(f.split()) > 1]


def _transliterated(words: list[str], country: str) -> list[str]:
    """The same name with its given names spelt otherwise and without the article before the family name; eight at most."""
    table = VARIANTS["arabic"] if country in ARABIC else VARIANTS["slavic"] if country in SLAVIC else {}
    if not table:
        return []
    choices = [table.get(word, [word]) for word in words]
    if country in ARABIC and len(words) > 1 and ARTICLE.match(words[-1]):
        stem = ARTICLE.sub("", words[-1])
        choices[-1] = [words[-1], "al-" + stem, "el-" + stem, stem[:1].upper() + stem[1:]]
    return [" ".join(choice) for choice in itertools.islice(itertools.product(*choices), 8)]
