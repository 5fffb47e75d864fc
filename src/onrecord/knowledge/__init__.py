"""Actors with dated offices, names and memberships: plain tables, and look-up by name and date.

``knowledge_base()`` gives the packaged one, or the one that applies to what is being read. It knows no text and no document.
"""

from onrecord.knowledge.base import KnowledgeBase, knowledge_base, using
from onrecord.knowledge.facts import Actor, Alias, AliasKind, Membership, Office, Situation, SituationKind, Standing

__all__ = [
    "Actor",
    "Alias",
    "AliasKind",
    "KnowledgeBase",
    "Membership",
    "Office",
    "Situation",
    "SituationKind",
    "Standing",
    "knowledge_base",
    "using",
]
