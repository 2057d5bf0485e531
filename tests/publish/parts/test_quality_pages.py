"""The pages on the quality of the catalogue: what was measured, what is lacking, and a way back."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from lxml import html

from ssekg.base.messages import text
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import PublishedFile
from ssekg.catalogue.kinds import kinds_of
from ssekg.catalogue.quality import METRICS, assess
from ssekg.catalogue.statements import Statements, term
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.publish.parts.quality_pages import message_of, quality_page_files
from ssekg.site.layout import Site


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_pages_are_for_people(release: Path, language: str) -> None:
    page = html.fromstring((release / language / "quality.html").read_bytes())
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    datasets, criteria = page.findall(".//main//table")
    assert [row[-1].text_content() for row in datasets.findall("tbody/tr")] == ["325 / 325"] * 14
    names = [row[0].text_content() for row in criteria.findall("tbody/tr")]
    assert names == [text(message_of(metric), language) for metric in METRICS]
    said = page.text_content()
    assert said.count(text("quality-not-measured", language)) >= 2
    assert page.xpath("//header/a/@href") == [f"index.{language}.html"]
    others = [f"quality.{other}.html" for other in ("ar", "fr", "en") if other != language]
    assert page.xpath("//header/nav//a/@href") == others
    assert not page.xpath("//script | //link[@href != 'data:,'] | //img")


def test_a_page_names_the_datasets_that_lack_something(project: Project, graph: Graph, release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    files = [PublishedFile(**entry) for entry in manifest["files"]]
    kinds = kinds_of(Public(graph, project.privacy), project.worded_languages)
    catalogue = build_catalogue(project, kinds, files, graph.terms.ontology)
    dataset = ox.NamedNode("https://w3id.org/ssekg/dataset/law")
    kept = (t for t in catalogue if not (t.subject == dataset and t.predicate == term("dcat:keyword")))
    left = Statements(kept, catalogue.languages)
    page = html.fromstring(quality_page_files(Site(project), left, assess(left))["fr/quality.html"])
    row = page.xpath("//tr[th = 'Mots-clés indiqués']")[0]
    assert [cell.text_content() for cell in row] == ["Mots-clés indiqués", "30", "13 / 14", "Textes juridiques"]
    assert "295 / 325" in page.text_content()
