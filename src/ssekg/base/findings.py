"""What the checks find, as plain frozen values: a severity, a place, a finding, a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ssekg.base.said import Arguments
from ssekg.base.terms import Path, Term


class Severity(StrEnum):
    """How grave a finding is, as SHACL has it; members are ordered from grave to light by `rank`."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for a violation, 1 for a warning, 2 for an info."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is: lines and columns start at 1, columns count characters as editors do.

    `file` is as the user can open it: relative to the project if it is inside. `cell` names the cell of a
    spreadsheet (`places!B7`). What is not known is None.
    """

    file: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Where something is to be fixed first, since a finding probably follows from it.

    `code` is that of the finding there; None where nothing is wrong there by itself, such as a key that was renamed.
    """

    place: Place
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem to report to a person.

    `code` names an entry of the message catalogues; `arguments` fill its placeholders; `texts` holds, by language
    tag, what the shape itself says ("" for a text without a language). `focus`, `path`, `value` and `shape` are those
    of a result of SHACL, where they apply. `place` is where it is, `others` are all further places of it: the other
    values of a property that has too many, another file. `cause` is what it probably follows from, if anything.
    """

    code: str
    severity: Severity
    place: Place | None = None
    arguments: Arguments = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    focus: Term | None = None
    path: Path | None = None
    value: Term | None = None
    shape: Term | None = None
    others: tuple[Place, ...] = ()
    cause: Cause | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, the first first."""
        return (self.place, *self.others) if self.place is not None else ()

    def at(self, places: Sequence[Place]) -> "Finding":
        """The same finding at other places; without any it has none."""
        return replace(self, place=places[0] if places else None, others=tuple(places[1:]))


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the tests of a check were passed; without any it does not apply. `code` is that of its finding."""

    code: str
    passed: int
    of: int

    @property
    def is_full(self) -> bool:
        """Whether no test failed."""
        return self.passed == self.of


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one run over `files` files and `triples` triples, in their order, and the `seconds` it took.

    `texts` holds the text of each file that has a finding, by the name that its place has, or the lines of a large one
    by their numbers; `shacl` the engine's own sh:ValidationReport as N-Triples; `scores` those of an ontology,
    and `not_scored` the checks that would need more than its file.
    """

    findings: tuple[Finding, ...]
    files: int = 0
    triples: int = 0
    seconds: float = 0.0
    texts: Mapping[str, str | Mapping[int, str]] = field(default_factory=dict)
    shacl: bytes = b""
    scores: tuple[Score, ...] = ()
    not_scored: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def score(self) -> float:
        """The mean of the scores that apply, as FOOPS! computes it; 0 without any."""
        shares = [score.passed / score.of for score in self.scores if score.of]
        return sum(shares) / len(shares) if shares else 0.0

    def reaches(self, severity: Severity) -> bool:
        """Whether any finding is at least as grave as `severity`."""
        return any(finding.severity.rank <= severity.rank for finding in self.findings)


def is_shacl(finding: Finding) -> bool:
    """Whether a finding is a validation result of SHACL."""
    return finding.code.startswith("shacl-")
