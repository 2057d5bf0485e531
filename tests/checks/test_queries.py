"""The canned queries: each mistake is found at the very token, in a header as in the SPARQL."""

import random
import re
from pathlib import Path
from typing import Final

import pytest

from ssekg.checks import queries
from ssekg.checks.subject import Subject
from ssekg.graph.store import Graph
from ssekg.project.settings import Project
from ssekg.queries.mistakes import mistake
from ssekg.queries.syntax import tokens_of
from ssekg.sources.source_text import SourceText
from tests.conftest import ROOT, Cli
from tests.marked import validated, write_marked

TEXTS: Final = '{ar: "س", fr: "q", en: "q"}'
HEADER: Final = f"#+ title: {TEXTS}\n#+ question: {TEXTS}\n"
REGION: Final = f"#+ params:\n#+   - name: region\n#+     type: place\n#+     label: {TEXTS}\n"
PREFIXES: Final = (
    "PREFIX sse: <https://w3id.org/ssekg/ontology#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
)
GOOD: Final = "SELECT * { ?x sse:owner ?y }\n"

# Each file has the findings that are listed with it, in this order, each at what is marked.
FILES: Final = {
    "no-header.rq": ("⟦⟧" + PREFIXES + GOOD, ["query-header"] * 2),
    "no-yaml.rq": (
        f'#+ title: {TEXTS}\n#+ question: {{ar: "س", fr: "q"⟦:⟧ en}}\n' + PREFIXES + GOOD,
        ["query-header"],
    ),
    "key.rq": (HEADER + '#+ ⟦sumary⟧: "x"\n#+ tags: ⟦x⟧\n' + PREFIXES + GOOD, ["query-header"] * 2),
    "languages.rq": (
        '#+ title: ⟦{ar: "عنوان", fr: "t", ⟦de⟧: "t"}⟧\n#+ question: {ar: "س", fr: ⟦""⟧, en: "q"}\n' + PREFIXES + GOOD,
        ["query-header"] * 3,
    ),
    "type.rq": (
        HEADER + f"#+ params:\n#+   - name: region\n#+     type: ⟦plase⟧\n#+     label: {TEXTS}\n" + PREFIXES + GOOD,
        ["query-header"],
    ),
    "label.rq": (
        HEADER
        + "#+ params:\n#+   - ⟦name: region⟧\n#+     type: place\n"
        + PREFIXES
        + "ASK { ?_region_iri sse:owner ?y }",
        ["query-header"],
    ),
    "defaults.rq": (
        HEADER + REGION + "#+ defaults:\n#+   - ⟦regoin⟧: fes\n" + PREFIXES + "ASK { ?_region_iri sse:owner ?y }",
        ["query-header"],
    ),
    "chart.rq": (HEADER + "#+ chart: ⟦bar⟧\n" + PREFIXES + GOOD, ["query-header"]),
    "chart-type.rq": (HEADER + "#+ chart: {type: ⟦barr⟧, x: x, y: y}\n" + PREFIXES + GOOD, ["query-header"]),
    "chart-without-type.rq": (HEADER + "#+ chart: ⟦{x: x, y: y}⟧\n" + PREFIXES + GOOD, ["query-header"]),
    "chart-roles.rq": (
        HEADER + "#+ chart: ⟦{type: line, x: x, ⟦end⟧: y}⟧\n" + PREFIXES + GOOD,
        ["query-header"] * 2,
    ),
    "model.rq": (
        HEADER + "#+ model: ⟦first⟧\n" + PREFIXES + "SELECT ?place { ?place sse:owner ?value }\n",
        ["query-header"],
    ),
    "chart-columns.rq": (
        HEADER
        + "#+ chart: {type: bar, x: place, y: ⟦valeu⟧}\n"
        + PREFIXES
        + "SELECT ?place ?value { ?place sse:owner ?value }\n",
        ["query-unknown-column"],
    ),
    "parameters.rq": (
        HEADER + REGION.replace("region", "⟦region⟧") + PREFIXES + "ASK { ?x sse:owner ⟦?_regoin_iri⟧ , ?_regoin_iri }",
        ["query-unused-parameter", "query-undeclared-parameter"],
    ),
    "syntax.rq": (
        HEADER + PREFIXES + "SELECT ?x WHERE {\n  ?x sse:owner ?y .\n  ⟦FILTR⟧(?y = 3)\n}\nORDER BY ?x\n",
        ["query-syntax-error"],
    ),
    "arabic.rq": (HEADER + PREFIXES + 'ASK { ?x skos:prefLabel "جهة فاس مكناس"@ar⟦]⟧ }', ["query-syntax-error"]),
    "windows.rq": (
        (HEADER + PREFIXES + 'ASK {\n\t?x sse:owner "a" ⟦"b"⟧ }').replace("\n", "\r\n"),
        ["query-syntax-error"],
    ),
    "bom.rq": (
        "\N{ZERO WIDTH NO-BREAK SPACE}" + HEADER + PREFIXES + "ASK { ?x ⟦dct:title⟧ ?y }",
        ["query-syntax-error"],
    ),
    "unfinished.rq": (HEADER + PREFIXES + "SELECT * { ?x sse:owner ?y ⟦.⟧\n\n", ["query-unfinished"]),
    "unbound.rq": (
        HEADER + PREFIXES + "⟦SELECT⟧ ?x (COUNT(*) AS ?n) { ?x sse:owner ?y } GROUP BY ?y",
        ["query-syntax-error"],
    ),
    "bidi.rq": (HEADER + PREFIXES + GOOD + "# ⟦\u202e⟧ hidden\n", ["text-bidi-control"]),
    "leaves.rq": (
        HEADER
        + PREFIXES
        + "SELECT * ⟦FROM⟧ <http://127.0.0.1:1/> { ⟦SERVICE⟧ <http://127.0.0.1:1/sparql> { ?x sse:owner ?y } }",
        ["query-leaves"] * 2,
    ),
    "hidden.rq": (HEADER + PREFIXES + "ASK { ⟦SERVICE:x⟧ { ?x sse:owner ?y } }", ["query-syntax-error"]),
    "terms.rq": (
        HEADER
        + "PREFIX s: <https://w3id.org/ssekg/ontology#>\n"
        + PREFIXES
        + "# sse:nothing\nASK { ?x a ⟦s:Programm⟧ ; ⟦sse:ownr⟧/sse:partOfProgramme 'sse:nothing' ;"
        + " <https://example.org/any> ?z ; ⟦<https://w3id.org/ssekg/ontology#ownr>⟧ ?y }\n",
        ["query-unknown-term"] * 3,
    ),
    "things.rq": (HEADER + PREFIXES + "ASK { <concept/own> skos:broader ⟦<concept/ownn>⟧ }", ["query-unknown-term"]),
    "others.rq": (
        HEADER + PREFIXES + "ASK { ?x ⟦skos:prefLable⟧ ?y ; skos:prefLabel ?z ; ⟦skos:editorialNote⟧ ?v }",
        ["query-unknown-term"] * 2,
    ),
    "prefix.rq": (
        HEADER + "PREFIX skos: ⟦<http://www.w3.org/2008/05/skos#>⟧\nASK { ?x skos:broader ?y }",
        ["query-unusual-prefix"],
    ),
    "all-at-once.rq": (
        HEADER + PREFIXES + "ASK { ?x ⟦sse:ownr⟧ ?y ; ⟦)⟧ ⟦?_a⟧ }",
        ["query-unknown-term", "query-syntax-error", "query-undeclared-parameter"],
    ),
}
WARNINGS: Final = {"bidi.rq", "others.rq", "prefix.rq"}


def test_each_mistake_is_found_at_its_token_and_nothing_else(cli: Cli, copy: Path) -> None:
    texts = {f"queries/{name}": text for name, (text, _) in FILES.items()}
    spans = write_marked(copy, texts)
    (copy / "queries" / "latin.rq").write_bytes(HEADER.encode() + 'ASK { ?x ?y "Fès" }'.encode("latin-1"))
    found = validated(cli, copy)
    of_queries = {name: [(f.code, f.span) for f in each] for name, each in found.items() if name.startswith("queries/")}
    assert of_queries.pop("queries/latin.rq") == [("query-encoding", (3, 15, None, None))]
    expected = {
        f"queries/{name}": list(
            zip(codes, spans[f"queries/{name}"] * (2 if name == "no-header.rq" else 1), strict=True)
        )
        for name, (_, codes) in FILES.items()
    }
    assert of_queries == expected
    grave = {name: {f.severity for f in found[f"queries/{name}"]} for name in FILES}
    assert grave == {name: {"warning"} if name in WARNINGS else {"violation"} for name in FILES}
    said = {name: " ".join(f"{f.message} {f.hint}" for f in found[f"queries/{name}"]) for name in FILES}
    for name, words in {
        "key.rq": "“sumary” is not known",
        "languages.rq": "“title: en” is missing",
        "type.rq": "Did you mean place?",
        "defaults.rq": "Did you mean region?",
        "parameters.rq": "Did you mean ?_region_iri?",
        "syntax.rq": "can’t be read on from “FILTR”",
        "bom.rq": "No PREFIX line declares dct:; add PREFIX dct: <http://purl.org/dc/terms/>",
        "unbound.rq": "add it to GROUP BY",
        "terms.rq": "Did you mean sse:owner",
        "things.rq": "Did you mean concept/own (",
        "others.rq": "Did you mean skos:prefLabel",
        "prefix.rq": "http://www.w3.org/2004/02/skos/core#",
    }.items():
        assert words in said[name], said[name]
    assert not [line for line in said.values() if re.search(r"\{\w", line)]


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "غير مصرح به في رأس الاستعلام"), ("fr", "que l’en-tête ne déclare pas")]
)
def test_a_query_alone_is_checked_in_the_language_of_the_reader(
    cli: Cli, copy: Path, language: str, words: str
) -> None:
    (copy / "mine.rq").write_text(HEADER + "ASK { ?x ?y ?_z }", encoding="utf-8")
    found = validated(cli, copy, "mine.rq", language=language)
    assert {name: [f.code for f in each] for name, each in found.items()} == {"mine.rq": ["query-undeclared-parameter"]}
    assert words in found["mine.rq"][0].message
    assert "?_z" in found["mine.rq"][0].message


def test_the_queries_of_the_project_have_nothing_wrong(project: Project, graph: Graph) -> None:
    texts = tuple(SourceText(path, path.name) for path in project.query_files)
    assert list(queries.check(Subject(project, graph, texts))) == []


def test_a_mistake_is_found_wherever_it_is_put() -> None:
    """Something wrong is put before any token of any query; it is found there, or where the tokens before end."""
    chance = random.Random(1)  # noqa: S311
    tried = missed = 0
    for path in sorted((ROOT / "queries").rglob("*.rq")):
        text = path.read_text(encoding="utf-8")
        for wrong in ("@@", "FLTER", ";;;", "]"):
            at = chance.choice(tokens_of(text)).start
            found = mistake(f"{text[:at]} {wrong} {text[at:]}")
            if found is not None:
                tried += 1
                # What is inside an operator of two signs makes the first of them wrong, and what comes between the name
                # of a function and its bracket may make the name wrong. Semicolons may be right, and what is after them
                # wrong.
                token = found.token
                missed += token is None or token.end < at - 1 or token.start > at + len(wrong) + 2
    assert tried > 150
    assert missed == 0


def test_nothing_is_asked_of_an_endpoint_to_find_a_mistake() -> None:
    found = mistake("SELECT * { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }")
    assert found is not None
    assert found.token is not None


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "ASK { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
        HEADER + "ASK " + "{" * 100_000,
        "#+ title: " + "[" * 300_000 + "\n" + GOOD,
        HEADER + "ASK { ?x ?y '\0' } \0",
        "\0" * 1000,
        "#+ title: *a\n#+ ? [x]\n#+ : y\n" + GOOD,
        "#+ - a\n" + GOOD,
        "#+ title\n#+ params: {a: b}\n" + GOOD,
        HEADER + "#+ params: [[a]]\n#+ defaults: x\n#+ tags: y\n" + GOOD,
        "#+ title: &a {ar: *a}\n" + GOOD,
        "ASK { ?x <http://[> ?y ; <\\u00zz> ?z ; <//[> ?b ; sse: ?a }",
        "PREFIX x: <//[> ASK { ?x x:y ?z }",
        "PREFIX : <#> PREFIX PREFIX BASE BASE <b> ASK { :x :y : }",
        "",
    ],
)
def test_no_text_is_too_strange_to_be_told_of(project: Project, graph: Graph, tmp_path: Path, text: str) -> None:
    path = tmp_path / "strange.rq"
    path.write_text(text, encoding="utf-8")
    found = queries.check(Subject(project, graph, (SourceText(path, str(path)),)))
    assert {f.place.file for f in found if f.place is not None} == {str(path)}
