"""A thing of the graph in words: its names, what it is, what it has, who says so, what mentions it; who has a term."""

import pyoxigraph as ox

from ssekg.base.language import isolate, joined, pick
from ssekg.base.messages import text
from ssekg.graph.coverage import Coverage
from ssekg.graph.description import Description, describe
from ssekg.graph.naming import name_of, plural_names, values
from ssekg.graph.store import Graph
from ssekg.project.vocabulary import CITATION


def portrait(graph: Graph, term: ox.NamedNode, language: str, coverage: Coverage | None = None) -> str:
    """The text of `ssekg describe`: one statement per line, sources last, everything named in `language`.

    `coverage` is that of the graph, for a term of its ontology.
    """
    description = describe(graph, term)
    lines = [name_of(graph, term, language)]
    others = [isolate(name.value, language) for name in description.names if name.value != graph.label(term, language)]
    if others:
        lines.append("  " + joined(dict.fromkeys(others), language))
    if description.types:
        lines.append("  " + joined((name_of(graph, kind, language) for kind in description.types), language))
    lines += ["  " + isolate(term.value, language), ""]
    lines += _statements(graph, description, language, "  ")
    for detail in description.details:
        kinds = joined((name_of(graph, kind, language) for kind in detail.types), language)
        lines += ["", f"  {kinds} ({isolate(graph.shortened(detail.term.value), language)})"]
        lines += _statements(graph, detail, language, "    ", besides=term)
        lines += _sources(graph, detail, language, "    ")
    lines += _coverage(graph, term, language, coverage) if coverage else []
    lines += _mentions(graph, description, language)
    lines += ["", *_sources(graph, description, language, "")]
    return "\n".join(lines).rstrip("\n") + "\n"


def _statements(
    graph: Graph, description: Description, language: str, indent: str, besides: ox.NamedNode | None = None
) -> list[str]:
    lines = []
    for predicate, objects in description.statements.items():
        shown = [name_of(graph, value, language) for value in objects if value != besides]
        if shown:
            lines.append(f"{indent}{name_of(graph, predicate, language)}: {joined(shown, language)}")
    return sorted(lines)


def _coverage(graph: Graph, term: ox.NamedNode, language: str, coverage: Coverage) -> list[str]:
    """How many members of each class have a property, or how many members of a class have each."""
    of_classes = coverage.of_property(term)
    head = "coverage-of" if of_classes else "model-properties"
    shares = [(each, each, use.having) for each, use in of_classes.items()]
    shares += [(use.property, term, use.having) for use in coverage.uses.get(term, [])]
    lines = []
    for named, of, having in shares:
        name = isolate(pick(plural_names(graph, named), language) or graph.shortened(named.value), language)
        share = text("model-share", language, {"having": str(having), "count": str(len(coverage.members[of]))})
        lines.append("  " + text("model-line", language, {"name": name, "value": share}))
    return ["", text(head, language), *lines] if lines else []


def _mentions(graph: Graph, description: Description, language: str) -> list[str]:
    lines = ["", text("describe-mentions", language)] if description.mentions else []
    for predicate, subjects in description.mentions.items():
        lines.append(f"  {name_of(graph, predicate, language)}:")
        lines += [f"    {name_of(graph, subject, language)}" for subject in subjects]
    return lines


def _sources(graph: Graph, description: Description, language: str, indent: str) -> list[str]:
    if not description.sources:
        return []
    names = [f"{indent}  {_source(graph, source, language)}" for source in description.sources]
    return [f"{indent}{text('describe-sources', language)}", *names]


def _source(graph: Graph, source: ox.NamedNode, language: str) -> str:
    """A source as it is cited: title, publisher, date, address, as far as they are known."""
    parts = [name_of(graph, source, language)]
    for predicate in graph.terms.with_role(CITATION):
        parts += [isolate(value, language) for value in values(graph, source, predicate.value)]
    return joined(parts, language)
