"""The statistics as one Parquet table: a row an observation, typed columns, labels in three languages."""

from collections import defaultdict
from collections.abc import Sequence
from typing import IO, Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.language import LANGUAGES
from ssekg.base.namespaces import DCT, SSE
from ssekg.graph.store import TYPE, Graph
from ssekg.project.settings import Project

STATISTICS: Final = "statistics.parquet"
_OBSERVATION: Final = ox.NamedNode(SSE + "Observation")
_LABELLED: Final = ("indicator", "place", "unit")
_SEPARATOR: Final = " | "


def write_statistics(file: IO[bytes], project: Project, graph: Graph, ordered: Sequence[ox.Triple]) -> None:
    """Write the observations, in order of their IRIs, to a file that is open for writing.

    `value` is a number; `period` is as precise as its source (a day, a month or a year), `year` its year.

    Raises:
        CannotRunError: the package pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise CannotRunError("no-pyarrow") from None
    labels = [f"{name}_{language}" for name in _LABELLED for language in LANGUAGES]
    texts = [
        "iri",
        "indicator",
        "place",
        "period",
        "unit",
        "precision",
        "method",
        "confidence",
        "source",
        "source_title",
    ]
    types = dict.fromkeys([*texts, *labels], pa.string()) | {"year": pa.int32(), "value": pa.float64()}
    schema = pa.schema(
        [pa.field(name, types[name]) for name in _columns()],
        metadata={"version": project.version, "date": project.date.isoformat(), "licence": project.licence},
    )
    pq.write_table(pa.Table.from_pylist(_rows(graph, ordered), schema=schema), file, compression="zstd")


def _columns() -> list[str]:
    named = [column for name in _LABELLED for column in (name, *(f"{name}_{language}" for language in LANGUAGES))]
    return ["iri", *named, "period", "year", "value", "precision", "method", "confidence", "source", "source_title"]


def _rows(graph: Graph, ordered: Sequence[ox.Triple]) -> list[dict[str, Any]]:
    subjects = {t.subject for t in ordered if t.predicate == TYPE and t.object == _OBSERVATION}
    about: dict[str, dict[str, list[Any]]] = {}
    for triple in ordered:
        if triple.subject in subjects and isinstance(triple.subject, ox.NamedNode):
            about.setdefault(triple.subject.value, defaultdict(list))[triple.predicate.value].append(triple.object)
    return [_row(graph, iri, said) for iri, said in about.items()]


def _row(graph: Graph, iri: str, said: dict[str, list[Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {"iri": iri}
    for name in ("indicator", "place", "unit", "period", "precision", "method", "confidence"):
        row[name] = _SEPARATOR.join(term.value for term in said[SSE + name]) or None
    for name in _LABELLED:
        for language in LANGUAGES:
            found = [graph.labels.get(term, {}).get(language) for term in said[SSE + name]]
            row[f"{name}_{language}"] = next((label for label in found if label), None)
    sources = said[DCT + "source"]
    titles = [min(graph.labels[source].values()) for source in sources if graph.labels.get(source)]
    row["source"] = _SEPARATOR.join(source.value for source in sources) or None
    row["source_title"] = _SEPARATOR.join(titles) or None
    row["year"] = int(row["period"][:4]) if row["period"] else None
    row["value"] = next((float(term.value) for term in said[SSE + "value"]), None)
    return row
