"""The door to a language's tables: TOML files beside its ``__init__``, loaded when first asked for."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from onrecord.errors import OnrecordError


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """A language by its ISO 639-1 code. ``table("reporting")`` is the content of its ``reporting.toml``."""

    code: str

    def table(self, name: str) -> dict[str, Any]:
        """The table ``name`` of this language; raises OnrecordError where it has none. The returned dict is shared: do not change it."""
        return _table(self.code, name)


@functools.cache
def _table(code: str, name: str) -> dict[str, Any]:
    path = resources.files("onrecord.languages").joinpath(code, f"{name}.toml")
    if not path.is_file():
        raise OnrecordError(f"the language pack {code!r} has no table {name!r}")
    return tomllib.loads(path.read_text(encoding="utf8"))


@functools.cache
def language(code: str) -> LanguagePack:
    """The pack of a language; raises OnrecordError for one that is not there."""
    if not resources.files("onrecord.languages").joinpath(code, "__init__.py").is_file():
        raise OnrecordError(f"no language pack for {code!r}", hint="onrecord reads English (en)")
    return LanguagePack(code)
