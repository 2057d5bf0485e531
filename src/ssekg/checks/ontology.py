"""Use of the vocabulary: terms that nobody declared, deprecated ones, texts where links belong and links for texts.

A problem with a column of a table is reported once, at its CSVW description, not at each of its rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.namespaces import EVIDENCE, OWL, RDF, RDFS
from ssekg.base.said import Arguments
from ssekg.checks.column_places import described_place
from ssekg.checks.known_terms import KnownTerms, Role
from ssekg.checks.names import named_term, suggested_term
from ssekg.checks.subject import Subject
from ssekg.graph.origins import Node, Origins
from ssekg.graph.store import Graph
from ssekg.sources.tables.table import Table

_CLASSES: Final = frozenset(
    ox.NamedNode(iri)
    for iri in (
        *(RDF + "type", RDFS + "subClassOf", RDFS + "domain", RDFS + "range"),
        *(OWL + "equivalentClass", OWL + "disjointWith", OWL + "complementOf", OWL + "onClass"),
        *(OWL + "someValuesFrom", OWL + "allValuesFrom"),
    )
)
_PROPERTIES: Final = frozenset(
    ox.NamedNode(iri)
    for iri in (
        *(RDFS + "subPropertyOf", OWL + "equivalentProperty", OWL + "propertyDisjointWith"),
        *(OWL + "inverseOf", OWL + "onProperty", EVIDENCE + "property"),
    )
)
_UNKNOWN: Final = {
    Role.CLASS: "ontology-unknown-class",
    Role.PROPERTY: "ontology-unknown-property",
    Role.ANY: "ontology-unknown-term",
}
# What is wrong with a value, not with the property.
_OF_VALUES: Final = frozenset({"ontology-literal-for-link", "ontology-link-for-literal"})


@dataclass(frozen=True)
class _Misuse:
    """One thing that is wrong with a term wherever it is used so."""

    code: str
    severity: Severity
    term: ox.NamedNode
    role: Role


def check(subject: Subject) -> list[Finding]:
    """What is wrong with the use of the vocabulary in a graph, but for the values that SHACL has reported already."""
    wrong = _misuses(subject.graph, subject.known)
    return _Reporter(subject).findings(wrong) if wrong else []


def _misuses(graph: Graph, known: KnownTerms) -> dict[ox.Triple, list[_Misuse]]:
    """The triples with something wrong. Each distinct use is judged once: a right graph is read through quickly."""
    triples = graph.stated
    links: set[tuple[ox.NamedNode, ox.NamedNode]] = set()
    others: set[tuple[ox.NamedNode, type]] = set()
    for triple in triples:
        value = triple.object
        if isinstance(value, ox.NamedNode):
            links.add((triple.predicate, value))
        else:
            others.add((triple.predicate, type(value)))
    predicates = {*others, *((predicate, ox.NamedNode) for predicate, _ in links)}
    of_predicate = {(p, kind): [*_of_predicate(known, p, kind is ox.Literal)] for p, kind in predicates}
    of_object = {(p, o): [*_of_term(known, o, _role(p))] for p, o in links}
    if not any(of_predicate.values()) and not any(of_object.values()):
        return {}
    wrong = {}
    for triple in triples:
        predicate, value = triple.predicate, triple.object
        found = of_predicate[predicate, type(value)]
        found = found + of_object[predicate, value] if isinstance(value, ox.NamedNode) else found
        if found:
            wrong[triple] = found
    return wrong


def _role(predicate: ox.NamedNode) -> Role:
    """What an object of this predicate is used as."""
    if predicate in _CLASSES:
        return Role.CLASS
    return Role.PROPERTY if predicate in _PROPERTIES else Role.ANY


def _of_predicate(known: KnownTerms, predicate: ox.NamedNode, is_literal: bool) -> Iterator[_Misuse]:
    yield from _of_term(known, predicate, Role.PROPERTY)
    if predicate in known.derived:
        yield _Misuse("ontology-derived-property", Severity.VIOLATION, predicate, Role.PROPERTY)
    if is_literal and predicate in known.objects:
        yield _Misuse("ontology-literal-for-link", Severity.VIOLATION, predicate, Role.PROPERTY)
    if not is_literal and predicate in known.literals:
        yield _Misuse("ontology-link-for-literal", Severity.VIOLATION, predicate, Role.PROPERTY)


def _of_term(known: KnownTerms, term: ox.NamedNode, role: Role) -> Iterator[_Misuse]:
    # What is only mentioned, and is of another vocabulary, may be mentioned for any reason.
    severity = known.doubt(term, role) if role is not Role.ANY or known.is_own(term) else None
    if severity is not None:
        code = "ontology-undeclared-term" if severity is Severity.INFO else _UNKNOWN[role]
        yield _Misuse(code, severity, term, role)
    if term in known.deprecated:
        yield _Misuse("ontology-deprecated-term", Severity.WARNING, term, role)


class _Reporter:
    """Turns misuses into findings with their places."""

    def __init__(self, subject: Subject) -> None:
        self.graph = subject.graph
        self.known = subject.known
        self.reported = subject.reported
        self.tables = {file.shown: file for file in self.graph.sources.files if isinstance(file, Table)}
        self._known: dict[_Misuse, Arguments] = {}
        self._in_descriptions: dict[tuple[str, ox.NamedNode, object], Place | None] = {}

    def findings(self, wrong: dict[ox.Triple, list[_Misuse]]) -> list[Finding]:
        """A finding for each misuse in each triple; those of a column of a table are one."""
        once = self._of_columns(wrong)
        subjects = {triple.subject for triple in wrong}
        origins = Origins(self.graph.sources, {node for node in subjects if isinstance(node, Node)})
        found = []
        for triple, misuses in wrong.items():
            for misuse in self._to_report(triple, misuses):
                finding = self._finding(triple, misuse)
                places = self._places(origins, triple, misuse)
                described = {place: self._described(place.file, triple, misuse) for place in places}
                once |= {(at, misuse): finding.at([at]) for at in described.values() if at is not None}
                places = [place for place in places if described[place] is None]
                if places or not described:
                    value = triple.object if _is_of_value(triple, misuse) else None
                    found.append(replace(finding, focus=triple.subject, value=value).at(places))
        return [*found, *once.values()]

    def _of_columns(self, wrong: dict[ox.Triple, list[_Misuse]]) -> dict[tuple[Place, _Misuse], Finding]:
        """The findings on descriptions of tables; triples with no other are taken out of what is wrong.

        So a column of a large table costs no search for the place of each of its cells.
        """
        once: dict[tuple[Place, _Misuse], Finding] = {}
        settled: list[ox.Triple] = []
        others = [file for file in self.graph.sources.files if not isinstance(file, Table)]
        placed: set[object] = set()
        for table in self.tables.values():
            for triple in table.triples():
                misuses = wrong.get(triple, ())
                at = {misuse: self._described(table.shown, triple, misuse) for misuse in misuses}
                for misuse in self._to_report(triple, misuses):
                    place = at[misuse]
                    if place is not None and (place, misuse) not in once:
                        once[place, misuse] = self._finding(triple, misuse).at([place])
                if None in at.values():
                    placed.add(triple.subject)
                elif at:
                    settled.append(triple)
        for triple in settled:
            if triple.subject not in placed and not any(triple.subject in file.subjects for file in others):
                wrong.pop(triple, None)
        return once

    def _to_report(self, triple: ox.Triple, misuses: Iterable[_Misuse]) -> list[_Misuse]:
        """The misuses in a triple that SHACL has not reported."""
        if all(misuse.code not in _OF_VALUES for misuse in misuses) or tuple(triple) not in self.reported:
            return [*misuses]
        return [misuse for misuse in misuses if misuse.code not in _OF_VALUES]

    def _finding(self, triple: ox.Triple, misuse: _Misuse) -> Finding:
        return Finding(misuse.code, misuse.severity, arguments=self._arguments(misuse), path=triple.predicate)

    def _places(self, origins: Origins, triple: ox.Triple, misuse: _Misuse) -> list[Place]:
        """The places of the term itself: of the predicate, if that is what is not known, else of the value."""
        of_value = _is_of_value(triple, misuse)
        places = [placed.object if of_value else placed.predicate for placed in origins.triples(*triple)]
        return list(dict.fromkeys(places)) or origins.homes(triple.subject)

    def _arguments(self, misuse: _Misuse) -> Arguments:
        if misuse not in self._known:
            term = named_term(self.graph, misuse.term)
            self._known[misuse] = {"term": term, **suggested_term(self.graph, self._meant(misuse))}
        return self._known[misuse]

    def _meant(self, misuse: _Misuse) -> ox.NamedNode | None:
        """What is to be used instead of a term that is deprecated or not known."""
        if misuse.code == "ontology-deprecated-term":
            return self.known.deprecated[misuse.term]
        is_known = misuse.code in _OF_VALUES or misuse.code == "ontology-derived-property"
        return None if is_known else self.known.nearest(misuse.term, misuse.role)

    def _described(self, file: str, triple: ox.Triple, misuse: _Misuse) -> Place | None:
        """The place in the description of a table, if the file is one and the description is what has to be fixed."""
        value = triple.object if misuse.term == triple.object else None
        key = (file, triple.predicate, value)
        if key not in self._in_descriptions:
            table = self.tables.get(file)
            self._in_descriptions[key] = None if table is None else described_place(table, triple.predicate, value)
        return self._in_descriptions[key]


def _is_of_value(triple: ox.Triple, misuse: _Misuse) -> bool:
    """Whether it is the value that has to be fixed; an unknown property is reported once for all its values."""
    return misuse.term != triple.predicate or misuse.code in _OF_VALUES
