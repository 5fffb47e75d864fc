"""Event data coded by others: read, and compared with a store row by row. Writes nothing, and puts nothing into a store.

::

    import onrecord
    from onrecord.coded import compare, read_coded

    with onrecord.open("world.onrecord") as store, store.view() as view:
        comparison = compare(view, read_coded("polecat.tsv", on_problem))
        for pairing in comparison:
            row = comparison.row(pairing)
            print(row.match, row.their_type, row.type, row.words)
        print(comparison.summary())
"""

from onrecord.coded.compare import Comparison, Match, Pairing, Summary, TypeCount, compare
from onrecord.coded.event import CodedEvent, CodedMention
from onrecord.coded.formats import DataSet, read_coded
from onrecord.coded.gdelt import read_gdelt
from onrecord.coded.polecat import read_polecat
from onrecord.coded.rows import CompareRow

__all__ = [
    "CodedEvent", "CodedMention", "CompareRow", "Comparison", "DataSet", "Match", "Pairing", "Summary", "TypeCount", "compare", "read_coded",
    "read_gdelt", "read_polecat",
]  # fmt: skip
