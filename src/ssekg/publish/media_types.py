"""The media types of the files of a release, as registered with IANA."""

from typing import Final

# The longest ending that fits counts.
_BY_ENDING: Final = {
    ".csv-metadata.json": "application/csvm+json",
    ".atom": "application/atom+xml",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".gz": "application/gzip",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".parquet": "application/vnd.apache.parquet",
    ".rdf": "application/rdf+xml",
    ".rq": "application/sparql-query",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".xml": "application/xml",
    "/void": "text/turtle",
}


def media_type(path: str) -> str:
    """The media type of a file by its path in the release; plain text for what has no ending of its own."""
    endings = [ending for ending in _BY_ENDING if path.endswith(ending)]
    return _BY_ENDING[max(endings, key=len)] if endings else "text/plain"
