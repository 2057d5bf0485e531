"""A release into a store that others run, over SPARQL 1.1."""
