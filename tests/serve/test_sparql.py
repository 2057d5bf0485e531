"""The endpoint speaks the SPARQL 1.1 Protocol: the cases of the W3C on queries, and what else a client may try."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from tests.publish.any_release import AnyRelease
from tests.serve.server import Answer, Served, serving
from tests.serve.workers.hostile import ENDED

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
TURTLE: Final = "text/turtle"
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
Fields = Mapping[str, str | Sequence[str]]


@pytest.fixture(scope="module")
def endpoint(any_served: tuple[Served, AnyRelease]) -> Served:
    """The server of either project."""
    return any_served[0]


@pytest.fixture(scope="module")
def graphs(endpoint: Served) -> list[str]:
    """Two named graphs."""
    found = ask(endpoint, "SELECT ?g { GRAPH ?g { } } ORDER BY ?g LIMIT 2", "text/csv")
    return found.content.decode().split()[1:]


def ask(server: Served, query: str, accept: str = JSON, fields: Fields | None = None) -> Answer:
    return server.ask(f"sparql?{urlencode({'query': query, **(fields or {})}, doseq=True)}", Accept=accept)


def post(server: Served, body: str | bytes, media_type: str | None, accept: str = JSON, path: str = "sparql") -> Answer:
    content = body.encode() if isinstance(body, str) else body
    return server.ask(path, "POST", content, Content_Type=media_type, Accept=accept)


def truth(answer: Answer) -> object:
    assert answer.status == 200, answer.content
    assert answer.media_type == JSON
    return json.loads(answer.content)["boolean"]


def test_the_three_ways_to_ask(endpoint: Served) -> None:
    assert truth(ask(endpoint, "ASK {}")) is True
    assert truth(post(endpoint, urlencode({"query": "ASK {}"}), FORM)) is True
    assert truth(post(endpoint, "ASK {}", QUERY)) is True
    assert truth(post(endpoint, "ASK {}", f"{QUERY}; charset=UTF-8")) is True


def test_the_dataset_of_the_protocol(endpoint: Served, graphs: list[str]) -> None:
    first, second = graphs
    default = "ASK { ?s ?p ?o }"
    named = f"ASK {{ GRAPH <{first}> {{ ?s ?p ?o }} }}"
    both = f"ASK {{ GRAPH <{first}> {{ ?s ?p ?o }} GRAPH <{second}> {{ ?a ?b ?c }} }}"
    fields = urlencode({"default-graph-uri": graphs}, doseq=True)
    assert truth(ask(endpoint, default, fields={"default-graph-uri": first})) is True
    assert truth(ask(endpoint, named, fields={"default-graph-uri": first})) is False
    assert truth(ask(endpoint, default, fields={"default-graph-uri": graphs})) is True
    assert truth(post(endpoint, default, QUERY, path=f"sparql?{fields}")) is True
    assert truth(post(endpoint, f"{urlencode({'query': default})}&{fields}", FORM)) is True
    assert truth(ask(endpoint, both, fields={"named-graph-uri": graphs})) is True
    assert truth(ask(endpoint, both, fields={"named-graph-uri": first})) is False
    assert truth(ask(endpoint, default, fields={"named-graph-uri": first})) is False
    full = {"named-graph-uri": first, "default-graph-uri": second}
    assert truth(ask(endpoint, f"ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{first}>) }}", fields=full)) is False


def test_the_dataset_of_the_protocol_counts_before_that_of_the_query(endpoint: Served, graphs: list[str]) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    sizes = [ask(endpoint, count.format(f"FROM <{graph}>"), "text/csv").content for graph in graphs]
    other = ask(endpoint, count.format(f"FROM <{graphs[0]}>"), "text/csv", {"default-graph-uri": graphs[1]})
    assert other.content == sizes[1]
    named = f"SELECT DISTINCT ?g FROM NAMED <{graphs[1]}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"  # noqa: S608 - SPARQL
    assert ask(endpoint, named, "text/csv").content.decode().split() == ["g", graphs[1]]


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        *(("SELECT * { ?s ?p ?o } LIMIT 1", each, each) for each in (JSON, XML, "text/csv")),
        ("SELECT * { ?s ?p ?o } LIMIT 1", "text/tab-separated-values", "text/tab-separated-values"),
        ("SELECT * { ?s ?p ?o } LIMIT 1", "application/xml;q=0.9, application/json;q=0.8, text/turtle", XML),
        ("SELECT * { ?s ?p ?o } LIMIT 1", "text/html, */*;q=0.1", JSON),
        ("ASK {}", XML, XML),
        *(("DESCRIBE ?s { ?s ?p ?o } LIMIT 1", each, each) for each in (TURTLE, "application/rdf+xml")),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "application/n-triples, text/turtle;q=.5", "application/n-triples"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "*/*", TURTLE),
    ],
)
def test_the_form_that_is_wanted(query: str, accept: str, media_type: str, endpoint: Served) -> None:
    answer = ask(endpoint, query, accept)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    head = endpoint.ask(f"sparql?query={quote(query)}", "HEAD", Accept=accept)
    assert (head.status, head.media_type, head.content) == (200, media_type, b"")


BAD: Final = {
    "several queries": (("GET", "sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, None), 400, "one-query"),
    "a method": (("PUT", "sparql?query=ASK%20%7B%7D", None, None), 405, "wrong-method"),
    "a media type": (("POST", "sparql", b"ASK {}", "text/plain"), 415, "unknown-body"),
    "no media type of a form": (("POST", "sparql", b"query=ASK%20%7B%7D", None), 415, "unknown-body"),
    "no media type of a query": (("POST", "sparql", b"ASK {}", None), 415, "unknown-body"),
    "another encoding": (
        ("POST", "sparql", "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
        415,
        "unknown-body",
    ),
    "no UTF-8": (("POST", "sparql", "ASK { ?s ?p 'é' }".encode("latin-1"), QUERY), 400, "not-unicode"),
    "no UTF-8 in a form": (("POST", "sparql", b"query=ASK%20%7B%20%3Fs%20%3Fp%20'%E9'%7D", FORM), 400, "not-unicode"),
    "no UTF-8 in the address": (("GET", "sparql?query=%E9", None, None), 400, "not-unicode"),
    "no SPARQL": (("GET", "sparql?query=ASK%20%7B", None, None), 400, "query-incomplete"),
    "an empty form": (("POST", "sparql", b"", FORM), 400, "one-query"),
    "an update": (("POST", "sparql", b"DROP ALL", "application/sparql-update"), 400, "read-only"),
    "an update in a form": (("POST", "sparql", b"update=DROP%20ALL", FORM), 400, "read-only"),
    "an update as a query": (("POST", "sparql", b"query=DROP%20ALL", FORM), 400, "query-syntax"),
    "a graph elsewhere": (
        ("GET", "sparql?query=ASK%20%7B%7D&default-graph-uri=http://example.org/", None, None),
        *(400, "graph-elsewhere"),
    ),
    "another server": (
        ("GET", f"sparql?query={quote('ASK { SERVICE <http://127.0.0.1:1/> {} }')}", None, None),
        *(400, "query-leaves-graph"),
    ),
    "packed": (("POST", "sparql", b"ASK {}", QUERY), 415, "body-encoded"),
}


@pytest.mark.parametrize(("request_", "status", "code"), BAD.values(), ids=BAD)
def test_what_is_no_query_says_why(
    request_: tuple[str, str, bytes | None, str | None], status: int, code: str, endpoint: Served
) -> None:
    method, path, body, media_type = request_
    packed = "gzip" if code == "body-encoded" else None
    answer = endpoint.ask(path, method, body, Content_Type=media_type, Content_Encoding=packed, Accept_Language="fr")
    assert (answer.status, answer.media_type) == (status, "application/problem+json")
    problem = json.loads(answer.content)
    assert problem["type"].rpartition("#")[2] == code
    assert problem["status"] == status
    assert answer.headers["content-language"] == "fr"


def test_a_mistake_has_its_place_for_an_editor(endpoint: Served) -> None:
    problem = json.loads(ask(endpoint, "SELECT * {\n  ?s ?p ?o }}").content)
    assert (problem["line"], problem["column"]) == (2, 13)
    page = ask(endpoint, "SELECT * {\n  ?s ?p ?o }}", "text/html")
    assert (page.status, page.media_type) == (400, "text/html")
    assert "<h1>" in page.content.decode()


def test_no_form_that_there_is(endpoint: Served) -> None:
    answer = ask(endpoint, "ASK {}", "image/png")
    assert answer.status == 406
    assert "json" in json.loads(answer.content)["detail"]


def test_a_page_elsewhere_may_ask(endpoint: Served) -> None:
    answer = endpoint.ask("sparql", "OPTIONS", Origin="https://example.org", Access_Control_Request_Method="POST")
    assert answer.status == 204
    assert {"GET", "POST"} < set(answer.headers["access-control-allow-methods"].split(", "))
    assert "Content-Type" in answer.headers["access-control-allow-headers"]


def test_the_service_describes_itself(endpoint: Served, graphs: list[str]) -> None:
    answer = endpoint.ask("sparql", Accept=TURTLE)
    found = {quad.triple for quad in ox.parse(answer.content, ox.RdfFormat.TURTLE)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    service = ox.NamedNode(f"http://127.0.0.1:{endpoint.port}/sparql")
    assert ox.Triple(service, ox.NamedNode(f"{sd}endpoint"), service) in found
    names = {triple.object.value for triple in found if triple.predicate.value == f"{sd}name"}
    assert names > set(graphs)
    other = endpoint.ask("sparql", Accept="application/rdf+xml")
    assert {quad.triple for quad in ox.parse(other.content, ox.RdfFormat.RDF_XML)} == found


def test_the_graph_is_that_of_the_release(any_served: tuple[Served, AnyRelease], any_release: Path) -> None:
    server, _ = any_served
    manifest = json.loads((any_release / "manifest.json").read_text("utf-8"))
    # The store has numbers in one way of writing.
    released = ox.Store()
    released.load(path=str(any_release / f"{manifest['public_id']}.nt"), format=ox.RdfFormat.N_TRIPLES)
    queries = [
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(!ISBLANK(?s) && !ISBLANK(?o)) {each} }}" for each in KINDS
    ]
    got = ox.Store()
    for query in queries:
        answer = ask(server, query, "application/n-triples")
        assert answer.status == 200, answer.content
        got.load(answer.content, format=ox.RdfFormat.N_TRIPLES)
    missing = [q for q in released if q not in got and not isinstance(q.subject, ox.BlankNode)]
    assert [q for q in missing if not isinstance(q.object, ox.BlankNode)] == []
    assert not any(f"/{kind}/" in q.subject.value for q in got for kind in ("person", "officer"))


# Parts of the graph that are small enough for one answer.
KINDS: Final = [
    "FILTER(REGEX(STR(?s), '/id/[a-f]'))",
    "FILTER(REGEX(STR(?s), '/id/([g-n]|o[^b])'))",
    *(
        f"FILTER(REGEX(STR(?s), '/id/ob') && REGEX(MD5(STR(?s)), '^[{digits}]'))"
        for digits in ("0-3", "4-7", "89ab", "c-f")
    ),
    "FILTER(REGEX(STR(?s), '/id/[p-r]'))",
    "FILTER(REGEX(STR(?s), '/id/[s-z]'))",
    "FILTER(!REGEX(STR(?s), '/id/[a-z]'))",
]


@pytest.mark.parametrize("name", ["product", "doubling", "values"])
def test_a_hostile_query_is_ended_and_the_next_is_answered(name: str, other_served: Served) -> None:
    answer = post(other_served, ENDED[name], QUERY)
    assert answer.status == 503
    assert json.loads(answer.content)["type"].endswith(("query-timeout", "query-memory"))
    assert int(answer.headers["retry-after"]) > 0
    assert truth(ask(other_served, "ASK {}")) is True


def test_an_answer_is_whole_or_an_error(endpoint: Served) -> None:
    answer = post(endpoint, "SELECT * { ?a ?b ?c . ?d ?e ?f }", QUERY)
    assert answer.status == 400
    assert json.loads(answer.content)["type"].endswith("answer-too-large")


def test_markup_stays_text_and_no_path_of_the_machine_is_told(endpoint: Served) -> None:
    for hostile in (
        "<script>alert(1)</script>",
        "'\"><img src=x onerror=alert(1)>",
        "\r\nSet-Cookie: a=b",
        "\x00\u202e",
    ):
        for answer in (ask(endpoint, hostile), ask(endpoint, "ASK {}", fields={"default-graph-uri": hostile})):
            assert answer.media_type == "application/problem+json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "set-cookie" not in answer.headers
            assert str(Path.cwd()).encode() not in answer.content
            assert b"site-packages" not in answer.content


def test_who_asks_too_much_has_to_wait(other_release: Path, tmp_path: Path) -> None:
    with serving(other_release, tmp_path / "log", "--limit", "client-errors=3") as server:
        statuses = [ask(server, "nonsense").status for _ in range(5)]
        assert statuses == [400, 400, 400, 400, 429]
        refused = ask(server, "ASK {}")
        assert (refused.status, refused.media_type) == (429, "application/problem+json")
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert server.ask("").status < 400
