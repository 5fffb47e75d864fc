"""Numbers and units as English writes them: "twenty-four", "a hundred and ten", "2 1/2", "3.5"; "centuries"."""

from __future__ import annotations

import re

from onrecord.reading.timex.shapes import table

_TIMES = {"hundred": 100.0, "thousand": 1000.0, "dozen": 12.0}


def number(words: str) -> float:
    """The number a phrase spells."""
    if words[0].isdigit():
        whole, *part = words.replace(",", "").split()
        above, _, below = part[0].partition("/") if part else ("0", "", "1")
        return float(whole) + (int(above) / int(below) if int(below) else 0)
    total, known = 0.0, table("numbers")
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _TIMES:
            total = (total or 1) * _TIMES[word]
        elif word != "and":
            total += float(known[word])
    return total


def unit(name: str) -> str:
    """The TIMEX3 unit letter; units below a day carry a T."""
    name = name.lower()
    letter = str(table("units")[name])
    return "T" + letter if name in ("second", "minute", "hour") else letter
