"""The quality of a catalogue for programs, as JSON."""

import json
from collections.abc import Sequence

from ssekg.catalogue.quality import METRICS, Assessment
from ssekg.catalogue.statements import Statements


def quality_report(statements: Statements, assessments: Sequence[Assessment]) -> bytes:
    """quality.json: the points of each dataset and the result of each metric, null where it was not measured."""
    report = {
        "method": "https://data.europa.eu/mqa/methodology",
        "metrics": {m.name: {"dimension": m.dimension, "points": m.points} for m in METRICS},
        "datasets": [
            {
                "dataset": a.dataset.value,
                "title": titles(statements, a),
                "distribution": a.distribution.value if a.distribution else None,
                "points": a.points(),
                "reachable": a.reachable(),
                "of": sum(metric.points for metric in METRICS),
                "rating": rating(a),
                "results": dict(a.results),
            }
            for a in assessments
        ],
    }
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()


def rating(assessment: Assessment) -> str | None:
    """The rating by points; None while something is not measured."""
    if None in assessment.results.values():
        return None
    limits = ((351, "excellent"), (221, "good"), (121, "sufficient"))
    return next((name for least, name in limits if assessment.points() >= least), "bad")


def titles(statements: Statements, assessment: Assessment) -> dict[str, str]:
    """The titles of a dataset by language tag."""
    found = statements.values(assessment.dataset, "dct:title")
    return {str(getattr(title, "language", "")): title.value for title in found}
