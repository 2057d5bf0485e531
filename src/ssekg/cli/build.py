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
    import pyoxigraph as ox

    from ssekg.graph.canonical import in_order, prefixes_for, serialized
    from ssekg.graph.jsonld import context, jsonld
    from ssekg.project.settings import derived_graph

    graph = session.read_graph
    name = output_format(output, form, {dump.suffix: dump.name for dump, _ in DUMPS}, "turtle")
    if name == "jsonld":
        write(jsonld(graph.triples, context(graph.vocabulary, graph.terms)), output)
        return
    rdf = next(rdf for dump, rdf in DUMPS if dump.name == name)
    ordered = in_order(graph.triples)
    prefixes = prefixes_for(ordered, graph.prefixes)
    if rdf.supports_datasets:
        derived = derived_graph(graph.base)
        stated = [ox.Quad(*triple) for triple in in_order(graph.data)]
        others = [ox.Quad(t.subject, t.predicate, t.object, derived) for t in in_order(graph.derived)]
        write(serialized([*stated, *others], rdf, prefixes), output)
    else:
        write(serialized(ordered, rdf, prefixes), output)
