"""Making the portrait of a thing: what is shown of what a graph says, under which label and in which order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import is_language_tag, language_name, pick
from ssekg.base.messages import text
from ssekg.base.namespaces import OWL, QB, SKOS, XSD
from ssekg.base.numbers import grouped, read_number
from ssekg.base.record_iris import RecordIri
from ssekg.graph.description import Description, Object, Statements, statements_of
from ssekg.graph.evidence_notes import CONFIDENCE, RECORD, REMARK, Notes, is_note
from ssekg.graph.footnotes import PASSAGE, SOURCE, Footnotes
from ssekg.graph.labels import LABELS
from ssekg.graph.naming import TAGGING, Name, name_of, plain_name, plural_names
from ssekg.graph.portrait import Fact, Mention, Note, PartLine, Parts, Portrait, Value
from ssekg.graph.provenance import Evidence
from ssekg.graph.store import TYPE, Graph
from ssekg.project.vocabulary import AMOUNT, QUANTITY, UNIT, YEAR

_CONCEPT: Final = ox.NamedNode(SKOS + "Concept")
_NUMBERS: Final = frozenset(
    ox.NamedNode(XSD + name)
    for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long", "decimal", "double")
)
_WITHDRAWN: Final = (ox.NamedNode(OWL + "deprecated"), ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")))
_BOOLEAN: Final = ox.NamedNode(XSD + "boolean")
# Told elsewhere: in the title, by the footnotes, in the notes.
_APART: Final = frozenset({TYPE, *LABELS, SOURCE, PASSAGE, CONFIDENCE, REMARK})
_DATA_SET: Final = ox.NamedNode(QB + "dataSet")
_ALL: Final = 1 << 30
_LAST: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of what may be much a portrait shows: so many parts of a class, so many things of a mention.

    `is_full` also shows what a reader can do without: what rules made that has no place in the order, and texts in
    other languages.
    """

    parts: int = 20
    mentions: int = 4
    is_full: bool = False


IN_SHORT: Final = Detail()
IN_FULL: Final = Detail(_ALL, _ALL, is_full=True)


def portrait(
    graph: Graph,
    described: Description,
    language: str,
    country: str = "",
    *,
    detail: Detail = IN_SHORT,
    led: Iterable[ox.NamedNode] = (),
    words: str = "",
) -> Portrait:
    """The portrait of a thing that is described, for someone who reads `language` in a country (ISO 3166, or "").

    `words` is the language of the tool's own words, if it has none in that language.
    `led` are records that are described with the thing, which are shown as its parts are.
    """
    return _Painter(graph, described, language, country, detail, led, words or language).portrait()


class _Painter:
    def __init__(
        self,
        graph: Graph,
        described: Description,
        language: str,
        country: str,
        detail: Detail,
        led: Iterable[ox.NamedNode],
        words: str,
    ) -> None:
        self.graph, self.described, self.language, self.country = graph, described, language, country
        self.detail, self.with_all, self.term, self.words = detail, detail.is_full, described.term, words
        self.led = {node: statements_of(graph, node) for node in led}
        self.footnotes = Footnotes(graph, language)
        own_notes = {node: each for node, each in described.details.items() if is_note(each)}
        self.notes = Notes(graph, own_notes, self.footnotes, language, words)

    def portrait(self) -> Portrait:
        facts = tuple(self._facts())
        parts = tuple(self._parts())
        mentions = tuple(self._mentions())
        labels = [each for predicate in LABELS for each in self.described.statements.get(predicate, ())]
        title = plain_name(self.graph, self.term, self.language)
        names = dict.fromkeys(Name(each.value, each.language or "") for each in labels if isinstance(each, ox.Literal))
        named = {each.number for each in self.footnotes.cited()}
        sources = tuple(each for each in self._sources(self.described.statements) if each not in named)
        return Portrait(
            title=Value(title, self.term.value, sources, self._notes_on_labels(labels)),
            names=tuple(each for each in names if each.text != title.text),
            classes=tuple(self._classes(self.described.statements)),
            facts=facts,
            parts=parts,
            mentions=mentions,
            sources=self.footnotes.cited(),
        )

    def _notes_on_labels(self, labels: Iterable[Object]) -> tuple[Note, ...]:
        found = (note for label in labels for predicate in LABELS for note in self.notes.on(predicate, label))
        return tuple(dict.fromkeys(found))

    @cached_property
    def _evidence(self) -> Evidence:
        """Where the statements about the thing come from."""
        statements = {self.term: self.described.statements, **self.described.details}
        triples = [ox.Triple(s, p, o) for s, each in statements.items() for p, values in each.items() for o in values]
        return Evidence([*self.graph.stated_grades, *triples])

    def _sources(self, statements: Statements) -> tuple[int, ...]:
        for passage in statements.get(PASSAGE, ()):
            if isinstance(passage, ox.NamedNode):
                self.footnotes.refer(passage)
        return self.footnotes.numbers(each for each in statements.get(SOURCE, ()) if isinstance(each, ox.NamedNode))

    def _in_order(self, properties: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
        order = self.graph.terms.order
        return sorted(properties, key=lambda each: (order.get(each, _LAST), each.value))

    def _is_shown(self, predicate: ox.NamedNode) -> bool:
        terms = self.graph.terms
        return self.with_all or predicate not in terms.derived or predicate in terms.order

    def _facts(self) -> Iterator[Fact]:
        """The facts of the thing itself, with what is not known of it."""
        statements = self.described.statements
        gaps: dict[ox.NamedNode, list[Value]] = defaultdict(list)
        for wanted, tag, note in self.notes.gaps():
            gaps[wanted].append(Value(Name(text("portrait-not-known", self.words), tag), notes=(note,), is_known=False))
        doubts: Statements = {CONFIDENCE: list(self.notes.doubts(statements))}
        shown = {each: values for each, values in statements.items() if each not in _APART} | doubts
        shown |= {REMARK: statements.get(REMARK, [])}
        for predicate in self._in_order({*shown, *gaps}):
            if self._is_shown(predicate) or predicate in gaps:
                found = [each for each in shown.get(predicate, []) if not self._is_repeated(each)]
                values = [*self._values(self.term, predicate, found), *gaps[predicate]]
                if values:
                    yield Fact(name_of(self.graph, predicate, self.language), tuple(values))

    def _is_repeated(self, value: Object) -> bool:
        """Whether a value only says what a reader sees elsewhere: one of the thing's names, or one of its parts."""
        if self.with_all:
            return False
        if isinstance(value, ox.Literal):
            return bool(value.language) and value.value in self.graph.labels.get(self.term, {}).values()
        return value in self.described.details

    def _values(self, node: ox.NamedNode, predicate: ox.NamedNode, values: Sequence[Object]) -> Iterator[Value]:
        for value in self._of_language(values):
            triple = ox.Triple(node, predicate, value)
            if triple in self.described.derived:
                yield Value(self._name(predicate, value), _address(value), is_derived=True)
            else:
                sources = self.footnotes.numbers(self._evidence.sources(triple)) if predicate != CONFIDENCE else ()
                yield Value(self._name(predicate, value), _address(value), sources, self.notes.on(predicate, value))

    def _of_language(self, values: Sequence[Object]) -> Sequence[Object]:
        """The values without those texts that only say the same in another language."""
        texts = {each.language: each for each in values if isinstance(each, ox.Literal) and each.language}
        wanted = pick({tag: tag for tag in texts}, self.language)
        if wanted is None or self.with_all:
            return values
        return [each for each in values if not isinstance(each, ox.Literal) or each.language in {None, wanted}]

    def _name(self, predicate: ox.NamedNode, value: Object) -> Name:
        if not isinstance(value, ox.Literal):
            return plain_name(self.graph, value, self.language)
        if value.language:
            return Name(value.value, "" if value.language == self.language else value.language)
        if value.datatype == _BOOLEAN and value.value in {"true", "false"}:
            return Name(text("answer-yes" if value.value == "true" else "answer-no", self.words))
        if predicate in TAGGING and is_language_tag(value.value):
            return Name(language_name(value.value, self.language))
        is_number = value.datatype in _NUMBERS and predicate not in self.graph.terms.with_role(YEAR)
        number = read_number(value.value) if is_number else None
        return Name(value.value if number is None else grouped(number, self.language, self.country))

    def _classes(self, statements: Statements) -> list[str]:
        """The narrowest classes of a node that are the project's own, else all narrowest."""
        return [name_of(self.graph, each, self.language) for each in self._narrowest(statements)]

    def _narrowest(self, statements: Statements) -> list[ox.NamedNode]:
        terms = self.graph.terms
        classes = [each for each in statements.get(TYPE, ()) if isinstance(each, ox.NamedNode)]
        own = [each for each in classes if terms.is_own(each) or each in terms.kinds.values()] or classes
        upper = {above for each in own for above in terms.above.get(each, frozenset()) - {each}}
        return [each for each in own if each not in upper]

    def _parts(self) -> Iterator[Parts]:
        """The nodes that belong to the thing, by their classes, in the order of the properties that lead to it."""
        groups: dict[ox.NamedNode, list[ox.NamedNode]] = defaultdict(list)
        places: dict[ox.NamedNode, tuple[int, str]] = {}
        for node, statements in (*self.described.details.items(), *self.led.items()):
            classes = self._narrowest(statements)
            if node in self.notes.nodes or not classes:
                continue
            groups[classes[0]].append(node)
            leading = self._in_order(each for each, values in statements.items() if self.term in values)
            place = (self.graph.terms.order.get(leading[0], _LAST) if leading else _LAST, classes[0].value)
            places[classes[0]] = min(places.get(classes[0], place), place)
        for each in sorted(groups, key=places.__getitem__):
            nodes = groups[each][: self.detail.parts]
            label = pick(plural_names(self.graph, each), self.language) or self.graph.shortened(each.value)
            yield Parts(label, tuple(map(self._line, nodes)), len(groups[each]))

    def _line(self, node: ox.NamedNode) -> PartLine:
        statements = self.led.get(node) or self.described.details[node]
        terms = self.graph.terms
        units = [each for each in terms.with_role(UNIT) if each in statements]
        numbers = {each for role in (AMOUNT, QUANTITY) for each in terms.with_role(role)} & statements.keys()
        facts: list[Fact] = []
        for predicate in self._in_order(statements):
            values = [each for each in self._of_language(statements[predicate]) if each != self.term]
            if predicate in _APART - set(LABELS) or not values or not self._is_shown(predicate):
                continue
            if (numbers and predicate in units) or (node in self.led and self._is_evident(predicate)):
                continue
            names = [self._name(predicate, each) for each in values]
            if predicate in numbers:
                measured = [self._name(unit, each).text for unit in units for each in statements[unit]]
                names = [Name(" ".join([each.text, *measured])) for each in names]
            is_clear = predicate in numbers or predicate in LABELS or not facts or all(map(self._is_concept, values))
            shown = zip(names, values, strict=True)
            label = "" if is_clear else name_of(self.graph, predicate, self.language)
            facts.append(Fact(label, tuple(Value(name, _address(value)) for name, value in shown)))
        note = self.notes.words({each: values for each, values in statements.items() if each in {CONFIDENCE, REMARK}})
        own = self._sources(statements)
        return PartLine(tuple(facts), node.value, own, (note,) if note else ())

    def _is_evident(self, predicate: ox.NamedNode) -> bool:
        """Whether a property of records that are shown together says what is shown anyway: sources, and the cube."""
        return predicate == _DATA_SET or SOURCE in self.graph.terms.above.get(predicate, ())

    def _is_concept(self, value: Object) -> bool:
        return isinstance(value, ox.NamedNode) and ox.Quad(value, TYPE, _CONCEPT) in self.graph.store

    def _mentions(self) -> Iterator[Mention]:
        for predicate in self._in_order(self.described.mentions):
            if not self._is_shown(predicate):
                continue
            groups: dict[str, list[ox.NamedNode]] = defaultdict(list)
            for node in self.described.mentions[predicate]:
                if node in self.led:
                    continue
                if self.with_all or not self._is_aside(node):
                    groups[self._kind(node)].append(node)
            for kind in sorted(groups):
                nodes = groups[kind]
                shown = nodes[: self.detail.mentions]
                things = dict.fromkeys(map(self._mentioning, shown))
                label = name_of(self.graph, predicate, self.language)
                yield Mention(kind, label, tuple(things), len(nodes), len(shown) < len(nodes))

    def _mentioning(self, node: ox.NamedNode) -> Value:
        """A thing; for a part that nothing names, the record that it is a part of."""
        record, _, part = node.value.partition("#")
        naming = self.graph.terms.name_parts[:1]
        is_named = any(True for each in naming for _ in self.graph.matching(node, each, None))
        whole = ox.NamedNode(record) if part and record.startswith(self.graph.base) else node
        shown = node if is_named or node in self.graph.labels or whole not in self.graph.labels else whole
        return Value(plain_name(self.graph, shown, self.language), shown.value)

    def _is_aside(self, node: ox.NamedNode) -> bool:
        """Whether a node is a note on another record, or was withdrawn."""
        is_note = any(True for _ in self.graph.matching(node, RECORD, None))
        return is_note or ox.Quad(node, *_WITHDRAWN) in self.graph.store

    def _kind(self, node: ox.NamedNode) -> str:
        """What things like another one are called: the class of a part, the kind of a record."""
        record = RecordIri.read(node.value, self.graph.base)
        named = self.graph.terms.kinds.get(record.kind) if record and not record.part else None
        if named is None:
            types = [quad.object for quad in self.graph.matching(node, TYPE, None)]
            classes = self._narrowest(
                {TYPE: sorted((each for each in types if isinstance(each, ox.NamedNode)), key=str)}
            )
            named = classes[0] if classes else None
        return "" if named is None else pick(plural_names(self.graph, named), self.language) or named.value


def _address(value: Object) -> str:
    return value.value if isinstance(value, ox.NamedNode) else ""
