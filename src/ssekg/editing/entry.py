"""A new row of a table, made of what somebody says by column or heading, in any language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import fold
from ssekg.base.said import Argument, Named, Said, Several, Texts
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.editing.edits import Edits
from ssekg.editing.values import Values
from ssekg.graph.naming import kind_names
from ssekg.guides.choices import Subjects
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.table import Table

_MOST_CHOICES: Final = 40
_LONGEST_IDENTIFIER: Final = 48


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


def columns_of(table: Table) -> list[Column]:
    """The columns of a table that are in its file."""
    return [each for each in table.columns if each.index is not None]


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
    cells = with_identifier(edits, table, cells)
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
    subjects = Subjects(edits.graph)
    for table in edits.tables.values():
        names |= {fold(each): table for each in _names(table)}
    for table in reversed(list(edits.tables.values())):  # the first table of a kind has its name
        record = subjects.record(table.columns[0].subject if table.columns else None)
        if record is not None and not record.part:
            own = edits.graph.terms.kinds.get(record.kind)
            called = {record.kind, *kind_names(edits.graph, record.kind).values()}
            called |= set(edits.graph.labels.get(own, {}).values()) if own is not None else set()
            names |= {fold(each): table for each in called}
    if fold(name) not in names:
        known = ", ".join(table.name.removesuffix(".csv") for table in edits.tables.values())
        raise AskedWronglyError("no-such-table", table=name, known=known, **suggestion(nearest_name(fold(name), names)))
    return names[fold(name)]


def column_called(table: Table, name: str) -> Column:
    """The column of a table by its name, or by its heading in any language.

    Raises:
        AskedWronglyError: there is none.
    """
    names = {each: column for column in columns_of(table) for each in (*column.headings.values(), column.name)}
    found = next((column for each, column in names.items() if fold(each) == fold(name)), None)
    if found is None:
        nearest = suggestion(nearest_name(name, names))
        raise AskedWronglyError("no-such-column", column=name, table=table.name, **nearest)
    return found


def with_identifier(edits: Edits, table: Table, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells with an identifier that is made of a name, where a table has one and it is missing."""
    rows = edits.rows(table.name)
    if len(rows.keys) != 1 or rows.keys[0] in cells:
        return dict(cells)
    identifier = rows.keys[0]
    named = [text for column in _naming(edits, table) if (text := cells.get(column.name))]
    proposed = next(filter(None, map(slug_of, named)), None)
    if proposed is None:
        return dict(cells)
    taken = {rows.cells(record).get(identifier) for record in rows.records}
    return {identifier: _free(proposed, taken), **cells}


def slug_of(name: str) -> str:
    """An identifier for a name: its words in Latin letters, as many as are short enough."""
    from anyascii import anyascii

    words = re.findall("[a-z0-9]+", anyascii(name.replace("’", " ").replace("'", " ")).lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:_LONGEST_IDENTIFIER]
        if len(longer) > _LONGEST_IDENTIFIER:
            break
        slug = longer
    return slug


def _free(proposed: str, taken: Iterable[str | None]) -> str:
    used = set(taken)
    numbered = (f"{proposed}-{number}" for number in range(2, len(used) + 3))
    return proposed if proposed not in used else next(each for each in numbered if each not in used)


def _naming(edits: Edits, table: Table) -> list[Column]:
    """The columns with names, those in languages that are written in Latin letters first."""
    order = {tag: place for place, tag in enumerate(edits.project.reading_order)}
    named = [each for each in columns_of(table) if each.language in order and each.is_free_text and not each.separator]
    return sorted(named, key=lambda each: order[each.language or ""])


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
    if not choices:
        return Said("asked-column", {**arguments, "purpose": Texts(column.description)})
    shown = Several(tuple(choices[:_MOST_CHOICES]))
    more = Said("asked-more", {"count": str(len(choices) - _MOST_CHOICES)}) if len(choices) > _MOST_CHOICES else ""
    return Said("asked-choice", {**arguments, "choices": shown, "more": more})
