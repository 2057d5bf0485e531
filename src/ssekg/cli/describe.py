"""`ssekg describe`: all that is known of one thing, in words, with sources."""

import click

from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, output_format, write

FORMATS = {".txt": "text", ".ttl": "turtle", ".jsonld": "jsonld"}


@click.command(cls=Command)
@click.argument("term", metavar="TERM")
@click.option("--format", "form", cls=Option, type=click.Choice(list(FORMATS.values())))
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.pass_obj
def describe(session: Session, term: str, form: str | None, output: str | None) -> None:
    """TERM is an IRI, a prefixed name, an id or a name in any of the languages."""
    from ssekg.cli.portrait import portrait
    from ssekg.graph.canonical import turtle
    from ssekg.graph.description import triples_about
    from ssekg.graph.jsonld import context, jsonld
    from ssekg.graph.lookup import thing

    graph = session.graph
    found = thing(graph, term)
    wanted = output_format(output, form, FORMATS, "text")
    if wanted == "turtle":
        write(turtle(triples_about(graph, found), graph.prefixes), output)
    elif wanted == "jsonld":
        write(jsonld(triples_about(graph, found), context(graph.vocabulary, graph.terms)), output)
    else:
        write(portrait(graph, found, session.language), output)
