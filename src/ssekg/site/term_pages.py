"""A page for each term of the ontology: what it means, an example from the data, its axioms in words, what uses it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.language import joined
from ssekg.base.namespaces import DCT, OWL, RDFS, SKOS, TERM_STATUS, VANN
from ssekg.base.said import Named, Said
from ssekg.checks.query_terms import named_tokens
from ssekg.graph.examples import Example, Examples
from ssekg.graph.public import Public
from ssekg.queries.library import Query
from ssekg.queries.syntax import tokens_of
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.linked_names import link_to
from ssekg.site.own_terms import OwnTerm, Sort
from ssekg.site.record_pages import History
from ssekg.site.term_alignments import Alignment, Alignments
from ssekg.site.term_example import in_turtle
from ssekg.site.term_rules import Rules
from ssekg.site.term_sentences import Piece, Sentences, pieces

_SCOPE_NOTES: Final = tuple(ox.NamedNode(iri) for iri in (SKOS + "scopeNote", VANN + "usageNote", SKOS + "note"))
_REPLACED_BY: Final = ox.NamedNode(DCT + "isReplacedBy")
_DEPRECATED: Final = ox.NamedNode(OWL + "deprecated")
_STATUS: Final = ox.NamedNode(TERM_STATUS)
_SUB_CLASS: Final = ox.NamedNode(RDFS + "subClassOf")
_SUB_PROPERTY: Final = ox.NamedNode(RDFS + "subPropertyOf")
_DOMAIN: Final = ox.NamedNode(RDFS + "domain")
_RANGE: Final = ox.NamedNode(RDFS + "range")


@dataclass(frozen=True, slots=True)
class Reference:
    """A term on a page: how it is written, its labels, and the link to its page below the folder of a language."""

    short: str
    labels: Mapping[str, str]
    page: str = ""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A published table, with the column that has the values of a property, "" where its rows are what is meant."""

    table: str
    titles: Mapping[str, str]
    column: str = ""


Columns = Mapping[ox.NamedNode, Sequence[TableColumn]]
"""The published tables, by the property of a column or by the class that their rows are of."""


class TermPages:
    """Makes the pages of the terms of a project's own."""

    def __init__(
        self,
        site: Site,
        public: Public,
        addresses: Addresses,
        terms: Mapping[ox.NamedNode, OwnTerm],
        *,
        queries: Iterable[Query],
        columns: Columns,
        history: History,
        vocabulary_file: str,
    ) -> None:
        """Pages of a site.

        `queries` are those that have a page, `columns` the published tables, `history` says what changed in a term, and
        `vocabulary_file` is the path of the ontology in the release.
        """
        self._site, self._public, self._addresses, self._terms = site, public, addresses, terms
        self._columns, self._history, self._file = columns, history, vocabulary_file
        self._queries = list(queries)
        self._about: dict[object, list[ox.Triple]] = defaultdict(list)
        self._leading: dict[object, list[ox.Triple]] = defaultdict(list)
        for triple in public.own_vocabulary:
            if triple.subject in terms:
                self._about[triple.subject].append(triple)
                self._leading[triple.object].append(triple)
        self._short = {public.shortened(term.value): each.page for term, each in terms.items()}

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """The pages of all terms in all languages, by path.

        Raises:
            CannotRunError: a template of the project can't be used.
        """
        examples, rules = Examples(self._public, self._terms), Rules(self._site.project, self._public)
        sentences, alignments = Sentences(self._public), Alignments(self._public, self._terms)
        for term, own in self._terms.items():
            values = self._values(own, examples, rules, alignments.of(term))
            said = sentences.of(term)
            for language in self._site.project.languages:
                page = self._page(own, values, said, language)
                yield f"{language}/{own.path}", page

    def _page(self, own: OwnTerm, values: Mapping[str, object], said: Sequence[Said], language: str) -> bytes:
        words = self._site.words(language)
        shown: dict[str, object] = {
            "sentences": [[self._piece(each) for each in pieces(sentence, words)] for sentence in said],
            "history": self._history(own.term.value, language),
            "comma": joined(["", ""], language),
        }
        example = values["example"]
        if isinstance(example, Example):
            shown["example"] = in_turtle(example.statements, self._public.prefixes)
            shown["exemplary"] = link_to(example.record, self._public, self._addresses, language)
        return self._site.page(own.path, "term.html", language, {**values, **shown})

    def _values(
        self, own: OwnTerm, examples: Examples, rules: Rules, alignments: Sequence[Alignment]
    ) -> Mapping[str, object]:
        term, public = own.term, self._public
        about, above = self._about[term], public.terms.above.get(term, frozenset()) - {term}
        example = examples.of_class(term) if own.sort is Sort.CLASS else examples.of_property(term)
        lower = _SUB_CLASS if own.sort is Sort.CLASS else _SUB_PROPERTY
        return {
            "term": self.reference(term),
            "iri": term.value,
            "sort": own.sort.value,
            "anchor": own.anchor,
            "module": self.reference(own.module) if own.module else None,
            "definition": own.definition,
            "notes": list(self._texts(about)),
            "status": next((t.object.value for t in about if t.predicate == _STATUS), ""),  # type: ignore[union-attr]
            "is_deprecated": any(t.predicate == _DEPRECATED for t in about),
            "is_derived": term in public.terms.derived,
            "replaced_by": self._objects(about, _REPLACED_BY),
            "replacing": self._subjects(term, _REPLACED_BY),
            "wider": [each for each in self._objects(about, lower) if each.page],  # those of others are alignments
            "narrower": self._subjects(term, lower),
            "inverses": [self.reference(each) for each in sorted(public.terms.inverses.get(term, ()), key=str)],
            "starting": self._subjects(term, _DOMAIN),
            "arriving": self._subjects(term, _RANGE),
            "count": examples.count(term),
            "example": example,
            "rules": [(rule, [self.reference(each) for each in rule.values]) for rule in rules.of(term)],
            "also_checked": [
                self.reference(each) for each in sorted(above & self._terms.keys(), key=str) if rules.of(each)
            ],
            "questions": [query for query in self._queries if term.value in self._used[query.name]],
            "columns": self._columns.get(term, ()),
            "alignments": [(each, self.reference(each.target)) for each in alignments],
            "file": self._file,
        }

    def reference(self, term: ox.NamedNode) -> Reference:
        """A term or module as it is shown on a page."""
        own = self._terms.get(term)
        return Reference(self._public.shortened(term.value), self._public.labels.get(term, {}), own.page if own else "")

    def _piece(self, piece: Piece) -> str | Reference:
        if piece.term is None:
            return piece.words
        return Reference(piece.term.short, piece.term.labels, self._page_of(piece.term))

    def _page_of(self, named: Named) -> str:
        return self._short.get(named.short, "")

    def _objects(self, about: Iterable[ox.Triple], predicate: ox.NamedNode) -> list[Reference]:
        found = {t.object for t in about if t.predicate == predicate and isinstance(t.object, ox.NamedNode)}
        return [self.reference(each) for each in sorted(found, key=str)]

    def _subjects(self, term: ox.NamedNode, predicate: ox.NamedNode) -> list[Reference]:
        found = {t.subject for t in self._leading[term] if t.predicate == predicate}
        return [self.reference(each) for each in sorted(found, key=str) if isinstance(each, ox.NamedNode)]

    def _texts(self, about: Sequence[ox.Triple]) -> Iterator[Mapping[str, str]]:
        """The notes on how a term is to be used, of each property its texts by language."""
        for predicate in _SCOPE_NOTES:
            found = [t.object for t in about if t.predicate == predicate and isinstance(t.object, ox.Literal)]
            if found:
                yield {each.language or "": each.value for each in found}

    @cached_property
    def _used(self) -> Mapping[str, frozenset[str]]:
        """The IRIs that each query names."""
        public = self._public
        declared = {f"{prefix}:": space for prefix, space in public.prefixes.namespaces.items()}
        return {
            query.name: frozenset(iri for _, iri in named_tokens(tokens_of(query.text), public.base, declared))
            for query in self._queries
        }
