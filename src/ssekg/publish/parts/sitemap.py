"""Files for crawlers: sitemap.xml (sitemaps.org, protocol 0.9) and robots.txt (RFC 9309).

No search engine should lead to what is withheld because of us, nor to what is withdrawn.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from ssekg.base.formats import DUMPS
from ssekg.graph.versions import MANIFEST
from ssekg.project.settings import Project
from ssekg.publish.context import Context
from ssekg.publish.parts.documents import document_of
from ssekg.site.layout import MISSING

LIMIT: Final = 50_000
"""How many addresses the protocol lets a sitemap have."""
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
# What is worked out whenever somebody asks, where the release is served by `ssekg serve`.
_ASKED: Final = ("sparql", "api/")
_NOT_TO_READ: Final = ("w3id/", "sitemap", "robots.txt", MISSING)


def sitemap(context: Context) -> Iterator[tuple[str, bytes]]:
    """`sitemap.xml`, which lists the files before it but for documents of tombstones, and `robots.txt`."""
    gone = {document_of(iri, context.public.base) for iri in context.withdrawn}
    paths = [path for path in context.folder.paths if path not in gone]
    yield from sitemap_files(context.project, [*paths, MANIFEST])


def sitemap_files(project: Project, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """`sitemap.xml` and `robots.txt` for a release with files at these paths, which are relative to `project.site`.

    The sitemap lists them in order, last modified on the day of the release, without the whole graph where something is
    withheld. Beyond 50 000 it is an index of `sitemap-1.xml` and so on.
    """
    unlisted = (*_withheld(project), *_NOT_TO_READ)
    listed = sorted({path for path in paths if not path.startswith(unlisted)})
    parts = [listed[start : start + LIMIT] for start in range(0, len(listed), LIMIT)] or [[]]
    yield "robots.txt", _robots(project)
    if len(parts) == 1:
        yield "sitemap.xml", _xml(project, "urlset", "url", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _xml(project, "urlset", "url", part)
    yield "sitemap.xml", _xml(project, "sitemapindex", "sitemap", names)


def _withheld(project: Project) -> list[str]:
    """The beginnings of the paths where the withheld kinds would be, and of those of the whole graph."""
    kinds = project.privacy.withheld
    of_kinds = [f"id/{kind}/" for kind in kinds] + [f"tables/{kind}." for kind in kinds]
    return [*of_kinds, *(f"{project.id}{form.suffix}" for form, _ in DUMPS)] if kinds else []


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
    lines = [f"Disallow: {_quoted(root + prefix)}" for prefix in (*_withheld(project), *_ASKED)]
    return "\n".join(["User-agent: *", *lines, f"Sitemap: {_quoted(project.site)}sitemap.xml", ""]).encode()


def _quoted(address: str) -> str:
    """An address with only the characters of a URI, a file's name being taken letter by letter."""
    return quote(address, safe="/:@+,=~")
