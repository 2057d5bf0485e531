"""The tool knows no project: no name of this one is written in src/, but for the evidence terms.

What is looked for is read from this project (its ontology, kinds, records and files), so that a new term is looked for
from the day it is declared.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox
import pytest

from ssekg.base.language import fold
from ssekg.queries.columns import COLUMNS_FILE
from tests.conftest import ROOT
from tests.evidence import EVIDENCE

SRC: Final = ROOT / "src" / "ssekg"
NAMESPACE: Final = "https://w3id.org/ssekg/ontology#"
# What the tool has under the address of the project that it was written for, and why.
OWN: Final = {
    "https://w3id.org/ssekg/tool#": "the annotations by which an ontology tells the tool of its terms",
    "https://w3id.org/ssekg/findings#": "the codes of findings in reports as RDF",
    "https://w3id.org/ssekg": "where people read of the tool, in reports",
}
# What is said of the country and the matter of this project, folded.
COUNTRY: Final = tuple(
    fold(word)
    for word in (
        *("maroc", "morocc", "المغرب", "09-08", "09.08", "cndp", "hcp", "dahir"),
        *("social and solidarity", "économie sociale", "الاقتصاد الاجتماعي", "Fès-Meknès", "فاس مكناس"),
    )
)
# A word that is a name of this project's ontology, too, and is written in the tool: for what else it stands there.
WORDS: Final = {
    "Place": "the type of schema.org",
    "Project": "a projection in the algebra of SPARQL",
    "Point": "the type of a geometry in GeoJSON",
    "about": "rdf:about, and an argument of messages",
    "concept": "an argument of messages",
    "content": "the element of Atom",
    "currency": "the type of a cell in workbooks",
    "date": "a setting, a datatype, a column, an argument of messages",
    "end": "the end of a repetition in workbooks, of a token in Turtle",
    "law": "a setting",
    "method": "a key of grlc in the header of queries",
    "page": "a form in which an address is asked for",
    "place": "a setting: the gazetteer's name of what the data cover",
    "scope": "an attribute of HTML",
    "source": "dct:source, and a key of CKAN",
    "start": "the start of a repetition in workbooks",
    "status": "of an answer in HTTP, and of a dataset in CKAN",
    "unit": "a key of changes.json",
    "value": "a key of results in JSON (SPARQL), an argument of messages",
    "within": "a key of places.geojson",
    "year": "the form of a date, and a type of parameters",
}
# Where standards have terms of the same local names: NAMESPACE + "name".
STANDARDS: Final = {"DCT", "GEO", "OWL", "PROV", "QB", "RDF", "RDFS", "SCHEMA", "SH", "SKOS", "TOOL", "XSD"}


def sources() -> list[Path]:
    """The files of the tool that are text; that of npm has checksums, whose letters are no words."""
    files = (p for p in SRC.rglob("*") if p.is_file() and p.name != "package-lock.json")
    return sorted(p for p in files if p.suffix not in {".pyc", ".typed"})


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def ontology() -> frozenset[ox.NamedNode]:
    """The terms that this project's ontology declares in its own namespace."""
    files = (ROOT / "ontology").rglob("*.ttl")
    subjects = {quad.subject for path in files for quad in ox.parse(path=path, base_iri="https://w3id.org/ssekg/id/")}
    return frozenset(s for s in subjects if isinstance(s, ox.NamedNode) and s.value.startswith(NAMESPACE))


def own_names() -> set[str]:
    """The local names of the terms that are not evidence."""
    return {term.value.removeprefix(NAMESPACE) for term in ontology()} - EVIDENCE


@cache
def kinds() -> frozenset[str]:
    """The kinds of this project: what its tables write before the slash of a record's IRI."""
    described = "".join(read(path) for path in (ROOT / "data").glob("*.csv-metadata.json"))
    return frozenset(re.findall(r'"(?:aboutUrl|valueUrl)": "([a-z]+)/\{', described))


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file with their numbers."""
    yield from enumerate(read(path).splitlines(), 1)


def found(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern is found in the tool: file, line and what was found."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in sources()
        for number, line in texts(path)
        for match in pattern.finditer(line)
    ]


def any_of(names: set[str] | frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def test_the_evidence_terms_are_terms_of_their_module() -> None:
    module = {quad.subject for quad in ox.parse(path=ROOT / "ontology" / "evidence.ttl")}
    assert {ox.NamedNode(NAMESPACE + name) for name in EVIDENCE} <= module


def test_no_namespace_of_this_project() -> None:
    """The evidence terms and the annotations are the tool's; all else under w3id.org is the project's."""
    own = re.compile(r"https?://(?:w3id\.org/ssekg|ssekg\.github\.io)[^\s\"'<>`]*")
    allowed = re.compile(rf"(?:{re.escape(NAMESPACE)}(?:{any_of(EVIDENCE)})?|{any_of(set(OWN))})[\W]*")
    assert [place for place in found(own) if not allowed.fullmatch(place.partition(": ")[2])] == []


def test_no_prefixed_name_of_this_project() -> None:
    names = {term.value.removeprefix(NAMESPACE) for term in ontology()} - EVIDENCE
    own = re.compile(rf"\b(?:sse:(?!(?:{any_of(EVIDENCE)})\b)\w+|(?:sse:)(?:{any_of(names)})\b|shapes:\w+)")
    assert found(own) == []


def test_no_record_or_kind_of_this_project() -> None:
    assert found(re.compile(rf"(?<![\w./-])(?:{any_of(kinds())})/(?=[a-z0-9{{<])")) == []


def test_no_file_of_this_project() -> None:
    folders = ("data", "ontology", "shapes", "queries")
    files = {path.name for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()}
    files.remove(Path(COLUMNS_FILE).name)  # which any project may have
    queries = {path.stem for path in (ROOT / "queries").rglob("*.rq") if "-" in path.stem}
    assert found(re.compile(rf"(?<![\w-])(?:{any_of(files | queries)})(?![\w-])")) == []


def test_no_country() -> None:
    where = [
        f"{path.relative_to(ROOT)}:{number}: {word}"
        for path in sources()
        for number, line in texts(path)
        for word in COUNTRY
        if word in fold(line)
    ]
    assert where == []


def literals(path: Path) -> Iterator[ast.Constant]:
    """The strings of a Python file that are neither docstrings nor added to the namespace of a standard."""
    tree = ast.parse(read(path))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and ast.get_docstring(node)
        and isinstance(node.body[0], ast.Expr)
    }
    added = [node for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name)]
    of_standards = {id(node.right) for node in added if isinstance(node.left, ast.Name) and node.left.id in STANDARDS}
    yield from (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | of_standards
    )


def test_no_class_property_or_kind_of_this_project() -> None:
    names = (own_names() | kinds()) - EVIDENCE - WORDS.keys()
    where = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for path in sources()
        if path.suffix == ".py"
        for node in literals(path)
        if node.value in names
    ]
    assert where == []


def test_no_other_term_is_made_of_the_namespace_of_the_evidence() -> None:
    """EVIDENCE + "amount" would be a term of the project's, however usual the word is."""
    made = re.compile(r"\bEVIDENCE \+ \"(\w+)\"")
    assert {place.rpartition('"')[0].rpartition('"')[2] for place in found(made)} <= EVIDENCE


@pytest.mark.parametrize("word", sorted(WORDS))
def test_a_word_that_may_be_written_is_written(word: str) -> None:
    """What is no longer written is no longer excused."""
    assert word in own_names() | kinds()
    assert any(node.value == word for path in sources() if path.suffix == ".py" for node in literals(path))


def test_the_catalogues_are_looked_through() -> None:
    """The messages are among the files, and what is looked for is not nothing."""
    assert len(own_names()) > 100
    assert {"person", "place", "programme"} <= kinds()
    catalogue = SRC / "base" / "messages" / "fr.toml"
    assert catalogue in sources()
    assert tomllib.loads(read(catalogue))
