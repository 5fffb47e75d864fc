"""PLOVER, CAMEO and their mapping, relation types, issues: versioned tables, look-up and explain()."""

from onrecord.codebook.cameo import Cameo, cameo_code
from onrecord.codebook.entry import Entry
from onrecord.codebook.lookup import KINDS, Explanation, codes_of, explain, kind_of, known_codes, meanings
from onrecord.codebook.plover import EventType, cameo_of, contexts, event_type, intensity, quad, sectors, types
from onrecord.codebook.recoding import Recoding, recoding, recodings

__all__ = [
    "KINDS", "Cameo", "Entry", "EventType", "Explanation", "Recoding", "cameo_code", "cameo_of", "codes_of", "contexts", "event_type",
    "explain", "intensity", "kind_of", "known_codes", "meanings", "quad", "recoding", "recodings", "sectors", "types",
]  # fmt: skip
