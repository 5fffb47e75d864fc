"""What the fields of a form may hold: the codes of closed lists, with their labels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import get_args

from onrecord.codebook import plover
from onrecord.codebook.issues import issues
from onrecord.model.records import Form, RelationStatus, RelationType, Stance, Status


@cache
def choices() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By field: (code, label) pairs."""
    named = sorted(((issue.id, issue.label) for issue in issues()), key=lambda pair: pair[1].casefold())
    plain = {
        "type": (*sorted(plover.types()), *get_args(RelationType)),
        "stance": get_args(Stance),
        "status": (*get_args(Status), *get_args(RelationStatus)),
        "form": get_args(Form),
    }
    return {"issue": tuple(named), **{name: tuple((code, code) for code in codes) for name, codes in plain.items()}}
