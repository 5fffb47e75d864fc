"""Fetching, safe by design: which addresses may be reached, one bounded exchange at a time, robots.txt and patience. Knows nothing of documents."""

from onrecord.fetch.client import Client, Fetched
from onrecord.fetch.pace import Pace
from onrecord.fetch.polite import Polite
from onrecord.fetch.refusals import CODES
from onrecord.fetch.wire import Limits

__all__ = ["CODES", "Client", "Fetched", "Limits", "Pace", "Polite"]
