"""What crawlers are told: sitemap.xml (sitemaps.org, protocol 0.9) and robots.txt (RFC 9309).

Persons are in the graph as holders of an office; no search engine should lead to them because of us.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from ssekg.project.settings import Project

LIMIT: Final = 50_000
"""How many addresses the protocol lets a sitemap have."""
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OF_PERSONS: Final = ("id/person/", "tables/person.", "ssekg.")
_NOT_TO_READ: Final = ("w3id/", "sitemap", "robots.txt")


def sitemap_files(project: Project, paths: Iterable[str]) -> dict[str, bytes]:
    """`sitemap.xml` and `robots.txt` for a release with files at these paths, which are relative to `project.site`.

    The sitemap lists them in order, last modified on the day of the release, without what is about persons. Beyond
    50 000 it is an index of `sitemap-1.xml` and so on. robots.txt lets everything be read but what is about persons.
    """
    listed = sorted({path for path in paths if not path.startswith((*_OF_PERSONS, *_NOT_TO_READ))})
    parts = [listed[start : start + LIMIT] for start in range(0, len(listed), LIMIT)] or [[]]
    if len(parts) == 1:
        files = {"sitemap.xml": _xml(project, "urlset", "url", parts[0])}
    else:
        files = {f"sitemap-{i}.xml": _xml(project, "urlset", "url", part) for i, part in enumerate(parts, 1)}
        files["sitemap.xml"] = _xml(project, "sitemapindex", "sitemap", list(files))
    return files | {"robots.txt": _robots(project)}


def _xml(project: Project, root: str, element: str, paths: Sequence[str]) -> bytes:
    date = project.date.isoformat()
    lines = [f"<{element}><loc>{_address(project, path)}</loc><lastmod>{date}</lastmod></{element}>" for path in paths]
    start, end = f'<{root} xmlns="{_NAMESPACE}">', f"</{root}>"
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', start, *lines, end, ""]).encode()


def _address(project: Project, path: str) -> str:
    """The address of a file as XML text; a folder's own page is at the folder."""
    folder, slash, name = path.rpartition("/")
    return escape(_quoted(project.site + (folder + slash if name == "index.html" else path)))


def _robots(project: Project) -> bytes:
    root = urlsplit(project.site).path
    lines = [f"Disallow: {_quoted(root + prefix)}" for prefix in _OF_PERSONS]
    return "\n".join(["User-agent: *", *lines, f"Sitemap: {_quoted(project.site)}sitemap.xml", ""]).encode()


def _quoted(address: str) -> str:
    """An address with only the characters of a URI, a file's name being taken letter by letter."""
    return quote(address, safe="/:@+,=~")
