"""RDF Patch, the format of Apache Jena (https://afs.github.io/rdf-patch/): what to delete and to add, line by line.

Triples with IRIs and literals are written as they are. A blank node that is deleted has the label that RDFC-1.0 gives
it in the old graph (`_:c14n0`), so that graph is relabelled before the patch is applied; what is added has new
labels (`_:new0`), since triples with blank nodes are deleted and added as whole components.
"""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

import pyoxigraph as ox

from ssekg.graph.canonical import in_order
from ssekg.graph.canonical_labels import with_canonical_labels
from ssekg.graph.changes.blanks import difference
from ssekg.graph.changes.compare import Side


def rdf_patch(
    old: Iterable[ox.Triple], new: Iterable[ox.Triple], base: str = "", withdrawn: Collection[str] = ()
) -> str:
    """The patch that makes `new` of `old`; "" if they are the same. The same graphs give the same text.

    Nothing is deleted by name of the `withdrawn` entities (instances under `base`), since that would publish their
    content once more; their tombstones, which are added, ask the reader to delete everything else about them.
    """
    before = Side(old, base)
    removed, added = difference(before.triples, with_canonical_labels(new))
    silent = set(withdrawn)
    listed = (triple for triple in removed if not silent & before.entities(triple.subject))
    lines = [f"D {_written(triple)} ." for triple in in_order(listed)]
    lines += [f"A {_written(_renamed(triple))} ." for triple in in_order(added)]
    if not lines:
        return ""
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(lines))
    return "\n".join([f"H id <urn:uuid:{identifier}> .", "TX .", *lines, "TC ."]) + "\n"


def _written(triple: ox.Triple) -> str:
    return f"{triple.subject} {triple.predicate} {triple.object}"


def _renamed(triple: ox.Triple) -> ox.Triple:
    subject, predicate, value = triple
    return ox.Triple(_new(subject), predicate, _new(value))


def _new(term: Any) -> Any:
    return ox.BlankNode(term.value.replace("c14n", "new")) if isinstance(term, ox.BlankNode) else term
