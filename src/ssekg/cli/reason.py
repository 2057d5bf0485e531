"""`ssekg reason`: do ontology and data contradict each other, which classes can't have any members, and why?"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ssekg.cli.localized_click import Command, Option
from ssekg.cli.session import Session

if TYPE_CHECKING:  # the other commands do without
    from ssekg.checks.reasoning.outcome import Outcome


@click.command(cls=Command)
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def reason(session: Session, form: str) -> int:
    """Exit 0 if ontology and data are consistent and every class can have members, else 1."""
    from ssekg.checks.reasoning import outcome

    found = outcome.reason(session.read_graph)
    click.echo(_json(session, found) if form == "json" else _text(session, found), nl=False)
    return int(bool(found.findings))


def _text(session: Session, found: "Outcome") -> str:
    from ssekg.reports.text import text_blocks

    verdict = "reason-consistent" if found.is_consistent else "reason-inconsistent"
    counts = {
        "reason-observations": found.counts.observations,
        "reason-by-value": found.counts.by_value,
        "reason-by-type": found.counts.by_type,
    }
    lines = [session.text(verdict, axioms=str(found.axioms))]
    lines += [session.text(code, count=str(count)) for code, count in counts.items() if count]
    texts = {name: each.text for name, each in session.read_graph.sources.texts.items()}
    blocks = ["\n".join(lines) + "\n", text_blocks(found.findings, texts, session.language)]
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
