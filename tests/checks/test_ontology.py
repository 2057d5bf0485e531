"""The vocabulary in use: unknown, undeclared and deprecated terms, texts for links, and the concepts."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.checks import concepts, ontology
from ssekg.checks.subject import Subject
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import Project, read_project
from tests.conftest import Cli
from tests.examples import empty_project
from tests.graphs import BASE, PREFIXES, graph_of, parsed
from tests.marked import Found, unmarked, validated, write_marked

HEAD: Final = PREFIXES.lstrip() + "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
OWNER: Final = '"propertyUrl": "https://w3id.org/ssekg/ontology#owner"'
AGAIN: Final = "<programme/moazara> ⟦sse:ownr⟧ <institution/ministry-tourism-air-transport-handicraft-social-economy> ."
NOTE: Final = '"https://w3id.org/ssekg/ontology#FieldNote"'
SCHEME: Final = "skos:inScheme <concept/competence-types>"

CIRCLES: Final = f"""
<concept/circle-a> a skos:Concept ; {SCHEME} ; skos:broader ⟦<concept/circle-b>⟧ .
<concept/circle-b> a skos:Concept ; {SCHEME} ; skos:broader ⟦<concept/circle-c>⟧ , <concept/own> .
<concept/circle-c> a skos:Concept ; {SCHEME} .
<concept/circle-a> ⟦skos:narrower⟧ ⟦<concept/circle-c>⟧ .
<concept/circle-d> a skos:Concept ; {SCHEME} ; skos:broader <concept/circle-a> , ⟦<concept/circle-d>⟧ .
"""

# Each file has the findings that are listed with it, at what is marked, and no others about terms and concepts.
FILES: Final = {
    "data/property.ttl": ("<thing/a> ⟦sse:ownr⟧ <institution/odco> .", ["ontology-unknown-property violation"]),
    "data/class.ttl": ("<thing/b> a ⟦sse:Programm⟧ .", ["ontology-unknown-class violation"]),
    "data/other-vocabulary.ttl": (
        '<thing/c> ⟦skos:prefLable⟧ "Fès"@fr , "فاس"@ar ; ⟦rdfs:lable⟧ "Fez" .',
        ["ontology-unknown-property warning"] * 2,
    ),
    "data/undeclared.ttl": ('<thing/d> ⟦<http://xmlns.com/foaf/0.1/nick>⟧ "D" .', ["ontology-undeclared-term info"]),
    "data/mentioned.ttl": (
        "<thing/e> dct:subject ⟦sse:Nothing⟧ ; sse:property ⟦sse:worksInn⟧ .",
        ["ontology-unknown-term violation", "ontology-unknown-property violation"],
    ),
    "data/label.ttl": (
        "<thing/f> a ⟦sse:ProjetPublic⟧ , ⟦sse:Gouvernorat⟧ .",
        ["ontology-unknown-class violation"] * 2,
    ),
    "data/text.ttl": ('<thing/g> sse:worksIn ⟦"handicraft"⟧ .', ["ontology-literal-for-link violation"]),
    "data/link.ttl": ("<thing/h> sse:acronym ⟦<thing/g>⟧ .", ["ontology-link-for-literal violation"]),
    "data/nowhere-known.ttl": ("<thing/i> <https://example.org/own#word> 1 .", []),
    "data/members.ttl": ("<thing/j> <http://www.w3.org/1999/02/22-rdf-syntax-ns#_1> <thing/i> .", []),
    "data/blank.ttl": (
        "[] ⟦sse:ownr⟧ <institution/odco> .\n<thing/m> dct:subject [ a ⟦sse:Blah⟧ ; ⟦sse:ownr⟧ <institution/odco> ] .",
        [
            "ontology-unknown-property violation",
            "ontology-unknown-class violation",
            "ontology-unknown-property violation",
        ],
    ),
    "data/deprecated.ttl": (
        "<thing/k> ⟦sse:oldOwner⟧ <institution/odco> .\n<thing/l> a ⟦sse:OldThing⟧ .",
        ["ontology-deprecated-term warning"] * 2,
    ),
    "ontology/concepts/circle.ttl": (
        CIRCLES,
        [*["concept-cycle violation"] * 2, "ontology-derived-property violation", *["concept-cycle violation"] * 2],
    ),
}
OLD_TERMS: Final = """
sse:oldOwner a owl:ObjectProperty ; owl:deprecated true ; dct:isReplacedBy sse:owner .
sse:OldThing a owl:Class ; owl:deprecated true .
sse:Mistaken a owl:Class ; rdfs:subClassOf ⟦sse:Recrod⟧ .
"""
JUDGED: Final = ("ontology-", "concept-")


def of_terms(found: list[Found]) -> list[Found]:
    return [each for each in found if each.code.startswith(JUDGED)]


def test_each_misuse_is_found_where_it_stands_and_nothing_else(cli: Cli, copy: Path) -> None:
    ontology = copy / "ontology" / "core.ttl"
    text, spans = unmarked(ontology.read_text(encoding="utf-8") + OLD_TERMS)
    ontology.write_text(text, encoding="utf-8")
    expected = {"ontology/core.ttl": [("ontology-unknown-class violation", spans[0])]}
    for name, spans in write_marked(copy, {name: HEAD + body for name, (body, _) in FILES.items()}).items():
        expected[name] = list(zip(FILES[name][1], spans, strict=True))
    found = {name: of_terms(each) for name, each in validated(cli, copy).items()}
    assert {name: [(f"{f.code} {f.severity}", f.span) for f in each] for name, each in found.items() if each} == {
        name: sorted(each, key=lambda one: (one[0].split()[1] != "violation", one[1]))
        for name, each in expected.items()
        if each
    }
    hints = {name: " ".join(each.hint for each in of_terms(found[name])) for name in found}
    assert "Did you mean sse:owner" in hints["data/property.ttl"]
    assert "Did you mean sse:Programme" in hints["data/class.ttl"]
    assert "Did you mean skos:prefLabel" in hints["data/other-vocabulary.ttl"]
    assert "Did you mean rdfs:label" in hints["data/other-vocabulary.ttl"]
    assert "Did you mean sse:worksIn" in hints["data/mentioned.ttl"]
    assert "Did you mean sse:owner" in hints["data/deprecated.ttl"]
    assert "Did you mean sse:Record" in hints["ontology/core.ttl"]
    circle = found["ontology/concepts/circle.ttl"]
    assert "concept/circle-a → concept/circle-b → concept/circle-c → concept/circle-a" in circle[0].message
    assert "concept/circle-d → concept/circle-d" in circle[-1].message


def test_a_wrong_column_is_told_once_at_its_description(cli: Cli, copy: Path) -> None:
    path = copy / "data" / "programmes.csv-metadata.json"
    text = path.read_text(encoding="utf-8")
    wrong, spans = unmarked(text.replace(OWNER, OWNER.replace('"https', '⟦"https').replace('#owner"', '#ownr"⟧')))
    assert len(spans) == 1
    path.write_text(wrong, encoding="utf-8")
    notes = copy / "data" / "links.csv-metadata.json"
    text, more = unmarked(notes.read_text(encoding="utf-8").replace(NOTE, NOTE.replace("Note", "Nota").join("⟦⟧")))
    notes.write_text(text, encoding="utf-8")
    # A file of its own that says the same as a row is told of as well.
    again = write_marked(copy, {"data/again.ttl": HEAD + AGAIN})["data/again.ttl"]
    found = {name: of_terms(each) for name, each in validated(cli, copy).items()}
    assert {name: [(f.code, f.span) for f in each] for name, each in found.items() if each} == {
        "data/programmes.csv-metadata.json": [("ontology-unknown-property", spans[0])],
        "data/links.csv-metadata.json": [("ontology-unknown-class", more[0])],
        "data/again.ttl": [("ontology-unknown-property", again[0])],
    }


def test_it_is_told_in_the_language_of_the_reader(cli: Cli, copy: Path) -> None:
    write_marked(copy, {"data/x.ttl": HEAD + FILES["data/property.ttl"][0]})
    found = of_terms(validated(cli, copy, "data/x.ttl", language="ar")["data/x.ttl"])
    assert "لا توجد في المفردات خاصية باسم" in found[0].message
    assert "هل تقصد" in found[0].hint


def test_what_shacl_says_of_a_triple_is_not_said_again(project: Project) -> None:
    text = '<programme/x> a sse:Programme ; sse:owner "ODCO" . <thing/y> sse:owner "ODCO" .'
    graph = replace(build_graph(project), data=parsed(text.replace("<", f"<{project.base}")))
    subject = Subject(project, graph)
    programme = ox.NamedNode(f"{project.base}programme/x")
    assert any(each.focus == programme and each.value == ox.Literal("ODCO") for each in subject.results)
    found = ontology.check(subject)
    assert [(f.code, str(f.focus)) for f in found] == [("ontology-literal-for-link", f"<{project.base}thing/y>")]


def test_a_concept_without_a_scheme_is_told_unless_shacl_tells_it(tmp_path: Path) -> None:
    graph = graph_of("<concept/a> a skos:Concept . <concept/b> a skos:Concept ; skos:inScheme <concept/s> .")
    project = read_project(empty_project(tmp_path / "project"))
    found = concepts.check(Subject(project, graph))
    assert [(f.code, str(f.focus)) for f in found] == [("concept-without-scheme", f"<{BASE}concept/a>")]
    head = f"{PREFIXES}@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    rule = "[] a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property [ sh:path skos:inScheme ; sh:minCount 1 ] ."
    (project.root / "shapes/concepts.ttl").write_text(head + rule, encoding="utf-8")
    assert concepts.check(Subject(project, graph)) == []


def test_two_circles_that_meet_are_told_apart_and_a_long_one_is_cut(tmp_path: Path) -> None:
    project = read_project(empty_project(tmp_path / "project"))
    bridge = "<concept/a> skos:broader <concept/b> . <concept/b> skos:broader <concept/a> , <concept/c> ."
    graph = graph_of(bridge + "<concept/c> skos:broader <concept/d> . <concept/d> skos:broader <concept/c> .")
    found = concepts.check(Subject(project, graph))
    assert sorted(f"{f.focus} {f.value}" for f in found) == sorted(
        f"<{BASE}concept/{one}> <{BASE}concept/{other}>" for one, other in ("ab", "ba", "cd", "dc")
    )
    many = 3000
    ring = "".join(f"<concept/n{i}> skos:broader <concept/n{(i + 1) % many}> ." for i in range(many))
    found = concepts.check(Subject(project, graph_of(ring)))
    assert len(found) == many
    assert found[0].arguments["cycle"] == "concept/n0 → concept/n1 → … → concept/n0"


def test_the_project_uses_its_vocabulary_rightly(project: Project, graph: Graph) -> None:
    assert ontology.check(Subject(project, graph)) == []
