"""The rehearsal of a harvest in `validate`: silent where all is well, else with the place in ssekg.toml."""

import re
from pathlib import Path

import pytest

from ssekg.base.findings import Severity
from ssekg.base.messages import hint, text
from ssekg.checks.portal import findings
from ssekg.graph.store import Graph
from ssekg.project.settings import Project, read_project
from tests.conftest import Cli
from tests.graphs import cut, read

FRENCH = "Graphe de connaissances ouvert de l’économie sociale et solidaire au Maroc"
VIOLATION, WARNING = Severity.VIOLATION, Severity.WARNING


def test_nothing_is_said_of_this_project(project: Project, graph: Graph) -> None:
    assert findings(project, graph) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "selected"),
    [
        ('"coopératives"', '"l’ESS"', "harvest-tag", VIOLATION, "l’ESS"),
        ('"التعاونيات"', '"التَّعاونيات"', "harvest-tag", VIOLATION, "التَّعاونيات"),
        ('"coopératives"', '"x"', "harvest-tag", VIOLATION, "x"),
        ("licenses/odbl/1-0/", "mine/", "harvest-licence", VIOLATION, "https://opendatacommons.org/mine/"),
        ('contact = "https://w3id.org/ssekg"', 'contact = "Bureau 12"', "harvest-contact", VIOLATION, "Bureau 12"),
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
    (finding,) = findings(read_project(copy), graph)
    assert (finding.code, finding.severity) == (code, severity)
    assert finding.place is not None
    assert finding.place.file == "ssekg.toml"
    assert cut(read(settings), finding.place) == selected


def test_a_project_without_a_name_stops_a_harvest(copy: Path, graph: Graph) -> None:
    settings = copy / "ssekg.toml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    lines = ["name = {}" if line.startswith('name = { ar = "مبيان') else line for line in lines]
    settings.write_text("\n".join(lines), encoding="utf-8")
    assert [finding.code for finding in findings(read_project(copy), graph)] == ["harvest-title"]


def test_validate_tells_it_in_the_language_of_the_steward(copy: Path, cli: Cli) -> None:
    settings = copy / "ssekg.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"coopératives"', '"l’ESS"'), encoding="utf-8")
    done = cli("--lang", "ar", "validate", "--only", "harvest-tag", cwd=copy)
    assert done.returncode == 1
    assert re.search(r"ssekg\.toml:\d+:54\b", done.stdout)
    assert '"l’ESS"' in done.stdout
    assert text("harvest-tag", "ar", {"tag": "l’ESS"}) in done.stdout
    assert str(hint("harvest-tag", "ar")) in done.stdout
