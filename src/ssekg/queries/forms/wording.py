"""The values of a sheet for people: grouped digits, yes and no, names marked that are in another language."""

from collections.abc import Callable

import pyoxigraph as ox

from ssekg.base.language import joined
from ssekg.base.messages import text
from ssekg.base.numbers import grouped, read_number
from ssekg.queries.forms.sheet import Field, Item, Sheet

Worded = Callable[[Item, Field, Sheet], str]


def worded(sheet: Sheet, words_of: Worded | None = None) -> list[list[str]]:
    """The texts of all rows, with the numbers of the sources in a last column if these are wanted.

    `words_of` makes the text of a value, `word` if it is None.
    """
    language = sheet.wish.language
    of_item = words_of or word
    rows = [
        [
            joined((of_item(item, field, sheet) for item in cell), language)
            for field, cell in zip(sheet.fields, row, strict=True)
        ]
        for row in sheet.rows
    ]
    if sheet.wish.with_sources:
        for row, sources in zip(rows, sheet.references.rows, strict=True):
            row.append(" ".join(f"[{source.number}]" for source in sources))
    return rows


def titles(sheet: Sheet) -> list[str]:
    """The titles of the columns, with that of the sources if these are wanted."""
    found = [field.title for field in sheet.fields]
    return [*found, text("answer-sources", sheet.wish.language)] if sheet.wish.with_sources else found


def word(item: Item, field: Field, sheet: Sheet) -> str:
    """One value in words."""
    wish = sheet.wish
    if item.language:
        return f"{item.text} ({item.language})"
    if field.type == "boolean" and item.text in {"true", "false"}:
        return text("answer-yes" if item.text == "true" else "answer-no", wish.language)
    number = read_number(item.text) if field.type == "number" and isinstance(item.term, ox.Literal) else None
    return item.text if number is None else grouped(number, wish.language, wish.project.country)
