"""An answer for the tests of the forms, with every kind of term."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import XSD
from ssekg.project.settings import Project, read_project
from ssekg.queries.answers import Answer
from ssekg.queries.columns import parse_columns
from ssekg.queries.forms.sheet import Wish
from ssekg.queries.library import parse_query
from ssekg.queries.parameters import Term
from ssekg.queries.results import Result
from tests.graphs import graph_of, iri

ROOT: Final = Path(__file__).parents[3]
PROJECT: Final = read_project(ROOT)
GRAPH: Final = graph_of("""
<place/a> skos:prefLabel "Fès"@fr, "فاس"@ar ; dct:source <source/s> .
<place/b> skos:prefLabel "Azrou"@fr .
<amount/x> sse:of <place/a> ; sse:amount 5 ; dct:source <source/s>, <source/t> .
<source/s> a sse:Source ; dct:title "Rapport"@fr ; sse:publisherName "HCP" ; dct:issued "2024-02-29"^^xsd:date ;
  schema:url "https://example.org/rapport" .
<source/t> a sse:Source ; dct:title "Bulletin"@fr .
""")
QUERY: Final = """#+ title: {ar: "مبالغ", fr: "Montants", en: "Amounts"}
#+ question: {ar: "كم؟", fr: "Combien ?", en: "How much?"}
#+ gather: [source]
SELECT ?place ?amount ?source { ?x <https://w3id.org/ssekg/ontology#of> ?place ;
  <https://w3id.org/ssekg/ontology#amount> ?amount ; <http://purl.org/dc/terms/source> ?source }
ORDER BY ?place ?source"""
DESCRIBED: Final = parse_columns(
    {
        "place": {"title": {"ar": "المكان", "fr": "Lieu", "en": "Place"}, "type": "thing"},
        "amount": {"title": {"ar": "المبلغ", "fr": "Montant", "en": "Amount"}, "unit": {"fr": "DH"}, "type": "number"},
        "sum": {"title": {"fr": "Montant de la fiche"}, "type": "part"},
        "year": {"title": {"fr": "Année"}, "type": "year"},
    }
)


def literal(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


AMOUNT: Final = literal("1234567.50", "decimal")


def answer_of(
    variables: list[str], rows: list[list[Term | None]], text: str = "SELECT * { }", form: str = "SELECT"
) -> Answer:
    return Answer(parse_query("amounts", text), {}, Result(variables, rows, form), GRAPH, DESCRIBED)


def asked(text: str = QUERY) -> Answer:
    """What the graph answers."""
    found = GRAPH.store.query(text, base_iri=GRAPH.base)
    assert isinstance(found, ox.QuerySolutions)
    rows = [list(solution) for solution in found]
    return answer_of([variable.value for variable in found.variables], rows, text)


def wish(language: str = "fr", *, sources: bool = False, width: int | None = None) -> Wish:
    return Wish(PROJECT, language, with_sources=sources, width=width)


def dated(project: Project) -> Project:
    """The same project a day later."""
    return replace(project, date=project.date + datetime.timedelta(days=1))


ONE_OF_EACH: Final[list[list[Term | None]]] = [
    [iri("place/a"), AMOUNT, literal("2024", "integer"), literal("2023-05", "gYearMonth"), literal("true", "boolean")],
    [iri("place/b"), literal("3", "integer"), literal("2023", "integer"), literal("2024-02-29", "date"), None],
]
COLUMNS: Final = ["place", "amount", "year", "when", "yes"]
