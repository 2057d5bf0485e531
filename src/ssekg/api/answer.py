"""An answer in Python: as a data frame, as a chart, with its sources, and how it is cited."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ssekg.base.errors import AskedWronglyError, CannotRunError
from ssekg.base.files import write_file
from ssekg.base.html import Templates
from ssekg.base.language import joined, writing_direction
from ssekg.base.messages import words as in_words
from ssekg.project.settings import Project
from ssekg.queries import answers
from ssekg.queries.asking import Asked
from ssekg.queries.forms.sheet import Sheet, Wish, sheet
from ssekg.queries.references import Reference

if TYPE_CHECKING:  # neither need be installed
    import pandas
    import pyarrow

_MOST_SHOWN: Final = 20


class Chart(str):
    """The SVG of a chart, which notebooks show as a picture."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)

    def png(self) -> bytes:
        """The same as PNG.

        Raises:
            CannotRunError: the package that draws is not installed (extra `charts`), or there is no font.
        """
        from ssekg.charts.png import png

        return png(self)

    def save(self, file: str | Path) -> None:
        """Write the picture to a file: as PNG if its name ends so, else as SVG.

        Raises:
            CannotRunError: the file can't be written, or the PNG can't be drawn.
        """
        path = Path(file)
        write_file(path, self.png() if path.suffix.lower() == ".png" else self.encode())


class Answer:
    """What a question answers: one row for each fact. Notebooks show it as a table, `print` as text."""

    def __init__(self, asked: Asked, found: answers.Answer, project: Project, language: str) -> None:
        """Take what was asked and found, for someone who reads a language."""
        self._asked = asked
        self._found = found
        self._project = project
        self.language = language

    @property
    def title(self) -> str:
        """What the question is called."""
        return self._found.title(self.language)

    @property
    def parameters(self) -> dict[str, str]:
        """How each parameter was read, in words."""
        graph = self._found.graph
        read: dict[str, list[str]] = {}
        for each in self._asked.readings:
            read.setdefault(each.parameter.name, []).append(in_words(each.in_words(graph), self.language))
        return {name: joined(texts, self.language) for name, texts in read.items()}

    @property
    def sparql(self) -> str:
        """The query as it was asked, with the parameters in it."""
        return self._asked.text

    @property
    def columns(self) -> dict[str, str]:
        """What the columns of the data frame are called for people."""
        return {field.name: field.title for field in self._sheet().fields}

    @cached_property
    def sources(self) -> Sequence[Reference]:
        """The sources of the statements that made the rows: title, publisher, date, address; "" for what is not known.

        Raises:
            AskedWronglyError: the query can't be taken apart.
        """
        return self._sheet(sources=True).references.listed

    def to_arrow(self, *, sources: bool = False) -> "pyarrow.Table":
        """The answer as a table of Arrow, with typed columns.

        A column `x` of things has their identifiers (`kind/id`), and the column `x_label` after it their
        names; a column in which several values are gathered has lists. The metadata of a column have its title, meaning
        and unit in every language.

        Args:
            sources: whether the sources of each row are wanted, in columns of lists (`sources_label`, …).

        Raises:
            AskedWronglyError: sources are wanted, and the query can't be taken apart.
            CannotRunError: the package pyarrow is not installed (extra `parquet`).
        """
        from ssekg.queries.forms.parquet import as_arrow

        return as_arrow(self._sheet(sources=sources))

    def to_pandas(self, *, sources: bool = False) -> "pandas.DataFrame":
        """The answer as a data frame of pandas, with the columns of `to_arrow`.

        Raises:
            AskedWronglyError: sources are wanted, and the query can't be taken apart.
            CannotRunError: the packages pandas and pyarrow are not installed (extra `pandas`).
        """
        table = self.to_arrow(sources=sources)
        try:
            import pandas as _  # noqa: F401 - what pyarrow says without it is not our message
        except ImportError:
            raise CannotRunError("no-pandas") from None
        return table.to_pandas()

    def chart(self) -> Chart:
        """The chart that suits the question, as SVG, with sources and version in the picture.

        Raises:
            AskedWronglyError: the question has no chart.
            RefusedError: the answer has nothing that can be drawn.
        """
        from ssekg.charts.chart import chart

        return Chart(chart(self._found, self._project, self.language))

    def cite(self, form: str = "text") -> str:
        """How to cite the answer: question, parameters, version, date and hash of the graph.

        Args:
            form: `text`, `bibtex` or `csl` (CSL-JSON).

        Raises:
            AskedWronglyError: there is no such form.
        """
        from ssekg.queries.citations import CITATIONS, citation

        if form not in CITATIONS:
            raise AskedWronglyError("no-such-citation", form=form, known=", ".join(CITATIONS))
        return CITATIONS[form](citation(self._found, self._project, self.language), self.language).rstrip("\n")

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._found.rows)

    def __str__(self) -> str:
        """The table as text."""
        from ssekg.queries.forms.text_table import as_table

        return as_table(self._sheet(only_names=True)).rstrip("\n")

    def __repr__(self) -> str:
        """What it answers, and with how many rows."""
        return f"<Answer {self._found.query.name!r}: {len(self)} rows>"

    def _repr_html_(self) -> str:
        from ssekg.queries.forms.wording import titles, worded

        shown = self._sheet(only_names=True)
        return Templates(__package__).render(
            "answer.html",
            title=self.title,
            language=self.language,
            direction=writing_direction(self.language),
            titles=titles(shown),
            is_number=[field.type in {"number", "year"} for field in shown.fields],
            rows=worded(shown)[:_MOST_SHOWN],
            hidden=max(0, len(shown.rows) - _MOST_SHOWN),
        )

    def _sheet(self, *, sources: bool = False, only_names: bool = False) -> Sheet:
        wish = Wish(self._project, self.language, with_sources=sources)
        return sheet(self._found, wish, only_names=only_names)


def pairs_of(parameters: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    """Parameters as pairs of name and text: a list gives several of one name, None gives none."""
    for name, value in parameters.items():
        values = value if isinstance(value, list | tuple | set | frozenset) else [value]
        yield from ((name, _written(each)) for each in values if each is not None)


def _written(value: object) -> str:
    """A value as it is typed. A number has four decimals at least: three could be read as thousands."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        whole, _, decimals = f"{Decimal(str(value)):f}".partition(".")
        return f"{whole}.{decimals:0<4}"
    return str(value)
