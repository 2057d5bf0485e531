"""`ssekg search`: the things of the graph by their names and codes."""

import json

import click

from ssekg.base.errors import AskedWronglyError
from ssekg.base.language import isolate, pick
from ssekg.base.record_iris import RecordIri
from ssekg.base.spelling import suggestion
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, write
from ssekg.graph.store import Graph


@click.command(cls=Command)
@click.argument("words", metavar="WORDS…", nargs=-1, required=True)
@click.option("--kind", cls=Option, metavar="KIND")
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def search(session: Session, words: tuple[str, ...], kind: str | None, form: str) -> None:
    """The best match first, a wider place before what is within it."""
    from ssekg.graph.candidates import sort_names
    from ssekg.graph.lookup import members_called, nearest
    from ssekg.graph.lookup import search as matches_of

    graph, language, text = session.graph, session.language, " ".join(words)
    among = None if kind is None else members_called(graph, kind)
    found = matches_of(graph, text, among)
    if not found:
        raise AskedWronglyError("nothing-found", words=text, **suggestion(nearest(graph, text, among)))
    if form == "json":
        listed = [
            {
                "iri": each.thing.value,
                "kind": _kind(graph, each.thing.value),
                "labels": graph.labels.get(each.thing, {}),
                "matched": each.name,
            }
            for each in found
        ]
        write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", None)
        return
    for each in found:
        label = graph.label(each.thing, language)
        about = pick(sort_names(graph, each.thing), language)
        shown = isolate(graph.shortened(each.thing.value), language)
        click.echo("  ".join(filter(None, (shown, label, f"({about})" if about else ""))))
    session.say("things-found", count=str(len(found)))


def _kind(graph: Graph, iri: str) -> str | None:
    record = RecordIri.read(iri, graph.base)
    return None if record is None else record.kind
