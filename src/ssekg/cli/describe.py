"""`ssekg describe`: all that is known of one thing, with sources; how a table is filled in; how the graph is built."""

from collections.abc import Callable
from pathlib import Path

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.spelling import suggestion
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, output_format, write

FORMATS = {".txt": "text", ".md": "md", ".svg": "svg", ".ttl": "turtle", ".jsonld": "jsonld"}
_OF_TABLES = ("text", "md")
_OF_THINGS = ("text", "md", "turtle", "jsonld")
_OF_MODELS = ("text", "md", "svg")
_FOLDER = "data"
_MODEL_FOLDER = "ontology"


@click.command(cls=Command)
@click.argument("term", metavar="TERM")
@click.argument("column", metavar="[COLUMN]", required=False)
@click.option("--format", "form", cls=Option, type=click.Choice(list(FORMATS.values())))
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--verbose", "in_full", cls=Option, is_flag=True)
@click.pass_obj
def describe(
    session: Session, term: str, column: str | None, form: str | None, output: str | None, *, in_full: bool
) -> None:
    """TERM is an IRI, a prefixed name, an id or a name in any of the languages, a table with a COLUMN, or ontology."""
    wanted = output_format(output, form, FORMATS, "text")
    if Path(term).name == _MODEL_FOLDER and column is None:
        _describe_model(session, term, wanted, output)
    elif not _describe_tables(session, term, column, wanted, output):
        _describe_thing(session, term, wanted, output, in_full=in_full or session.verbose)


def _describe_model(session: Session, term: str, form: str, output: str | None) -> None:
    """Describe how the graph is built.

    Raises:
        AskedWronglyError: the format is none for it.
    """
    from ssekg.guides.diagram import model_diagram
    from ssekg.guides.model import Model, ModelGuide
    from ssekg.guides.model_words import as_markdown, as_text

    _require(term, form, _OF_MODELS)
    guide = Model(session.project_or_carried, session.read_graph, session.public).guide()
    writers: dict[str, Callable[[ModelGuide, str], str]] = {"text": as_text, "md": as_markdown, "svg": model_diagram}
    write(writers[form](guide, session.language), output)


def _describe_tables(session: Session, term: str, column: str | None, form: str, output: str | None) -> bool:
    """Describe the table that a term names, or those of their folder; False where it names neither.

    Raises:
        AskedWronglyError: there is no table or column of that name, or the format is none for tables.
    """
    from ssekg.graph.lookup import things
    from ssekg.guides.tables import Guides
    from ssekg.guides.words import as_markdown, as_text
    from ssekg.sources.table_files import is_table

    name = Path(term).name
    must_be_table = column is not None or is_table(Path(term))
    if not must_be_table and things(session.graph, term):
        return False
    guides = Guides(session.project_or_carried, session.read_graph)
    found = guides.of(name)
    if found is None and must_be_table:
        raise AskedWronglyError("no-such-table", table=term, **suggestion(guides.nearest(name)))
    if found is None and name != _FOLDER:
        return False
    _require(term, form, _OF_TABLES)
    described = guides.all() if found is None else [found if column is None else found.only(column)]
    write(as_markdown(described, session.language) if form == "md" else as_text(described, session.language), output)
    return True


def _describe_thing(session: Session, term: str, form: str, output: str | None, *, in_full: bool) -> None:
    """Describe a thing of the graph.

    Raises:
        AskedWronglyError: nothing or more than one thing is called so, or the format is none for things.
    """
    from ssekg.graph.canonical import turtle
    from ssekg.graph.coverage import Coverage
    from ssekg.graph.description import describe as describe_thing
    from ssekg.graph.description import triples_about
    from ssekg.graph.jsonld import context, jsonld
    from ssekg.graph.lookup import thing
    from ssekg.graph.portraits import IN_FULL, IN_SHORT, portrait
    from ssekg.guides.portraits import as_markdown, as_text
    from ssekg.guides.shares import shares

    graph = session.graph
    found = thing(graph, term)
    _require(term, form, _OF_THINGS)
    if form == "turtle":
        write(turtle(triples_about(graph, found), graph.prefixes), output)
    elif form == "jsonld":
        write(jsonld(triples_about(graph, found), context(graph.vocabulary, graph.terms)), output)
    else:
        is_term = any(triple.subject == found for triple in graph.vocabulary)
        country, detail = session.project_or_carried.country, IN_FULL if in_full else IN_SHORT
        shown = portrait(graph, describe_thing(graph, found), session.language, country, detail=detail)
        sections = shares(graph, found, session.language, Coverage(session.public), in_full=in_full) if is_term else ()
        write((as_markdown if form == "md" else as_text)(shown, session.language, sections), output)


def _require(term: str, form: str, forms: tuple[str, ...]) -> None:
    if form not in forms:
        raise AskedWronglyError("no-such-form", term=term, form=form, known=", ".join(forms))
