"""`ssekg build`: the graph from all sources, to a file or standard output."""

import click

from ssekg.base.formats import DUMPS
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, output_format, write


@click.command(cls=Command)
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--format", "form", cls=Option, type=click.Choice([form.name for form, _ in DUMPS]))
@click.pass_obj
def build(session: Session, output: str | None, form: str | None) -> None:
    """The format comes from the file's name, else from `--format`, else it is Turtle."""
    from ssekg.graph.canonical import written
    from ssekg.graph.jsonld import context, jsonld

    graph = session.graph
    name = output_format(output, form, {dump.suffix: dump.name for dump, _ in DUMPS}, "turtle")
    if name == "jsonld":
        write(jsonld(graph.data, context(graph.vocabulary, graph.terms)), output)
        return
    rdf = next(rdf for dump, rdf in DUMPS if dump.name == name)
    write(written(graph.data, rdf, graph.prefixes), output)
