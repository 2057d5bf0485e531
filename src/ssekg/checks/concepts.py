"""The concept schemes: no concept may be broader than itself, and each is in a scheme (SKOS, sections 4 and 8)."""

from collections import defaultdict, deque
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import SKOS
from ssekg.base.triples import with_predicates
from ssekg.checks.names import named_term
from ssekg.checks.subject import Subject
from ssekg.graph.origins import Origins
from ssekg.graph.store import TYPE, Graph

_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")
_BROADER: Final = ox.NamedNode(SKOS + "broader")
_NARROWER: Final = ox.NamedNode(SKOS + "narrower")
_IN_SCHEME: Final = ox.NamedNode(SKOS + "inScheme")
_IN_A_SCHEME: Final = frozenset({_IN_SCHEME, ox.NamedNode(SKOS + "topConceptOf")})
_TOP: Final = ox.NamedNode(SKOS + "hasTopConcept")
_LOOKED_AT: Final = frozenset({TYPE, _BROADER, _NARROWER, _TOP}) | _IN_A_SCHEME
# A longer cycle is not spelled out.
_SPELLED_OUT: Final = 8
_FAR: Final = 500

Links = Mapping[ox.NamedNode, set[ox.NamedNode]]


def check(subject: Subject) -> list[Finding]:
    """What is wrong with the concepts of a graph, but for what SHACL has reported already."""
    graph = subject.graph
    concepts: set[object] = set()
    at_home: set[object] = set()
    links: list[tuple[ox.Triple, ox.NamedNode, ox.NamedNode]] = []
    for triple in with_predicates(graph.data, _LOOKED_AT):
        node, predicate, value = triple
        if predicate == TYPE and value == _CONCEPT:
            concepts.add(node)
        elif predicate in _IN_A_SCHEME:
            at_home.add(node)
        elif predicate == _TOP:
            at_home.add(value)
        elif predicate in {_BROADER, _NARROWER} and isinstance(node, ox.NamedNode) and isinstance(value, ox.NamedNode):
            links.append((triple, node, value) if predicate == _BROADER else (triple, value, node))
    homeless = {node for node in concepts - at_home if isinstance(node, ox.NamedNode)}
    # The SHACL result for a concept that lacks its scheme has no value.
    homeless -= {node for node in homeless if (node, _IN_SCHEME, None) in subject.reported}
    return [*_homeless(graph, homeless), *_cycles(graph, links)]


def _homeless(graph: Graph, concepts: set[ox.NamedNode]) -> list[Finding]:
    origins = Origins(graph.sources, concepts)
    return [
        Finding(
            "concept-without-scheme",
            Severity.WARNING,
            arguments={"concept": named_term(graph, concept)},
            focus=concept,
            path=_IN_SCHEME,
        ).at(origins.places(concept))
        for concept in sorted(concepts, key=str)
    ]


def _cycles(graph: Graph, links: list[tuple[ox.Triple, ox.NamedNode, ox.NamedNode]]) -> list[Finding]:
    """A finding for each statement of a cycle: any of them may be the wrong one."""
    broader: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for _, narrow, broad in links:
        broader[narrow].add(broad)
    group = _groups(broader)
    wrong = [(t, narrow, broad) for t, narrow, broad in links if narrow == broad or _together(group, narrow, broad)]
    origins = Origins(graph.sources, {t.subject for t, _, _ in wrong if isinstance(t.subject, ox.NamedNode)})
    return [
        Finding(
            "concept-cycle",
            Severity.VIOLATION,
            arguments={"cycle": _chain(graph, broader, narrow, broad)},
            focus=triple.subject,
            path=triple.predicate,
            value=triple.object,
        ).at(origins.places(*triple))
        for triple, narrow, broad in wrong
    ]


def _together(group: Mapping[ox.NamedNode, int], one: ox.NamedNode, other: ox.NamedNode) -> bool:
    return one in group and group[one] == group.get(other)


def _groups(broader: Links) -> dict[ox.NamedNode, int]:
    """The strongly connected components of more than one concept, numbered (Kosaraju, without recursion)."""
    order: list[ox.NamedNode] = []
    seen: set[ox.NamedNode] = set()
    for start in broader:
        stack = [(start, iter(broader[start]))] if start not in seen else []
        seen.add(start)
        while stack:
            node, targets = stack[-1]
            target = next((t for t in targets if t not in seen), None)
            if target is None:
                order.append(stack.pop()[0])
            else:
                seen.add(target)
                stack.append((target, iter(broader.get(target, ()))))
    back: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
    for node, found in broader.items():
        for target in found:
            back[target].append(node)
    groups: dict[ox.NamedNode, int] = {}
    for number, start in enumerate(reversed(order)):
        waiting = [start] if start not in groups else []
        while waiting:
            node = waiting.pop()
            if node not in groups:
                groups[node] = number
                waiting += [source for source in back[node] if source not in groups]
    return groups


def _chain(graph: Graph, broader: Links, narrow: ox.NamedNode, broad: ox.NamedNode) -> str:
    """The shortest way from a concept over its broader one back to itself; a long one is cut."""
    before: dict[ox.NamedNode, ox.NamedNode] = {broad: narrow}
    queue = deque([broad])
    while queue and narrow not in before and len(before) < _FAR:
        node = queue.popleft()
        for target in broader.get(node, ()):
            if target not in before:
                before[target] = node
                queue.append(target)
    way = [narrow]
    while narrow in before and before[way[-1]] != narrow:
        way.append(before[way[-1]])
    shown = [graph.shortened(node.value) for node in [narrow, *reversed(way)]]
    if narrow not in before or len(shown) > _SPELLED_OUT:
        shown = [shown[0], graph.shortened(broad.value), "…", shown[-1]]
    return " → ".join(shown)
