"""Which thing somebody probably meant by a text that is not its identifier: the same answer wherever one is wanted."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cached_property

import pyoxigraph as ox

from ssekg.base.language import fold
from ssekg.base.record_iris import slug
from ssekg.base.said import Arguments, Named
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.graph.candidates import and_more, candidates
from ssekg.graph.imported import as_ours, with_imported_names
from ssekg.graph.lookup import things
from ssekg.graph.store import Graph

# Looking beyond exact names takes time; whoever has more links to nothing has another problem than spelling.
_MOST_GUESSED = 100
_MOST_NAMED = 10


class Meant:
    """Looks for the things of a graph that texts mean; of very many texts, for the last by exact name only.

    Records of imports are among them, linked to or not.
    """

    def __init__(self, graph: Graph) -> None:
        """Nothing is looked for yet."""
        self._known = graph
        self._guessed: dict[tuple[str, frozenset[str]], list[ox.NamedNode]] = {}

    @cached_property
    def graph(self) -> Graph:
        """The graph that knows the names."""
        return with_imported_names(self._known)

    def things(self, text: str, among: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
        """The things that a text means, in order of IRI.

        An exact name or other name, in any language, goes before an exact identifier, and this before names and then
        identifiers that are only like it.

        Args:
            text: a name, or the last part of an identifier.
            among: where to look.
        """
        choices = frozenset(thing.value for thing in among)
        return self._called(text, choices) or self._guess(text, choices)

    def called(self, text: str, among: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
        """The things whose name a text is, in any language, else those that it identifies; no others."""
        choices = frozenset(thing.value for thing in among)
        return self._called(text, choices) or self._identified(text, choices)

    def suggestion(
        self, text: str, among: Iterable[ox.NamedNode], written: Callable[[ox.NamedNode], str | None]
    ) -> Arguments:
        """The argument `nearest` of a hint: what was probably meant, as it is `written` in the place of the text."""
        found = self.things(text, among)
        if len(found) == 1:
            short = written(found[0]) or self.graph.shortened(found[0].value)
            return suggestion(Named(short, self.graph.labels.get(found[0], {})))
        first = candidates(self.graph, found[:_MOST_NAMED], written)
        return suggestion(and_more(first, len(found) - _MOST_NAMED) if found else None)

    def of_kind(self, kind: str) -> list[ox.NamedNode]:
        """The records of a kind that have a name: others may be only what a link leads to that leads nowhere."""
        return self._by_kind.get(kind, [])

    @property
    def records(self) -> list[ox.NamedNode]:
        """The records of all kinds that have a name."""
        return [thing for things_of in self._by_kind.values() for thing in things_of if "#" not in thing.value]

    @cached_property
    def _by_kind(self) -> dict[str, list[ox.NamedNode]]:
        by_kind: dict[str, list[ox.NamedNode]] = defaultdict(list)
        for thing in self.graph.labels:
            iri = as_ours(self.graph, thing).value
            if iri.startswith(self.graph.base):
                by_kind[iri.removeprefix(self.graph.base).partition("/")[0]].append(thing)
        return by_kind

    def _called(self, text: str, choices: Collection[str]) -> list[ox.NamedNode]:
        """Those whose name it is; an identifier has hyphens where its name has spaces."""
        names = dict.fromkeys((fold(text), fold(text.replace("-", " "))))
        found = {iri for name in names for iri in self.graph.names.get(name, ()) if iri in choices}
        return [ox.NamedNode(iri) for iri in sorted(found)]

    def _identified(self, text: str, choices: Collection[str]) -> list[ox.NamedNode]:
        """Those whose identifier or code it is, or whose name with that of their class."""
        return [thing for thing in things(self.graph, text) if thing.value in choices]

    def _guess(self, text: str, choices: frozenset[str]) -> list[ox.NamedNode]:
        """Those that it identifies, or is like; nothing is looked for where there is nothing to choose from."""
        key = (text, choices)
        if key not in self._guessed:
            if not choices or len(self._guessed) >= _MOST_GUESSED:
                return []
            self._guessed[key] = self._identified(text, choices) or self._nearest(text, choices)
        return self._guessed[key]

    def _nearest(self, text: str, choices: frozenset[str]) -> list[ox.NamedNode]:
        names = {name: sorted(iris & choices) for name, iris in self.graph.names.items() if iris & choices}
        name = nearest_name(text, names)
        if name is not None:
            return [ox.NamedNode(iri) for iri in names[name]]
        slugs = {slug(iri): iri for iri in sorted(choices)}
        nearest = nearest_name(text, slugs)
        return [ox.NamedNode(slugs[nearest])] if nearest is not None else []
