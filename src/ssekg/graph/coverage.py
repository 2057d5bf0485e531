"""What the classes of a graph have: the members of each, how many have a property, and of which classes its values are.

Counted is what is stated and what rules derive, not what the ontology entails: what has a narrower property has the
wider one anyway.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, EVIDENCE
from ssekg.base.record_iris import RecordIri
from ssekg.base.terms import Term
from ssekg.base.triples import grouped, joined
from ssekg.graph.store import TYPE, Graph
from ssekg.project.vocabulary import PLACE, YEAR

_SOURCE: Final = ox.NamedNode(DCT + "source")
_SOURCE_KIND: Final = ox.NamedNode(EVIDENCE + "sourceKind")


@dataclass(frozen=True, slots=True)
class Use:
    """A property of the members of a class: how many of them have it, and how many of its values are of which class."""

    property: ox.NamedNode
    having: int
    targets: Mapping[ox.NamedNode, int]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the members of a class have a property, among those that have a value in common.

    `by` says what that is a value of: "place", "year" or "source_kind"; it is "" where all members are counted.
    """

    term: ox.NamedNode
    property: ox.NamedNode
    by: str
    value: ox.NamedNode | ox.Literal | None
    members: int
    having: int


class Coverage:
    """The classes of a graph with their members and properties.

    The classes are those of the kinds of records, and those of the parts that records have. A member of a kind is a
    record under its address that has something above its class in common with the class of the kind.
    """

    def __init__(self, graph: Graph) -> None:
        """Take a graph, and count only what it states and derives."""
        self._graph = graph
        self._by_subject = grouped(joined(graph.data, graph.shortcuts), _named_subject)

    def _values(self, node: ox.NamedNode) -> Mapping[ox.NamedNode, Sequence[Term]]:
        """The values of a node by property, looked up whenever somebody asks: those of all would be a second graph."""
        found: dict[ox.NamedNode, list[Term]] = defaultdict(list)
        for _, predicate, value in self._by_subject.get(node, ()):
            found[predicate].append(value)
        return found

    @cached_property
    def members(self) -> dict[ox.NamedNode, list[ox.NamedNode]]:
        """The members of each class in order of IRI: the kinds in the order of their names, then the parts."""
        terms = self._graph.terms
        found: dict[ox.NamedNode, list[ox.NamedNode]] = {terms.kinds[kind]: [] for kind in sorted(terms.kinds)}
        parts: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        for node in sorted(self._by_subject, key=str):
            record = RecordIri.read(node.value, self._graph.base)
            if record is None:
                continue
            values = self._values(node)
            classes = {each for each in values.get(TYPE, ()) if isinstance(each, ox.NamedNode)}
            kind_class = terms.kinds.get(record.kind)
            if record.part and terms.parts.keys() & values.keys():
                for each in classes:
                    parts[each].append(node)
            elif not record.part and kind_class is not None and self._are_alike(classes, kind_class):
                found[kind_class].append(node)
        return found | dict(sorted(parts.items(), key=lambda pair: pair[0].value))

    @cached_property
    def classes(self) -> dict[ox.NamedNode, ox.NamedNode]:
        """The class of each member."""
        return {node: term for term, nodes in self.members.items() for node in nodes}

    @cached_property
    def uses(self) -> dict[ox.NamedNode, list[Use]]:
        """The properties of each class, the most frequent first."""
        return {term: self._uses(nodes) for term, nodes in self.members.items()}

    def of_property(self, term: ox.NamedNode) -> dict[ox.NamedNode, Use]:
        """The classes whose members have a property, with its use by each."""
        return {each: use for each, uses in self.uses.items() for use in uses if use.property == term}

    def example(self, term: ox.NamedNode) -> ox.NamedNode | None:
        """The member of a class about which most is known; None if it has no member."""
        return min(self.members.get(term, []), key=lambda node: (-len(self._values(node)), node.value), default=None)

    def types(self, term: ox.NamedNode) -> Counter[ox.NamedNode]:
        """The classes that the members of a class are stated to be of, and how many are of each."""
        types = (each for node in self.members.get(term, []) for each in self._values(node).get(TYPE, ()))
        return Counter(each for each in types if isinstance(each, ox.NamedNode))

    def all_shares(self) -> Iterable[Share]:
        """The shares of all members of each class, then those by place, by year and by kind of source."""
        for term, uses in self.uses.items():
            for use in uses:
                yield Share(term, use.property, "", None, len(self.members[term]), use.having)
        yield from self.shares()

    def shares(self) -> Iterable[Share]:
        """The shares by place, by year and by kind of source, as far as the ontology says what these are."""
        for term, uses in self.uses.items():
            yield from self.shares_of(term, [use.property for use in uses])

    def shares_of(self, term: ox.NamedNode, properties: Sequence[ox.NamedNode]) -> Iterable[Share]:
        """Those of a class and of some properties."""
        for by, groups in self._groups(self.members.get(term, [])).items():
            for value, group in sorted(groups.items(), key=lambda pair: str(pair[0])):
                counts = Counter(each for node in group for each in self._values(node))
                for each in properties:
                    yield Share(term, each, by, value, len(group), counts[each])

    def _groups(self, nodes: Iterable[ox.NamedNode]) -> dict[str, dict[ox.NamedNode | ox.Literal, set[ox.NamedNode]]]:
        terms = self._graph.terms
        found: dict[str, dict[ox.NamedNode | ox.Literal, set[ox.NamedNode]]] = {
            each: defaultdict(set) for each in ("place", "year", "source_kind")
        }
        for node in nodes:
            of_node = self._values(node)
            for by, role in (("place", PLACE), ("year", YEAR)):
                for value in (each for term in terms.with_role(role) for each in of_node.get(term, ())):
                    if isinstance(value, ox.NamedNode | ox.Literal):
                        found[by][value].add(node)
            for source in of_node.get(_SOURCE, ()):
                kinds = self._values(source).get(_SOURCE_KIND, ()) if isinstance(source, ox.NamedNode) else ()
                for kind in kinds:
                    if isinstance(kind, ox.NamedNode):
                        found["source_kind"][kind].add(node)
        return found

    def _uses(self, nodes: list[ox.NamedNode]) -> list[Use]:
        having: Counter[ox.NamedNode] = Counter()
        targets: dict[ox.NamedNode, Counter[ox.NamedNode]] = defaultdict(Counter)
        for node in nodes:
            for term, values in self._values(node).items():
                if term == TYPE:
                    continue
                having[term] += 1
                things = (each for each in values if isinstance(each, ox.NamedNode))
                targets[term].update(self.classes[each] for each in things if each in self.classes)
        ordered = sorted(having, key=lambda each: (-having[each], each.value))
        return [Use(each, having[each], dict(sorted(targets[each].items(), key=str))) for each in ordered]

    def _are_alike(self, classes: Iterable[ox.NamedNode], kind_class: ox.NamedNode) -> bool:
        above = self._graph.terms.above
        wanted = above.get(kind_class, frozenset({kind_class}))
        return any(above.get(each, frozenset({each})) & wanted for each in classes)


def _named_subject(triple: ox.Triple) -> ox.NamedNode | None:
    return triple.subject if isinstance(triple.subject, ox.NamedNode) else None
