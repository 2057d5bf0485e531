"""Regular expressions of shapes that no engine can compile, each at its place."""

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ssekg.base.findings import Finding, Severity
from ssekg.base.namespaces import SH
from ssekg.base.said import Argument, Arguments, Said
from ssekg.checks.shape_graph import ShapeGraph
from ssekg.shacl.patterns import pattern_problem

_PATTERN: Final = ox.NamedNode(SH + "pattern")
# What the engines say most, the fast one and Python; the catalogues say it in all languages.
_SAYINGS: Final = {
    "unclosed group|unterminated subpattern|unexpected end of pattern": "pattern-says-group",
    "unopened group|unbalanced parenthesis": "pattern-says-opening",
    "unclosed character class|unterminated character set": "pattern-says-class",
    "operator missing expression|nothing to repeat|multiple repeat": "pattern-says-repetition",
    "unclosed counted repetition|repetition count|min repeat|decimal literal": "pattern-says-count",
    "character class range|bad character range": "pattern-says-range",
    "escape": "pattern-says-escape",
    "Unicode property": "pattern-says-property",
    "sh:flags value": "pattern-says-flags",
    "exceeds size limit": "pattern-says-size",
}


def wrong_patterns(shapes: ShapeGraph, engine: str) -> Iterator[Finding]:
    """Findings for the patterns that the engine which has to judge by them does not understand."""
    for triple in shapes.triples:
        if triple.predicate == _PATTERN and isinstance(triple.object, ox.Literal):
            flags = "".join(flag.value for flag in shapes.values(triple.subject, "flags"))
            problem = pattern_problem(triple.object.value, flags, engine)
            if problem is not None:
                arguments: Arguments = {
                    "shape": shapes.name(triple.subject),
                    "value": triple.object.value,
                    "problem": _in_words(problem),
                }
                place = shapes.place(triple.subject, triple.predicate, triple.object)
                yield Finding("shape-pattern", Severity.VIOLATION, place, arguments, shape=triple.subject)


def _in_words(problem: str) -> Argument:
    return next((Said(code) for pattern, code in _SAYINGS.items() if re.search(pattern, problem)), problem)
