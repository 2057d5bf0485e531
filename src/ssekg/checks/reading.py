"""Files of any size as N-Triples, for the engines: read as a stream, so that no list of all triples is ever held."""

import io
import re
from collections.abc import Collection, Iterable
from typing import Any, Final

import pyoxigraph as ox

from ssekg.sources.rdf import RdfFile, long_texts_refused

_LABELS: Final = re.compile(rb"^(_:\S+)(?= )|(?<=> )(_:\S+)(?= \.$)", re.MULTILINE)


# Formats with named graphs; their names are left out.
_NAMED: Final = frozenset({".nq", ".trig", ".jsonld"})


def lines(triples: Iterable[ox.Triple]) -> bytes:
    """The triples as N-Triples, in their order, lexical forms and labels kept."""
    content: Any = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return bytes(content)


def read(file: RdfFile) -> bytes:
    """The triples of a file as N-Triples.

    Raises:
        CannotRunError: the file can't be opened, or its extension names no RDF format.
        SyntaxError: it does not parse; the error has the line and column.
    """
    quads: Any = file.quads()
    with long_texts_refused():
        return lines((quad.triple for quad in quads) if file.path.suffix in _NAMED else quads)


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


def about(content: bytes, subjects: Collection[str]) -> list[ox.Triple]:
    """The triples of some N-Triples about some subjects (in the same notation), each once."""
    wanted = {subject.encode() for subject in subjects}
    found = [line for line in io.BytesIO(content) if line.partition(b" ")[0] in wanted] if wanted else []
    quads = ox.parse(b"".join(dict.fromkeys(found)), ox.RdfFormat.N_TRIPLES)
    return [quad.triple for quad in quads]
