"""One made-up report with a record of each kind."""

from __future__ import annotations

from onrecord.model import Reading
from store.builders import document, event, position, relation, statement, who

DOC = document("🕊️ Ana Lund backs the canal.\nBorduria struck a convoy of Syldavia. They have a pact.", title="Canal talks")
SAID = statement(DOC, who(DOC, "Ana Lund", "Lund"), "backs the canal")
HELD = position(DOC, who(DOC, "Ana Lund", "Lund"), "support", "the canal", statement_id=SAID.id, record_id=SAID.id)
STRUCK = event(DOC, [who(DOC, "Borduria", "BOR")], "ASSAULT", "struck", [who(DOC, "Syldavia", "SYL")], paths=("x", "y"))
PACT = relation(DOC, who(DOC, "Borduria", "BOR"), "alliance", who(DOC, "Syldavia", "SYL"), "They have a pact")
READING = Reading(DOC, (SAID,), (STRUCK,), (HELD,), (PACT,))
