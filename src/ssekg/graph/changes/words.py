"""Changes in words, in one language: what was added, removed, withdrawn and changed, everything by its name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import isolate, joined, pick
from ssekg.base.markdown import escaped
from ssekg.base.messages import text
from ssekg.base.numbers import grouped
from ssekg.graph.changes.compare import OTHER_KIND, TERM_KIND, Change, Changes, Edit, Sort, language_tag
from ssekg.graph.json_terms import Term
from ssekg.graph.naming import kind_names
from ssekg.graph.store import TYPE, Graph
from ssekg.project.vocabulary import AMOUNT, QUANTITY, UNIT

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """An entity: its IRI or "", its kind, its name or "", its identifier or "", a line for each thing that changed."""

    entity: str
    kind: str
    name: str
    identifier: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The entities to which the same happened, under a heading that counts them by kind."""

    heading: str
    items: tuple[Item, ...]


def sections(changes: Changes, graph: Graph, language: str) -> list[Section]:
    """What changed, in the order added, removed, withdrawn, changed; nothing for what did not happen.

    The ontology of `graph` says what kinds are called, and which values are amounts.
    """
    words = _Words(changes, graph, language)
    found = []
    for sort in Sort:
        of_sort = changes.of_sort(sort)
        if of_sort:
            counts = joined(
                (count_of(graph, kind, n, language) for kind, n in changes.counts()[sort].items()), language
            )
            heading = text(f"change-{sort.value}", language, {"counts": counts})
            found.append(Section(heading, tuple(map(words.item, of_sort))))
    return found


def lines_of(changes: Changes, change: Change, graph: Graph, language: str) -> Sequence[str]:
    """A line for each thing that changed in one entity."""
    return _Words(changes, graph, language).item(change).lines


def count_of(graph: Graph, kind: str, count: int, language: str, country: str = "") -> str:
    """So many of a kind, "programmes: 3": a form that needs no plural rules of the language.

    The number is written as in a country (ISO 3166, or "").
    """
    if kind in {TERM_KIND, OTHER_KIND}:
        name = text(f"count-{kind.removeprefix('/')}", language)
    else:
        name = pick(kind_names(graph, kind), language) or kind
    return text("count", language, {"kind": name, "count": grouped(Decimal(count), language, country)})


def as_text(changes: Changes, graph: Graph, language: str) -> str:
    """The sections as lines with indents; "" if nothing changed."""
    written = []
    for section in sections(changes, graph, language):
        lines = [section.heading]
        for item in section.items:
            lines.append(f"  {_titled(item.name, isolate(item.identifier, language))}")
            lines += [f"    {line}" for line in item.lines]
        written.append("\n".join(lines) + "\n")
    return "\n".join(written)


def as_markdown(changes: Changes, graph: Graph, language: str, level: int = 2) -> str:
    """The sections as Markdown with headings of a level; "" if nothing changed."""
    written = []
    for section in sections(changes, graph, language):
        lines = [f"{'#' * level} {escaped(section.heading)}", ""]
        for item in section.items:
            identifier = isolate(f"`{item.identifier}`", language) if item.identifier else ""
            lines.append(f"- {_titled(escaped(item.name), identifier)}")
            lines += [f"  - {escaped(line)}" for line in item.lines]
        written.append("\n".join(lines) + "\n")
    return "\n".join(written)


def _titled(name: str, identifier: str) -> str:
    return f"{name} ({identifier})" if name and identifier else name or identifier


class _Words:
    """Names and values of one set of changes in one language."""

    def __init__(self, changes: Changes, graph: Graph, language: str) -> None:
        self.changes = changes
        self.graph = graph
        self.language = language
        self.amounts = {term.value for term in graph.terms.with_role(AMOUNT)}
        self.numbers = self.amounts | {term.value for term in graph.terms.with_role(QUANTITY)}
        self.left_out = {(TYPE.value,), *((unit.value,) for unit in graph.terms.with_role(UNIT))}

    def say(self, code: str, **arguments: str) -> str:
        return text(code, self.language, arguments)

    def item(self, change: Change) -> Item:
        label = pick(self.changes.labels.get(change.entity, {}), self.language) or ""
        name = isolate(label, self.language) if change.entity else self.say("change-nameless")
        identifier = self.graph.shortened(change.entity)
        return Item(change.entity, change.kind, name, identifier, tuple(self.lines(change)))

    def name(self, iri: str) -> str:
        label = pick(self.changes.labels.get(iri, {}), self.language)
        return isolate(label or self.graph.shortened(iri), self.language)

    def titled(self, iri: str) -> str:
        label = pick(self.changes.labels.get(iri, {}), self.language) or ""
        return _titled(isolate(label, self.language), isolate(self.graph.shortened(iri), self.language))

    def lines(self, change: Change) -> Iterator[str]:
        for node, found in groupby(change.edits, key=lambda edit: edit.node):
            edits = list(found)
            sort = None if node == change.entity else _whole(edits)
            if sort is None:
                yield from (self.edit(edit, change.entity) for edit in edits)
            else:
                yield self.say(f"change-node-{sort.value}", node=self.node(node), values=self.values_of(edits, change))
        if change.sort is Sort.CHANGED and not change.edits:
            yield self.say("change-regrouped")
        if change.replaced_by:
            yield self.say("replaced-by", thing=self.titled(change.replaced_by))

    def node(self, node: str) -> str:
        """What a node that belongs to an entity is called: by what it is."""
        kinds = self.changes.node_kinds.get(node, ())
        return self.name(kinds[0] if kinds else node)

    def values_of(self, edits: Iterable[Edit], change: Change) -> str:
        """The values of a node that came or went as a whole, without those that go without saying."""
        parts = []
        for edit in edits:
            terms = edit.added or edit.removed
            back = any(isinstance(term, ox.NamedNode) and term.value == change.entity for term in terms)
            if edit.path not in self.left_out and not back:
                values = self.counted_values(edit, [self.values(edit, terms)])
                parts.append(self.say("change-is", property=self.property(edit), values=values))
        return self.say("change-and").join(parts)

    def edit(self, edit: Edit, entity: str) -> str:
        name = self.property(edit)
        if edit.node != entity:
            name = joined([self.node(edit.node), name], self.language)
        sides = [self.values(edit, terms) for terms in (edit.removed, edit.added) if terms]
        values = self.counted_values(edit, sides)
        if len(sides) > 1:
            return self.say("change-is", property=name, values=values)
        return self.say("change-value-added" if edit.added else "change-value-removed", property=name, values=values)

    def property(self, edit: Edit) -> str:
        name = joined(map(self.name, edit.path), self.language)
        tag = next((language_tag(term) for term in (*edit.removed, *edit.added)), "")
        return f"{name} ({isolate(tag, self.language)})" if tag else name

    def counted_values(self, edit: Edit, sides: list[str]) -> str:
        """`40 → 42 million MAD`: the old and the new side, and what they are counted in."""
        both = self.say("change-to", old=sides[0], new=sides[1]) if len(sides) > 1 else sides[0]
        if edit.unit is None or edit.path[-1] not in self.numbers:
            return both
        code = "change-millions" if self.in_millions(edit) else "change-unit"
        return self.say(code, values=both, unit=self.term(edit.unit))

    def values(self, edit: Edit, terms: Iterable[Term]) -> str:
        if self.in_millions(edit):
            sign = "." if self.language == "en" else ","
            shown = [f"{_number(term) / _MILLION:f}" for term in terms]
            return joined(
                (n.rstrip("0").rstrip(".").replace(".", sign) if "." in n else n for n in shown), self.language
            )
        return joined(map(self.term, terms), self.language)

    def in_millions(self, edit: Edit) -> bool:
        terms = (*edit.removed, *edit.added)
        is_amount = edit.unit is not None and edit.path[-1] in self.amounts
        return is_amount and all(abs(_number(term)) >= _MILLION for term in terms)

    def term(self, term: Term) -> str:
        if isinstance(term, ox.NamedNode):
            return self.name(term.value)
        if isinstance(term, ox.BlankNode):
            return self.say("change-nameless")
        return isolate(term.value if isinstance(term, ox.Literal) else str(term), self.language)


def _whole(edits: Iterable[Edit]) -> Sort | None:
    """Whether the edits are those of a node that came or went as a whole: its class came or went with nothing left."""
    edits = list(edits)
    if any(edit.path == (TYPE.value,) for edit in edits):
        if not any(edit.removed for edit in edits):
            return Sort.ADDED
        if not any(edit.added for edit in edits):
            return Sort.REMOVED
    return None


def _number(term: Term) -> Decimal:
    """The number of a literal, 0 if it is not a number."""
    try:
        number = Decimal(term.value) if isinstance(term, ox.Literal) else Decimal()
    except InvalidOperation:
        return Decimal()
    return number if number.is_finite() else Decimal()
