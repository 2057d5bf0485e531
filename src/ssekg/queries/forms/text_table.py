"""A sheet as a table for the terminal, cut at spaces and hyphens, the sources below."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from ssekg.base.language import isolate
from ssekg.base.messages import text
from ssekg.queries.forms.sheet import Sheet
from ssekg.queries.forms.wording import titles, worded

_GAP: Final = "   "
# Where a line may be cut: behind a space, and behind a hyphen between letters.
_CUT: Final = re.compile(r"(?<= )|(?<=[^\W\d_][-‐–/])(?=[^\W\d_])")
_BREAKS: Final = re.compile(r"[ \t\n\v\f\r]+")
_LONGEST_PIECE: Final = 24


def as_table(sheet: Sheet) -> str:
    """The table; every row is one line where there is no terminal."""
    language = sheet.wish.language
    header, rows = titles(sheet), worded(sheet)
    rows = [[_BREAKS.sub(" ", cell).strip() for cell in row] for row in rows]
    is_number = [field.type in {"number", "year"} for field in sheet.fields] + [False]
    widths = _widths([header, *rows], sheet.wish.width)
    lines = list(_drawn(header, widths, is_number, language))
    lines.append(_GAP.join("─" * width for width in widths))
    for row in rows:
        lines += _drawn(row, widths, is_number, language)
    if sheet.references.listed:
        lines += ["", text("answer-sources", language)]
        for source in sheet.references.listed:
            number = f"[{source.number}] "
            wrapped = _wrapped(source.text, (sheet.wish.width or 10_000) - len(number))
            lines += [number + isolate(wrapped[0], language)]
            lines += [" " * len(number) + isolate(line, language) for line in wrapped[1:]]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _drawn(cells: Sequence[str], widths: Sequence[int], is_number: Sequence[bool], language: str) -> Iterator[str]:
    """The lines of one row."""
    columns = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for number in range(max(map(len, columns), default=0)):
        parts = []
        for lines, width, to_right in zip(columns, widths, is_number, strict=False):
            line = lines[number] if number < len(lines) else ""
            padding = " " * (width - cell_len(line))
            shown = isolate(line, language)
            parts.append(padding + shown if to_right else shown + padding)
        yield _GAP.join(parts)


def _widths(rows: Sequence[Sequence[str]], available: int | None) -> list[int]:
    """The width of each column: what it needs, or a share of what is there.

    A column that needs less than an equal share gets what it needs, and leaves the rest to those with long names. No
    column is so narrow that it would cut an ordinary word.
    """
    columns = list(zip(*rows, strict=True))
    needed = [max(map(cell_len, column), default=0) for column in columns]
    if available is None:
        return needed
    least = [min(_LONGEST_PIECE, max(map(_longest_piece, column), default=0)) for column in columns]
    left, open_columns = available - len(_GAP) * (len(columns) - 1), set(range(len(columns)))
    widths = least[:]
    while open_columns:
        share = left // len(open_columns)
        settled = {i for i in open_columns if needed[i] <= share} or {i for i in open_columns if least[i] >= share}
        for index in settled or open_columns:
            widths[index] = min(needed[index], max(least[index], share))
            left -= widths[index]
        open_columns -= settled or open_columns
    return widths


def _longest_piece(words: str) -> int:
    return max((cell_len(piece.rstrip()) for piece in _pieces(words)), default=0)


def _pieces(words: str) -> list[str]:
    return [piece for piece in _CUT.split(words) if piece]


def _wrapped(words: str, width: int) -> list[str]:
    """The lines of a text; a piece that is longer than a line is cut."""
    lines = [""]
    for whole in _pieces(words):
        piece = whole
        if cell_len(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines.append("")
        while cell_len(piece.rstrip()) > width:
            cut = next(n for n in range(len(piece), 0, -1) if cell_len(piece[:n]) <= max(width, 2))
            lines[-1:] = [piece[:cut], ""]
            piece = piece[cut:]
        lines[-1] += piece
    return [line.rstrip() for line in lines]
