"""`ssekg build`: the graph from all sources, to a file or standard output."""

import click

from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, format_of, write

FORMATS = {".ttl": "turtle", ".jsonld": "jsonld", ".nt": "nt", ".nq": "nq", ".trig": "trig", ".rdf": "rdfxml"}


@click.command(cls=Command)
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--format", "form", cls=Option, type=click.Choice(list(FORMATS.values())))
@click.pass_obj
def build(session: Session, output: str | None, form: str | None) -> None:
    """The format comes from the file's name, else from `--format`, else it is Turtle."""
    import pyoxigraph as ox

    from ssekg.graph.canonical import written
    from ssekg.graph.jsonld import context, jsonld

    graph = session.graph
    name = format_of(output, form, FORMATS, "turtle")
    if name == "jsonld":
        write(jsonld(graph.data, context(graph.vocabulary, graph.base)), output)
        return
    forms = {
        "turtle": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "nq": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    write(written(graph.data, forms[name], graph.base), output)
