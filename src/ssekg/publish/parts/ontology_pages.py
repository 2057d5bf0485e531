"""The pages of the ontology and of each of its terms."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from ssekg.base.record_iris import file_name
from ssekg.graph.changes.json import from_json
from ssekg.publish.context import Context
from ssekg.publish.parts.application_profile import PROFILE
from ssekg.publish.parts.changelog import CHANGES
from ssekg.publish.parts.w3id import published_vocabularies
from ssekg.publish.record_history import record_history
from ssekg.queries.library import read_queries
from ssekg.site.changes_page import PastRelease
from ssekg.site.ontology_page import ontology_pages as index_pages
from ssekg.site.own_terms import own_terms
from ssekg.site.term_pages import TableColumn, TermPages

_CONTEXT: Final = "ontology/context.jsonld"


def ontology_pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """`ontology/index.html` and a page for each term, in each language; nothing for an ontology without terms.

    Raises:
        CannotRunError: a template of the project can't be used, or the header of a query is broken.
    """
    public, project = context.public, context.project
    terms = own_terms(public)
    if not terms:
        return
    paths, language = set(context.folder.paths), project.languages[0]
    site = context.site
    changelog = context.folder.content(CHANGES)
    releases = [
        PastRelease(each["version"], each["date"], each["previous"], each["records"], from_json(each))
        for each in json.loads(changelog)["releases"]
    ]
    asked = f"{language}/questions/{{}}.html"
    files = _files(context, paths)
    yield from index_pages(site, public, terms, releases, files).items()
    pages = TermPages(
        site,
        public,
        context.addresses,
        terms,
        queries=[each for each in read_queries(project) if asked.format(file_name(each.name)) in paths],
        columns=_columns(context),
        history=record_history(changelog, site, public),
        vocabulary_file=next((group[0] for group in files["terms-file"]), ""),
    )
    yield from pages.pages()


def _files(context: Context, paths: set[str]) -> Mapping[str, Sequence[Sequence[str]]]:
    """The files of the ontology and of each module in all forms, that of its authors first; and the context."""
    found = [
        [path for path in (each.file, *map(each.other_form, each.others)) if path in paths]
        for each in published_vocabularies(context).values()
    ]
    others = {"terms-context": _CONTEXT, "terms-profile": PROFILE}
    return {"terms-file": list(filter(None, found))} | {
        code: [[path]] if path in paths else [] for code, path in others.items()
    }


def _columns(context: Context) -> Mapping[ox.NamedNode, Sequence[TableColumn]]:
    """The published tables by what their columns and rows are of."""
    found: dict[ox.NamedNode, list[TableColumn]] = defaultdict(list)
    kinds = context.public.terms.kinds
    for table in context.listed.tables:
        if table.about == f"{context.public.base}{table.kind}/{{id}}" and table.kind in kinds and not table.is_list:
            found[kinds[table.kind]].append(TableColumn(table.name, table.titles))
        columns = {iri: name for name, iri in reversed(table.properties)}
        for iri, name in sorted(columns.items()):
            found[ox.NamedNode(iri)].append(TableColumn(table.name, table.titles, name))
    return found
