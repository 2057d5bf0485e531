"""The checks of one ontology by itself."""
