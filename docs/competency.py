"""Writes the tables of docs/competency-questions.md: which terms each question asks for, and which nothing uses.

`python -m docs.competency` writes them anew. The questions are those of queries/ and those that
tests/data/founding_article.toml asks of each statement of the founding article. A term is used by a question, by a
shape, or by the data: as a property, as a class, or by what follows from them.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ssekg.base.namespaces import OWL, SKOS
from ssekg.checks.known_terms import BUILT_IN, KnownTerms
from ssekg.checks.query_terms import named_tokens
from ssekg.graph.store import Graph
from ssekg.project.settings import Project, read_project
from ssekg.queries.library import read_queries
from ssekg.queries.syntax import tokens_of
from ssekg.shacl.kept_graph import graph_of
from ssekg.sources.rdf.file import RdfFile

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "competency-questions.md"
ARTICLE: Final = ROOT / "tests" / "data" / "founding_article.toml"
_BLOCK: Final = re.compile(r"(<!-- (article|queries|unused) -->\n).*?(\n<!-- end -->\n)", re.DOTALL)
_DEPRECATED: Final = ox.NamedNode(OWL + "deprecated")
_TEXTS: Final = re.compile("[A-Za-z_][A-Za-z0-9_-]*:")


class Terms:
    """The terms that the ontology declares, and who uses them."""

    def __init__(self, project: Project, graph: Graph) -> None:
        """Take a project, and its graph with what is derived."""
        self.project = project
        self.graph = graph
        known = KnownTerms(self.graph)
        self.declared = {term.value for term in known.classes | known.properties}

    def of_query(self, text: str, prefixes: Mapping[str, str] | None = None) -> list[str]:
        """The declared terms that a query names, in its order, without those that say what any graph says."""
        names = {f"{prefix}:": iri for prefix, iri in (prefixes or self.graph.prefixes.namespaces).items()}
        found = (iri for _, iri in named_tokens(tokens_of(text), self.graph.base, names))
        return [iri for iri in dict.fromkeys(found) if iri in self.declared and not iri.startswith((*BUILT_IN, SKOS))]

    def of_shapes(self) -> set[str]:
        """The declared terms that the shapes name, in their queries as well."""
        found: set[str] = set()
        for path in self.project.shapes_files:
            for _, _, value in RdfFile(path, self.project.base, path.name).triples():
                if isinstance(value, ox.NamedNode):
                    found.add(value.value)
                elif isinstance(value, ox.Literal) and _TEXTS.search(value.value):
                    found.update(self.of_query(value.value))
        return found & self.declared

    def of_data(self) -> set[str]:
        """The declared terms that the data use, or what follows from them."""
        nodes = {node for triple in self.graph.triples for node in (triple.predicate, triple.object)}
        return {node.value for node in nodes if isinstance(node, ox.NamedNode)} & self.declared

    def own(self) -> list[str]:
        """The terms of the ontology's own namespace that are not deprecated."""
        deprecated = {each.subject for each in self.graph.of_predicate(_DEPRECATED)}
        return sorted(
            iri
            for iri in self.declared
            if self.graph.terms.is_own(ox.NamedNode(iri)) and ox.NamedNode(iri) not in deprecated
        )

    def short(self, iris: Iterable[str]) -> str:
        """Terms as they are written."""
        return ", ".join(f"`{self.graph.shortened(iri)}`" for iri in iris)


def article_questions(terms: Terms) -> dict[str, tuple[str, list[str]]]:
    """What each statement of the founding article says, and the terms that are asked for to find it, by its id."""
    statements = tomllib.loads(ARTICLE.read_text("utf-8"))["statement"]
    return {each["id"]: (each["says"], terms.of_query(each["select"])) for each in statements}


def query_questions(terms: Terms) -> dict[str, tuple[str, list[str]]]:
    """The question of each query, and the terms that it asks for, by its name."""
    return {each.name: (each.questions["en"], terms.of_query(each.text)) for each in read_queries(terms.project)}


def blocks(terms: Terms) -> dict[str, str]:
    """The tables of the page by name."""
    article, queries = article_questions(terms), query_questions(terms)
    asked = {iri for _, used in (*article.values(), *queries.values()) for iri in used}
    shaped, stated = terms.of_shapes(), terms.of_data()
    own = terms.own()
    unused = [iri for iri in own if iri not in asked | shaped | stated]
    unasked = [iri for iri in own if iri not in asked and iri not in unused]
    counts = (
        f"Of {len(own)} terms, questions ask for {len({*own} & asked)}, shapes are about {len({*own} & shaped)}, "
        f"and the data have {len({*own} & stated)}."
    )
    return {
        "article": _table("Statement", article, terms),
        "queries": _table("Query", queries, terms),
        "unused": "\n".join(
            (
                counts,
                "",
                f"Used by nothing: {terms.short(unused) or 'none'}.",
                "",
                f"In the data or in shapes, and in no question ({len(unasked)}): {terms.short(unasked) or 'none'}.",
            )
        ),
    }


def _table(name: str, questions: Mapping[str, tuple[str, list[str]]], terms: Terms) -> str:
    rows = [f"| `{key}` | {says} | {terms.short(used)} |" for key, (says, used) in questions.items()]
    return "\n".join((f"| {name} | What it is about | Terms |", "| --- | --- | --- |", *rows))


def renewed(page: str, terms: Terms) -> str:
    """The text of the page with its tables as they are today."""
    made = blocks(terms)
    return _BLOCK.sub(lambda found: f"{found[1]}\n{made[found[2]]}\n{found[3]}", page)


def main() -> None:
    """Renew the page."""
    project = read_project(ROOT)
    PAGE.write_text(renewed(PAGE.read_text("utf-8"), Terms(project, graph_of(project, None))), "utf-8")


if __name__ == "__main__":
    main()
