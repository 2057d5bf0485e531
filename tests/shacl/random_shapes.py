"""Random shapes and random small graphs, which hold an engine against another.

The shapes refer to each other in every way that SHACL has, also in circles; each has an IRI, so that results can be
compared by the shape that they come from. The graphs are small and dense, so that constraints are met and broken alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from hypothesis import strategies as st

_CLASSES: Final = ("x:C", "x:D", "x:E")
_PROPERTIES: Final = ("x:p", "x:q", "x:r")
_NODES: Final = ("x:a", "x:b", "x:c", "x:d", "_:e")
_LITERALS: Final = (
    *("1", "2", '"007"^^xsd:integer', "1.0", "2.5", "1e0", '"many"^^xsd:integer', '"1"', "true", '"v"^^x:own'),
    *('"a"', '"A"', '"ab"', '""', '"a b\\nc"', '"a"@en', '"b"@en', '"a"@fr', '"a"@en-GB', '"أركان"@ar'),
    *('"2001-02-03"^^xsd:date', '"2010-01-01T00:00:00"^^xsd:dateTime', '"2010-13-01"^^xsd:date'),
    *('"<p/>"^^rdf:XMLLiteral', '"http://example.org/"^^xsd:anyURI'),
)
# Literals that SPARQL compares. pyshacl also compares what SPARQL does not, such as two IRIs, or a date and a number,
# and raises an error for others; SHACL wants a result wherever SPARQL can't compare.
_COMPARABLE: Final = (
    ("1", "2", "3", '"007"^^xsd:integer', "1.0", "2.5", "1e0", "-1"),
    ('"2001-02-03"^^xsd:date', '"2005-01-01"^^xsd:date', '"2010-01-01"^^xsd:date'),
    ('"2001-02-03T00:00:00Z"^^xsd:dateTime', '"2010-01-01T12:00:00Z"^^xsd:dateTime'),
    ('"a"', '"A"', '"ab"', '""', '"b"', '"é"'),
)
_PAIRED: Final = ("x:m", "x:n")
_DATATYPES: Final = (
    *(f"xsd:{name}" for name in ("integer", "string", "date", "decimal", "double", "boolean", "dateTime", "anyURI")),
    *("rdf:langString", "x:own"),
)
_KINDS: Final = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
_QUERIES: Final = tuple(
    query.replace("x:", "https://example.org/x#")
    for query in (
        "SELECT $this ?value WHERE { $this <x:p> ?value . FILTER isIRI(?value) }",
        "SELECT $this WHERE { $this <x:q>/<x:r>* ?o . FILTER isLiteral(?o) }",
        "SELECT $this ?value WHERE { ?value <x:p> $this . FILTER NOT EXISTS { $this <x:q> ?o } }",
        "SELECT $this (COUNT(?o) AS ?value) WHERE { $this <x:r> ?o } GROUP BY $this HAVING (COUNT(?o) > 1)",
        "SELECT $this ?value WHERE { $this <x:p> ?value ; <x:q> ?other . FILTER (isIRI(?other) && ?other != ?value) }",
    )
)
_BOUNDS: Final = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
_PATTERNS: Final = ("^a", "b$", "[0-9]+", "^.{2}$", "a.*c", "x", "^A", "^https://example.org/x#a$")
_LANGUAGES: Final = ('"en"', '"fr" "ar"', '"en-GB"')
# What a shape may have several of.
_SEVERAL: Final = {
    f"sh:{name}"
    for name in ("class", "equals", "disjoint", "hasValue", "node", "property", "not", "and", "or", "xone", "sparql")
}
_SEVERITIES: Final = ("sh:Info", "sh:Warning", "sh:Violation", "x:Grave")


@dataclass(frozen=True)
class Example:
    """Shapes and data in Turtle without prefixes."""

    shapes: str
    data: str


@st.composite
def examples(draw: st.DrawFn) -> Example:
    """Any example; hypothesis chooses the seed, since it would take most of the time to choose each term."""
    maker = _Maker(Random(draw(st.integers(0, 2**64))))  # noqa: S311 - the same examples every time
    return Example(maker.shapes(), maker.data())


class _Maker:
    """Writes Turtle by the choices of a random generator."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.node_shapes = [f"x:S{number}" for number in range(chance.randint(1, 3))]
        self.property_shapes = [f"x:P{number}" for number in range(chance.randint(0, 3))]
        # Half of the examples have no circle, as a shape only leads to later ones.
        self.circles = chance.random() < 0.4
        self.comparable: tuple[str, ...] = chance.choice(_COMPARABLE) if chance.random() < 0.4 else ()
        self.literals: tuple[str, ...] = self.comparable or _LITERALS
        self._inline = 0
        self._more: list[str] = []

    def data(self) -> str:
        """A graph."""
        chance = self.chance
        lines = ["x:D rdfs:subClassOf x:C . x:E rdfs:subClassOf x:D ."]
        lines += [f"{chance.choice(_NODES)} a {chance.choice(_CLASSES)} ." for _ in range(chance.randint(1, 6))]
        for _ in range(chance.randint(2, 12)):
            value = chance.choice(_NODES) if chance.random() < 0.6 else chance.choice(self.literals)
            lines.append(f"{chance.choice(_NODES)} {chance.choice(_PROPERTIES)} {value} .")
        for _ in range(6 if self.comparable else 0):
            value = chance.choice(self.comparable)
            lines.append(f"{chance.choice(_NODES)} {chance.choice(_PAIRED)} {value} .")
        return "\n".join(lines)

    def shapes(self) -> str:
        """Shapes, the first of which has a target."""
        lines = [self._node_shape(name, number) for number, name in enumerate(self.node_shapes)]
        lines += [
            self._property_shape(name, len(self.node_shapes) + number)
            for number, name in enumerate(self.property_shapes)
        ]
        return "\n".join([*lines, *self._more])

    # Shapes

    def _node_shape(self, name: str, number: int) -> str:
        parts = ["a sh:NodeShape", *self._targets(always=not number), *self._of_any()]
        parts += self._constraints(number, 0, self.chance.randint(1, 3))
        if self.chance.random() < 0.1:
            ignored = self.chance.choice(("( rdf:type )", "( rdf:type x:p )", "( x:q )"))
            parts.append(f"sh:closed {self.chance.choice(('true', 'true', 'false'))} ; sh:ignoredProperties {ignored}")
        return f"{name} {' ; '.join(parts)} ."

    def _property_shape(self, name: str, number: int) -> str:
        parts = ["a sh:PropertyShape", *self._targets(always=False), *self._of_property(number, depth=0)]
        return f"{name} {' ; '.join(parts)} ."

    def _of_property(self, number: int, depth: int) -> list[str]:
        pairs = bool(self.comparable) and self.chance.random() < 0.3
        parts = [f"sh:path {self.chance.choice(_PAIRED) if pairs else self._path(2)}", *self._of_any()]
        if pairs:
            parts.append(self.chance.choice(("sh:lessThan", "sh:lessThanOrEquals")) + f" {self.chance.choice(_PAIRED)}")
        # These may be there once.
        counts = [name for name in ("minCount", "maxCount") if self.chance.random() < 0.25]
        parts += [f"sh:{name} {self.chance.randint(0, 2)}" for name in counts]
        if self.chance.random() < 0.1:
            parts.append("sh:uniqueLang true")
        if self.chance.random() < 0.2:
            parts.append(f"sh:qualifiedValueShape {self._shape(number, depth)}")
            parts.append(self.chance.choice(("sh:qualifiedMinCount 1", "sh:qualifiedMaxCount 1")))
            if self.chance.random() < 0.4:
                parts.append("sh:qualifiedValueShapesDisjoint true")
        return parts + self._constraints(number, depth, self.chance.randint(0, 2))

    def _of_any(self) -> list[str]:
        parts = []
        if self.chance.random() < 0.2:
            parts.append(f"sh:severity {self.chance.choice(_SEVERITIES)}")
        if self.chance.random() < 0.05:
            parts.append("sh:deactivated true")
        if self.chance.random() < 0.1:
            parts.append('sh:message "as it should be"@en , "comme il faut"@fr')
        return parts

    def _targets(self, *, always: bool) -> list[str]:
        chance = self.chance
        ways: list[Callable[[], str]] = [
            lambda: f"sh:targetClass {chance.choice(_CLASSES)}",
            lambda: f"sh:targetNode {self._term()}",
            lambda: f"sh:targetSubjectsOf {self._property()}",
            lambda: f"sh:targetObjectsOf {self._property()}",
        ]
        if not always and chance.random() < 0.6:
            return []
        return [chance.choice(ways)() for _ in range(chance.choice((1, 1, 2)))]

    # Constraints

    def _constraints(self, number: int, depth: int, most: int) -> list[str]:
        """Constraints; those that SHACL allows once are there once."""
        found = (self._constraint(number, depth) for _ in range(most))
        once: dict[str, str] = {}
        several = []
        for constraint in found:
            name = constraint.partition(" ")[0]
            if name in _SEVERAL:
                several.append(constraint)
            else:
                once[name] = constraint
        return [*once.values(), *several]

    def _constraint(self, number: int, depth: int) -> str:
        chance = self.chance
        ways: list[Callable[[], str]] = [
            lambda: f"sh:class {chance.choice(_CLASSES)}",
            lambda: f"sh:datatype {chance.choice(_DATATYPES)}",
            lambda: f"sh:nodeKind sh:{chance.choice(_KINDS)}",
            # With a minimum of 0 pyshacl lets blank nodes pass, which have no length.
            lambda: f"sh:{chance.choice(('min', 'max'))}Length {chance.randint(1, 3)}",
            lambda: f'sh:pattern "{chance.choice(_PATTERNS)}"' + chance.choice(("", "", ' ; sh:flags "i"')),
            lambda: f"sh:languageIn ( {chance.choice(_LANGUAGES)} )",
            lambda: f"sh:{chance.choice(('equals', 'disjoint'))} {self._property()}",
            lambda: f"sh:hasValue {self._term()}",
            lambda: f"sh:in ( {' '.join(self._term() for _ in range(chance.randint(0, 4)))} )",
        ]
        if self.comparable:
            ways.append(lambda: f"sh:{chance.choice(_BOUNDS)} {chance.choice(self.comparable)}")
        ways += [lambda: f'sh:sparql [ sh:select "{chance.choice(_QUERIES)}" ]'] * (chance.random() < 0.3)
        nested: list[Callable[[], str]] = [
            lambda: f"sh:node {self._shape(number, depth, properties=False)}",
            lambda: f"sh:property {self._property_of(number, depth)}",
            lambda: f"sh:not {self._shape(number, depth)}",
            lambda: f"sh:{chance.choice(('and', 'or', 'xone'))} ( {self._several(number, depth)} )",
        ]
        write: Callable[[], str] = chance.choice(nested if chance.random() < 0.55 else ways)
        return write()

    def _several(self, number: int, depth: int) -> str:
        return " ".join(self._shape(number, depth) for _ in range(self.chance.randint(1, 3)))

    def _later(self, names: list[str], number: int) -> list[str]:
        every = [*self.node_shapes, *self.property_shapes]
        return names if self.circles else [name for name in names if every.index(name) > number]

    def _shape(self, number: int, depth: int, *, properties: bool = True) -> str:
        """A shape to refer to: one with a name, or a new one."""
        named = self._later([*self.node_shapes, *(self.property_shapes if properties else [])], number)
        if named and (depth > 2 or self.chance.random() < 0.5):
            return self.chance.choice(named)
        if properties and self.chance.random() < 0.4:
            return self._property_of(number, depth)
        return self._new("sh:NodeShape", [] if depth > 2 else self._constraints(number, depth + 1, 2))

    def _property_of(self, number: int, depth: int) -> str:
        named = self._later(self.property_shapes, number)
        if named and self.chance.random() < 0.3:
            return self.chance.choice(named)
        return self._new("sh:PropertyShape", self._of_property(number, depth + 1) if depth < 3 else ["sh:path x:p"])

    def _new(self, kind: str, parts: list[str]) -> str:
        name = f"x:I{self._inline}"
        self._inline += 1
        self._more.append(f"{name} {' ; '.join([f'a {kind}', *parts])} .")
        return name

    # Terms

    def _property(self) -> str:
        return self.chance.choice(_PROPERTIES)

    def _term(self) -> str:
        return self.chance.choice((*_NODES[:4], *self.literals))

    def _path(self, depth: int) -> str:
        chance = self.chance
        if not depth or chance.random() < 0.6:
            return self._property()
        inner = f"{self._path(depth - 1)} {self._path(depth - 1)}"
        paths = (
            f"[ sh:inversePath {self._property()} ]",
            f"[ sh:alternativePath ( {inner} ) ]",
            f"( {inner} )",
            f"[ sh:zeroOrMorePath {self._path(depth - 1)} ]",
            f"[ sh:oneOrMorePath {self._path(depth - 1)} ]",
            f"[ sh:zeroOrOnePath {self._path(depth - 1)} ]",
        )
        return chance.choice(paths)
