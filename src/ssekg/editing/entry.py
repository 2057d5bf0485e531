"""A new row of a table, made of what somebody says by column or heading, in any language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import fold
from ssekg.base.said import Argument, Named, Said, Several, Texts
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.editing.edits import Edits
from ssekg.editing.identifiers import Identifiers, columns_of
from ssekg.editing.values import Values
from ssekg.graph.naming import kind_names
from ssekg.sources.records import Records
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table

_MOST_CHOICES: Final = 40


@dataclass(frozen=True)
class Entry:
    """A new row: its table, and its cells by the names of the columns."""

    table: Table
    cells: Mapping[str, str]

    @property
    def shown(self) -> Iterator[tuple[Texts, str]]:
        """The headings with the cells that are not empty, in the order of the columns."""
        for column in columns_of(self.table):
            if column.name in self.cells:
                yield heading(column), self.cells[column.name]


def heading(column: Column) -> Texts:
    """What people call a column."""
    return Texts(column.headings or {"": column.title})


def new_entry(edits: Edits, kind: str, given: Iterable[tuple[str, str]]) -> Entry:
    """A new row for the table of a kind.

    Args:
        edits: the tables of the project.
        kind: the kind, or the table, by its identifier or name in any language.
        given: columns, by name or heading in any language, with what is to be in them. A column may come several times
            if its cells are lists.

    Raises:
        AskedWronglyError: there is no such kind or column, a column that takes one value is given several, or a
            required one is not given: the message says what it takes.
    """
    table = table_called(edits, kind)
    values = Values(edits.project, edits.graph)
    texts: dict[str, list[str]] = defaultdict(list)
    columns = {each.name: each for each in columns_of(table)}
    for name, text in given:
        texts[column_called(table, name).name].append(text)
    cells = {name: _joined(columns[name], several) for name, several in texts.items()}
    cells = {name: values.cell(table, columns[name], text) for name, text in cells.items() if text.strip()}
    cells = Identifiers(edits, values).completed(table, cells)
    missing = [each for each in columns.values() if each.required and each.name not in cells]
    if missing:
        asked = Several(tuple(_asked(each, values.choices(table, each)) for each in missing), is_list=False)
        raise AskedWronglyError("still-asked", table=table.name, columns=asked)
    return Entry(table, cells)


def table_called(edits: Edits, name: str) -> Table:
    """The table of a kind, or of a name, in any language.

    Raises:
        AskedWronglyError: there is none.
    """
    names: dict[str, Table] = {}
    for table in edits.tables.values():
        names |= {fold(each): table for each in _names(table)}
    for kind, (file, _) in Records(edits.tables.values(), edits.project.base).tables.items():
        own = edits.graph.terms.kinds.get(kind)
        called = {kind, *kind_names(edits.graph, kind).values()}
        called |= set(edits.graph.labels.get(own, {}).values()) if own is not None else set()
        names |= {fold(each): edits.tables[file] for each in called}
    if fold(name) not in names:
        known = ", ".join(table.name.removesuffix(".csv") for table in edits.tables.values())
        raise AskedWronglyError("no-such-table", table=name, known=known, **suggestion(nearest_name(fold(name), names)))
    return names[fold(name)]


def column_called(table: Table, name: str) -> Column:
    """The column of a table by its name, by its heading in any language, or by both: "Legal text (legal_bases)".

    Raises:
        AskedWronglyError: there is none, or several have this heading.
    """
    columns = columns_of(table)
    named = [each for each in columns if fold(each.name) == fold(name)]
    found = named or [each for each in columns if fold(name) in map(fold, (*each.headings.values(), *_whole(each)))]
    if len(found) == 1:
        return found[0]
    names = {each: column for column in columns for each in (*column.headings.values(), column.name)}
    begun = [column for each, column in names.items() if fold(each).startswith(f"{fold(name)} ")]
    meant = names.get(nearest_name(name, names) or "")
    near = found or begun or ([meant] if meant is not None else [])
    several = tuple(Named(each.name, each.headings) for each in {each.name: each for each in near}.values())
    nearest = suggestion(Several(several) if several else None)
    raise AskedWronglyError("no-such-column", column=name, table=table.name, **nearest)


def whole_heading(column: Column, heading: str) -> str:
    """A heading that several columns of a table have, with the name of one of them."""
    return f"{heading} ({column.name})"


def _whole(column: Column) -> Iterator[str]:
    return (whole_heading(column, each) for each in column.headings.values())


def _names(table: Table) -> Sequence[str]:
    titles = table.description.title.values() if table.description else ()
    return (table.name, table.name.removesuffix(".csv"), *titles)


def _joined(column: Column, texts: Sequence[str]) -> str:
    """What was given for a column, as one cell.

    Raises:
        AskedWronglyError: the column takes one value only.
    """
    if len(texts) > 1 and not column.separator:
        raise AskedWronglyError("one-value-only", column=column.title)
    return (column.separator or "").join(texts)


def _asked(column: Column, choices: Sequence[Named]) -> Argument:
    """A column with what it takes, for a message."""
    arguments: dict[str, Argument] = {"column": column.title, "called": heading(column)}
    if 0 < len(choices) <= _MOST_CHOICES:
        return Said("asked-choice", {**arguments, "choices": Several(tuple(choices))})
    purpose = Said("asked-column", {**arguments, "purpose": Texts(column.description)})
    return Several((purpose, Said("asked-many", {"count": str(len(choices))})), is_list=False) if choices else purpose
