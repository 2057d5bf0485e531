"""The canned queries: header, syntax, terms and parameters of each file, every finding with its very token."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.said import Arguments
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.checks.headers import Header, read_header
from ssekg.checks.names import named_term, suggested_term
from ssekg.checks.vocabulary import Role, Vocabulary, nearest_namespace
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.mistakes import Mistake, mistake, prefixes_of, tokens_of, too_deep
from ssekg.queries.parameters import known_types
from ssekg.queries.syntax import LEAVES_THE_GRAPH, Token
from ssekg.sources.places import Lines
from ssekg.sources.source_text import SourceText
from ssekg.sources.suspicious_text import hidden_findings

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Terms:
    """What queries may name: the terms of the ontology, and what the data know."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        """Keep both; the data are looked through when a query names something that the ontology does not have."""
        self.graph = graph
        self.vocabulary = vocabulary

    @cached_property
    def used(self) -> frozenset[str]:
        """The IRIs of all predicates and objects of the data."""
        nodes = {node for triple in self.graph.data for node in (triple.predicate, triple.object)}
        return frozenset(node.value for node in nodes if isinstance(node, ox.NamedNode))

    @cached_property
    def types(self) -> list[str]:
        """The types that the parameters of queries may have."""
        return known_types(self.graph)

    @cached_property
    def things(self) -> frozenset[str]:
        """The IRIs that the data say something of."""
        subjects = {triple.subject for triple in self.graph.data}
        return frozenset(subject.value for subject in subjects if isinstance(subject, ox.NamedNode))

    def doubt(self, iri: str) -> Severity | None:
        """How grave it is to name this IRI, None where nothing is wrong with it."""
        if iri.startswith(self.graph.base):
            return None if iri == self.graph.base or iri in self.things else Severity.VIOLATION
        severity = self.vocabulary.doubt(ox.NamedNode(iri))
        if severity is None or iri in self.used:
            return None
        # Its vocabulary has it, but no data of this graph: the query finds nothing by it.
        return Severity.WARNING if severity is Severity.INFO else severity

    def suggestion(self, iri: str) -> Arguments:
        """The argument `nearest` of a hint about an unknown IRI."""
        if not iri.startswith(self.graph.base):
            return suggested_term(self.graph, self.vocabulary.nearest(ox.NamedNode(iri), Role.ANY))
        kind = iri.rpartition("/")[0]
        nearest = nearest_name(iri, (thing for thing in self.things if thing.startswith(kind))) or nearest_name(
            iri, self.things
        )
        return suggested_term(self.graph, ox.NamedNode(nearest) if nearest else None)


def findings(project: Project, graph: Graph, vocabulary: Vocabulary, paths: Iterable[Path] = ()) -> list[Finding]:
    """What is wrong with the queries of a project, and with those in `paths`.

    Raises:
        CannotRunError: a file can't be opened.
    """
    terms = Terms(graph, vocabulary)
    paths = [*project.query_files, *paths]
    texts = [graph.sources.text(path, project.shown(path)) for path in paths]
    return [*_of_one_name(project), *(found for source in texts for found in of_file(source, terms))]


def _of_one_name(project: Project) -> Iterator[Finding]:
    """Queries that hide each other: each is asked for by the name of its file."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in project.query_files:
        by_name[path.stem].append(project.shown(path))
    for name, files in by_name.items():
        for file in files[1:]:
            arguments = {"name": name, "file": files[0]}
            yield Finding("query-twice", Severity.VIOLATION, Place(file, 1, 1), arguments)


def of_file(source: SourceText, terms: Terms) -> list[Finding]:
    """What is wrong with one query file.

    Raises:
        CannotRunError: it can't be opened.
    """
    try:
        text = source.content.decode()
    except UnicodeDecodeError as problem:
        offset = len(source.content[: problem.start].decode())
        start = source.lines.place(offset, offset)
        return [Finding("query-encoding", Severity.VIOLATION, Place(source.shown, start.line, start.column))]
    lines = Lines(source.shown, text)
    header = read_header(lines, terms.graph.languages, terms.types)
    return [*hidden_findings(source.content, source.shown), *header.findings, *_Body(lines, terms).findings(header)]


class _Body:
    """The SPARQL of one file."""

    def __init__(self, lines: Lines, terms: Terms) -> None:
        self.lines = lines
        self.terms = terms
        self.tokens = tokens_of(lines.text)

    def findings(self, header: Header) -> Iterator[Finding]:
        """What is wrong with it, given what its header declares."""
        leaving = [t for t in self.tokens if t.kind == "word" and t.text.upper() in LEAVES_THE_GRAPH]
        for token in leaving:
            yield self._finding("query-leaves", token, {"clause": token.text.upper()})
        deep = too_deep(self.tokens)
        if deep is not None:
            yield self._finding("query-too-deep", deep, {})
        wrong = None if leaving or deep is not None else mistake(self.lines.text, self.terms.graph.prefixes.namespaces)
        if wrong is not None:
            yield self._syntax(wrong)
        yield from self._unknown_terms()
        if header.is_sound:
            yield from self._parameters(header)

    def _finding(
        self, code: str, token: Token, arguments: Arguments, severity: Severity = Severity.VIOLATION
    ) -> Finding:
        return Finding(code, severity, self.lines.place(token.start, token.end), arguments)

    def _syntax(self, wrong: Mistake) -> Finding:
        token, arguments = wrong.token, syntax_arguments(wrong)
        if token is not None:
            return self._finding("query-syntax-error", token, arguments)
        end = len(self.lines.text.rstrip())
        return Finding("query-unfinished", Severity.VIOLATION, self.lines.place(max(end - 1, 0), end), arguments)

    def _unknown_terms(self) -> Iterator[Finding]:
        namespaces, where, _ = prefixes_of(self.tokens)
        for prefix, token in where.items():
            usual = nearest_namespace(
                self.terms.graph, prefix.removesuffix(":"), resolved(namespaces[prefix], self.terms.graph.base)
            )
            if usual is not None:
                arguments = {"prefix": prefix, "namespace": namespaces[prefix], "usual": usual}
                yield self._finding("query-unusual-prefix", token, arguments, Severity.WARNING)
        for token, iri, severity in suspicious_tokens(self.tokens, self.terms):
            term = named_term(self.terms.graph, ox.NamedNode(iri))
            yield self._finding("query-unknown-term", token, {"term": term, **self.terms.suggestion(iri)}, severity)

    def _parameters(self, header: Header) -> Iterator[Finding]:
        used = {token.text[1:]: token for token in reversed(self.tokens) if token.kind == "variable"}
        for variable, token in used.items():
            if variable.startswith("_") and variable not in header.parameters:
                nearest = nearest_name(variable, header.parameters)
                yield self._finding(
                    "query-undeclared-parameter",
                    token,
                    {"variable": token.text, **suggestion(f"?{nearest}" if nearest else None)},
                )
        for variable, place in header.parameters.items():
            if variable not in used:
                nearest = nearest_name(f"?{variable}", [f"?{name}" for name in used if name not in header.parameters])
                arguments = {"variable": f"?{variable}", **suggestion(nearest)}
                yield Finding("query-unused-parameter", Severity.VIOLATION, place, arguments)


def syntax_arguments(wrong: Mistake) -> Arguments:
    """The arguments of a finding about a query that does not parse: what is wrong, and at which token."""
    token: Arguments = {} if wrong.token is None else {"token": wrong.token.text}
    return {"problem": wrong.problem, **token}


def suspicious_tokens(
    found: list[Token], terms: Terms, declared: Mapping[str, str] | None = None
) -> Iterator[tuple[Token, str, Severity]]:
    """The tokens of a query that name something unknown, each with its IRI and how grave that is.

    `declared` are namespaces by prefix (with its colon) from outside the query.
    """
    namespaces, _, prologue = prefixes_of(found)
    namespaces = {**(declared or {}), **namespaces}
    base = resolved(namespaces.get("BASE", ""), terms.graph.base)
    for token in found:
        iri = _iri(token, namespaces, base) if token.start not in prologue else None
        severity = terms.doubt(iri) if iri is not None else None
        if iri is not None and severity is not None:
            yield token, iri, severity


def resolved(reference: str, base: str) -> str:
    """The IRI of a reference; `urljoin` alone would drop the # at the end of a namespace."""
    if _ABSOLUTE.match(reference):
        return reference
    try:
        return urljoin(base, reference) + ("#" if reference.endswith("#") else "")
    except ValueError:  # for what looks like an address with a broken host
        return reference


def _iri(token: Token, namespaces: Mapping[str, str], base: str) -> str | None:
    """The IRI that a token stands for, None if it stands for none that could be looked up."""
    if token.kind == "iri":
        written = token.text[1:-1]
        written = written.encode("ascii", "backslashreplace").decode("unicode_escape") if "\\" in written else written
        iri = resolved(written, base)
    elif token.kind == "name":
        prefix, _, local = token.text.partition(":")
        if f"{prefix}:" not in namespaces:
            return None
        iri = resolved(namespaces[f"{prefix}:"], base) + local.rstrip(".").replace("\\", "")
    else:
        return None
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        return None
