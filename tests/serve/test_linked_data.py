"""Each thing has its documents, in each form the same triples as in the release."""

import json
from urllib.parse import quote, urljoin, urlsplit

import pyoxigraph as ox
import pytest

from tests.publish.any_release import AnyRelease
from tests.serve.server import BROWSER, Served

FORMS = {
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
}


def graph(content: bytes, form: ox.RdfFormat) -> ox.Dataset:
    found = ox.Dataset(ox.parse(content, form))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def test_documents_say_in_each_form_what_the_release_says(any_served: tuple[Served, AnyRelease]) -> None:
    server, release = any_served
    documents = [path for path in release.paths if path.startswith("id/") and path.count("/") == 2]
    for path in documents[:: max(1, len(documents) // 12)]:
        expected = graph((release.folder / path).read_bytes(), ox.RdfFormat.JSON_LD)
        address = quote(path.removesuffix(".jsonld"))
        for form, (media_type, rdf) in FORMS.items():
            lead = server.ask(address, Accept=media_type)
            assert (lead.status, lead.headers["location"]) == (303, f"../../{address}.{form}")
            assert server.ask(f"{address}?format={form}", Accept="image/png").headers["location"].endswith(f".{form}")
            answer = server.ask(f"{address}.{form}")
            assert (answer.status, answer.media_type) == (200, media_type)
            assert graph(answer.content, rdf) == expected
            again = server.ask(f"{address}.{form}")
            assert (again.content, again.headers["etag"]) == (answer.content, answer.headers["etag"])
            assert server.ask(f"{address}.{form}", If_None_Match=answer.headers["etag"]).status == 304
            assert answer.headers["link"].count('rel="alternate"') >= 3
            assert f'{address}.{form}>; rel="alternate"' not in answer.headers["link"]


def test_what_is_described_with_another_has_documents_of_its_own(any_served: tuple[Served, AnyRelease]) -> None:
    server, release = any_served
    folders = {path.split("/")[1] for path in release.paths if path.startswith("id/") and path.count("/") == 2}
    kinds = [p for p in release.paths if p.startswith("id/") and p.count("/") == 1 and p[3:-7] not in folders]
    nodes = [node["id"] for kind in kinds for node in json.loads(release.text(kind))["@graph"]]
    for iri in nodes[:: max(1, len(nodes) // 4)]:
        path = "id/" + iri.removeprefix(release.base)
        if server.ask(path, Accept="text/turtle").status == 410:
            continue
        found = {quad.triple for quad in ox.parse(server.ask(f"{path}.nt").content, ox.RdfFormat.N_TRIPLES)}
        assert found
        assert found <= release.public
        assert ox.NamedNode(iri) in {triple.subject for triple in found}


def test_a_kind_leads_to_all_of_it(served: Served) -> None:
    assert served.ask("id/programme", Accept="application/ld+json").headers["location"] == "../id/programme.jsonld"
    assert served.ask("id/programme", Accept="text/turtle").status == 406


def test_a_browser_is_led_to_the_page_in_its_language(served: Served) -> None:
    for accepted, language in (("ar", "ar"), ("fr-MA, en;q=0.3", "fr"), ("de", "en"), (None, "en")):
        lead = served.ask("id/programme/moazara", Accept=BROWSER, Accept_Language=accepted)
        assert (lead.status, lead.headers["location"]) == (303, f"../../{language}/programme/moazara.html")
        assert lead.headers["vary"] == "Accept, Accept-Language"
        page = served.ask(f"{language}/programme/moazara.html")
        assert (page.status, page.headers["content-language"]) == (200, language)
        assert page.headers["link"].count("hreflang=") == 2
        assert '<../../id/programme/moazara.ttl>; rel="alternate"; type="text/turtle"' in page.headers["link"]
        assert served.ask("", Accept=BROWSER, Accept_Language=accepted).headers["location"] == f"./{language}/"
    assert (
        served.ask("id/programme/moazara.html", Accept_Language="fr")
        .headers["location"]
        .endswith("/fr/programme/moazara.html")
    )
    assert served.ask("fr").headers["location"] == "./fr/"


def test_every_iri_of_the_project_answers(any_served: tuple[Served, AnyRelease]) -> None:
    server, release = any_served
    home = release.base.removesuffix("id/")
    terms = {term for triple in release.public for term in (triple.subject, triple.predicate, triple.object)}
    named = sorted(
        {t.value.partition("#")[0] for t in terms if isinstance(t, ox.NamedNode) and t.value.startswith(home)}
    )
    for iri in named[:: max(1, len(named) // 40)]:
        for accept in (BROWSER, "text/turtle"):
            address = f"http://127.0.0.1/{iri.removeprefix(home)}"
            answer = server.ask(urlsplit(address).path[1:], Accept=accept)
            for _ in range(3):
                if answer.status in {301, 302, 303}:
                    address = urljoin(address, answer.headers["location"])
                    answer = server.ask(urlsplit(address).path[1:], Accept=accept)
            assert answer.status in {200, 410}, iri


def test_406_lists_what_there_is(served: Served) -> None:
    answer = served.ask("id/programme/moazara", Accept="image/png", Accept_Language="fr")
    problem = json.loads(answer.content)
    assert (answer.status, answer.media_type, answer.headers["content-language"]) == (
        406,
        "application/problem+json",
        "fr",
    )
    assert {each["type"] for each in problem["formats"]} >= {media_type for media_type, _ in FORMS.values()}
    assert problem["type"] == "https://w3id.org/ssekg/tool#not-acceptable"
    assert served.ask("id/programme/moazara?format=docx").status == 406


def test_an_unknown_thing_has_near_names(served: Served) -> None:
    answer = served.ask("id/programme/moazzara", Accept="text/turtle")
    problem = json.loads(answer.content)
    assert (answer.status, problem["status"]) == (404, 404)
    assert "https://w3id.org/ssekg/id/programme/moazara" in problem["near"]
    page = served.ask("id/programme/moazzara", Accept=BROWSER, Accept_Language="ar")
    assert (page.status, page.media_type, page.headers["content-language"]) == (404, "text/html", "ar")
    assert 'href="../../id/programme/moazara"' in page.content.decode()
    assert 'dir="rtl"' in page.content.decode()
    nothing_like_it = json.loads(served.ask("id/programme/zzzzzzzz", Accept="text/turtle").content)
    assert "near" not in nothing_like_it["detail"]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_what_is_withheld_is_not_there(any_served: tuple[Served, AnyRelease], language: str) -> None:
    server, release = any_served
    kind = release.settings["privacy"]["withheld"][0]
    for path in (f"id/{kind}/1", f"id/{kind}/1.ttl", f"id/{kind}/no-such", f"id/{kind}", f"id/{kind}.jsonld"):
        for accept in ("text/turtle", BROWSER):
            answer = server.ask(path, Accept=accept, Accept_Language=language)
            assert answer.status == 404
            assert not any(
                each.rpartition("/")[2] in answer.content.decode() for each in release.withheld if each[-3:].isalpha()
            )


def test_vocabulary_context_and_catalogue(served: Served) -> None:
    for path, accept, lead in (
        ("ontology", BROWSER, (303, "./en/ontology/index.html")),
        ("ontology", "application/rdf+xml", (303, "./vocabulary/ontology.rdf")),
        ("ontology", "application/ld+json", (303, "./vocabulary/ontology.jsonld")),
        ("ontology/core", "text/turtle", (303, "../ontology/core.ttl")),
        ("ontology/core", "application/n-triples", (303, "../vocabulary/ontology-core.nt")),
        ("ontology/0.1.0", "text/turtle", (303, "../ontology/ssekg.ttl")),
        ("context", "application/ld+json", (302, "./ontology/context.jsonld")),
        ("context/0.2.0", "application/ld+json", (302, "../context/0.2.0.jsonld")),
        ("catalog", "application/rdf+xml", (303, "./catalog.rdf")),
        ("dataset/programme", "text/turtle", (303, "../catalog.ttl")),
        ("", "application/ld+json", (303, "./catalog.jsonld")),
    ):
        answer = served.ask(path, Accept=accept)
        assert (answer.status, answer.headers["location"]) == lead
