"""A SELECT read as far as its groups, triple patterns and filters; a constraint's query is classified by them.

SPARQL's grammar is followed, on the tokens of queries.syntax; expressions are kept as their variables.
"""

from collections import Counter
from typing import Final

from ssekg.queries.syntax import Token
from ssekg.shacl.constraints.query_groups import Group, Level, Link
from ssekg.shacl.constraints.query_tokens import query_tokens

# What gives one of its arguments as it is.
_COPYING: Final = frozenset({"MIN", "MAX", "SAMPLE", "IF", "COALESCE"})
_CLOSING: Final = {"(": ")", "{": "}", "[": "]"}


class UnreadableError(ValueError):
    """The query is not written as this reader knows it; the text says where."""


class Select:
    """A query read.

    `levels` holds the query itself last, after those within it. `computed` are the variables that AS binds to
    something new, `bound` all that it binds. `predicates` are all predicates as they are written, None where any may
    match; `zero_length` is true if paths may lead from a node to itself, `nested` if terms are in brackets.
    """

    def __init__(self, text: str) -> None:
        """Read a query without prologue.

        Raises:
            UnreadableError: it is not a SELECT, or written in a way not known here.
        """
        self.text = text
        self.tokens = list(query_tokens(text))
        self.levels: list[Level] = []
        self.computed: set[str] = set()
        self.bound: set[str] = set()
        self._subjects: set[str] = set()
        self.predicates: set[str] | None = set()
        self.zero_length = False
        self.nested = False
        if self._word(0) != "SELECT":
            raise UnreadableError("no SELECT")
        try:
            self.where = self._level(0)
        except IndexError:
            raise UnreadableError("it is cut short") from None

    # --- clauses ---

    def _level(self, start: int) -> Group:
        projected, brace = self._projection(start)
        group = self._group(brace, "where")
        self.levels.append(Level(projected, start, brace, group.end))
        return group

    def _projection(self, at: int) -> tuple[tuple[str, ...], int]:
        """Read from SELECT on; gives the variables and the number of the WHERE's brace."""
        names: list[str] = []
        while self.tokens[at].text != "{":
            token = self.tokens[at]
            if token.text == "(":
                end = self.balanced(at)
                names.append(self._bound(at, end))
                at = end
            elif token.variable or token.text == "*":
                names.append(token.variable or "*")
            at += 1
        return tuple(dict.fromkeys(names)), at

    def _bound(self, start: int, end: int) -> str:
        """The variable of `( … AS ?variable )` from bracket to bracket."""
        name = self.tokens[end - 1].variable
        if self.tokens[end - 2].word != "AS" or not name:
            raise UnreadableError(f"no AS before {self.tokens[end].start}")
        self.bound.add(name)
        first = self.tokens[start + 1]
        if first.word not in _COPYING and not (first.variable and start + 2 == end - 2):
            self.computed.add(name)
        return name

    @property
    def compared(self) -> frozenset[str]:
        """The variables that two triples must have as one object; branches of a UNION are never joined."""
        times = self._times(self.where)
        return frozenset(name for name, number in times.items() if number > 1 and name not in self._subjects)

    def _times(self, group: Group) -> Counter[str]:
        total, chain = Counter(group.objects), Counter[str]()
        for child in group.children:
            inner = self._times(child)
            if self.is_branch(child):
                chain |= inner
            else:
                total, chain = total + chain, inner
        return total + chain

    def is_branch(self, group: Group) -> bool:
        """Whether a group is another branch of the UNION with the group before it."""
        return self._word(group.start - 1) == "UNION"

    def is_level(self, group: Group) -> bool:
        """Whether a group is a SELECT within the query."""
        return self._word(group.start + 1) == "SELECT"

    def words_around(self, level: Level) -> set[str]:
        """The words of a level before and after its WHERE."""
        return {token.word for token in (*self.tokens[level.start : level.brace], *self.modifiers(level))}

    @property
    def looks_outside(self) -> bool:
        """Whether an EXISTS is not in a WHERE, but in what is projected, grouped or ordered by: it is not read."""
        return any("EXISTS" in self.words_around(level) for level in self.levels)

    def modifiers(self, level: Level) -> list[Token]:
        """What follows the WHERE of a level."""
        after = []
        for token in self.tokens[level.end + 1 :]:
            if token.text == "}":
                break
            after.append(token)
        return after

    # --- groups ---

    def _group(self, start: int, kind: str) -> Group:
        group = Group(kind, start, self.balanced(start))
        at = start + 1
        if self._word(at) == "SELECT":
            group.children.append(self._level(at))
            return group
        while at < group.end:
            at = self._item(group, at)
        return group

    def _item(self, group: Group, at: int) -> int:
        """Read a filter, a binding, a group or the triple patterns of one subject; gives what comes behind."""
        token = self.tokens[at]
        if token.text == "{":
            union = "UNION" in {self._word(at - 1), self._word(self.balanced(at) + 1)}
            group.children.append(self._group(at, "union" if union else "group"))
            return group.children[-1].end + 1
        if token.word == "OPTIONAL":
            group.children.append(self._group(at + 1, "optional"))
            return group.children[-1].end + 1
        if token.word == "FILTER":
            return self._filter(group, at)
        if token.word == "BIND":
            end = self._expression(group, at + 1)
            group.bound.add(self._bound(at + 1, end))
            return end + 1
        if token.text == "." or token.word == "UNION":
            return at + 1
        return self._subject(group, at)

    def _filter(self, group: Group, at: int) -> int:
        negated = self._word(at + 1) == "NOT"
        after = at + 1 + negated
        if self._word(after) == "EXISTS":
            child = self._group(after + 1, "not exists" if negated else "exists")
            child.clause = at
            group.children.append(child)
            return child.end + 1
        while self.tokens[after].text != "(":
            after += 1
        return self._expression(group, after) + 1

    def _expression(self, group: Group, at: int) -> int:
        """Read what is in parentheses; groups in it belong to EXISTS."""
        end = self.balanced(at)
        while at < end:
            if self.tokens[at].text == "{":
                child = self._group(at, "inner exists")
                group.children.append(child)
                at = child.end
            elif self.tokens[at].variable:
                group.filtered.add(self.tokens[at].variable)
            at += 1
        return end

    # --- triple patterns ---

    def _subject(self, group: Group, at: int) -> int:
        subject, at = self._node(at)
        while at < group.end and self._starts_verb(at):
            start = at
            names, at = self._verb(at)
            verb = tuple(self.tokens[start:at])
            value, at = self._node(at)
            self._pattern(group, subject, names, value, verb)
            while self.tokens[at].text == ",":
                value, at = self._node(at + 1)
                self._pattern(group, subject, names, value, verb)
            if self.tokens[at].text != ";":
                break
            while self.tokens[at].text == ";":
                at += 1
        return at

    def _pattern(
        self, group: Group, subject: set[str], names: set[str], value: set[str], verb: tuple[Token, ...]
    ) -> None:
        group.patterns.append(frozenset({*subject, *names, *value}))
        group.links.append(Link(_only(subject), verb, _only(value)))
        self._subjects |= subject
        group.objects.update(value)

    def _starts_verb(self, at: int) -> bool:
        token = self.tokens[at]
        return token.kind in {"iri", "name", "variable"} or token.text in {"a", "^", "!", "("}

    def _verb(self, at: int) -> tuple[set[str], int]:
        """Read a predicate, a variable for one, or a path; gives its variables and what comes behind."""
        if self.tokens[at].variable:
            self.predicates = None
            return {self.tokens[at].variable}, at + 1
        while True:
            while self.tokens[at].text in {"^", "!"}:
                self._path_part(self.tokens[at])
                at += 1
            end = self.balanced(at) if self.tokens[at].text == "(" else at
            for part in self.tokens[at : end + 1]:
                self._path_part(part)
            at = end + 1
            while self.tokens[at].text in {"*", "+", "?"}:
                self._path_part(self.tokens[at])
                at += 1
            if self.tokens[at].text not in {"/", "|"}:
                return set(), at
            at += 1

    def _path_part(self, part: Token) -> None:
        self.zero_length |= part.text in {"*", "?"}
        if part.text == "!":
            self.predicates = None
        elif self.predicates is not None and (part.kind in {"iri", "name"} or part.text == "a"):
            self.predicates.add(part.text)

    def _node(self, at: int) -> tuple[set[str], int]:
        """Read a subject or an object; gives its variables and what comes behind."""
        token = self.tokens[at]
        if token.text in _CLOSING:
            # A blank node or a list: all its variables are connected, and any predicate may be in it.
            end = self.balanced(at)
            self.predicates = None
            self.nested = True
            return {f"[{at}]", *(part.variable for part in self.tokens[at:end] if part.variable)}, end + 1
        if token.text in {"+", "-"}:
            return set(), at + 2
        if token.kind == "string":
            if self.tokens[at + 1].kind == "language":
                return set(), at + 2
            return set(), at + 4 if self.tokens[at + 1].text == "^" else at + 1
        if token.kind in {"iri", "name", "variable", "number", "word"}:
            name = token.variable or (token.text if token.text.startswith("_:") else "")
            return ({name} if name else set()), at + 1
        raise UnreadableError(f"no term at {token.start}")

    # --- tokens ---

    def _word(self, at: int) -> str:
        return self.tokens[at].word if at < len(self.tokens) else ""

    def balanced(self, at: int) -> int:
        """The number of the token that closes the bracket at `at`."""
        opening = self.tokens[at].text
        closing = _CLOSING.get(opening, "")
        depth = 0
        for number in range(at, len(self.tokens)):
            text = self.tokens[number].text
            depth += (text == opening) - (text == closing)
            if not depth and closing:
                return number
        raise UnreadableError("a bracket is missing")


def _only(names: set[str]) -> str:
    """The one variable of a term; a blank node with others in brackets is none."""
    return next(iter(names)) if len(names) == 1 else ""
