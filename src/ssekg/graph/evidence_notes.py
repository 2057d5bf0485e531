"""What notes say of the fields of a record: how sure a value is, what another source says instead, what is unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.messages import text
from ssekg.base.namespaces import EVIDENCE, SKOS
from ssekg.graph.description import Object, Statements
from ssekg.graph.footnotes import SOURCE, Footnotes
from ssekg.graph.naming import name_of
from ssekg.graph.portrait import Note
from ssekg.graph.store import Graph

RECORD, PROPERTY, WANTED, LANGUAGE, THING, CONFIDENCE, REMARK, REASON = (
    ox.NamedNode(EVIDENCE + name)
    for name in (
        "record",
        "property",
        "wanted",
        "fieldLanguage",
        "linkedThing",
        "confidence",
        "remark",
        "gapReason",
    )
)
OTHERWISE: Final = tuple(ox.NamedNode(EVIDENCE + name) for name in ("alternative", "alternativeValue"))


def is_note(statements: Statements) -> bool:
    """Whether a node says something of a field of a record, and nothing of its own."""
    return RECORD in statements and (PROPERTY in statements or WANTED in statements)


@dataclass(frozen=True)
class Notes:
    """The notes of a record, by their nodes; `wording` is the language of the tool's own words."""

    graph: Graph
    nodes: dict[ox.NamedNode, Statements]
    footnotes: Footnotes
    language: str
    wording: str

    def on(self, predicate: ox.NamedNode, value: Object) -> tuple[Note, ...]:
        """What is to be known of a value."""
        found = (self.words(each) for each in self._about(predicate, value))
        return tuple(dict.fromkeys(note for note in found if note))

    def gaps(self) -> Iterator[tuple[ox.NamedNode, str, Note]]:
        """The properties that are not known of the record, each with the language of a text and the reason."""
        for node in self.nodes.values():
            tags = [each.value for each in node.get(LANGUAGE, ()) if isinstance(each, ox.Literal)]
            for wanted in node.get(WANTED, ()):
                note = self.words(node)
                if isinstance(wanted, ox.NamedNode):
                    yield wanted, "".join(tags[:1]), note or Note("")

    def words(self, statements: Statements) -> Note | None:
        """What a node says of the evidence: none where a source says so and there is nothing to add."""
        doubts = [name_of(self.graph, each, self.language) for each in self.doubts(statements)]
        reasons = [name_of(self.graph, each, self.language) for each in statements.get(REASON, ())]
        others = [
            text("portrait-otherwise", self.wording, {"value": name_of(self.graph, each, self.language)})
            for predicate in OTHERWISE
            for each in statements.get(predicate, ())
        ]
        remarks = [name_of(self.graph, each, self.language) for each in statements.get(REMARK, ())]
        said = [*doubts, *others, *reasons, *remarks]
        if not said:
            return None
        sources = [each for each in statements.get(SOURCE, ()) if isinstance(each, ox.NamedNode)]
        is_otherwise = bool(others) or WANTED in statements
        return Note(" · ".join(said), self.footnotes.numbers(sources) if is_otherwise else ())

    def doubts(self, statements: Statements) -> list[ox.NamedNode]:
        """How sure something is, unless a source says so."""
        grades = (each for each in statements.get(CONFIDENCE, ()) if isinstance(each, ox.NamedNode))
        return [each for each in grades if not self._is_stated(each)]

    def _is_stated(self, grade: ox.NamedNode) -> bool:
        return ox.Quad(grade, ox.NamedNode(SKOS + "notation"), ox.Literal("stated")) in self.graph.store

    def _about(self, predicate: ox.NamedNode, value: Object) -> Iterator[Statements]:
        for node in self.nodes.values():
            things = node.get(THING, ())
            languages = [each.value for each in node.get(LANGUAGE, ()) if isinstance(each, ox.Literal)]
            if predicate not in node.get(PROPERTY, ()) or (things and value not in things):
                continue
            if not languages or not isinstance(value, ox.Literal) or value.language in languages:
                yield node
