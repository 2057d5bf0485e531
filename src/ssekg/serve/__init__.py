"""A release over HTTP: its site, linked data, the questions as an API, and a SPARQL endpoint."""
