"""`ssekg diff`: what changed between two graphs, by entity and in words, or as a patch."""

import json

import click

from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, output_format, write
from ssekg.graph.changes.compare import Changes, compare
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import carried_project

FORMATS = {".txt": "text", ".md": "md", ".json": "json", ".rdfp": "patch"}


@click.command(cls=Command)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--format", "form", cls=Option, type=click.Choice(list(FORMATS.values())))
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--exit-code", cls=Option, is_flag=True)
@click.pass_obj
def diff(session: Session, old: str, new: str, form: str | None, output: str | None, exit_code: bool) -> int:
    """Exit 1 if a side does not parse, and with `--exit-code` if there is a difference."""
    from ssekg.graph.changes.patch import rdf_patch
    from ssekg.graph.versions import read_version

    project = session.found_project or carried_project()
    sides = [read_version(name, project) for name in (old, new)]
    unreadable = [name for name, side in zip((old, new), sides, strict=True) if _report_unreadable(session, name, side)]
    if unreadable:
        return 1
    before, after = sides
    wanted = output_format(output, form, FORMATS, "text")
    # A file has no words of its own for its terms, and a patch needs none.
    is_named = before.vocabulary or after.vocabulary or wanted == "patch"
    named = after if is_named else build_graph(project)
    changes = compare(before, after, None if is_named else named)
    content = rdf_patch(before.data, after.data) if wanted == "patch" else _written(session, changes, named, wanted)
    write(content, output)
    if not changes:
        session.say("no-differences")
    return int(exit_code and bool(changes))


def _written(session: Session, changes: Changes, named: Graph, form: str) -> str:
    from ssekg.base.markdown import right_to_left
    from ssekg.graph.changes.json import to_json
    from ssekg.graph.changes.words import as_markdown, as_text

    if form == "json":
        return json.dumps(to_json(changes), ensure_ascii=False, indent=2) + "\n"
    if form == "md":
        return right_to_left(as_markdown(changes, named, session.language), session.language) if changes else ""
    return as_text(changes, named, session.language)


def _report_unreadable(session: Session, name: str, graph: Graph) -> bool:
    """Tell which files of a side do not parse, if any: what they lack would look removed."""
    from ssekg.base.codes import CODES
    from ssekg.base.findings import Report
    from ssekg.base.order import reported
    from ssekg.reports.text import text_report

    broken = reported(finding for finding in graph.sources.findings if CODES[finding.code].stops_reading)
    if broken:
        click.echo(session.text("diff-incomplete", side=name))
        click.echo(text_report(Report(broken, len(broken)), broken, session.language), nl=False)
    return bool(broken)
