"""A constraint's SELECT rewritten to be asked once for all focus nodes, where its meaning allows.

SHACL binds `$this` to one focus node after another. Where every group that mentions `$this` is joined with the set of
focus nodes, one query gives the same solutions for all of them. That does not hold for what counts or cuts solutions
across focus nodes (aggregates without GROUP BY $this, LIMIT), nor pay where nothing but a filter ties a pattern to
`$this`; those are asked in the same form, but with a set of one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ssekg.shacl.constraints.query_groups import Group, Level
from ssekg.shacl.constraints.select_groups import Select, UnreadableError

_PREBOUND: Final = frozenset({"shapesGraph", "currentShape"})
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
# What differs from one evaluation to the next, or reaches out of the data graph, or SHACL forbids.
_NEVER: Final = frozenset(
    {"RAND", "UUID", "STRUUID", "BNODE", "GRAPH", "FROM", "SERVICE", "MINUS", "VALUES", "LATERAL"}
)
_FOCUS: Final = "\0"


class NotRewritableError(ValueError):
    """The query can't be asked here, neither for all focus nodes nor for one; the text says why."""


class IllFormedError(ValueError):
    """SHACL does not allow this query; the text says why."""


@dataclass(frozen=True)
class Query:
    """A SELECT for all focus nodes.

    `variables` are what it gives besides ?this, `computed` those among them that no triple gives, `compared` the
    variables that two triples must have as one object, `select` the SELECT as it is written. `predicates` are the only
    ones that matter to it, None if all do, as the query writes them. `names_this` is true if it projects $this itself.
    `apart` says why it has to be asked of one focus node at a time, "" if it need not.
    """

    template: str
    variables: tuple[str, ...]
    computed: frozenset[str]
    predicates: frozenset[str] | None
    names_this: bool
    compared: frozenset[str]
    apart: str
    select: Select

    def text(self, focus: str) -> str:
        """The query, where `focus` is a pattern that gives each focus node once, as ?this."""
        return self.template.replace(_FOCUS, focus)


def set_wise(text: str) -> Query:
    """Read a constraint's SELECT, without prologue, with $PATH already replaced.

    Raises:
        NotRewritableError: it can't be read or asked.
        IllFormedError: SHACL does not allow it.
    """
    try:
        select = Select(text)
    except UnreadableError as problem:
        raise NotRewritableError(str(problem)) from None
    words = {token.word for token in select.tokens} | {token.variable for token in select.tokens}
    forbidden = words & (_NEVER | _PREBOUND)
    *inner, outer = select.levels
    for level in inner:
        if "this" not in level.projected and "*" not in level.projected:
            raise IllFormedError("a SELECT within the SELECT does not project $this")
    if forbidden:
        raise NotRewritableError(" ".join(sorted(forbidden)))
    if any("*" in level.projected for level in select.levels) or "this" in select.bound:
        raise NotRewritableError("SELECT * or $this bound again")
    apart = _across(select) or _apart(select)
    predicates = select.predicates
    if select.looks_outside:
        predicates = None
    if select.zero_length and (select.where.children or select.where.bound):
        # A path of no length leads from any node of the graph to itself, so any triple may matter.
        predicates = None
    return Query(
        template=_edited(select, outer, move=not apart),
        variables=tuple(name for name in outer.projected if name != "this"),
        computed=frozenset(select.computed),
        predicates=None if predicates is None else frozenset(predicates),
        names_this="this" in outer.projected,
        compared=select.compared,
        apart=apart,
        select=select,
    )


def _across(select: Select) -> str:
    """What counts or cuts solutions of more than one focus node, "" if nothing does."""
    for level in select.levels:
        after = select.modifiers(level)
        words = [token.word for token in after]
        if {"LIMIT", "OFFSET"} & {*words}:
            return "LIMIT or OFFSET"
        aggregated = _AGGREGATES & select.words_around(level)
        if not aggregated and "GROUP" not in words and "HAVING" not in words:
            continue
        at = words.index("GROUP") + 2 if "GROUP" in words else len(after)
        keys = []
        while at < len(after) and after[at].variable:
            keys.append(after[at].variable)
            at += 1
        if "this" not in keys:
            return "aggregates without GROUP BY $this"
    return ""


def _apart(select: Select) -> str:
    """What nothing but a filter ties to $this, "" if nothing is: all would be paired with all."""
    for group in select.where.every():
        if group.tests and len(group.patterns) > 1 and not _is_movable(select, group):
            return "EXISTS with more than one pattern"
    parts: list[set[str]] = [{"this"}]
    for names in _joined(select.where):
        touching = [part for part in parts if part & names]
        parts = [part for part in parts if not part & names] + [names.union(*touching)]
    return "patterns apart from $this" if len(parts) > 1 else ""


def _joined(group: Group) -> Iterator[set[str]]:
    yield from (set(pattern) for pattern in group.patterns if pattern)
    for child in group.children:
        if not child.tests:
            yield from _joined(child)


def _is_movable(select: Select, group: Group) -> bool:
    """Whether an EXISTS of the outermost group can be a join or a MINUS, which the store answers as a set.

    EXISTS lets its filters see the variables around it, so those may only mention its own.
    """
    where = select.where
    if not any(group is child for child in where.children) or group.children or group.bound or not group.clause:
        return False
    inside = set().union(*group.patterns)
    if not group.filtered <= inside:
        return False
    if group.kind == "not exists":
        # MINUS takes nothing away where no variable is shared.
        return bool(inside & {"this"}.union(*where.patterns))
    outside = set().union(*where.patterns, where.filtered, where.bound, select.levels[-1].projected)
    outside = outside.union(*(child.variables() for child in where.children if child is not group))
    return "this" in inside and inside & outside <= {"this"}


def _edited(select: Select, outer: Level, *, move: bool) -> str:
    """The query with the focus nodes in every group that mentions $this, and with each long EXISTS moved."""
    tokens, where = select.tokens, select.where
    start, end = tokens[where.start].end, tokens[where.end].start
    edits = [(start, start, f" {_FOCUS} ")]
    if "this" not in outer.projected:
        after = tokens[outer.start + 1 + (tokens[outer.start + 1].word in {"DISTINCT", "REDUCED"})].start
        edits.append((after, after, "?this "))
    tested = [inner for group in where.every() if group.tests for inner in group.every()]
    for group in where.every():
        brace = tokens[group.start].end
        if move and group.tests and len(group.patterns) > 1:
            body = select.text[brace : tokens[group.end].start]
            focus = _FOCUS if "this" in set().union(*group.patterns) else ""
            edits.append((tokens[group.clause].start, tokens[group.end].end, ""))
            edits.append((end, end, _moved(group, f"{focus} {body}")))
        elif _takes_focus(select, group) and not any(group is inner for inner in tested):
            edits.append((brace, brace, f" {_FOCUS} "))
    text = select.text
    for first, last, new in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[:first] + new + text[last:]
    return text


def _moved(group: Group, body: str) -> str:
    if group.kind == "not exists":
        return f" MINUS {{ {body} }} "
    return f" {{ SELECT DISTINCT ?this WHERE {{ {body} }} }} "


def _takes_focus(select: Select, group: Group) -> bool:
    return group is not select.where and not select.is_level(group) and "this" in group.variables()
