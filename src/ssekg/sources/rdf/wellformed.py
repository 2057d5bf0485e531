"""RDF/XML held to what is well-formed XML in UTF-8, before it is read as RDF.

The RDF parser reads on where XML says stop: it takes a truncated file for a complete one, expands entities without
end, and needs ever longer the deeper elements nest. expat (of the standard library) stops at each, and knows the line.
"""

import re
from typing import Any, Final
from xml.parsers import expat  # nothing is built from what it reads, and it expands entities only up to a limit

_DEEPEST: Final = 1000
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")


def check_xml(content: bytes, shown: str) -> None:
    """Refuse a text that is not well-formed XML in UTF-8, is nested too deeply, or refers to other files.

    Raises:
        SyntaxError: it does; the error has the line and column. `shown` names the file.
    """
    declared = _DECLARED.match(content)
    if declared and declared[1].lower() not in {b"utf-8", b"utf-16"}:
        line, column = content.count(b"\n", 0, declared.start(1)) + 1, declared.start(1) + 1
        encoding = declared[1].decode("ascii", "replace")
        raise SyntaxError(f"declared encoding {encoding}", (shown, line, column, None, line, column + len(encoding)))
    parser: Any = expat.ParserCreate()
    depth = 0

    def refuse(problem: str) -> None:
        at = (shown, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, None, None, None)
        raise SyntaxError(problem, at)

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            refuse("nested too deep")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def entity(_name: str, _parameter: bool, _value: str, _base: str, system: str | None, *_: object) -> None:
        if system is not None:
            refuse("external entity")

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    try:
        parser.Parse(content, True)
    except expat.ExpatError as problem:
        at = (shown, problem.lineno, problem.offset + 1, None, None, None)
        raise SyntaxError(expat.ErrorString(problem.code), at) from None
