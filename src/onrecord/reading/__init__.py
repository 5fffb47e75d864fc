"""From a document's text to its working layers: parse, mentions, times, places, actors, coreference; and the Reader that runs components."""
