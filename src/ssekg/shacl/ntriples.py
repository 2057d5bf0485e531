"""Files of any size as N-Triples, for the engines: read as a stream, so that no list of all triples is ever held."""

import io
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.terms import Term

_BLOCK: Final = 16_000_000
_LABELS: Final = re.compile(rb"^(_:\S+)(?= )|(?<=> )(_:\S+)(?= \.$)", re.MULTILINE)


def lines(triples: Iterable[ox.Triple]) -> bytes:
    """The triples as N-Triples, in their order, lexical forms and labels kept."""
    content: Any = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return bytes(content)


def triples_of(content: Iterable[bytes]) -> list[ox.Triple]:
    """The triples of some lines."""
    return [quad.triple for quad in ox.parse(b"".join(content), ox.RdfFormat.N_TRIPLES)]


def blocks(content: bytes | Path) -> Iterator[bytes]:
    """Some N-Triples, those in a file in blocks of whole lines."""
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while lines := file.readlines(_BLOCK):
            yield b"".join(lines)


def joined(parts: Iterable[bytes]) -> bytes:
    """The N-Triples of several files as one graph: a label that two files have names two blank nodes."""
    together: list[bytes] = []
    known: set[bytes] = set()
    for part in parts:
        labels = blank_labels(part)
        if known.isdisjoint(labels):
            together.append(part)
            known.update(labels)
        else:
            quads = ox.parse(part, ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True)
            together.append(lines(quad.triple for quad in quads))
    return together[0] if len(together) == 1 else b"".join(together)


def blank_labels(content: bytes) -> list[bytes]:
    """The blank nodes in N-Triples (`_:b0`), in the order in which they appear."""
    if b"_:" not in content:
        return []
    return list(dict.fromkeys(match[1] or match[2] for match in _LABELS.finditer(content)))


def count(content: bytes) -> int:
    """How many different triples some N-Triples hold."""
    return len({hash(line) for line in io.BytesIO(content)})


def triples_about(
    content: bytes, subjects: Collection[Term], predicates: Collection[ox.NamedNode] = (), nodes: Collection[Term] = ()
) -> list[ox.Triple]:
    """The triples of some N-Triples about some subjects, each once.

    There are also those with some predicates, and those that lead to such of some nodes as none is about.
    """
    wanted = {str(subject).encode() for subject in subjects}
    found = [line for line in io.BytesIO(content) if line.partition(b" ")[0] in wanted] if wanted else []
    leaves = {str(node).encode() for node in nodes} - {line.partition(b" ")[0] for line in found}
    links = {str(predicate).encode() for predicate in predicates}
    for line in io.BytesIO(content) if leaves or links else ():
        _, predicate, rest = line.split(b" ", 2)
        if predicate in links or rest[:-3] in leaves:
            found.append(line)
    return triples_of(dict.fromkeys(found))


def as_terms(names: Iterable[str]) -> frozenset[bytes]:
    """IRIs as N-Triples write them."""
    return frozenset(f"<{name}>".encode() for name in names)
