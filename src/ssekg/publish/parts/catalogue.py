"""The files that describe the files before them to portals, search engines and people."""

from collections.abc import Iterator

from ssekg.catalogue.files import WHOLE, CataloguedTable
from ssekg.catalogue.site import assessed_catalogue, catalogue_files
from ssekg.publish.context import Context
from ssekg.site.metadata_quality import metadata_quality
from ssekg.site.quality_page import quality_pages


def catalogue(context: Context) -> Iterator[tuple[str, bytes]]:
    """The catalogue of the public graph, its quality, and what goes with it.

    It does not list tables of lists, of which there are too many: the Data Package and the database have them.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    project, public = context.project, context.public
    tables = {
        table.path: CataloguedTable(table.kind or WHOLE, table.titles)
        for table in context.listed.tables
        if not table.is_list
    }
    described, assessments = assessed_catalogue(project, public, context.folder.files, tables)
    metadata, coverage = metadata_quality(described, assessments), context.listed.coverage
    shown = context.questions(lambda query: query.quality is not None)
    pages = quality_pages(context.site, public, context.addresses, shown, metadata, context.report, coverage)
    yield from pages.items()
    yield from catalogue_files(project, public, described, assessments).items()
