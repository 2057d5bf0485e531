"""A sheet as Parquet: typed columns, what each is called and means in every language beside it."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import XSD
from ssekg.base.numbers import read_number
from ssekg.queries.forms.sheet import Field, Item, Sheet, with_source_columns

_LARGEST: Final = 2**63


def as_parquet(sheet: Sheet) -> bytes:
    """The file. Whole numbers are int64, others float64, days date32 if all dates of the column are days.

    Raises:
        CannotRunError: the package pyarrow is not installed.
    """
    table = as_arrow(sheet)
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def as_arrow(sheet: Sheet) -> Any:
    """The same as a table of Arrow in memory.

    Raises:
        CannotRunError: the package pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise CannotRunError("no-pyarrow") from None
    sheet = with_source_columns(sheet)
    columns, fields = [], []
    for index, field in enumerate(sheet.fields):
        cells = [row[index] for row in sheet.rows]
        kind = _type(field, cells, pa)
        listed = pa.list_(kind) if field.is_list else kind
        values = [[_value(item, kind, pa) for item in cell] for cell in cells]
        columns.append(pa.array(values if field.is_list else [each[0] if each else None for each in values], listed))
        fields.append(pa.field(field.name, listed, metadata=_described(field)))
    project = sheet.wish.project
    about = {"query": sheet.answer.query.name, "version": project.version, "date": project.date.isoformat()}
    return pa.Table.from_arrays(columns, schema=pa.schema(fields, metadata=about))


def _type(field: Field, cells: Sequence[Sequence[Item]], pa: Any) -> Any:
    items = [item for cell in cells for item in cell]
    if field.type == "boolean" and all(item.text in {"true", "false", "1", "0"} for item in items):
        return pa.bool_()
    if field.type in {"number", "year"}:
        numbers = [read_number(item.text) for item in items]
        if all(number is not None and number == int(number) and abs(number) < _LARGEST for number in numbers):
            return pa.int64()
        return pa.string() if None in numbers else pa.float64()
    if field.type == "date" and items and all(_is_day(item) for item in items):
        return pa.date32()
    return pa.string()


def _is_day(item: Item) -> bool:
    if not isinstance(item.term, ox.Literal) or item.term.datatype.value != XSD + "date":
        return False
    try:
        return bool(date.fromisoformat(item.text))
    except ValueError:
        return False


def _value(item: Item, kind: Any, pa: Any) -> object:
    if kind == pa.bool_():
        return item.text in {"true", "1"}
    number = read_number(item.text) if kind in {pa.int64(), pa.float64()} else None
    if number is not None:
        return int(number) if kind == pa.int64() else float(number)
    return date.fromisoformat(item.text) if kind == pa.date32() else item.text


def _described(field: Field) -> dict[str, str]:
    column = field.column
    kinds = {"title": column.titles, "meaning": column.meanings, "unit": column.units}
    return {f"{kind}_{tag}": text for kind, texts in kinds.items() for tag, text in texts.items()}
