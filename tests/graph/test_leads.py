"""Which records are described with another, by what the class of their kind says."""

from ssekg.graph.leads import leads_of
from ssekg.project.vocabulary import read_vocabulary
from tests.graphs import BASE, parsed

ONTOLOGY = """
@prefix tool: <https://w3id.org/ssekg/tool#> .
sse:Measurement tool:leadsTo sse:place .
sse:Observation rdfs:subClassOf sse:Measurement ; tool:kind "observation" .
sse:Place tool:kind "place" .
sse:country rdfs:subPropertyOf sse:place .
"""


def leads(turtle: str, ontology: str = ONTOLOGY) -> dict[str, str]:
    found = leads_of(parsed(turtle), read_vocabulary(parsed(ontology), {}, BASE), BASE)
    return {record.removeprefix(BASE): target.removeprefix(BASE) for record, target in found.items()}


def test_the_class_above_says_it_and_a_property_below_leads_too() -> None:
    assert leads("<observation/a> sse:country <place/b> . <place/b> sse:value 1 .") == {"observation/a": "place/b"}


def test_of_several_the_first_is_taken() -> None:
    turtle = "<observation/a> sse:place <place/c>, <place/b> . <place/b> sse:value 1 . <place/c> sse:value 2 ."
    assert leads(turtle) == {"observation/a": "place/b"}


def test_what_leads_nowhere_or_on_is_described_by_itself() -> None:
    assert leads("<observation/a> sse:place <place/none>, <https://example.org/>, 'text', [] .") == {}
    assert leads("<observation/a> sse:place <observation/b> . <observation/b> sse:place <observation/a> .") == {}
    assert leads("<observation/a> sse:place <place/b#part> . <place/b#part> sse:value 1 .") == {}
    assert leads("<observation/a#part> sse:place <place/b> . <place/b> sse:value 1 .") == {}


def test_nothing_leads_unless_the_ontology_says_so() -> None:
    assert leads("<observation/a> sse:place <place/b> . <place/b> sse:value 1 .", "") == {}
