"""A SHACL engine whose results have places in the sources."""
