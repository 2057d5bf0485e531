"""The application profile finds in data alone what the shapes find in data and ontology together."""

from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.graph.canonical import ntriples
from ssekg.project.settings import Project
from ssekg.project.vocabulary import read_vocabulary
from ssekg.shacl.profile import profile
from ssekg.shacl.pyshacl_process import validate
from ssekg.shacl.results import read_results
from ssekg.shacl.shapes import Shapes
from ssekg.sources.modules import joined
from ssekg.sources.rdf.file import RdfFile
from tests.conftest import ROOT
from tests.namespaces import PREFIXES

# Members of subclasses and links to them, right and wrong, as somebody has them who knows no ontology.
DATA: Final = """
<programme/edition> a sse:ProgrammeEdition ; sse:owner <place/there> ; sse:editionNumber "first" .
<programme/project> a sse:Project ; sse:owner <institution/council> ; sse:partOfProgramme <programme/edition> ;
  dct:spatial <institution/council> .
<institution/council> a sse:Institution ; sse:supervisedBy <programme/project> ; sse:seatRegion <place/there> .
<place/there> a sse:Province ; sse:within <place/region> .
<place/region> a sse:Region ; sse:isoCode "MA-99", "MA-98" .
<event/speech> a sse:Speech ; sse:partOfEvent <event/fair> ; sse:deliveredBy <place/there> .
<event/fair> a sse:Event ; sse:start "2024-13-01" ; sse:partOfEvent <event/speech> .
"""


@pytest.fixture(scope="module")
def shapes(project: Project) -> list[ox.Triple]:
    files = [RdfFile(path, project.base, project.shown(path)) for path in project.shapes_files]
    return Shapes(files).triples


@pytest.fixture(scope="module")
def vocabulary(project: Project) -> list[ox.Triple]:
    files = [RdfFile(path, project.base, path.name) for path in sorted((ROOT / "ontology").glob("*.ttl"))]
    return joined([triple for file in files for triple in file.triples()])


def found(data: list[ox.Triple], shapes: list[ox.Triple]) -> set[tuple[str, ...]]:
    """What pyshacl reports about data: each finding by what is the same, whatever the constraint is written with."""
    results = read_results(validate(ntriples(data), ntriples(shapes)), {})
    return {
        (str(each.focus), str(each.path), str(each.value), str(each.severity), str(each.messages)) for each in results
    }


def test_data_alone_are_judged_as_with_the_ontology(shapes: list[ox.Triple], vocabulary: list[ox.Triple]) -> None:
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    data = [q.triple for q in ox.parse(head + DATA, ox.RdfFormat.TURTLE, base_iri="https://w3id.org/ssekg/id/")]
    terms = read_vocabulary(vocabulary, {}, "https://w3id.org/ssekg/id/")
    alone = found(data, profile(shapes, terms))
    together = found([*data, *vocabulary], shapes)
    subjects = {str(triple.subject) for triple in data}
    together = {each for each in together if each[0] in subjects}
    assert len(together) > 15
    assert alone == together
    # Without either, members of subclasses are passed over, and links to them are taken for wrong.
    assert found(data, shapes) != together
