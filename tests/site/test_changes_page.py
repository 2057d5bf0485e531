"""The page on what changed: in words, by kind, with links to what is still there."""

from typing import Any

from lxml import html

from ssekg.graph.changes.compare import Changes, compare
from ssekg.graph.public import Public
from ssekg.project.settings import Privacy, Project
from ssekg.site.addresses import Addresses
from ssekg.site.changes_page import ITEMS, PastRelease, changes_pages
from ssekg.site.layout import Site
from tests.graphs import graph_of

OLD = """<law/one> skos:prefLabel "Loi <b>1</b>"@fr ; eli:number "1" . <law/gone> skos:prefLabel "Abrogée"@fr .
    <place/fes> skos:prefLabel "Fès"@fr . eli:number rdfs:label "numéro"@fr ."""
NEW = """<law/one> skos:prefLabel "Loi <b>1</b>"@fr ; eli:number "2" . <law/two> skos:prefLabel "Loi 2"@fr .
    <place/fes> skos:prefLabel "Fès"@fr ; sse:isoCode "MA-FES" . eli:number rdfs:label "numéro"@fr ."""
FIRST = PastRelease("1.0.0", "2026-01-01", None, {"law": 2, "place": 1}, Changes(()))


def page_of(project: Project, *releases: PastRelease, new: str = NEW, language: str = "fr") -> Any:
    public = Public(graph_of(new), Privacy())
    files = ["changes/changes.json"]
    pages = changes_pages(Site(project), public, Addresses(public), releases, files)
    return html.fromstring(pages[f"{language}/changes.html"])


def texts(nodes: list[Any]) -> list[str]:
    return [" ".join(each.text_content().split()) for each in nodes]


def test_a_change_is_in_words_by_kind_with_links_to_what_is_there(project: Project) -> None:
    last = PastRelease("1.1.0", "2026-03-01", "1.0.0", {"law": 2}, compare(graph_of(OLD), graph_of(NEW)))
    page = page_of(project, last, FIRST)
    newest, oldest = page.xpath("//main//section[h2[starts-with(@id, 'version-')]]")
    assert texts([newest.find("h2"), oldest.find("h2")]) == ["1.1.0 2026-03-01", "1.0.0 2026-01-01"]
    assert [heading.partition(" : ")[0] for heading in texts(newest.findall("h4"))] == ["Lois", "Lois", "Lois", "Lieu"]
    named = dict(zip(texts(newest.xpath("./ul/li/a")), newest.xpath("./ul/li/a/@href"), strict=True))
    assert named == {"Loi <b>1</b>": "law/one.html", "Loi 2": "law/two.html", "Fès": "place/fes.html"}
    assert "Abrogée law/gone" in texts(newest.xpath("./ul/li"))
    (number,) = [line for line in texts(newest.xpath("./ul/li/ul/li")) if line.startswith("numéro")]
    assert number.endswith("1 → 2")
    assert page.xpath("//b") == []


def test_the_first_release_says_what_it_holds(project: Project) -> None:
    page = page_of(project, FIRST)
    (section,) = page.xpath("//main//section[h2[starts-with(@id, 'version-')]]")
    assert texts(section.xpath(".//li")) == ["Lois : 2", "Lieu : 1"]
    assert section.xpath(".//li/a/@href") == ["law/index.html", "place/index.html"]


def test_of_very_many_changes_the_first_are_listed(project: Project) -> None:
    new = "".join(f"<law/{number}> eli:number '1' ." for number in range(ITEMS + 3))
    last = PastRelease("1.1.0", "2026-03-01", "1.0.0", {}, compare(graph_of(""), graph_of(new)))
    page = page_of(project, last, new=new, language="en")
    assert len(page.xpath("//main//h4/following-sibling::ul/li")) == ITEMS
    assert "Not shown here: 3" in page.text_content()
