"""What findings call the terms of a graph: arguments for messages, which are put into words for their reader."""

from collections.abc import Sequence
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.said import Argument, Arguments, Named, Said, Several
from ssekg.base.spelling import suggestion
from ssekg.base.terms import Path, PathExpression
from ssekg.graph.store import Graph

_MOST_CHOICES: Final = 20


def named_term(graph: Graph, term: ox.NamedNode, within: str = "") -> Named:
    """A term as it is written in the sources, with its labels after it; `within` is what a table leaves out of it."""
    return Named(graph.shortened(term.value).removeprefix(within), graph.labels.get(term, {}))


def suggested_term(graph: Graph, meant: ox.NamedNode | None) -> Arguments:
    """The argument `nearest` of a hint: the question whether that term was meant, if there is one."""
    return suggestion(None if meant is None else named_term(graph, meant))


def listed_concepts(graph: Graph, choices: Sequence[ox.NamedNode], table: str = "", column: str = "") -> Arguments:
    """The argument `choices` of a hint: the concepts that may be chosen from.

    If they are too many to be read in passing, it is the command that lists those of a column, if its table is known.
    """
    if len(choices) > _MOST_CHOICES and column:
        command = f"ssekg describe {table} {column}"
        return {"choices": Said("many-choices", {"count": str(len(choices)), "command": command})}
    if not 0 < len(choices) <= _MOST_CHOICES:
        return {}
    kinds = [each.value.removeprefix(graph.base).partition("/")[0] for each in choices]
    words = tuple(named_term(graph, each, f"{kind}/") for each, kind in zip(choices, kinds, strict=True))
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
