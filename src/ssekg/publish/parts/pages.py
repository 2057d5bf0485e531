"""The pages at the root of a release: what it is and which files it has, in each language, and one to choose by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Final

from ssekg.graph.versions import MANIFEST
from ssekg.project.settings import Project
from ssekg.publish.context import Context
from ssekg.site.pages import Site

# What programs find from the page: the file and its media type.
_ALTERNATES: Final = {
    "catalog.ttl": "text/turtle",
    "catalog.rdf": "application/rdf+xml",
    "catalog.jsonld": "application/ld+json",
    "feed.atom": "application/atom+xml",
}


def pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """The pages, which list the files before them."""
    dataset = context.folder.content("dataset.jsonld").decode()
    yield from page_files(context.project, [*context.folder.paths, MANIFEST], dataset).items()


def page_files(project: Project, paths: Iterable[str], dataset: str = "") -> dict[str, bytes]:
    """`index.html` to choose a language, and `index.{language}.html` for each, in UTF-8.

    Args:
        project: the project, for its name and what people should know of it.
        paths: the files of the release; the pages link to those that people look for, and name no other.
        dataset: what the page says to search engines, as the text of a JSON-LD document (schema.org); none if empty.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    found = sorted(set(paths))
    site = Site(project)
    shared = {
        "dataset": dataset,
        "alternates": {path: kind for path, kind in _ALTERNATES.items() if path in found},
    }
    choice = site.page("index", "index.html", project.default_language, shared)
    pages = site.pages("index", "release.html", lambda tag: {**shared, "groups": _grouped(project, found, tag)})
    return {"index.html": choice} | pages


def _groups(project: Project, language: str) -> dict[str, tuple[str, ...]]:
    """The files that people look for, by the code of their heading.

    `*` matches a name without folders, and `**` all that is in a folder and below it.
    """
    whole, public = f"{project.id}.*", f"{project.id}-{project.privacy.public_name}.*"
    return {
        "site-pages": (f"*.{language}.html",),
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
    patterns = [(code, pattern.split("/")) for code, group in _groups(project, language).items() for pattern in group]
    others = frozenset(f".{tag}" for tag in project.languages if tag != language)
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        # A page does not list itself, nor what is written in another language.
        if not path.startswith("index.") and not others & set(PurePosixPath(path).suffixes[:-1]):
            parts = path.split("/")
            code = next((code for code, pattern in patterns if _is_like(parts, pattern)), None)
            if code:
                groups[code].append(path)
    return {code: groups[code] for code in dict(patterns) if code in groups}


def _is_like(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if pattern[-1] == "**":
        return len(parts) >= len(pattern) and parts[: len(pattern) - 1] == pattern[:-1]
    return len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern))
