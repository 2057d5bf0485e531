"""All sources of a project, read in one go; what can't be read as it should be becomes a finding."""

from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Triple

from ssekg.findings import Finding
from ssekg.project import Project
from ssekg.sources.rdf import RdfFile
from ssekg.sources.tables import Table, check_keys


@dataclass
class Sources:
    """The sources of a graph: the vocabulary with its concepts, and the data, as files and as triples.

    `files` are the RDF files and tables in the order they were read, `findings` what is wrong with them.
    """

    files: list[RdfFile | Table] = field(default_factory=list)
    vocabulary: list[Triple] = field(default_factory=list)
    data: list[Triple] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add_rdf(self, file: RdfFile, triples: list[Triple]) -> None:
        """Read an RDF file into `triples` (one of the lists above), or note why it can't be."""
        self.files.append(file)
        try:
            triples += file.triples()
        except SyntaxError as problem:
            self.findings.append(file.syntax_finding(problem))

    def add_table(self, table: Table) -> None:
        """Take the triples of a table into the data."""
        self.files.append(table)
        self.findings += table.findings
        self.data += table.triples()

    def check_tables(self) -> None:
        """Add the findings on keys and links, which need all tables."""
        self.findings += check_keys([file for file in self.files if isinstance(file, Table)])


def read_sources(project: Project) -> Sources:
    """Read the ontology, the concepts, the tables and the hand-modelled Turtle of a project.

    Raises:
        CannotRunError: a file can't be opened.
    """
    sources = Sources()
    for path in project.ontology_files:
        # The concepts are things of the data that the vocabulary's folder keeps: their IRIs are instance IRIs.
        target = sources.vocabulary if path.name == "ssekg.ttl" else sources.data
        sources.add_rdf(RdfFile(path, project.base, project.shown(path)), target)
    for path in project.table_descriptions:
        sources.add_table(open_table(project, path))
    for path in project.turtle_files:
        sources.add_rdf(RdfFile(path, project.base, project.shown(path)), sources.data)
    sources.check_tables()
    return sources


def open_table(project: Project, description: Path) -> Table:
    """The table that a description of the project is about."""
    csv_file = description.with_name(description.name.removesuffix("-metadata.json"))
    return Table(description, project.base, project.shown(csv_file), project.shown(description))
