"""The catalogue after DCAT-AP 3.0.1: the public graph as one dataset, and a dataset for each kind of record.

What is not among the files of the release is not listed. Every node has an IRI that stays the same from release to
release: a portal that harvests again updates, and recreates nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from ssekg.base.formats import format_of
from ssekg.base.language import is_right_to_left
from ssekg.base.messages import text
from ssekg.catalogue.authorities import add_companion, languages_of, member
from ssekg.catalogue.distributions import CataloguedFile, add_distribution
from ssekg.catalogue.files import WHOLE, CataloguedTable, PublishedFile
from ssekg.catalogue.kinds import Kind, Period
from ssekg.catalogue.shared_nodes import SharedNodes, add_shared, catalogue_iri, coverage_of, shared_nodes
from ssekg.catalogue.slugs import is_tag
from ssekg.catalogue.statements import Statements, Texts, term, typed
from ssekg.project.settings import Project

_PACKAGE: Final = "datapackage.json"
_POINTS: Final = "places.geojson"
_STATISTICS: Final = "statistics.parquet"


def dataset_iri(project: Project, name: str) -> ox.NamedNode:
    """The IRI of a dataset: of a kind, or WHOLE."""
    return ox.NamedNode(f"{project.home}dataset/{name}")


def short_name(project: Project) -> str:
    """What identifies the project's datasets among those of others."""
    return project.id


def build_catalogue(
    project: Project,
    kinds: Mapping[str, Kind],
    files: Iterable[PublishedFile],
    ontology: ox.NamedNode | None,
    tables: Mapping[str, CataloguedTable] = MappingProxyType({}),
) -> Statements:
    """The catalogue of a release that holds `files`, companion graph included, measurements of quality not.

    Args:
        project: the project.
        kinds: the kinds of its graph by name, as `kinds_of` gives them.
        files: the files of the release.
        ontology: what the data conform to, None if there is none.
        tables: the tables among the files that are to be listed, by their path.
    """
    statements = Statements(languages=project.reading_order)
    special = _of_kind(list(kinds.values()))
    by_dataset = _by_dataset(project, files, special | {path: table.dataset for path, table in tables.items()})
    whole = _whole(project, kinds.values())
    wanted = [kind for kind in (whole, *kinds.values()) if kind.name in by_dataset]
    nodes = shared_nodes(project, ontology)
    _add_catalogue(statements, project, nodes, [kind.name for kind in wanted])
    for kind in wanted:
        listed = by_dataset[kind.name]
        names = {path: table.names for path, table in tables.items()}
        _add_dataset(statements, project, nodes, replace(kind, period=kind.period or whole.period), listed, names)
    _add_series(statements, project, nodes, whole)
    add_shared(statements, project, nodes)
    add_companion(statements)
    return statements


def _by_dataset(
    project: Project, files: Iterable[PublishedFile], of_kind: Mapping[str, str]
) -> dict[str, list[CataloguedFile]]:
    by_path = {file.path: file for file in files}
    by_dataset: dict[str, list[CataloguedFile]] = {}
    for path in sorted(by_path):
        name, form = dataset_of(path, project, of_kind), format_of(path.removesuffix(".gz"))
        if name is not None and form is not None and form.eu_code:
            is_described = f"{path.removesuffix('.gz')}-metadata.json" in by_path
            by_dataset.setdefault(name, []).append(CataloguedFile(by_path[path], form, is_described))
    return {name: sorted(listed, key=lambda one: one.rank) for name, listed in by_dataset.items()}


def _of_kind(kinds: Sequence[Kind]) -> dict[str, str]:
    """The datasets of the files with one kind in a special form; those with several kinds belong to the whole graph."""
    placed = [kind.name for kind in kinds if kind.is_placed]
    observed = [kind.name for kind in kinds if kind.is_observed]
    found = {_POINTS: placed, _STATISTICS: observed}
    return {file: names[0] if len(names) == 1 else WHOLE for file, names in found.items()}


def dataset_of(path: str, project: Project, of_kind: Mapping[str, str]) -> str | None:
    """The name of the dataset that a file of a release belongs to, None for a file that the catalogue does not list.

    `of_kind` maps the tables that are listed, and the files that are a kind in a form of its own, to their dataset.
    """
    if path.startswith(f"{project.public_id}.") or path in {f"{project.id}.sqlite", _PACKAGE}:
        return WHOLE
    bare = path.removesuffix(".gz")
    if bare in of_kind:
        return of_kind[bare]
    folder, _, name = bare.rpartition("/")
    kind, _, extension = name.partition(".")
    return kind if (folder, extension) == ("id", "jsonld") else None


def _whole(project: Project, kinds: Iterable[Kind]) -> Kind:
    parts = list(kinds)
    periods = [kind.period for kind in parts if kind.period is not None]
    period = Period(min(p.start for p in periods), max(p.end for p in periods)) if periods else None
    records = sum(kind.records for kind in parts)
    counts = {tag: text("catalogue-records", tag, {"count": str(records)}) for tag in project.worded_languages}
    descriptions = {tag: f"{text('catalogue-whole', tag)} {counts[tag]}" for tag in project.worded_languages}
    return Kind(WHOLE, {}, descriptions, records, period)


def _add_catalogue(statements: Statements, project: Project, nodes: SharedNodes, names: Sequence[str]) -> None:
    statements.add(
        catalogue_iri(project),
        a=term("dcat:Catalog"),
        dct_title=project.name,
        dct_description=project.description,
        dct_identifier=short_name(project),
        dct_publisher=nodes.publisher,
        dct_language=languages_of(project.reading_order),
        dct_issued=typed(project.date.isoformat(), "date"),
        dct_modified=typed(project.date.isoformat(), "date"),
        dct_license=nodes.licence,
        dct_rights=nodes.rights,
        dct_spatial=coverage_of(project),
        dcat_themeTaxonomy=ox.NamedNode(member("data-theme", "").value.rstrip("/")),
        foaf_homepage=nodes.site,
        dcat_dataset=[dataset_iri(project, name) for name in names],
    )


def _add_dataset(
    statements: Statements,
    project: Project,
    nodes: SharedNodes,
    kind: Kind,
    listed: Sequence[CataloguedFile],
    names: Mapping[str, Texts],
) -> None:
    node = dataset_iri(project, kind.name)
    date = typed(project.date.isoformat(), "date")
    distributions = [ox.NamedNode(f"{node.value}#{file.name}") for file in listed]
    period = ox.NamedNode(f"{node.value}#period")
    statements.add(
        node,
        a=term("dcat:Dataset"),
        dct_title=_titles(project, kind),
        dct_description={
            tag: f"{kind.descriptions.get(tag, '')} {project.description.get(tag, '')}".strip()
            for tag in {**kind.descriptions, **project.description}
        },
        dct_identifier=_identifier(project, kind.name),
        dcat_keyword=_keywords(project, kind),
        dcat_theme=[member("data-theme", code) for code in project.catalogue_settings.themes],
        dct_language=languages_of(project.reading_order),
        dct_publisher=nodes.publisher,
        dct_creator=nodes.publisher,
        dcat_contactPoint=nodes.contact,
        dct_issued=date,
        dct_modified=date,
        dct_accrualPeriodicity=member("frequency", project.catalogue_settings.frequency),
        dct_spatial=coverage_of(project),
        dct_temporal=[period] if kind.period else [],
        dct_accessRights=member("access-right", "PUBLIC"),
        dct_provenance=nodes.provenance,
        dct_conformsTo=[nodes.ontology] if nodes.ontology else [],
        dcat_landingPage=nodes.site,
        dcat_version=project.version,
        dcat_inSeries=nodes.series,
        dcat_distribution=distributions,
    )
    if kind.name == WHOLE:
        statements.add(node, a=term("void:Dataset"))
    _add_period(statements, period, kind.period)
    for distribution, file in zip(distributions, listed, strict=True):
        called = names.get(file.file.path) or kind.names or project.name
        add_distribution(statements, distribution, project, file, called, nodes.licence, nodes.rights)


def _identifier(project: Project, name: str) -> str:
    return short_name(project) if name == WHOLE else f"{short_name(project)}-{name}"


def _titles(project: Project, kind: Kind) -> Texts:
    titles = {tag: f"{kind.names[tag]} – {name}" if tag in kind.names else name for tag, name in project.name.items()}
    # CKAN makes the address of a dataset from the Latin letters of its title, and an Arabic title has none.
    suffix = f" ({_identifier(project, kind.name)})"
    return {tag: title + suffix if is_right_to_left(tag) else title for tag, title in titles.items()}


def _keywords(project: Project, kind: Kind) -> list[ox.Literal]:
    words = {tag: list(given) for tag, given in project.catalogue_settings.keywords.items()}
    # Nobody could do anything in ssekg.toml about the name of a kind that CKAN refuses as a keyword.
    for tag, name in kind.names.items():
        words.setdefault(tag, []).extend(filter(is_tag, (name.lower(),)))
    return [ox.Literal(word, language=tag) for tag in project.reading_order for word in words.get(tag, ())]


def _add_period(statements: Statements, node: ox.NamedNode, period: Period | None) -> None:
    if period is not None:
        start, end = typed(period.start, "date"), typed(period.end, "date")
        statements.add(node, a=term("dct:PeriodOfTime"), dcat_startDate=start, dcat_endDate=end)


def _add_series(statements: Statements, project: Project, nodes: SharedNodes, whole: Kind) -> None:
    period = ox.NamedNode(f"{nodes.series.value}#period")
    statements.add(
        nodes.series,
        a=term("dcat:DatasetSeries"),
        dct_title=project.name,
        dct_description={tag: text("catalogue-series", tag) for tag in project.worded_languages},
        dct_publisher=nodes.publisher,
        dcat_contactPoint=nodes.contact,
        dct_issued=typed(project.date.isoformat(), "date"),
        dct_modified=typed(project.date.isoformat(), "date"),
        dct_accrualPeriodicity=member("frequency", project.catalogue_settings.frequency),
        dct_spatial=coverage_of(project),
        dct_temporal=[period] if whole.period else [],
    )
    _add_period(statements, period, whole.period)
