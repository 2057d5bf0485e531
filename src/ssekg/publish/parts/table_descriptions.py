"""What the published tables hold, for programs: a CSVW description a table, and one Data Package of all.

CSVW (https://www.w3.org/TR/tabular-metadata/) has all languages; Data Package
(https://datapackage.org/standard/) one, which is the project's default.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import XSD
from ssekg.catalogue.files import PublishedFile
from ssekg.graph.store import Graph
from ssekg.publish.context import Context
from ssekg.publish.parts.tables import SEPARATOR, Column, Table, described_tables

PACKAGE: Final = "datapackage.json"
_PROFILES: Final = "https://datapackage.org/profiles/2.0"
_WHOLE_NUMBERS: Final = frozenset(f"{XSD}{name}" for name in ("integer", "nonNegativeInteger", "positiveInteger"))
_NUMBERS: Final = _WHOLE_NUMBERS | {f"{XSD}decimal"}
# The datatypes that a column may have: those of its values, the type in CSVW, the type in a Table Schema.
_TYPES: Final = (
    (_WHOLE_NUMBERS, "integer", "integer"),
    (_NUMBERS, "decimal", "number"),
    (frozenset({f"{XSD}boolean"}), "boolean", "boolean"),
    (frozenset({f"{XSD}date"}), "date", "date"),
    (frozenset({f"{XSD}gYear"}), "gYear", "year"),
    (frozenset({f"{XSD}gYearMonth"}), "gYearMonth", "yearmonth"),
)


def table_descriptions(context: Context) -> Iterator[tuple[str, bytes]]:
    """The CSVW description of each table, next to it as `{table}-metadata.json`, and the Data Package of all."""
    project, graph = context.project, context.public
    described = [table for table, _ in described_tables(context)]
    for table in described:
        columns = [{"name": "id", "titles": "id", "datatype": "string", "required": True, "suppressOutput": True}]
        columns += [_csvw_column(graph, column) for column in table.columns]
        titles = _labels(graph, graph.terms.kinds.get(table.kind))
        yield (
            f"{table.path}-metadata.json",
            _json(
                {
                    "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
                    "url": table.path.rpartition("/")[2],
                    **({"dc:title": titles} if titles else {}),
                    "dc:license": {"@id": project.licence},
                    "tableSchema": {"aboutUrl": f"{project.base}{{+id}}", "primaryKey": "id", "columns": columns},
                }
            ),
        )
    yield PACKAGE, _data_package(context, described)


def _data_package(context: Context, described: Iterable[Table]) -> bytes:
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
            "resources": [_resource(context.public, each, context.folder[each.path], language) for each in described],
        }
    )


def _resource(graph: Graph, table: Table, file: PublishedFile, language: str) -> dict[str, Any]:
    fields = [{"name": "id", "type": "string", "constraints": {"required": True, "unique": True}}]
    fields += [_field(graph, column, language) for column in table.columns]
    kind_class = graph.terms.kinds.get(table.kind)
    title = graph.label(kind_class, language) if kind_class else None
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.kind,
        "type": "table",
        **({"title": title} if title else {}),
        "path": file.path,
        "format": "csv",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": {"$schema": f"{_PROFILES}/tableschema.json", "primaryKey": ["id"], "fields": fields},
    }


def _field(graph: Graph, column: Column, language: str) -> dict[str, Any]:
    label = graph.label(ox.NamedNode(column.predicate), language)
    kind = "string" if column.is_list else _types(column)[1]
    return {"name": column.header, "type": kind, "rdfType": column.predicate, **({"title": label} if label else {})}


def _csvw_column(graph: Graph, column: Column) -> dict[str, Any]:
    labels = _labels(graph, ox.NamedNode(column.predicate))
    return {
        "name": re.sub(r"\W", "_", column.header, flags=re.ASCII),
        "titles": column.header,
        **({"dc:description": labels} if labels else {}),
        "datatype": _types(column)[0],
        "propertyUrl": column.predicate,
        **({"lang": column.language} if column.language else {}),
        **({"separator": SEPARATOR} if column.is_list else {}),
    }


def _types(column: Column) -> tuple[str, str]:
    """The type of a column in CSVW and in a Table Schema: text where its values have several types or are links."""
    return next(
        ((csvw, schema) for allowed, csvw, schema in _TYPES if column.datatypes <= allowed), ("string", "string")
    )


def _labels(graph: Graph, term: ox.NamedNode | None) -> dict[str, str]:
    return dict(sorted(graph.labels.get(term, {}).items())) if term else {}


def _chosen(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
