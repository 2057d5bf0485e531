"""Read what stewards write, tables and RDF, and remember where each triple is."""
