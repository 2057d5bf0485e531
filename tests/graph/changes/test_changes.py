"""What changed between two graphs: exactly the entities that did, in words of three languages, and as a patch."""

import json
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from ssekg.graph.canonical_labels import blanks_of, with_canonical_labels
from ssekg.graph.changes.compare import Changes, Sort, compare, owner
from ssekg.graph.changes.json import from_json, to_json
from ssekg.graph.changes.patch import rdf_patch
from ssekg.graph.changes.words import as_markdown, as_text, count_of
from ssekg.graph.store import Graph
from tests.graphs import BASE, canonical, graph_of, parsed

PLAIN = [
    f"<{kind}/{slug}{node}> sse:{name} {value} ."
    for kind, slug in (("programme", "a"), ("place", "b"), ("law", "c"))
    for node in ("", "#budget-x")
    for name, value in (("amount", "40"), ("amount", "42"), ("note", '"x"@fr'), ("place", "<place/b>"))
]
NAMELESS = [f"<event/{slug}> sse:budget [ sse:amount {value} ] ." for slug in "de" for value in (1, 2)]
NESTED = ["<event/f> sse:point [ sse:about [ sse:content 1 ] ; sse:stance 2 ] .", "[] sse:amount 7 ."]
statements = st.lists(st.sampled_from(PLAIN + NAMELESS + NESTED), max_size=12, unique=True)


def graph(lines: Iterable[str]) -> Graph:
    return graph_of("\n".join(lines))


def entities(changes: Changes) -> set[str]:
    return {change.entity.removeprefix(BASE) for change in changes.changes}


def subject(line: str) -> str:
    return line.split()[0].strip("<>").partition("#")[0] if line.startswith("<") else ""


def applied(patch: str, old: list[ox.Triple]) -> list[ox.Triple]:
    """The old graph after the patch, by the rule of its documentation: relabel the blank nodes, delete, add."""
    triples = set(with_canonical_labels(old))
    for line in patch.splitlines():
        if line[0] not in "AD":
            continue
        [quad] = ox.parse(line[2:], ox.RdfFormat.N_TRIPLES)
        if line[0] == "D":
            triples.remove(quad.triple)
        else:
            assert quad.triple not in triples
            triples.add(quad.triple)
    return list(triples)


@given(statements, statements)
def test_exactly_the_changed_entities_are_named(before: list[str], after: list[str]) -> None:
    expected = {subject(line) for line in set(before) ^ set(after)}
    changes = compare(graph(before), graph(after))
    assert entities(changes) == expected
    for change in changes.changes:
        had = any(subject(line) == change.entity.removeprefix(BASE) for line in before)
        has = any(subject(line) == change.entity.removeprefix(BASE) for line in after)
        if change.entity:
            assert change.sort is {(True, True): Sort.CHANGED, (False, True): Sort.ADDED}.get((had, has), Sort.REMOVED)


@given(statements, statements)
def test_patch_makes_the_new_graph_of_the_old(before: list[str], after: list[str]) -> None:
    old, new = graph(before).data, graph(after).data
    patch = rdf_patch(old, new)
    assert canonical(applied(patch, list(old))) == canonical(new)
    assert bool(patch) == (canonical(old) != canonical(new))
    assert patch == rdf_patch(reversed(old), reversed(new))


@given(statements)
def test_nothing_changed_from_a_graph_to_itself(lines: list[str]) -> None:
    changes = compare(graph(lines), graph(reversed(lines)))
    assert not changes
    assert as_text(changes, graph([]), "en") == as_markdown(changes, graph([]), "ar") == ""
    assert rdf_patch(graph(lines).data, graph(reversed(lines)).data) == ""


@given(statements, statements)
def test_json_is_read_back(before: list[str], after: list[str]) -> None:
    changes = compare(graph(before), graph(after))
    assert from_json(json.loads(json.dumps(to_json(changes)))) == changes


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside rdflib
def test_patch_is_what_another_reader_takes() -> None:
    old, new = parsed('<a/b> sse:x 1 ; sse:y "é"@fr .'), parsed('<a/b> sse:x 2 ; sse:y "é"@fr .')
    dataset = rdflib.Dataset()
    dataset.parse(data="".join(f"{triple} .\n" for triple in old), format="nt")
    dataset.parse(data=rdf_patch(old, new), format="patch")
    found = {(str(s), str(p), str(o)) for s, p, o, _ in dataset.quads()}
    assert found == {(t.subject.value, t.predicate.value, t.object.value) for t in new}  # type: ignore[union-attr]


def test_components_that_are_alike_are_counted() -> None:
    one = "<event/d> sse:budget [ sse:amount 1 ] ."
    assert entities(compare(graph_of(one), graph_of(one + one))) == {"event/d"}
    assert len([t for t in graph_of(one + one).data if blanks_of(t)]) == 4


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("[] sse:n 3 .", "[] sse:n 4 .", "sse:n: 3 → 4"),
        ("[] sse:n 3 ; sse:of [ sse:m 1 ] .", "[] sse:n 3 ; sse:of [ sse:m 2 ] .", "sse:of, sse:m: 1 → 2"),
        ("_:a sse:to _:b . _:b sse:to _:a ; sse:n 3 .", "_:a sse:to _:b . _:b sse:to _:a ; sse:n 4 .", "sse:n: 3 → 4"),
        ("", "[] sse:n 4 .", "sse:n: 4 (added)"),
        ("[] sse:n 3 . [] sse:n 9 .", "[] sse:n 9 .", "sse:n: 3 (removed)"),
        ("<law/l> sse:of ( 1 2 ) .", "<law/l> sse:of ( 1 3 ) .", "sse:of: 2 → 3"),
        ("<law/l> sse:of ( 1 2 ) .", "<law/l> sse:of ( 2 1 ) .", "the same values, in another order or grouping"),
        (
            "<law/l> sse:a [ sse:n 1 ; sse:m 2 ], [ sse:n 3 ; sse:m 4 ] .",
            "<law/l> sse:a [ sse:n 1 ; sse:m 4 ], [ sse:n 3 ; sse:m 2 ] .",
            "the same values, in another order or grouping",
        ),
    ],
)
def test_what_changed_in_nodes_without_a_name_is_shown(before: str, after: str, expected: str) -> None:
    changes = compare(graph_of(before), graph_of(after))
    heading, entity, *lines = as_text(changes, graph_of(""), "en").splitlines()
    assert heading in {"Changed: Laws: 1", "Changed: Other items: 1"}
    assert entity == ("  law/l" if "law/l" in after else "  unnamed item")
    assert [line.strip() for line in lines] == [expected]
    assert from_json(json.loads(json.dumps(to_json(changes)))) == changes


def test_nodes_that_many_ways_lead_to_are_told_once() -> None:
    chain = "<law/l> sse:of _:n0 . "
    chain += "".join(f"_:n{step} sse:a _:n{step + 1} ; sse:b _:n{step + 1} ; sse:n {step} . " for step in range(60))
    [change] = compare(graph_of(chain + "_:n60 sse:n 1 ."), graph_of(chain + "_:n60 sse:n 9 .")).changes
    assert [[str(term)[1] for term in edit.removed + edit.added] for edit in change.edits] == [["1", "9"]]


def test_a_long_list_is_compared() -> None:
    members = " ".join(map(str, range(1200)))
    [change] = compare(
        graph_of(f"<law/l> sse:of ( {members} ) ."), graph_of(f"<law/l> sse:of ( {members} 7 ) .")
    ).changes
    assert [(edit.removed, edit.added) for edit in change.edits] == [((), (ox.Literal(7),))]


NAMES = """
    sse:amount rdfs:label "amount"@en, "montant"@fr, "المبلغ"@ar .
    sse:within rdfs:label "within"@en, "dans"@fr, "ضمن"@ar .
    sse:Budget rdfs:label "Budget"@en, "Budget"@fr, "غلاف مالي"@ar .
    <place/fes> skos:prefLabel "Fès"@fr, "فاس"@ar . <place/oujda> skos:prefLabel "Oujda"@fr, "وجدة"@ar .
"""
OLD = """
    <programme/moazara> skos:prefLabel "Moazara"@fr, "مؤازرة"@ar ; sse:within <place/fes> .
    <programme/moazara#budget-1> a sse:Budget ; sse:amount 40000000 ; sse:currency "MAD" .
    <law/one> skos:prefLabel "Loi 1"@fr . <law/two> skos:prefLabel "Loi 2"@fr .
    <event/e> skos:prefLabel "Foire"@fr .
"""
NEW = """
    <programme/moazara> skos:prefLabel "Moazara"@fr, "مؤازرة"@ar ; sse:within <place/oujda> .
    <programme/moazara#budget-1> a sse:Budget ; sse:amount 42500000 ; sse:currency "MAD" .
    <programme/moazara#budget-2> a sse:Budget ; sse:amount 900 ; sse:currency "MAD" ; sse:budgetOf <programme/moazara> .
    <programme/new> skos:prefLabel "Nouveau"@fr .
    <event/e> sse:withdrawnOn "2026-01-02" .
"""
EXPECTED = {
    "en": """Added: Programmes: 1
  Nouveau (programme/new)

Removed: Laws: 2
  Loi 1 (law/one)
  Loi 2 (law/two)

Withdrawn: Events: 1
  Foire (event/e)

Changed: Programmes: 1
  Moazara (programme/moazara)
    within: Fès → Oujda
    Budget, amount: 40 → 42.5 million MAD
    Budget (added): amount: 900 (MAD)
""",
    "fr": """Ajouts : Programmes : 1
  Nouveau (programme/new)

Suppressions : Lois : 2
  Loi 1 (law/one)
  Loi 2 (law/two)

Retraits : Événements : 1
  Foire (event/e)

Modifications : Programmes : 1
  Moazara (programme/moazara)
    dans : Fès → Oujda
    Budget, montant : 40 → 42,5 (en millions de MAD)
    Budget (ajout) : montant : 900 (MAD)
""",
    "ar": """المضاف: البرامج: 1
  <Nouveau> (<programme/new>)

المحذوف: القوانين: 2
  <Loi 1> (<law/one>)
  <Loi 2> (<law/two>)

المسحوب: التظاهرات: 1
  <Foire> (<event/e>)

المعدل: البرامج: 1
  مؤازرة (<programme/moazara>)
    ضمن: فاس ← وجدة
    غلاف مالي، المبلغ: 40 ← 42,5 (بالمليون، <MAD>)
    غلاف مالي (إضافة): المبلغ: 900 (<MAD>)
""",
}


@pytest.mark.parametrize("language", EXPECTED)
def test_words(language: str) -> None:
    changes = compare(graph_of(OLD), graph_of(NEW), graph_of(NAMES))
    expected = EXPECTED[language].replace("<", "\u2068").replace(">", "\u2069").replace(" :", "\u00a0:")
    assert as_text(changes, graph_of(NAMES), language) == expected


def test_markdown_shows_names_as_they_are() -> None:
    changes = compare(graph_of(""), graph_of('<law/x> skos:prefLabel "A*b_c [d] <i>"@en .'))
    assert as_markdown(changes, graph_of(""), "en") == "## Added: Laws: 1\n\n- A\\*b\\_c \\[d\\] \\<i\\> (`law/x`)\n"


def test_vocabulary_is_compared_where_both_have_one() -> None:
    old = Graph(BASE, [], parsed("sse:x a <http://www.w3.org/2002/07/owl#Class> . sse:y a sse:x ."))
    new = Graph(BASE, [], parsed("sse:y a sse:x ."))
    [change] = compare(old, new).changes
    assert (change.kind, change.sort) == ("/term", Sort.REMOVED)
    assert not compare(Graph(BASE, [], []), new)
    assert owner("https://w3id.org/ssekg/ontology#x", BASE) == "https://w3id.org/ssekg/ontology#x"


def test_kinds_are_counted_without_plural_rules() -> None:
    graph = graph_of("")
    assert [count_of(graph, "law", 3, language) for language in ("ar", "fr", "en")] == [
        "القوانين: 3",
        "Lois\u00a0: 3",
        "Laws: 3",
    ]
    assert count_of(graph, "widget", 3, "en") == "widget: 3"
    assert count_of(graph, "/other", 3, "en") == "Other items: 3"
