"""The rehearsal of a harvest in `validate`: silent where all is well, else with the place in ssekg.toml."""

import re
from pathlib import Path

import pytest

from ssekg.base.findings import Severity
from ssekg.base.messages import hint, text
from ssekg.checks.portal import check
from ssekg.checks.subject import Subject
from ssekg.graph.store import Graph
from ssekg.project.settings import Project, read_project
from tests.conftest import Cli
from tests.graphs import cut, read

FRENCH = "Graphe de connaissances ouvert de l’économie sociale et solidaire au Maroc"
CONTACT = 'contact = "https://github.com/ssekg/ssekg/issues"'
NO_CONTACTS = (
    *("Bureau 12", "ftp://example.org/", "tel:+212500000000", "https://", "office@", "mailto:office"),
    *("https://w3id.org/ssekg", "http://w3id.org/ssekg/#contact", "https://ssekg.github.io/ssekg/contact.html"),
    *("https://W3ID.org/ssekg/id/office/one", "https://ssekg.github.io/ssekg?page=1"),
)
VIOLATION, WARNING = Severity.VIOLATION, Severity.WARNING


def test_nothing_is_said_of_this_project(project: Project, graph: Graph) -> None:
    assert check(Subject(project, graph)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "selected"),
    [
        ('"coopératives"', '"l’ESS"', "harvest-tag", VIOLATION, "l’ESS"),
        ('"التعاونيات"', '"التَّعاونيات"', "harvest-tag", VIOLATION, "التَّعاونيات"),
        ('"coopératives"', '"x"', "harvest-tag", VIOLATION, "x"),
        ("licenses/odbl/1-0/", "mine/", "harvest-licence", VIOLATION, "https://opendatacommons.org/mine/"),
        *((CONTACT, f'contact = "{wrong}"', "harvest-contact", VIOLATION, wrong) for wrong in NO_CONTACTS),
        ('"SOCI"', '"SOCIAL"', "harvest-code", WARNING, "SOCIAL"),
        ('"IRREG"', '"YEARLY"', "harvest-code", WARNING, "YEARLY"),
        ('"NonProfitOrganisation"', '"Club"', "harvest-code", WARNING, "Club"),
        ('en = "Open know', 'de = "Open know', "harvest-language", WARNING, "name"),
        (f'fr = "{FRENCH}"', 'fr = "مبيان"', "harvest-name", WARNING, "name"),
    ],
)
def test_what_a_harvest_would_run_into(
    copy: Path, graph: Graph, old: str, new: str, code: str, severity: Severity, selected: str
) -> None:
    settings = copy / "ssekg.toml"
    content = settings.read_text(encoding="utf-8")
    assert old in content
    settings.write_text(content.replace(old, new), encoding="utf-8")
    (finding,) = check(Subject(read_project(copy), graph))
    assert (finding.code, finding.severity) == (code, severity)
    assert finding.place is not None
    assert finding.place.file == "ssekg.toml"
    assert cut(read(settings), finding.place) == selected


@pytest.mark.parametrize(
    "contact",
    ["office@example.org", "mailto:office@example.org", "https://w3id.org/ssekg-office", "https://ssekg.github.io/"],
)
def test_contacts_that_reach_somebody(copy: Path, graph: Graph, contact: str) -> None:
    settings = copy / "ssekg.toml"
    content = settings.read_text(encoding="utf-8").replace(CONTACT, f'contact = "{contact}"')
    settings.write_text(content, encoding="utf-8")
    assert check(Subject(read_project(copy), graph)) == []


def test_a_project_without_a_name_stops_a_harvest(copy: Path, graph: Graph) -> None:
    settings = copy / "ssekg.toml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    lines = ["name = {}" if line.startswith('name = { ar = "مبيان') else line for line in lines]
    settings.write_text("\n".join(lines), encoding="utf-8")
    assert [finding.code for finding in check(Subject(read_project(copy), graph))] == ["harvest-title"]


def test_validate_tells_it_in_the_language_of_the_steward(copy: Path, cli: Cli) -> None:
    settings = copy / "ssekg.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"coopératives"', '"l’ESS"'), encoding="utf-8")
    done = cli("--lang", "ar", "validate", "--only", "harvest-tag", cwd=copy)
    assert done.returncode == 1
    assert re.search(r"ssekg\.toml:\d+:54\b", done.stdout)
    assert '"l’ESS"' in done.stdout
    assert text("harvest-tag", "ar", {"tag": "l’ESS"}) in done.stdout
    assert str(hint("harvest-tag", "ar")) in done.stdout
