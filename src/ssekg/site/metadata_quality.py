"""The quality of the catalogue for people: a table of datasets by dimension, and a table of the criteria."""

import re
from collections.abc import Sequence

from ssekg.base.language import pick
from ssekg.catalogue.quality import DIMENSIONS, METRICS, Assessment, Metric
from ssekg.catalogue.quality_report import titles
from ssekg.catalogue.statements import Statements
from ssekg.site.layout import Values


def metadata_quality(catalogue: Statements, assessments: Sequence[Assessment]) -> Values:
    """What the page on quality says of the description of a release, by the language of the page."""

    def values(language: str) -> dict[str, object]:
        named = [(assessment, {"title": _title(catalogue, assessment, language)}) for assessment in assessments]
        return {
            "dimensions": DIMENSIONS,
            "datasets": [
                {**name, "points": [(a.points(each), a.reachable(each)) for each in (*DIMENSIONS, None)]}
                for a, name in named
            ],
            "criteria": [_criterion(metric, named) for metric in METRICS],
        }

    return values


def message_of(metric: Metric) -> str:
    """The code of the message that says what a metric asks."""
    return "quality-" + re.sub(r"(?<=[a-z])(?=[A-Z])", "-", metric.name).lower()


def _criterion(metric: Metric, named: Sequence[tuple[Assessment, dict[str, str]]]) -> dict[str, object]:
    """What a metric asks, how many datasets have it, and which lack it; `met` is None where it was not measured."""
    results = [assessment.results[metric.name] for assessment, _ in named]
    return {
        "code": message_of(metric),
        "points": metric.points,
        "met": None if None in results else results.count(True),
        "lacking": [name for assessment, name in named if assessment.results[metric.name] is False],
    }


def _title(catalogue: Statements, assessment: Assessment, language: str) -> str:
    """The title of a dataset up to the name of the project, which all share."""
    title = pick(titles(catalogue, assessment), language) or assessment.dataset.value
    return title.partition(" – ")[0]
