"""Every cell of data/ is in the published Turtle, at the right subject and property.

The expectation is worked out here anew from the tables and their descriptions, with nothing of ssekg's own reader:
plain CSV, plain JSON, and the few rules of csv2rdf that the tables need.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

import pyoxigraph as ox
import pytest

from ssekg.project.settings import Project

DATA = Path(__file__).parents[3] / "data"
SSE = "https://w3id.org/ssekg/ontology#"
PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "sse": SSE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dc": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "qb": "http://purl.org/linked-data/cube#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "http://schema.org/",
}
XSD = "http://www.w3.org/2001/XMLSchema#"
ONLY_WITH = "https://w3id.org/ssekg/tool#onlyWith"
DESCRIPTIONS = sorted(DATA.glob("*.csv-metadata.json"))
BY_HAND = [*DATA.rglob("*.ttl"), *(DATA.parent / "ontology" / "concepts").rglob("*.ttl")]


@pytest.fixture(scope="module")
def published(release: Path) -> set[ox.Triple]:
    """The triples of the published Turtle."""
    return {quad.triple for quad in ox.parse(path=release / "ssekg.ttl", format=ox.RdfFormat.TURTLE)}


def iri(template: str, row: dict[str, str], base: str) -> ox.NamedNode:
    def fill(match: re.Match[str]) -> str:
        operator, name = match.groups()
        value = row.get(name) or ""
        if not value:
            return ""
        text = quote(value, safe="-._~" if operator != "+" else "-._~:/?#[]@!$&'()*+,;=%")
        return f"#{text}" if operator == "#" else text

    text = re.sub(r"\{([+#]?)(\w+)\}", fill, template)
    prefix, _, local = text.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else urljoin(base, text))


def literal(text: str, column: dict[str, Any]) -> ox.Literal:
    datatype = column.get("datatype", "string")
    described = datatype if isinstance(datatype, dict) else {"base": datatype}
    name = described.get("@id", "")
    if name.endswith("#PartialDate"):
        kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]
        return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
    if name:
        return ox.Literal(text, datatype=ox.NamedNode(name))
    if described.get("base", "string") == "string":
        return ox.Literal(text, language=column["lang"]) if "lang" in column else ox.Literal(text)
    return ox.Literal(text, datatype=ox.NamedNode(XSD + described["base"]))


def expected(description: Path, base: str) -> Iterator[tuple[str, ox.Triple]]:
    """Each filled cell as (where it stands, the triple it must be); virtual columns count as cells of every row."""
    content = json.loads(description.read_text(encoding="utf-8"))
    schema = content["tableSchema"]
    with (description.parent / content["url"]).open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            for column in schema["columns"]:
                text = column.get("default", "") if column.get("virtual") else row[column["name"]]
                if column.get("suppressOutput") or (not text and not (column.get("virtual") and "valueUrl" in column)):
                    continue
                if not row.get(column.get(ONLY_WITH, ""), "something"):
                    continue
                subject = iri(column.get("aboutUrl", schema.get("aboutUrl", "")), row, base)
                predicate = iri(column["propertyUrl"], row, base)
                separator = column.get("separator")
                where = f"{content['url']} record {number}, {column['name']}"
                for part in text.split(separator) if separator else [text]:
                    if "valueUrl" not in column:
                        yield where, ox.Triple(subject, predicate, literal(part, column))
                        continue
                    source, _, passage = part.partition("#") if is_of_sources(column) else (part, "", "")
                    value = iri(column["valueUrl"], row | {column["name"]: source}, base)
                    yield where, ox.Triple(subject, predicate, value)
                    if passage:
                        cited = ox.NamedNode(f"{value.value}#{passage}")
                        yield where, ox.Triple(subject, ox.NamedNode(SSE + "passage"), cited)


def is_of_sources(column: dict[str, Any]) -> bool:
    datatype = column.get("datatype")
    return isinstance(datatype, dict) and datatype.get("@id", "").endswith("#SourceList")


@pytest.mark.parametrize("description", DESCRIPTIONS, ids=lambda path: path.name.partition(".")[0])
def test_every_cell_is_published(description: Path, published: set[ox.Triple], project: Project) -> None:
    cells = list(expected(description, project.base))
    missing = [(where, str(triple)) for where, triple in cells if triple not in published]
    assert missing == []
    assert cells or description.name.startswith("withdrawn")


def test_nothing_else_is_stated_from_tables(published: set[ox.Triple], release: Path, project: Project) -> None:
    """What is in the graph, not derived and in no table was written by hand, in Turtle."""
    from_tables = {triple for path in DESCRIPTIONS for _, triple in expected(path, project.base)}
    by_hand: set[ox.Triple] = set()
    for path in [*BY_HAND, DATA.parent / "ontology" / "alignments.ttl"]:
        by_hand |= {quad.triple for quad in ox.parse(path=path, base_iri=project.base)}
    quads = ox.parse(path=release / "ssekg.trig")
    derived = {quad.triple for quad in quads if str(quad.graph_name).endswith("/graph/derived>")}
    assert published - derived - from_tables - by_hand == set()


def test_turtle_by_hand_is_published(published: set[ox.Triple], project: Project) -> None:
    for path in BY_HAND:
        assert {quad.triple for quad in ox.parse(path=path, base_iri=project.base)} <= published
