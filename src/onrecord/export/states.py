"""States as other data sets number and spell them: Correlates of War, FIPS 10-4, CAMEO. A code that is not known is empty, never a guess.

Source: own knowledge of the Correlates of War state system list and of FIPS PUB 10-4 (withdrawn in 2008, still GDELT's), written down by hand and
found equal in every row to a public table of both (Serbia's COW number, Yugoslavia's before, is unverified). CAMEO takes ISO 3166-1 alpha-3 as it
stood in 2000: the codes in ``_CAMEO`` differ, those for Montenegro and Kosovo are unverified and therefore only read, never written.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

_CAMEO = {"ROU": "ROM", "TLS": "TMP"}
_READ = {**{cameo: iso for iso, cameo in _CAMEO.items()}, "ZAR": "COD", "MTN": "MNE", "KSV": "KOS", "XKX": "KOS", "WSB": "PSE", "GZS": "PSE"}
_REGIONS = frozenset(
    "AFR ASA BLK CRB CAU CFR CAS CEU EIN EAF EEU EUR LAM MEA MDT NAF NMR PGS SCN SAM SAS SEA SAF UIS WAF WST".split()  # noqa: SIM905
)
"""CAMEO's codes of regions, which stand where states do."""


@functools.cache
def _states() -> Mapping[str, tuple[str, str]]:
    rows = resources.files("onrecord.export").joinpath("states.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {country: (cow, fips) for country, cow, fips in (row.split("\t") for row in rows)}


@functools.cache
def _by_fips() -> Mapping[str, str]:
    return {fips: country for country, (_, fips) in _states().items() if fips}


def cow(country: str | None) -> str:
    """The Correlates of War number of an ISO 3166-1 alpha-3 code, as of today's states; empty for what is no member of that system."""
    return _states().get(country or "", ("", ""))[0]


def fips(country: str | None) -> str:
    """The FIPS 10-4 code of an ISO 3166-1 alpha-3 code."""
    return _states().get(country or "", ("", ""))[1]


def of_fips(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a FIPS 10-4 code, None where it is not known."""
    return _by_fips().get(code)


def cameo(country: str | None) -> str:
    """A country as CAMEO spells it."""
    return _CAMEO.get(country or "", country or "")


def of_cameo(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code that a CAMEO country code stands for, None for a region and for what is no such code."""
    if code in _REGIONS or not (len(code) == 3 and code.isascii() and code.isupper()):
        return None
    return _READ.get(code, code)
