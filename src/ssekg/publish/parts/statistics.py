"""The statistics as one Parquet table: a row an observation, typed columns, labels in every language.

What is a dimension, a measure or an attribute, the ontology says in the terms of the RDF Data Cube Vocabulary.
"""

import io
import json
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import pyoxigraph as ox

from ssekg.base.errors import CannotRunError
from ssekg.base.namespaces import DCT, EVIDENCE, OWL, QB, SCHEMA
from ssekg.graph.store import TYPE, Graph
from ssekg.project.settings import Project
from ssekg.project.vocabulary import CODE
from ssekg.publish.context import Context
from ssekg.publish.tables.naming import snake

STATISTICS: Final = "statistics.parquet"
_OBSERVATION: Final = ox.NamedNode(QB + "Observation")
_COMPONENTS: Final = tuple(ox.NamedNode(QB + f"{name}Property") for name in ("Dimension", "Measure", "Attribute"))
_LINK: Final = ox.NamedNode(OWL + "ObjectProperty")
_CONFIDENCE: Final = ox.NamedNode(EVIDENCE + "confidence")
_SOURCE: Final = ox.NamedNode(DCT + "source")
# What a column on the source is called, and the property of the source that it has.
_OF_SOURCE: Final = {
    "source_publisher": ox.NamedNode(EVIDENCE + "publisherName"),
    "source_date": ox.NamedNode(DCT + "issued"),
    "source_url": ox.NamedNode(SCHEMA + "url"),
}
_SEPARATOR: Final = " | "
_YEAR: Final = re.compile(r"-?[0-9]{4,}")

_json: Final = json.JSONEncoder(ensure_ascii=False).encode

_Statements = Mapping[ox.NamedNode, list[Any]]


@dataclass(frozen=True)
class _Cube:
    """The properties of observations: those that lead to things, dates and texts; what is measured; remarks.

    `codes` are the columns with the official codes of what the links lead to, each with the link and the property;
    `texts_of` are these codes, and what the columns on the source have, by the property and by what has it.
    """

    links: tuple[ox.NamedNode, ...]
    texts: tuple[ox.NamedNode, ...]
    measures: tuple[ox.NamedNode, ...]
    attributes: tuple[ox.NamedNode, ...]
    codes: Mapping[str, tuple[ox.NamedNode, ox.NamedNode]]
    texts_of: Mapping[ox.NamedNode, Mapping[Any, Sequence[str]]]


def statistics(context: Context) -> Iterator[tuple[str, bytes]]:
    """The table of the observations; none if there are none.

    A measure is a number; `year` is that of the first dimension that is a date, which is as precise as its source.

    Raises:
        CannotRunError: the package pyarrow is not installed.
    """
    graph, ordered = context.public, context.public_triples.all
    subjects = _subjects(graph, ordered)
    if subjects:
        yield STATISTICS, _parquet(context.project, graph, _cube(graph, ordered, subjects), _each(ordered, subjects))


def _subjects(graph: Graph, ordered: Sequence[ox.Triple]) -> frozenset[ox.NamedNode]:
    """The observations: those that are records."""
    classes = graph.terms.below(_OBSERVATION)
    typed = (t.subject for t in ordered if t.predicate == TYPE and t.object in classes)
    return frozenset(each for each in typed if isinstance(each, ox.NamedNode) and "#" not in each.value)


def _each(ordered: Iterable[ox.Triple], subjects: Container[object]) -> Iterator[tuple[ox.NamedNode, _Statements]]:
    """Each observation with the statements about it, in order of their IRIs."""
    for subject, triples in groupby(ordered, key=attrgetter("subject")):
        if isinstance(subject, ox.NamedNode) and subject in subjects:
            statements: dict[ox.NamedNode, list[Any]] = defaultdict(list)
            for triple in triples:
                statements[triple.predicate].append(triple.object)
            yield subject, statements


def _parquet(
    project: Project, graph: Graph, cube: _Cube, observations: Iterable[tuple[ox.NamedNode, _Statements]]
) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.json as pj
        import pyarrow.parquet as pq
    except ImportError:
        raise CannotRunError("no-pyarrow") from None
    types: dict[str, Any] = {"iri": pa.string()}
    for term in cube.links:
        types |= dict.fromkeys([_name(term), *(f"{_name(term)}_{tag}" for tag in project.languages)], pa.string())
    types |= dict.fromkeys([*cube.codes, *map(_name, cube.texts)], pa.string()) | {"year": pa.int32()}
    types |= {_name(term): pa.float64() for term in cube.measures}
    types |= dict.fromkeys([*map(_name, cube.attributes), "source", *_OF_SOURCE, "source_title"], pa.string())
    types |= dict.fromkeys([f"source_title_{tag}" for tag in project.languages], pa.string())
    rows = (_row(graph, cube, iri, statements, project.languages) for iri, statements in observations)
    lines = io.BytesIO()
    lines.writelines(f"{_json(row)}\n".encode() for row in rows)
    # A table made of lists would import pandas wherever that is installed, which is as large as all the rest.
    table = pj.read_json(
        io.BytesIO(lines.getbuffer()),
        read_options=pj.ReadOptions(use_threads=False, block_size=lines.tell() + 1),
        parse_options=pj.ParseOptions(explicit_schema=pa.schema(types.items()), newlines_in_values=False),
    )
    metadata = {"version": project.version, "date": project.date.isoformat(), "licence": project.licence}
    file = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), file, compression="zstd")
    return file.getvalue()


def _cube(graph: Graph, ordered: Iterable[ox.Triple], subjects: Container[object]) -> _Cube:
    """The components that the ontology declares, in order of their names."""
    declared = {kind: _declared(graph, kind) for kind in (*_COMPONENTS, _LINK)}
    dimensions, measures, attributes = (declared[kind] for kind in _COMPONENTS)
    is_link = set(declared[_LINK]).__contains__
    links = (*filter(is_link, dimensions), *filter(is_link, attributes))
    linked: dict[ox.NamedNode, set[Any]] = {term: set() for term in links}
    for triple in ordered:
        if triple.predicate in linked and triple.subject in subjects:
            linked[triple.predicate].add(triple.object)
    coded = {code: {t.subject for t in graph.of_predicate(code)} for code in graph.terms.with_role(CODE)}
    return _Cube(
        links=(*(term for term in links if term != _CONFIDENCE), _CONFIDENCE),
        texts=tuple(term for term in dimensions if not is_link(term)),
        measures=measures,
        attributes=tuple(term for term in attributes if not is_link(term)),
        codes={
            f"{_name(term)}_{snake(_name(code))}": (term, code)
            for term in links
            for code in coded
            if not linked[term].isdisjoint(coded[code])
        },
        texts_of={term: _texts_of(graph, term) for term in (*coded, *_OF_SOURCE.values())},
    )


def _declared(graph: Graph, kind: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
    found = {t.subject for t in graph.vocabulary if t.predicate == TYPE and t.object == kind}
    return tuple(sorted((t for t in found if isinstance(t, ox.NamedNode) and t != _SOURCE), key=_name))


@cache
def _name(term: ox.NamedNode) -> str:
    return re.split(r"[#/]", term.value)[-1]


def _row(
    graph: Graph, cube: _Cube, iri: ox.NamedNode, statements: _Statements, languages: Sequence[str]
) -> dict[str, Any]:
    row: dict[str, Any] = {"iri": iri.value}
    for term in (*cube.links, *cube.texts, *cube.attributes):
        row[_name(term)] = _SEPARATOR.join(value.value for value in statements[term]) or None
    for term in cube.links:
        for tag in languages:
            found = [graph.labels.get(value, {}).get(tag) for value in statements[term]]
            row[f"{_name(term)}_{tag}"] = next((label for label in found if label), None)
    for name, (term, code) in cube.codes.items():
        row[name] = _joined(statements[term], cube.texts_of[code])
    for term in cube.measures:
        row[_name(term)] = next((float(value.value) for value in statements[term]), None)
    sources = statements[_SOURCE]
    titles = [min(graph.labels[source].values()) for source in sources if graph.labels.get(source)]
    row["source"] = _SEPARATOR.join(source.value for source in sources) or None
    row["source_title"] = _SEPARATOR.join(titles) or None
    for tag in languages:
        in_language = (graph.labels.get(source, {}).get(tag) for source in sources)
        row[f"source_title_{tag}"] = _SEPARATOR.join(filter(None, in_language)) or None
    for name, term in _OF_SOURCE.items():
        row[name] = _joined(sources, cube.texts_of[term])
    dates = [row[_name(term)] for term in cube.texts if row[_name(term)]]
    year = next((match for date in dates if (match := _YEAR.match(date))), None)
    row["year"] = int(year[0]) if year else None
    return row


def _texts_of(graph: Graph, predicate: ox.NamedNode) -> Mapping[Any, Sequence[str]]:
    """The values of a property, and of those below it, by what has them, in the order of a cell."""
    found: dict[Any, list[str]] = defaultdict(list)
    for each in sorted(graph.terms.below(predicate), key=str):
        of_each: dict[Any, list[str]] = defaultdict(list)
        for triple in graph.of_predicate(each):
            of_each[triple.subject].append(triple.object.value)  # type: ignore[union-attr]
        for subject, values in of_each.items():
            found[subject] += sorted(values)
    return found


def _joined(subjects: Iterable[Any], texts: Mapping[Any, Sequence[str]]) -> str | None:
    """The values that some things have."""
    return _SEPARATOR.join(dict.fromkeys(text for subject in subjects for text in texts.get(subject, ()))) or None
