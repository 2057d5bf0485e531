"""What a finding is about, for people: why it matters, how to fix it, a wrong example and a right one."""

import textwrap
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from ssekg.base.codes import CODES, Group
from ssekg.base.findings import Place
from ssekg.base.language import is_right_to_left, isolate
from ssekg.base.messages import text, title, why
from ssekg.base.messages.examples import Example, examples
from ssekg.reports.excerpt import Lines
from ssekg.reports.text import COLOURS, WIDTH, numbered, painted, pointer
from ssekg.reports.wording import general_hint, position, severity_name

_WRONG: Final = "bold red"
_RIGHT: Final = "bold green"
# Examples of these leave out what every such file begins with.
_BEGIN_ALIKE: Final = {".ttl", ".rq"}
_WORKBOOK: Final = ".xlsx"


def list_of_codes(language: str, *, colour: bool = False) -> str:
    """All codes with their titles, by group."""
    wide = max(map(len, CODES))
    blocks = []
    for group in Group:
        lines = [
            f"  {isolate(name, language)}{'':{wide - len(name)}}  {title(name, language)}\n"
            for name, code in CODES.items()
            if code.group is group
        ]
        blocks.append(f"{painted(text(group, language), 'bold', colour=colour)}\n{''.join(lines)}")
    return "\n".join(blocks)


def explanation(code: str, language: str, *, width: int = WIDTH, colour: bool = False) -> str:
    """Everything there is to say about a finding code, wrapped to `width` cells; `colour` adds the codes of ANSI.

    Raises:
        KeyError: there is no such code.
    """
    return _Writer(language, width, colour).explanation(code)


class _Writer:
    """Writes explanations in one language."""

    def __init__(self, language: str, width: int, colour: bool) -> None:
        self.language = language
        self.width = width
        self.colour = colour

    def explanation(self, code: str) -> str:
        example = examples().get(code)
        arrow = "  ← " if is_right_to_left(self.language) else "  → "
        advice = general_hint(code, self.language, example.arguments if example else None)
        blocks = [
            self._head(code),
            self._wrapped("  ", why(code, self.language)),
            self._wrapped(arrow, advice),
        ]
        return "\n".join([*blocks, *(self._examples(example) if example else [])])

    def _head(self, code: str) -> str:
        shown = isolate(f"[{code}]", self.language)
        severity = CODES[code].severity
        if severity is not None:
            shown = painted(severity_name(severity, self.language), COLOURS[severity], colour=self.colour) + " " + shown
        return f"{shown}: {painted(title(code, self.language), 'bold', colour=self.colour)}\n"

    def _wrapped(self, start: str, content: str) -> str:
        further = " " * len(start)
        wide = min(self.width, WIDTH)
        # An IRI or a command is not to be broken.
        return (
            textwrap.fill(
                content,
                wide,
                initial_indent=start,
                subsequent_indent=further,
                break_long_words=False,
                break_on_hyphens=False,
            )
            + "\n"
        )

    def _examples(self, example: Example) -> list[str]:
        blocks = []
        if example.rule:
            rule = "\n".join(f"  {line}" for line in example.rule.strip().split("\n"))
            blocks.append(f"{text('explain-rule', self.language)}\n{rule}\n")
        beside = [self._file(name, name, content) for name, content in example.beside.items()]
        blocks += [self._wrong(example), *beside]
        right = (
            [self._file(example.file, _named(example.file, (PurePosixPath(example.file).stem,)), example.right)]
            if example.right
            else []
        )
        first, *others = [*right, *beside]
        blocks += [f"{painted(text('explain-right', self.language), _RIGHT, colour=self.colour)}\n{first}", *others]
        if PurePosixPath(example.file).suffix in _BEGIN_ALIKE:
            note = self._wrapped("", text("explain-left-out", self.language)).removesuffix("\n")
            blocks.append(painted(note, "dim", colour=self.colour) + "\n")
        return blocks

    def _wrong(self, example: Example) -> str:
        sheets = () if example.encoding else example.sheets
        name = f"{_named(example.file, sheets)}:{position(example.places[0])}"
        heading = painted(text("explain-wrong", self.language), _WRONG, colour=self.colour)
        return f"{heading}\n{self._file(example.file, name, example.wrong, example.places)}"

    def _file(self, file: str, name: str, content: str, places: tuple[Place, ...] = ()) -> str:
        """The name of a file, and its lines with what is to be seen in them."""
        lines = Lines({file: content})
        shown = [isolate(name, self.language)]
        for number in range(1, content.rstrip("\n").count("\n") + 2):
            # The cell of a workbook is shown as that of the CSV that it would be.
            here = [replace(place, cell=None) for place in places if place.line == number]
            excerpts = [lines.excerpt(place, self.width - 8) for place in here or [Place(file, number, 1, number, 1)]]
            for at, excerpt in enumerate(excerpts):
                if excerpt is not None and at == 0:
                    shown.append(numbered(excerpt, _WRONG if here else "", colour=self.colour))
                if excerpt is not None and here:
                    shown += pointer(excerpt, _WRONG, colour=self.colour)
        return "\n".join(shown) + "\n"


def _named(file: str, sheets: tuple[str, ...]) -> str:
    """The name of a file, that of a workbook with its sheets."""
    is_workbook = PurePosixPath(file).suffix == _WORKBOOK
    return f"{file} ({', '.join(sheets)})" if is_workbook and sheets else file
