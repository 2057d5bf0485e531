"""The labels of blank nodes: the same at each reading of a file, and another in each file.

pyoxigraph keeps the labels that a file gives and makes up a random one for each node without. Named by their order
instead, nodes are known again when a file is read a second time, and a report is the same from run to run.
"""

import re
from typing import Final

# The blank nodes of N-Triples as pyoxigraph writes them; nothing within a literal is at these places.
_LABELS: Final = re.compile(rb"^_:(\S+)(?= )|(?<= )_:(\S+)(?= \.$)", re.MULTILINE)
# The same where triples are terms, which is slower: literals have to be distinguished from what is next to them.
_LABELS_WITHIN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|<[^<>]*+>|_:(\S+)()')
_MADE_UP: Final = re.compile(rb"(?<!\w)[a-f][0-9a-f]{19,31}(?!\w)")
_GIVEN: Final = rb"""(?:_:|nodeID\s*=\s*["'])%s\d"""


def file_mark(number: int, letter: str = "") -> str:
    """The ending of the labels of blank nodes in the n-th file (of a kind that has a letter)."""
    return f"_{letter}{number}" if letter or number > 1 else ""


def steady(ntriples: bytes, given: bytes, mark: str) -> bytes:
    """N-Triples in which the nodes without a label of their own are called `b1`, `b2` … as they appear.

    Args:
        ntriples: what pyoxigraph has written of a file or a part of it.
        given: the content of the whole file: none of its own labels is taken for another node.
        mark: what each label ends with, so that no other file has it.
    """
    if b"_:" not in ntriples:
        return ntriples
    start = b"b"
    while re.search(_GIVEN % start, given):
        start += b"b"
    own = set(_MADE_UP.findall(given))
    names: dict[bytes, bytes] = {}
    made_up = 0

    def name(match: re.Match[bytes]) -> bytes:
        nonlocal made_up
        label = match[1] or match[2]
        if not label:
            return match[0]
        if label not in names:
            new = label
            if label not in own and _MADE_UP.fullmatch(label):
                made_up += 1
                new = b"%s%d" % (start, made_up)
            names[label] = b"_:" + new + mark.encode()
        return names[label]

    return (_LABELS_WITHIN if b"<<(" in ntriples else _LABELS).sub(name, ntriples)
