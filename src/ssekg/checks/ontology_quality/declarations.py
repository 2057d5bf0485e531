"""Pitfalls of what is declared: the ontology itself, its IRI and licence, and the terms that it uses."""

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import namespace_of
from ssekg.base.spelling import nearest_name
from ssekg.checks.known_terms import terms_of
from ssekg.checks.ontology_quality.found import Found
from ssekg.checks.ontology_quality.metadata import has_licence
from ssekg.checks.ontology_quality.ontology import Ontology
from ssekg.checks.ontology_quality.statements import TYPE
from ssekg.checks.ontology_quality.usage import classes_in_use, properties_in_use

_EXTENSION: Final = re.compile(r"\.(?:owl|owx|ofn|omn|rdf|rdfxml|xml|ttl|nt|n3|jsonld)(?=$|[#/?])", re.IGNORECASE)


def untyped_classes(ontology: Ontology) -> Iterator[Found]:
    """P34: what is used as a class and declared by nobody."""
    for term, triple in classes_in_use(ontology).items():
        if ontology.is_undeclared(term) and term not in ontology.declared_classes:
            yield Found("OOPS-P34", term, triple)


def untyped_properties(ontology: Ontology) -> Iterator[Found]:
    """P35: what is used as a property and declared by nobody."""
    for term, triple in properties_in_use(ontology).items():
        if ontology.is_undeclared(term) and term not in ontology.declared_properties:
            yield Found("OOPS-P35", term, triple)


def with_file_extension(ontology: Ontology) -> Iterator[Found]:
    """P36: an IRI of the ontology that names a file."""
    found = _EXTENSION.search(ontology.iri)
    if found and not _is_relative(ontology, ontology.iri):
        yield Found("OOPS-P36", ontology.header, values={"iri": ontology.iri, "ending": found[0]})


def without_ontology(ontology: Ontology) -> Iterator[Found]:
    """P38: no ontology is declared."""
    if not ontology.is_declared:
        yield Found("OOPS-P38")


def ambiguous_namespace(ontology: Ontology) -> Iterator[Found]:
    """P39: an ontology without an IRI, or one that depends on where the file is."""
    header = ontology.header
    if header is not None and (not ontology.iri or _is_relative(ontology, ontology.iri)):
        yield Found("OOPS-P39", header)
    elif header is None and any(_is_relative(ontology, term.value) for term in ontology.terms):
        yield Found("OOPS-P39")


def hijacked(ontology: Ontology) -> Iterator[Found]:
    """P40: terms of others' vocabularies that these do not have."""
    used: dict[ox.NamedNode, ox.Triple] = {}
    for triple in ontology.triples:
        used.setdefault(triple.predicate, triple)
        if triple.predicate == TYPE and isinstance(triple.subject, ox.NamedNode) and ontology.declares(triple.subject):
            used.setdefault(triple.subject, triple)
    for term, triple in {**properties_in_use(ontology), **classes_in_use(ontology), **used}.items():
        if ontology.is_hijacked(term):
            yield _hijacked(ontology, term, triple)


def _hijacked(ontology: Ontology, term: ox.NamedNode, triple: ox.Triple) -> Found:
    iri = term.value
    namespace = namespace_of(iri)
    known = terms_of(namespace) or {each.value for each in ontology.known_elsewhere if isinstance(each, ox.NamedNode)}
    names = {each.removeprefix(namespace): each for each in known if each.startswith(namespace)}
    meant = nearest_name(iri.removeprefix(namespace), names)
    return Found("OOPS-P40", term, triple, meant=ox.NamedNode(names[meant]) if meant else None)


def without_licence(ontology: Ontology) -> Iterator[Found]:
    """P41: nothing says under which licence the ontology may be used."""
    if not has_licence(ontology):
        yield Found("OOPS-P41", ontology.header)


def _is_relative(ontology: Ontology, iri: str) -> bool:
    """Whether an IRI was relative in the file, or names a place on somebody's disk."""
    return iri.startswith("file:") or (bool(ontology.base) and iri.startswith(ontology.base))
