"""A release into a store, whole or not at all: it is staged in a graph of its own, checked there, then put in place.

Nothing is kept here about how far a push has come: the store itself is asked, so that anybody may go on with it.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.namespaces import DCT
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.publish.manifest import Manifest
from ssekg.push.chunks import Chunk, read_chunks
from ssekg.push.store import Store
from ssekg.push.values import in_one_form

_VERSION: Final = f"{DCT}hasVersion"
# How often a graph is put in place that another push takes away at the same moment.
_MOVES: Final = 4
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Release:
    """What is pushed: the public graph of a release with its vocabulary, as the named graph `graph`.

    `name` stands for the triples, so that a push that was broken off is found again; `count` is how many triples a
    store will have, to which equal values are one.
    """

    folder: Path
    manifest: Manifest
    graph: str
    name: str
    count: int

    @classmethod
    def read(cls, folder: Path, graph: str | None) -> "Release":
        """The release in a folder, for a named graph: by default the base of its records.

        Raises:
            AskedWronglyError: the graph is not named by an IRI.
            CannotRunError: there is no release, or a file of it is missing or changed.
        """
        manifest = Manifest.read(folder)
        named = _iri(manifest.base if graph is None else graph)
        digest, count = hashlib.sha256(), 0
        for chunk in read_chunks(folder, manifest):
            count += len(chunk.triples) if chunk.is_blank else len(set(map(in_one_form, chunk.triples)))
            content = canonical_hash(chunk.triples) if chunk.is_blank else "\n".join(map(str, chunk.triples))
            digest.update(content.encode())
        return cls(folder, manifest, named, digest.hexdigest()[:16], count)

    @property
    def chunks(self) -> Iterator[Chunk]:
        """Its triples, read as a stream.

        Raises:
            CannotRunError: a file is missing or changed.
        """
        return read_chunks(self.folder, self.manifest)


@dataclass(frozen=True)
class Staged:
    """A release that is whole in a store, and compared: in the graph `staging` or, if `is_found`, in its place already.

    `resumed` counts the triples that an earlier push had brought, `rewritten` those whose value the store keeps in
    another form, of which `example` is one.
    """

    staging: str
    is_found: bool = False
    resumed: int = 0
    rewritten: int = 0
    example: str = ""


@dataclass(frozen=True)
class _Comparison:
    """A triple that is missing, if one is; how many values have another form, and one of them."""

    missing: str = ""
    rewritten: int = 0
    example: str = ""

    def with_more(self, other: "_Comparison") -> "_Comparison":
        rewritten, example = self.rewritten + other.rewritten, self.example or other.example
        return _Comparison(self.missing or other.missing, rewritten, example)


def stage(release: Release, store: Store, progress: Progress, own: str = "") -> Staged:
    """Send a release to a graph of its own in a store, or what is missing there, and compare it.

    Args:
        release: what is pushed.
        store: where to.
        progress: is called with the number of triples that were sent or compared, each of which happens to all of them.
        own: what the name of that graph ends with that no other push shall go on with.

    Raises:
        AskedWronglyError, CannotRunError: the store can't be reached, refuses, or does not hold what it has answered
            that it took. The graph that people read is as it was.
    """
    graph = release.graph
    staging = f"{graph}#push-{release.name}{own}"
    if store.count(graph) == release.count and not _compared(release, store, graph, lambda _: None).missing:
        return Staged(staging, is_found=True)
    store.update(f"INSERT DATA {{ GRAPH <{_pushes(graph)}> {{ <{graph}> <{_VERSION}> <{staging}> }} }}")
    resumed = store.count(staging)
    for chunk in release.chunks:
        if not resumed or _compared_with(chunk, store, staging).missing:
            if chunk.is_blank:  # a push that was broken off may have brought some of them, which would come again
                store.remove_blank_nodes(staging)
            store.add(staging, chunk.triples)
        progress(len(chunk.triples))
    compared = _checked(release, store, staging, progress)
    return Staged(staging, False, resumed, compared.rewritten, compared.example)


def put_in_place(release: Release, store: Store, staged: Staged) -> None:
    """Put what is staged in place of the graph that people read, and drop what pushes have left behind.

    Raises:
        AskedWronglyError, CannotRunError: the store can't be reached, refuses, or has not done what it has answered.
            Only another push finds out what people read now.
    """
    graph = release.graph
    for _ in range(_MOVES):
        if staged.is_found or _is_moved(release, store, staged):
            break
        # Another push has put the same graph in place, or dropped it: a graph of its own nobody else puts in place.
        staged = stage(release, store, lambda _: None, f"-{token_hex(4)}")
    else:
        raise _not_moved(release, store)
    left = store.objects(_pushes(graph), graph, _VERSION)
    store.drop(dict.fromkeys([staged.staging, *left, _pushes(graph)]))


def _is_moved(release: Release, store: Store, staged: Staged) -> bool:
    """Put what is staged in place if it is whole; gives whether it is there."""
    if store.count(staged.staging) != release.count:  # moving nothing would leave nothing
        return False
    store.move(staged.staging, release.graph)
    if store.count(release.graph) == release.count:
        return True
    if store.count(staged.staging) == release.count:
        raise _not_moved(release, store)
    return False


def _not_moved(release: Release, store: Store) -> CannotRunError:
    arguments = {"found": str(store.count(release.graph)), "expected": str(release.count)}
    return CannotRunError("push-not-moved", graph=release.graph, **arguments)


def _pushes(graph: str) -> str:
    """The named graph that names what pushes to another one have begun."""
    return f"{graph}#pushes"


def _checked(release: Release, store: Store, staging: str, progress: Progress) -> _Comparison:
    """The comparison of what was sent with what is there.

    Raises:
        CannotRunError: not all is there, or something else is; the next push begins anew.
    """
    compared = _compared(release, store, staging, progress)
    count = store.count(staging)
    if compared.missing or count != release.count:
        store.drop([staging])
    if compared.missing:
        raise CannotRunError("push-lost", example=compared.missing)
    if count != release.count:
        raise CannotRunError("push-other-count", found=str(count), expected=str(release.count))
    return compared


def _compared(release: Release, store: Store, graph: str, progress: Progress) -> _Comparison:
    """The comparison of all chunks with a graph, up to a triple that is missing."""
    compared = _Comparison()
    for chunk in release.chunks:
        compared = compared.with_more(_compared_with(chunk, store, graph))
        if compared.missing:
            break
        progress(len(chunk.triples))
    return compared


def _compared_with(chunk: Chunk, store: Store, graph: str) -> _Comparison:
    if chunk.is_blank:
        there, sent = (
            canonical_hash(map(in_one_form, each)) for each in (store.with_blank_nodes(graph), chunk.triples)
        )
        return _Comparison("" if there == sent else str(chunk.triples[0]))
    subjects = dict.fromkeys(triple.subject for triple in chunk.triples)
    forms = set(store.about(graph, [each for each in subjects if isinstance(each, ox.NamedNode)]))
    values = set(map(in_one_form, forms))
    missing = next((str(each) for each in chunk.triples if in_one_form(each) not in values), "")
    other = [str(each.object) for each in chunk.triples if each not in forms]
    return _Comparison(missing, len(other), other[0] if other else "")


def _iri(text: str) -> str:
    try:
        return ox.NamedNode(text).value
    except ValueError:
        raise AskedWronglyError("push-graph", graph=text) from None
