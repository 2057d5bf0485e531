"""An answer as a table of a page: things as links, numbers in groups, the sources of each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from ssekg.base.numbers import grouped, read_number
from ssekg.graph.naming import Name
from ssekg.project.settings import Project
from ssekg.queries.answers import Answer
from ssekg.queries.columns import PART
from ssekg.queries.forms.sheet import Field, Item, Sheet, Wish, sheet
from ssekg.queries.parameters import Term
from ssekg.queries.references import Reference
from ssekg.site.layout import Site


@dataclass(frozen=True, slots=True)
class Part:
    """A value in a cell: its words, and the IRI of a thing, "" for anything else."""

    name: Name
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of an answer; `number` is there where it is a single number, a date `is_whole`: on one line."""

    parts: Sequence[Part]
    number: Decimal | None = None
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an answer with its sources."""

    cells: Sequence[Cell]
    sources: Sequence[Reference]


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The columns of an answer, its first rows, how many it has, and the sources of all."""

    columns: Sequence[Field]
    rows: Sequence[Row]
    count: int
    sources: Sequence[Reference]


def sheet_for_pages(project: Project, answer: Answer, language: str) -> Sheet:
    """An answer with all that its table on a page and its files in a language have.

    There are files in the languages that the tool has words in, such as those for columns of identifiers.
    """
    only_names = language not in project.worded_languages
    return sheet(answer, Wish(project, language, with_sources=True), only_names=only_names)


def answer_table(site: Site, found: Sheet, most: int) -> AnswerTable:
    """The table of an answer on a page, with so many rows, things by their names, without columns of sources alone."""
    shown = (at for at in range(len(found.fields)) if not _has_name(found, at) and found.fields[at].column.type != PART)
    kept = [at for at in shown if not _repeats_sources(found, at)]
    rows = [
        Row([_cell(row[at], found.fields[at], site, found.wish) for at in kept], sources)
        for row, sources in zip(found.rows[:most], found.references.rows[:most], strict=True)
    ]
    return AnswerTable([found.fields[at] for at in kept], rows, len(found.rows), found.references.listed)


def _has_name(found: Sheet, at: int) -> bool:
    """Whether the next column has the names of the things in a column."""
    return any(each.column.name == found.fields[at].column.name for each in found.fields[at + 1 : at + 2])


def _repeats_sources(found: Sheet, at: int) -> bool:
    """Whether a column has nothing but sources that are said beside each row anyway."""
    cells = [(row[at], sources) for row, sources in zip(found.rows, found.references.rows, strict=True) if row[at]]
    return bool(cells) and all(
        {item.term for item in items} <= {each.term for each in sources} for items, sources in cells
    )


def part(name: Name, term: Term) -> Part:
    """A term by its name."""
    return Part(name, term.value if isinstance(term, ox.NamedNode) else "")


def _cell(items: Sequence[Item], field: Field, site: Site, wish: Wish) -> Cell:
    number = read_number(items[0].text) if len(items) == 1 and field.type == "number" else None
    if number is not None:
        return Cell([Part(Name(grouped(number, wish.language, wish.project.country)))], number)
    if field.type == "boolean":
        said = {"true": "answer-yes", "false": "answer-no"}
        return Cell([Part(Name(site.say(said.get(each.text, "answer-no"), wish.language))) for each in items])
    return Cell([part(Name(each.text, each.language), each.term) for each in items], is_whole=field.type == "date")
