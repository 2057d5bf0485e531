"""The files that describe the files before them to portals, search engines and people."""

from collections.abc import Iterator

from ssekg.catalogue.files import WHOLE, CataloguedTable
from ssekg.catalogue.site import assessed_catalogue, catalogue_files
from ssekg.publish.context import Context
from ssekg.publish.parts.quality_pages import quality_page_files


def catalogue(context: Context) -> Iterator[tuple[str, bytes]]:
    """The catalogue of the public graph, its quality, and what goes with it.

    It does not list tables of lists, of which there are too many: the Data Package and the database have them.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    project, public = context.project, context.public
    tables = {
        table.path: CataloguedTable(table.kind or WHOLE, table.titles)
        for table in context.tables.in_csv
        if not table.is_list
    }
    described, assessments = assessed_catalogue(project, public, context.folder.files, tables)
    yield from quality_page_files(context.site, described, assessments).items()
    yield from catalogue_files(project, public, described, assessments).items()
