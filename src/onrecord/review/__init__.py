"""Reviews: what people decide on records. Makes decisions, checks corrections and additions, writes what is decided as gold.

What decisions come to is the store's business (``onrecord.store.standing``); what they say together is asked by queries (``onrecord.query.reviews``).
"""

from onrecord.review.deciding import CHOICES, Choice, addition, decision, latest
from onrecord.review.gold import Gold, gold

__all__ = ["CHOICES", "Choice", "Gold", "addition", "decision", "gold", "latest"]
