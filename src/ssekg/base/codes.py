"""What each finding code is, in one table: its group, how grave it is, and what follows from it for its file.

What people read of a code (its title, why it matters, how to fix it) is in the message catalogues under its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ssekg.base.findings import Severity


class Group(StrEnum):
    """What a finding is about; the value is the message that names the group."""

    SYNTAX = "explain-syntax"
    TABLES = "explain-tables"
    SHACL = "explain-shacl"
    ONTOLOGY = "explain-ontology"
    PITFALLS = "explain-pitfalls"
    FAIRNESS = "explain-fairness"
    REPLACEMENTS = "explain-replacements"
    QUERIES = "explain-queries"
    SHAPES = "explain-shapes"
    PORTALS = "explain-portals"
    RELEASES = "explain-releases"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding.

    `severity` is None where it differs from finding to finding. `stops_reading`: nothing of the file enters the graph,
    so that other findings may only follow from it. `loses_records`: some of its records don't. `passing` are the
    arguments that may change while the finding stays the same: a line, what the column expects.
    """

    name: str
    group: Group
    severity: Severity | None
    stops_reading: bool = False
    loses_records: bool = False
    passing: tuple[str, ...] = ()

    @property
    def is_incomplete(self) -> bool:
        """Whether not all of the file could be read."""
        return self.stops_reading or self.loses_records


# The constraint components of SHACL; a shape decides itself how grave its results are. Others are "other".
_COMPONENTS: Final = (
    "min-count",
    "max-count",
    "datatype",
    "class",
    "node-kind",
    "pattern",
    "in",
    "has-value",
    "unique-lang",
    "language-in",
    "min-inclusive",
    "max-inclusive",
    "min-exclusive",
    "max-exclusive",
    "min-length",
    "max-length",
    "closed",
    "node",
    "property",
    "or",
    "and",
    "not",
    "xone",
    "equals",
    "disjoint",
    "less-than",
    "less-than-or-equals",
    "qualified-min-count",
    "qualified-max-count",
    "sparql",
    "other",
)

# The checks of FOOPS! that are made of a file; one for which the file only has to parse has no finding of its own.
_OF_FILES: Final = (
    *("PURL1", "OM1", "OM2", "OM3", "OM4-1", "OM5-1", "OM5-2", "FIND1"),
    *("VOC1", "VOC2", "VOC3", "VOC4", "VER1"),
)

CODES: Final[Mapping[str, Code]] = {
    code.name: code
    for code in (
        Code("syntax-error", Group.SYNTAX, Severity.VIOLATION, stops_reading=True),
        Code("syntax-empty", Group.SYNTAX, Severity.WARNING),
        Code("syntax-lost", Group.SYNTAX, Severity.WARNING),
        Code("file-unread", Group.SYNTAX, Severity.WARNING),
        Code("syntax-character", Group.SYNTAX, Severity.VIOLATION),
        Code("syntax-date", Group.SYNTAX, Severity.VIOLATION),
        Code("table-description", Group.TABLES, Severity.VIOLATION, stops_reading=True),
        Code("table-useless-column", Group.TABLES, Severity.VIOLATION),
        Code("table-encoding", Group.TABLES, Severity.VIOLATION, stops_reading=True),
        Code("table-syntax", Group.TABLES, Severity.VIOLATION, loses_records=True),
        Code("table-unknown-column", Group.TABLES, Severity.VIOLATION),
        Code("table-repeated-column", Group.TABLES, Severity.VIOLATION),
        Code("table-missing-column", Group.TABLES, Severity.VIOLATION),
        Code("table-ragged-row", Group.TABLES, Severity.VIOLATION, loses_records=True),
        Code("table-required", Group.TABLES, Severity.VIOLATION),
        Code("table-datatype", Group.TABLES, Severity.VIOLATION, passing=("expected",)),
        Code("table-date", Group.TABLES, Severity.VIOLATION),
        Code("table-repeated-key", Group.TABLES, Severity.VIOLATION, passing=("line",)),
        Code("table-dangling-link", Group.TABLES, Severity.VIOLATION),
        Code("table-unknown-table", Group.TABLES, Severity.VIOLATION),
        Code("table-dialect", Group.TABLES, Severity.WARNING),
        Code("table-separator-line", Group.TABLES, Severity.WARNING),
        Code("table-not-text", Group.TABLES, Severity.VIOLATION, stops_reading=True),
        Code("table-character", Group.TABLES, Severity.VIOLATION),
        Code("table-formula", Group.TABLES, None),
        Code("table-space", Group.TABLES, None),
        Code("table-digits", Group.TABLES, Severity.VIOLATION),
        Code("table-empty-value", Group.TABLES, Severity.WARNING),
        Code("table-repeated-value", Group.TABLES, Severity.WARNING),
        Code("table-term", Group.TABLES, Severity.VIOLATION),
        Code("table-twice", Group.TABLES, Severity.VIOLATION),
        Code("workbook-conflict", Group.TABLES, Severity.VIOLATION),
        Code("workbook-unknown-sheet", Group.TABLES, Severity.VIOLATION),
        Code("table-sheet", Group.TABLES, Severity.VIOLATION, stops_reading=True),
        Code("table-workbook", Group.TABLES, Severity.VIOLATION, stops_reading=True),
        Code("table-parquet", Group.TABLES, Severity.VIOLATION, stops_reading=True),
        Code("excel-date", Group.TABLES, Severity.VIOLATION),
        Code("excel-leading-zero", Group.TABLES, Severity.VIOLATION),
        Code("excel-number", Group.TABLES, Severity.VIOLATION),
        Code("excel-boolean", Group.TABLES, Severity.VIOLATION),
        Code("excel-error", Group.TABLES, Severity.VIOLATION),
        Code("excel-percentage", Group.TABLES, Severity.WARNING),
        Code("text-bidi-control", Group.TABLES, Severity.WARNING),
        Code("text-control", Group.TABLES, Severity.WARNING),
        Code("text-unicode-form", Group.TABLES, Severity.INFO),
        Code("text-garbled", Group.TABLES, Severity.WARNING),
        Code("text-lost", Group.TABLES, Severity.WARNING),
        Code("text-placeholder", Group.TABLES, None),
        *(Code(f"shacl-{name}", Group.SHACL, None) for name in _COMPONENTS),
        Code("ontology-no-terms", Group.ONTOLOGY, Severity.WARNING),
        Code("ontology-unknown-class", Group.ONTOLOGY, None),
        Code("ontology-unknown-property", Group.ONTOLOGY, None),
        Code("ontology-unknown-term", Group.ONTOLOGY, None),
        Code("ontology-undeclared-term", Group.ONTOLOGY, Severity.INFO),
        Code("ontology-deprecated-term", Group.ONTOLOGY, Severity.WARNING),
        Code("ontology-disjoint-classes", Group.ONTOLOGY, Severity.VIOLATION),
        Code("ontology-literal-for-link", Group.ONTOLOGY, Severity.VIOLATION),
        Code("ontology-link-for-literal", Group.ONTOLOGY, Severity.VIOLATION),
        Code("ontology-derived-property", Group.ONTOLOGY, Severity.VIOLATION),
        Code("ontology-reserved-kind", Group.ONTOLOGY, Severity.VIOLATION),
        Code("concept-cycle", Group.ONTOLOGY, Severity.VIOLATION),
        Code("concept-without-scheme", Group.ONTOLOGY, Severity.WARNING),
        Code("reason-contradiction", Group.ONTOLOGY, Severity.VIOLATION),
        Code("reason-empty-class", Group.ONTOLOGY, Severity.VIOLATION),
        Code("reason-not-dl", Group.ONTOLOGY, Severity.WARNING),
        Code("reason-not-rl", Group.ONTOLOGY, Severity.INFO),
        Code("ontology-import-unread", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P03", Group.PITFALLS, Severity.VIOLATION),
        Code("OOPS-P04", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P06", Group.PITFALLS, Severity.VIOLATION),
        Code("OOPS-P08", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P10", Group.PITFALLS, Severity.WARNING),
        Code("OOPS-P11", Group.PITFALLS, Severity.WARNING),
        Code("OOPS-P13", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P19", Group.PITFALLS, Severity.VIOLATION),
        Code("OOPS-P20", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P21", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P22", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P24", Group.PITFALLS, Severity.WARNING),
        Code("OOPS-P25", Group.PITFALLS, Severity.WARNING),
        Code("OOPS-P26", Group.PITFALLS, Severity.WARNING),
        Code("OOPS-P28", Group.PITFALLS, Severity.VIOLATION),
        Code("OOPS-P29", Group.PITFALLS, Severity.VIOLATION),
        Code("OOPS-P32", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P33", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P34", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P35", Group.PITFALLS, Severity.WARNING),
        Code("OOPS-P36", Group.PITFALLS, Severity.INFO),
        Code("OOPS-P38", Group.PITFALLS, Severity.WARNING),
        Code("OOPS-P39", Group.PITFALLS, Severity.VIOLATION),
        Code("OOPS-P40", Group.PITFALLS, Severity.VIOLATION),
        Code("OOPS-P41", Group.PITFALLS, Severity.WARNING),
        *(Code(f"FOOPS-{name}", Group.FAIRNESS, Severity.INFO) for name in _OF_FILES),
        Code("replacement-missing", Group.REPLACEMENTS, Severity.VIOLATION),
        Code("replacement-gone", Group.REPLACEMENTS, Severity.VIOLATION),
        Code("replacement-circle", Group.REPLACEMENTS, Severity.VIOLATION),
        Code("replacement-withheld", Group.REPLACEMENTS, Severity.VIOLATION),
        Code("import-no-record", Group.REPLACEMENTS, Severity.VIOLATION),
        Code("import-withdrawn", Group.REPLACEMENTS, Severity.WARNING),
        Code("import-same-record", Group.REPLACEMENTS, Severity.WARNING, passing=("count",)),
        Code("query-encoding", Group.QUERIES, Severity.VIOLATION, stops_reading=True),
        Code("query-twice", Group.QUERIES, Severity.VIOLATION),
        Code("query-header", Group.QUERIES, Severity.VIOLATION),
        Code("query-syntax-error", Group.QUERIES, Severity.VIOLATION),
        Code("query-too-deep", Group.QUERIES, Severity.VIOLATION),
        Code("query-unfinished", Group.QUERIES, Severity.VIOLATION),
        Code("query-leaves", Group.QUERIES, Severity.VIOLATION),
        Code("query-unknown-term", Group.QUERIES, None),
        Code("query-replaced-term", Group.QUERIES, Severity.WARNING),
        Code("query-unusual-prefix", Group.QUERIES, Severity.WARNING),
        Code("query-undeclared-parameter", Group.QUERIES, Severity.VIOLATION),
        Code("query-unused-parameter", Group.QUERIES, Severity.VIOLATION),
        Code("query-unknown-column", Group.QUERIES, Severity.VIOLATION),
        Code("query-untitled-column", Group.QUERIES, Severity.WARNING),
        Code("column-description", Group.QUERIES, Severity.VIOLATION),
        Code("shape-ill-formed", Group.SHAPES, Severity.VIOLATION),
        Code("shape-ill-formed-count", Group.SHAPES, Severity.VIOLATION),
        Code("shape-of-no-kind", Group.SHAPES, Severity.VIOLATION),
        Code("shape-pattern", Group.SHAPES, Severity.VIOLATION),
        Code("shape-rule", Group.SHAPES, Severity.VIOLATION),
        Code("shape-rule-property", Group.SHAPES, Severity.WARNING),
        Code("shape-slow", Group.SHAPES, Severity.INFO),
        Code("shape-unknown-term", Group.SHAPES, None),
        Code("shape-unused", Group.SHAPES, Severity.INFO),
        Code("shape-without-iri", Group.SHAPES, Severity.WARNING),
        Code("shape-without-severity", Group.SHAPES, Severity.WARNING),
        Code("shape-without-message", Group.SHAPES, Severity.WARNING),
        Code("harvest-title", Group.PORTALS, Severity.VIOLATION),
        Code("harvest-name", Group.PORTALS, Severity.WARNING),
        Code("harvest-language", Group.PORTALS, Severity.WARNING),
        Code("harvest-tag", Group.PORTALS, Severity.VIOLATION),
        Code("harvest-licence", Group.PORTALS, Severity.VIOLATION),
        Code("harvest-contact", Group.PORTALS, Severity.VIOLATION),
        Code("harvest-code", Group.PORTALS, Severity.WARNING),
        Code("release-missing", Group.RELEASES, Severity.VIOLATION),
        Code("release-changed", Group.RELEASES, Severity.VIOLATION),
        Code("release-extra", Group.RELEASES, Severity.VIOLATION),
        Code("release-unreadable", Group.RELEASES, Severity.VIOLATION),
        Code("release-packed", Group.RELEASES, Severity.VIOLATION),
        Code("release-count", Group.RELEASES, Severity.VIOLATION),
        Code("release-graph", Group.RELEASES, Severity.VIOLATION),
    )
}
"""All codes by name, in the order in which they are listed."""


def known_code(name: str) -> Code:
    """The code of this name; a constraint component of a shape's own author, which has none, is `shacl-other`."""
    return CODES.get(name, CODES["shacl-other"])
