"""What the published tables hold, for programs: a CSVW description a table and one of all, and one Data Package.

CSVW (https://www.w3.org/TR/tabular-metadata/) has all languages; Data Package
(https://datapackage.org/standard/) one, which is the project's default. The links between tables are in the
descriptions of all: CSVW has them among tables that are described together, and for columns without empty cells.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ssekg.base.language import pick
from ssekg.catalogue.files import PublishedFile
from ssekg.publish.context import Context
from ssekg.publish.tables.table import ID, LIST, Column, Table

PACKAGE: Final = "datapackage.json"
GROUP: Final = "tables/csv-metadata.json"
_CONTEXT: Final = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_PROFILES: Final = "https://datapackage.org/profiles/2.0"
# The types of CSVW that a Table Schema calls otherwise.
_SCHEMA_TYPES: Final = {"decimal": "number", "double": "number", "gYear": "year", "gYearMonth": "yearmonth"}


def table_descriptions(context: Context) -> Iterator[tuple[str, bytes]]:
    """The CSVW description of each table, next to it as `{table}-metadata.json`, that of all, and the Data Package."""
    licence = {"dc:license": {"@id": context.project.licence}}
    for table in context.tables.in_csv:
        yield f"{table.path}-metadata.json", _json({"@context": _CONTEXT, **_csvw(table), **licence})
    tables = [_csvw(table, is_linked=True) for table in context.tables.in_csv]
    if tables:
        yield GROUP, _json({"@context": _CONTEXT, **licence, "tables": tables})
    yield PACKAGE, _data_package(context, context.tables.in_csv)


def _csvw(table: Table, *, is_linked: bool = False) -> dict[str, Any]:
    keys = [
        {"columnReference": column.name, "reference": {"resource": f"{column.target}.csv", "columnReference": ID}}
        for column in (table.filled_targets if is_linked else ())
    ]
    schema = {
        **({"aboutUrl": table.about} if table.about else {}),
        **({"primaryKey": list(table.key)} if table.key else {}),
        **({"foreignKeys": keys} if keys else {}),
        "columns": [_csvw_column(table, column) for column in table.columns],
    }
    return {
        "url": table.path.rpartition("/")[2],
        **({"dc:title": dict(sorted(table.titles.items()))} if table.titles else {}),
        "tableSchema": schema,
    }


def _csvw_column(table: Table, column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        **({"dc:description": dict(sorted(column.texts.items()))} if column.texts else {}),
        "datatype": column.type,
        **({"required": True} if column.name in table.key else {}),
        # Without a property a column is a key or a label, which the record that it leads to has.
        **({"propertyUrl": column.predicate} if column.predicate else {"suppressOutput": True}),
        **({"valueUrl": column.value_url} if column.predicate and column.value_url else {}),
        **({"lang": column.language} if column.language else {}),
        **({"separator": LIST} if column.is_list else {}),
    }


def _data_package(context: Context, tables: Iterable[Table]) -> bytes:
    project, language = context.project, context.project.default_language
    return _json(
        {
            "$schema": f"{_PROFILES}/datapackage.json",
            "name": project.id,
            "id": project.site,
            "title": _chosen(project.name, language),
            "description": _chosen(project.description, language),
            "homepage": project.site,
            "version": project.version,
            "created": f"{project.date.isoformat()}T00:00:00Z",
            "licenses": [{"path": project.licence}],
            "contributors": [{"title": project.publisher, "roles": ["publisher"]}],
            "resources": [_resource(each, context.folder[each.path], language) for each in tables],
        }
    )


def _resource(table: Table, file: PublishedFile, language: str) -> dict[str, Any]:
    keys = [
        {"fields": [column.name], "reference": {"resource": column.target, "fields": [ID]}}
        for column in table.columns
        if column.target
    ]
    title = pick(table.titles, language)
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        **({"title": title} if title else {}),
        "path": file.path,
        "format": "csv",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            **({"primaryKey": list(table.key)} if table.key else {}),
            **({"foreignKeys": keys} if keys else {}),
            "fields": [_field(table, column, language) for column in table.columns],
        },
    }


def _field(table: Table, column: Column, language: str) -> dict[str, Any]:
    title = pick(column.texts, language)
    return {
        "name": column.name,
        "type": _SCHEMA_TYPES.get(column.type, column.type),
        **({"rdfType": column.predicate} if column.predicate else {}),
        **({"title": title} if title else {}),
        **({"constraints": {"required": True, "unique": True}} if table.key == (column.name,) else {}),
    }


def _chosen(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
