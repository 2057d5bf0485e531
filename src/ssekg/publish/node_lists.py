"""JSON-LD documents that list nodes: written of pieces, and read again in parts where there are very many nodes.

pyoxigraph holds what it reads of JSON-LD until its end, in some fifteen times the size of the document.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from typing import Final

_BEGIN: Final = b' "@graph": [\n{\n'
_BETWEEN: Final = b"\n},\n{\n"
_END: Final = b"\n}\n]"
_AT_A_TIME: Final = 1000


def listed(nodes: Iterable[bytes]) -> Iterator[bytes]:
    """A list of nodes, which are given without their braces, in pieces."""
    for before, node in zip(chain([_BEGIN], repeat(_BETWEEN)), nodes, strict=False):
        yield before
        yield node
    yield _END


def divided(document: bytes) -> Iterator[bytes]:
    """Documents that say together what one with a list of nodes says; a document of another form is left whole."""
    head, begin, nodes = document.partition(_BEGIN)
    nodes, end, tail = nodes.rpartition(_END)
    if not begin or not end:
        yield document
        return
    each = nodes.split(_BETWEEN)
    for start in range(0, len(each), _AT_A_TIME):
        yield head + begin + _BETWEEN.join(each[start : start + _AT_A_TIME]) + end + tail
