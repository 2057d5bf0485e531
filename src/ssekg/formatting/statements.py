"""Turtle as statements with their comments: a comment belongs to what comes after it, as it does for a reader.

Nesting may be of any depth: what would call itself is a generator that yields the calls, and `run` carries them out.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Final

from ssekg.sources.rdf.tokens import Kind, tokens

Steps = Generator["Steps", None, None]

# Directives, also as SPARQL writes them, with the number of words that follow.
_DIRECTIVES: Final = {"@prefix": 2, "@base": 1, "@version": 1}
# What opens predicates with their objects; all other brackets hold terms.
_DESCRIBING: Final = frozenset({"[", "{|"})
_BREAK: Final = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Comment:
    """A comment; whether it follows something on its line, and whether there is a blank line before it."""

    text: str
    is_trailing: bool
    after_blank: bool


@dataclass(slots=True)
class Block:
    """A bracket with predicates or with terms in it; `dangling` are the comments before its end.

    Here and below, `width` is the number of characters on one line, None for what can't or should not be on one.
    """

    start: str
    end: str = ""
    predicates: list["Predicate"] = field(default_factory=list)
    items: list["Item"] = field(default_factory=list)
    dangling: list[Comment] = field(default_factory=list)
    width: int | None = None


@dataclass(slots=True)
class Item:
    """A term with all that belongs to it: a string with its language, a bracket, an object with annotations."""

    comments: list[Comment] = field(default_factory=list)
    pieces: list[str | Block] = field(default_factory=list)
    width: int | None = None


@dataclass(slots=True)
class Predicate:
    """A predicate and its objects."""

    comments: list[Comment]
    after_blank: bool
    verb: str
    objects: list[Item] = field(default_factory=list)
    width: int | None = None


@dataclass(slots=True)
class Statement:
    """A directive, whose words are the pieces of its subject, or a subject with its predicates.

    `dangling` are the comments before the full stop, `trailing` is one behind it on its line. The comments at the end
    of a document are a statement with nothing in it.
    """

    comments: list[Comment]
    after_blank: bool
    subject: Item = field(default_factory=Item)
    predicates: list[Predicate] = field(default_factory=list)
    dangling: list[Comment] = field(default_factory=list)
    trailing: str = ""

    @property
    def directive(self) -> str | None:
        """`@prefix`, `@base` or `@version`, None for any other statement."""
        first = self.subject.pieces[0] if self.subject.pieces else None
        return first if isinstance(first, str) and first in _DIRECTIVES else None


def run(steps: Steps) -> None:
    """Carry out a generator that yields the generators to be carried out before it goes on."""
    stack = [steps]
    while stack:
        try:
            stack.append(next(stack[-1]))
        except StopIteration:
            stack.pop()


def statements(text: str) -> Iterator[Statement]:
    """The statements of a Turtle document that parses.

    Raises:
        ValueError: something in it is not a token of the grammar.
    """
    return _Reader(text).statements()


class _Reader:
    """Reads a document with one token in sight: `kind` and `text`, with what was between it and the previous one.

    `comments` are those that belong to whatever comes next.
    """

    def __init__(self, document: str) -> None:
        self.document = document
        self.tokens = tokens(document)
        self.end = 0
        self.kind: Kind | None = None
        self.text = ""
        self.comments: list[Comment] = []
        self.on_new_line = False
        self.after_blank = False
        self.is_at_start = True
        self._take()

    def _take(self) -> str:
        """The text of the token in sight; the next one comes into sight, an empty one of no kind at the end."""
        taken, self.on_new_line = self.text, False
        self.kind, self.text = None, ""
        for token in self.tokens:
            breaks = len(_BREAK.findall(self.document, self.end, token.start)) if token.start > self.end else 0
            self.end = token.end
            self.on_new_line |= breaks > 0
            self.after_blank = breaks > 1
            if token.kind is not Kind.COMMENT:
                self.kind, self.text = token.kind, token.text
                break
            is_trailing = not breaks and not self.is_at_start
            self.comments.append(Comment(token.text.rstrip(" \t"), is_trailing, self.after_blank))
            self.is_at_start = False
        self.is_at_start = False
        return taken

    def _taken_comments(self) -> list[Comment]:
        taken, self.comments = self.comments, []
        return taken

    def _stops(self, text: str) -> bool:
        return self.kind is Kind.STOP and self.text == text

    def statements(self) -> Iterator[Statement]:
        while self.kind is not None:
            statement = Statement(self._taken_comments(), self.after_blank)
            run(self._statement(statement))
            if self.comments and self.comments[0].is_trailing:
                statement.trailing = self.comments.pop(0).text
            yield statement
        if self.comments:
            yield Statement(self._taken_comments(), after_blank=False)

    def _statement(self, statement: Statement) -> Steps:
        keyword = self.text.lower() if self.text.startswith("@") else f"@{self.text.lower()}"
        if keyword in _DIRECTIVES:
            with_stop = self._take().startswith("@")
            words = [self._take() for _ in range(_DIRECTIVES[keyword])]
            statement.subject.pieces = [keyword, *words]
            if with_stop:
                self._take()
            return
        yield self._term(statement.subject)
        yield self._predicates(statement.predicates)
        if len(self.comments) > 1 or not all(comment.is_trailing for comment in self.comments):
            statement.dangling = self._taken_comments()
        self._take()

    def _predicates(self, predicates: list[Predicate]) -> Steps:
        """Predicates up to a full stop or to the end of a bracket."""
        while self.kind not in {Kind.CLOSE, None} and not self._stops("."):
            if self._stops(";"):
                self._take()
                continue
            predicate = Predicate(self._taken_comments(), self.after_blank, self._take())
            predicates.append(predicate)
            is_open = False
            while True:
                is_open |= bool(predicate.objects) and self.on_new_line
                item = Item(self._taken_comments())
                predicate.objects.append(item)
                yield self._term(item)
                yield self._annotations(item)
                if not self._stops(","):
                    break
                self._take()
            if not is_open:
                predicate.width = _sum([len(predicate.verb), *map(_alone, predicate.objects)], gap=2, more=-1)

    def _term(self, item: Item) -> Steps:
        if self.kind is Kind.OPEN:
            block = Block(self._take())
            item.pieces.append(block)
            yield self._block(block)
        else:
            written = self._take()
            if self.kind is Kind.TAG and written[0] in "\"'":
                written += self._take()
            elif self.kind is Kind.DATATYPE:
                written += self._take() + self._take()
            item.pieces.append(written)
        item.width = _sum([_width(piece) for piece in item.pieces], gap=1)

    def _annotations(self, item: Item) -> Steps:
        """What RDF 1.2 lets follow an object: its reifiers and the statements about them."""
        while self._stops("~") or (self.kind is Kind.OPEN and self.text == "{|"):
            if self._stops("~"):
                item.pieces.append(self._take())
                if self.text == "{|" or self.kind in {Kind.CLOSE, Kind.STOP}:
                    continue
            yield self._term(item)

    def _block(self, block: Block) -> Steps:
        is_open = self.on_new_line
        if block.start in _DESCRIBING:
            yield self._predicates(block.predicates)
        else:
            while self.kind is not Kind.CLOSE:
                item = Item(self._taken_comments())
                block.items.append(item)
                yield self._term(item)
        block.dangling = self._taken_comments()
        block.end = self._take()
        inner = [*map(_alone, block.items), *map(_alone, block.predicates)]
        if not inner and not block.dangling:
            block.width = len(block.start + block.end)
        elif not is_open and not block.dangling:
            gap, more = (3, -1) if block.predicates else (1, 1)
            block.width = _sum([len(block.start + block.end), *inner], gap, more)


def _width(piece: str | Block) -> int | None:
    if isinstance(piece, Block):
        return piece.width
    return None if "\n" in piece or "\r" in piece else len(piece)


def _alone(entry: Item | Predicate) -> int | None:
    """The width of what has no comments of its own."""
    return None if entry.comments else entry.width


def _sum(widths: list[int | None], gap: int, more: int = 0) -> int | None:
    """The widths and a gap between each two of them; None if any has none."""
    known = [width for width in widths if width is not None]
    return sum(known) + gap * (len(known) - 1) + more if len(known) == len(widths) else None
