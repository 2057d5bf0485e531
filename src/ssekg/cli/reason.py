"""`ssekg reason`: is the project consistent, and which classes can't have any members?"""

import click

from ssekg.cli.localized_click import Command
from ssekg.cli.session import Session


@click.command(cls=Command)
@click.pass_obj
def reason(session: Session) -> int:
    """Exit 0 if ontology and data are consistent and every class can have members, else 1."""
    from ssekg.checks import reasoning

    outcome = reasoning.reason(session.read_graph)
    counts = {"triples": str(outcome.triples), "left_out": str(outcome.left_out)}
    click.echo(session.text("reason-consistent" if outcome.consistent else "reason-inconsistent", **counts))
    for contradiction in outcome.contradictions:
        click.echo("  " + session.text(contradiction.code, **contradiction.arguments))
    if not outcome.consistent and not outcome.contradictions:
        click.echo("  " + session.text("reason-no-cause"))
    for iri in outcome.unsatisfiable:
        click.echo(session.text("reason-unsatisfiable", name=session.read_graph.shortened(iri)))
    return int(not outcome.consistent or bool(outcome.unsatisfiable))
