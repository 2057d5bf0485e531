"""`ssekg build`: the graph from all sources, or from some files, to a file or standard output."""

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.files import written
from ssekg.base.formats import DUMPS
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, output_format, require_existing, require_spark, write

if TYPE_CHECKING:  # whoever asks for help needs no engine
    from pyoxigraph import RdfFormat


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH…]")
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--format", "form", cls=Option, type=click.Choice([form.name for form, _ in DUMPS]))
@click.option("--engine", cls=Option, type=click.Choice(["fast", "spark"]), default="fast")
@click.option("--master", cls=Option, metavar="URL")
@click.pass_obj
def build(
    session: Session, paths: tuple[Path, ...], output: str | None, form: str | None, engine: str, master: str | None
) -> None:
    """The format comes from the file's name, else from `--format`, else it is Turtle."""
    require_spark(engine, master)
    if engine == "spark":
        _on_cluster(session, paths, output, form, master)
        return
    name = output_format(output, form, {dump.suffix: dump.name for dump, _ in DUMPS}, "turtle")
    if paths:
        _of_files(session, paths, output, next(rdf for dump, rdf in DUMPS if dump.name == name))
    else:
        _of_project(session, output, name)


def _of_files(session: Session, paths: tuple[Path, ...], output: str | None, rdf: "RdfFormat") -> None:
    """Write the triples of some files as they come, however many there are."""
    from ssekg.checks.loose import loose_files
    from ssekg.shacl.chunks.dumping import dump

    require_existing(paths)
    files = loose_files(paths, lambda: session.found_project)
    with _opened(output) as file:
        findings = dump(files, rdf, file)
    if findings:
        session.say("graph-with-findings", count=str(len(findings)))


def _on_cluster(
    session: Session, paths: tuple[Path, ...], output: str | None, form: str | None, master: str | None
) -> None:
    """Have Spark write the triples of some files to a folder, whose name says the form."""
    if not paths or output in {None, "-"} or form is not None:
        raise AskedWronglyError("spark-output")
    from ssekg.checks.cluster import dump_on_cluster
    from ssekg.checks.large import Limits

    require_existing(paths)
    findings = dump_on_cluster(paths, Path(str(output)), Limits(master=master))
    if findings:
        session.say("graph-with-findings", count=str(len(findings)))


def _of_project(session: Session, output: str | None, name: str) -> None:
    import pyoxigraph as ox

    from ssekg.graph.canonical import in_order, prefixes_for, serialized, write_serialized
    from ssekg.graph.jsonld import context, jsonld_lines
    from ssekg.graph.provenance import Name, quads
    from ssekg.project.settings import derived_graph

    graph = session.read_graph
    rdf = next(rdf for dump, rdf in DUMPS if dump.name == name)
    ordered = in_order(graph.triples)
    prefixes = prefixes_for(ordered, graph.prefixes)
    if rdf == ox.RdfFormat.RDF_XML:  # which may not be able to hold them: then nothing is written
        write(serialized(ordered, rdf, prefixes), output)
        return
    with _opened(output) as file:
        if name == "jsonld":
            lines = jsonld_lines(ordered, context(graph.vocabulary, graph.terms))
            file.writelines(line.encode() for line in lines)
        elif rdf.supports_datasets:
            graphs: dict[Name, Sequence[ox.Triple]]
            graphs = {ox.DefaultGraph(): in_order(graph.data), derived_graph(graph.base): in_order(graph.derived)}
            write_serialized(quads(graphs), rdf, prefixes, file)
        else:
            write_serialized(ordered, rdf, prefixes, file)


def _opened(output: str | None) -> AbstractContextManager[BinaryIO]:
    """The file to write to, which appears when it is whole, or standard output."""
    return nullcontext(sys.stdout.buffer) if output in {None, "-"} else written(Path(str(output)))
