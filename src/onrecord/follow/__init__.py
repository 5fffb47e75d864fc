"""Following feeds and pages: what is new is found, fetched politely and handed on as items to read. Keeps its state in the desk; knows no store."""

from onrecord.follow.alone import alone
from onrecord.follow.feed import CODES, FeedReader
from onrecord.follow.follower import Follower

__all__ = ["CODES", "FeedReader", "Follower", "alone"]
