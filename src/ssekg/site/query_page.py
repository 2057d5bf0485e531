"""The page where readers put queries of their own: its data for completion and examples, its editor and its engine.

Nothing is fetched from elsewhere: the editor is a file of this package, and the engine is given or not.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Final

from ssekg.catalogue.void import count
from ssekg.graph.public import Public
from ssekg.queries.columns import read_columns
from ssekg.queries.library import Query
from ssekg.queries.syntax import inside_where
from ssekg.site.layout import Site
from ssekg.site.query_engine import QueryEngine

PATH: Final = "query.html"
ENGINE: Final = "assets/oxigraph/"
"""The folder of the engine in a release that has one."""
_SCRIPTS: Final = ("query.js", "query-engines.js")
_WORKER: Final = "query-worker.js"
_HEADER: Final = re.compile(r"^#\+.*\n", re.MULTILINE)
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def query_pages(
    site: Site, public: Public, kinds: Iterable[str], queries: Sequence[Query], engine: QueryEngine | None
) -> Iterator[tuple[str, bytes]]:
    """The query page in each language, and what it loads, by path.

    Args:
        site: makes the pages.
        public: the graph that is queried, for its terms.
        kinds: the kinds whose records have pages.
        queries: the canned queries, which are examples.
        engine: the engine of the page, None for a release without one.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    values = {
        "dump": f"{site.project.public_id}.ttl",
        "engine": f"assets/{_WORKER}" if engine else "",
    }
    yield from site.pages(PATH, "query.html", lambda _: values).items()
    yield "assets/query-data.js", _data(site, public, kinds, queries)
    for name in (*_SCRIPTS, _WORKER) if engine else _SCRIPTS:
        yield f"assets/{name}", site.source(name).encode()
    editor = files("ssekg.site").joinpath("editor")
    yield "assets/editor.js", editor.joinpath("editor.js").read_bytes()
    yield "assets/editor-licenses.txt", editor.joinpath("LICENSES.txt").read_bytes()
    if engine:
        yield from ((ENGINE + name, content) for name, content in engine.files.items())


def _data(site: Site, public: Public, kinds: Iterable[str], queries: Sequence[Query]) -> bytes:
    """What the editor knows: prefixes, the terms in use with their names and counts, columns by name, examples."""
    languages = site.project.languages

    def by_language(texts: Mapping[str, str]) -> list[str]:
        return [texts.get(tag, "") for tag in languages]

    counts = count(public.triples, public.base)
    used = sorted((counts.classes + counts.properties).items(), key=lambda each: (-each[1], each[0].value))
    names = ((public.prefixes.shortened(term.value), term, number) for term, number in used)
    given = {
        "base": public.base,
        "languages": languages,
        "kinds": sorted(kinds),
        "prefixes": public.prefixes.namespaces,
        "terms": [
            [name, by_language(public.labels.get(term, {})), number]
            for name, term, number in names
            if re.fullmatch(r"[\w-]+:[\w-]+", name)
        ],
        "columns": {name: by_language(column.titles) for name, column in read_columns(site.project).items()},
        "examples": [
            {
                "name": query.name,
                "titles": by_language(query.titles or {"": query.name}),
                "theme": by_language(query.theme),
                "text": _parted(query),
                "parameters": {each.name: [each.variable, each.type] for each in query.parameters},
                "columns": {name: by_language(column.titles) for name, column in query.columns.items()},
            }
            for query in queries
        ],
    }
    return f"globalThis.queryData = {_json(given)};\n".encode()


def _parted(query: Query) -> list[str]:
    """The text of a query up to where values are bound, and from there on."""
    text = _HEADER.sub("", query.text).strip()
    position = inside_where(text)
    return [text] if position is None else [text[:position], text[position:]]
