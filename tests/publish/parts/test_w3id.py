"""The w3id folder, tried on Apache: every permanent IRI leads to what the site serves, in the form asked for."""

import dataclasses
import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.checks.run import CheckedGraph
from ssekg.project.settings import Project
from ssekg.publish.parts.w3id import VocabularyFile, w3id_files
from ssekg.publish.tombstones import Tombstone
from tests.namespaces import SSE
from tests.publish.apache import LOADED, free_port, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RECORD = "id/programme/moazara"
DOCUMENT = f"{RECORD}.jsonld"
PAGE = "en/programme/moazara.html"
PUBLIC = "ssekg-without-persons"
VOCABULARY = VocabularyFile(
    "ontology", "https://w3id.org/ssekg/ontology#", "ontology/ssekg.ttl", ("rdf", "jsonld", "nt"), has_page=True
)


@dataclass
class Web:
    """Apache with the folder of w3id.org and the site on it."""

    port: int
    project: Project

    def ask(
        self, address: str, accept: str | None, method: str = "GET", language: str = ""
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """One request, without following; the address is one below the project's permanent home, or the site's."""
        path = address.removeprefix(f"http://127.0.0.1:{self.port}")
        path = path if path != address else f"/ssekg/{address}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {} if accept is None else {"Accept": accept}
        headers |= {"Accept-Language": language} if language else {}
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    def target(self, address: str, accept: str | None, method: str = "GET") -> tuple[int, str]:
        """Where one request leads: the status, and the path of the file on the site."""
        response, _ = self.ask(address, accept, method)
        location = response.getheader("Location", "")
        assert location.startswith(self.project.site) or not location
        return response.status, location.removeprefix(self.project.site)

    def follow(self, address: str, accept: str) -> tuple[str, bytes]:
        """What a client gets in the end: the media type and the content."""
        response, content = self.ask(address, accept)
        if response.status in {302, 303}:
            response, content = self.ask(response.getheader("Location", ""), accept)
        assert response.status == 200
        return response.getheader("Content-Type", ""), content


@pytest.fixture(scope="module")
def web(checked: CheckedGraph, release: Path) -> Iterator[Web]:
    port = free_port()
    project = dataclasses.replace(checked.project, site=f"http://127.0.0.1:{port}/site/")
    folder = {".htaccess": w3id_files(project, [VOCABULARY])["w3id/.htaccess"]}
    site = {path.relative_to(release).as_posix(): path.read_bytes() for path in release.rglob("*") if path.is_file()}
    with serving(port, {"ssekg": folder, "site": site}) as errors:
        yield Web(port, project)
        assert "[rewrite:" not in errors.read_text(encoding="utf-8")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("accept", "file"),
    [
        (BROWSER, PAGE),
        ("application/ld+json", DOCUMENT),
        ("application/json", DOCUMENT),
        ("text/turtle", f"{PUBLIC}.ttl"),
        ("application/rdf+xml", f"{PUBLIC}.rdf"),
        ("application/n-triples", f"{PUBLIC}.nt"),
        ("*/*", PAGE),
        ("image/png", PAGE),
        ("", PAGE),
        (None, PAGE),
    ],
)
def test_record_in_each_form(web: Web, accept: str | None, file: str, method: str) -> None:
    assert web.target(RECORD, accept, method) == (303, file)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle;q=0.8, application/rdf+xml", "rdf"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.95", "ttl"),
        ("application/n-triples;q=0.8,text/turtle;q=0.75", "nt"),
        ("application/rdf+xml;q=0.50,application/n-triples;q=0.501", "nt"),
        ("text/turtle;q=0.3, application/n-triples;q=0.30", "ttl"),
        ("text/turtle;charset=utf-8;q=0.2, application/rdf+xml;q=0.3", "rdf"),
        ("TEXT/TURTLE ; Q=1.000 , application/ld+json;q=0.999", "ttl"),
        ("text/turtle;q=1;level=2", "ttl"),
        ("text/turtle, */*", "ttl"),
        ("text/turtle;q=0.4,*/*;q=0.1", "ttl"),
        ("text/html;q=0.3,text/turtle;q=0.4", "ttl"),
        ("text/turtle;q=0, application/rdf+xml;q=0.001", "rdf"),
        ("application/ld+json, text/turtle", "jsonld"),
        ("text/turtle;q=0.4,*/*;q=0.8", "html"),
        ("text/turtle;q=0", "html"),
        ("text/turtle;q=0.000,*/*;q=0.1", "html"),
        ("text/turtles, xtext/turtle", "html"),
        ("text/turtle;q=0.9, text/html;q=0.9", "html"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted", text/turtle;q=0.5', "jsonld"),
    ],
)
def test_the_form_that_is_wanted_most(web: Web, accept: str, form: str) -> None:
    assert web.target(RECORD, accept) == (303, {"jsonld": DOCUMENT, "html": PAGE}.get(form, f"{PUBLIC}.{form}"))


@pytest.mark.parametrize(
    ("address", "accept", "answer"),
    [
        ("id/person/1", "text/turtle", (303, "ssekg.ttl")),
        ("id/person/1", "application/ld+json", (303, "ssekg.jsonld")),
        ("id/person/1", BROWSER, (303, "en/removal.html")),
        ("id/person/1.jsonld", BROWSER, (303, "en/removal.html")),
        (DOCUMENT, BROWSER, (302, DOCUMENT)),
        (f"{RECORD}.html", BROWSER, (303, PAGE)),
        ("id/programme", "text/turtle", (303, "id/programme.jsonld")),
        ("id/programme/", BROWSER, (303, "en/programme/index.html")),
        ("ontology", BROWSER, (303, "en/ontology/index.html")),
        ("ontology", "application/rdf+xml", (303, "vocabulary/ontology.rdf")),
        ("ontology", "application/ld+json", (303, "vocabulary/ontology.jsonld")),
        ("ontology/0.1.0", "application/n-triples", (303, "vocabulary/ontology.nt")),
        ("ontology/0.1.0", "text/turtle", (303, "ontology/ssekg.ttl")),
        ("ontology/concepts/law.ttl", BROWSER, (302, "ontology/concepts/law.ttl")),
        ("context/1.0.0", "application/ld+json", (302, "context/1.0.0.jsonld")),
        ("context/1.0.0.jsonld", "*/*", (302, "context/1.0.0.jsonld")),
        ("context", "application/ld+json", (302, "ontology/context.jsonld")),
        ("", BROWSER, (303, "")),
        ("", "text/turtle", (303, "catalog.ttl")),
        ("catalog", "application/rdf+xml", (303, "catalog.rdf")),
        ("catalog", "application/ld+json", (303, "catalog.jsonld")),
        ("catalog", "application/n-triples", (303, "catalog.ttl")),
        ("dataset/programme", "text/turtle", (303, "catalog.ttl")),
        ("dataset/programme", BROWSER, (303, "")),
        ("dataset.jsonld", "text/turtle", (302, "dataset.jsonld")),
        ("shapes", "text/turtle", (303, "")),
        ("tables/place.csv", "text/csv", (302, "tables/place.csv")),
        (".well-known/void", "text/turtle", (302, ".well-known/void")),
        ("id/place/%D9%81%D8%A7%D8%B3", BROWSER, (303, "en/place/%d9%81%d8%a7%d8%b3.html")),
        ("id/place/a%20b", BROWSER, (303, "en/place/a%20b.html")),
        ("id/place/a%0D%0ALocation:%20x", BROWSER, (303, "en/place/a%0d%0aLocation:%20x.html")),
        ("id/place/..%2f..%2fx", BROWSER, (404, "")),
    ],
)
def test_every_permanent_iri_leads_somewhere(web: Web, address: str, accept: str, answer: tuple[int, str]) -> None:
    assert web.target(address, accept) == answer


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("ar", "ar"),
        ("de-DE, de;q=0.9, ar-MA;q=0.8, fr;q=0.7", "ar"),
        ("de", "en"),
        ("fry, arq;q=0.5", "en"),
        ("*", "en"),
    ],
)
def test_pages_are_in_the_language_of_the_reader(web: Web, wanted: str, language: str) -> None:
    response, _ = web.ask(RECORD, BROWSER, language=wanted)
    assert response.getheader("Location") == f"{web.project.site}{language}/programme/moazara.html"
    media_type, content = web.follow(RECORD, BROWSER)
    assert media_type == "text/html"
    assert b"19,200,000" in content


def test_answers_may_be_cached_and_read_by_pages_of_others(web: Web) -> None:
    response, _ = web.ask(RECORD, "text/turtle")
    assert response.getheader("Vary") == "Accept,Accept-Language"
    assert response.getheader("Access-Control-Allow-Origin") == "*"


def test_what_is_got_is_about_the_record(web: Web) -> None:
    record = ox.NamedNode(f"{web.project.base}programme/moazara")
    for accept, form in (
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ):
        media_type, content = web.follow(RECORD, accept)
        assert media_type == accept
        assert record in {quad.subject for quad in ox.parse(content, form)}


def test_vocabulary_and_context_are_got(web: Web) -> None:
    media_type, content = web.follow("ontology", "text/turtle")
    assert media_type == "text/turtle"
    terms = {quad.subject for quad in ox.parse(content, ox.RdfFormat.TURTLE)}
    assert ox.NamedNode(f"{SSE}Programme") in terms
    media_type, content = web.follow(f"context/{web.project.version}", "application/ld+json")
    assert media_type == "application/ld+json"
    assert json.loads(content)["@context"]["name"] == {"@id": "skos:prefLabel", "@container": "@language"}


def tombstone(name: str, replacement: str | None, base: str) -> Tombstone:
    found = ox.NamedNode(base + replacement) if replacement else None
    return Tombstone(base + name, "2026-11-27", ox.NamedNode(f"{base}concept/asked"), found)


WITHDRAWN = {
    "concept/china": "place/china",
    "vessel/old": None,
    "person/9": None,
    "person/8": "office/8",
    "place/فاس": "place/فاس-مكناس",
    "place/a%20b": "place/a%20$1#part",
    "place/a.b": None,
}


@pytest.fixture(scope="module")
def gone(project: Project) -> Iterator[Web]:
    """Rules of a project with withdrawn records, of any kind and with any characters."""
    port = free_port()
    tombstones = [tombstone(name, replacement, project.base) for name, replacement in WITHDRAWN.items()]
    folder = {".htaccess": w3id_files(project, [VOCABULARY], tombstones)["w3id/.htaccess"]}
    with serving(port, {"ssekg": folder}) as errors:
        yield Web(port, project)
        assert "[rewrite:" not in errors.read_text(encoding="utf-8")


@pytest.mark.parametrize("accept", [BROWSER, "text/turtle", "application/ld+json", None])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("concept/china", "place/china"),
        ("person/8", "office/8"),
        ("place/%D9%81%D8%A7%D8%B3", "place/%D9%81%D8%A7%D8%B3-%D9%85%D9%83%D9%86%D8%A7%D8%B3"),
        ("place/a%20b", "place/a%20$1#part"),
        ("vessel/old", None),
        ("person/9", None),
        ("place/a.b", None),
    ],
)
def test_a_withdrawn_record_leads_to_what_replaces_it_and_else_is_gone(
    gone: Web, address: str, location: str | None, accept: str | None, method: str
) -> None:
    response, content = gone.ask(f"id/{address}", accept, method)
    expected = (303, gone.project.base + location) if location else (410, None)
    assert (response.status, response.getheader("Location")) == expected
    if location is None and method == "GET":
        assert f"{gone.project.site}en/removal.html" in content.decode()


def test_a_withdrawn_record_says_so_in_its_document_and_its_neighbours_stay(gone: Web) -> None:
    assert gone.target("id/concept/china.jsonld", BROWSER) == (302, "id/concept/china.jsonld")
    assert gone.target("id/concept/china-sea", "text/turtle") == (303, f"{PUBLIC}.ttl")
    assert gone.target("id/place/axb", "text/turtle") == (303, f"{PUBLIC}.ttl")


def test_rewriting_alone_is_enough(project: Project) -> None:
    port = free_port()
    folder = {".htaccess": w3id_files(project)["w3id/.htaccess"]}
    with serving(port, {"ssekg": folder}, tuple(set(LOADED) - {"headers"})):
        web = Web(port, project)
        assert web.target(RECORD, "text/turtle") == (303, f"{PUBLIC}.ttl")


def test_readme_says_whose_it_is(project: Project) -> None:
    readme = w3id_files(project)["w3id/README.md"].decode()
    for text in (project.name["en"], project.site, project.contact, project.publisher, f"{project.home}catalog"):
        assert text in readme


def test_settings_do_not_become_rules(project: Project) -> None:
    hostile = dataclasses.replace(
        project,
        name={"fr": "Graphe\nRedirect / https://example.org/"},
        description={"fr": "Un graphe\\"},
        publisher="a\nRewriteRule ^ https://example.org/",
        contact="x\r\nErrorDocument 404 x",
    )
    rules = w3id_files(hostile)["w3id/.htaccess"].decode()
    lines = [line for line in rules.splitlines() if not line.startswith("#")]
    usual = w3id_files(project)["w3id/.htaccess"].decode().splitlines()
    assert lines == [line for line in usual if not line.startswith("#")]


def test_records_that_look_like_files_have_no_rules(project: Project) -> None:
    assert w3id_files(dataclasses.replace(project, base="https://example.org/ess#")) == {}
