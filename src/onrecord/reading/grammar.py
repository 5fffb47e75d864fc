"""Parts of speech and dependencies of the parser by number, as trained networks take them. The order is part of every network's interface."""

from __future__ import annotations

POS = ("", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SPACE", "SYM", "VERB", "X")
DEPENDENCIES = (
    "", "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc", "ccomp", "compound", "conj",
    "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark", "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass",
    "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
)  # fmt: skip
_POS = {name: i for i, name in enumerate(POS)}
_DEPENDENCIES = {name: i for i, name in enumerate(DEPENDENCIES)}


def pos_number(name: str) -> int:
    """The number of a part of speech; 0 for one that is not known."""
    return _POS.get(name, 0)


def dependency_number(name: str) -> int:
    """The number of a dependency; 0 for one that is not known."""
    return _DEPENDENCIES.get(name, 0)
