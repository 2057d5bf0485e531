"""How far a contradiction reaches: everything in the data that has the form of what was found once.

Things and values of a form may be any, as long as those that differ in what was found differ elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import pyoxigraph as ox

from ssekg.checks.reasoning.axioms import Axiom, Part
from ssekg.checks.reasoning.neighbourhood import mentioned
from ssekg.graph.store import TYPE

# So many cases are enough to say that there are many.
_MOST: Final = 10_000


@dataclass(frozen=True)
class Extent:
    """A smallest contradiction; `axioms` are those about things in all of its form, `records` how many have them."""

    explanation: tuple[Axiom, ...]
    axioms: frozenset[Axiom]
    records: int


def extent(explanation: Sequence[Axiom], axioms: Iterable[Axiom]) -> Extent:
    """How far a contradiction reaches among axioms about things."""
    stated = [axiom for axiom in axioms if axiom.part is Part.DATA]
    found = {axiom for axiom in explanation if axiom.part is Part.DATA}
    concerned: set[object] = {axiom.says.subject for axiom in found}
    if any(axiom.invalid for axiom in found):
        predicates = {axiom.says.predicate for axiom in found}
        found |= {axiom for axiom in stated if axiom.invalid and axiom.says.predicate in predicates}
        concerned = {axiom.says.subject for axiom in found}
    elif found and all(len(axiom.triples) == 1 for axiom in found):
        others, concerned = _of_form(explanation, stated)
        found |= others
    return Extent(tuple(explanation), frozenset(found), len({_record(thing) for thing in concerned}))


def _of_form(explanation: Sequence[Axiom], stated: Sequence[Axiom]) -> tuple[set[Axiom], set[object]]:
    """The axioms that make up the same contradiction, here and elsewhere, and the things that it is about."""
    pattern, terms = _pattern(explanation)
    store = ox.Store()
    store.bulk_extend(ox.Quad(*axiom.says) for axiom in stated if len(axiom.triples) == 1 and not axiom.invalid)
    # The store may write a value otherwise than it is stated, so axioms are known by the rest.
    known: dict[tuple[object, object, object], list[Axiom]] = {}
    for axiom in stated:
        known.setdefault(_key(*axiom.says), []).append(axiom)
    # What a contradiction is about has the most links and values in it.
    subjects = Counter(
        subject for subject, predicate, _ in terms for _ in range(1 if predicate == TYPE else len(terms))
    )
    about = subjects.most_common(1)[0][0]
    found: set[Axiom] = set()
    concerned: set[object] = set()
    solutions: Any = store.query(f"SELECT * {{ {pattern} }} LIMIT {_MOST}")
    for solution in solutions:
        for subject, predicate, value in terms:
            bound = [solution[each] if isinstance(each, str) else each for each in (subject, value)]
            found.update(known.get(_key(bound[0], predicate, bound[1]), ()))
        concerned.add(solution[about] if isinstance(about, str) else about)
    return found, concerned


def _pattern(explanation: Sequence[Axiom]) -> tuple[str, list[tuple[object, ox.NamedNode, object]]]:
    """What is asked of the data, and the triples in it, whose variables are strings."""
    data = [axiom.says for axiom in explanation if axiom.part is Part.DATA]
    fixed = {term for axiom in explanation if axiom.part is Part.ONTOLOGY for term in mentioned(axiom)}
    names: dict[object, str] = {}

    def named(term: object) -> object:
        return term if term in fixed else names.setdefault(term, f"v{len(names)}")

    terms = [(named(s), p, o if p == TYPE else named(o)) for s, p, o in data]
    lines = [f"{_written(s)} {p} {_written(o)} ." for s, p, o in terms]
    different = {axiom.says.subject for axiom in explanation if axiom.part is Part.NAME}
    literals = [term for term in names if isinstance(term, ox.Literal)]
    lines += [f"FILTER(DATATYPE(?{names[each]}) = {each.datatype})" for each in literals]
    for group in (literals, [term for term in names if term in different]):
        lines += [f"FILTER(!sameTerm(?{names[one]}, ?{names[other]}))" for one, other in combinations(group, 2)]
    return " ".join(lines), terms


def _written(term: object) -> str:
    return f"?{term}" if isinstance(term, str) else str(term)


def _key(subject: object, predicate: object, value: object) -> tuple[object, object, object]:
    return subject, predicate, None if isinstance(value, ox.Literal) else value


def _record(node: object) -> str:
    return str(node).strip("<>").partition("#")[0]
