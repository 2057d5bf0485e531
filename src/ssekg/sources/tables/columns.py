"""The columns of a described table: what a cell may hold, and the literal that it becomes.

Three datatypes go beyond CSVW, and so do lists whose values are links and `tool:onlyWith` (docs/project.md). A cell of
`sse:PartialDate` becomes an xsd:gYear, xsd:gYearMonth or xsd:date by its length, since CSVW knows no date of varying
precision; `tool:SourceList` lists sources, each with a passage if it is known; a `tool:Record` is the kind of any
record with its identifier.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote, unquote

import pyoxigraph as ox
import uritemplate

from ssekg.base.namespaces import CSVW, EVIDENCE, RDF, TOOL, XSD
from ssekg.sources.tables.descriptions import ONLY_WITH, column_name, column_title, texts_of
from ssekg.sources.tables.templates import Template

PARTIAL_DATE: Final = EVIDENCE + "PartialDate"
SOURCE_LIST: Final = TOOL + "SourceList"
RECORD: Final = TOOL + "Record"
IDENTIFIER: Final = "[a-z0-9]+(-[a-z0-9]+)*"
_SOURCE: Final = re.compile(IDENTIFIER + "(#p[1-9][0-9]*)?")
_PRECISION: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}
_WORDS: Final = re.compile(r"[\w-]+(\|[\w-]+)*")
_KEEPS_SPACE: Final = {"string", "json", "xml", "html", "anyAtomicType", "any"}
# The datatypes of CSVW that are not called as in XML Schema (Metadata Vocabulary for Tabular Data, section 5.11.1).
_IRIS: Final = {
    "number": XSD + "double",
    "binary": XSD + "base64Binary",
    "datetime": XSD + "dateTime",
    "any": XSD + "anyAtomicType",
    "xml": RDF + "XMLLiteral",
    "html": RDF + "HTML",
    "json": CSVW + "JSON",
}
_INTEGERS: Final = (
    *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
    *("negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
_ZONE: Final = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
_DOUBLE: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|-?INF|NaN")
# Python's numbers take more than XML Schema's: 1_000, ١٢, nan; csvw also percent signs, dates with a time, any year.
_LEXICAL: Final = {
    **dict.fromkeys(_INTEGERS, re.compile(r"[+-]?[0-9]+")),
    "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    **dict.fromkeys(("double", "float", "number"), _DOUBLE),
    "date": re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}" + _ZONE),
    "gYear": re.compile(r"-?[0-9]{4,}" + _ZONE),
    "gYearMonth": re.compile(r"-?[0-9]{4,}-(0[1-9]|1[0-2])" + _ZONE),
}


@dataclass(frozen=True)
class Column:
    """One column of a description, ready to make triples. `index` is its place in the file, None for a virtual one.

    `name` is what templates and keys call it, `title` what people do; `position` is its place in the description, which
    has texts by language tag ("" for a text without a language): what the column takes, its headings, and an example.
    Where the cell of the column that `only_with` names is empty, this one makes nothing.
    """

    name: str
    title: str
    position: int
    index: int | None
    subject: Template | None
    predicate: Template
    value: Template | None
    language: str | None
    separator: str | None
    default: str | None
    required: bool
    nulls: frozenset[str]
    datatype: Any
    suppressed: bool
    description: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    example: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = False
    only_with: str | None = None

    @cached_property
    def is_partial_date(self) -> bool:
        """Whether the column's datatype is sse:PartialDate."""
        return self._is_of(PARTIAL_DATE)

    @cached_property
    def is_source_list(self) -> bool:
        """Whether the column's datatype is tool:SourceList."""
        return self._is_of(SOURCE_LIST)

    @cached_property
    def is_record(self) -> bool:
        """Whether the column's datatype is tool:Record."""
        return self._is_of(RECORD)

    def _is_of(self, datatype: str) -> bool:
        return self.datatype is not None and self.datatype.at_props.get("id") == datatype

    @cached_property
    def lists_links(self) -> bool:
        """Whether each value of a list cell goes into the templates of the column by itself."""
        own = (name for template in self.templates.values() for name in template.variables)
        return self.separator is not None and self.index is not None and self.value is not None and self.name in own

    @cached_property
    def keeps_space(self) -> bool:
        """Whether white space around a value is part of it."""
        return self.datatype is None or self.datatype.base in _KEEPS_SPACE

    @cached_property
    def is_free_text(self) -> bool:
        """Whether any text is right here: a string without a format."""
        return self.keeps_space and (self.datatype is None or not self.datatype.format)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that the format of the column lists, if that is all that it does."""
        form = str(self.datatype.format or "") if self.datatype is not None else ""
        return tuple(form.split("|")) if _WORDS.fullmatch(form) else ()

    @cached_property
    def constants(self) -> tuple[ox.Literal, ...] | None:
        """The literals that a virtual column gives to all records; None if its default is not of its datatype."""
        try:
            return tuple(self.literal(value) for value in self.values(self.default)) if self.default else ()
        except ValueError:
            return None

    @property
    def templates(self) -> dict[str, Template]:
        """The templates of subject, property and value, by the name that the description has for them."""
        named = {"aboutUrl": self.subject, "propertyUrl": self.predicate, "valueUrl": self.value}
        return {name: template for name, template in named.items() if template is not None}

    def literal(self, text: str) -> ox.Literal:
        """The literal of one value.

        Raises:
            ValueError: the text is not of the column's datatype; the message of csvw says why.
        """
        if self.datatype is None:
            return ox.Literal(text, language=self.language) if self.language else ox.Literal(text)
        base = self.datatype.base
        text = text if self.keeps_space else text.strip()
        if not self.datatype.format and base in _LEXICAL and not _LEXICAL[base].fullmatch(text):
            raise ValueError(f"invalid lexical value for {base}: {text}")
        try:
            value = self.datatype.read(text)
        except ArithmeticError:  # of decimal, for numbers with a million digits
            raise ValueError(f"too long for {base}") from None
        if base == "string" and text.endswith("\n") and self.datatype.format:
            raise ValueError("line break at the end")  # which csvw's `$` lets pass
        if self.is_partial_date:
            return _partial_date(text)
        if self.is_source_list and not self.datatype.format and not _SOURCE.fullmatch(text):
            raise ValueError(f"not a source: {text}")
        if base == "string" and "id" not in self.datatype.at_props:
            return ox.Literal(text, language=self.language) if self.language else ox.Literal(text)
        if self.datatype.format:
            from csvw import Datatype

            text = Datatype.fromvalue(base).formatted(value)
        return ox.Literal(text, datatype=ox.NamedNode(self.datatype.at_props.get("id") or _IRIS.get(base, XSD + base)))

    def accepts(self, text: str) -> bool:
        """Whether a text is a value of the column's datatype."""
        try:
            self.literal(text)
        except ValueError:
            return False
        return True

    def values(self, text: str) -> list[str]:
        """The values of a cell: itself, or the parts of a list cell."""
        if not self.separator:
            return [text]
        return [part for part in self.bare(text).split(self.separator) if part]

    def names(self, text: str) -> list[str]:
        """What a cell calls the records that it links to: its values, without the passages of sources."""
        values = self.values(text)
        return [value.partition("#")[0] for value in values] if self.is_source_list else values

    def bare(self, text: str) -> str:
        """The text of a cell without the white space that is not part of its values."""
        if self.lists_links:
            separator = str(self.separator)
            return separator.join(part.strip() for part in text.split(separator))
        return text if self.keeps_space else text.strip()


def _partial_date(text: str) -> ox.Literal:
    datatype = _PRECISION.get(len(text))
    if datatype is None:
        raise ValueError(text)
    datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def column(
    described: Any, position: int, index: int | None, schema: Any, table: str, made_of: Callable[[str], Template]
) -> Column:
    """The column that csvw's `described` is, at `position` of the description and at `index` of the file.

    `schema` is csvw's schema that it is in, `table` the name of the table's CSV, from which a property without
    an IRI takes one; `made_of` makes the template of a text.
    """
    name = column_name(described)
    subject = described.inherit("aboutUrl")
    predicate = described.inherit("propertyUrl")
    value = described.inherit("valueUrl")
    language = described.lang if described.lang != "und" else schema.lang
    number = str(position + 1 if index is None else index + 1)
    own: dict[str, Any] = {"_name": unquote(name), "_column": number, "_sourceColumn": number}

    def made(text: str) -> Template:
        return made_of(str(uritemplate.partial(text, own)) if "{" in text else text)

    return Column(
        name=name,
        title=column_title(described),
        position=position,
        index=index,
        subject=made(subject.uri) if subject else None,
        predicate=made(predicate.uri) if predicate else made_of(f"{quote(table)}#{quote(name, safe='%')}"),
        value=made(value.uri) if value else None,
        language=None if language == "und" else language,
        separator=described.inherit("separator"),
        default=described.inherit("default") or None,
        required=bool(described.inherit("required")),
        nulls=frozenset(described.inherit_null()),
        datatype=described.inherit("datatype"),
        suppressed=described.suppressOutput,
        description=texts_of(described.common_props.get("dc:description")),
        headings={tag or "": str(titles[0]) for tag, titles in (described.titles or {}).items() if titles},
        example=texts_of(described.common_props.get("skos:example")),
        ordered=bool(described.inherit("ordered")),
        only_with=described.common_props.get(ONLY_WITH),
    )
