"""The pages that show a whole graph at once: map, timeline and network, as far as it has what they show."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from ssekg.graph.public import Public
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.map_page import PAGE as MAP
from ssekg.site.map_page import PlaceMap
from ssekg.site.network_page import PAGE as NETWORK
from ssekg.site.network_page import Network
from ssekg.site.timeline_page import PAGE as TIMELINE
from ssekg.site.timeline_page import Timeline

PAGES: Final = {MAP: "nav-map", TIMELINE: "nav-timeline", NETWORK: "nav-network"}
"""The overviews that a site may have: the page, and the code of its name."""


def navigation_to(pages: Collection[str]) -> Sequence[tuple[str, str]]:
    """What the header of every page of a site leads to that has some of the overviews."""
    return [(code, page) for page, code in PAGES.items() if page in pages]


class Overviews:
    """The overviews of a public graph."""

    def __init__(self, public: Public, addresses: Addresses) -> None:
        """Find out which it has."""
        known: dict[str, PlaceMap | Timeline | Network] = {
            MAP: PlaceMap(public, addresses),
            TIMELINE: Timeline(public, addresses),
            NETWORK: Network(public, addresses),
        }
        self._found = {page: each for page, each in known.items() if each}

    @property
    def navigation(self) -> Sequence[tuple[str, str]]:
        """What the header of every page leads to: the code of its words, and the page."""
        return navigation_to(self._found)

    def pages(self, site: Site) -> Iterator[tuple[str, bytes]]:
        """All of them in each language, by path.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        for each in self._found.values():
            yield from each.pages(site).items()
