"""Things of two classes that exclude each other are found, at the statement of each class."""

from pathlib import Path
from typing import Final

import pytest

from ssekg.base.said import Named
from ssekg.checks.disjointness import check
from ssekg.checks.run import check_project, report_of
from ssekg.checks.subject import Subject
from ssekg.graph.store import Graph
from ssekg.project.settings import Project, read_project
from tests.graphs import BASE, parsed

PREFIXES: Final = (
    "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <https://e.example/ns#> ."
    "@prefix tool: <https://w3id.org/ssekg/tool#> . "
)
ONTOLOGY: Final = (
    PREFIXES
    + """
[] a owl:AllDisjointClasses ; owl:members ( e:Ship e:Port e:Crew ) .
e:Trawler rdfs:subClassOf e:Ship . e:SmallTrawler rdfs:subClassOf e:Trawler .
e:Harbour rdfs:subClassOf e:Port ; owl:disjointWith e:Beach . e:Beach owl:complementOf e:Sea .
e:Fish owl:disjointUnionOf ( e:Sardine e:Tuna ) .
e:moors rdfs:domain e:Ship ; rdfs:range e:Port . e:berths rdfs:subPropertyOf e:moors .
e:flag a owl:FunctionalProperty . e:Port tool:role tool:Distinct .
e:Ship rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:home ; owl:maxCardinality 1 ] .
e:Crew rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:from ; owl:onClass e:Port ; owl:qualifiedCardinality 1 ] .
"""
)


def graph(data: str) -> Graph:
    return Graph(BASE, parsed(PREFIXES + data), parsed(ONTOLOGY))


@pytest.mark.parametrize(
    ("data", "classes"),
    [
        ("<ship/a> a e:Ship, e:Port .", {"e:Ship", "e:Port"}),
        ("<ship/a> a e:SmallTrawler, e:Harbour .", {"e:SmallTrawler", "e:Harbour"}),
        ("<ship/a> a e:Trawler, e:Ship, e:Crew .", {"e:Crew", "e:Ship"}),
        ("<ship/a> a e:Beach, e:Harbour .", {"e:Beach", "e:Harbour"}),
        ("<ship/a> a e:Beach, e:Sea .", {"e:Beach", "e:Sea"}),
        ("<ship/a> a e:Tuna, e:Sardine .", {"e:Sardine", "e:Tuna"}),
    ],
)
def test_two_classes_that_exclude_each_other(project: Project, data: str, classes: set[str]) -> None:
    [finding] = check(Subject(project, graph(data)))
    assert finding.code == "ontology-disjoint-classes"
    named = [finding.arguments[name] for name in ("thing", "one", "other")]
    assert all(isinstance(each, Named) for each in named)
    thing, *both = [each.short.replace("https://e.example/ns#", "e:") for each in named if isinstance(each, Named)]
    assert (thing, set(both)) == ("ship/a", classes)


@pytest.mark.parametrize(
    "data",
    [
        "<ship/a> a e:Ship, e:Trawler, e:SmallTrawler .",
        "<ship/a> a e:Beach, e:Port .",
        "<ship/a> a e:Ship . <ship/b> a e:Port .",
        "<ship/a> a e:Ship, e:Unheard .",
    ],
)
def test_classes_that_go_together(project: Project, data: str) -> None:
    assert check(Subject(project, graph(data))) == []


def test_both_statements_are_pointed_to(copy: Path) -> None:
    one, other = copy / "data" / "one.ttl", copy / "data" / "other.ttl"
    one.write_text("@prefix sse: <https://w3id.org/ssekg/ontology#> .\n<event/fete> a sse:Event .\n", "utf-8")
    other.write_text("@prefix sse: <https://w3id.org/ssekg/ontology#> .\n\n<event/fete> a sse:Law .\n", "utf-8")
    report = report_of(check_project(read_project(copy)))
    [finding] = [each for each in report.findings if each.code == "ontology-disjoint-classes"]
    assert [(place.file, place.line, place.column) for place in finding.places] == [
        ("data/one.ttl", 2, 16),
        ("data/other.ttl", 3, 16),
    ]
