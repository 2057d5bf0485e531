"""Twenty ways to contradict the ontology: the reasoner finds and explains what OWL can express, the shapes the rest.

Each is tried on a few invented records.
"""

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.language import LANGUAGES
from ssekg.checks.reasoning.axioms import read_axioms
from ssekg.checks.reasoning.hermit import Hermit
from ssekg.checks.reasoning.outcome import reason
from ssekg.checks.reasoning.search import Search
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import Project
from ssekg.reports.wording import message
from ssekg.shacl.ntriples import lines
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile

PREFIXES: Final = """
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sse: <https://w3id.org/ssekg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
RECORDS: Final = """
<place/east> a sse:Region ; sse:isoCode "XX-E" .
<place/west> a sse:Region ; sse:isoCode "XX-W" .
<place/river> a sse:Province ; sse:within <place/east> ; sse:isoCode "XX-RIV" .
<place/lake> a sse:Province ; sse:within <place/west> ; sse:isoCode "XX-LAK" .
<institution/ministry> a sse:Institution .
<institution/agency> a sse:Institution ; sse:attachedTo <institution/ministry> .
<office/minister> a sse:Office ; org:postIn <institution/ministry> .
<programme/big> a sse:Programme ; sse:owner <institution/ministry> .
<programme/small> a sse:Programme ; sse:partOfProgramme <programme/big> .
<programme/big#budget-total> a sse:FinancialFlow ; sse:budgetOf <programme/big> ; sse:amount 10.0 .
<programme/big#figure-jobs> a sse:Figure ; sse:figureOf <programme/big> ; sse:value 5.0 ; sse:indicator <concept/jobs> .
<series/fair> a sse:EventSeries .
<series/forum> a sse:EventSeries .
<event/fair-1> a sse:Event ; sse:inSeries <series/fair> .
<event/speech> a sse:Speech ; sse:deliveredBy <office/minister> ; sse:partOfEvent <event/fair-1> .
<event/speech#point-1> a sse:Point ; sse:madeIn <event/speech> .
<law/old> a sse:Law .
<law/new> a sse:Law ; sse:replaces <law/old> .
<concept/jobs> a skos:Concept .
<concept/members> a skos:Concept .
<observation/jobs-east> a sse:Observation ; sse:indicator <concept/jobs> ; sse:place <place/east> ; sse:value 7.0 .
"""
CONTRADICTIONS: Final = {
    "a programme that is an organisation": "<programme/big> a org:Organization .",
    "two amounts": "<programme/big#budget-total> sse:amount 11.0 .",
    "an event that is a place": "<event/fair-1> a sse:Place .",
    "a speech by an institution": "<event/speech> sse:deliveredBy <institution/agency> .",
    "an institution attached to itself": "<institution/agency> sse:attachedTo <institution/agency> .",
    "text as a value": '<programme/small#figure-jobs> a sse:Figure ; sse:value "many" .',
    "a point made in an institution": "<event/speech#point-1> sse:madeIn <institution/agency> .",
    "a concept that owns a programme": "<programme/small> sse:owner <concept/jobs> .",
    "a law that replaces an institution": "<law/new> sse:replaces <institution/agency> .",
    "a region that is a province": "<place/east> a sse:Province .",
    "an edition that is part of an organisation": "<event/fair-1> sse:partOfEvent <institution/agency> .",
    "a province in two regions": "<place/river> sse:within <place/west> .",
    "a figure of two records": "<programme/big#figure-jobs> sse:figureOf <programme/small> .",
    "two ISO codes of one place": '<place/river> sse:isoCode "XX-RVR" .',
    "one ISO code of two places": '<place/rivers> a sse:Province ; sse:isoCode "XX-RIV" .',
    "an event in two series": "<event/fair-1> sse:inSeries <series/forum> .",
    "two indicators of one figure": "<programme/big#figure-jobs> sse:indicator <concept/members> .",
    "an institution that holds an office": "<institution/agency> org:holds <office/minister> .",
}
CIRCLES: Final = {
    "places": "<place/a> sse:within <place/b> . <place/b> sse:within <place/c> . <place/c> sse:within <place/a> .",
    "programmes": "<programme/big> sse:partOfProgramme <programme/other> . "
    "<programme/other> a sse:Programme ; sse:partOfProgramme <programme/small> .",
}
ISOLATED: Final = re.compile("\u2068[^\u2068\u2069]*\u2069")


@pytest.fixture(scope="module")
def ontology(project: Project) -> Graph:
    """The ontology without the project's data."""
    graph = build_graph(project)
    return Graph(graph.base, [], graph.vocabulary)


@pytest.fixture(scope="module")
def hermit() -> Iterator[Hermit]:
    """The reasoner, started once."""
    with Hermit() as started:
        yield started


def with_records(ontology: Graph, turtle: str = "") -> Graph:
    """The ontology with the invented records and with more statements."""
    quads = ox.parse(PREFIXES + RECORDS + turtle, ox.RdfFormat.TURTLE, base_iri=ontology.base)
    return Graph(ontology.base, [quad.triple for quad in quads], ontology.vocabulary)


def outside_isolates(text: str) -> str:
    """A text without what is isolated in it, however deep."""
    while ISOLATED.search(text):
        text = ISOLATED.sub("", text)
    return text


def test_the_records_are_consistent(ontology: Graph, hermit: Hermit) -> None:
    outcome = reason(with_records(ontology), hermit)
    assert outcome.findings == ()
    assert outcome.counts.observations == 1


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_the_reasoner_finds_and_explains(ontology: Graph, hermit: Hermit, name: str) -> None:
    graph = with_records(ontology, CONTRADICTIONS[name])
    outcome = reason(graph, hermit)
    assert not outcome.is_consistent
    (explanation,), (finding,) = outcome.explanations, outcome.findings
    stated = set(with_records(ontology).data)
    assert any(axiom.stated not in stated for axiom in explanation if axiom.stated in graph.data)
    search = Search(read_axioms(graph), hermit)
    assert search.contradict(explanation)
    for axiom in explanation:  # it is the smallest
        assert not search.contradict(each for each in explanation if each is not axiom), axiom
    for language in LANGUAGES:
        said = message(finding, language)
        assert "_:" not in said
        assert "urn:" not in said
        assert all(f"\n{number}. " in said for number in range(1, len(said.splitlines())))
        if language == "ar":
            assert not re.search("[A-Za-z]", outside_isolates(said)), said


@pytest.mark.parametrize("name", CIRCLES)
def test_the_shapes_find_what_owl_cannot(ontology: Graph, project: Project, name: str) -> None:
    shapes = Shapes([RdfFile(path, ontology.base, project.shown(path)) for path in project.shapes_files])
    circle = with_records(ontology, CIRCLES[name])
    results = shapes.results(shapes.validate(lines([*circle.data, *circle.vocabulary])).report)
    assert "https://w3id.org/ssekg/shapes#PartOfItself" in {str(result.shape).strip("<>") for result in results}
