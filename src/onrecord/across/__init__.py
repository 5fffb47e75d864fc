"""What holds between documents: copies, stories, the same event or statement, answers. Reads records, gives links; rewrites nothing."""

from onrecord.across.engine import Linker, link

__all__ = ["Linker", "link"]
