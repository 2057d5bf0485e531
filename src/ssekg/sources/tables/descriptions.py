"""The CSVW description of a table, read by the package csvw and held to what this project needs of it."""

import copyreg
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from ssekg.base.files import read_file
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.late_modules import load_late
from ssekg.base.namespaces import TOOL
from ssekg.sources.json_places import json_places

ONLY_WITH: Final = TOOL + "onlyWith"
# A step up, a scheme, another system's separator, and what is not a name.
_LEADS_AWAY: Final = re.compile(r"(?:^|/)\.\.(?:/|$)|[:\\\0]")
_LONE: Final = re.compile("[\ud800-\udfff]")
_EXPRESSION: Final = re.compile(r"\{[^{}]*\}")
# What csvw imports to write JSON-LD, and to judge cells that hold JSON or IRIs.
_UNUSED: Final = ("csvw.jsonld", "jsonschema", "rfc3986")


@dataclass(frozen=True)
class Description:
    """What a description says: csvw's `schema`, the `url` of the CSV, the separator of its dialect or the usual one.

    `text` is the whole of it, `shown` its name for people. `title` is that of the table by language tag ("" for a text
    without a language), `relations` are the files of the tables that go with it.
    """

    schema: Any
    url: str
    delimiter: str
    text: str
    shown: str
    title: Mapping[str, str] = field(default_factory=dict)
    relations: tuple[str, ...] = ()

    def place(self, position: int, key: str) -> Place:
        """Where a property is given to the column at `position`: to it alone or, above it, to all; else the column."""
        column = ("tableSchema", "columns", position)
        paths = ((*column, key), ("tableSchema", key), (key,), column)
        return next((self._places[path] for path in paths if path in self._places), Place(self.shown, 1, 1))

    @cached_property
    def _places(self) -> Mapping[tuple[str | int, ...], Place]:
        return json_places(self.text, self.shown)


def read_description(path: Path, shown: str) -> Description | Finding:
    """The description in a file NAME.csv-metadata.json, or what is wrong with it; `shown` is its name for people.

    Raises:
        CannotRunError: the file can't be opened.
    """
    load_late(*_UNUSED)
    from csvw import Table  # a tenth of a second, for who reads tables
    from csvw.metadata import NaturalLanguage

    # So that a description can be told to another process: csvw's own way gives it nothing to begin with.
    copyreg.pickle(NaturalLanguage, lambda texts: (NaturalLanguage, (texts.value,)))
    try:
        text = read_file(path, shown).decode("utf-8-sig")
        content = json.loads(text)
        schema = content.get("tableSchema") if isinstance(content, dict) else None
        if not isinstance(schema, dict) or "url" not in content:
            raise ValueError("tableSchema, url")
        _check_texts(content)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            table = Table.fromvalue(content)
        schema, url, delimiter = table.tableSchema, str(content["url"]), _delimiter(content)
        _check_references(schema)
        title, relations = (table.common_props.get(name) for name in ("dc:title", "dc:relation"))
        return Description(schema, url, delimiter, text, shown, texts_of(title), tuple(map(str, _listed(relations))))
    except (ValueError, TypeError, AssertionError, KeyError, RecursionError, UserWarning) as problem:
        place = Place(shown, getattr(problem, "lineno", 1), getattr(problem, "colno", 1))
        return Finding("table-description", Severity.VIOLATION, place, {"problem": str(problem) or repr(problem)})


def column_name(described: Any) -> str:
    """The name of csvw's column: without one of its own its first title, percent-encoded (Metadata Vocabulary, 5.6)."""
    if described.name:
        return str(described.name)
    # What quote() leaves as it is and the name of a variable in a template may not have (RFC 6570, section 2.3).
    return quote(described.header, safe="").replace("-", "%2D").replace("~", "%7E")


def texts_of(natural: Any) -> Mapping[str, str]:
    """A text of a description by language tag; CSVW allows it alone or by language."""
    if isinstance(natural, dict):
        return {str(tag): str(words) for tag, words in natural.items()}
    return {"": str(natural)} if isinstance(natural, str | int | float) else {}


def column_title(described: Any) -> str:
    """What people call csvw's column: its name, or without one its first title in any language."""
    titles = described.titles.values() if described.titles and not described.name else ()
    return str(next((title for each in titles for title in each), described.header))


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


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _dicts(values: object) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _delimiter(content: dict[str, Any]) -> str:
    dialect = content.get("dialect")
    delimiter = dialect.get("delimiter") if isinstance(dialect, dict) else None
    if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ValueError("dialect: delimiter")
    return delimiter or ","


def _check_references(schema: Any) -> None:
    """Refuse keys, links and conditions that name no column, which would otherwise check nothing.

    Raises:
        ValueError: there is one.
    """
    names = {column_name(column) for column in schema.columns}
    used = [*(schema.primaryKey or []), *(name for key in schema.foreignKeys for name in key.columnReference)]
    used += [each.common_props[ONLY_WITH] for each in schema.columns if ONLY_WITH in each.common_props]
    unknown = [str(name) for name in used if not isinstance(name, str) or name not in names]
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    for reference in (key.reference for key in schema.foreignKeys):
        there = reference.columnReference
        if not reference.resource or not there or not all(isinstance(name, str) for name in there):
            raise ValueError("foreignKeys: reference")
