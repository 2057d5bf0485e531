"""The graph: its triples, its labels, where they come from, and its byte-stable forms."""
