"""The layout of Turtle: what is on a line, where a line begins, where a blank line is kept.

A list of objects or a bracket is on one line if the author began no new line in it, if it has no comment and
no text of several lines, and if it fits; otherwise each of its entries has a line of its own.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from ssekg.formatting.statements import Block, Comment, Item, Predicate, Statement, Steps, run

WIDTH: Final = 120
_INDENT: Final = "  "
# Beyond this depth lines are no longer indented further, so that a text can't grow with the square of its depth.
_DEEPEST: Final = 50


def laid_out(statements: Iterable[Statement]) -> Iterator[str]:
    """The text of a document in pieces, one or more a statement."""
    before: Statement | None = None
    was_long = False
    for statement in statements:
        text = _Writer().statement(statement)
        is_long = "\n" in text
        parts = before is not None and (
            was_long or is_long or (before.directive is None) != (statement.directive is None)
        )
        yield from _comments(statement, is_first=before is None, parts=parts and bool(text))
        yield text
        if text:
            yield f" {statement.trailing}\n" if statement.trailing else "\n"
        before, was_long = statement, is_long


def _comments(statement: Statement, *, is_first: bool, parts: bool) -> Iterator[str]:
    """The comments before a statement, with the author's blank lines; one at least if the statement is to be parted."""
    blanks = [*(comment.after_blank for comment in statement.comments), statement.after_blank]
    if is_first:
        blanks[0] = False
    elif parts and not any(blanks):
        blanks[0] = True
    for comment, after_blank in zip(statement.comments, blanks, strict=False):
        yield "\n" if after_blank else ""
        yield f"{comment.text}\n"
    yield "\n" if blanks[-1] else ""


class _Writer:
    """Writes one statement. `level` is the indentation of the line that is being written, `column` its length."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.column = 0
        self.level = 0
        self.is_behind_block = False

    def statement(self, statement: Statement) -> str:
        if statement.directive:
            return " ".join([*map(str, statement.subject.pieces), "."])
        if statement.subject.pieces:
            run(self._triples(statement))
        return "".join(self.parts)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.is_behind_block = False
        start = text.rfind("\n") + 1
        self.column = len(text) - start + (0 if start else self.column)

    def _begin_line(self, level: int) -> None:
        self.level = level
        self.column = 0
        self.parts.append("\n")
        self._write(_INDENT * min(level, _DEEPEST))

    def _comment(self, comments: list[Comment], level: int, *, is_first: bool = False) -> None:
        """Comments, after which a new line has to begin; no blank line before what is first in a bracket."""
        for number, comment in enumerate(comments):
            if number == 0 and comment.is_trailing:
                self._write(f" {comment.text}")
            else:
                self.parts.append("\n" if comment.after_blank and (number or not is_first) else "")
                self._begin_line(level)
                self._write(comment.text)

    def _fits(self, width: int | None, column: int) -> bool:
        """Whether so much fits on a line from a column on, with what ends it."""
        return width is not None and column + width + 2 <= WIDTH

    def _triples(self, statement: Statement) -> Steps:
        yield self._item(statement.subject)
        begins = self._begins_with_predicate(statement.predicates)
        if begins:
            self._write(" ")
            yield self._predicate(statement.predicates[0])
        yield self._predicates(statement.predicates, 1, start=int(begins))
        if not statement.dangling:
            self._write(" .")
            return
        self._write(" ;" if statement.predicates else "")
        self._comment(statement.dangling, 1)
        self._begin_line(0)
        self._write(".")

    def _begins_with_predicate(self, predicates: list[Predicate]) -> bool:
        """Whether the first predicate is on the line of the subject: the class, or the only one if it fits."""
        if not predicates or predicates[0].comments:
            return False
        is_whole = len(predicates) == 1 and self._fits(predicates[0].width, self.column + 1)
        return is_whole or predicates[0].verb == "a"

    def _predicates(self, predicates: list[Predicate], level: int, start: int = 0) -> Steps:
        """Predicates from `start` on, each on a line of its own; the author's blank lines stay, but for a first one."""
        for number, predicate in enumerate(predicates[start:], start):
            if number:
                self._write(" ;")
            self._comment(predicate.comments, level, is_first=not number)
            if predicate.after_blank and (number or predicate.comments):
                self.parts.append("\n")
            self._begin_line(level)
            yield self._predicate(predicate)

    def _predicate(self, predicate: Predicate) -> Steps:
        if self._fits(predicate.width, self.column):
            self._write(_flat(predicate))
            return
        level = max(self.level, 1) + 1
        self._write(predicate.verb)
        for number, item in enumerate(predicate.objects):
            continues = self.is_behind_block and self._is_broken_block(item, level)
            if number:
                self._write(",")
            self._comment(item.comments, level)
            if item.comments or (number and not continues):
                self._begin_line(level)
            else:
                self._write(" ")
            yield self._item(item)

    def _is_broken_block(self, item: Item, level: int) -> bool:
        """Whether an object is a bracket, and will take several lines."""
        is_block = isinstance(item.pieces[0], Block) and not item.comments
        return is_block and not self._fits(item.width, level * len(_INDENT))

    def _item(self, item: Item) -> Steps:
        for number, piece in enumerate(item.pieces):
            self._write(" " if number else "")
            if isinstance(piece, str):
                self._write(piece)
            elif self._fits(piece.width, self.column):
                self._write(_flat(piece))
            else:
                yield self._block(piece)

    def _block(self, block: Block) -> Steps:
        level = self.level
        self._write(block.start)
        yield self._predicates(block.predicates, level + 1)
        for number, item in enumerate(block.items):
            self._comment(item.comments, level + 1, is_first=not number)
            self._begin_line(level + 1)
            yield self._item(item)
        self._comment(block.dangling, level + 1)
        self._begin_line(level)
        self._write(block.end)
        self.is_behind_block = True


def _flat(part: str | Block | Item | Predicate) -> str:
    """What fits on one line; how deep it can be is bounded by the length of the line."""
    if isinstance(part, str):
        return part
    if isinstance(part, Item):
        return " ".join(map(_flat, part.pieces))
    if isinstance(part, Predicate):
        return f"{part.verb} {', '.join(map(_flat, part.objects))}"
    inner = " ; ".join(map(_flat, part.predicates)) or " ".join(map(_flat, part.items))
    return f"{part.start} {inner} {part.end}" if inner else part.start + part.end
