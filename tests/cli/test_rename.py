"""`ssekg rename`: a record under another identifier in all files, the old identifier leading to the new one."""

from pathlib import Path

import pytest

from ssekg.graph.store import build_graph
from ssekg.project.settings import read_project
from tests.conftest import Cli

OLD, NEW = "bokk-jom", "bokk-jom-kayar"


def named(folder: Path, identifier: str) -> set[str]:
    """The subjects, predicates and values of the graph that have an identifier in their IRI, which becomes X."""
    found = build_graph(read_project(folder))
    terms = {term.value for t in found.data for term in (t.subject, t.predicate, t.object) if hasattr(term, "value")}
    base = f"{found.base}group/{identifier}"
    return {iri.replace(base, "X") for iri in terms if iri == base or iri.startswith(f"{base}#")}


def test_every_link_follows_and_the_old_identifier_leads_on(cli: Cli, littoral: Path) -> None:
    before = named(littoral, OLD)
    lines = {path: path.read_text("utf-8") for path in (littoral / "data").iterdir()}
    done = cli("rename", f"group/{OLD}", NEW, "--reason", "doublon", cwd=littoral)
    assert done.returncode == 0, done.stderr
    assert cli("validate", cwd=littoral).returncode == 0
    assert named(littoral, NEW) >= before
    assert named(littoral, OLD) == {"X"}
    withdrawn = (littoral / "data" / "retraits.csv").read_text("utf-8").splitlines()
    assert withdrawn[1].endswith(f",group/{NEW}")  # what led to the old one
    assert withdrawn[-1].startswith(f"group,{OLD},")
    assert withdrawn[-1].endswith(f",doublon,group/{NEW}")
    for path, text in lines.items():
        now = path.read_text("utf-8").splitlines()
        touched = [line for line in text.splitlines() if line not in now]
        assert all(OLD in line for line in touched), path.name


def test_in_turtle_shapes_and_queries(cli: Cli, littoral: Path) -> None:
    query = littoral / "queries" / "redevances.rq"
    query.write_text(query.read_text("utf-8") + "\n# <group/delegue-petite-cote>\n", encoding="utf-8")
    done = cli("rename", "group/delegue-petite-cote", "delegue", "--reason", "doublon", cwd=littoral)
    assert done.returncode == 0, done.stderr
    assert "<group/delegue> a lit:Delegue" in (littoral / "data" / "delegues.ttl").read_text("utf-8")
    assert "# <group/delegue>" in query.read_text("utf-8")
    assert cli("validate", cwd=littoral).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["group/nobody", "x"], "group/nobody"),
        (["group/bokk-jom", "jappoo"], "group/jappoo"),
        (["group/bokk-jom", "gie-yoff"], "group/gie-yoff"),
        (["group/bokk-jom", "Bokk Jom"], "Bokk Jom"),
        (["group/bokk-jom", "x", "--reason", "nope"], "doublon"),
        (["bokk-jom", "x"], "bokk-jom"),
    ],
)
def test_asked_wrongly(cli: Cli, littoral: Path, arguments: list[str], words: str) -> None:
    before = {path: path.read_bytes() for path in (littoral / "data").iterdir()}
    done = cli("--lang", "en", "rename", *arguments, cwd=littoral)
    assert done.returncode == 2
    assert words in done.stderr
    assert {path: path.read_bytes() for path in (littoral / "data").iterdir()} == before


def test_without_a_table_of_withdrawn_records_nothing_is_renamed(cli: Cli, wells: Path) -> None:
    done = cli("--lang", "en", "rename", "well/market", "souk", cwd=wells)
    assert done.returncode == 3
    assert "withdrawn" in done.stderr
