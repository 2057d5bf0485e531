"""Regular expressions of sh:pattern: which engine understands them, and what is wrong with them."""

import re
import warnings
from typing import Final

import pyoxigraph as ox

# Look-ahead, look-behind, and the back-references of XPath, whose regular expressions SHACL takes.
_BACKTRACKING: Final = re.compile(r"\\[1-9]|\(\?<?[=!]")
_SHAPE: Final = """<urn:s> <http://www.w3.org/ns/shacl#targetNode> <urn:s> ; <http://www.w3.org/ns/shacl#pattern> {} ;
<http://www.w3.org/ns/shacl#flags> {} ."""
_PREAMBLE: Final = re.compile(r"^(?:error: |invalid shapes graph: |invalid sh:pattern: )+")


def needs_backtracking(pattern: str) -> bool:
    """Whether only pyshacl, whose regular expressions are Python's, understands a pattern."""
    return _BACKTRACKING.search(pattern) is not None


def pattern_problem(pattern: str, flags: str, engine: str) -> str | None:
    """What the engine that has to judge by a pattern says against it, None if nothing is wrong."""
    if engine == "pyshacl" or needs_backtracking(pattern):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as problem:
            return str(problem)
        return None
    import shacl

    try:
        shacl.Shapes.from_turtle(_SHAPE.format(ox.Literal(pattern), ox.Literal(flags)))
    except ValueError as problem:
        return _PREAMBLE.sub("", str(problem).strip().splitlines()[-1])
    return None
