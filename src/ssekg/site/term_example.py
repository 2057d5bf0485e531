"""An example from the data as people write it: Turtle without the prefixes, which the page of the ontology has."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import XSD, Prefixes
from ssekg.graph.store import TYPE

_PLAIN: Final = frozenset({ox.NamedNode(XSD + "integer"), ox.NamedNode(XSD + "boolean")})
_STRING: Final = ox.NamedNode(XSD + "string")
# How many values of a property are shown, and how long a text may be: an example is no copy of the data.
_MOST_VALUES: Final = 3


def in_turtle(statements: Sequence[ox.Triple], known: Prefixes) -> str:
    """Statements about one thing, of each property the first values; IRIs of instances are relative to the base."""
    lines = []
    for predicate, group in groupby(statements, key=lambda triple: triple.predicate):
        values = [_written(triple.object, known) for triple in group][:_MOST_VALUES]
        lines.append(f"  {'a' if predicate == TYPE else _written(predicate, known)} {', '.join(values)}")
    return f"{_written(statements[0].subject, known)}\n" + " ;\n".join(lines) + " ."


def _written(term: Any, known: Prefixes) -> str:
    if isinstance(term, ox.NamedNode):
        short = known.shortened(term.value)
        is_prefixed = short != term.value and not (known.base and term.value.startswith(known.base))
        return short if is_prefixed else f"<{short}>"
    if isinstance(term, ox.Literal) and term.datatype in _PLAIN:
        return term.value
    if isinstance(term, ox.Literal) and not term.language and term.datatype != _STRING:
        text = str(ox.Literal(term.value))
        return f"{text}^^{_written(term.datatype, known)}"
    return str(term)
