"""All sources of a project, read at once; each problem with reading them becomes a finding."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pyoxigraph import Triple

from ssekg.base.codes import CODES
from ssekg.base.errors import CannotRunError
from ssekg.base.files import real
from ssekg.base.findings import Finding, Place, Severity
from ssekg.base.namespaces import USUAL
from ssekg.base.packed import Packed
from ssekg.base.triples import extended
from ssekg.project.settings import PROJECT_FILE, Project
from ssekg.project.vocabulary import declared_prefixes
from ssekg.sources.imports import Imported, Resolver, read_imports
from ssekg.sources.keys import check_keys
from ssekg.sources.modules import joined
from ssekg.sources.rdf.file import RdfFile
from ssekg.sources.rdf.labels import file_mark
from ssekg.sources.records import Records
from ssekg.sources.source_text import SourceText
from ssekg.sources.suspicious_text import hidden_findings
from ssekg.sources.table_files import description_beside, description_of, files_of, is_table, table_name
from ssekg.sources.tables.reader import read_table
from ssekg.sources.tables.table import Table, TableSource
from ssekg.sources.tables.templates import Pairs
from ssekg.sources.vocabulary import parted, terms_of

_ALONE: Final = file_mark(0, "t")


@dataclass
class Sources:
    """The sources of a graph: the vocabulary with its concepts, and the data, as files and as triples.

    `files` are the RDF files and tables in the order they were read, `findings` what is wrong with them; `texts` are
    the contents of the files that are read as they are, by their names for people. `imports` are the releases that the
    project stands on: what is known from them, `beside`, is in the vocabulary as well. `data` begins with what
    ontology/ says of records: so many triples as `in_ontology` says.
    """

    files: list[RdfFile | Table] = field(default_factory=list)
    vocabulary: list[Triple] = field(default_factory=list)
    data: list[Triple] | Packed = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    imports: tuple[Imported, ...] = ()
    beside: list[Triple] = field(default_factory=list)
    texts: dict[str, SourceText] = field(default_factory=dict)
    in_ontology: int = 0

    def text(self, path: Path, shown: str) -> SourceText:
        """The content of a file, which is read once, however often it is used."""
        return self.texts.setdefault(shown, SourceText(path, shown))

    def add_data(self, file: RdfFile) -> None:
        """Read an RDF file into the data, or note why it can't be."""
        self.data = extended(self.data, self.read_rdf(file))

    def read_rdf(self, file: RdfFile) -> list[Triple]:
        """The triples of an RDF file among the others, none if it can't be read, of which is noted why."""
        self.files.append(file)
        self.texts[file.shown] = file.source
        file.mark = file_mark(len(self.files))
        try:
            found = file.triples()
        except SyntaxError as problem:
            self.findings.append(file.syntax_finding(problem))
            return []
        lost = file.lost_findings()
        if not found and not lost:
            self.findings.append(file.empty_finding())
        self.findings += [*hidden_findings(file.source.content, file.shown), *lost]
        return found

    def add_ontology(self, triples: list[Triple], project: Project) -> None:
        """Take what the files in ontology/ say into the vocabulary and, what they say of records, into the data.

        The vocabulary of the imports comes after it.
        """
        vocabulary, records = parted(joined(triples), project.base)
        self.vocabulary += vocabulary
        self._put_beside(triple for each in self.imports for triple in each.vocabulary)
        self.data = extended(self.data, records)
        self.in_ontology = len(self.data)
        if not terms_of(self.vocabulary) and not self.findings:
            file = self.files[0].shown if self.files else PROJECT_FILE
            self.findings.append(Finding("ontology-no-terms", Severity.WARNING, Place(file, 1, 1)))

    @property
    def next_mark(self) -> str:
        """What the labels of blank nodes in the next table end with."""
        return file_mark(len(self.files) + 1, "t")

    def add_table(self, table: Table) -> None:
        """Take the triples of a table into the data."""
        before = len(self.data)
        self.data = extended(self.data, table.triples())
        self.files.append(table.sharing(self.data[before:]))
        self.findings += table.findings

    def with_rows(self, tables: Sequence[Table]) -> "Sources":
        """The same with tables that have rows, in the place of as many without; their keys and links are unchecked."""
        places = [at for at, file in enumerate(self.files) if isinstance(file, Table)]
        files = list(self.files)
        for at, table in zip(places, tables, strict=True):
            files[at] = table
        stated = [triple for table in tables for triple in table.triples()]
        found = [finding for table in tables for finding in table.findings if finding not in self.findings]
        data = [*self.data[: self.in_ontology], *stated, *self.data[self.in_ontology :]]
        return replace(self, files=files, data=data, findings=[*self.findings, *found])

    def with_cells_only(self) -> "Sources":
        """The same for who has the triples, without those of all and of each row: they take much memory."""
        files = [file.rested() if isinstance(file, Table) else file for file in self.files]
        return replace(self, files=files, data=[])

    def check_tables(self, base: str) -> None:
        """Add the findings on keys and links, which need all files; `base` is what the IRIs of records begin with."""
        places = (each.place for each in self.findings if CODES[each.code].stops_reading)
        imported = [each.by_kind for each in self.imports]
        records = Records(self.files, base, [place.file for place in places if place is not None], imported)
        tables = [file for file in self.files if isinstance(file, Table)]
        self.findings += check_keys(tables, records)
        if self.imports:
            self._resolve(Resolver(base, self.imports, records.by_kind), tables)

    def _resolve(self, resolver: Resolver, tables: list[Table]) -> None:
        """Have all links lead to what they mean, and take what the imports say of it."""
        self.data = resolver.resolved(self.data)
        for statements in (row.statements for table in tables for row in table.rows):
            columns, triples = zip(*statements.triples, strict=True) if statements.triples else ((), ())
            statements.triples = list(zip(columns, resolver.resolved(triples), strict=True))
        linked = {triple.object for triple in self.data}
        for each in self.imports:
            self._put_beside([*each.codes, *each.reached(linked)])

    def _put_beside(self, triples: Iterable[Triple]) -> None:
        known = list(triples)
        self.beside += known
        self.vocabulary += known


def read_sources(
    project: Project, given: Iterable[Path] = (), read: Callable[[TableSource], Table] = read_table
) -> Sources:
    """Read the ontology, the concepts, the tables and the hand-modelled Turtle of a project.

    Args:
        project: the project.
        read: what reads the tables of the project.
        given: RDF files and tables. Those from elsewhere are read as if they lay in the project, a table in the place
            of the project's table of its name.

    Raises:
        CannotRunError: a file can't be opened, a given table has no description, or an import is not what it should be.
    """
    sources = Sources(imports=read_imports(project))
    ontology: list[Triple] = []
    for path in project.ontology_files:
        ontology += sources.read_rdf(RdfFile(path, project.base, project.shown(path)))
    sources.add_ontology(ontology, project)
    prefixes = _prefixes(project, sources.vocabulary)
    instead: dict[str, Path] = {}
    others: list[Path] = []
    given = list(given)
    for path in filter(is_table, given):
        twin = instead.setdefault(table_name(path), path)
        if real(path).parent != real(twin).parent:
            others.append(path)
    for path in project.table_descriptions:
        given_instead = instead.pop(table_name(path), None)
        if given_instead is None:
            sources.add_table(open_table(project, path, sources.next_mark, prefixes, read))
        else:
            sources.add_table(open_given(project, given_instead, sources.next_mark, prefixes))
    for path in (*instead.values(), *others):
        sources.add_table(open_given(project, path, sources.next_mark, prefixes))
    own = {real(path) for path in (*project.ontology_files, *project.rdf_files)}
    strangers = [path for path in given if not is_table(path) and real(path) not in own]
    for path in (*project.rdf_files, *strangers):
        sources.add_data(RdfFile(path, project.base, project.shown(path)))
    sources.check_tables(project.base)
    return sources


def open_table(
    project: Project,
    description: Path,
    mark: str = _ALONE,
    prefixes: Pairs = (),
    read: Callable[[TableSource], Table] = read_table,
) -> Table:
    """The table that a description of the project is about: its CSV file, or else another of the same name.

    `mark` is what the labels of its blank nodes end with, `prefixes` are those of the project, `read` is what reads it.
    """
    kept = [path for path in files_of(description) if path.is_file()]
    return _opened(project, kept[0] if kept else files_of(description)[0], description, (mark, prefixes), read)


def open_given(project: Project, path: Path, mark: str = _ALONE, prefixes: Pairs = ()) -> Table:
    """A table from anywhere, by its description.

    `mark` is what the labels of its blank nodes end with, `prefixes` are those of the project.

    Raises:
        CannotRunError: there is no description of it, or a file can't be opened.
    """
    return _opened(project, path, description_of(project, path), (mark, prefixes))


def table_alone(path: Path, number: int, project: Project | None = None) -> TableSource:
    """The n-th of some tables that are read by themselves, by the description next to it.

    With a project its addresses and prefixes are used, as if the table lay in it.

    Raises:
        CannotRunError: there is no description of it, or a file of the ontology can't be opened.
    """
    mark = file_mark(number, "t")
    if project is not None:
        names = project.shown(path), project.shown(description_of(project, path))
        return TableSource(description_of(project, path), project.base, *names, path, mark, _read_prefixes(project))
    description = description_beside(path)
    if not description.is_file():
        raise CannotRunError("no-description", file=str(path), description=description.name)
    return TableSource(description, real(path).as_uri(), str(path), str(description), path, mark)


def _read_prefixes(project: Project) -> Pairs:
    sources = Sources()
    ontology: list[Triple] = []
    for path in project.ontology_files:
        ontology += sources.read_rdf(RdfFile(path, project.base, project.shown(path)))
    return _prefixes(project, ontology)


def _prefixes(project: Project, vocabulary: list[Triple]) -> Pairs:
    """The prefixes that cells and descriptions may use: usual ones, those of the ontology, those of ssekg.toml."""
    return tuple({**USUAL, **declared_prefixes(vocabulary), **project.prefixes}.items())


def _opened(
    project: Project,
    path: Path,
    description: Path,
    marked: tuple[str, Pairs],
    read: Callable[[TableSource], Table] = read_table,
) -> Table:
    usual, *workbooks = files_of(description)
    # Where there is no file of its name, a description names another.
    found = path if path.is_file() else None
    names = project.shown(path), project.shown(description)
    table = read(TableSource(description, project.base, *names, found, *marked))
    kept = [file for file in (usual, *workbooks) if file.is_file()]
    arguments = {"file": project.shown(kept[0])} if kept else {}
    twins = [
        Finding("table-twice", Severity.VIOLATION, Place(project.shown(twin), 1, 1), arguments)
        for twin in (kept[1:] if path in kept else ())
    ]
    return replace(table, findings=(*table.findings, *twins)) if twins else table
