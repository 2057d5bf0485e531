"""Answers written down: for people, for their programs, and as SPARQL's standards have them."""
