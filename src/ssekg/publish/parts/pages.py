"""The pages at the root of a release: what it is and which files it has, in each language, and one to choose by.

They need no network and run no script; they follow the direction of their language and the dark mode of the reader.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from ssekg.base.language import LANGUAGES, pick, writing_direction
from ssekg.base.messages import hint, text
from ssekg.base.page import page
from ssekg.project.settings import Project

# The files that people look for, by the code of their heading; `*` stands for a name without folders.
_GROUPS: Final = {
    "site-pages": ("*.{language}.html",),
    "site-graph": ("ssekg-without-persons.*",),
    "site-tables": ("tables/*.csv", "tables/*.csv-metadata.json", "datapackage.json"),
    "site-maps": ("places.geojson", "statistics.parquet"),
    "site-records": ("id/*.jsonld",),
    "site-whole-graph": ("ssekg.*",),
    "site-vocabulary": ("ontology/*", "ontology/concepts/*", "context/*", "shapes/*"),
    "site-queries": ("queries/*",),
    "site-catalogue": ("catalog.*", "void.ttl", "dataset.jsonld", "quality.json", "harvest.json"),
    "site-changes": ("changes/*", "feed.atom", "feed/index.ttl"),
    "site-proofs": ("manifest.json", "build.json", "DATA-LICENSE"),
}
# What programs find from the page: the file and its media type.
_ALTERNATES: Final = {
    "catalog.ttl": "text/turtle",
    "catalog.rdf": "application/rdf+xml",
    "catalog.jsonld": "application/ld+json",
    "feed.atom": "application/atom+xml",
}


def page_files(project: Project, paths: Iterable[str], dataset: str = "") -> dict[str, bytes]:
    """`index.html` to choose a language, and `index.ar.html`, `index.fr.html`, `index.en.html`, in UTF-8.

    Args:
        project: the project, for its name and what people should know of it.
        paths: the files of the release; the pages link to those that people look for, and name no other.
        dataset: what the page says to search engines, as the text of a JSON-LD document (schema.org); none if empty.
    """
    found = frozenset(paths)
    pages = {f"index.{language}.html": _release_page(project, found, language, dataset) for language in LANGUAGES}
    return {"index.html": _choice(project, found, dataset)} | pages


def _choice(project: Project, paths: frozenset[str], dataset: str) -> bytes:
    articles = "".join(
        f'<article lang="{language}" dir="{writing_direction(language)}">\n'
        f'<h1><a href="index.{language}.html" hreflang="{language}">{_own(project.name, language)}</a></h1>\n'
        f"<p>{_own(project.description, language)}</p>\n"
        f'<p><a href="index.{language}.html" hreflang="{language}">{_name(language)}</a></p>\n</article>\n'
        for language in LANGUAGES
    )
    return _page(project, project.default_language, paths, dataset, f"<main>\n{articles}</main>")


def _release_page(project: Project, paths: frozenset[str], language: str, dataset: str) -> bytes:
    others = "".join(
        f'<a href="index.{other}.html" hreflang="{other}" lang="{other}" dir="{writing_direction(other)}">'
        f"{_name(other)}</a> "
        for other in LANGUAGES
        if other != language
    )
    facts = "".join(
        f"<dt>{escape(text(code, language))}</dt><dd>{value}</dd>\n"
        for code, value in (
            ("site-version", f'<bdi dir="ltr">{escape(project.version)} ({project.date.isoformat()})</bdi>'),
            ("site-licence", _link(project.licence)),
            ("site-publisher", f"<bdi>{escape(project.publisher)}</bdi>"),
            ("site-contact", _link(project.contact)),
        )
    )
    sections = "".join(
        f"<section>\n<h2>{escape(text(code, language))}</h2>\n<p>{escape(hint(code, language) or '')}</p>\n<ul>\n"
        + "".join(f'<li><a href="{quote(path)}"><code dir="ltr">{escape(path)}</code></a></li>\n' for path in group)
        + "</ul>\n</section>\n"
        for code, group in _grouped(paths, language).items()
    )
    body = (
        f"<header>\n<nav>{others}</nav>\n<h1>{_own(project.name, language)}</h1>\n"
        f"<p>{_own(project.description, language)}</p>\n<dl>\n{facts}</dl>\n</header>\n<main>\n{sections}</main>"
    )
    return _page(project, language, paths, dataset, body)


def _page(project: Project, language: str, paths: frozenset[str], dataset: str, body: str) -> bytes:
    head = [
        f'<meta name="description" content="{escape(pick(project.description, language) or "")}">',
        *(f'<link rel="alternate" type="{kind}" href="{path}">' for path, kind in _ALTERNATES.items() if path in paths),
        *(f'<link rel="alternate" hreflang="{tag}" href="{project.site}index.{tag}.html">' for tag in LANGUAGES),
        f'<link rel="alternate" hreflang="x-default" href="{project.site}">',
    ]
    # A closing tag inside the JSON would end the element: JSON may write its slash with a backslash.
    data = dataset.replace("</", "<\\/").replace("<!--", "<\\u0021--")
    if data:
        head.append(f'<script type="application/ld+json">{data}</script>')
    title = pick(project.name, language) or ""
    return page(language, title, body, style=site_style(), head="".join(f"{line}\n" for line in head)).encode()


def site_style() -> str:
    """The CSS of the pages of a release."""
    return files(__package__).joinpath("site.css").read_text(encoding="utf-8")


def _grouped(paths: Iterable[str], language: str) -> dict[str, list[str]]:
    """The paths that a page of a language shows, by heading, in the order of the headings."""
    patterns = [
        (code, pattern.format(language=language).split("/")) for code, group in _GROUPS.items() for pattern in group
    ]
    groups: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        if not path.startswith("index.") and not _is_of_another_language(path, language):
            parts = path.split("/")
            code = next((code for code, pattern in patterns if _is_like(parts, pattern)), None)
            if code:
                groups[code].append(path)
    return {code: groups[code] for code in _GROUPS if code in groups}


def _is_like(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    return len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern))


def _is_of_another_language(path: str, language: str) -> bool:
    tags = PurePosixPath(path).suffixes[:-1]
    return any(f".{tag}" in tags for tag in LANGUAGES if tag != language)


def _own(texts: Mapping[str, str], language: str) -> str:
    """The text in a language as HTML; where there is only another, it runs its own way."""
    chosen = escape(pick(texts, language) or "")
    return chosen if language in texts else f"<bdi>{chosen}</bdi>"


def _link(address: str) -> str:
    shown = f'<bdi dir="ltr">{escape(address)}</bdi>'
    return f'<a href="{escape(address)}">{shown}</a>' if address.startswith(("http://", "https://")) else shown


def _name(language: str) -> str:
    return escape(text("language-own", language))
