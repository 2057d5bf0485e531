"""The network: which things are tied to which, as a picture and as a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import fold, isolate
from ssekg.base.record_iris import RecordIri
from ssekg.charts.chart import embedded
from ssekg.charts.styles import STYLES
from ssekg.graph.naming import kind_names, name_of
from ssekg.graph.public import Public
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.linked_names import Link, link_to
from ssekg.site.network_drawing import WIDTH, Thing, drawn
from ssekg.site.ties import Tie, ties_of

PAGE: Final = "network.html"
_MOST_ROWS: Final = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A tie in the list: `count` is how many things it rests on, 0 if it is stated itself."""

    start: Link
    label: str
    end: Link
    count: int


class Network:
    """The ties of a public graph."""

    def __init__(self, public: Public, addresses: Addresses) -> None:
        """Find them."""
        self._public, self._addresses = public, addresses
        self._ties = ties_of(public, addresses)
        self._properties = list(dict.fromkeys(tie.property for tie in self._ties))

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._ties)

    def pages(self, site: Site) -> dict[str, bytes]:
        """`network.html` in each language, by path.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        return site.pages(PAGE, "network.html", self._values)

    def _values(self, language: str) -> Mapping[str, object]:
        ends = dict.fromkeys(end for tie in self._ties for end in (tie.start, tie.end))
        links = {iri: link_to(ox.NamedNode(iri), self._public, self._addresses, language) for iri in ends}
        kinds = list(dict.fromkeys(map(self._kind, ends)))
        things = {iri: Thing(link, kinds.index(self._kind(iri)) % len(STYLES)) for iri, link in links.items()}
        labels = {each: name_of(self._public, each, language) for each in self._properties}
        rows = [Row(links[tie.start], labels[tie.property], links[tie.end], tie.count) for tie in self._ties]
        rows.sort(key=lambda row: (fold(row.start.name.text), row.label, -row.count, fold(row.end.name.text)))
        return {
            "width": WIDTH,
            "drawing": drawn(self._ties, things, labels, language),
            "kinds": [(kind_names(self._public, kind) or {"": kind}) for kind in kinds],
            "properties": [(labels[each], self._is_direct(each)) for each in self._properties],
            "example": self._example(links, labels, language),
            "rows": rows[:_MOST_ROWS],
            "count": len(rows),
            "styles": STYLES,
            "lettered": partial(embedded, language=language),
        }

    def _example(self, links: Mapping[str, Link], labels: Mapping[ox.NamedNode, str], language: str) -> str:
        """The shortest tie in words, rather one that is stated itself, of things with names in the language."""

        def rank(tie: Tie) -> tuple[bool, bool, int]:
            names = links[tie.start].name, links[tie.end].name
            return any(each.language for each in names), tie.count > 0, sum(len(each.text) for each in names)

        tie = min(self._ties, key=rank)
        names = links[tie.start].name.text, labels[tie.property], links[tie.end].name.text
        return " · ".join(isolate(each, language) for each in names)

    def _kind(self, iri: str) -> str:
        record = RecordIri.read(iri, self._public.base)
        return record.kind if record else ""

    def _is_direct(self, property_: ox.NamedNode) -> bool:
        return any(tie.property == property_ and not tie.count for tie in self._ties)
