"""What shapes name: terms of SHACL and of the ontology that nobody knows, also inside their SPARQL."""

from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.namespaces import SH, namespace_of
from ssekg.base.said import Arguments
from ssekg.base.spelling import nearest_name
from ssekg.checks.names import named_term, suggested_term
from ssekg.checks.queries import Terms, suspicious_tokens, syntax_arguments
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.checks.vocabulary import BUILT_IN, terms_of
from ssekg.queries.mistakes import mistake, tokens_of, too_deep
from ssekg.queries.syntax import LEAVES_THE_GRAPH, Token

_QUERIES: Final = frozenset({SH + "select", SH + "ask", SH + "construct"})
# A stand-in for the path that an engine puts into a query.
_SOME_PATH: Final = "<x:p>"


def unknown_terms(shapes: ShapeGraph, terms: Terms) -> Iterator[Finding]:
    """Findings for each statement of the shapes that names a term of SHACL, the ontology or the data that is none."""
    doubts: dict[tuple[ox.NamedNode, str], Severity | None] = {}
    hints: dict[ox.NamedNode, Arguments] = {}
    declared = {triple.subject for triple in shapes.triples}
    for triple in shapes.triples:
        _, predicate, value = triple
        # A predicate is used as itself, an object as what its predicate makes of it.
        uses = [(predicate, ""), (value, predicate.value)] if isinstance(value, ox.NamedNode) else [(predicate, "")]
        for use in uses:
            term = use[0]
            if use not in doubts:
                doubts[use] = None if term in declared else _doubt(term, use[1], terms)
            severity = doubts[use]
            if severity is not None:
                if term not in hints:
                    hints[term] = {"term": named_term(terms.graph, term), **_suggestion(term, terms)}
                place = shapes.place(triple.subject, triple.predicate, triple.object)
                arguments = {**hints[term], "shape": shapes.name(triple.subject)}
                yield Finding("shape-unknown-term", severity, place, arguments, shape=triple.subject)


def _doubt(term: ox.NamedNode, used_by: str, terms: Terms) -> Severity | None:
    if namespace_of(term.value) == SH:
        return None if term.value in terms_of(SH) or term.value == SH else Severity.VIOLATION
    doubt = terms.vocabulary.doubt(term)
    # What is only said of a shape, and the datatypes of other vocabularies, need no declaration in the ontology.
    of_others = doubt is not Severity.VIOLATION and namespace_of(term.value) not in BUILT_IN
    if (not used_by and doubt is Severity.INFO) or (used_by == SH + "datatype" and of_others):
        return None
    return terms.doubt(term.value)


def _suggestion(term: ox.NamedNode, terms: Terms) -> Arguments:
    if namespace_of(term.value) != SH:
        return terms.suggestion(term.value)
    nearest = nearest_name(term.value.removeprefix(SH), [iri.removeprefix(SH) for iri in terms_of(SH)])
    return suggested_term(terms.graph, ox.NamedNode(SH + nearest) if nearest else None)


def wrong_queries(shapes: ShapeGraph, terms: Terms) -> Iterator[Finding]:
    """Findings for the SPARQL of shapes: what does not parse, leaves the graph, or names unknown terms."""
    for triple in shapes.triples:
        if triple.predicate.value in _QUERIES and isinstance(triple.object, ox.Literal):
            yield from _of_query(shapes, terms, triple)


def _of_query(shapes: ShapeGraph, terms: Terms, triple: ox.Triple) -> Iterator[Finding]:
    # As an engine puts a path for $PATH; the offsets stay, so nothing of the text may grow or shrink.
    text = triple.object.value.replace("$PATH", _SOME_PATH)  # type: ignore[union-attr]
    namespaces = dict(_prefixes(shapes, triple.subject))
    prologue = "".join(f"PREFIX {prefix} <{namespace}> " for prefix, namespace in namespaces.items())
    found = tokens_of(text)
    name: Arguments = {"shape": shapes.name(triple.subject)}

    def at(token: Token | None) -> Place | None:
        return shapes.place_inside(triple, (token.start, token.end) if token is not None else None)

    leaving = [token for token in found if token.kind == "word" and token.text.upper() in LEAVES_THE_GRAPH]
    for token in leaving:
        arguments: Arguments = {**name, "clause": token.text.upper()}
        yield Finding("query-leaves", Severity.VIOLATION, at(token), arguments, shape=triple.subject)
    wrong = None if leaving or too_deep(found) is not None else mistake(prologue + text)
    if wrong is not None:
        start = wrong.token.start - len(prologue) if wrong.token is not None else -1
        where = next((token for token in found if token.start == start), None)
        code = "query-unfinished" if where is None else "query-syntax-error"
        arguments = {**name, **syntax_arguments(wrong)}
        yield Finding(code, Severity.VIOLATION, at(where), arguments, shape=triple.subject)
    for token, iri, severity in suspicious_tokens(found, terms, namespaces):
        arguments = {**name, "term": named_term(terms.graph, ox.NamedNode(iri)), **terms.suggestion(iri)}
        yield Finding("query-unknown-term", severity, at(token), arguments, shape=triple.subject)


def _prefixes(shapes: ShapeGraph, constraint: Any) -> Iterator[tuple[str, str]]:
    """The prefixes that a SPARQL constraint may use, each with its colon (SHACL, section 5.2.1)."""
    for source in shapes.values(constraint, "prefixes"):
        for declaration in shapes.values(source, "declare"):
            prefix = next(iter(shapes.values(declaration, "prefix")), None)
            namespace = next(iter(shapes.values(declaration, "namespace")), None)
            if isinstance(prefix, ox.Literal) and isinstance(namespace, ox.Literal | ox.NamedNode):
                yield f"{prefix.value}:", namespace.value
