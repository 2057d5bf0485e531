"""The formats of all files that are read and written, in one table: a new one is an entry here."""

import copyreg
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

import pyoxigraph as ox

GZIP: Final = "application/gzip"


def _named(form: ox.RdfFormat) -> tuple[Any, tuple[str]]:
    return ox.RdfFormat.from_media_type, (form.media_type,)


copyreg.pickle(ox.RdfFormat, _named)  # so that it can be told to another process


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files.

    Attributes:
        name: what options of the command line call it.
        suffix: how the names of its files end, in lower case.
        media_type: as registered with IANA.
        title: what people call it.
        eu_code: its code in the EU's list of file types; None for what the catalogue does not list.
        ckan_label: what CKAN shows for it.
        rdf: the format of RDF that pyoxigraph reads and writes; None for what is not RDF.
        is_dump: whether the graph is published in it, and `ssekg build` writes it.
    """

    name: str
    suffix: str
    media_type: str
    title: str = ""
    eu_code: str | None = None
    ckan_label: str = ""
    rdf: ox.RdfFormat | None = None
    is_dump: bool = False


_RDF: Final = ox.RdfFormat
_NT: Final = ox.RdfFormat.N_TRIPLES
# In the order in which people want to see them.
FORMATS: Final = (
    Format("csv", ".csv", "text/csv", "CSV", "CSV", "CSV"),
    Format(
        "datapackage", "datapackage.json", "application/vnd.datapackage+json", "Data Package", "JSON", "Data Package"
    ),
    Format("geojson", ".geojson", "application/geo+json", "GeoJSON", "GEOJSON", "GeoJSON"),
    Format("parquet", ".parquet", "application/vnd.apache.parquet", "Parquet", "PARQUET", "Parquet"),
    Format("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Format("sqlite", ".sqlite", "application/vnd.sqlite3", "SQLite", "SQL", "SQLite"),
    Format("turtle", ".ttl", "text/turtle", "Turtle", "RDF_TURTLE", "TTL", _RDF.TURTLE, is_dump=True),
    Format("jsonld", ".jsonld", "application/ld+json", "JSON-LD", "JSON_LD", "JSON-LD", _RDF.JSON_LD, is_dump=True),
    Format("nt", ".nt", "application/n-triples", "N-Triples", "RDF_N_TRIPLES", "N-Triples", _NT, is_dump=True),
    Format("nq", ".nq", "application/n-quads", "N-Quads", "RDF_N_QUADS", "N-Quads", _RDF.N_QUADS, is_dump=True),
    Format("trig", ".trig", "application/trig", "TriG", "RDF_TRIG", "TriG", _RDF.TRIG, is_dump=True),
    Format("rdfxml", ".rdf", "application/rdf+xml", "RDF/XML", "RDF_XML", "RDF", _RDF.RDF_XML, is_dump=True),
    Format("owl", ".owl", "application/rdf+xml", rdf=_RDF.RDF_XML),
    Format("csvm", ".csv-metadata.json", "application/csvm+json"),
    Format("json", ".json", "application/json"),
    Format("html", ".html", "text/html"),
    Format("css", ".css", "text/css"),
    Format("javascript", ".js", "text/javascript"),
    Format("wasm", ".wasm", "application/wasm"),
    Format("markdown", ".md", "text/markdown"),
    Format("atom", ".atom", "application/atom+xml"),
    Format("svg", ".svg", "image/svg+xml"),
    Format("xml", ".xml", "application/xml"),
    Format("sparql", ".rq", "application/sparql-query"),
    Format("gzip", ".gz", GZIP),
    Format("void", "/void", "text/turtle", rdf=_RDF.TURTLE),
)
DUMPS: Final = tuple((form, form.rdf) for form in FORMATS if form.is_dump and form.rdf)


def format_of(path: PurePath | str) -> Format | None:
    """The format of a file by the end of its name, in capitals or not; the longest counts, None if none is known."""
    name = str(path).lower()
    fitting = [form for form in FORMATS if name.endswith(form.suffix)]
    return max(fitting, key=lambda form: len(form.suffix), default=None)


def rdf_format_of(path: PurePath | str) -> ox.RdfFormat | None:
    """The format of a file of RDF by the end of its name; None for a file of anything else."""
    form = format_of(path)
    return form.rdf if form else None


def media_type_of(path: str) -> str:
    """The media type of a file by its path; plain text for what has no ending of its own."""
    form = format_of(path)
    return form.media_type if form else "text/plain"
