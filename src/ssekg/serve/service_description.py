"""The description of the SPARQL service (https://www.w3.org/TR/sparql11-service-description/): what it can be asked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ssekg.base.namespaces import RDF, USUAL, Prefixes
from ssekg.graph.canonical import written
from ssekg.serve.engines import made_once
from ssekg.serve.negotiation import best_form
from ssekg.serve.problems import ProblemError
from ssekg.serve.release import Release
from ssekg.serve.release_files import ServedFile

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_VOID: Final = "http://rdfs.org/ns/void#"
_RESULTS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS: Final = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_HTML: Final = "html"
_FORMS: Final[Mapping[str, Sequence[str]]] = {
    "turtle": ("text/turtle",),
    _HTML: ("text/html", "application/xhtml+xml"),
    "nt": ("application/n-triples",),
    "jsonld": ("application/ld+json", "application/json"),
    "rdfxml": ("application/rdf+xml", "application/xml"),
}
_RDF_FORMS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_SEE_OTHER: Final = 303
_NOT_ACCEPTABLE: Final = 406
_HEADERS: Final = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
_VARY: Final = "Accept, Accept-Language, Accept-Encoding"


async def described_service(request: Request, named_graphs: Sequence[str]) -> Response:
    """The description of the service: the query page for people, if the release has one; RDF for programs.

    Raises:
        ProblemError: it is wanted in no form that there is.
    """
    release: Release = request.scope["release"]
    page = release.iris.page_of("query.html", request.headers.get("accept-language"))
    forms = {form: types for form, types in _FORMS.items() if form != _HTML or page}
    form = best_form(request.headers.get("accept"), forms)
    if form is None:
        raise ProblemError("not-acceptable", _NOT_ACCEPTABLE, forms=", ".join(forms))
    if form == _HTML:
        return RedirectResponse(f"./{page}", _SEE_OTHER, _HEADERS)
    address = _address(request, release)

    def described() -> ServedFile:
        triples = [*_described(address, release, named_graphs)]
        known = Prefixes({**USUAL, "sd": _SD, "formats": _FORMATS, "void": _VOID}, release.project.base)
        return ServedFile.of("sparql", _FORMS[form][0], written(triples, _RDF_FORMS[form], known))

    return await made_once(request, ("service", address.value, form), described, {"vary": _VARY})


def _address(request: Request, release: Release) -> ox.NamedNode:
    """The address of the service as the client has it or, if that is no IRI, as it is published."""
    try:
        return ox.NamedNode(str(request.url.replace(query="", fragment="")))
    except ValueError:
        return ox.NamedNode(f"{release.project.site}sparql")


def _described(service: ox.NamedNode, release: Release, named_graphs: Sequence[str]) -> Iterator[ox.Triple]:
    dataset, default = (ox.NamedNode(f"{service.value}#{name}") for name in ("dataset", "default-graph"))
    yield _is_a(service, "Service")
    yield ox.Triple(service, _term("endpoint"), service)
    yield ox.Triple(service, _term("supportedLanguage"), _term("SPARQL11Query"))
    for name in (*_RESULTS, *_GRAPHS):
        yield ox.Triple(service, _term("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, _term("defaultDataset"), dataset)
    yield _is_a(dataset, "Dataset")
    yield ox.Triple(dataset, _term("defaultGraph"), default)
    yield _is_a(default, "Graph")
    manifest = release.content.manifest
    extent = manifest.whole if release.whole else manifest.public
    triples = ox.Literal(extent.triples + manifest.ontology_triples)
    yield ox.Triple(default, ox.NamedNode(f"{_VOID}triples"), triples)
    for name in named_graphs:
        graph = ox.NamedNode(f"{service.value}#{name.removeprefix(release.project.base)}")
        yield ox.Triple(dataset, _term("namedGraph"), graph)
        yield _is_a(graph, "NamedGraph")
        yield ox.Triple(graph, _term("name"), ox.NamedNode(name))


def _is_a(node: ox.NamedNode, name: str) -> ox.Triple:
    return ox.Triple(node, ox.NamedNode(f"{RDF}type"), _term(name))


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
