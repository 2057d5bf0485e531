"""The page that says what changed from release to release, in words, with links to the records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ssekg.graph.changes.compare import Changes
from ssekg.graph.changes.words import Item, count_of, sections
from ssekg.graph.public import Public
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site

ITEMS: Final = 200
"""How many records of a kind are listed under one heading; the files have all."""


@dataclass(frozen=True, slots=True)
class PastRelease:
    """A release: its version and date, the version before it or None, its records by kind, and what changed."""

    version: str
    date: str
    previous: str | None
    records: Mapping[str, int]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Kind:
    """Records of one kind to which the same happened: how many of which kind, the link to its table, the first."""

    count: str
    page: str
    changed: Sequence[Item]
    more: int = 0


def changes_pages(
    site: Site, public: Public, addresses: Addresses, releases: Sequence[PastRelease], files: Sequence[str]
) -> dict[str, bytes]:
    """`changes.html` in each language, by path.

    Args:
        site: the site of the release.
        public: the graph, which says what things are called.
        addresses: where its records have their pages.
        releases: this release and those before it, the newest first.
        files: the paths of the files that say the same to programs.

    Raises:
        CannotRunError: a template of the project can't be used.
    """

    def values(language: str) -> Mapping[str, object]:
        words, country = site.words(language), site.project.country
        shown = [
            (
                each,
                list(_sections(each, public, addresses, words)),
                list(_kinds(each, public, addresses, words, country)),
            )
            for each in releases
        ]
        return {"releases": shown, "files": files, "links": addresses.links}

    return site.pages("changes.html", "changes.html", values)


def _sections(
    release: PastRelease, public: Public, addresses: Addresses, words: str
) -> Iterator[tuple[str, list[Kind]]]:
    """What happened to which records, by kind."""
    for section in sections(release.changes, public, words):
        groups = ((kind, list(items)) for kind, items in groupby(section.items, key=lambda item: item.kind))
        yield (
            section.heading,
            [
                Kind(
                    count_of(public, kind, len(items), words),
                    _page(addresses, kind),
                    items[:ITEMS],
                    max(0, len(items) - ITEMS),
                )
                for kind, items in groups
            ],
        )


def _kinds(release: PastRelease, public: Public, addresses: Addresses, words: str, country: str) -> Iterator[Kind]:
    """How many records of each kind a release has."""
    for kind, count in release.records.items():
        yield Kind(count_of(public, kind, count, words, country), _page(addresses, kind), ())


def _page(addresses: Addresses, kind: str) -> str:
    return addresses.kind_page(kind) if kind in addresses.kinds else ""
