"""Records in the formats of others: a small contract for exporters, and the two built in, POLECAT and GDELT 2.0. Reads stores, never texts.

::

    from onrecord.export import find, told
    from onrecord.query import Filter

    exporter = find("polecat")({"": handle})
    for item in told(view, exporter.kinds, Filter(status="actual")):
        exporter.feed(item)
    exporter.finish()

An exporter of your own is a class (see ``onrecord.export.contract``) named in the entry-point group ``onrecord.exporters``.
"""

from onrecord.export.contract import Column, Exporter, find, known
from onrecord.export.told import Mention, Report, Told, pairs, told

__all__ = ["Column", "Exporter", "Mention", "Report", "Told", "find", "known", "pairs", "told"]
