"""A SHACL engine whose results have places in the sources.

`shapes` are what data are validated with, `engines` validate them, `constraints` holds those written in SPARQL,
`paths` the property paths of results, and `evidence` finds the statements that a result is about.
"""
