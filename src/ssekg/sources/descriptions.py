"""The CSVW description of a table, read by the package csvw and held to what this project needs of it."""

import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import csvw

from ssekg.errors import CannotRunError
from ssekg.findings import Finding, Place, Severity


@dataclass(frozen=True, slots=True)
class Description:
    """What a description says: csvw's `schema`, the `url` of the CSV, the separator of its dialect if it has one."""

    schema: Any
    url: str
    delimiter: str | None = None


def read_description(path: Path, shown: str) -> Description | Finding:
    """The description in a file NAME.csv-metadata.json, or what is wrong with it; `shown` is its name for people.

    Raises:
        CannotRunError: the file can't be opened.
    """
    try:
        content = json.loads(file_bytes(path, shown).decode("utf-8-sig"))
        schema = content.get("tableSchema") if isinstance(content, dict) else None
        if not isinstance(schema, dict) or "url" not in content:
            raise ValueError("tableSchema, url")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            schema = csvw.Table.fromvalue(content).tableSchema
        _check_references(schema)
        return Description(schema, str(content["url"]), _delimiter(content))
    except (ValueError, TypeError, AssertionError, KeyError, RecursionError, UserWarning) as problem:
        place = Place(shown, getattr(problem, "lineno", 1), getattr(problem, "colno", 1))
        return Finding("table-description", Severity.VIOLATION, place, {"problem": str(problem) or repr(problem)})


def file_bytes(path: Path, shown: str) -> bytes:
    """The content of a file.

    Raises:
        CannotRunError: it can't be opened.
    """
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CannotRunError("unreadable-file", file=shown, problem=str(problem.strerror)) from None


def _delimiter(content: dict[str, Any]) -> str | None:
    dialect = content.get("dialect")
    delimiter = dialect.get("delimiter") if isinstance(dialect, dict) else None
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1):
        raise ValueError("dialect: delimiter")
    return delimiter


def _check_references(schema: Any) -> None:
    """Refuse keys and links that name no column, which would otherwise check nothing.

    Raises:
        ValueError: there is one.
    """
    names = {column.header for column in schema.columns}
    used = {*(schema.primaryKey or []), *(name for key in schema.foreignKeys for name in key.columnReference)}
    if not used <= names:
        raise ValueError(", ".join(sorted(map(str, used - names))))
    if not all(key.reference.resource and key.reference.columnReference for key in schema.foreignKeys):
        raise ValueError("foreignKeys: reference")
