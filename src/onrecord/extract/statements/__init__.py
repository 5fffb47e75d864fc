"""Statements: who said what, in whose words. Rules over the parse, driven by ``languages/en/reporting.toml``, and a trained tagger that weighs them.

Quotations are attributed first, then complements of reporting words, then "according to"; see ``docs/decisions/0004-statements-by-rules.md``. The
tagger reads text, parse and what the rules found, and both are merged; see ``docs/decisions/0018-statement-tagger.md``.
"""

from __future__ import annotations

from onrecord.extract.statements.according import according_drafts
from onrecord.extract.statements.assembly import settled, spoken
from onrecord.extract.statements.assembly import statements as assembled
from onrecord.extract.statements.chains import relay
from onrecord.extract.statements.clauses import clause_drafts
from onrecord.extract.statements.lexicon import lexicon
from onrecord.extract.statements.merge import Judge, merged
from onrecord.extract.statements.model import INTERFACE, read
from onrecord.extract.statements.quoted import quotations_by_block, quoted_drafts
from onrecord.reading.analysis import Analysis, Draft
from onrecord.reading.component import Step, component
from onrecord.reading.encoder import encoder
from onrecord.reading.weights import Weights


@component("statements.rules", requires=["parse", "quotations", "times", "mentions", "coreference"], assigns=["spoken"])
def rules() -> Step:
    """Read every statement of a document that the rules find, before they become records."""
    words = lexicon("en")

    def step(analysis: Analysis) -> None:
        quotations = quotations_by_block(analysis)
        drafts: list[Draft] = quoted_drafts(analysis, quotations, words)
        used: dict[int, set[int]] = {}
        for draft in drafts:
            if draft.cue is not None:
                taken = used.setdefault(draft.block.index, set())
                taken.update(range(*draft.cue))
                taken.add(draft.block.doc[draft.cue[0]].head.i if draft.relays else draft.cue[0])
        for block in analysis.blocks:
            drafts += clause_drafts(block, words, frozenset(used.get(block.index, ())))
            drafts += according_drafts(block, quotations.get(block.index, []), words)
        analysis.spoken = spoken(analysis, drafts, quotations, words)

    return step


@component("statements.model", requires=["parse", "quotations", "mentions", "coreference", "spoken"], assigns=["spoken"], weights="statements")
def model(found: Weights) -> Step:
    """Weigh what the rules found against a trained tagger, and add what it alone finds. The network is loaded with the first document."""
    words = lexicon("en")
    judge = Judge.of(found.card["judge"])

    def step(analysis: Analysis) -> None:
        network = encoder(found.name, interface=INTERFACE, folder=found.folder.parent)
        analysis.spoken = settled(merged(analysis, read(analysis, network, judge.bias), words, judge), words)

    return step


@component("statements.assembly", requires=["spoken", "times"], assigns=["chains", "statements"])
def statements() -> Step:
    """Make the records of what was found to be spoken, and tell the passages that somebody relays."""
    words = lexicon("en")

    def step(analysis: Analysis) -> None:
        relay(analysis, analysis.spoken, words)
        analysis.statements = assembled(analysis, analysis.spoken, quotations_by_block(analysis))

    return step
