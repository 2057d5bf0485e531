"""Small ontologies for the tests, and what is found in them."""

import re
from pathlib import Path

from ssekg.base.findings import Report
from ssekg.base.namespaces import VANN
from ssekg.checks.ontology_quality.run import check_ontology
from tests.examples import TURTLE_HEAD

HEAD = f"{TURTLE_HEAD} @prefix vann: <{VANN}> .\n"
HEADER = "<https://example.org/terms> a owl:Ontology ."


def checked(folder: Path, content: str) -> Report:
    """The report on an ontology in Turtle, whose prefixes are those of the examples."""
    path = folder / "ontology.ttl"
    path.write_text(HEAD + content, "utf-8")
    return check_ontology(path)


def found(folder: Path, code: str, content: str) -> set[str]:
    """The local names of what has a pitfall; "" for the file as a whole."""
    findings = (each for each in checked(folder, content).findings if each.code == code)
    return {re.split("[#/]", getattr(each.focus, "value", ""))[-1] for each in findings}


def scores(folder: Path, content: str) -> dict[str, tuple[int, int]]:
    """How many tests of each check were passed, and of how many."""
    return {score.code: (score.passed, score.of) for score in checked(folder, content).scores}
