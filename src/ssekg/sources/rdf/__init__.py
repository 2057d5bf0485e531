"""RDF files: their triples, and where each is."""
