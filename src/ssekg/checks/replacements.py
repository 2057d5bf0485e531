"""What takes the place of withdrawn records and deprecated terms: whoever follows an old identifier has to arrive."""

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.said import Arguments
from ssekg.base.spelling import nearest_name
from ssekg.checks.names import named_node, suggested_term
from ssekg.checks.subject import Subject
from ssekg.graph.origins import Origins
from ssekg.graph.replacements import REPLACED_BY, Replacements, chain, replacements_of
from ssekg.graph.store import Graph
from ssekg.project.disclosure import Withheld


def check(subject: Subject) -> list[Finding]:
    """A violation for each replacement that leads to nothing, around in a circle, or to what is withheld."""
    graph = subject.graph
    replacements = replacements_of(graph.stated)
    replaced = {node: value for node, value in replacements.items() if value is not None}
    if not replaced:
        return []
    withheld = subject.public.withheld
    origins = Origins(graph.sources, replaced)
    dangling = {each.place for each in graph.sources.findings if each.code == "table-dangling-link"}
    found = []
    for node, replacement in sorted(replaced.items(), key=str):
        wrong = _wrong(graph, withheld, replacements, node, replacement)
        places = origins.places(node, REPLACED_BY, replacement) if wrong else []
        if wrong and not (
            places and dangling.issuperset(places)
        ):  # a cell that refers to no record is reported as such
            code, arguments = wrong
            finding = Finding(code, Severity.VIOLATION, None, arguments, {}, node, REPLACED_BY, replacement)
            found.append(finding.at(places))
    return found


def _wrong(
    graph: Graph, withheld: Withheld, replacements: Replacements, node: ox.NamedNode, replacement: ox.NamedNode
) -> tuple[str, Arguments] | None:
    """The code of what is wrong with a replacement, and what fills its words."""
    arguments: Arguments = {"thing": named_node(graph, node), "replacement": named_node(graph, replacement)}
    following = chain(node, replacements)
    if node in following:
        circle = [node, *following[: following.index(node) + 1]]
        return "replacement-circle", {"circle": " → ".join(graph.shortened(each.value) for each in circle)}
    if _is_ours(graph, replacement) and replacement.value not in graph.things:
        return "replacement-missing", {**arguments, **suggested_term(graph, _nearest(graph, replacement))}
    if replacement in replacements and replacements[replacement] is None:
        return "replacement-gone", arguments
    if replacement in withheld and node not in withheld:
        return "replacement-withheld", arguments
    return None


def _is_ours(graph: Graph, node: ox.NamedNode) -> bool:
    """Whether the graph has to know a thing: of what others describe it says nothing."""
    return graph.terms.is_own(node) or node.value.startswith(graph.base)


def _nearest(graph: Graph, missing: ox.NamedNode) -> ox.NamedNode | None:
    """The thing whose identifier resembles that of a missing one most."""
    names = {graph.shortened(iri): iri for iri in graph.things if "#" not in iri.removeprefix(graph.base)}
    nearest = nearest_name(graph.shortened(missing.value), names)
    return graph.things[names[nearest]] if nearest else None
