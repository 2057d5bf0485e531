"""The pages that say what a release is and which files it has, in each language, and one to choose a language by."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Final

from ssekg.graph.versions import MANIFEST
from ssekg.project.settings import Project
from ssekg.publish.context import Context
from ssekg.site.home_page import home_pages
from ssekg.site.layout import Site

# What programs find from the page: the file and its media type.
_ALTERNATES: Final = {
    "catalog.ttl": "text/turtle",
    "catalog.rdf": "application/rdf+xml",
    "catalog.jsonld": "application/ld+json",
    "feed.atom": "application/atom+xml",
}


def pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """`index.html` to choose a language; in each language the first page, and the one that lists the files before them.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    site, paths = context.site, sorted({*context.folder.paths, MANIFEST})
    about = {
        "dataset": context.folder.content("dataset.jsonld").decode(),
        "alternates": {path: kind for path, kind in _ALTERNATES.items() if path in paths},
    }
    yield "index.html", site.root_page(about)
    yield from home_pages(site, context.public, context.addresses, about).items()
    yield from data_pages(site, paths, about).items()


def data_pages(site: Site, paths: Sequence[str], about: Mapping[str, object]) -> dict[str, bytes]:
    """`data.html` in each language, by path: the files of a release that people look for.

    Args:
        site: the site of the release.
        paths: the files of the release, in order.
        about: what programs find on the page.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    return site.pages("data.html", "data.html", lambda tag: {**about, "groups": _grouped(site.project, paths, tag)})


def _groups(project: Project) -> dict[str, tuple[str, ...]]:
    """The files that people look for, by the code of their heading.

    `*` matches a name without folders, and `**` all that is in a folder and below it.
    """
    whole, public = f"{project.id}.*", f"{project.id}-{project.privacy.public_name}.*"
    return {
        "site-graph": (public if project.privacy.withheld else whole,),
        "site-tables": (f"{project.id}.sqlite", "datapackage.json", "tables/csv-metadata.json"),
        "site-maps": ("places.geojson", "statistics.parquet"),
        "site-records": ("id/*.jsonld",),
        "site-whole-graph": (whole,),
        "site-vocabulary": ("ontology/**", "context/*", "shapes/**"),
        "site-queries": ("queries/**",),
        "site-catalogue": ("catalog.*", "void.ttl", "dataset.jsonld", "quality.json", "harvest.json"),
        "site-changes": ("changes/*", "feed.atom", "feed/index.ttl"),
        "site-proofs": ("manifest.json", "build.json", "DATA-LICENSE"),
    }


def _grouped(project: Project, paths: Sequence[str], language: str) -> Mapping[str, list[str]]:
    """The paths that a page of a language shows, by heading, in the order of the headings."""
    patterns = [(code, pattern.split("/")) for code, group in _groups(project).items() for pattern in group]
    others = frozenset(f".{tag}" for tag in project.languages if tag != language)
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        # Nothing that is written in another language.
        if not others & set(PurePosixPath(path).suffixes[:-1]):
            parts = path.split("/")
            code = next((code for code, pattern in patterns if _is_like(parts, pattern)), None)
            if code:
                groups[code].append(path)
    return {code: groups[code] for code in dict(patterns) if code in groups}


def _is_like(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if pattern[-1] == "**":
        return len(parts) >= len(pattern) and parts[: len(pattern) - 1] == pattern[:-1]
    return len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern))
