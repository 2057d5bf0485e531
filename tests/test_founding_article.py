"""The founding article, asked of the published graph: its 86 statements, what it must not say, and its own words.

tests/data/founding_article.toml holds a question with all its rows for each statement, and a change of one triple with
which the answer is another one: what no change makes fail proves nothing.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from ssekg.project.settings import Project
from tests.namespaces import PREFIXES

ARTICLE: Final[dict[str, list[dict[str, Any]]]] = tomllib.loads(
    (Path(__file__).parent / "data" / "founding_article.toml").read_text(encoding="utf-8")
)
STATEMENTS: Final = {each["id"]: each for each in ARTICLE["statement"]}
PARAGRAPHS: Final = {"p1": 14, "p2": 16, "p3": 21, "p4": 28, "p5": 7}
KINDS: Final = (
    *("event", "concept", "place", "programme", "institution", "office", "law", "competence", "partnership"),
    *("person", "source"),
)
WORDS: Final = "(skos:prefLabel|skos:altLabel|skos:hiddenLabel)"


class Asked:
    """The published graph with the shorthand of the questions."""

    def __init__(self, store: ox.Store, base: str) -> None:
        """Ask `store`, whose instances begin with `base`."""
        self.store, self.base = store, base
        self.prefixes = {
            **PREFIXES,
            **{kind: f"{base}{kind}/" for kind in KINDS},
            "passage": f"{base}source/fes-conference-2023#",
            "point": f"{base}event/framing-speech-2023#point-",
        }
        self.header = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in self.prefixes.items())

    def rows(self, select: str) -> list[list[str]]:
        """The different rows of a SELECT of which only the variables and the pattern are written, in order."""
        solutions = self.store.query(f"{self.header}SELECT DISTINCT {select}", base_iri=self.base)
        assert isinstance(solutions, ox.QuerySolutions)
        return sorted([self.short(term) for term in solution] for solution in solutions)

    def holds(self, pattern: str) -> bool:
        """Whether an ASK of this pattern is true."""
        return bool(self.store.query(f"{self.header}ASK {pattern}", base_iri=self.base))

    def failing(self) -> set[str]:
        """The statements with other rows than theirs."""
        return {name for name, each in STATEMENTS.items() if self.rows(each["select"]) != expected(each)}

    def passage(self, paragraph: str) -> ox.NamedNode:
        """A paragraph of the article."""
        return ox.NamedNode(self.prefixes["passage"] + paragraph)

    def short(self, term: Any) -> str:
        """A term as the questions write it."""
        assert isinstance(term, ox.NamedNode | ox.Literal), term
        value = term.value.removeprefix(self.base)
        sse = self.prefixes["sse"]
        return f"sse:{value.removeprefix(sse)}" if value.startswith(sse) else value

    def quads(self, triples: str) -> set[ox.Quad]:
        """Triples written in Turtle without the last full stop; none where nothing is written."""
        text = f"{self.header}{triples} ." if triples else ""
        return set(ox.parse(text, ox.RdfFormat.TURTLE, base_iri=self.base))

    @contextmanager
    def changed(self, old: str, new: str) -> Iterator[None]:
        """The graph with other triples, for a while; what goes must be there, and what comes must not."""
        gone, come = self.quads(old), self.quads(new)
        assert all(quad in self.store for quad in gone), old
        come = {quad for quad in come if quad not in self.store}
        assert come or not new, new
        try:
            for quad in gone:
                self.store.remove(quad)
            self.store.extend(come)
            yield
        finally:
            for quad in come:
                self.store.remove(quad)
            self.store.extend(gone)


@pytest.fixture(scope="module")
def asked(release: Path, project: Project) -> Asked:
    """The graph as a researcher loads it: nothing but the published Turtle."""
    store = ox.Store()
    store.bulk_load(path=release / "ssekg.ttl", format=ox.RdfFormat.TURTLE)
    return Asked(store, project.base)


def expected(question: dict[str, Any]) -> list[list[str]]:
    return sorted(question["rows"])


def test_every_statement_is_asked_once() -> None:
    assert Counter(name.partition("-")[0] for name in STATEMENTS) == PARAGRAPHS
    assert len({" ".join(each["select"].split()) for each in STATEMENTS.values()}) == len(ARTICLE["statement"]) == 86
    assert len({each["old"] for each in STATEMENTS.values()}) == 86


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_has_these_rows_and_no_others(name: str, asked: Asked) -> None:
    assert asked.rows(STATEMENTS[name]["select"]) == expected(STATEMENTS[name])


@pytest.mark.parametrize("name", STATEMENTS)
def test_one_changed_triple_makes_the_statement_fail_and_only_those_that_rest_on_it(name: str, asked: Asked) -> None:
    statement = STATEMENTS[name]
    assert not asked.quads(statement["old"]) & asked.quads(statement.get("new", ""))
    with asked.changed(statement["old"], statement.get("new", "")):
        assert asked.failing() == {name, *statement.get("fails", [])}


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_statements_rest_on_their_own_paragraph(paragraph: str, asked: Asked) -> None:
    """Without the references to a paragraph, all its statements fail, and only they."""
    references = [str(quad.triple) for quad in asked.store.quads_for_pattern(None, None, asked.passage(paragraph))]
    with asked.changed(" .\n".join(references), ""):
        assert asked.failing() == {name for name in STATEMENTS if name.startswith(paragraph)}


@pytest.mark.parametrize("whole", ARTICLE["whole"], ids=lambda whole: whole["says"])
def test_whole_set_has_nothing_beside(whole: dict[str, Any], asked: Asked) -> None:
    assert asked.rows(whole["select"]) == expected(whole)
    with asked.changed("", whole["added"]):
        assert asked.rows(whole["select"]) != expected(whole)


@pytest.mark.parametrize("never", ARTICLE["never"], ids=lambda never: never["says"])
def test_claims_are_not_asserted_and_inferences_not_stated(never: dict[str, Any], asked: Asked) -> None:
    assert not asked.holds(never["ask"])
    with asked.changed("", never["added"]):
        assert asked.holds(never["ask"])


@pytest.mark.parametrize("question", ARTICLE["label"], ids=lambda question: question["asks"])
def test_words_of_the_article_find_what_they_name(question: dict[str, Any], asked: Asked) -> None:
    """No question starts from the IRI of a record."""
    select = question["select"].replace("WORDS", WORDS)
    assert not any(f"{kind}:" in select for kind in KINDS if kind != "concept")
    assert asked.rows(select) == expected(question)
    with asked.changed(question["old"], question.get("new", "")):
        assert asked.rows(select) != expected(question)
