"""A sheet as a table in Markdown (GitHub's), things linked to their addresses, the sources below."""

import re
from typing import Final

import pyoxigraph as ox

from ssekg.base.messages import text
from ssekg.queries.forms.sheet import Field, Item, Sheet
from ssekg.queries.forms.wording import titles, word, worded

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>|#~])")
_ADDRESS: Final = re.compile(r"https?://[^\s<>]+")


def as_markdown(sheet: Sheet) -> str:
    """The table, then the sources if they are wanted."""
    language = sheet.wish.language
    rules = ["---:" if field.type in {"number", "year"} else "---" for field in sheet.fields]
    rules += ["---"] if sheet.wish.with_sources else []
    rows = worded(sheet, _value)
    lines = [_line([_escaped(title) for title in titles(sheet)]), _line(rules), *map(_line, rows)]
    if sheet.references.listed:
        lines += ["", text("answer-sources", language), ""]
        lines += [f"{source.number}. {_linked(source.text)}" for source in sheet.references.listed]
    return "\n".join(lines) + "\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _value(item: Item, field: Field, sheet: Sheet) -> str:
    shown = _escaped(word(item, field, sheet))
    is_link = isinstance(item.term, ox.NamedNode) and not field.is_name and _ADDRESS.fullmatch(item.term.value)
    return f"[{shown}](<{item.term.value}>)" if is_link else shown


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", words).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>")


def _linked(words: str) -> str:
    """A text whose addresses are links."""
    parts = re.split(f"({_ADDRESS.pattern})", words)
    return "".join(f"<{part}>" if index % 2 else _escaped(part) for index, part in enumerate(parts))
