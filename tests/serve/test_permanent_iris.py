"""One table of permanent IRIs, asked at w3id.org's Apache and at `ssekg serve`: both lead to the same."""

import http.client
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import pytest

from ssekg.base.formats import rdf_format_of
from ssekg.checks.run import CheckedGraph, check_project
from ssekg.project.settings import read_project
from ssekg.publish.release import publish
from tests.conftest import SECOND
from tests.publish.apache import free_port
from tests.publish.apache import serving as on_apache
from tests.serve.server import BROWSER, serving

HOME: Final = "https://data.littoral.example/"
SITE: Final = "https://littoral.example/donnees/"
TURTLE: Final = "text/turtle"
RDF_XML: Final = "application/rdf+xml"
JSON_LD: Final = "application/ld+json"
N_TRIPLES: Final = "application/n-triples"
# The path below the home, Accept, the first answer, the last answer and its media type, what that is about.
CASES: Final = (
    ("id/quay/kayar", BROWSER, 303, 200, "text/html", None),
    ("id/quay/kayar", "*/*", 303, 200, "text/html", None),
    ("id/quay/kayar", TURTLE, 303, 200, TURTLE, "quay/kayar"),
    ("id/quay/kayar", JSON_LD, 303, 200, JSON_LD, "quay/kayar"),
    ("id/quay/kayar", RDF_XML, 303, 200, RDF_XML, "quay/kayar"),
    ("id/quay/kayar", N_TRIPLES, 303, 200, N_TRIPLES, "quay/kayar"),
    ("id/quay/kayar", f"{TURTLE};q=0.4, {RDF_XML};q=0.5", 303, 200, RDF_XML, "quay/kayar"),
    ("id/quay/kayar", f"text/html;q=0.3, {TURTLE};q=0.4", 303, 200, TURTLE, "quay/kayar"),
    ("id/quay/kayar.jsonld", "*/*", None, 200, JSON_LD, "quay/kayar"),
    ("id/quay", JSON_LD, 303, 200, JSON_LD, "quay/kayar"),
    # What is listed with another has a page at `ssekg serve` alone.
    ("id/permit/p-2023-014", BROWSER, 303, 200, None, None),
    ("id/permit/p-2023-014", TURTLE, 303, 200, TURTLE, "permit/p-2023-014"),
    ("id/permit/p-2023-014.html", BROWSER, None, 200, None, None),
    ("id/group/gie-yoff", TURTLE, 303, 200, TURTLE, "group/bokk-jom"),
    ("id/group/gie-yoff", BROWSER, 303, 200, "text/html", None),
    ("id/group/gie-ancien", BROWSER, 410, 410, None, None),
    ("id/group/gie-ancien", TURTLE, 410, 410, None, None),
    ("catalog", RDF_XML, 303, 200, RDF_XML, None),
    ("dataset/quay", TURTLE, 303, 200, TURTLE, None),
    ("vocab", BROWSER, 303, 200, "text/html", None),
    ("vocab", TURTLE, 303, 200, TURTLE, None),
    ("vocab", RDF_XML, 303, 200, RDF_XML, None),
    ("vocab", JSON_LD, 303, 200, JSON_LD, None),
    ("context", JSON_LD, 302, 200, JSON_LD, None),
    ("context/2.3.0", JSON_LD, 302, 200, JSON_LD, None),
    ("void.ttl", TURTLE, None, 200, TURTLE, None),
    ("no/such/file", "*/*", None, 404, None, None),
)


@dataclass(frozen=True)
class Web:
    """Where permanent IRIs are answered: a port, and what an address becomes there."""

    port: int
    at: Callable[[str], str]

    def follow(self, iri: str, accept: str) -> tuple[int, int, str, bytes, str]:
        """The first and the last answer: their statuses, and the media type, content and address of the last."""
        address, first = iri, 0
        for _ in range(5):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.request("GET", self.at(address), headers={"Accept": accept})
            response = connection.getresponse()
            content, status, location = response.read(), response.status, response.getheader("Location")
            media_type = response.getheader("Content-Type", "").partition(";")[0]
            connection.close()
            first = first or status
            if status not in {301, 302, 303} or location is None:
                return first, status, media_type, content, address
            address = urljoin(address, location)
        raise AssertionError(f"{iri} leads round in a circle")


@pytest.fixture(scope="module")
def littoral_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the second project, where nothing replaces a withdrawn record and permits are listed with others."""
    folder = tmp_path_factory.mktemp("littoral")
    root = Path(shutil.copytree(SECOND, folder / "project"))
    with (root / "data" / "retraits.csv").open("a", encoding="utf-8") as table:
        table.write("group,gie-ancien,2025-04-02,doublon,\n")
    with (root / "ontology" / "littoral.ttl").open("a", encoding="utf-8") as ontology:
        ontology.write("lit:Permis outil:listedWith lit:titulaire .\n")
    checked = check_project(read_project(root))
    assert isinstance(checked, CheckedGraph)
    publish(checked, folder / "public")
    return folder / "public"


@pytest.fixture(scope="module", params=["apache", "serve"])
def web(request: pytest.FixtureRequest, littoral_release: Path) -> Iterator[Web]:
    if request.param == "serve":
        with serving(littoral_release, littoral_release.parent / "log") as server:
            yield Web(server.port, lambda address: urlsplit(address).path)
        return
    port = free_port()
    files = {
        p.relative_to(littoral_release).as_posix(): p.read_bytes() for p in littoral_release.rglob("*") if p.is_file()
    }
    rules = {".htaccess": files["w3id/.htaccess"]}
    with on_apache(port, {"w3id": rules, "site": files}):
        yield Web(port, lambda address: "/" + address.replace(SITE, "site/").replace(HOME, "w3id/"))


@pytest.mark.parametrize(("path", "accept", "first", "last", "media_type", "about"), CASES)
def test_a_permanent_iri_leads_to_the_same_everywhere(
    web: Web, path: str, accept: str, first: int | None, last: int, media_type: str | None, about: str | None
) -> None:
    status, end, found, content, address = web.follow(HOME + path, accept)
    assert end == last
    assert first in {None, status}
    assert media_type in {None, found}
    if about:
        subjects = {quad.subject for quad in ox.parse(content, rdf_format_of(urlsplit(address).path))}
        assert ox.NamedNode(f"{HOME}id/{about}") in subjects


def test_a_withdrawn_record_is_answered_with_its_tombstone(littoral_release: Path) -> None:
    with serving(littoral_release, littoral_release.parent / "log-of-withdrawn") as server:
        for form in ("ttl", "rdf", "nt", "jsonld"):
            media_type = {"ttl": TURTLE, "rdf": RDF_XML, "nt": N_TRIPLES, "jsonld": JSON_LD}[form]
            answer = server.ask("id/group/gie-ancien", Accept=media_type)
            assert (answer.status, answer.media_type) == (410, media_type)
            said = {
                (q.predicate.value.rpartition("#")[2].rpartition("/")[2], str(q.object))
                for q in ox.parse(answer.content, rdf_format_of(f"x.{form}"), base_iri=HOME)
            }
            assert ("deprecated", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>') in said
            assert any(name == "withdrawnOn" and "2025-04-02" in value for name, value in said)
        problem = json.loads(server.ask("id/group/gie-ancien").content)
        assert (problem["status"], problem["withdrawn"]) == (410, "2025-04-02")
        # The pages that withdrawn records had.
        gone = server.ask("fr/group/gie-ancien.html", Accept=BROWSER)
        assert (gone.status, gone.media_type) == (410, "text/html")
        replaced = server.ask("fr/group/gie-yoff.html", Accept=BROWSER)
        assert replaced.status == 410
        assert 'href="../../id/group/bokk-jom"' in replaced.content.decode()
        assert json.loads(server.ask("fr/group/gie-yoff.html").content)["replaced_by"] == f"{HOME}id/group/bokk-jom"
