"""`ssekg query`: list, show and run the canned queries, or your own query."""

import csv
import io
import json
import os
import sys

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import joined
from ssekg.cli.localized_click import Command, Group, Option
from ssekg.cli.own_query import find_query
from ssekg.cli.session import Session, output_format, write

FORMATS = {".csv": "csv", ".json": "json", ".txt": "table"}


_QUESTIONS = {
    name: f"ssekg.cli.questions:{function}"
    for name, function in (("list", "list_queries"), ("show", "show"), ("values", "list_values"))
}


@click.group(cls=Group, modules=_QUESTIONS)
def query() -> None:
    """The texts of the help are in the message catalogues."""


@query.command("run", cls=Command)
@click.argument("name_or_file", metavar="[NAME_OR_FILE]", required=False)
@click.option("--sparql", cls=Option, metavar="TEXT")
@click.option("-p", "--param", "given", cls=Option, multiple=True, metavar="NAME=VALUE")
@click.option("--format", "form", cls=Option, type=click.Choice(["table", "csv", "json"]))
@click.option("--sources", cls=Option, is_flag=True)
@click.option("--limit", cls=Option, type=click.IntRange(min=0), metavar="N")
@click.option("--endpoint", cls=Option, metavar="URL")
@click.option("--timeout", cls=Option, type=click.FloatRange(min=0, min_open=True), metavar="SECONDS")
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.pass_obj
def run_query(
    session: Session,
    name_or_file: str | None,
    sparql: str | None,
    given: tuple[str, ...],
    form: str | None,
    sources: bool,
    limit: int | None,
    endpoint: str | None,
    timeout: float | None,
    output: str | None,
) -> None:
    """A table for people, CSV or SPARQL-JSON for programs."""
    from ssekg.queries.answers import Answer
    from ssekg.queries.columns import read_columns
    from ssekg.queries.local import ask
    from ssekg.queries.mistakes import refuse_mistakes
    from ssekg.queries.order import ordered
    from ssekg.queries.parameters import bound
    from ssekg.queries.prologue import with_prefixes
    from ssekg.queries.remote import ask_endpoint
    from ssekg.queries.results import as_json
    from ssekg.queries.syntax import bind
    from ssekg.queries.transport import authorization
    from ssekg.queries.values import read_given

    found = find_query(session, name_or_file, sparql)
    graph = session.graph
    refuse_mistakes(found.text, graph.prefixes.namespaces)
    readings = read_given(found, [_pair(pair) for pair in given], graph)
    terms = bound(readings)
    text = bind(found.text, terms)
    if endpoint is None:
        result = ask(graph, text, timeout, limit)
    else:
        text = with_prefixes(text, graph.prefixes.namespaces)
        result = ask_endpoint(endpoint, text, graph.base, timeout, limit, authorization(os.environ))
    for reading in readings:
        if not (result.rows and reading.is_sure):
            session.say("parameter-read", name=reading.parameter.name, value=reading.in_words(graph))
    if sources:
        result = result.with_sources(graph)
    asked = {each.name: terms[each.variable] for each in found.parameters if each.variable in terms}
    answer = Answer(found, asked, result, graph, read_columns(session.project_or_carried))
    name = output_format(output, form, FORMATS, "table")
    if name == "json":
        write(json.dumps(as_json(result), ensure_ascii=False, indent=2) + "\n", output)
    elif name == "csv":
        rows = [["" if term is None else str(term.value) for term in row] for row in result.rows]
        write(_csv(list(result.variables), rows), output)
    else:
        language = session.language
        words = [
            [joined((answer.label(term, language) for term in cell), language) for cell in row]
            for row in ordered(answer, language)
        ]
        write(
            _table(
                [column.title(language) for column in answer.columns],
                words,
                to_terminal=output is None and sys.stdout.isatty(),
            ),
            output,
        )
        session.say("query-rows", count=str(len(answer.rows)))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise AskedWronglyError("parameter-without-value", text=text)
    return name.strip(), value.strip()


def _csv(header: list[str], rows: list[list[str]]) -> str:
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return output.getvalue()


def _table(header: list[str], rows: list[list[str]], *, to_terminal: bool) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in header:
        table.add_column(Text(name), overflow="fold", no_wrap=not to_terminal)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    output = io.StringIO()
    width = None if to_terminal else 10_000
    console = Console(file=output, width=width, force_terminal=False, color_system=None)
    console.print(table)
    return "\n".join(line.rstrip() for line in output.getvalue().splitlines()).strip("\n") + "\n"
