"""What depends on the whole graph: a change that could matter to it is refused, so that everything is checked."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ssekg.base.codes import known_code
from ssekg.base.errors import CannotRunError
from ssekg.base.files import read_file
from ssekg.base.findings import Finding, is_shacl
from ssekg.base.messages import sentences
from ssekg.base.namespaces import OWL, QB, RDFS, SKOS, namespace_of
from ssekg.base.record_iris import RecordIri
from ssekg.base.said import Named
from ssekg.checks.incremental.baseline import Run
from ssekg.checks.incremental.bounds import UnboundedError
from ssekg.checks.incremental.changes import Statements, Use, all_uses
from ssekg.checks.incremental.mentions import shown_names
from ssekg.checks.incremental.tables import triples_of
from ssekg.checks.subject import Subject
from ssekg.graph.labels import LABELS
from ssekg.graph.replacements import DEPRECATED, REPLACED_BY
from ssekg.graph.store import TYPE
from ssekg.project.settings import Project
from ssekg.project.vocabulary import CODE
from ssekg.shacl.allowed_values import AllowedValues

# What makes a list of codes, which checks look through as a whole.
OF_LISTS: Final = frozenset(
    ox.NamedNode(SKOS + name) for name in ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower")
)
# What says something of terms, lists or what is withdrawn, wherever it is stated.
_OF_WHOLES: Final = OF_LISTS | {
    DEPRECATED,
    *(ox.NamedNode(RDFS + name) for name in ("subClassOf", "subPropertyOf")),
}
_OTHER_NAMES: Final = ox.NamedNode(SKOS + "altLabel")
_WITH_GUESSES: Final = frozenset({"nearest", "choices"})


class Wholes:
    """What a change is to the whole of a project's graph; `names` are the things that it calls otherwise."""

    def __init__(self, project: Project, run: Run, statements: Statements, bare: Subject) -> None:
        """Take a full run, what has changed since, and the graph without the rows of tables."""
        self._project = project
        self._run = run
        self._statements = statements
        self._bare = bare
        self._gone, self._come = statements.changes
        self._changed = [*self._gone, *self._come]

    @cached_property
    def uses(self) -> "Counter[Use]":
        """What the data use after the change."""
        uses = self._run.uses.copy()
        uses.update(all_uses(self._come, self._project.base))
        uses.subtract(all_uses(self._gone, self._project.base))
        return uses

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of records that the graph has, or the ontology calls so."""
        found = {use[1] for use in self._run.uses if use[0] == "kind" and use[1]}
        return frozenset({*self._bare.graph.terms.kinds, *found})

    @cached_property
    def names(self) -> set[str]:
        """The things whose names have changed, as they are written."""
        graph = self._bare.graph
        naming = {*LABELS, _OTHER_NAMES, *graph.terms.with_role(CODE)}
        subjects = {triple.subject for triple in self._changed if triple.predicate in naming}
        return {graph.shortened(node.value) for node in subjects if isinstance(node, ox.NamedNode)}

    @cached_property
    def _toggled(self) -> list[object]:
        """The things of which something is stated that was not there before, or nothing any longer."""
        subjects = dict.fromkeys(triple.subject for triple in self._changed)
        return [node for node in subjects if len({*self._statements.is_subject(node)}) > 1]

    @cached_property
    def _code(self) -> str:
        """The text of all queries and shapes."""
        files = (*self._project.query_files, *self._project.shapes_files)
        return "".join(read_file(path, str(path)).decode(errors="replace") for path in files)

    def refuse_changes(self, seen: Collection[str] | None) -> None:
        """Refuse what may change findings on queries, shapes, lists, replacements and the catalogue.

        `seen` are the predicates whose values are compared by queries, None for all.

        Raises:
            UnboundedError: it may.
        """
        if any(bool(self._run.uses[use]) != (count > 0) for use, count in self.uses.items()):
            raise UnboundedError("something is used for the first or the last time")
        for triple in self._changed:
            if triple.predicate in _OF_WHOLES or (triple.predicate == TYPE and _is_of_language(triple.object)):
                raise UnboundedError("terms, lists or withdrawals")
            if triple.predicate == TYPE and self._is_counted(triple.subject):
                raise UnboundedError("the most frequent class of a kind")
            if seen is None or triple.predicate.value in seen:
                self._refuse_rewritten(triple.object)
        self._refuse_named()
        self._refuse_columns()
        if self._run.uses["property", DEPRECATED.value]:
            self._refuse_replacements()
        for table in self._statements.tables.tables:
            if (table.changes.came or table.changes.gone) and not (table.reader.all_records and table.had_rows):
                raise UnboundedError("a table without rows")

    def _is_counted(self, node: object) -> bool:
        """Whether the records of a kind have several classes, of which the most frequent one names it."""
        found = RecordIri.read(node.value, self._project.base) if isinstance(node, ox.NamedNode) else None
        kind = found.kind if found is not None else ""
        if kind in self._bare.graph.terms.kinds:
            return False
        return sum(use[:2] == ("kind class", kind) for use in self._run.uses) > 1

    def _refuse_columns(self) -> None:
        """Refuse that the last row may be gone for which a column of a table was reported."""
        graph = self._bare.graph
        for table in self._statements.tables.tables:
            columns = [f for _, f in self._run.findings if is_of_column(f) and _is_in(f, table.bare.description_shown)]
            gone = {t for row in table.gone_rows for t in triples_of(row)} if columns else set()
            others = (t for row in table.some_rows for t in triples_of(row)) if gone else ()
            there = {t for t in others if (t.subject, t.predicate, t.object) not in self._reported}
            for finding in columns:
                term = finding.arguments.get("term")
                short = term.short if isinstance(term, Named) else ""
                of_predicate = isinstance(finding.path, ox.NamedNode) and graph.shortened(finding.path.value) == short

                def use(triple: ox.Triple, of_predicate: bool = of_predicate) -> object:
                    return isinstance(triple.object, ox.Literal) if of_predicate else triple.object

                had, has = ({use(t) for t in each if t.predicate == finding.path} for each in (gone, there))
                if not had <= has:
                    raise UnboundedError("a column of a table")

    @cached_property
    def _reported(self) -> set[tuple[object, object, object]]:
        """What SHACL had reported, which is not reported for its column as well."""
        return {(each.focus, each.path, each.value) for _, each in self._run.findings if is_shacl(each)}

    def _refuse_rewritten(self, value: object) -> None:
        """Refuse values that queries may compare in a form that the data do not have."""
        if not self._statements.forms.is_only(value):
            raise UnboundedError("values that are compared")

    def _refuse_named(self) -> None:
        """Refuse what queries and shapes name and was not there, or is not any longer."""
        base = self._project.base
        for node in self._toggled:
            if isinstance(node, ox.NamedNode) and _local(node, base) in self._code:
                raise UnboundedError("what queries or shapes name")
        for triple in self._changed:
            value = triple.object
            if not isinstance(value, ox.NamedNode) or value.value.startswith(base) or triple.predicate == TYPE:
                continue
            if _local(value, base) in self._code and not self._statements.is_still_object(value):
                raise UnboundedError("what queries or shapes name")

    def _refuse_replacements(self) -> None:
        """Refuse what may be, or be replaced by, what has changed."""
        subjects = {triple.subject for triple in self._changed}
        named = (RecordIri.read(node.value, self._project.base) for node in subjects if isinstance(node, ox.NamedNode))
        for node in subjects | {ox.NamedNode(each.record) for each in named if each is not None}:
            stated = self._statements.about(node) | {
                triple for triple in self._statements.leading(node) if triple.predicate == REPLACED_BY
            }
            if any(triple.predicate in {REPLACED_BY, DEPRECATED} for triple in stated):
                raise UnboundedError("a replacement")

    # --- names and guesses ---

    def refuse_names(
        self,
        small: Subject,
        new: Collection[Finding],
        dropped: Collection[Finding],
        kept: Sequence[tuple[bool, Finding]],
    ) -> None:
        """Refuse findings whose words depend on all names there are: new ones always, others if names have changed.

        Raises:
            UnboundedError: there are such.
        """
        if any(self._guesses(each, small) for each in new):
            raise UnboundedError("what was meant")
        if any(each.code == "table-dangling-link" for _, each in kept) and any(map(_is_of_cell, (*new, *dropped))):
            raise UnboundedError("causes")
        dangling = [each for each in dropped if each.code == "table-dangling-link"]
        causes = {each.cause.place for _, each in kept if each.cause is not None} if dangling else set()
        if any((each.cause and each.cause.code is None) or each.place in causes for each in dangling):
            raise UnboundedError("causes")
        if self.names or self._toggled or any(self._statements.changed_keys):
            for near, each in kept:
                if self._may_guess(each, near=near) or (not near and self.names & shown_names(each)):
                    raise UnboundedError("names that findings give")

    def _may_guess(self, finding: Finding, *, near: bool) -> bool:
        if not _WITH_GUESSES & sentences(known_code(finding.code).name):
            return False
        if near and is_shacl(finding):
            return isinstance(finding.value, ox.NamedNode) and finding.value.value.startswith(self._project.base)
        if near:
            return self._of_column(finding)
        return "nearest" in finding.arguments or bool(self._toggled)

    def _guesses(self, finding: Finding, small: Subject) -> bool:
        if not self._may_guess(finding, near=True):
            return False
        if not is_shacl(finding):
            return True
        things, value = small.graph.things, finding.value
        choices = self._choices(small).get(finding.shape, [])
        return not (isinstance(value, ox.NamedNode) and value.value in things and (not choices or value in choices))

    def _choices(self, small: Subject) -> dict[object, list[ox.NamedNode]]:
        if isinstance(small.validation, CannotRunError):
            raise UnboundedError("shapes that can't be used")
        data = [*small.graph.data, *small.graph.vocabulary]
        return AllowedValues(small.own_shapes.shapes.triples, data).concepts_by_shape

    def _of_column(self, finding: Finding) -> bool:
        """Whether a finding of a table may guess: that on a cell that links to something, or holds a code."""
        if finding.code.startswith("ontology-") or finding.code == "table-term":
            return False  # by the ontology alone
        terms = self._bare.graph.terms
        tables = [table.bare for table in self._statements.tables.tables]
        found = [table for table in tables if finding.place is not None and table.shown == finding.place.file]
        columns = {each.title: each for table in found for each in table.columns}
        column = columns.get(str(finding.arguments.get("column", "")))
        if column is None or column.value is not None or column.predicate.variables or column.is_record:
            return True
        return finding.code == "table-dangling-link" or column.predicate.iri({}) in terms.codes_of


def is_of_column(finding: Finding) -> bool:
    """Whether a finding is on what a column of a table is used for, once for all its rows."""
    return finding.focus is None and finding.code.startswith("ontology-")


def _is_of_cell(finding: Finding) -> bool:
    return finding.focus is None and not is_of_column(finding)


def _is_in(finding: Finding, file: str) -> bool:
    return finding.place is not None and finding.place.file == file


def _local(node: ox.NamedNode, base: str) -> str:
    iri = node.value
    return iri.removeprefix(base) if iri.startswith(base) else iri.removeprefix(namespace_of(iri)) or iri


def _is_of_language(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith((RDFS, OWL, SKOS, QB + "D", QB + "S"))
