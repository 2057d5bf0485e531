"""The page on quality: what the data do not know or are unsure of, and what the description of a release lacks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from ssekg.base.findings import Finding, Report, Severity
from ssekg.base.messages import text
from ssekg.catalogue.dcat import build_catalogue
from ssekg.catalogue.files import PublishedFile
from ssekg.catalogue.kinds import kinds_of
from ssekg.catalogue.quality import METRICS, assess
from ssekg.catalogue.statements import Statements, term
from ssekg.graph.public import Public
from ssekg.graph.store import build_graph
from ssekg.project.settings import Privacy, Project, read_project
from ssekg.site.addresses import Addresses
from ssekg.site.layout import Site
from ssekg.site.metadata_quality import message_of, metadata_quality
from ssekg.site.quality_page import quality_pages
from tests.conftest import SECOND
from tests.graphs import graph_of

NAMES = """
    <programme/p> a sse:Programme ; skos:prefLabel "Programme P"@fr ; sse:confidence <concept/stated> .
    <source/a> a sse:Source ; dct:title "Gazette"@fr ; dct:issued "2023-04"^^xsd:gYearMonth .
    <source/b> a sse:Source ; dct:title "Journal"@fr .
    <concept/stated> skos:prefLabel "énoncé"@fr ; skos:notation "stated" .
    <concept/inferred> skos:prefLabel "déduit"@fr ; skos:notation "inferred" .
    <concept/unread> skos:prefLabel "non lu"@fr .
"""


def page_of(project: Project, turtle: str, report: Report | None = None) -> Any:
    """The page in French on a graph with names and these triples."""
    public = Public(graph_of(NAMES + turtle), Privacy())
    empty: Mapping[str, object] = {"dimensions": (), "datasets": (), "criteria": ()}
    addresses = Addresses(public)
    pages = quality_pages(
        Site(project), public, addresses, (), lambda _: empty, report or Report(()), "tables/coverage.csv"
    )
    return html.fromstring(pages["fr/quality.html"])


def rows(page: Any, section: str) -> list[list[str]]:
    """The texts of the cells of the rows of a section's tables."""
    found = page.xpath(f"//section[h2/@id='{section}']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in found]


def test_gaps_doubts_and_other_values_are_listed(project: Project) -> None:
    page = page_of(
        project,
        """sse:start rdfs:label "début"@fr .
        <programme/p> sse:start "2021"^^xsd:gYear ; dct:source <source/a> .
        <programme/p#gap-start> sse:record <programme/p> ; sse:wanted sse:end ; sse:gapReason <concept/unread> .
        <programme/p#field-a> sse:record <programme/p> ; sse:property sse:start ; sse:alternativeValue "2022" ;
            sse:confidence <concept/stated> ; dct:source <source/b> .
        <programme/p#field-b> sse:record <programme/p> ; sse:property skos:prefLabel ; sse:fieldLanguage "fr" ;
            sse:confidence <concept/inferred> ; sse:remark <concept/unread> .
        <programme/q> a sse:Programme ; skos:prefLabel "Autre"@fr ; sse:confidence <concept/inferred> .""",
    )
    assert rows(page, "gaps") == [["sse:end", "1"], ["Programme P", "sse:end", "non lu"]]
    assert rows(page, "doubts") == [
        ["déduit", "1", "1"],
        ["énoncé", "1", "1"],
        ["Autre", "", "déduit", ""],
        ["Programme P", "skos:prefLabel (Français)", "déduit", "non lu"],
    ]
    assert rows(page, "variants") == [["Programme P", "début", "2021", "2022", "Journal"]]
    assert rows(page, "dates")[:2] == [["2023", "1", "1"], ["Journal", "1"]]


def test_findings_of_the_checks_are_counted(project: Project) -> None:
    page = page_of(project, "", Report((Finding("shacl-pattern", Severity.WARNING),) * 3))
    assert page.xpath("//section[h2/@id='checks']//dd/bdi/text()") == ["0", "3", "0"]


@pytest.mark.parametrize("language", ["fr", "wo"])
def test_the_page_of_another_project(other_release: Path, language: str) -> None:
    page = html.fromstring((other_release / language / "quality.html").read_bytes())
    assert page.get("lang") == language
    name = {"fr": "Quai de Joal", "wo": "Teeru Jowaal"}[language]
    kept = [row for row in rows(page, "variants") if row[0] == name]
    assert [row[2:4] for row in kept] == [["2001-11-12", "2002"]]
    thiof = [row for row in rows(page, "captures-deduites") if row[2] == "2024-02"]
    assert thiof == [{"fr": ["Quai d’Elinkine", "Thiof"], "wo": ["Teeru Elinkin", "Coof"]}[language] + thiof[0][2:]]
    assert thiof[0][3] == {"fr": "Bulletin des débarquements", "wo": "Xibaari napp gi"}[language]
    links = page.xpath("//section[h2/@id='captures-deduites']//tbody//a/@href")
    assert {"quay/elinkine.html", "term/thiof.html", "document/bulletin-2023.html"} <= set(links)
    assert ["2023", "1"] in [row[:2] for row in rows(page, "dates")]
    covered = {row[0]: row[1] for row in rows(page, "coverage")}
    assert covered[{"fr": "numéro du permis", "wo": "nimero sañ-sañ bi"}[language]] == "5 / 5"
    names = [row[0] for row in rows(page, "metadata")]
    assert [text(message_of(metric), "fr") for metric in METRICS] == names[-len(METRICS) :]
    assert page.text_content().count(text("quality-not-measured", "fr")) >= 2


def test_datasets_that_lack_something_are_named() -> None:
    project = read_project(SECOND)
    public = Public(build_graph(project), project.privacy)
    kinds = kinds_of(public, project.worded_languages)
    files = [PublishedFile(f"id/{kind}.jsonld", 1, "0" * 64, "application/ld+json") for kind in kinds]
    catalogue = build_catalogue(project, kinds, files, public.terms.ontology)
    (dataset,) = [each.dataset for each in assess(catalogue) if each.dataset.value.endswith("/permit")]
    kept = (t for t in catalogue if not (t.subject == dataset and t.predicate == term("dcat:keyword")))
    left = Statements(kept, catalogue.languages)
    criteria: Any = metadata_quality(left, assess(left))("fr")["criteria"]
    (row,) = [each for each in criteria if each["code"] == "quality-keyword-availability"]
    assert row["met"] == len(assess(left)) - 1
    assert [each["title"] for each in row["lacking"]] == ["Permis de pêche"]
