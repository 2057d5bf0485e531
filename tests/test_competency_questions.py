"""The page on the questions that the ontology answers: as it would be written today, and with nothing left unnamed."""

import re
from dataclasses import replace

import pyoxigraph as ox
import pytest
from docs.competency import PAGE, Terms, blocks, query_questions, renewed

from ssekg.base.namespaces import OWL, RDF
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from tests.namespaces import SSE


@pytest.fixture(scope="module")
def terms(project: Project, whole: Graph) -> Terms:
    """The terms of this project."""
    return Terms(project, whole)


def test_the_tables_are_what_they_would_be_today(terms: Terms) -> None:
    page = PAGE.read_text("utf-8")
    assert renewed(page, terms) == page, "`make docs` writes them anew"


def test_every_question_has_a_row_with_the_terms_that_it_asks_for(terms: Terms) -> None:
    page = PAGE.read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| .+ \| (.*) \|$", page, re.MULTILINE)
    assert {name for name, _ in rows} >= {*query_questions(terms), "p1-01", "p5-01"}
    assert "`sse:indicator`" in dict(rows)["latest-counts-of-cooperatives"]
    assert [name for name, named in rows if not named] == []


def test_a_term_that_nothing_uses_is_named(project: Project, whole: Graph) -> None:
    idle = ox.NamedNode(SSE + "idleProperty")
    declared = ox.Triple(idle, ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "DatatypeProperty"))
    more = replace(whole, vocabulary=[*whole.vocabulary, declared])
    unused = blocks(Terms(project, more))["unused"]
    assert "`sse:idleProperty`" in unused.split("\n\n")[1]
    asked = replace(more, data=[*more.data, ox.Triple(ox.NamedNode(more.base + "a"), idle, ox.Literal("x"))])
    assert "`sse:idleProperty`" in blocks(Terms(project, asked))["unused"].split("\n\n")[2]
