"""What shapes name: terms of SHACL and of the ontology that nobody knows, also inside their SPARQL."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.namespaces import OWL, RDF, RDFS, SH, XSD, namespace_of
from ssekg.base.said import Arguments
from ssekg.base.spelling import nearest_name
from ssekg.checks.graph_terms import GraphTerms
from ssekg.checks.known_terms import BUILT_IN, KnownTerms, exists, terms_of
from ssekg.checks.names import named_term, suggested_term
from ssekg.checks.query_terms import suspicious_tokens, syntax_arguments
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.graph.store import Graph
from ssekg.queries.mistakes import mistake, too_deep
from ssekg.queries.syntax import LEAVES_THE_GRAPH, Token, tokens_of
from ssekg.shacl.constraints.prefixes import declared_prefixes
from ssekg.shacl.standard import shacl_terms

_QUERIES: Final = frozenset({SH + "select", SH + "ask", SH + "construct"})
# What most shapes name: known without rdflib, whose import takes longer than the whole check.
_EVERYDAY: Final = frozenset(
    {RDF + name for name in ("type", "first", "rest", "nil", "langString", "Property")}
    | {RDFS + name for name in ("label", "comment", "subClassOf", "seeAlso", "isDefinedBy", "Class", "Resource")}
    | {OWL + name for name in ("Class", "Ontology", "imports", "versionInfo", "Thing", "sameAs")}
    | {XSD + name for name in ("string", "integer", "decimal", "double", "float", "boolean", "anyURI")}
    | {XSD + name for name in ("date", "dateTime", "time", "gYear", "gYearMonth", "nonNegativeInteger")}
)
# A placeholder for the path that an engine puts into a query.
_SOME_PATH: Final = "<x:p>"


class Standards(GraphTerms):
    """What shapes that belong to no project may name: of SHACL and the languages of ontologies all terms are known."""

    def __init__(self) -> None:
        """Nothing is known of any data, and nothing has a name in words."""
        nothing = Graph("", [], [])
        super().__init__(nothing, KnownTerms(nothing))

    def doubt(self, iri: str) -> Severity | None:
        """How grave it is to name this IRI, None where nothing is wrong with it or nothing known of it."""
        namespace = namespace_of(iri)
        if namespace not in BUILT_IN or iri == namespace or iri in _EVERYDAY:
            return None
        return None if exists(iri, namespace) else Severity.WARNING

    def suggestion(self, iri: str) -> Arguments:
        """The argument `nearest` of a hint about an unknown IRI."""
        namespace = namespace_of(iri)
        nearest = nearest_name(iri.removeprefix(namespace), [t.removeprefix(namespace) for t in terms_of(namespace)])
        return suggested_term(self.graph, ox.NamedNode(namespace + nearest) if nearest else None)


STANDARDS: Final = Standards()


def unknown_terms(shapes: ShapeGraph, terms: GraphTerms) -> Iterator[Finding]:
    """Findings for each statement of the shapes with a term that does not exist in SHACL, the ontology or the data."""
    doubts: dict[tuple[ox.NamedNode, str], Severity | None] = {}
    hints: dict[ox.NamedNode, Arguments] = {}
    declared = {triple.subject for triple in shapes.triples}
    for triple in shapes.triples:
        _, predicate, value = triple
        # A predicate is used as itself, an object as its predicate requires.
        uses = [(predicate, ""), (value, predicate.value)] if isinstance(value, ox.NamedNode) else [(predicate, "")]
        for use in uses:
            term = use[0]
            if use not in doubts:
                doubts[use] = None if term in declared else _doubt(term, use[1], terms)
            severity = doubts[use]
            if severity is not None:
                if term not in hints:
                    hints[term] = {"term": named_term(terms.graph, term), **_suggestion(term, terms)}
                place = shapes.place(*triple) if use[1] else shapes.place_of_predicate(triple)
                arguments = {**hints[term], "shape": shapes.name(triple.subject)}
                yield Finding("shape-unknown-term", severity, place, arguments, shape=triple.subject)


def _doubt(term: ox.NamedNode, used_by: str, terms: GraphTerms) -> Severity | None:
    if namespace_of(term.value) == SH:
        return None if term.value in shacl_terms() or term.value == SH else Severity.VIOLATION
    if isinstance(terms, Standards):
        return terms.doubt(term.value)
    doubt = terms.known.doubt(term)
    # Properties of shapes, and the datatypes of other vocabularies, need no declaration in the ontology.
    of_others = doubt is not Severity.VIOLATION and namespace_of(term.value) not in BUILT_IN
    if (not used_by and doubt is Severity.INFO) or (used_by == SH + "datatype" and of_others):
        return None
    return terms.doubt(term.value)


def _suggestion(term: ox.NamedNode, terms: GraphTerms) -> Arguments:
    if namespace_of(term.value) != SH:
        return terms.suggestion(term.value)
    nearest = nearest_name(term.value.removeprefix(SH), [iri.removeprefix(SH) for iri in shacl_terms()])
    return suggested_term(terms.graph, ox.NamedNode(SH + nearest) if nearest else None)


def wrong_queries(shapes: ShapeGraph, terms: GraphTerms) -> Iterator[Finding]:
    """Findings for the SPARQL of shapes: what does not parse, leaves the graph, or names unknown terms."""
    for triple in shapes.triples:
        if triple.predicate.value in _QUERIES and isinstance(triple.object, ox.Literal):
            yield from _of_query(shapes, terms, triple)


def _of_query(shapes: ShapeGraph, terms: GraphTerms, triple: ox.Triple) -> Iterator[Finding]:
    # As an engine puts a path for $PATH; the offsets stay, so nothing of the text may grow or shrink.
    text = triple.object.value.replace("$PATH", _SOME_PATH)  # type: ignore[union-attr]
    declared = declared_prefixes(triple.subject, shapes.by_subject)
    namespaces = {f"{prefix}:": namespace for prefix, namespace in declared.items()}
    prologue = "".join(f"PREFIX {prefix} <{namespace}> " for prefix, namespace in namespaces.items())
    found = tokens_of(text)
    name: Arguments = {"shape": shapes.name(triple.subject)}

    def at(token: Token | None) -> Place | None:
        return shapes.place_inside(triple, (token.start, token.end) if token is not None else None)

    leaving = [token for token in found if token.kind == "word" and token.text.upper() in LEAVES_THE_GRAPH]
    for token in leaving:
        arguments: Arguments = {**name, "clause": token.text.upper()}
        yield Finding("query-leaves", Severity.VIOLATION, at(token), arguments, shape=triple.subject)
    deep = too_deep(found)
    if deep is not None:
        yield Finding("query-too-deep", Severity.VIOLATION, at(deep), name, shape=triple.subject)
    wrong = None if leaving or deep is not None else mistake(prologue + text)
    if wrong is not None:
        start = wrong.token.start - len(prologue) if wrong.token is not None else -1
        where = next((token for token in found if token.start == start), None)
        code = "query-unfinished" if where is None else "query-syntax-error"
        arguments = {**name, **syntax_arguments(wrong)}
        yield Finding(code, Severity.VIOLATION, at(where), arguments, shape=triple.subject)
    for token, iri, severity in suspicious_tokens(found, terms, namespaces):
        arguments = {**name, "term": named_term(terms.graph, ox.NamedNode(iri)), **terms.suggestion(iri)}
        yield Finding("query-unknown-term", severity, at(token), arguments, shape=triple.subject)
