"""What is derived of a graph: as pyshacl and owlrl derive it, and nothing from or about what is withheld."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from ssekg.graph.public import Public
from ssekg.graph.store import build_graph
from ssekg.project.settings import Project, read_project
from ssekg.shacl.derivation import derived, rules_of, with_derived
from ssekg.shacl.rules import Rules
from tests.conftest import ROOT, SECOND

EX = "https://example.org/"
PREFIXES = f"""@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . """
HEADER = f"""{PREFIXES} <urn:x> sh:declare [ sh:prefix "ex" ; sh:namespace "{EX}"^^xsd:anyURI ] .
"""
_OF_LANGUAGE = {OWL.Thing, RDFS.Resource, OWL.NamedIndividual}


def in_rdflib(triples: Iterable[ox.Triple]) -> Graph:
    """The triples in a graph of rdflib."""
    return Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")


def closed(graph: Graph) -> Graph:
    """A graph with what owlrl adds by superclasses, super-properties and inverses; domains and ranges are left out."""
    closure = Graph() + graph
    closure.add((SKOS.prefLabel, RDFS.subPropertyOf, RDFS.label))
    for predicate in (RDFS.domain, RDFS.range):
        closure.remove((None, predicate, None))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(closure)
    return closure


def with_rules(graph: Graph, shapes: Graph) -> Graph:
    """A graph with what pyshacl adds by the rules of shapes."""
    expanded = pyshacl.shacl_rules(graph, shacl_graph=shapes, advanced=True)
    assert isinstance(expanded, Graph)
    found = Graph()
    for statement in expanded:  # of a dataset, which has four parts, and literals as subjects from owlrl
        found.add(tuple(statement)[:3])  # type: ignore[arg-type]
    return found


def of_data(graph: Graph, public: Public) -> set[str]:
    """The statements about the data, without what holds of anything whatever."""
    subjects = {str(node) for node in in_rdflib(public.data).all_nodes() if isinstance(node, URIRef)}
    subjects -= {t.subject.value for t in public.vocabulary if isinstance(t.subject, ox.NamedNode)}
    return {
        f"{subject.n3()} {predicate.n3()} {value.n3()}"
        for subject, predicate, value in graph
        if str(subject) in subjects and predicate != OWL.sameAs and value not in _OF_LANGUAGE
    }


@pytest.fixture(scope="module")
def second() -> Project:
    return read_project(SECOND)


@pytest.fixture(scope="module")
def public(second: Project) -> Public:
    return with_derived(second, build_graph(second))[1]


def test_derived_is_what_owlrl_and_pyshacl_derive(second: Project, public: Public) -> None:
    stated = in_rdflib([*public.vocabulary, *public.data])
    entailed = closed(stated)
    shapes = Graph()
    for path in second.shapes_files:
        shapes.parse(path, publicID=second.base)
    ours = in_rdflib([*public.vocabulary, *public.triples])
    assert of_data(ours, public) == of_data(closed(with_rules(entailed, shapes)), public)


def test_what_is_stated_is_not_derived(public: Public) -> None:
    assert public.derived
    assert not {*public.data, *public.vocabulary} & {*public.derived}
    assert len(set(public.derived)) == len(public.derived)


def test_nothing_is_derived_from_or_about_what_is_withheld(second: Project) -> None:
    whole, public = with_derived(second, build_graph(second))
    assert list(whole.derived) == list(public.derived)
    assert not any(public.withheld.hides(triple) for triple in whole.derived)
    agent, quay = (ox.NamedNode(second.base + name) for name in ("officer/1", "quay/kayar"))
    assert ox.Triple(quay, ox.NamedNode("https://data.littoral.example/vocab#responsable"), agent) in whole.data
    from_rule = [str(triple.subject) for triple in whole.derived if "#anneeDeDebut" in str(triple.predicate)]
    assert from_rule
    assert all(node.startswith(f"<{second.base}permit/") for node in from_rule)


def made(shapes: str, data: str) -> set[str]:
    """What the rules of shapes make of data, after pyshacl has made the same."""
    triples = [quad.triple for quad in ox.parse(PREFIXES + data, ox.RdfFormat.TURTLE)]
    read = Rules(quad.triple for quad in ox.parse(HEADER + shapes, ox.RdfFormat.TURTLE))
    assert not read.refused
    ours = {str(triple) for triple in read.made_of(triples)} - {str(triple) for triple in triples}
    theirs = with_rules(in_rdflib(triples), Graph().parse(data=HEADER + shapes))
    found = {str(q.triple) for q in ox.parse(theirs.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)}
    assert found - {str(triple) for triple in triples} == ours
    return ours


DATA = """ex:a a ex:Thing ; ex:part ex:b, ex:c ; ex:weight 3 . ex:b a ex:Thing ; ex:weight 4 . ex:c ex:weight 5 .
ex:d a ex:Part . ex:Part <http://www.w3.org/2000/01/rdf-schema#subClassOf> ex:Thing ."""


SUM = "SELECT $this (SUM(?w) AS ?sum) WHERE { $this ex:part/ex:weight ?w } GROUP BY $this"
LARGER = "$this ex:part ?other . ?other ex:weight ?more . FILTER(?more > ?w)"


@pytest.mark.parametrize(
    ("template", "where", "count"),
    [
        ("$this ex:seen true", "", 3),
        ("$this ex:heavy ?w", "$this ex:weight ?w . FILTER(?w > 3)", 1),
        ("$this ex:sum ?sum", f"{{ {SUM} }}", 1),
        ("$this ex:most ?w", f"$this ex:part/ex:weight ?w . FILTER NOT EXISTS {{ {LARGER} }}", 1),
        ("$this ex:none true . ex:all ex:has $this", "FILTER NOT EXISTS { $this ex:weight ?w }", 2),
        ("?part ex:inside $this", "$this ex:part ?part OPTIONAL { ?part ex:weight ?w }", 2),
        ("$this ex:all ?other", "?other a ex:Part", 3),
    ],
)
def test_a_rule_makes_what_pyshacl_makes(template: str, where: str, count: int) -> None:
    construct = f"CONSTRUCT {{ {template} }} WHERE {{ {where} }}"
    rule = f'[ a sh:SPARQLRule ; sh:prefixes <urn:x> ; sh:construct "{construct}" ]'
    assert len(made(f"ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:rule {rule} .", DATA)) == count


def test_numbers_are_copied_as_they_are_written() -> None:
    data = f"{PREFIXES} ex:a ex:weight 2.50, 3.10, 4 ; ex:size 3.1 ."
    rule = "CONSTRUCT { $this ex:copy ?w } WHERE { $this ex:weight|ex:size ?w }"
    shapes = f"""{HEADER} ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:weight ;
    sh:rule [ a sh:SPARQLRule ; sh:prefixes <urn:x> ; sh:construct "{rule}" ] ."""
    rules = Rules(quad.triple for quad in ox.parse(shapes, ox.RdfFormat.TURTLE))
    made = rules.made_of([quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)])
    # Of two forms of one number none is more right than the other.
    assert sorted(getattr(triple.object, "value", "") for triple in made) == ["2.50", "3.1", "4"]


def test_rules_see_what_those_of_an_earlier_order_made() -> None:
    rules = " ".join(
        f'sh:rule [ a sh:SPARQLRule ; sh:prefixes <urn:x> ; sh:order {order} ; {more} sh:construct "{rule}" ] ;'
        for order, more, rule in (
            (2, "", "CONSTRUCT { $this ex:third true } WHERE { $this ex:second true }"),
            (0, "", "CONSTRUCT { $this ex:first true } WHERE { $this ex:weight 3 }"),
            (1, "", "CONSTRUCT { $this ex:second true } WHERE { $this ex:first true }"),
            (1, "sh:deactivated true ;", "CONSTRUCT { $this ex:never true } WHERE { $this ex:first true }"),
        )
    )
    assert len(made(f"ex:S a sh:NodeShape ; {rules} sh:targetSubjectsOf ex:weight .", DATA)) == 3


@pytest.mark.parametrize(
    ("shape", "rule", "code"),
    [
        ("", "a sh:TripleRule ; sh:subject sh:this ; sh:predicate ex:p ; sh:object ex:o", "rule-kind"),
        ("", 'a sh:SPARQLRule ; sh:construct "ASK { }"', "rule-construct"),
        ("", "a sh:SPARQLRule", "rule-construct"),
        ("", 'a sh:SPARQLRule ; sh:construct "CONSTRUCT { $this ex:p [] } WHERE { }"', "rule-blank-nodes"),
        ("", 'a sh:SPARQLRule ; sh:construct "CONSTRUCT { $this ex:p _:b } WHERE { }"', "rule-blank-nodes"),
        ("", 'a sh:SPARQLRule ; sh:construct "CONSTRUCT { $this ex:p ?x } WHERE { BIND(RAND() AS ?x) }"', "rule-query"),
        ("", 'a sh:SPARQLRule ; sh:order "x" ; sh:construct "CONSTRUCT { $this ex:p 1 } WHERE { }"', "rule-order"),
        ("", 'a sh:SPARQLRule ; sh:construct "CONSTRUCT { $this ex:p 1 WHERE { }"', "rule-syntax"),
        ("", 'a sh:SPARQLRule ; sh:construct "CONSTRUCT { $this ex:p 1 } WHERE { SERVICE <x:y> {} }"', "rule-syntax"),
        ("sh:target [] ;", 'a sh:SPARQLRule ; sh:construct "CONSTRUCT { $this ex:p 1 } WHERE { }"', "rule-target"),
    ],
)
def test_what_is_not_supported_is_refused(shape: str, rule: str, code: str) -> None:
    rule = f"[ {rule} ; sh:prefixes <urn:x> ]"
    text = f"{HEADER} ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; {shape} sh:rule {rule} ."
    found = Rules(quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE))
    assert not found.rules
    assert [getattr(problem, "code", None) for _, problem in found.refused] == [code]


def test_what_a_rule_says_of_nodes_of_its_own_is_not_said_of_others() -> None:
    template = "?gap a ex:Gap ; ex:of $this . $this ex:lacks ?gap ."
    where = "$this ex:p ?value . BIND(IRI(CONCAT(STR($this), '#gap')) AS ?gap)"
    shape = f"""ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:rule ex:R .
      ex:R a sh:SPARQLRule ; sh:prefixes <urn:x> ;
      sh:construct "CONSTRUCT {{ {template} }} WHERE {{ {where} }}" ."""
    rules = Rules(ox.parse(f"{HEADER}{shape}", format=ox.RdfFormat.TURTLE))
    assert [rule.derives for rule in rules.rules] == [{ox.NamedNode(EX + "lacks")}]


def test_files_of_shapes_that_do_not_parse_make_nothing(second: Project, tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "broken.ttl").write_text("<a> <b> ", "utf-8")
    assert not rules_of(replace(second, root=tmp_path)).rules


def test_our_own_graph_is_closed() -> None:
    project = read_project(ROOT)
    public = Public(build_graph(project), project.privacy)
    public.derived, public.made = derived(public, rules_of(project))
    labels = {t.subject for t in public.data if t.predicate == ox.NamedNode(str(SKOS.prefLabel))}
    assert {t.subject for t in public.triples if t.predicate == ox.NamedNode(str(RDFS.label))} >= labels
    assert any(t.predicate == ox.NamedNode(str(RDF.type)) for t in public.derived)
