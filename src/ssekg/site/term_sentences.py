"""What the axioms of an ontology say of each of its terms, in words whose terms lead to their pages."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE
from ssekg.base.messages import words
from ssekg.base.namespaces import OWL
from ssekg.base.said import Argument, Named, Said, Several
from ssekg.checks.reasoning.axioms import DISJOINT, Axiom, read_axioms
from ssekg.checks.reasoning.expressions import Expressions
from ssekg.checks.reasoning.words import Words
from ssekg.graph.store import Graph

# Axioms that say as much of the second property as of the first.
_BOTH_WAYS: Final = frozenset(
    ox.NamedNode(OWL + name) for name in ("inverseOf", "equivalentProperty", "equivalentClass", "propertyDisjointWith")
)
_ON_PROPERTY: Final = ox.NamedNode(OWL + "onProperty")
# What holds the place of a term until its words are there: no text has characters for private use.
_START, _END = "\ue000", "\ue001"
_MARK: Final = re.compile(f"{FIRST_STRONG_ISOLATE}?{_START}([0-9]+){_END}{POP_DIRECTIONAL_ISOLATE}?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence: words, or the name of a term."""

    words: str = ""
    term: Named | None = None


class Sentences:
    """The sentences of an ontology, by the terms that they are about."""

    def __init__(self, graph: Graph) -> None:
        """Read the axioms of the vocabulary of a graph; what is in the data says nothing of terms."""
        self._graph = graph
        vocabulary = Graph(graph.base, (), graph.own_vocabulary)
        self._words = Words(graph)
        self._of: dict[object, list[Axiom]] = defaultdict(list)
        self._disjoint: dict[object, list[ox.NamedNode]] = defaultdict(list)
        for axiom in read_axioms(vocabulary).ontology:
            one, predicate, other = axiom.says
            if predicate == DISJOINT and isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode):
                self._disjoint[one].append(other)
                self._disjoint[other].append(one)
                continue
            about = {one, *([other] if predicate in _BOTH_WAYS else [])}
            about |= {t.object for t in axiom.triples[1:] if t.predicate == _ON_PROPERTY}
            for term in about:
                self._of[term].append(axiom)

    def of(self, term: ox.NamedNode) -> list[Said]:
        """What the ontology says of a term, in the order of its files."""
        said = [self._words.sentence(axiom) for axiom in self._of.get(term, ())]
        others = list(dict.fromkeys(self._disjoint.get(term, ())))
        if others:
            expressions = Expressions(self._graph, ())
            other = expressions.listed("expression-or", others) if len(others) > 1 else expressions.classes(others[0])
            said.append(Said("axiom-disjoint", {"one": expressions.classes(term), "other": other}))
        return said


def pieces(said: Said, language: str) -> Sequence[Piece]:
    """A sentence in the words of a language, taken apart at the terms that it names."""
    named: list[Named] = []
    text = words(_marked(said, named), language)
    found: list[Piece] = []
    for number, part in enumerate(_MARK.split(text)):
        if number % 2:
            found.append(Piece(term=named[int(part)]))
        elif part:
            found.append(Piece(part))
    return found


def _marked(argument: Argument, named: list[Named]) -> Argument:
    match argument:
        case Said(code, arguments):
            filled: Mapping[str, Argument] = {name: _marked(each, named) for name, each in arguments.items()}
            return Said(code, filled)
        case Several(parts, is_list):
            return Several(tuple(_marked(each, named) for each in parts), is_list)
        case Named():
            named.append(argument)
            return f"{_START}{len(named) - 1}{_END}"
    return argument
