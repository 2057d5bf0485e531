"""What every command needs: the language, the project, and a way to talk."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssekg.base.cache import Cache, cache_folder
from ssekg.base.errors import AskedWronglyError, CannotRunError, SsekgError
from ssekg.base.files import write_file
from ssekg.base.findings import Finding, Report
from ssekg.base.language import from_locale
from ssekg.base.messages import text
from ssekg.base.said import Argument, Said
from ssekg.graph.store import Graph
from ssekg.project.settings import Project, carried_project, find_project, read_project
from ssekg.queries.columns import Column, read_columns, read_table
from ssekg.queries.library import Query, find_query, read_header

if TYPE_CHECKING:  # what few commands need is imported where they need it
    from ssekg.graph.public import Public


@dataclass
class Session:
    """One call of ssekg: its options, and what is read once for it. Data goes to stdout, talk to stderr."""

    folder: Path | None
    given_language: str | None
    quiet: bool = False
    verbose: bool = False
    _told: bool = False
    _said_once: set[str] = field(default_factory=set)

    @cached_property
    def found_project(self) -> Project | None:
        """The project that was named, or the one in sight; None if there is none.

        Raises:
            CannotRunError: the named folder has no ssekg.toml, or it is broken.
        """
        return read_project(self.folder) if self.folder else find_project(Path.cwd())

    def forget_project(self) -> None:
        """Have the settings of the project read again by the next who wants them."""
        self.__dict__.pop("found_project", None)

    @cached_property
    def language(self) -> str:
        """`--lang`, else the locale, else the project's default, else English."""
        asked = self.given_language or from_locale(os.environ)
        if asked:
            return asked
        try:
            return self.found_project.default_language if self.found_project else "en"
        except SsekgError:
            return "en"

    @property
    def project(self) -> Project:
        """The project.

        Raises:
            CannotRunError: there is none.
        """
        if self.found_project is None:
            raise CannotRunError("no-project", folder=str(Path.cwd()))
        return self.found_project

    @cached_property
    def project_or_carried(self) -> Project:
        """The project, or the bundled one, with a notice."""
        if self.found_project is not None:
            return self.found_project
        carried = carried_project()
        self.say("carried-graph", version=carried.version, date=carried.date.isoformat())
        return carried

    @cached_property
    def cache(self) -> Cache | None:
        """What is kept from one command to the next, if anything is."""
        folder = cache_folder(os.environ)
        return None if folder is None else Cache(folder, self._say_to_who_asks)

    @cached_property
    def graph(self) -> Graph:
        """The graph of `project_or_carried`, with what is derived; how many findings it has goes to stderr.

        Where it is kept from a previous time, it has no sources; who needs them takes `read_graph`.
        """
        from ssekg.shacl.kept_graph import graph_of

        if "read_graph" in self.__dict__:
            return self.read_graph
        return self._with_findings_told(graph_of(self.project_or_carried, self.cache))

    @cached_property
    def read_graph(self) -> Graph:
        """The same graph with its sources, read anew."""
        from ssekg.shacl.kept_graph import graph_of

        return self._with_findings_told(graph_of(self.project_or_carried, None))

    @cached_property
    def public(self) -> "Public":
        """What everybody may see of the graph."""
        from ssekg.graph.public import public_part

        return public_part(self.graph, self.project_or_carried.privacy)

    def _with_findings_told(self, graph: Graph) -> Graph:
        if graph.finding_count and not self._told:
            self._told = True
            self.say("graph-with-findings", count=str(graph.finding_count))
        return graph

    def _say_to_who_asks(self, code: str, arguments: Mapping[str, Argument]) -> None:
        if self.verbose and code not in self._said_once:
            self._said_once.add(code)
            self.say(code, **arguments)

    def query(self, name: str) -> Query:
        """The canned query of that name.

        Raises:
            AskedWronglyError: there is none.
        """
        return find_query(self.project_or_carried, name, self._kept(read_header))

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns that the project describes for its queries.

        Raises:
            CannotRunError: it does so in the wrong way.
        """
        return read_columns(self.project_or_carried, self._kept(read_table))

    def _kept(self, parse: Callable[[str], Any]) -> Callable[[str], Any]:
        """A function that parses a text, which does not have to do so again where it is kept."""
        return parse if self.cache is None else partial(self.cache.parsed, parse=parse)

    def say(self, code: str, **arguments: Argument) -> None:
        """A message to standard error, unless quiet."""
        if not self.quiet:
            click.echo(text(code, self.language, arguments), err=True)

    def text(self, code: str, **arguments: Argument) -> str:
        """A message in the session's language."""
        return text(code, self.language, arguments)


def require_spark(engine: str, master: str | None) -> None:
    """Only Spark runs on a cluster.

    Raises:
        AskedWronglyError: a cluster is named with another engine.
    """
    if master is not None and engine != "spark":
        raise AskedWronglyError("master-without-spark")


def require_existing(paths: Iterable[Path]) -> None:
    """Refuse paths that lead nowhere.

    Raises:
        CannotRunError: there is no such file or folder.
    """
    for path in paths:
        if not path.exists():
            raise CannotRunError("unreadable-file", file=str(path), problem=Said("no-such-file"))


def write(content: str | bytes, output: str | None) -> None:
    """Data to a file, or to standard output for None and `-`.

    Raises:
        CannotRunError: the file can't be written.
    """
    data = content.encode() if isinstance(content, str) else content
    if output in {None, "-"}:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    write_file(Path(str(output)), data)


def screen(output: str | None = None) -> tuple[int, bool]:
    """How many cells a line of text may have, and whether it may have colours.

    The terminal's own width, at least 40, and its colours unless NO_COLOR is set; off a terminal a usual width.
    """
    if output not in {None, "-"} or not sys.stdout.isatty():
        from ssekg.reports.text import WIDTH

        return WIDTH, False
    from rich.console import Console

    console = Console()
    return max(console.width, 40), console.color_system is not None and not console.no_color


def output_format(
    output: str | None,
    given: str | None,
    by_extension: Mapping[str, str],
    default: str,
    problem: str = "unknown-output-format",
) -> str:
    """The format: as given, else from the name of the output, else the default.

    `problem` is the code of what is said where the name of the output has another ending.

    Raises:
        AskedWronglyError: the name of the output has the ending of no format of the command.
    """
    if given:
        return given
    suffix = Path(output).suffix.lower() if output else ""
    if suffix and suffix not in by_extension:
        known = ", ".join(f"{form} ({ending})" for ending, form in by_extension.items())
        raise AskedWronglyError(problem, file=str(output), suffix=suffix, known=known)
    return by_extension.get(suffix, default)


def chosen(report: Report, only: tuple[str, ...], most: int | None) -> tuple[Finding, ...]:
    """The findings to show: those of the wanted codes, no more than `most`."""
    wanted = [finding for finding in report.findings if not only or finding.code in only]
    return tuple(wanted if most is None else wanted[:most])
