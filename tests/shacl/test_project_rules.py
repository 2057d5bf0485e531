"""What each rule of the project's shapes makes of a small graph: exactly that, and nothing of what does not follow."""

from typing import Final, NamedTuple

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from ssekg.base.namespaces import SH
from ssekg.project.settings import Project
from ssekg.shacl.ntriples import lines
from ssekg.shacl.rules import Rules
from ssekg.sources.rdf.file import RdfFile
from tests.graphs import BASE, parsed

RULE: Final = ox.NamedNode(SH + "rule")
PROPERTY: Final = ox.NamedNode(SH + "property")
PREFIXES: Final = frozenset(ox.NamedNode(SH + name) for name in ("declare", "prefix"))


class Case(NamedTuple):
    """A graph, the predicates that are looked at, and what of these is made."""

    graph: str
    predicates: str
    made: str


YEARS: Final = "sse:year sse:startYear sse:endYear"
BUDGET: Final = "a sse:FinancialFlow ; sse:budgetOf <programme/a> ; sse:currency 'MAD' ; sse:stage <concept/programmed>"
TOTAL: Final = f"{BUDGET} ; sse:budgetKind <concept/total> ; sse:amount"
REPORT: Final = "sse:statusOf <law/a> ; sse:status"
LAW: Final = """
<law/a> a sse:Law . <concept/in-force> skos:broader <concept/lifecycle-running> .
<concept/repealed> skos:broader <concept/lifecycle-completed> .
<concept/lifecycle-running> skos:inScheme <concept/lifecycle-stages> .
<concept/lifecycle-completed> skos:inScheme <concept/lifecycle-stages> .
"""
STATUS: Final = "sse:currentStatus sse:lifecycle eli:in_force sse:gapReason"
GRADES: Final = """
<concept/stated> skos:notation "stated" . <concept/inferred> skos:notation "inferred" .
<concept/unverified> skos:notation "unverified" .
"""
IN_FORCE: Final = (
    "<law/a> sse:currentStatus <concept/in-force> ; sse:lifecycle <concept/lifecycle-running> ;"
    " eli:in_force eli:InForce-inForce ."
)

CASES: Final[dict[str, Case]] = {
    "an event has the years of its start and its end, a programme none": Case(
        "<event/a> a sse:Event ; sse:start '2022-12-30'^^xsd:date ; sse:end '2023-01'^^xsd:gYearMonth ."
        " <programme/a> a sse:Programme ; sse:start '2020'^^xsd:gYear .",
        YEARS,
        "<event/a> sse:year 2022, 2023 ; sse:startYear 2022 ; sse:endYear 2023 . <programme/a> sse:startYear 2020 .",
    ),
    "a period, a fiscal year and a call have years": Case(
        "<x> sse:period '2014'^^xsd:gYear . <y> sse:fiscalYear 2023 . <call/a> sse:opens '2023-09-15'^^xsd:date .",
        YEARS,
        "<x> sse:year 2014 . <y> sse:year 2023 . <call/a> sse:year 2023 ; sse:startYear 2023 .",
    ),
    "the region is that of any place, however deep; a country is in none": Case(
        "<place/r> a sse:Region ; sse:within <place/m> . <place/p> sse:within <place/r> ."
        " <place/c> sse:within <place/p> . <institution/a> sse:locatedIn <place/c> ."
        " <event/a> dct:spatial <place/r> . <event/b> dct:spatial <place/m> .",
        "sse:inRegion",
        "<place/p> sse:inRegion <place/r> . <place/c> sse:inRegion <place/r> . <institution/a> sse:inRegion <place/r> ."
        " <event/a> sse:inRegion <place/r> .",
    ),
    "bodies take part in the whole of an event, so does that of the office that spoke": Case(
        "<event/a> a sse:Event . <event/b> a sse:Event ; sse:partOfEvent <event/a> ."
        " <institution/i> a sse:Institution ."
        " <event/b> sse:deliveredBy <office/o> . <office/o> <http://www.w3.org/ns/org#postIn> <institution/j> ."
        " <institution/j> a sse:Institution . <x> sse:participant <institution/i> ; sse:participationIn <event/b> ."
        " <y> sse:participant <institution/i> ; sse:participationIn <programme/a> .",
        "sse:tookPartIn",
        "<institution/i> sse:tookPartIn <event/a>, <event/b> . <institution/j> sse:tookPartIn <event/a>, <event/b> .",
    ),
    "owners, participants and payers of a part are partners of the whole": Case(
        "<programme/a> a sse:Initiative ; sse:owner <institution/i> . <programme/b> a sse:Initiative ;"
        " sse:partOfProgramme <programme/a> . <x> sse:participant <institution/j> ; sse:participationIn <programme/b> ;"
        " sse:role <concept/co-financer> . <concept/co-financer> skos:broader <concept/role-in-financing> ."
        " <y> sse:budgetOf <programme/a> ; sse:paidBy <institution/k> .",
        "sse:partner sse:financedBy",
        "<programme/a> sse:partner <institution/i>, <institution/j>, <institution/k> ; sse:financedBy <institution/j>,"
        " <institution/k> . <programme/b> sse:partner <institution/j> ; sse:financedBy <institution/j> .",
    ),
    "the total is the one of the whole": Case(
        f"<a> {TOTAL} 10.0 . <b> {TOTAL} 10.0 . <c> {TOTAL} 4.0 ; sse:period '2022'^^xsd:gYear .",
        "sse:totalBudget sse:disputedBudget",
        "<programme/a> sse:totalBudget 10.0 .",
    ),
    "two totals are disputed": Case(
        f"<a> {TOTAL} 10.0 . <b> {TOTAL} 12.0 .",
        "sse:totalBudget sse:disputedBudget",
        "<programme/a> sse:disputedBudget true .",
    ),
    "what was paid is no total budget": Case(
        f"<a> {TOTAL} 10.0 .".replace("programmed", "paid"), "sse:totalBudget sse:disputedBudget", ""
    ),
    "the latest dated report counts, though others have no date": Case(
        f"{LAW} <x> {REPORT} <concept/in-force> ; sse:date '2020'^^xsd:gYear . <y> {REPORT} <concept/repealed> ."
        f" <z> {REPORT} <concept/repealed> ; sse:date '2016-03'^^xsd:gYearMonth .",
        STATUS,
        IN_FORCE,
    ),
    "the only report counts without a date": Case(f"{LAW} <x> {REPORT} <concept/in-force> .", STATUS, IN_FORCE),
    "of two reports without a date nobody can tell": Case(
        f"{LAW} <x> {REPORT} <concept/in-force> . <y> {REPORT} <concept/repealed> .",
        STATUS,
        "<law/a#gap-current-status> sse:gapReason <concept/date-not-given> .",
    ),
    "of a year and a month in it neither is later": Case(
        f"{LAW} <x> {REPORT} <concept/in-force> ; sse:date '2020'^^xsd:gYear ."
        f" <y> {REPORT} <concept/repealed> ; sse:date '2020-05'^^xsd:gYearMonth .",
        STATUS,
        "<law/a#gap-current-status> sse:gapReason <concept/sources-disagree> .",
    ),
    "groups are closed in their own list": Case(
        "<x> sse:targetGroup <concept/a> . <concept/a> skos:broader <concept/b>, <concept/c> ."
        " <concept/a> skos:inScheme <concept/l> ."
        " <concept/b> skos:inScheme <concept/l> . <concept/c> skos:inScheme <concept/other> .",
        "sse:targetGroup",
        "<x> sse:targetGroup <concept/b> .",
    ),
    "the weakest of the record and its fields": Case(
        f"{GRADES} <law/a> a sse:Record ; sse:confidence <concept/stated> ; dct:source <source/a>, <source/b> ."
        " <law/a#field-x> sse:record <law/a> ; sse:confidence <concept/inferred> .",
        "sse:weakestConfidence sse:sourceCount",
        "<law/a> sse:weakestConfidence <concept/inferred> ; sse:sourceCount 2 .",
    ),
    "dimensions come from the indicator, or are the total": Case(
        "<observation/a> a sse:Observation ; sse:indicator <concept/women> ."
        " <concept/women> sse:sex <concept/sex-female> .",
        "sse:sex sse:ageGroup",
        "<observation/a> sse:sex <concept/sex-female> ; sse:ageGroup <concept/age-group-total> .",
    ),
}


@pytest.fixture(scope="module")
def shapes(project: Project) -> list[ox.Triple]:
    """The project's shapes, for instances of the base of these tests."""
    return [t for path in project.shapes_files for t in RdfFile(path, BASE, project.shown(path)).triples()]


@pytest.fixture(scope="module")
def rules(shapes: list[ox.Triple]) -> Rules:
    """The project's rules; all can be run."""
    rules = Rules(shapes)
    assert not rules.refused
    return rules


@pytest.mark.parametrize("name", CASES)
def test_rules_make_what_follows(name: str, rules: Rules) -> None:
    graph = parsed(CASES[name].graph)
    looked_at = {
        triple.predicate for triple in parsed(f"<x> {' '.join(f'{p} 1 ;' for p in CASES[name].predicates.split())} .")
    }
    made = {triple for triple in rules.made_of(graph) if triple.predicate in looked_at} - set(graph)
    assert made == set(parsed(CASES[name].made))


def test_pyshacl_makes_the_same(shapes: list[ox.Triple], rules: Rules) -> None:
    stated = {triple for triple in shapes if triple.predicate == RULE}
    named = {triple.subject for triple in stated} | {triple.object for triple in stated}
    named |= {triple.subject for triple in shapes if triple.predicate in PREFIXES}
    needed = [triple for triple in shapes if triple.subject in named and triple.predicate != PROPERTY]
    own = rdflib.Graph().parse(data=lines(needed), format="nt")
    for name, case in CASES.items():
        graph = parsed(case.graph)
        data = rdflib.Graph().parse(data=lines(graph), format="nt")
        pyshacl.shacl_rules(data, shacl_graph=own, inplace=True)
        ours = rdflib.Graph().parse(data=lines([*graph, *rules.made_of(graph)]), format="nt")
        assert {tuple(map(str, triple)) for triple in data} == {tuple(map(str, triple)) for triple in ours}, name


def test_types_follow_from_stage_and_kind(rules: Rules) -> None:
    graph = parsed(
        f"<a> {BUDGET} . <institution/a> sse:institutionKind <concept/ministry> . <institution/b> sse:institutionKind"
        " <concept/ngo> . <concept/ministry> skos:broader <concept/state-institution> ."
    )
    expected = parsed("<a> a sse:Budget . <institution/a> a sse:PublicInstitution .")
    made = {triple for triple in rules.made_of(graph) if str(triple.predicate).endswith("#type>")} - set(graph)
    assert made == set(expected)
