"""The checks whose findings on a thing follow from what the graph says about it and what it is connected with."""

from collections.abc import Iterable
from typing import Final

from ssekg.base.findings import Finding
from ssekg.checks import characters, dates, disjointness, ontology, shapes, sources
from ssekg.checks.consequences import explained
from ssekg.checks.subject import Check, Subject

NEARBY: Final[tuple[Check, ...]] = (
    sources.check,
    shapes.check,
    characters.check,
    dates.check,
    disjointness.check,
    ontology.check,
)


def nearby_findings(subject: Subject) -> list[Finding]:
    """What these checks find."""
    return explained_findings(subject, [finding for check in NEARBY for finding in check(subject)])


def explained_findings(subject: Subject, found: Iterable[Finding]) -> list[Finding]:
    """Findings without those on what others publish, and without those that others explain or repeat."""
    ours = characters.without_repeated(finding for finding in found if not subject.is_imported(finding.focus))
    return [*explained(ours, subject.graph)]
