"""The values of one property in the rows of a table, and the columns that they become."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import XSD
from ssekg.base.record_iris import RecordIri
from ssekg.graph.store import Graph
from ssekg.publish.tables.table import LIST, Column, Texts

_WHOLE_NUMBERS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "nonNegativeInteger", "positiveInteger"))
# The datatypes that a column may have, and its type in CSVW then.
_TYPES: Final = (
    (_WHOLE_NUMBERS, "integer"),
    (_WHOLE_NUMBERS | {f"{XSD}decimal"}, "decimal"),
    (frozenset({f"{XSD}double", f"{XSD}float"}), "double"),
    (frozenset({f"{XSD}boolean"}), "boolean"),
    (frozenset({f"{XSD}date"}), "date"),
    (frozenset({f"{XSD}gYear"}), "gYear"),
    (frozenset({f"{XSD}gYearMonth"}), "gYearMonth"),
)
Term = ox.NamedNode | ox.BlankNode | ox.Literal


Value = tuple[bool, str, int]
"""A value in a row: whether rules give it, the text of its cell, and the number of what it is, as `Values` counts.

What it is: the thing that a link leads to, the datatype of a literal, "" for a node without a name.
"""


@dataclass
class Values:
    """What the values of a property in the rows of a table are like, which is known once all rows were taken.

    `kind` is the kind of records that the description says they lead to, None where it says that they lead to any.
    Where it is "", links to records of one kind are called as the `id` of its table does. `has_lists` is what the
    description says of them.
    """

    name: str
    predicate: str = ""
    language: str | None = None
    texts: Texts = field(default_factory=dict)
    meanings: Texts = field(default_factory=dict)
    kind: str | None = ""
    has_lists: bool = False
    _whats: dict[ox.NamedNode | str, int] = field(default_factory=dict)
    _has_several: bool = False
    _has_more: bool = False
    _origins: set[bool] = field(default_factory=set)

    def value(self, cell: str, term: Term, *, is_derived: bool = False) -> Value:
        """A value, given the text of its cell and its term."""
        what = term.datatype.value if isinstance(term, ox.Literal) else term if isinstance(term, ox.NamedNode) else ""
        return is_derived, cell, self._whats.setdefault(what, len(self._whats))

    def take(self, values: Sequence[Value]) -> None:
        """One more row, which has these values."""
        derived = sum(is_derived for is_derived, _, _ in values)
        stated = len(values) - derived
        self._origins |= {is_derived for is_derived, _, _ in values}
        self._has_more |= len(values) > 1
        self._has_several |= (stated or derived) > 1

    @cached_property
    def whats(self) -> Sequence[ox.NamedNode | str]:
        """What values are, by number."""
        return [*self._whats]

    @property
    def links(self) -> Iterable[ox.NamedNode]:
        """The things that they lead to, each once."""
        return (what for what in self._whats if isinstance(what, ox.NamedNode))

    @property
    def is_empty(self) -> bool:
        """Whether no row has a value."""
        return not self._whats

    @property
    def is_list(self) -> bool:
        """Whether a row may have several, of which rules do not give all but one."""
        return self.has_lists or self._has_several

    @property
    def is_mixed(self) -> bool:
        """Whether rules add values to those that are stated."""
        return len(self._origins) > 1

    @property
    def is_widened(self) -> bool:
        """Whether rows have one value that is stated, and rules add others."""
        return not self.is_list and self._has_more

    @cached_property
    def is_joined(self) -> bool:
        """Whether several values of a row are in one cell: those of texts are, and classes."""
        return self.is_list and self.type == "string" and not self.has_links

    @cached_property
    def has_links(self) -> bool:
        """Whether values lead to records."""
        return any(self.links) and self.name != "class"

    @cached_property
    def type(self) -> str:
        """The type of the column in CSVW: text where values have several types or are links."""
        found = {"" if isinstance(what, ox.NamedNode) else what for what in self._whats}
        return next((name for allowed, name in _TYPES if found <= allowed), "string")


class Cells:
    """The cells of the values of a property, ready to be written: links with the `id` of their table, then labels."""

    def __init__(self, values: Values, graph: Graph, names: Mapping[str, str], languages: Sequence[str]) -> None:
        """Prepare the columns; `names` are the tables by the kind of their records, or the class of parts."""
        self._values, self._graph = values, graph
        linked = set(values.links)
        records = {term: RecordIri.read(term.value, graph.base) for term in linked}
        kinds = {found.kind if found and not found.part else "" for found in records.values()}
        only = next(iter(kinds)) if len(kinds) == 1 and values.has_links and values.kind is not None else ""
        self._kind = values.kind or only
        tables = {names.get(self._kind or term.value, "") for term in linked}
        self._target = next(iter(tables)) if len(tables) == 1 else ""
        wanted = linked if values.has_links else set()
        self._tags = [tag for tag in languages if any(tag in graph.labels.get(term, {}) for term in wanted)]
        self._relative = bool(linked) and all(records.values())

    def columns(self, name: str) -> list[Column]:
        """The column called so and those of its labels."""
        values, base = self._values, self._graph.base
        template = f"{self._kind}/{{{name}}}" if self._kind else f"{{+{name}}}" if self._relative else ""
        own = Column(
            name,
            values.type,
            values.predicate,
            values.language,
            self._target,
            f"{base}{template}" if template else "",
            values.is_joined,
            values.texts,
            values.meanings,
        )
        stem = name.removesuffix("_id")
        return [own, *(Column(f"{stem}_label_{tag}", language=tag) for tag in self._tags)]

    def columns_of_list(self) -> list[Column]:
        """The columns of a table of its own, in which each value has a row; `derived` where rules add values."""
        return [*self.columns("value"), *([Column("derived", "boolean")] if self._values.is_mixed else [])]

    def of(self, values: Iterable[Value]) -> list[str | None]:
        """The cells of a row with at most one value, or with texts that are joined; then the labels."""
        ordered = sorted(values, key=itemgetter(0, 1))
        if self._values.is_joined:
            return [LIST.join(cell for _, cell, _ in ordered) or None]
        return self._cells(ordered[0]) if ordered else [None] * (1 + len(self._tags))

    def each(self, values: Iterable[Value]) -> Iterable[list[str | None]]:
        """The cells for each value of a row, in the columns of a list."""
        marked = self._values.is_mixed
        return [
            [*self._cells(value), *([str(value[0]).lower()] if marked else [])]
            for value in sorted(values, key=itemgetter(1))
        ]

    def _cells(self, value: Value) -> list[str | None]:
        _, cell, number = value
        what = self._values.whats[number]
        labels = self._graph.labels.get(what, {}) if isinstance(what, ox.NamedNode) else {}
        text = cell.removeprefix(f"{self._kind}/") if self._kind else cell
        return [text, *(labels.get(tag) for tag in self._tags)]


def free_name(names: Sequence[str], taken: Iterable[str]) -> str:
    """The first of some names that is not taken; the last with a number if need be."""
    used = set(taken)
    plain = [re.sub(r"^(?=[0-9])", "_", name) or "_" for name in names]
    numbered = (f"{plain[-1]}_{number}" for number in range(2, len(used) + 3))
    return next(each for each in (*plain, *numbered) if each not in used)
