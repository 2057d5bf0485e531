"""SHACL's SPARQL-based constraints (sh:sparql), asked of a store for all focus nodes at once where that is the same."""
