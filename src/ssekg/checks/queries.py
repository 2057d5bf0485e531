"""The canned queries: header, syntax, terms and parameters of each file, every finding with its very token."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import pyoxigraph as ox

from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.said import Arguments
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.checks.columns import titled_columns
from ssekg.checks.graph_terms import GraphTerms
from ssekg.checks.headers import Header, read_header
from ssekg.checks.known_terms import nearest_namespace
from ssekg.checks.names import named_term
from ssekg.checks.query_terms import named_tokens, resolved, syntax_arguments
from ssekg.checks.subject import Subject
from ssekg.project.settings import Project
from ssekg.queries.mistakes import Mistake, mistake, too_deep
from ssekg.queries.prologue import prefixes_of
from ssekg.queries.selection import selection
from ssekg.queries.syntax import LEAVES_THE_GRAPH, Token, tokens_of
from ssekg.sources.places import Lines
from ssekg.sources.source_text import SourceText
from ssekg.sources.suspicious_text import hidden_findings


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with the queries of a project, and with others that are to be checked.

    Raises:
        CannotRunError: a file can't be opened.
    """
    yield from _of_one_name(subject.project)
    titled = titled_columns(subject.project)
    for source in subject.queries:
        yield from of_file(source, subject.terms, titled)


def _of_one_name(project: Project) -> Iterator[Finding]:
    """Queries that hide each other: a query is called by the name of its file."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in project.query_files:
        by_name[path.stem].append(project.shown(path))
    for name, files in by_name.items():
        for file in files[1:]:
            arguments = {"name": name, "file": files[0]}
            yield Finding("query-twice", Severity.VIOLATION, Place(file, 1, 1), arguments)


def of_file(source: SourceText, terms: GraphTerms, titled: Collection[str] = ()) -> list[Finding]:
    """What is wrong with one query file; `titled` are the columns that need no title in it.

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
    return [
        *hidden_findings(source.content, source.shown),
        *header.findings,
        *_Body(lines, terms).findings(header, titled),
    ]


def of_terms(lines: Lines, terms: GraphTerms, prefixes: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """The terms in a query that are unknown, deprecated or withdrawn; it need not declare these prefixes."""
    declared = {f"{prefix}:": namespace for prefix, namespace in (prefixes or {}).items()}
    for token, iri in named_tokens(tokens_of(lines.text), terms.graph.base, declared):
        place = lines.place(token.start, token.end)
        term: Arguments = {"term": named_term(terms.graph, ox.NamedNode(iri))}
        severity = terms.doubt(iri)
        if terms.is_replaced(iri):
            yield Finding("query-replaced-term", Severity.WARNING, place, {**term, **terms.replacement(iri)})
        elif severity is not None:
            yield Finding("query-unknown-term", severity, place, {**term, **terms.suggestion(iri)})


class _Body:
    """The SPARQL of one file."""

    def __init__(self, lines: Lines, terms: GraphTerms) -> None:
        self.lines = lines
        self.terms = terms
        self.tokens = tokens_of(lines.text)

    def findings(self, header: Header, titled: Collection[str]) -> Iterator[Finding]:
        """What is wrong with it, given what its header declares and which columns have a title."""
        leaving = [t for t in self.tokens if t.kind == "word" and t.text.upper() in LEAVES_THE_GRAPH]
        for token in leaving:
            yield self._finding("query-leaves", token, {"clause": token.text.upper()})
        deep = too_deep(self.tokens)
        if deep is not None:
            yield self._finding("query-too-deep", deep, {})
        wrong = None if leaving or deep is not None else mistake(self.lines.text, self.terms.graph.prefixes.namespaces)
        if wrong is not None:
            yield self._syntax(wrong)
        yield from self._terms()
        if header.is_sound:
            yield from self._parameters(header)
        if wrong is None and not leaving and deep is None:
            yield from self._columns(header, titled)

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

    def _terms(self) -> Iterator[Finding]:
        namespaces, where, _ = prefixes_of(self.tokens)
        for prefix, token in where.items():
            usual = nearest_namespace(
                self.terms.graph, prefix.removesuffix(":"), resolved(namespaces[prefix], self.terms.graph.base)
            )
            if usual is not None:
                arguments = {"prefix": prefix, "namespace": namespaces[prefix], "usual": usual}
                yield self._finding("query-unusual-prefix", token, arguments, Severity.WARNING)
        yield from of_terms(self.lines, self.terms)

    def _columns(self, header: Header, titled: Collection[str]) -> Iterator[Finding]:
        found = selection(self.lines.text)
        names = {each.name: each.token for each in found.selected} if found else {}
        if found is not None and not names:  # an asterisk
            names = {token.variable: token for token in self.tokens if token.variable}
        for name, place in header.columns.items():
            if name not in names:
                arguments = {"column": name, **suggestion(nearest_name(name, names))}
                yield Finding("query-unknown-column", Severity.VIOLATION, place, arguments)
        for each in found.selected if found else ():
            if each.name not in titled and each.name not in header.titled:
                yield self._finding(
                    "query-untitled-column", each.token, {"variable": each.token.text}, Severity.WARNING
                )

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
