"""How good an ontology is for others: the pitfalls of OOPS! that a program can find, and the file checks of FOOPS!.

OOPS! (https://oops.linkeddata.es) and FOOPS! (https://w3id.org/foops) are what reviewers of ontologies use; both are
services on the Web. What they look at is computed here from the file alone, with places, for any ontology.
"""
