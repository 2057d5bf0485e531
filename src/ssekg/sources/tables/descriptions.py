"""The CSVW description of a table, read by the package csvw and held to what this project needs of it."""

import json
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import csvw

from ssekg.base.files import read_file
from ssekg.base.findings import Finding, Place, Severity

# A step up, a scheme, another system's separator, and what is no name.
_LEADS_AWAY: Final = re.compile(r"(?:^|/)\.\.(?:/|$)|[:\\\0]")
_LONE: Final = re.compile("[\ud800-\udfff]")
_EXPRESSION: Final = re.compile(r"\{[^{}]*\}")


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
        content = json.loads(read_file(path, shown).decode("utf-8-sig"))
        schema = content.get("tableSchema") if isinstance(content, dict) else None
        if not isinstance(schema, dict) or "url" not in content:
            raise ValueError("tableSchema, url")
        _check_texts(content)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            schema = csvw.Table.fromvalue(content).tableSchema
        _check_references(schema)
        return Description(schema, str(content["url"]), _delimiter(content))
    except (ValueError, TypeError, AssertionError, KeyError, RecursionError, UserWarning) as problem:
        place = Place(shown, getattr(problem, "lineno", 1), getattr(problem, "colno", 1))
        return Finding("table-description", Severity.VIOLATION, place, {"problem": str(problem) or repr(problem)})


def _check_texts(content: dict[str, Any]) -> None:
    """Refuse what would lead to other files or into the network, and texts that can make no IRI.

    Raises:
        ValueError: there is such a thing.
    """
    if isinstance(content.get("dialect"), str):  # the address of one, which csvw would fetch
        raise ValueError(f"dialect: {content['dialect']}")  # noqa: TRY004 - a text is of a right type, elsewhere
    url = content["url"]
    if isinstance(url, str) and (not url.strip("./") or url.startswith("/") or _LEADS_AWAY.search(url)):
        raise ValueError(f"url: {url}")
    lone = _LONE.search(json.dumps(content, ensure_ascii=False))
    if lone:
        raise ValueError(f"U+{ord(lone[0]):04X}")
    for where in (content, content["tableSchema"], *_dicts(content["tableSchema"].get("columns"))):
        for name in ("aboutUrl", "propertyUrl", "valueUrl"):
            template = where.get(name)
            if isinstance(template, str) and set(_EXPRESSION.sub("", template)) & set("{}"):
                raise ValueError(f"{name}: {template}")


def _dicts(values: object) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


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
