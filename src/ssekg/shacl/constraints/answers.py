"""What a store answers to SPARQL-based constraints: for all focus nodes of a shape at once where that is the same.

The store holds only the triples that the queries can see. It rewrites lexical forms (`1000.50` becomes `1000.5`, `007`
becomes `7`); results get those of the data back. Where two forms can't be told apart the constraint is refused.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.namespaces import RDF, SH, XSD
from ssekg.shacl.constraints.focus import FocusNodes
from ssekg.shacl.constraints.set_wise import NotRewritableError
from ssekg.shacl.constraints.sparql_constraints import Constraint, SparqlConstraints
from ssekg.shacl.paths import path_nodes

# Literals that a store writes as they are: most dates and integers.
_KEPT: Final = re.compile(
    rb'"[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"\^\^<%sdate>|"(?:0|-?[1-9]\d{0,14})"\^\^<%sinteger>'
    % ((XSD.encode(),) * 2)
)
_VARIABLE: Final = re.compile(r"\{[?$](\w+)\}")

Row = dict[str, Any]


@dataclass(frozen=True)
class ConstraintResults:
    """What was found: the lines of each result in N-Triples, with NUL as the node of the result.

    `refused` are the shapes with a constraint that can't be asked of these data.
    """

    results: list[str]
    refused: list[Any]


def ask(
    constraints: SparqlConstraints, data: bytes | Path, *, together: bool = True, folder: Path | None = None
) -> ConstraintResults:
    """Ask the constraints of some data.

    Args:
        constraints: the constraints.
        data: N-Triples, a space between terms, or the file that holds them.
        together: whether they may be asked of all focus nodes at once.
        folder: where the store is kept, in memory if it is None.
    """
    results: list[str] = []
    refused: list[Any] = []
    if not constraints.ours:
        return ConstraintResults(results, refused)
    graph = _VisibleData(data, constraints.ours, folder)
    for constraint in constraints.ours:
        try:
            rows = list(_rows(constraint, graph, together=together))
        except (NotRewritableError, SyntaxError, ValueError):  # pyshacl says what is wrong with what can't be read
            refused.append(constraint.shape)
        else:
            results += [_result(constraints, constraint, row) for row in rows]
    return ConstraintResults(results, refused)


def _rows(constraint: Constraint, graph: "_VisibleData", *, together: bool) -> Iterator[Row]:
    """The solutions for all focus nodes, each once, as pyshacl counts them."""
    forms = graph.forms(constraint)
    query = constraint.query
    names = ("this", *query.variables)
    rows: dict[tuple[Any, ...], None] = {}
    together = together and not query.apart
    focus = FocusNodes(graph.store, constraint.targets)
    for solution in focus.answers(lambda each: constraint.prologue + query.text(each), together=together):
        terms = [solution[name] for name in names]
        nodes = [term for term in terms if not isinstance(term, ox.Literal)]
        for at, term in enumerate(terms):
            if isinstance(term, ox.Literal) and names[at] not in query.computed:
                terms[at] = forms.original(term, nodes)
        rows[tuple(terms)] = None
    for found in rows:
        row = dict(zip(names, found, strict=True))
        if query.names_this or row.get("path") is not None or row.get("value") is not None:
            yield row


# Results


def _result(constraints: SparqlConstraints, constraint: Constraint, row: Row) -> str:
    """The lines of one result (SHACL, 5.3.2)."""
    shape = constraints.by_subject[constraint.shape]
    paths = shape.get(SH + "path", [])
    path = row.get("path") if isinstance(row.get("path"), ox.NamedNode) else (paths or [None])[0]
    severity = next((s for s in shape.get(SH + "severity", []) if isinstance(s, ox.NamedNode)), None)
    parts: list[tuple[str, Any]] = [
        ("focusNode", row["this"]),
        ("resultPath", path),
        ("value", row.get("value") or (None if paths else row["this"])),
        ("resultSeverity", severity or ox.NamedNode(SH + "Violation")),
        ("sourceConstraint", constraint.node),
        ("sourceConstraintComponent", ox.NamedNode(SH + "SPARQLConstraintComponent")),
        ("sourceShape", constraint.shape),
        *(("resultMessage", message) for message in _messages(constraints, constraint, row)),
    ]
    lines = [f"\0 <{RDF}type> <{SH}ValidationResult> .\n"]
    lines += [f"\0 <{SH}{name}> {term} .\n" for name, term in parts if term is not None]
    for node in path_nodes(path, constraints.by_subject):
        statements = constraints.by_subject[node]
        lines += [f"{node} <{name}> {term} .\n" for name, terms in statements.items() for term in terms]
    return "".join(lines)


def _messages(constraints: SparqlConstraints, constraint: Constraint, row: Row) -> list[ox.Literal]:
    own = row.get("message")
    if isinstance(own, ox.Literal):
        return [own]
    of_node, of_shape = (
        constraints.by_subject[node].get(SH + "message", []) for node in (constraint.node, constraint.shape)
    )

    def filled(match: re.Match[str]) -> str:
        term = row.get(match[1])
        return match[0] if term is None else str(term) if isinstance(term, ox.BlankNode) else term.value

    messages = []
    for text in of_node or of_shape:
        if isinstance(text, ox.Literal):
            message = _VARIABLE.sub(filled, text.value)
            messages.append(ox.Literal(message, language=text.language) if text.language else ox.Literal(message))
    return messages


# What the queries see


class _VisibleData:
    """The part of the data that some constraints can see, in a store."""

    def __init__(self, data: bytes | Path, constraints: Sequence[Constraint], folder: Path | None) -> None:
        wanted = [constraint.predicates for constraint in constraints]
        self._data = data
        self._every = any(predicates is None for predicates in wanted)
        self._names = {f"<{name}>".encode() for predicates in wanted for name in predicates or ()}
        self._literals: dict[bytes, set[bytes]] = defaultdict(set)
        self.store = _store(self._noting_literals(), folder)
        self._stored = _stored_forms(set().union(*self._literals.values()))

    def _lines(self) -> Iterator[bytes]:
        """The lines that the constraints can see."""
        with io.BytesIO(self._data) if isinstance(self._data, bytes) else self._data.open("rb") as lines:
            for line in lines:
                if self._every or line.split(b" ", 2)[1] in self._names:
                    yield line

    def _noting_literals(self) -> Iterator[bytes]:
        for line in self._lines():
            if line.endswith(b"> .\n"):
                _, predicate, rest = line.split(b" ", 2)
                if rest.startswith(b'"'):
                    self._literals[predicate].add(rest[:-3])
            yield line

    def forms(self, constraint: Constraint) -> "_LexicalForms":
        """The literals that a constraint can see, as they are in the data.

        Raises:
            NotRewritableError: it can see two literals that are one to the store, and it would matter.
        """
        names = None if constraint.predicates is None else {f"<{p}>".encode() for p in constraint.predicates}
        literals = set().union(*(found for p, found in self._literals.items() if names is None or p in names))
        literals &= self._stored.keys()
        originals: dict[ox.Literal, set[ox.Literal]] = defaultdict(set)
        for text in literals:
            original, stored = self._stored[text]
            originals[stored].add(original)
        several = {stored for stored, found in originals.items() if len(found) > 1}
        if several and constraint.query.compared:
            raise NotRewritableError("literals of different forms are compared as terms")
        around = self._around({text for text in literals if self._stored[text][1] in several}) if several else {}
        return _LexicalForms({stored: next(iter(found)) for stored, found in originals.items()}, several, around)

    def _around(self, literals: set[bytes]) -> dict[tuple[str, ox.Literal], set[ox.Literal]]:
        """For each subject, the forms of each literal that the store takes several forms for."""
        around: dict[tuple[str, ox.Literal], set[ox.Literal]] = defaultdict(set)
        stated: set[tuple[bytes, bytes, ox.Literal]] = set()
        for line in self._lines():
            subject, predicate, rest = line.split(b" ", 2)
            if rest[:-3] in literals:
                original, stored = self._stored[rest[:-3]]
                known = around[subject.decode(), stored]
                if original not in known and (subject, predicate, stored) in stated:
                    raise NotRewritableError("a value stands twice, in two forms")
                known.add(original)
                stated.add((subject, predicate, stored))
        return around


@dataclass(frozen=True)
class _LexicalForms:
    """The literals of the data by what the store made of them; `several` have more than one form."""

    originals: dict[ox.Literal, ox.Literal]
    several: set[ox.Literal]
    around: dict[tuple[str, ox.Literal], set[ox.Literal]]

    def original(self, literal: ox.Literal, nodes: Iterable[Any]) -> ox.Literal:
        """The literal of the data that is with one of these nodes.

        Raises:
            NotRewritableError: it is not clear which.
        """
        if literal not in self.several:
            return self.originals.get(literal, literal)
        found = set().union(*(self.around.get((str(node), literal), set()) for node in nodes))
        if len(found) != 1:
            raise NotRewritableError(f"forms of {literal}")
        return found.pop()


def _store(lines: Iterable[bytes], folder: Path | None = None) -> ox.Store:
    """The triples in a store, with the labels of their blank nodes, which loading, which is faster, would change."""
    if folder is not None:
        return _store_on_disk(lines, folder)
    store = ox.Store()
    loaded: list[bytes] = []
    extended: list[bytes] = []
    for line in lines:
        (extended if b"_:" in line else loaded).append(line)
    store.load(b"".join(loaded), ox.RdfFormat.N_TRIPLES)
    store.bulk_extend(ox.parse(b"".join(extended), ox.RdfFormat.N_TRIPLES))
    return store


def _store_on_disk(lines: Iterable[bytes], folder: Path) -> ox.Store:
    """The same in a folder; its content is also there twice while it is loaded."""
    loaded, extended = folder / "loaded.nt", folder / "extended.nt"
    with loaded.open("wb") as without, extended.open("wb") as with_blank_nodes:
        for line in lines:
            (with_blank_nodes if b"_:" in line else without).write(line)
    store = ox.Store(folder / "store")
    store.bulk_load(path=loaded, format=ox.RdfFormat.N_TRIPLES)
    store.bulk_extend(ox.parse(path=extended, format=ox.RdfFormat.N_TRIPLES))
    for file in (loaded, extended):
        file.unlink()
    return store


def _stored_forms(literals: Iterable[bytes]) -> dict[bytes, tuple[ox.Literal, ox.Literal]]:
    """Each literal that a store writes in another form or others may become, and the form that a store gives it."""
    every = set(literals)
    ordered = [text for text in every if not _KEPT.fullmatch(text)]
    if not ordered:
        return {}
    lines = [b"<urn:%d> <urn:> %s .\n" % (number, text) for number, text in enumerate(ordered)]
    made: dict[str, Any] = {quad.subject.value: quad.object for quad in _store(lines)}
    found = {
        text: (quad.object, made[quad.subject.value])
        for text, quad in zip(ordered, ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES), strict=True)
    }
    kept = {str(stored).encode(): stored for _, stored in found.values()}
    return found | {text: (stored, stored) for text, stored in kept.items() if text in every}
