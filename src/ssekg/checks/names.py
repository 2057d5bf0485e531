"""What findings call the terms of a graph: arguments for messages, which are put into words for their reader."""

from collections.abc import Mapping
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.said import Argument, Arguments, Named, Said, Several
from ssekg.base.spelling import suggestion
from ssekg.base.terms import Path, PathExpression
from ssekg.graph.store import Graph

_MOST_CHOICES: Final = 20


def named_term(graph: Graph, term: ox.NamedNode) -> Named:
    """A term as it is written in the sources, with its labels after it."""
    return Named(graph.shortened(term.value), graph.labels.get(term, {}))


def suggested_term(graph: Graph, meant: ox.NamedNode | None) -> Arguments:
    """The argument `nearest` of a hint: the question whether that term was meant, if there is one."""
    return suggestion(None if meant is None else named_term(graph, meant))


def listed_concepts(
    graph: Graph, choices: Mapping[ox.NamedNode, str | None], table: str = "", column: str = ""
) -> Arguments:
    """The argument `choices` of a hint: the concepts that may be chosen from, with what is written for each, if known.

    If they are too many to be read in passing, it is the command that lists those of a column, if its table is known.
    """
    if len(choices) > _MOST_CHOICES and column:
        command = f"ssekg describe {table} {column}"
        return {"choices": Said("many-choices", {"count": str(len(choices)), "command": command})}
    if not 0 < len(choices) <= _MOST_CHOICES:
        return {}
    written = {each: code or graph.shortened(each.value).partition("/")[2] for each, code in choices.items()}
    words = tuple(Named(code, graph.labels.get(each, {})) for each, code in written.items())
    return {"choices": Said("choices", {"words": Several(words)})}


def named_node(graph: Graph, node: Any) -> Argument:
    """A node of the data: a thing by its label first, a text in quotes with its language."""
    if isinstance(node, ox.Literal):
        return f"“{node.value}”" + (f" ({node.language})" if node.language else "")
    if isinstance(node, ox.NamedNode):
        return Named(graph.shortened(node.value), graph.labels.get(node, {}), label_first=True)
    return "" if node is None else str(node)


def named_path(graph: Graph, path: Path | None) -> Argument:
    """A property, or a path of several steps with its properties named."""
    if not isinstance(path, PathExpression):
        return named_node(graph, path)
    pieces = (piece if isinstance(piece, str) else named_node(graph, piece) for piece in path.pieces())
    return Several(tuple(pieces), is_list=False)
