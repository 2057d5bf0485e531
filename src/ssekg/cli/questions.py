"""`ssekg query list`, `show` and `values`: which questions there are, and what each can be asked."""

import json
from typing import Any

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import isolate, joined, pick
from ssekg.base.messages import words as in_words
from ssekg.base.spelling import nearest_name, suggestion
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, write
from ssekg.queries.catalogue import by_theme, queries_about
from ssekg.queries.library import Query, read_queries
from ssekg.queries.parameters import Parameter

_FORMATS = click.Choice(["text", "json"])


@click.command("list", cls=Command)
@click.argument("words", metavar="[WORDS]…", nargs=-1)
@click.option("--format", "form", cls=Option, type=_FORMATS, default="text")
@click.pass_obj
def list_queries(session: Session, words: tuple[str, ...], form: str) -> None:
    """The queries by theme, each with its title; with WORDS, those that have them."""
    queries = read_queries(session.project_or_carried)
    wanted = queries_about(queries, " ".join(words)) if words else queries
    if words and not wanted:
        raise AskedWronglyError("no-query-about", words=" ".join(words))
    if form == "json":
        write(json.dumps([_as_json(each) for each in wanted], ensure_ascii=False, indent=2) + "\n", None)
        return
    width = max((len(query.name) for query in wanted), default=0)
    for number, (theme, of_theme) in enumerate(by_theme(wanted, session.language).items()):
        click.echo(("\n" if number else "") + (theme or session.text("query-no-theme")))
        for each in of_theme:
            title = pick(each.titles, session.language) or ""
            click.echo(f"  {isolate(each.name, session.language)}{'':{width - len(each.name)}}  {title}")


def _as_json(query: Query) -> dict[str, Any]:
    parameters = [
        {
            "name": each.name,
            "type": each.type,
            "required": each.required,
            "default": each.default,
            "labels": each.labels,
        }
        for each in query.parameters
    ]
    names = {"name": query.name, "theme": query.theme or None, "titles": query.titles}
    return {**names, "questions": query.questions, "parameters": parameters}


@click.command(cls=Command)
@click.argument("name", metavar="NAME")
@click.pass_obj
def show(session: Session, name: str) -> None:
    """The question, the parameters with their values, and the SPARQL of one query."""
    from ssekg.queries.values import shown_values, values_with_rows

    found = session.query(name)
    language = session.language
    click.echo(f"{isolate(found.name, language)} — {pick(found.titles, language) or ''}")
    click.echo(pick(found.questions, language) or "")
    if found.parameters:
        click.echo("\n" + session.text("query-parameters"))
    for parameter in found.parameters:
        kind = session.text("is-required" if parameter.required else "is-optional")
        sort = in_words(parameter.type_name(session.graph), language)
        label = pick(parameter.labels, language) or ""
        about = joined([sort, kind, *([parameter.default] if parameter.default else [])], language)
        click.echo(f"  {isolate(f'-p {parameter.name}=…', language)}  {label} ({about})")
        values = values_with_rows(found, parameter, session.graph)
        if values:
            click.echo("    " + session.text("values-with-rows", values=shown_values(values, session.graph)))
    body = "\n".join(line for line in found.text.splitlines() if not line.startswith("#+"))
    click.echo("\n" + body.strip())


@click.command("values", cls=Command)
@click.argument("name", metavar="NAME")
@click.argument("parameter", metavar="PARAM")
@click.option("--format", "form", cls=Option, type=_FORMATS, default="text")
@click.pass_obj
def list_values(session: Session, name: str, parameter: str, form: str) -> None:
    """The values of a parameter for which a query has rows, with how many."""
    from ssekg.queries.values import values_with_rows

    found = session.query(name)
    wanted = _parameter(found, parameter)
    graph, language = session.graph, session.language
    values = values_with_rows(found, wanted, graph)
    if form == "json":
        listed = [{"value": each.written(graph), "labels": each.labels(graph), "rows": each.rows} for each in values]
        write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", None)
    width = max((len(str(each.rows)) for each in values), default=0)
    for each in values if form == "text" else ():
        label = pick(each.labels(graph), language)
        written = isolate(each.written(graph), language)
        click.echo(f"{each.rows:{width}}  {f'{label} ({written})' if label else written}")
    if not values:
        session.say("no-values", name=wanted.name, type=wanted.type_name(graph))


def _parameter(query: Query, name: str) -> Parameter:
    by_name = {each.name: each for each in query.parameters}
    if name not in by_name:
        nearest = suggestion(nearest_name(name, by_name))
        raise AskedWronglyError("unknown-parameter", name=name, known=", ".join(by_name) or "–", **nearest)
    return by_name[name]
