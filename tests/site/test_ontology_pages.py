"""The pages of the ontology and its terms: in their language, leading to what is there, with examples from the data."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin

import pyoxigraph as ox
import pytest
from lxml import etree
from selenium import webdriver

from ssekg.base.language import LANGUAGES
from ssekg.checks.run import CheckedGraph, check_project
from ssekg.editing.new_project import make_project
from ssekg.graph.public import Public
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import Project, read_project
from ssekg.publish.parts.application_profile import application_profile
from ssekg.publish.parts.dumps import authored_files
from ssekg.publish.parts.ontology_pages import ontology_pages
from ssekg.publish.parts.vocabulary_forms import vocabulary_forms
from ssekg.publish.tables.published import Listed
from ssekg.queries.library import read_queries
from ssekg.shacl.derivation import with_derived
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.own_terms import own_terms
from tests.browser import assert_pages_fit
from tests.conftest import ROOT, SECOND
from tests.namespaces import SSE
from tests.publish.contexts import context_of

INDEX: Final = "ontology/index.html"
PAGES: Final = ("classes/Initiative", "properties/owner", "properties/hasTheme", "datatypes/PartialDate")
ARABIC: Final = re.compile("[ء-ي]")
LATIN: Final = re.compile("[A-Za-z]")
SHAPES: Final = ROOT / "shapes"
NO_TABLES: Final = Listed([], "")
CHANGES: Final = b'{"releases": []}'
# A vocabulary of another country that stands on the general one of this repository.
EXTENSION: Final = """
@prefix af: <https://example.org/artisans#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sse: <https://w3id.org/ssekg/ontology#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/artisans> a owl:Ontology ;
  owl:imports <https://w3id.org/ssekg/ontology/core> ; owl:versionInfo "1.0.0" ;
  vann:preferredNamespacePrefix "af" ; vann:preferredNamespaceUri "https://example.org/artisans#" ;
  dct:title "مفردات الحرفيين"@ar, "Vocabulaire des artisans"@fr, "Vocabulary of artisans"@en .
""" + "".join(
    f"""
af:{name} a owl:Class ; rdfs:subClassOf sse:{above} ; rdfs:isDefinedBy <https://example.org/artisans> ;
  rdfs:label "صنف {number}"@ar, "Classe {number}"@fr, "Class {number}"@en ;
  skos:definition "تعريف {number}"@ar, "Définition {number}"@fr, "Definition {number}"@en .
af:{name.lower()}Of a owl:ObjectProperty ; rdfs:domain af:{name} ; rdfs:range sse:Place ;
  rdfs:isDefinedBy <https://example.org/artisans> ;
  rdfs:label "خاصية {number}"@ar, "propriété {number}"@fr, "property {number}"@en ;
  skos:definition "تعريف الخاصية {number}"@ar, "Définition de {number}"@fr, "Definition of {number}"@en ."""
    for number, (name, above) in enumerate(
        (
            *(("Workshop", "Institution"), ("Guild", "Institution"), ("School", "Institution")),
            *(("Fair", "Event"), ("Training", "Event"), ("Grant", "Programme"), ("Label", "Programme")),
            *(("Souk", "Place"), ("Quarter", "Place"), ("Decree", "Law")),
        ),
        start=1,
    )
)


def pages_of(project: Project, whole: Graph, public: Public, folder: Path) -> dict[str, bytes]:
    """All pages of the ontology of a project, as if each of its questions had a page."""
    asked = [(f"{project.languages[0]}/questions/{query.name}.html", b"") for query in read_queries(project)]
    context = context_of(project, whole, folder, files=[("changes/changes.json", CHANGES), *asked])
    vars(context)["public"] = public
    context.folder.add([*authored_files(context), *vocabulary_forms(context), *application_profile(context)])
    vars(context)["listed"] = context.tables.listed if project.root == SECOND else NO_TABLES
    return dict(ontology_pages(context))


@pytest.fixture(scope="module")
def site(project: Project, whole: Graph, public: Public, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of this project."""
    folder = tmp_path_factory.mktemp("ontology")
    pages = pages_of(project, whole, public, folder) | dict(Site(project).assets())
    for path, content in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def littoral(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pages of the second project."""
    project = read_project(SECOND)
    return pages_of(project, *with_derived(project, build_graph(project)), tmp_path_factory.mktemp("littoral"))


def parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_and_axe_finds_nothing(browser: webdriver.Chrome, site: Path, language: str) -> None:
    paths = [f"ontology/{page}.html" for page in PAGES] if language != "en" else [INDEX]
    assert_pages_fit(browser, [site / language / path for path in paths])


def test_every_term_has_a_page_and_every_link_leads_to_something(site: Path, public: Public, project: Project) -> None:
    terms, addresses = own_terms(public), Addresses(public)
    assert len(terms) > 250
    records = {unquote(addresses.page_of(iri).partition("#")[0]) for iri in addresses.with_page}
    questions = {f"questions/{query.name}.html" for query in read_queries(project)}
    known = records | questions | {"index.html", "model.html", "changes.html", "removal.html", "tables.html"}
    for language in ("fr", "ar"):
        anchors = set(parsed((site / language / INDEX).read_bytes()).xpath("//tr/@id"))
        assert anchors == {each.anchor for each in terms.values()}
        for own in terms.values():
            root = parsed((site / language / own.path).read_bytes())
            for link in root.xpath("//main//a/@href"):
                if link.startswith(("http://", "https://", "#")):
                    continue
                target = unquote(urljoin(f"/{language}/{own.path}", link).partition("#")[0]).lstrip("/")
                there = (site / target).is_file() or target.removeprefix(f"{language}/") in known
                assert there or (project.root / target).is_file(), (own.path, link)


def foreign(root: Any, pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts with letters of another script that are neither isolated nor marked with their language."""
    for text in root.xpath("//main//text()[not(ancestor::code or ancestor::bdi or ancestor::script)]"):
        marked = [each for each in text.getparent().iterancestors() if each.get("lang")]
        marked = [each for each in [text.getparent(), *marked] if each.get("lang")]
        if pattern.search(text) and (not marked or marked[0].tag == "html"):
            yield str(text)


def test_nothing_is_in_another_language_or_runs_the_wrong_way(site: Path, public: Public) -> None:
    """What the ontology writes in Arabic may name a term, a table or a date in Latin letters; we add none."""
    written = " ".join(v.value for t in public.vocabulary if isinstance(v := t.object, ox.Literal))
    written += " ".join(path.read_text(encoding="utf-8") for path in sorted(SHAPES.rglob("*.ttl")))
    written += " ".join(text for query in read_queries(read_project(ROOT)) for text in query.titles.values())
    for own in own_terms(public).values():
        for language, pattern in (("fr", ARABIC), ("en", ARABIC), ("ar", LATIN)):
            root = parsed((site / language / own.path).read_bytes())
            assert root.get("dir") == ("rtl" if language == "ar" else "ltr")
            found = [text for text in foreign(root, pattern) if text.strip() not in written]
            assert found == [], (own.path, language)


def test_each_example_is_in_the_graph(site: Path, public: Public) -> None:
    everything = set(public.data) | set(public.derived)
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in public.prefixes.namespaces.items())
    shown = 0
    for own in own_terms(public).values():
        for text in parsed((site / "en" / own.path).read_bytes()).xpath("//pre/code/text()"):
            found = [quad.triple for quad in ox.parse(head + text, ox.RdfFormat.TURTLE, base_iri=public.base)]
            assert found
            assert {*found} <= everything, own.path
            assert any(own.term in {t.predicate, *public.terms.above.get(t.object, {t.object})} for t in found)
            shown += 1
    assert shown > 200


def test_a_page_says_what_a_term_means_and_what_goes_with_it(site: Path) -> None:
    root = parsed((site / "fr" / "ontology" / "properties" / "owner.html").read_bytes())
    assert root.xpath("string(//h1)") == "porteur sse:owner"
    sentences = [
        " ".join(each.xpath("string()").split()) for each in root.xpath("//section[@aria-labelledby='words']//li")
    ]
    assert "Ce qui est une valeur de porteur est de la classe Institution." in sentences
    assert root.xpath("//section[@aria-labelledby='words']//a[.='Institution']/@href") == [
        "../../ontology/classes/Institution.html"
    ]
    assert "shapes:Initiative-owner" in root.xpath("//div[@aria-labelledby='rules']//code/text()")
    questions = root.xpath("//section[@aria-labelledby='questions']//a/@href")
    assert "../../questions/programmes-by-owner-and-budget.html" in questions
    gone = parsed((site / "fr" / "ontology" / "classes" / "Award.html").read_bytes())
    assert gone.xpath("//pre")


def test_the_pages_of_another_project_are_in_its_languages(littoral: dict[str, bytes]) -> None:
    assert {path.split("/")[0] for path in littoral} == {"fr", "wo"}
    root = parsed(littoral["wo/ontology/classes/Quai.html"])
    assert root.xpath("string(//h1)") == "Teeru lit:Quai"
    assert root.xpath("string(//p[@class='lead'])") == "Béréb bi gaal yiy teer."
    words = root.xpath("//section[@aria-labelledby='words']/ul")[0]
    assert words.get("lang") == "fr"
    assert "Teeru" in words.xpath("string()")
    columns = parsed(littoral["fr/ontology/properties/attacheA.html"]).xpath(
        "//section[@aria-labelledby='tables']//code"
    )
    assert [each.text for each in columns] == ["groupements", "quai"]
    assert not any("preuve" in path for path in littoral)


def test_an_ontology_that_extends_the_general_one_is_documented(project: Project, tmp_path: Path) -> None:
    make_project(tmp_path / "new", project, "fr")
    (tmp_path / "new" / "ontology" / "artisans.ttl").write_text(EXTENSION, encoding="utf-8")
    new = read_project(tmp_path / "new")
    checked = check_project(new)
    assert isinstance(checked, CheckedGraph)
    pages = pages_of(new, *with_derived(new, checked.graph), tmp_path / "release")
    index = parsed(pages["fr/ontology/index.html"])
    assert index.xpath("string(//h1)") == "Vocabulaire des artisans"
    assert {f"ontology/classes/{name}.html" for name in ("Workshop", "Souk")} <= {path[3:] for path in pages}
    assert len([each for each in index.xpath("//tr/@id") if not each.startswith("sse-")]) == 20
    page = parsed(pages["fr/ontology/classes/Workshop.html"])
    (wider,) = page.xpath("//dd/a[contains(@href, 'Institution')]/@href")
    assert urljoin("fr/ontology/classes/Workshop.html", wider) in pages
    assert SSE not in index.xpath("string(//p[@class='iri'])")
    # It is not below the address of the project, so that nothing leads to its files but the page.
    files = {
        link.removeprefix("../../") for link in index.xpath("//dd/a/@href") if "ontology" in link or "vocab" in link
    }
    assert {"ontology/artisans.ttl", "vocabulary/artisans.rdf", "vocabulary/artisans.jsonld"} <= files
    assert all((tmp_path / "release" / path).is_file() for path in files)
