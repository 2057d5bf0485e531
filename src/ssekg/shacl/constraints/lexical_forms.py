"""The forms in which data write their literals, which a store does not keep: `1000.50` becomes `1000.5` there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeGuard

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, XSD
from ssekg.base.triples import collected, distinct_objects

_KEPT: Final = frozenset(ox.NamedNode(iri) for iri in (XSD + "string", RDF + "langString"))
_SOMETHING: Final = ox.NamedNode("urn:x-ssekg:literal")


def as_written(made: Iterable[ox.Triple], data: Iterable[ox.Triple]) -> Sequence[ox.Triple]:
    """Triples out of a store, each literal as the data write it, unless they write it in several ways or not at all."""
    made = made if isinstance(made, Sequence) else list(made)
    if not any(_may_change(triple.object) for triple in made):
        return made
    forms = _forms_of(distinct_objects(data))
    return collected((ox.Triple(s, p, forms.get(o, o) if _may_change(o) else o) for s, p, o in made), made)


def _may_change(term: object) -> TypeGuard[ox.Literal]:
    return isinstance(term, ox.Literal) and term.datatype not in _KEPT


def stored_forms(terms: Iterable[object]) -> dict[ox.Literal, ox.Literal]:
    """What a store makes of the literals that it may change."""
    literals = {term for term in terms if _may_change(term)}
    by_name = {ox.NamedNode(f"urn:{number}"): literal for number, literal in enumerate(literals)}
    store = ox.Store()
    store.bulk_extend(ox.Quad(name, _SOMETHING, literal) for name, literal in by_name.items())
    made: dict[Any, Any] = {quad.subject: quad.object for quad in store}
    return {literal: made[name] for name, literal in by_name.items()}


def _forms_of(terms: Iterable[object]) -> dict[ox.Literal, ox.Literal]:
    """The one form that data have of each literal of a store."""
    found: dict[ox.Literal, list[ox.Literal]] = defaultdict(list)
    for literal, stored in stored_forms(terms).items():
        found[stored].append(literal)
    return {stored: forms[0] for stored, forms in found.items() if len(forms) == 1}
