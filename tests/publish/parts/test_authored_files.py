"""What authors wrote is published so that it says the same elsewhere."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.formats import rdf_format_of
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.store import Graph
from ssekg.project.settings import read_project
from ssekg.publish.parts.dumps import authored_files
from tests.graphs import BASE
from tests.publish.contexts import context_of
from tests.publish.small import small

CONCEPTS = {
    "concepts.ttl": "# Ours.\n<concept/a> <x:p> <concept/b>, [ <x:q> 1 ] .\n",
    "concepts.TTL": "<concept/a> <x:p> <concept/b>, [ <x:q> 1 ] .\n",
    "concepts.jsonld": '[{"@id": "concept/a", "x:p": [{"@id": "concept/b"}, {"x:q": 1}]}]',
    "concepts.nt": f"<{BASE}concept/a> <x:p> <{BASE}concept/b> .\n",
    "concepts.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">\n'
    '<rdf:Description rdf:about="concept/a"><x:p rdf:resource="concept/b"/><x:p rdf:parseType="Resource"><x:q>1</x:q>'
    "</x:p></rdf:Description></rdf:RDF>",
}


@pytest.mark.parametrize("name", CONCEPTS)
def test_relative_addresses_mean_the_same_elsewhere(tmp_path: Path, name: str) -> None:
    small(tmp_path)
    path = tmp_path / "ontology" / name
    path.parent.mkdir()
    path.write_text(CONCEPTS[name], encoding="utf-8")
    context = context_of(read_project(tmp_path), Graph(BASE, [], []))
    content = dict(authored_files(context))[f"ontology/{name}"]
    form = rdf_format_of(name)
    stated = [quad.triple for quad in ox.parse(path=path, format=form, base_iri=BASE)]
    elsewhere = [quad.triple for quad in ox.parse(content, format=form, base_iri="https://elsewhere.example/")]
    assert canonical_hash(elsewhere) == canonical_hash(stated)
    assert dict(authored_files(context))[f"ontology/{name}"] == content
    assert ("# Ours.\n@base" in content.decode()) == (name == "concepts.ttl")
