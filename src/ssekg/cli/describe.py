"""`ssekg describe`: all that is known of one thing, in words, with sources; how a table is to be filled in."""

from pathlib import Path

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.spelling import suggestion
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, output_format, write

FORMATS = {".txt": "text", ".md": "md", ".ttl": "turtle", ".jsonld": "jsonld"}
_OF_TABLES = ("text", "md")
_OF_THINGS = ("text", "turtle", "jsonld")
_FOLDER = "data"


@click.command(cls=Command)
@click.argument("term", metavar="TERM")
@click.argument("column", metavar="[COLUMN]", required=False)
@click.option("--format", "form", cls=Option, type=click.Choice(list(FORMATS.values())))
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.pass_obj
def describe(session: Session, term: str, column: str | None, form: str | None, output: str | None) -> None:
    """TERM is an IRI, a prefixed name, an id or a name in any of the languages, or a table, with a COLUMN of it."""
    wanted = output_format(output, form, FORMATS, "text")
    if not _describe_tables(session, term, column, wanted, output):
        _describe_thing(session, term, wanted, output)


def _describe_tables(session: Session, term: str, column: str | None, form: str, output: str | None) -> bool:
    """Describe the table that a term names, or those of their folder; False where it names neither.

    Raises:
        AskedWronglyError: there is no table or column of that name, or the format is none for tables.
    """
    from ssekg.graph.lookup import things
    from ssekg.guides.tables import Guides
    from ssekg.guides.words import as_markdown, as_text
    from ssekg.sources.load import is_table

    name = Path(term).name
    must_be_table = column is not None or is_table(Path(term))
    if not must_be_table and things(session.graph, term):
        return False
    guides = Guides(session.project_or_carried, session.graph)
    found = guides.of(name)
    if found is None and must_be_table:
        raise AskedWronglyError("no-such-table", table=term, **suggestion(guides.nearest(name)))
    if found is None and name != _FOLDER:
        return False
    _require(term, form, _OF_TABLES)
    described = guides.all() if found is None else [found if column is None else found.only(column)]
    write(as_markdown(described, session.language) if form == "md" else as_text(described, session.language), output)
    return True


def _describe_thing(session: Session, term: str, form: str, output: str | None) -> None:
    """Describe a thing of the graph.

    Raises:
        AskedWronglyError: nothing or more than one thing is called so, or the format is none for things.
    """
    from ssekg.cli.portrait import portrait
    from ssekg.graph.canonical import turtle
    from ssekg.graph.description import triples_about
    from ssekg.graph.jsonld import context, jsonld
    from ssekg.graph.lookup import thing

    graph = session.graph
    found = thing(graph, term)
    _require(term, form, _OF_THINGS)
    if form == "turtle":
        write(turtle(triples_about(graph, found), graph.prefixes), output)
    elif form == "jsonld":
        write(jsonld(triples_about(graph, found), context(graph.vocabulary, graph.terms)), output)
    else:
        write(portrait(graph, found, session.language), output)


def _require(term: str, form: str, forms: tuple[str, ...]) -> None:
    if form not in forms:
        raise AskedWronglyError("no-such-form", term=term, form=form, known=", ".join(forms))
