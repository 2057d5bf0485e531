"""Turtle in its canonical form: the author's statements in the author's order, laid out in one way.

Comments, prefixed and relative names and lexical forms stay as they are written. Prefixes are sorted within a group,
which a blank line or a comment ends. Lines end with LF, there is no byte-order mark.
"""

import codecs
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, Final

import pyoxigraph as ox

from ssekg.formatting.layout import laid_out
from ssekg.formatting.statements import Statement, statements

_ANY_BASE: Final = "http://example.org/"


def formatted_turtle(content: bytes, base: str = _ANY_BASE) -> bytes:
    """A Turtle document in its canonical form; relative IRIs stay, `base` is what they are resolved against.

    Raises:
        SyntaxError: it does not parse; the error has the line and column.
        RuntimeError: the new text would not say the same, which is an error of this package.
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    for _ in _triples(content, base):
        pass  # a syntax error has to be reported before the text is taken apart
    text = "".join(laid_out(_with_sorted_prefixes(statements(content.decode()))))
    result = text.encode()
    if not _say_the_same(_triples(content, base), _triples(result, base)):
        raise RuntimeError("The canonical form would not say the same.")
    return result


def _triples(content: bytes, base: str) -> Iterator[ox.Triple]:
    try:
        for quad in ox.parse(content, ox.RdfFormat.TURTLE, base_iri=base):
            yield quad.triple
    except MemoryError as problem:  # the parser’s word for a text that is too long for it
        raise SyntaxError(str(problem)) from None


def _say_the_same(one: Iterable[ox.Triple], other: Iterable[ox.Triple]) -> bool:
    """Whether two documents say the same in the same order, but for the labels of blank nodes."""
    labels: dict[Any, Any] = {}
    back: dict[Any, Any] = {}
    for left, right in zip_longest(_terms(one), _terms(other)):
        if isinstance(left, ox.BlankNode) and isinstance(right, ox.BlankNode):
            if labels.setdefault(left, right) != right or back.setdefault(right, left) != left:
                return False
        elif left != right:
            return False
    return True


def _terms(triples: Iterable[ox.Triple]) -> Iterator[Any]:
    """All terms in their order, however deep in other triples; the class stands for a triple, whose terms follow."""
    for triple in triples:
        stack: list[Any] = [triple]
        while stack:
            term = stack.pop()
            if isinstance(term, ox.Triple):
                yield ox.Triple
                stack += reversed(list(term))
            else:
                yield term


def _with_sorted_prefixes(document: Iterable[Statement]) -> Iterator[Statement]:
    group: list[Statement] = []
    for statement in document:
        is_prefix = statement.directive == "@prefix"
        if not is_prefix or statement.comments or statement.after_blank:
            yield from _sorted_group(group)
            group = []
        if is_prefix:
            group.append(statement)
        else:
            yield statement
    yield from _sorted_group(group)


def _sorted_group(group: list[Statement]) -> list[Statement]:
    """Prefixes by name, unless one is declared twice; what was before the first stays before the first."""
    names = [str(statement.subject.pieces[1]) for statement in group]
    if len(set(names)) < len(names):
        return group
    ordered = [statement for _, statement in sorted(zip(names, group, strict=True), key=lambda pair: pair[0])]
    if ordered and ordered[0] is not group[0]:
        ordered[0].comments, group[0].comments = group[0].comments, []
        ordered[0].after_blank, group[0].after_blank = group[0].after_blank, False
    return ordered
