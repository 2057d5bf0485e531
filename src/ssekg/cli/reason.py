"""`ssekg reason`: do ontology and data contradict each other, which classes can't have members, what follows, why?"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from ssekg.base.findings import Finding
from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session, output_format, write

if TYPE_CHECKING:  # the other commands do without
    from ssekg.checks.reasoning.hermit import Hermit
    from ssekg.checks.reasoning.outcome import Outcome

_FORMATS: Final = {".ttl": "turtle", ".nt": "ntriples"}
_EXAMPLE: Final = "well/market a geo:Feature"
_IS: Final = "a"


@click.command(cls=Command)
@click.argument("statement", nargs=-1, metavar="[THING PROPERTY VALUE]")
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text")
@click.option("-o", "--output", cls=Option, metavar="FILE")
@click.option("--profile", cls=Option, is_flag=True)
@click.pass_obj
def reason(session: Session, statement: tuple[str, ...], form: str, output: str | None, profile: bool) -> int:
    """Exit 0 if all is consistent and every class can have members, or if the statement follows; else 1."""
    from ssekg.checks.reasoning import outcome
    from ssekg.checks.reasoning.hermit import Hermit

    if profile:
        return _profiles(session, form)
    written = output_format(output, None, _FORMATS, "turtle", "unknown-inferences-format")
    if statement:
        return _why(session, statement, form)
    with Hermit() as hermit:
        found = outcome.reason(session.read_graph, hermit)
        report = _json(session, found) if form == "json" else _text(session, found)
        click.echo(report, nl=False, err=output == "-")
        if output is not None and found.is_consistent:
            _write_inferences(session, hermit, written, output)
    if output is not None and not found.is_consistent:
        session.say("reason-not-written", file=output)
    return int(bool(found.findings))


def _why(session: Session, statement: tuple[str, ...], form: str) -> int:
    """Say why a statement follows.

    Raises:
        AskedWronglyError: it has not three parts, one of them is called as nothing is, or nobody can tell.
        RefusedError: everything follows.
    """
    import pyoxigraph as ox

    from ssekg.base.errors import AskedWronglyError
    from ssekg.checks.reasoning.entailed import why
    from ssekg.checks.reasoning.hermit import Hermit
    from ssekg.graph.lookup import thing
    from ssekg.graph.store import TYPE

    if len(statement) != 3:
        raise AskedWronglyError("reason-three-words", count=str(len(statement)), example=_EXAMPLE)
    graph = session.read_graph

    def term(text: str) -> ox.NamedNode:
        iri = graph.prefixes.expanded(text)
        return thing(graph, text) if iri is None else ox.NamedNode(iri)

    subject, predicate, value = statement
    triple = ox.Triple(term(subject), TYPE if predicate == _IS else term(predicate), term(value))
    with Hermit() as hermit:
        found = why(graph, triple, hermit)
    said = session.text(found.said.code, **found.said.arguments)
    content = {"entailed": found.follows, "message": said}
    click.echo(json.dumps(content, ensure_ascii=False, indent=2) if form == "json" else said)
    return int(not found.follows)


def _profiles(session: Session, form: str) -> int:
    """Say what is outside OWL 2 DL and OWL 2 RL; what is outside DL is outside RL too."""
    from ssekg.checks.reasoning.profiles import DL, outside_profiles
    from ssekg.reports.json import finding_json

    found = outside_profiles(session.read_graph)
    outside = {"OWL 2 DL": sum(finding.code == DL for finding in found), "OWL 2 RL": len(found)}
    if form == "json":
        content = {"outside": outside, "findings": [finding_json(finding, session.language) for finding in found]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return 0
    lines = [
        session.text("reason-profile-out", profile=name, count=str(count))
        if count
        else session.text("reason-profile-in", profile=name)
        for name, count in outside.items()
    ]
    click.echo("\n".join(filter(None, ["\n".join(lines) + "\n", _blocks(session, found)])), nl=False)
    return 0


def _blocks(session: Session, findings: Sequence[Finding]) -> str:
    from ssekg.reports.text import text_blocks

    texts = {name: each.text for name, each in session.read_graph.sources.texts.items()}
    return text_blocks(findings, texts, session.language)


def _write_inferences(session: Session, hermit: "Hermit", form: str, output: str) -> None:
    from ssekg.checks.reasoning.axioms import read_axioms
    from ssekg.checks.reasoning.inferences import inferences
    from ssekg.graph.canonical import ntriples, turtle

    graph = session.read_graph
    found = inferences(graph, read_axioms(graph), hermit)
    write(ntriples(found) if form == "ntriples" else turtle(found, graph.prefixes), output)
    session.say("reason-wrote", file=output, count=str(len(found)))


def _text(session: Session, found: "Outcome") -> str:
    verdict = "reason-consistent" if found.is_consistent else "reason-inconsistent"
    counts = {
        "reason-observations": found.counts.observations,
        "reason-by-value": found.counts.by_value,
        "reason-by-type": found.counts.by_type,
    }
    lines = [session.text(verdict, axioms=str(found.axioms))]
    lines += [session.text(code, count=str(count)) for code, count in counts.items() if count]
    blocks = ["\n".join(lines) + "\n", _blocks(session, found.findings)]
    if found.has_more:
        blocks.append(session.text("reason-has-more") + "\n")
    return "\n".join(filter(None, blocks))


def _json(session: Session, found: "Outcome") -> str:
    from ssekg.reports.json import finding_json

    content = {
        "consistent": found.is_consistent,
        "axioms": found.axioms,
        **asdict(found.counts),
        "has_more": found.has_more,
        "findings": [finding_json(finding, session.language) for finding in found.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
