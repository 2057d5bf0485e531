"""The terms that the ontology of a project declares as its own, and where each has its page in a site."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, OWL, RDF, RDFS, SKOS, VANN, namespace_of
from ssekg.base.record_iris import TERMS_FOLDER, file_name, slug
from ssekg.graph.store import TYPE, Graph
from ssekg.sources.modules import declared_ontologies

INDEX: Final = f"{TERMS_FOLDER}/index.html"
"""The page of the ontology, below the folder of a language."""
IS_DEFINED_BY: Final = ox.NamedNode(RDFS + "isDefinedBy")
# What a term means, before what the records of its kind are.
_DEFINING: Final = tuple(ox.NamedNode(iri) for iri in (SKOS + "definition", RDFS + "comment", DCT + "description"))
_NAMESPACE: Final = ox.NamedNode(VANN + "preferredNamespaceUri")


class Sort(StrEnum):
    """What a term is."""

    CLASS = "class"
    LINK = "link"
    VALUE = "value"
    ANNOTATION = "annotation"
    PROPERTY = "property"
    DATATYPE = "datatype"


# Where a term is declared as several, the first counts.
_SORTS: Final[Mapping[str, Sort]] = {
    OWL + "Class": Sort.CLASS,
    RDFS + "Class": Sort.CLASS,
    OWL + "ObjectProperty": Sort.LINK,
    OWL + "DatatypeProperty": Sort.VALUE,
    OWL + "AnnotationProperty": Sort.ANNOTATION,
    RDF + "Property": Sort.PROPERTY,
    RDFS + "Datatype": Sort.DATATYPE,
}
# Classes and properties may differ only in their capitals, which some file systems do not tell apart.
_FOLDERS: Final = {Sort.CLASS: "classes", Sort.DATATYPE: "datatypes"}


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term: what it is, the module that defines it or None, its anchor on the page of the ontology, and its page.

    `page` is a link below the folder of a language, `path` the file there; `definition` is by language.
    """

    term: ox.NamedNode
    sort: Sort
    module: ox.NamedNode | None
    anchor: str
    path: str
    definition: Mapping[str, str]

    @property
    def page(self) -> str:
        """The link to its page."""
        return quote(self.path)


def own_terms(graph: Graph) -> dict[ox.NamedNode, OwnTerm]:
    """The terms of a project's own, classes first, each sort by IRI.

    They are declared in a namespace that one of its ontologies claims, or say that one of these defines them.
    """
    own = graph.own_vocabulary
    ontologies = {graph.terms.ontology, *graph.terms.modules, *declared_ontologies(own)}
    claims = _claims(own, ontologies)
    spaces = {graph.terms.namespace, *claims}
    sorts: dict[ox.NamedNode, set[Sort]] = {}
    modules: dict[object, ox.NamedNode] = {}
    said: dict[object, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for triple in own:
        if triple.predicate == TYPE and isinstance(triple.subject, ox.NamedNode):
            sort = _SORTS.get(getattr(triple.object, "value", ""))
            if sort is not None:
                sorts.setdefault(triple.subject, set()).add(sort)
        elif triple.predicate == IS_DEFINED_BY and isinstance(triple.object, ox.NamedNode):
            modules[triple.subject] = triple.object
        elif triple.predicate in _DEFINING and isinstance(triple.object, ox.Literal):
            said[triple.subject][triple.predicate.value][triple.object.language or ""] = triple.object.value
    order = list(dict.fromkeys(_SORTS.values()))
    found = [
        (min(kinds, key=order.index), term)
        for term, kinds in sorts.items()
        if modules.get(term) in ontologies or (term not in modules and namespace_of(term.value) in spaces)
    ]
    found.sort(key=lambda pair: (order.index(pair[0]), pair[1].value))
    definitions = {
        term: next((texts[each.value] for each in _DEFINING if each.value in texts), {}) for term, texts in said.items()
    }
    for _, term in found:
        claiming = claims.get(namespace_of(term.value), ())
        if term not in modules and len(claiming) == 1:
            modules[term] = claiming[0]
    return {each.term: each for each in _placed(graph, found, modules, definitions)}


def _claims(own: Iterable[ox.Triple], ontologies: Collection[object]) -> Mapping[str, Sequence[ox.NamedNode]]:
    """The ontologies that claim each namespace."""
    found: dict[str, list[ox.NamedNode]] = defaultdict(list)
    for triple in own:
        claimed = triple.predicate == _NAMESPACE and triple.subject in ontologies
        if claimed and isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
            found[triple.object.value].append(triple.subject)
    return found


def _placed(
    graph: Graph,
    terms: list[tuple[Sort, ox.NamedNode]],
    modules: Mapping[object, ox.NamedNode],
    definitions: Mapping[object, Mapping[str, str]],
) -> Iterator[OwnTerm]:
    taken: set[str] = set()
    # What is in the namespace of the project itself keeps its name.
    for sort, term in sorted(terms, key=lambda pair: not graph.terms.is_own(pair[1])):
        name = slug(term.value)
        if not graph.terms.is_own(term):
            name = graph.shortened(term.value).partition(":")[0] + f"-{name}"
        while name in taken:
            name += "~"
        taken.add(name)
        folder = _FOLDERS.get(sort, "properties")
        path = f"{TERMS_FOLDER}/{folder}/{file_name(name)}.html"
        yield OwnTerm(term, sort, modules.get(term), name, path, definitions.get(term, {}))
