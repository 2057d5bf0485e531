"""The triples of usual records, column by column: what the cells of a column state is found out once for each text.

A cell is usual if nothing is wrong with it. A record of usual cells states what each of its cells states, so the
triples of a record are those of its texts put together, as lines of N-Triples in which only the subject is missing.
What they are comes from the same functions that read records one by one, `judged` and `statements`; a record with any
other cell is left to these.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

import pyoxigraph as ox

from ssekg.sources.tables.cells import Judged
from ssekg.sources.tables.columns import Column
from ssekg.sources.tables.grids import Mark, Record
from ssekg.sources.tables.statements import statements
from ssekg.sources.tables.templates import Template

_ANY: Final = ox.BlankNode("any")
# Stands for the first subject in lines, the next character for the second; in no text of a usual cell.
_FIRST: Final = 1
_MOST_SUBJECTS: Final = 8
_MARK_OF: Final = itemgetter(0)
_MARKS: Final = re.compile("[\x01-\x08]")
Judge = Callable[[Column, str, Mark | None], Judged]


@dataclass(frozen=True, slots=True)
class Stated:
    """The text of a usual cell, None if it is empty, and the lines of what it states."""

    text: str | None
    lines: str


class _Texts(dict[str | tuple[str, Mark], Stated | None]):
    """What the texts in one column of the file state, each found out when it is first met; None for an unusual one."""

    def __init__(self, column: Column | None, depending: "Sequence[_Stating]", judge: Judge) -> None:
        super().__init__()
        self._column = column
        self._depending = depending
        self._judge = judge
        self._is_plain = len(depending) == 1 and depending[0].column.index is not None and depending[0].is_plain
        self._start = f"{depending[0].mark} {depending[0].predicate} " if self._is_plain else ""

    def __missing__(self, found: str | tuple[str, Mark]) -> Stated | None:
        text, mark = found if isinstance(found, tuple) else (found, None)
        stated = self[found] = self._stated(text, mark)
        return stated

    def _stated(self, text: str, mark: Mark | None) -> Stated | None:
        column = self._column
        if column is None:  # the file has it, the description does not
            return Stated(None, "")
        text = column.bare(text) or column.default or ""
        if text in column.nulls:
            return None if column.required else self._lines(None, {}, {})
        cell = self._judge(column, text, mark)
        if cell.faults or cell.literals is None:
            return None
        if self._is_plain:
            lines = "".join([f"{self._start}{literal} .\n" for literal in cell.literals])
            return Stated(cell.text or None, lines)
        cells = {column.name: cell.text} if cell.text else {}
        return self._lines(cell.text or None, cells, {column.name: cell.literals})

    def _lines(
        self, text: str | None, cells: Mapping[str, str], literals: Mapping[str, tuple[ox.Literal, ...] | None]
    ) -> Stated | None:
        lines = _lines_of(self._depending, cells, literals)
        return None if lines is None else Stated(text, lines)


@dataclass(frozen=True, slots=True)
class _Stating:
    """A column without its subject, for which a mark stands."""

    column: Column
    mark: str

    @property
    def is_plain(self) -> bool:
        """Whether it states just its literals."""
        column = self.column
        return column.value is None and not column.ordered and not column.predicate.variables

    @property
    def predicate(self) -> str:
        """Its property, if no cell decides which it is."""
        return str(self.column.predicate.iri({}))


def _lines_of(
    columns: Sequence[_Stating], cells: Mapping[str, str], literals: Mapping[str, tuple[ox.Literal, ...] | None]
) -> str | None:
    """What columns state with some cells; None if any of it can't be stated."""
    lines = []
    for each in columns:
        made = statements([each.column], cells, literals, _ANY)
        if made.broken or made.spoiled:
            return None
        for _, triple in made.triples:
            line = f" {triple.predicate} {triple.object} .\n"
            if _MARKS.search(line):
                return None
            lines.append(each.mark + line)
    return "".join(lines)


class Columnwise:
    """The usual records of a table as lines of N-Triples."""

    def __init__(self, columns: Sequence[Column], width: int, label: Callable[[int], str], judge: Judge) -> None:
        """Prepare for records of `width` cells; `label` is that of the node of the record on a line.

        `is_possible` is false where what a cell states depends on others: then no record is usual. `templates` are
        those of the subjects, None for nodes without a name, and `naming` the columns that these consist of.
        """
        made = [each for each in columns if not each.suppressed]
        self._width = width
        self._label = label
        self.templates: list[Template | None] = list({id(each.subject): each.subject for each in made}.values())
        marks = {id(subject): chr(_FIRST + number) for number, subject in enumerate(self.templates)}
        stating = [(_needed(each), _Stating(replace(each, subject=None), marks[id(each.subject)])) for each in made]
        by_index = {each.index: each for each in columns if each.index is not None}
        constant = _lines_of([each for needed, each in stating if not needed], {}, {})
        self._at = {each.name: index for index, each in by_index.items()}
        self.naming = tuple(
            dict.fromkeys(name for template in self.templates if template is not None for name in template.variables)
        )
        self.is_possible = (
            constant is not None
            and len(self.templates) <= _MOST_SUBJECTS
            and all(len(needed) <= 1 for needed, _ in stating)
            and {*self.naming, *(name for needed, _ in stating for name in needed)} <= self._at.keys()
            and not any(_repeats_subject(each) for each in made)
        )
        self._constant = constant or ""
        self._texts = [
            _Texts(
                by_index.get(index),
                [each for needed, each in stating if index in by_index and needed == {by_index[index].name}],
                judge,
            )
            for index in range(width)
        ]

    def forget(self) -> None:
        """Let go of what has been found out: texts of identifiers and names are in one record each."""
        for texts in self._texts:
            texts.clear()

    def stated(self, record: Record) -> list[Stated] | None:
        """What each cell of a record states; None if any of them is not usual."""
        cells: Sequence[str | tuple[str, Mark]] = record.cells
        if not self.is_possible or len(cells) != self._width:
            return None
        if record.marks:
            cells = [(text, record.marks[at]) if at in record.marks else text for at, text in enumerate(record.cells)]
        found = [texts[cell] for texts, cell in zip(self._texts, cells, strict=True)]
        return None if None in found else found  # type: ignore[return-value]

    def subjects(self, record: Record, stated: Sequence[Stated]) -> list[str] | None:
        """What a record is about, for each template; None if one makes no IRI."""
        found = []
        for template in self.templates:
            if template is None:
                found.append(f"_:{self._label(record.line)}")
                continue
            texts = {name: text for name in template.variables if (text := stated[self._at[name]].text)}
            try:
                found.append(str(template.iri(texts)))
            except ValueError:
                return None
        return found

    def lines(self, subjects: Sequence[str], stated: Sequence[Stated]) -> str:
        """What a record states as lines of N-Triples, those with one subject together."""
        lines = "".join([each.lines for each in stated]) + self._constant
        if len(subjects) > 1:
            lines = "".join(f"{line}\n" for line in sorted(lines.split("\n")[:-1], key=_MARK_OF))
        for number, subject in enumerate(subjects):
            lines = lines.replace(chr(_FIRST + number), subject)
        return lines

    def texts(self, names: Collection[str], stated: Sequence[Stated]) -> list[str | None]:
        """The texts of some columns."""
        return [stated[self._at[name]].text if name in self._at else None for name in names]


def _needed(column: Column) -> frozenset[str]:
    """The columns whose cells decide what a column states besides its subject."""
    own = {column.name} if column.index is not None else set()
    templates = (column.predicate, column.value)
    used = {name for template in templates if template is not None for name in template.variables}
    return frozenset({*own, *used, *([column.only_with] if column.only_with is not None else [])})


def _repeats_subject(column: Column) -> bool:
    """Whether a column makes subjects, or nodes, of its own for each record."""
    is_list = column.separator is not None
    return is_list and (column.ordered or (column.subject is not None and column.name in column.subject.variables))
