"""The checks of one ontology in one run: its pitfalls, its scores, and where each is."""

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.codes import CODES
from ssekg.base.files import real
from ssekg.base.findings import Finding, Place, Report, Score, Severity
from ssekg.base.order import reported
from ssekg.base.said import Argument, Said, Several
from ssekg.base.spelling import suggestion
from ssekg.checks.names import named_term
from ssekg.checks.ontology_quality import declarations, hierarchy, naming, properties
from ssekg.checks.ontology_quality.fairness import LIVE, assess
from ssekg.checks.ontology_quality.found import Detector, Found
from ssekg.checks.ontology_quality.imports import read_imports
from ssekg.checks.ontology_quality.ontology import Ontology
from ssekg.checks.ontology_quality.statements import IMPORTS, Node
from ssekg.checks.targets import texts_of
from ssekg.graph.origins import Origins
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.sources.load import Sources
from ssekg.sources.rdf.file import RdfFile

PITFALLS: Final[tuple[Detector, ...]] = (
    properties.named_is,
    hierarchy.unconnected,
    hierarchy.cycles,
    naming.undescribed,
    hierarchy.without_disjointness,
    properties.without_domain_or_range,
    properties.without_inverse,
    properties.with_several_domains,
    naming.misused,
    naming.leftovers,
    naming.mixed_conventions,
    properties.recursive,
    properties.inverse_of_itself,
    properties.inverse_of_symmetric,
    properties.wrongly_symmetric,
    properties.wrongly_transitive,
    naming.same_labels,
    properties.chains_of_one,
    declarations.untyped_classes,
    declarations.untyped_properties,
    declarations.with_file_extension,
    declarations.without_ontology,
    declarations.ambiguous_namespace,
    declarations.hijacked,
    declarations.without_licence,
)
"""What finds each pitfall, in the order of OOPS!."""
_MOST_NAMED: Final = 10


def check_ontology(path: Path, around: Sequence[Project] = ()) -> Report:
    """Look for pitfalls in an ontology, and compute its scores.

    Args:
        path: the file with the ontology.
        around: projects whose ontologies it may import; nothing else is read, and nothing is fetched.

    Returns:
        The findings; without scores if the file does not parse.

    Raises:
        CannotRunError: a file can't be opened or has an unknown format.
    """
    started = time.perf_counter()
    file = RdfFile(path, real(path).as_uri(), str(path))
    sources = Sources()
    triples = sources.read_rdf(file)
    scores: tuple[Score, ...] = ()
    if triples:
        imported, unread = read_imports(triples, around)
        ontology = Ontology(triples, imported, [each.value for each in unread], file.base)
        graph = Graph("", [], [*triples, *imported], sources, _prefixes(file))
        assessments = list(assess(ontology))
        found = [each for detect in PITFALLS for each in detect(ontology)]
        found += [each.found for each in assessments if each.found]
        found += [_unread(ontology, each) for each in unread]
        sources.findings += _findings(found, graph, file.shown)
        scores = tuple(each.score for each in assessments)
    findings = reported(sources.findings)
    seconds = time.perf_counter() - started
    texts = texts_of(findings, sources)
    return Report(findings, 1, len(triples), seconds, texts, scores=scores, not_scored=LIVE if scores else ())


def _unread(ontology: Ontology, imported: ox.NamedNode) -> Found:
    """An import that is not at hand, where the file names it; one that another import names has no place in it."""
    statement = next((t for t in ontology.with_predicate(IMPORTS) if t.object == imported), None)
    return Found("ontology-import-unread", ontology.header, statement, values={"iri": imported.value})


def _prefixes(file: RdfFile) -> Mapping[str, str]:
    """The prefixes that a file declares, by which its terms are named."""
    parser = ox.parse(file.source.content, file.form, base_iri=file.base)
    for _ in parser:
        pass
    return parser.prefixes


def _findings(found: Sequence[Found], graph: Graph, shown: str) -> Iterable[Finding]:
    """What was found, with places and names; what nothing is said of is at the beginning of the file."""
    nodes = {node for each in found for node in (each.term, each.statement and each.statement.subject, *each.others)}
    origins = Origins(graph.sources, {node for node in nodes if isinstance(node, Node)})
    for each in found:
        severity = CODES[each.code].severity or Severity.INFO
        stated = [placed.object for placed in origins.triples(*each.statement)] if each.statement else []
        places = stated or (origins.homes(each.term) if each.term else []) or [Place(shown, 1, 1)]
        places += [place for other in each.others for place in origins.homes(other)[:1]]
        finding = Finding(each.code, severity, arguments=_arguments(each, graph), focus=each.term)
        yield finding.at(list(dict.fromkeys(places)))


def _arguments(found: Found, graph: Graph) -> dict[str, Argument]:
    named: dict[str, Argument] = {**found.values}
    if isinstance(found.term, ox.NamedNode):
        named["term"] = named_term(graph, found.term)
        named["all"] = _listed((found.term, *found.others), graph)
    if found.others:
        named["others"] = _listed(found.others, graph)
    if found.code == "OOPS-P13" and found.others:
        named["perhaps"] = Said("pitfall-perhaps", {"others": named["others"]})
    return {**named, **suggestion(named_term(graph, found.meant) if found.meant else None)}


def _listed(terms: Sequence[ox.NamedNode], graph: Graph) -> Several:
    shown: list[Argument] = [named_term(graph, term) for term in terms[:_MOST_NAMED]]
    return Several((*shown, "…") if len(shown) < len(terms) else tuple(shown))
