"""Map, timeline and network: what they show, that it can be read, and that a project without them has none."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import etree
from selenium import webdriver

from ssekg.base.language import LANGUAGES
from ssekg.graph.public import Public
from ssekg.graph.store import Graph, build_graph
from ssekg.project.settings import Privacy, Project, read_project
from ssekg.shacl.derivation import with_derived
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.overviews import Overviews
from tests.browser import assert_pages_fit
from tests.conftest import SECOND
from tests.graphs import BASE, graph_of

PAGES = ("map.html", "timeline.html", "network.html")
ROOT = Path(__file__).parents[2]


def pages_of(project: Project, public: Public) -> dict[str, bytes]:
    addresses = Addresses(public)
    overviews = Overviews(public, addresses)
    return dict(overviews.pages(Site(project, overviews.navigation)))


def parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))


@pytest.fixture(scope="module")
def littoral() -> dict[str, bytes]:
    """The overviews of the second project."""
    project = read_project(SECOND)
    return pages_of(project, with_derived(project, build_graph(project))[1])


@pytest.fixture(scope="module")
def site(project: Project, public: Public, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The overviews of this project."""
    folder = tmp_path_factory.mktemp("overviews")
    for path, content in {**pages_of(project, public), **dict(Site(project).assets())}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def small_site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The overviews of a small graph, which axe reads in seconds."""
    folder = tmp_path_factory.mktemp("small")
    pages = pages_of(project, Public(with_terms(SMALL), Privacy()))
    for path, content in {**pages, **dict(Site(project).assets())}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_and_axe_finds_nothing(browser: webdriver.Chrome, small_site: Path, language: str) -> None:
    assert_pages_fit(browser, [small_site / language / page for page in PAGES])


def test_every_link_leads_to_a_page_and_every_thing_of_a_picture_is_in_the_list(site: Path, public: Public) -> None:
    addresses = Addresses(public)
    there = {addresses.page_of(iri) for iri in addresses.with_page} | {f"{kind}/index.html" for kind in addresses.kinds}
    for page in PAGES:
        root = parsed((site / "fr" / page).read_bytes())
        drawn, listed = set(root.xpath("//main//svg//a/@href")), set(root.xpath("//main//*[not(self::svg)]/a/@href"))
        assert drawn
        assert {link for link in drawn | listed if not link.startswith("#")} <= there, page
        assert drawn <= set(root.xpath("//section[h2/@id = 'list']//a/@href")), page


def test_the_map_counts_what_is_at_each_place(littoral: dict[str, bytes]) -> None:
    root = parsed(littoral["fr/map.html"])
    heads = [" ".join(cell.itertext()).strip() for cell in root.xpath("//thead//th")]
    assert heads == ["Lieu", "Groupements", "Ensemble"]
    rows = {row.xpath("string(th)"): row.xpath("td/text()") for row in root.xpath("//tbody/tr")}
    assert rows["Petite Côte"] == ["2", "2"]
    (spot,) = root.xpath("//a[@href = 'zone/petite-cote.html'][title]")
    assert spot.findtext("title") == "Petite Côte\nGroupements\u00a0: 2"
    assert "Goxi" not in littoral["fr/map.html"].decode()
    assert "Mbootaay yi" in littoral["wo/map.html"].decode()


def test_the_map_has_the_form_of_the_country(site: Path) -> None:
    """Morocco with its south is about 1.2 times as high as it is wide; north is up and east is on the right."""
    for language in ("ar", "en"):
        root = parsed((site / language / "map.html").read_bytes())

        def at(place: str, root: Any = root) -> tuple[float, float]:
            (link,) = root.xpath(f"//svg//a[@href = 'place/{place}.html']")
            x, y = link.xpath("text/@x"), link.xpath("text/@y")
            return float(x[0]), float(y[0])

        tangier, oujda, dakhla = at("tanger-tetouan-al-hoceima"), at("oriental"), at("dakhla-oued-ed-dahab")
        assert dakhla[0] < tangier[0] < oujda[0]
        assert tangier[1] < oujda[1] < dakhla[1]
        assert 1.0 < (dakhla[1] - tangier[1]) / (oujda[0] - dakhla[0]) < 1.4


def test_time_runs_as_the_language_does_and_vague_dates_are_pale(site: Path, littoral: dict[str, bytes]) -> None:
    for language, order in (("fr", 1), ("ar", -1)):
        root = parsed((site / language / "timeline.html").read_bytes())
        svg = root.xpath("//main//svg[@role]")[0]
        years = [(int(text.text), float(text.get("x"))) for text in svg.xpath("text")]
        assert [year for year, x in sorted(years, key=lambda pair: order * pair[1])] == sorted(y for y, _ in years)
    root = parsed(littoral["fr/timeline.html"])

    def marks(record: str) -> list[str]:
        (link,) = root.xpath(f"//svg//a[@href = '{record}.html']")
        return [each.get("class") or each.tag for each in link if each.tag in {"rect", "path"}]

    assert marks("quay/joal") == ["mark"]  # 2001-11-12
    assert marks("quay/kayar") == ["pale", "mark open"]  # 1998
    assert marks("permit/p-2023-014") == ["rect"]  # 2023-01-15 to 2023-12-31
    assert marks("permit/p-2023-022") == ["pale", "pale", "rect"]  # 2023-02 to 2024-01
    (entry,) = root.xpath("//li[.//a/@href = 'permit/p-2023-022.html']")
    assert entry.xpath("string(span)") == "2023-02 – 2024-01"


def test_the_network_is_that_of_the_ontology(littoral: dict[str, bytes]) -> None:
    root = parsed(littoral["fr/network.html"])
    rows = [tuple("".join(cell.itertext()) for cell in row) for row in root.xpath("//tbody/tr")]
    assert ("Quai de Kayar", "dans la zone", "Grande Côte", "") in rows
    assert ("Coopérative Bokk Jom", "espèce autorisée", "Poulpe", "1") in rows
    legend = [" ".join("".join(each.itertext()).split()) for each in root.xpath("//ul[@class = 'legend']/li")]
    assert legend[:3] == ["dans la zone", "attaché au quai", "espèce autorisée"]
    assert "Groupements" in legend
    assert "Birane" not in littoral["fr/network.html"].decode()


TERMS = """
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix tool: <https://w3id.org/ssekg/tool#> .
sse:Institution tool:role tool:Mapped . sse:Event tool:role tool:Mapped . sse:inRegion tool:role tool:Place .
sse:end tool:role tool:End . sse:financedBy tool:tiedWith sse:owner .
sse:start tool:role tool:Start . sse:notBefore tool:role tool:NotBefore .
sse:notAfter tool:role tool:NotAfter . sse:unitOf tool:role tool:Tie .
sse:Institution tool:kind "institution" . sse:Event tool:kind "event" .
"""


SMALL = """
<place/fes> a sse:Region ; skos:prefLabel "فاس مكناس"@ar, "Fès-Meknès"@fr ; geo:hasGeometry <place/fes#g> .
<place/fes#g> geo:asWKT "POINT(-4.5 33.9)" . <place/sud#g> geo:asWKT "POINT(-14.4 23)" .
<place/sud> a sse:Region ; skos:prefLabel "Sud"@fr ; geo:hasGeometry <place/sud#g> .
<institution/a> a sse:Institution ; skos:prefLabel "مكتب تنمية التعاون"@ar, "Office"@en ; sse:inRegion <place/fes> .
<institution/b> a sse:Institution ; skos:prefLabel "Délégation de l’Office, d’un nom assez long"@fr ;
  sse:unitOf <institution/a> ; sse:inRegion <place/fes> .
<institution/c> a sse:Institution ; skos:prefLabel "Fondation"@fr .
<event/a> a sse:Event ; skos:prefLabel "Salon"@fr ; sse:start "2023-03-17" ; sse:inRegion <place/fes> .
<event/b> a sse:Event ; skos:prefLabel "Foire"@fr ; sse:start "2019" ; sse:end "2023" ; sse:inRegion <place/sud> .
<event/c> a sse:Event ; skos:prefLabel "المعرض"@ar ; sse:start "2022" ; sse:financedBy <institution/c> ;
  sse:owner <institution/a> .
"""


def with_terms(turtle: str) -> Graph:
    graph = graph_of(f"{TERMS}{turtle}")
    own = [t for t in graph.data if "tool#" in t.predicate.value]
    return Graph(BASE, [t for t in graph.data if t not in own], [*graph.vocabulary, *own])


def test_a_project_without_places_dates_or_ties_has_no_such_pages(project: Project) -> None:
    assert pages_of(project, Public(graph_of('<place/x> a sse:Place ; skos:prefLabel "X"@fr .'), Privacy())) == {}


def test_circles_end_and_a_span_is_told_in_words(project: Project) -> None:
    hostile = "<img src=x>{{ 7 * 7 }}"
    graph = with_terms(
        f"""<institution/a> a sse:Institution ; skos:prefLabel "{hostile}"@en ; sse:unitOf <institution/b>, <person/p> .
        <institution/b> a sse:Institution ; skos:prefLabel "B"@en ; sse:unitOf <institution/a> .
        <event/e> a sse:Event ; skos:prefLabel "E"@en ; sse:notBefore "2019-03" ; sse:notAfter "2019-05" .
        <person/p> skos:prefLabel "Somebody"@en ."""
    )
    pages = pages_of(project, Public(graph, Privacy(withheld=("person",))))
    assert {path for path in pages if path.startswith("en/")} == {"en/timeline.html", "en/network.html"}
    network = parsed(pages["en/network.html"])
    assert network.xpath("//img") == []
    assert len(network.xpath("//tbody/tr")) == 2
    assert "Somebody" not in pages["en/network.html"].decode()
    assert hostile in network.xpath("string(//tbody)")
    event = parsed(pages["en/timeline.html"])
    assert event.xpath("string(//li[.//a[@href = 'event/e.html']]/span)") == "between 2019-03 and 2019-05"


def test_the_same_bytes_whatever_the_seed_of_hashes(littoral: dict[str, bytes], tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from tests.site.test_overviews import pages_of; "
        "from ssekg.graph.store import build_graph; from ssekg.project.settings import read_project; "
        "from ssekg.shacl.derivation import with_derived; "
        "project = read_project(pathlib.Path(sys.argv[1])); "
        "made = pages_of(project, with_derived(project, build_graph(project))[1]); "
        "[pathlib.Path(sys.argv[2], path.replace('/', '-')).write_bytes(content) for path, content in made.items()]"
    )
    environment = {"PYTHONHASHSEED": "7", "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    subprocess.run([sys.executable, "-c", program, SECOND, tmp_path], env=environment, check=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.replace("/", "-"): content for path, content in littoral.items()
    }


def test_the_page_for_wrong_addresses_leads_on_from_any(project: Project) -> None:
    root = parsed(Site(project).missing_page())
    links = [urljoin("https://x.example/a/b/c.html", each) for each in root.xpath("//@href | //@src")]
    assert {f"https://x.example/ssekg/{language}/index.html" for language in LANGUAGES} <= set(links)
    assert "https://x.example/ssekg/search-box.js" in links
    assert [each.get("lang") for each in root.xpath("//article")] == list(LANGUAGES)
    assert root.xpath("//search/@data-root") == ["/ssekg/"]
