"""The page of a release's files: each table with its rows, then all files that people look for, with their sizes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from ssekg.base.numbers import file_size
from ssekg.project.settings import Project
from ssekg.site.layout import Site


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table of a release: its names by language, the link to the page of its kind or "", its rows and its files."""

    names: Mapping[str, str]
    page: str
    rows: int
    files: Sequence[str] = field(default_factory=tuple)


def data_pages(
    site: Site, sizes: Mapping[str, int | None], datasets: Sequence[Dataset], about: Mapping[str, object]
) -> dict[str, bytes]:
    """`data.html` in each language, by path.

    Args:
        site: the site of the release.
        sizes: the bytes of each file of the release by its path, None where that is not known yet.
        datasets: the tables that people open first.
        about: what programs find on the page.

    Raises:
        CannotRunError: a template of the project can't be used.
    """

    def values(language: str) -> Mapping[str, object]:
        country = site.project.country
        written = {path: file_size(size, language, country) for path, size in sizes.items() if size is not None}
        shown = {
            "datasets": datasets,
            "sizes": written,
            "groups": _grouped(site.project, sorted(sizes), language),
            "citation": site.citation(language),
        }
        return {**about, **shown}

    return site.pages("data.html", "data.html", values)


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
        "site-vocabulary": ("ontology/**", "vocabulary/*", "context/*", "shapes/**", "profile.ttl"),
        "site-queries": ("queries/**",),
        "site-catalogue": ("catalog.*", "void.ttl", "dataset.jsonld", "quality.json", "harvest.json"),
        "site-changes": ("changes/*", "feed.atom", "feed/index.ttl"),
        "site-proofs": ("manifest.json", "build.json", "DATA-LICENSE"),
    }


def _grouped(project: Project, paths: Iterable[str], language: str) -> Mapping[str, list[str]]:
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
