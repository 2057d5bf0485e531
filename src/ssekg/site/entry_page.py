"""The page that shows how a fact gets into the data: a drawing of the sheet that people fill in, and each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ssekg.base.language import is_right_to_left, pick
from ssekg.base.said import Named
from ssekg.guides.tables import ColumnGuide, TableGuide
from ssekg.site.layout import Site
from ssekg.sources.tables.table import Table

WIDTH: Final = 400
ROW: Final = 34
_MOST_COLUMNS: Final = 2
_MOST_CHOICES: Final = 4
# What fits into a column.
_LONGEST: Final = 25


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the drawing, cut to fit, with the place where they begin, and what they are."""

    words: str
    x: int
    y: int
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet: its title, the texts in it, the lines between columns, and the list that is open in its new row."""

    title: str
    height: int
    texts: Sequence[Text]
    lines: Sequence[int]
    list_x: int
    list_y: int
    list_height: int
    column: int


def entry_pages(site: Site, sheet: tuple[Table, TableGuide] | None) -> dict[str, bytes]:
    """`enter.html` in each language, by path.

    Args:
        site: makes the pages.
        sheet: the table whose sheet is drawn, with the guide to it; None draws none.

    Raises:
        CannotRunError: a template of the project can't be used.
    """

    def values(language: str) -> Mapping[str, object]:
        return {"drawing": drawing(*sheet, language) if sheet else None, "width": WIDTH, "row": ROW}

    return site.pages("enter.html", "enter.html", values)


def naming(table: Table) -> Mapping[str, str]:
    """The languages of the columns with names, by the names of the columns."""
    columns = (each for each in table.columns if each.index is not None and each.is_free_text and not each.separator)
    return {each.name: each.language for each in columns if each.language}


def drawing(table: Table, guide: TableGuide, language: str) -> Drawing:
    """The sheet of a table with a row that is there and a new one, whose list is open."""
    columns = _columns(table, guide, language)
    row = next((each.cells for each in table.rows if columns[0].name in each.cells), {})
    width = WIDTH // len(columns)
    listed = next((index for index, each in enumerate(columns) if each.choices), None)
    choices = columns[listed].choices[:_MOST_CHOICES] if listed is not None else ()

    def x(index: int) -> int:
        return WIDTH - index * width if is_right_to_left(language) else index * width

    def inside(index: int) -> int:
        return x(index) + (-10 if is_right_to_left(language) else 10)

    texts = [
        *(Text(_heading(each, language), inside(index), 22, is_head=True) for index, each in enumerate(columns)),
        *(Text(_cell(each, row, language), inside(index), ROW + 22) for index, each in enumerate(columns)),
    ]
    below = 3 * ROW
    texts += [
        Text(_listed(each, language), inside(listed or 0), below + number * ROW + 22)
        for number, each in enumerate(choices)
    ]
    list_x = x(listed or 0) - (width if is_right_to_left(language) else 0)
    return Drawing(
        title=pick(guide.title.labels, language) or guide.title.short,
        height=below + len(choices) * ROW + 4,
        texts=[each for each in texts if each.words],
        lines=[x(index) for index in range(1, len(columns))],
        list_x=list_x,
        list_y=below,
        list_height=len(choices) * ROW,
        column=width,
    )


def _columns(table: Table, guide: TableGuide, language: str) -> list[ColumnGuide]:
    """The columns that are drawn: one with names, in the language if there is one, then those with single codes."""
    named, lists = naming(table), {each.name for each in table.columns if each.separator}
    names = sorted(
        (each for each in guide.columns if each.name in named), key=lambda each: named[each.name] != language
    )
    first = (names or list(guide.columns))[0]
    coded = [each for each in guide.columns if each.choices and each.name not in lists and each != first]
    required = sorted(coded, key=lambda each: not each.required)
    return [first, *required][:_MOST_COLUMNS]


def _heading(column: ColumnGuide, language: str) -> str:
    heading = pick(column.headings, language) or column.name
    return _cut(f"{heading} *" if column.required else heading)


def _cell(column: ColumnGuide, row: Mapping[str, str], language: str) -> str:
    text = row.get(column.name, "")
    named = next((each for each in column.choices if each.short == text), None)
    return _cut(text) if named is None else _listed(named, language)


def _listed(choice: Named, language: str) -> str:
    label = pick(choice.labels, language)
    return _cut(f"{label} ({choice.short})" if label and label != choice.short else choice.short)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
