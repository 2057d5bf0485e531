"""Catches have no document, no entry in a feed and none in the sitemap: they are described with their quay."""

import dataclasses
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ssekg.project.settings import read_project
from ssekg.publish.parts.w3id import w3id_files
from tests.publish.apache import free_port, serving
from tests.publish.parts.test_w3id import Web
from tests.second_project.conftest import ssekg

BASE = "https://data.littoral.example/id/"
CATCH = f"{BASE}catch/joal-poulpe-2023-07"
QUAY = f"{BASE}quay/joal"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_quay_has_its_catches_and_a_catch_has_no_document(second_release: Path) -> None:
    quay = read(second_release / "id/quay/joal.jsonld")
    catch = next(each for each in quay["captures"] if each["id"] == CATCH)
    assert catch["espece"]["name"]["fr"] == "Poulpe"
    assert "quai" not in catch
    assert not (second_release / "id/catch").exists()
    assert "id/catch/" not in (second_release / "sitemap.xml").read_text(encoding="utf-8")


def test_the_document_of_the_kind_says_with_what_each_is_described(second_release: Path) -> None:
    found = {each["id"]: each for each in read(second_release / "id/catch.jsonld")["@graph"]}
    assert found[CATCH] == {"id": CATCH, "quai": QUAY}
    assert found[f"{BASE}catch/debarquements"]["type"] == "qb:DataSet"  # which leads to no quay
    assert not any("captures" in quay for quay in read(second_release / "id/quay.jsonld")["@graph"])


def test_dumps_and_tables_have_catches(second_release: Path) -> None:
    triples = {quad.subject for quad in ox.parse(path=second_release / "littoral-sans-agents.nt")}
    assert ox.NamedNode(CATCH) in triples
    assert "\njoal-poulpe-2023-07," in (second_release / "tables/captures.csv").read_text(encoding="utf-8")


def test_the_feeds_say_the_change_of_a_catch_of_its_quay(tmp_path: Path, published: Path) -> None:
    folder = tmp_path / "littoral"
    shutil.copytree(published, folder, symlinks=True)
    catches = folder / "data" / "captures.csv"
    text = catches.read_text("utf-8")
    moved = next(line for line in text.splitlines() if line.startswith("kayar-thiof-2023-03,"))
    text = text.replace(moved, moved.replace(",kayar,", ",mbour,"))
    catches.write_text("\n".join(line for line in text.splitlines() if "elinkine" not in line) + "\n", "utf-8")
    settings = folder / "ssekg.toml"
    settings.write_text(settings.read_text("utf-8").replace('version = "2.4.0"', 'version = "3.0.0"'), "utf-8")
    done = ssekg("publish", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    release = folder / "public"
    store = ox.Store()
    for page in release.glob("feed/page-*.trig"):
        store.load(path=page, format=ox.RdfFormat.TRIG)
    rows = list(
        store.query(
            """PREFIX as: <https://www.w3.org/ns/activitystreams#>
            SELECT ?member ?thing ?action { ?member dct:isVersionOf ?thing ; schema:version "3.0.0" ; a ?action }""",
            prefixes={"dct": "http://purl.org/dc/terms/", "schema": "http://schema.org/"},
        )  # type: ignore[arg-type]
    )
    members = {row["thing"].value: (row["action"].value.partition("#")[2], row["member"]) for row in rows}
    # The quay that lost a catch, the one that has it now, and the one whose catch is gone.
    assert {iri: action for iri, (action, _) in members.items()} == {
        f"{BASE}quay/{name}": "Update" for name in ("kayar", "mbour", "elinkine")
    }
    said = {quad.subject for quad in store.quads_for_pattern(None, None, None, members[f"{BASE}quay/mbour"][1])}
    assert {ox.NamedNode(f"{BASE}quay/mbour"), ox.NamedNode(f"{BASE}catch/kayar-thiof-2023-03")} <= said
    assert f"{BASE}catch/kayar" not in (release / "feed.atom").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def web(second_release: Path, published: Path) -> Iterator[Web]:
    port = free_port()
    project = dataclasses.replace(read_project(published), site=f"http://127.0.0.1:{port}/site/")
    folder = {".htaccess": w3id_files(project, leading=["catch"])["w3id/.htaccess"]}
    names = ("id/catch.jsonld", "id/quay/joal.jsonld", "fr/catch/index.html", "fr/quay/joal.html")
    site = {name: (second_release / name).read_bytes() for name in names}
    with serving(port, {"ssekg": folder, "site": site}) as errors:
        yield Web(port, project)
        assert "[rewrite:" not in errors.read_text(encoding="utf-8")


@pytest.mark.parametrize("end", ["", ".jsonld"])
def test_the_address_of_a_catch_leads_to_what_says_its_quay(web: Web, end: str) -> None:
    accept = "application/ld+json"
    assert web.target(f"id/catch/joal-poulpe-2023-07{end}", accept) == (303, "id/catch.jsonld")
    _, content = web.follow("id/catch/joal-poulpe-2023-07", accept)
    (quay,) = [each["quai"] for each in json.loads(content)["@graph"] if each["id"] == CATCH]
    _, content = web.follow(quay.replace(BASE, "id/"), accept)
    assert CATCH in [each["id"] for each in json.loads(content)["captures"]]


@pytest.mark.parametrize(("end", "accept"), [("", "text/html"), ("", "*/*"), (".html", "application/ld+json")])
def test_people_find_a_catch_in_the_table_that_leads_to_its_quay(web: Web, end: str, accept: str) -> None:
    assert web.target(f"id/catch/joal-poulpe-2023-07{end}", accept) == (303, "fr/catch/index.html")
    _, content = web.follow("id/catch/joal-poulpe-2023-07", "text/html")
    link = "quay/joal.html#joal-poulpe-2023-07"
    assert f'href="../{link}"' in content.decode()
    _, content = web.follow("id/quay/joal", "text/html")
    assert 'id="joal-poulpe-2023-07"' in content.decode()


def test_the_address_of_a_catch_leads_to_the_graph_in_other_forms(web: Web) -> None:
    assert web.target("id/catch/joal-poulpe-2023-07", "text/turtle") == (303, "littoral-sans-agents.ttl")
    assert web.target("id/catches/x", "text/html") == (303, "fr/catches/x.html")


def test_rules_at_w3id_do_not_grow_with_the_catches(second_release: Path) -> None:
    rules = (second_release / "w3id" / ".htaccess").read_text(encoding="utf-8")
    assert rules.count("catch") == 4
    assert "| `https://data.littoral.example/id/catch/{name}` |" in (second_release / "w3id/README.md").read_text(
        "utf-8"
    )
