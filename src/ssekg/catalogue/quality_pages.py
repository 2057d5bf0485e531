"""The quality of a catalogue for programs (JSON) and for people (a page a language that loads nothing)."""

import json
import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files

from ssekg.base.language import pick
from ssekg.base.messages import text
from ssekg.base.page import other_languages, page
from ssekg.catalogue.quality import DIMENSIONS, METRICS, Assessment, Metric
from ssekg.catalogue.statements import Statements


def quality_report(statements: Statements, assessments: Sequence[Assessment]) -> bytes:
    """quality.json: the points of each dataset and the result of each metric, null where it was not measured."""
    report = {
        "method": "https://data.europa.eu/mqa/methodology",
        "metrics": {m.name: {"dimension": m.dimension, "points": m.points} for m in METRICS},
        "datasets": [
            {
                "dataset": a.dataset.value,
                "title": _names(statements, a),
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


def quality_page(statements: Statements, assessments: Sequence[Assessment], language: str) -> bytes:
    """quality.{language}.html: a table of datasets by dimension, and a table of the criteria."""
    style = files(__package__).joinpath("quality.css").read_text(encoding="utf-8")
    title = text("quality-title", language)
    body = f"""<h1>{escape(title)}</h1>
{other_languages("quality", language)}
<p>{_words("quality-lead", language)}</p>
{_datasets(statements, assessments, language)}
{_criteria(statements, assessments, language)}"""
    return page(language, title, body, style=style).encode()


def _datasets(statements: Statements, assessments: Sequence[Assessment], language: str) -> str:
    heads = [_words("quality-dataset", language), *(_words(f"quality-{d}", language) for d in DIMENSIONS)]
    rows = [
        [_name(statements, a, language), *(_ratio(a.points(d), a.reachable(d)) for d in (*DIMENSIONS, None))]
        for a in assessments
    ]
    return _table([*heads, _words("quality-total", language)], rows)


def _criteria(statements: Statements, assessments: Sequence[Assessment], language: str) -> str:
    heads = [_words(f"quality-{name}", language) for name in ("criterion", "points", "met", "lacking")]
    rows = []
    for metric in METRICS:
        results = [a.results[metric.name] for a in assessments]
        lacking = [_name(statements, a, language) for a in assessments if a.results[metric.name] is False]
        met = _words("quality-not-measured", language) if None in results else _ratio(results.count(True), len(results))
        rows.append([_words(message_of(metric), language), f"<bdi>{metric.points}</bdi>", met, "<br>".join(lacking)])
    return _table(heads, rows)


def message_of(metric: Metric) -> str:
    """The code of the message that says what a metric asks."""
    return "quality-" + re.sub(r"(?<=[a-z])(?=[A-Z])", "-", metric.name).lower()


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>\n' for row in rows
    )
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>'


def _ratio(reached: int, most: int) -> str:
    return f'<bdi dir="ltr">{reached} / {most}</bdi>'


def _words(code: str, language: str) -> str:
    return escape(text(code, language))


def _names(statements: Statements, assessment: Assessment) -> dict[str, str]:
    titles = statements.values(assessment.dataset, "dct:title")
    return {str(getattr(title, "language", "")): title.value for title in titles}


def _name(statements: Statements, assessment: Assessment, language: str) -> str:
    """The title of a dataset up to the name of the project, which all share."""
    title = pick(_names(statements, assessment), language) or assessment.dataset.value
    return f"<bdi>{escape(title.partition(' – ')[0])}</bdi>"
