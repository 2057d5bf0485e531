"""What is at hand of the ontologies that an ontology imports: nothing is fetched, and only a project is looked into."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

import pyoxigraph as ox

from ssekg.base.files import real
from ssekg.base.namespaces import OWL, RDF
from ssekg.project.settings import Project
from ssekg.sources.rdf.file import RdfFile

_IMPORTS: Final = ox.NamedNode(OWL + "imports")
_TYPE: Final = ox.NamedNode(RDF + "type")
_ONTOLOGY: Final = ox.NamedNode(OWL + "Ontology")
_VERSION: Final = ox.NamedNode(OWL + "versionIRI")


def read_imports(triples: Sequence[ox.Triple], around: Iterable[Project]) -> tuple[list[ox.Triple], list[ox.NamedNode]]:
    """What the ontologies say that some statements import, those that these import included, and which are not at hand.

    They are looked for in the ontologies of some projects, one after the other.

    Raises:
        CannotRunError: a file of a project can't be opened.
    """
    found: list[ox.Triple] = []
    waiting = _imports(triples)
    seen = {t.subject for t in triples if t.predicate == _TYPE and t.object == _ONTOLOGY}
    for project in around if waiting else ():
        at_hand = _at_hand(project)
        missing: list[ox.NamedNode] = []
        while waiting:
            each = waiting.pop(0)
            if each in seen:
                continue
            if each in at_hand:
                seen.add(each)
                found += at_hand[each]
                waiting += _imports(at_hand[each])
            else:
                missing.append(each)
        waiting = missing
    return found, list(dict.fromkeys(waiting))


def _imports(triples: Sequence[ox.Triple]) -> list[ox.NamedNode]:
    return [t.object for t in triples if t.predicate == _IMPORTS and isinstance(t.object, ox.NamedNode)]


def _at_hand(project: Project) -> dict[object, list[ox.Triple]]:
    """The files of a project's ontology by the IRI and the version IRI of the ontology in each."""
    found: dict[object, list[ox.Triple]] = {}
    for path in project.ontology_files:
        with suppress(SyntaxError):  # `ssekg validate` reports it
            triples = RdfFile(path, real(path).as_uri(), str(path)).triples_once()
            ontologies = {t.subject for t in triples if t.predicate == _TYPE and t.object == _ONTOLOGY}
            versions = {t.object for t in triples if t.predicate == _VERSION and t.subject in ontologies}
            found |= dict.fromkeys((*ontologies, *versions), triples)
    return found
