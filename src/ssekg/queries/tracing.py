"""Which statements of the graph made a row of an answer.

A query is asked again with all its variables. For each row, the patterns of the query, filled with what was found, are
the statements that the row says again; what a query counts, compares or excludes is not among them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import AskedWronglyError
from ssekg.graph.store import Graph
from ssekg.queries.answers import Answer, Row
from ssekg.queries.datasets import store_asked
from ssekg.queries.parameters import Term
from ssekg.queries.selection import Selection, selection

_Pattern = tuple[Any, Any, Any]
_Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, Term]
_Solution = Mapping[str, Term | None]
_Key = tuple[Term | None, ...]
_GROUPS: Final = ("p", "p1", "p2")


@dataclass(frozen=True)
class Statement:
    """A triple of the graph that made a row; `is_shown` is false where it only leads from one thing to another."""

    subject: ox.NamedNode | ox.BlankNode
    predicate: ox.NamedNode
    value: Term
    is_shown: bool = True


def statements_by_row(answer: Answer) -> dict[Row, list[Statement]]:
    """The statements that made each row of an answer; none for a question of yes or no.

    Raises:
        AskedWronglyError: rdflib, which takes the query apart, can't read it.
    """
    if answer.result.form == "CONSTRUCT":
        return {row: _triple(row) for row in answer.rows}
    selected = selection(answer.text)
    if selected is None:
        return {}
    names = {each.name: each.source for each in selected.selected}
    shown = [variable for each in selected.selected for variable in each.made_of]
    keys = [
        (index, source)
        for index, column in enumerate(answer.columns)
        if not column.is_gathered and (source := names.get(column.name, "") if names else column.name)
    ]
    tracer = _Tracer(answer.graph, selected, shown, [source for _, source in keys])
    return {
        row: tracer.statements(tuple(row[index][0] if row[index] else None for index, _ in keys)) for row in answer.rows
    }


def _triple(row: Row) -> list[Statement]:
    (subject, *_), (predicate, *_), (value, *_) = row
    known = isinstance(subject, ox.NamedNode | ox.BlankNode) and isinstance(predicate, ox.NamedNode)
    return [Statement(subject, predicate, value)] if known else []  # type: ignore[arg-type]


class _Tracer:
    """Goes from what a SELECT answers to the statements behind it, for the rows that somebody asks for.

    A row is known by the values that some variables have in it, its `names`; `shown` are the variables that the answer
    shows, or all.
    """

    def __init__(self, graph: Graph, selected: Selection, shown: Collection[str], names: Sequence[str]) -> None:
        self.graph = graph
        self.shown = shown
        self.question = selected.unfolded
        self.patterns = _patterns(self.question, graph.base)
        self.nodes = {term for pattern in self.patterns for term in pattern if _is_blank(term)}
        inner = [([each.source for each in sub.selected if each.source], sub) for sub in selected.inner]
        self.inner = [(names, _Tracer(graph, sub, shown, names)) for names, sub in inner if names]
        self.solutions = self._solutions(names)
        self.found: dict[_Key, list[Statement]] = {}

    def _solutions(self, names: Sequence[str]) -> dict[_Key, list[_Solution]]:
        """The solutions of the question by the values that they have for some variables."""
        found: dict[_Key, list[_Solution]] = defaultdict(list)
        answer: Any = store_asked(self.graph, self.question).query(self.question, base_iri=self.graph.base)
        variables = [variable.value for variable in answer.variables]
        for row in answer:
            solution = dict(zip(variables, row, strict=True))
            found[tuple(map(solution.get, names))].append(solution)
        return found

    def statements(self, key: _Key) -> list[Statement]:
        """The statements that made the rows with such values."""
        if key not in self.found:
            solutions = self.solutions.get(key, ())
            self.found[key] = list(dict.fromkeys(each for one in solutions for each in self._statements(one)))
        return self.found[key]

    def _statements(self, solution: _Solution) -> Iterator[Statement]:
        for each in self._with_nodes(solution):
            for subject, path, value in self.patterns:
                is_shown = not self.shown or not _is_variable(value) or str(value) in self.shown
                for triple in self._steps(_filled(subject, each), path, _filled(value, each), each):
                    yield Statement(*triple, is_shown)
        for names, tracer in self.inner:
            yield from tracer.statements(tuple(map(solution.get, names)))

    def _with_nodes(self, solution: _Solution) -> Iterator[_Solution]:
        """The solution, once for each way to fill the blank nodes of the query, which are variables without a name."""
        filled = [dict(solution)]
        for node in self.nodes:
            options = self._nodes(node, solution)
            filled = [each | {str(node): option} for each in filled for option in options] or filled
        yield from filled

    def _nodes(self, node: Any, solution: _Solution) -> set[Term]:
        """What a blank node of the query may be, by the patterns that link it to what was found."""
        fitting: list[set[Term]] = []
        for subject, path, value in self.patterns:
            predicate, other = _filled(path, solution), _filled(value, solution)
            if not isinstance(predicate, ox.NamedNode):
                continue
            if subject == node and other is not None:
                quads = self.graph.matching(None, predicate, other)
                fitting.append({quad.subject for quad in quads if not isinstance(quad.subject, ox.Triple)})
            elif value == node and isinstance(other := _filled(subject, solution), ox.NamedNode | ox.BlankNode):
                quads = self.graph.matching(other, predicate, None)
                fitting.append({quad.object for quad in quads if not isinstance(quad.object, ox.Triple)})
        return set.intersection(*fitting) if fitting else set()

    def _steps(self, subject: Term | None, path: Any, value: Term | None, solution: _Solution) -> Iterator[_Triple]:
        """The triples by which a path leads from one thing to another, none for a chain of any length."""
        from rdflib.paths import AlternativePath, InvPath, SequencePath

        if subject is None or value is None:
            return
        if isinstance(path, InvPath):
            yield from self._steps(value, path.arg, subject, solution)
        elif isinstance(path, AlternativePath):
            for each in path.args:
                yield from self._steps(subject, each, value, solution)
        elif isinstance(path, SequencePath):
            first, *rest = path.args
            for middle in self._ends(subject, first):
                after = list(self._steps(middle, SequencePath(*rest) if rest[1:] else rest[0], value, solution))
                if after:
                    yield from self._steps(subject, first, middle, solution)
                    yield from after
        else:
            predicate = _filled(path, solution)
            if not isinstance(predicate, ox.NamedNode) or isinstance(subject, ox.Literal):
                return
            if ox.Quad(subject, predicate, value) in self.graph.store:
                yield subject, predicate, value

    def _ends(self, subject: Term, path: Any) -> list[Term]:
        """Where one step of a path leads."""
        from rdflib.paths import AlternativePath, InvPath

        if isinstance(path, AlternativePath):
            return [end for each in path.args for end in self._ends(subject, each)]
        predicate = _filled(path.arg if isinstance(path, InvPath) else path, {})
        if not isinstance(predicate, ox.NamedNode):
            return []
        if isinstance(path, InvPath):
            quads = self.graph.matching(None, predicate, subject)
            return [quad.subject for quad in quads if not isinstance(quad.subject, ox.Triple)]
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return []
        quads = self.graph.matching(subject, predicate, None)
        return [quad.object for quad in quads if not isinstance(quad.object, ox.Triple)]


def _patterns(query: str, base: str) -> list[_Pattern]:
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return list(dict.fromkeys(_walked(translateQuery(parseQuery(query), base=base).algebra.p.p)))
    except Exception as problem:
        # rdflib raises what its parts raise, also KeyError and RecursionError.
        raise AskedWronglyError("query-not-traced", problem=str(problem)) from None


def _walked(node: Any) -> Iterator[_Pattern]:
    """The triple patterns of a part of the algebra, without those of conditions and of SELECTs within."""
    if not isinstance(node, dict) or getattr(node, "name", "") in {"Project", "values"}:
        return
    if "triples" in node:  # its get() answers with the key for what is missing
        yield from node["triples"]
    for part in _GROUPS:
        if part in node and (part != "p2" or getattr(node, "name", "") != "Minus"):
            yield from _walked(node[part])


def _is_blank(term: Any) -> bool:
    from rdflib.term import BNode

    return isinstance(term, BNode)


def _is_variable(term: Any) -> bool:
    from rdflib.term import Variable

    return isinstance(term, Variable) or _is_blank(term)


def _filled(term: Any, solution: _Solution) -> Term | None:
    """A term of a pattern in a solution: what a variable stands for there, None if it is not bound."""
    from rdflib.term import BNode, Literal, URIRef, Variable

    if isinstance(term, Variable | BNode):
        return solution.get(str(term))
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return (
            ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
        )
    return None
