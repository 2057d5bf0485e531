"""What things are called, by the properties that say so."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import DCT, RDFS, SKOS
from ssekg.base.packed import Packed
from ssekg.base.recent import Recent
from ssekg.base.triples import by_subject, in_descending_order

LABELS: Final = tuple(ox.NamedNode(iri) for iri in (SKOS + "prefLabel", RDFS + "label", DCT + "title"))

OfPredicate = Callable[[ox.NamedNode], Iterable[ox.Triple]]
"""The triples with a predicate, in descending order of their objects."""


def labels_of(with_predicate: OfPredicate) -> dict[ox.NamedNode, dict[str, str]]:
    """The labels by thing and language tag."""
    labels: dict[ox.NamedNode, dict[str, str]] = {}
    for predicate in reversed(LABELS):
        for triple in with_predicate(predicate):
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
                labels.setdefault(triple.subject, {})[triple.object.language or ""] = triple.object.value
    return labels


def labels_among(
    of_predicate: Callable[[ox.NamedNode], Sequence[ox.Triple]],
) -> Mapping[ox.NamedNode, dict[str, str]]:
    """The labels by thing and language tag, given the triples with a predicate; those of very many are looked up."""

    def with_predicate(predicate: ox.NamedNode) -> Sequence[ox.Triple]:
        return in_descending_order(of_predicate(predicate))

    if not any(isinstance(of_predicate(predicate), Packed) for predicate in LABELS):
        return labels_of(with_predicate)
    about = {predicate: by_subject(of_predicate(predicate)) for predicate in LABELS}
    return Labels(lambda thing, predicate: about[predicate].get(thing, ()), with_predicate)


class Labels(Mapping[ox.NamedNode, dict[str, str]]):
    """The labels of things, each looked up when it is asked for; whoever asks for all has all read."""

    def __init__(
        self, about: Callable[[ox.NamedNode, ox.NamedNode], Iterable[ox.Triple]], with_predicate: OfPredicate
    ) -> None:
        """Take what gives the triples about a thing with a predicate, and what gives those about all things."""
        self._about, self._with_predicate = about, with_predicate
        self._found: Recent[ox.NamedNode, dict[str, str]] = Recent()

    def __getitem__(self, thing: ox.NamedNode) -> dict[str, str]:
        """The labels of a thing, by language tag."""
        if "_all" in vars(self):
            return self._all[thing]
        found = self._found.get(thing)
        if found is None:
            found = self._found[thing] = self._of(thing)
        if not found:
            raise KeyError(thing)
        return found

    def __iter__(self) -> Iterator[ox.NamedNode]:
        """All things that have a label."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many have one."""
        return len(self._all)

    @cached_property
    def _all(self) -> dict[ox.NamedNode, dict[str, str]]:
        return labels_of(self._with_predicate)

    def _of(self, thing: ox.NamedNode) -> dict[str, str]:
        return labels_of(lambda predicate: in_descending_order([*self._about(thing, predicate)])).get(thing, {})
