"""The component contract: a component says which layers it needs and which it gives.

Components are found by name through the entry-point group ``onrecord.components``; the built-in ones go through the same door as plug-ins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from onrecord.errors import PipelineError
from onrecord.model import PairCoding
from onrecord.reading.analysis import Analysis, Offsets

GROUP = "onrecord.components"
LAYERS = (
    "document", "paragraphs", "parse", "quotations", "times", "names", "places", "mentions", "coreference",
    "spoken", "chains", "statements", "first_person", "events", "links", "positions", "relations",
)  # fmt: skip


class Step(Protocol):
    """What a component's factory returns: it fills its layers of one analysis. It may keep state loaded once, none per document."""

    def __call__(self, analysis: Analysis, /) -> None:
        """Fill this component's layers."""


@runtime_checkable
class PairCoder(Protocol):
    """A step that can also say what one party does to another, for people who bring their own pairs."""

    def code_pair(self, analysis: Analysis, actor: Offsets, recipient: Offsets | None) -> PairCoding:
        """What ``actor`` does to ``recipient`` (None: to nobody named), in an analysis that has the events of the rules.

        Offsets are code points of the document text. Raises SchemaError for a span that has no words.
        """


@dataclass(frozen=True, slots=True)
class Component:
    """A named, versioned factory of a step with the layers it requires and assigns.

    ``weights`` names the trained weights it runs on, which its factory then takes; such a component is left out where they are not installed.
    """

    name: str
    requires: tuple[str, ...]
    assigns: tuple[str, ...]
    factory: Callable[..., Step]
    weights: str | None = None


def component(
    name: str, *, requires: Sequence[str], assigns: Sequence[str], weights: str | None = None
) -> Callable[[Callable[..., Step]], Component]:
    """Declare a component. Raises PipelineError for a layer that does not exist.

    Decorates a factory without arguments; one that names ``weights`` takes them, found but not loaded (``onrecord.reading.weights.Weights``).
    """
    for layer in (*requires, *assigns):
        if layer not in LAYERS:
            raise PipelineError(f"component {name} names the unknown layer {layer!r}", hint=f"layers are {', '.join(LAYERS)}")

    def wrap(factory: Callable[..., Step]) -> Component:
        return Component(name, tuple(requires), tuple(assigns), factory, weights)

    return wrap


def find(name: str) -> Component:
    """The component registered under ``name``; raises PipelineError where there is none."""
    for entry in entry_points(group=GROUP, name=name):
        found = entry.load()
        if not isinstance(found, Component):
            raise PipelineError(f"entry point {entry.value} is no component", hint="decorate its factory with @component(...)")
        return found
    known = ", ".join(sorted(e.name for e in entry_points(group=GROUP)))
    raise PipelineError(f"no component is called {name!r}", hint=f"known components: {known}")


def check(components: Sequence[Component]) -> None:
    """Raise PipelineError unless every layer a component requires is assigned by one before it."""
    have = {"document"}
    for part in components:
        missing = [layer for layer in part.requires if layer not in have]
        if missing:
            raise PipelineError(
                f"{part.name} requires {', '.join(missing)}, which nothing before it assigns",
                hint="put a component that assigns it earlier in the pipeline",
            )
        have.update(part.assigns)
