"""What a check has found in an ontology, before it has a place and words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from ssekg.checks.ontology_quality.ontology import Ontology
from ssekg.checks.ontology_quality.statements import Node


@dataclass(frozen=True)
class Found:
    """A pitfall: its code and the thing that has it; without one it is the file as a whole.

    `statement` is what is wrong, where it is one statement. `others` are further things that have it together with this
    one. The message is filled with `term`, the thing, with `others`, with `all` of these and with `values`; `meant` is
    the term that was probably meant.
    """

    code: str
    term: Node | None = None
    statement: ox.Triple | None = None
    others: tuple[ox.NamedNode, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    meant: ox.NamedNode | None = None


Detector = Callable[[Ontology], Iterable[Found]]
