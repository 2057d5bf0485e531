"""Which shapes the fast engine does not judge as the standard and pyshacl do, and why: those are left to pyshacl.

Each reason is a way in which the package shacl is not exact. The tests hold both engines against each other on random
shapes, so that it shows when there is another.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import SH
from ssekg.shacl.ntriples import blocks
from ssekg.shacl.patterns import needs_backtracking
from ssekg.shacl.references import References

# The package's SPARQL compares no literals of these types, and takes no year from them.
_DATES: Final = re.compile(rb'"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:date|time|g\w+|\w*[dD]uration)>')


class Reason(StrEnum):
    """Why a shape is left to pyshacl, as the message catalogues call it."""

    # The standard leaves it open what it means (SHACL, 3.4.3); the package loses results.
    RECURSION = "slow-recursion"
    # The package's regular expressions never backtrack, so they can't look around or refer back.
    PATTERN = "slow-pattern"
    # The package takes the qualified value shape itself for a sibling if two properties have the same.
    SIBLINGS = "slow-siblings"
    # What can't be asked of a store the package would ask, which loses the values that queries compute, and dates.
    QUERY = "slow-query"


def slow_shapes(references: References, data: bytes | Path) -> dict[Any, Reason]:
    """The shapes that the package can't judge exactly on some data, without those that lead to them.

    The data are N-Triples or a file of these. Of shapes that lead to each other only one is named, with an IRI
    if one has any.
    """
    found: dict[Any, Reason] = {}
    for circle in references.circles():
        spokesman = next((shape for shape in circle if isinstance(shape, ox.NamedNode)), circle[0])
        found[spokesman] = Reason.RECURSION
    for shape in _with_backtracking(references.triples):
        found.setdefault(shape, Reason.PATTERN)
    for shape in _with_like_siblings(references.triples):
        found.setdefault(shape, Reason.SIBLINGS)
    for shape in _with_components(references.triples, data):
        found.setdefault(shape, Reason.QUERY)
    return found


def _with_backtracking(triples: Iterable[ox.Triple]) -> Iterable[Any]:
    for subject, predicate, value in triples:
        if predicate.value == SH + "pattern" and isinstance(value, ox.Literal) and needs_backtracking(value.value):
            yield subject


def _with_like_siblings(triples: Iterable[ox.Triple]) -> list[Any]:
    """Property shapes with sh:qualifiedValueShapesDisjoint next to another with the same sh:qualifiedValueShape."""
    properties: dict[Any, set[Any]] = defaultdict(set)
    qualified: dict[Any, set[Any]] = defaultdict(set)
    disjoint = []
    for subject, predicate, value in triples:
        if predicate.value == SH + "property":
            properties[subject].add(value)
        elif predicate.value == SH + "qualifiedValueShape":
            qualified[subject].add(value)
        elif predicate.value == SH + "qualifiedValueShapesDisjoint":
            disjoint.append(subject)

    def has_like_sibling(shape: Any) -> bool:
        siblings = (other for shapes in properties.values() if shape in shapes for other in shapes - {shape})
        return any(qualified[other] & qualified[shape] for other in siblings)

    return [shape for shape in disjoint if has_like_sibling(shape)]


def _with_components(triples: Iterable[ox.Triple], data: bytes | Path) -> list[Any]:
    """Shapes with constraint components of their own in SPARQL, if there are dates that these could compare."""
    triples = list(triples)
    parameters = {t.object for t in triples if t.predicate.value == SH + "parameter"}
    predicates = {t.object for t in triples if t.subject in parameters and t.predicate.value == SH + "path"}
    if not predicates:
        return []
    if not any(_DATES.search(part) for part in blocks(data)) and not any(
        _DATES.search(str(t.object).encode()) for t in triples
    ):
        return []
    return [t.subject for t in triples if t.predicate in predicates]
