"""What workers ask: the graph of a release with its store, and its questions. It is read once and shared by all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ssekg.base.files import read_file
from ssekg.base.language import LANGUAGES
from ssekg.base.messages import text
from ssekg.base.said import Several
from ssekg.graph.public import Public, public_part
from ssekg.graph.released import released_graph
from ssekg.graph.store import Graph
from ssekg.project.released_settings import read_released
from ssekg.project.settings import Privacy, Project
from ssekg.publish.parts.changelog import CHANGES
from ssekg.publish.record_history import record_history
from ssekg.queries.columns import Column, read_columns
from ssekg.queries.library import Query, read_queries
from ssekg.queries.values import examples
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.overviews import PAGES, navigation_to
from ssekg.site.record_pages import RecordPages


@dataclass(frozen=True, eq=False)
class Contents:
    """What there is to ask. The store of the graph has all triples, and in named graphs what each source says.

    `columns` are those that the project describes for all its queries, `examples` the values of parameters by question,
    `pages` makes the pages of public records.
    """

    project: Project
    graph: Graph
    queries: Mapping[str, Query]
    columns: Mapping[str, Column]
    examples: Mapping[str, Mapping[str, str]]
    named_graphs: frozenset[str]
    pages: RecordPages


def read_contents(folder: Path, *, whole: bool) -> Contents:
    """What is in the release in a folder, without what is withheld unless it is wanted as a `whole`.

    Raises:
        CannotRunError: it can't be read.
    """
    project = read_released(folder)
    released = released_graph(project, project.id if whole else project.public_id)
    # What is withheld has been left out of a released public graph.
    public = public_part(released, project.privacy if whole else Privacy())
    graph = released if whole else public
    queries = {each.name: each for each in read_queries(project)}
    named = frozenset(name.value for name in graph.store_by_source.named_graphs())
    for prepared in ("labels", "names", "name_index", "things", "kinds"):
        getattr(graph, prepared)  # what reading parameters takes is shared as well
    for language in {*LANGUAGES, *project.worded_languages}:  # a worker may open no file to find its words
        text("query-leaves-graph", language, {"clause": Several(("SERVICE", "FROM"))})
    found = {name: examples(each, graph) for name, each in queries.items()}  # of a large graph, longer than one may ask
    return Contents(project, graph, queries, read_columns(project), found, named, _pages(project, public))


def _pages(project: Project, public: Public) -> RecordPages:
    """What makes the pages of records, with what all of them take."""
    first = project.root / project.languages[0]
    site = Site(project, navigation_to([page for page in PAGES if (first / page).is_file()]))
    history = record_history(read_file(project.root / CHANGES, CHANGES), site, public)
    _ = public.by_record
    return RecordPages(site, public, Addresses(public), history)
