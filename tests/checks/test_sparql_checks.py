"""Each check that a query of the project's shapes makes: what it finds, and what it lets be."""

from typing import Final, NamedTuple

import pyoxigraph as ox
import pytest

from ssekg.graph.store import build_graph
from ssekg.project.settings import Project
from ssekg.shacl.ntriples import lines
from ssekg.shacl.shapes import Shapes
from ssekg.sources.rdf.file import RdfFile
from tests.graphs import BASE, parsed

SHAPES: Final = "https://w3id.org/ssekg/shapes#"
SPARQL: Final = ox.NamedNode("http://www.w3.org/ns/shacl#sparql")
# The concepts that the checks recognise, by their notation or by the end of their identifier.
CONCEPTS: Final = """
<concept/stated> skos:notation "stated" . <concept/inferred> skos:notation "inferred" .
<concept/contribution> skos:broader <concept/part-of-the-total> .
<concept/contribution-of-partners> skos:broader <concept/contribution> .
<concept/conference> skos:broader <concept/meeting> .
<concept/people> sse:expectedUnit <concept/unit-persons> .
"""


class Case(NamedTuple):
    """A graph in which a shape finds something, and one in which it finds nothing."""

    wrong: str
    right: str


def amounts(*rows: str) -> str:
    """Amounts for one programme, each with its kind, its sum and whatever else."""
    cells = [row.split(" ", 2) for row in rows]
    return "\n".join(
        f"<programme/a#budget-{number}> a sse:FinancialFlow ; sse:budgetOf <programme/a> ; sse:currency 'MAD' ;"
        f" sse:budgetKind <concept/{kind}> ; sse:amount {amount}.0 {rest} ."
        for number, (kind, amount, rest) in enumerate([*cell, ""][:3] for cell in cells)
    )


def figure(name: str, rest: str = "") -> str:
    """A figure of a programme: 120 people."""
    return (
        f"<programme/a#figure-{name}> a sse:Figure ; sse:figureOf <programme/a> ; sse:indicator <concept/people> ;"
        f" sse:value 120.0 ; sse:unit <concept/unit-persons> ; dct:source <source/a> {rest} ."
    )


NOTE: Final = "<programme/a#field-x> a sse:FieldNote ; sse:record <programme/a> ; sse:property sse:owner"
GAP: Final = "<programme/a#gap-x> a sse:Gap ; sse:record <programme/a> ; sse:wanted sse:start ."
YEAR: Final = "^^xsd:gYear"
SOURCE: Final = '<source/a> a sse:Source ; dct:issued "2020-05"^^xsd:gYearMonth .'
BODY: Final = '<institution/b> a sse:Institution ; sse:validFrom "2021-10"^^xsd:gYearMonth .'
JOINED: Final = "<x#p> a sse:Participation ; sse:participant <institution/b> ; sse:participationIn"
COUNTED: Final = (
    "<observation/a> a sse:Observation ; sse:indicator <concept/people> ; sse:place <place/a> ; sse:value 120.0 ;"
    ' sse:period "2020"^^xsd:gYear ; sse:unit <concept/unit-persons> ; sse:accordingTo <source/{}> .'
)
PROVINCE: Final = "<place/p> a sse:Province ; sse:within <place/r> ; sse:hcpCode '03.231' . <place/r> sse:hcpCode"

CASES: Final[dict[str, Case]] = {
    "BroaderThanItself": Case(
        "<concept/a> skos:broader <concept/b> . <concept/b> skos:broader <concept/a> .",
        "<concept/a> skos:broader <concept/b> , <concept/c> . <concept/b> skos:broader <concept/c> .",
    ),
    "RegisteredOrganisation": Case(
        '<organisation/a> a sse:RegisteredOrganisation ; sse:registeredOn "2020-05-01"^^xsd:date ;'
        ' sse:struckOffOn "2019-12-31"^^xsd:date .',
        '<organisation/a> a sse:RegisteredOrganisation ; sse:registeredOn "2020-05-01"^^xsd:date ;'
        f' sse:struckOffOn "2020"{YEAR} .',
    ),
    "PartOfItself": Case(
        "<place/a> sse:within <place/b> . <place/b> sse:within <place/c> . <place/c> sse:within <place/a> .",
        "<place/a> sse:within <place/b> . <place/b> sse:within <place/c> . <event/a> sse:partOfEvent <event/b> .",
    ),
    "DateOrder": Case(
        f'<event/a> sse:start "2023-03-17"^^xsd:date ; sse:end "2022"{YEAR} .',
        f'<event/a> sse:start "2023-03-17"^^xsd:date ; sse:end "2023"{YEAR} .',
    ),
    "CoreDateOrder": Case(
        '<call/a> sse:opens "2023-10-13"^^xsd:date ; sse:closes "2023-09-15"^^xsd:date .',
        '<call/a> sse:opens "2023-09-15"^^xsd:date ; sse:closes "2023-10-13"^^xsd:date .',
    ),
    "EndWithoutStart": Case(
        f'<programme/a> sse:end "2032"{YEAR} .',
        f'<programme/a> sse:end "2032"{YEAR} . {GAP}',
    ),
    "Script": Case(
        '<place/a> skos:prefLabel "Fès"@ar .',
        '<place/a> skos:prefLabel "فاس"@ar , "Fès"@fr .',
    ),
    "NoteWithoutField": Case(
        f"{NOTE} . <programme/a> a sse:Programme .",
        f"{NOTE} . <programme/a> a sse:Programme ; sse:owner <institution/b> .",
    ),
    "StatedLinkSource": Case(
        f"{NOTE} ; sse:linkedThing <institution/b> ; sse:confidence <concept/stated> ; dct:source <source/b> .",
        f"{NOTE} ; sse:linkedThing <institution/b> ; sse:confidence <concept/inferred> ; dct:source <source/b> .",
    ),
    "GapFilled": Case(f'<programme/a> sse:start "2020"{YEAR} . {GAP}', GAP),
    "UnreadSource": Case(
        "<source/b> a sse:Source ; sse:notRead true ; sse:confidence <concept/stated> .",
        "<source/b> a sse:Source ; sse:notRead true ; sse:confidence <concept/inferred> .",
    ),
    "StatedWithoutReading": Case(
        "<law/a> sse:confidence <concept/stated> ; dct:source <source/b> . <source/b> sse:notRead true .",
        "<law/a> sse:confidence <concept/stated> ; dct:source <source/a> , <source/b> . <source/b> sse:notRead true .",
    ),
    "BodyNotThere": Case(
        f'{BODY} {JOINED} <event/a> . <event/a> sse:eventKind <concept/fair> ; sse:start "2021-09-02"^^xsd:date .',
        f'{BODY} {JOINED} <event/a> . <event/a> sse:eventKind <concept/fair> ; sse:start "2021"{YEAR} .',
    ),
    "BodyYoungerThanDeed": Case(
        f'{BODY} <programme/a> a sse:Programme ; sse:owner <institution/b> ; sse:start "2020"{YEAR} .',
        f'{BODY} <programme/a> a sse:Programme ; sse:start "2020"{YEAR} .'
        f' {JOINED} <programme/a> ; sse:start "2022"{YEAR} .',
    ),
    "OneEventKind": Case(
        "<event/a> a sse:Event ; sse:eventKind <concept/conference> , <concept/fair> .",
        "<event/a> a sse:Event ; sse:eventKind <concept/conference> , <concept/meeting> .",
    ),
    "OneInstitutionKind": Case(
        "<institution/b> a sse:Institution ; sse:institutionKind <concept/conference> , <concept/fair> .",
        "<institution/b> a sse:Institution ; sse:institutionKind <concept/conference> , <concept/meeting> .",
    ),
    "FewParties": Case(
        "<partnership/a> a sse:Partnership ; sse:partnershipKind <concept/x> ; sse:owner <institution/b> .",
        "<partnership/a> a sse:Partnership ; sse:partnershipKind <concept/x> ; sse:owner <institution/c> ."
        f" {JOINED} <partnership/a> .",
    ),
    "PartsAboveTotal": Case(
        amounts("total 10", "contribution 6", "contribution-of-partners 5"),
        amounts("total 10", "contribution 6", "contribution 5 ; sse:date '2025'", "part-of-the-total 9"),
    ),
    "FigureTwice": Case(
        figure("a") + figure("b"),
        figure("a") + figure("b", "; sse:place <place/a>") + figure("c", f"; sse:period '2020'{YEAR}"),
    ),
    "FigureAndObservation": Case(
        figure("a") + COUNTED.format("a"),
        figure("a") + COUNTED.format("b"),
    ),
    "UnitOfIndicator": Case(
        figure("a").replace("unit-persons", "unit-percent"),
        figure("a"),
    ),
    "PeriodAfterSource": Case(
        SOURCE + figure("a", f"; sse:period '2021'{YEAR}"),
        SOURCE
        + figure("a", f"; sse:period '2020'{YEAR}")
        + figure("b", f"; sse:period '2035'{YEAR} ; sse:precision <concept/about-target>"),
    ),
    "Commune": Case(
        "<place/a> a sse:Commune ; sse:hcpCode '01.511.01.09' ; sse:within <b> . <b> sse:hcpCode '01.227' .",
        "<place/a> a sse:Commune ; sse:hcpCode '01.511.01.09' ; sse:within <b> . <b> sse:hcpCode '01.511' .",
    ),
    "DecreeWithoutLaw": Case(
        "<law/a> a sse:Law ; eli:type_document <concept/decree> .",
        "<law/a> a sse:Law ; eli:type_document <concept/decree> ; sse:appliesLaw <law/b> .",
    ),
    "EventWithinEvent": Case(
        "<event/a> sse:partOfEvent <event/b> ; sse:start '2023-03-19'^^xsd:date ."
        " <event/b> sse:end '2023-03-18'^^xsd:date .",
        f"<event/a> sse:partOfEvent <event/b> ; sse:start '2023'{YEAR} . <event/b> sse:end '2023-03-18'^^xsd:date .",
    ),
    "ObservationOnce": Case(
        COUNTED.format("a") + COUNTED.format("a").replace("observation/a", "observation/b"),
        COUNTED.format("a") + COUNTED.format("b").replace("observation/a", "observation/b"),
    ),
    "WomenAmongMembers": Case(
        COUNTED.format("a").replace("people", "cooperative-members")
        + COUNTED.format("a")
        .replace("people", "women-cooperative-members")
        .replace("120", "121")
        .replace("n/a", "n/b"),
        COUNTED.format("a").replace("people", "cooperative-members")
        + COUNTED.format("a").replace("people", "women-cooperative-members").replace("n/a", "n/b"),
    ),
    "ProvinceCodeInRegion": Case(f"{PROVINCE} '04' .", f"{PROVINCE} '03' ."),
}


@pytest.fixture(scope="module")
def shapes(project: Project) -> Shapes:
    """The project's shapes, for instances of the base of these tests."""
    return Shapes([RdfFile(path, BASE, project.shown(path)) for path in project.shapes_files])


@pytest.fixture(scope="module")
def vocabulary(project: Project) -> list[ox.Triple]:
    """What validation has beside the data."""
    return list(build_graph(project).vocabulary)


def found(turtle: str, shapes: Shapes, vocabulary: list[ox.Triple]) -> set[str]:
    """The shapes that find something in a graph."""
    results = shapes.results(shapes.validate(lines([*parsed(CONCEPTS + turtle), *vocabulary])).report)
    return {str(result.shape).strip("<>").removeprefix(SHAPES) for result in results}


def test_every_check_has_a_case(shapes: Shapes) -> None:
    checked = {str(triple.subject).strip("<>") for triple in shapes.triples if triple.predicate == SPARQL}
    assert {iri.removeprefix(SHAPES) for iri in checked} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_check_finds_what_is_wrong(name: str, shapes: Shapes, vocabulary: list[ox.Triple]) -> None:
    assert name in found(CASES[name].wrong, shapes, vocabulary)


@pytest.mark.parametrize("name", CASES)
def test_check_lets_be_what_is_right(name: str, shapes: Shapes, vocabulary: list[ox.Triple]) -> None:
    assert name not in found(CASES[name].right, shapes, vocabulary)
