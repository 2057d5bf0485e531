"""The pages that say what the published tables hold, column by column."""

from collections.abc import Iterator

from ssekg.publish.context import Context
from ssekg.publish.tables.table import Table


def table_pages(context: Context) -> Iterator[tuple[str, bytes]]:
    """`tables.html` in each language: each table with those of the lists in it, then the answers.

    Raises:
        CannotRunError: a template of the project can't be used.
    """
    tables, public = context.tables, context.public
    main = [table for table in tables.in_csv if not table.is_list]
    lists: dict[str, list[Table]] = {table.name: [] for table in main}
    for table in tables.in_csv:
        if table.is_list:
            lists[table.columns[0].target].append(table)
    values = {
        "tables": [(table, lists[table.name]) for table in main],
        "answers": tables.of_queries,
        "database": f"{context.project.id}.sqlite",
        "definitions": {term.value: texts for term, texts in public.terms.descriptions.items()},
    }
    yield from context.site.pages("tables.html", "tables.html", lambda _: values).items()
