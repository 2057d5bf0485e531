"""`ssekg query`: list, show and run the canned queries, or your own query."""

import os
import sys

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import quoted
from ssekg.cli.localized_click import Command, Group, Option
from ssekg.cli.own_query import find_query
from ssekg.cli.session import Session, output_format, screen, write
from ssekg.cli.usage import Seconds
from ssekg.graph.store import Graph
from ssekg.queries.citations import CITATIONS, citation
from ssekg.queries.forms.registry import FORMS, is_exact, written
from ssekg.queries.forms.sheet import Wish
from ssekg.queries.results import Result

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
@click.option("--format", "form", cls=Option, type=click.Choice(list(FORMS)))
@click.option("--labels/--ids", "labels", cls=Option, default=None)
@click.option("--sources", cls=Option, is_flag=True)
@click.option("--cite", cls=Option, type=click.Choice(list(CITATIONS)))
@click.option("--limit", cls=Option, type=click.IntRange(min=0), metavar="N")
@click.option("--endpoint", cls=Option, metavar="URL")
@click.option("--timeout", cls=Option, type=Seconds(), metavar="SECONDS")
@click.option("--chart", cls=Option, metavar="FILE")
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.pass_obj
def run_query(
    session: Session,
    name_or_file: str | None,
    sparql: str | None,
    given: tuple[str, ...],
    form: str | None,
    labels: bool | None,
    sources: bool,
    cite: str | None,
    limit: int | None,
    endpoint: str | None,
    timeout: float | None,
    chart: str | None,
    output: str | None,
) -> None:
    """A table for people, other forms for programs and spreadsheets."""
    from ssekg.queries.asking import read_question
    from ssekg.queries.order import conditions

    name = output_format(output, form, {each.suffix: name for name, each in FORMS.items()}, "table")
    found = find_query(session, name_or_file, sparql)
    graph = session.graph
    asked = read_question(found, map(_pair, given), graph)
    # Where rows are gathered or put in another order, the first ones are known when all are.
    most = limit if is_exact(name, labels) or not (found.gathered or conditions(found.text)) else None
    result = _result(graph, asked.text, endpoint, timeout, most)
    for reading in asked.doubtful(result):
        session.say("parameter-read", name=reading.parameter.name, value=reading.in_words(graph))
    project, language = session.project_or_carried, session.language
    answer = asked.answer(result, graph, session.columns, limit)
    if chart:
        from ssekg.cli.charts import write_chart

        write_chart(session, answer, chart)
    if cite:
        write(CITATIONS[cite](citation(answer, project, language), language), None)
    if cite and output is None:
        return
    width = screen(output)[0] if output is None and sys.stdout.isatty() else None
    write(written(answer, name, Wish(project, language, with_sources=sources, width=width), labels=labels), output)
    if name == "table":
        session.say("query-rows", count=str(len(answer.rows[:limit])))


def _result(graph: Graph, query: str, endpoint: str | None, timeout: float | None, limit: int | None) -> Result:
    """What the graph here says to a query, or else an endpoint."""
    if endpoint is None:
        from ssekg.queries.local import ask

        return ask(graph, query, timeout, limit)
    from ssekg.queries.prologue import with_prefixes
    from ssekg.queries.remote import ask_endpoint
    from ssekg.queries.transport import credentials

    query = with_prefixes(query, graph.prefixes.namespaces)
    return ask_endpoint(endpoint, query, graph.base, timeout, limit, credentials(os.environ))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise AskedWronglyError("parameter-without-value", text=quoted(text))
    return name.strip(), value.strip()
