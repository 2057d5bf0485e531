"""Where the pages of records are no files, they are made for who asks: the same bytes, by the same templates."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssekg.checks.run import CheckedGraph, check_project
from ssekg.project.settings import read_project
from ssekg.publish.release import publish
from tests.conftest import SECOND
from tests.serve.server import BROWSER, Served, serving

FOOTER = '{% extends "ssekg/record.html" %}{% block history %}{{ super() }}<p class="own">Kayar</p>{% endblock %}'


@pytest.fixture(scope="module", params=["plain", "own template"])
def releases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same release of the second project with its pages as files, and without them."""
    folder = tmp_path_factory.mktemp("on-demand")
    root = Path(shutil.copytree(SECOND, folder / "project"))
    if request.param == "own template":
        (root / "templates").mkdir()
        (root / "templates" / "record.html").write_text(FOOTER, encoding="utf-8")
    settings = (root / "ssekg.toml").read_text(encoding="utf-8")
    for pages in ("files", "on-demand"):
        changed = settings.replace("[publication]\n", f'[publication]\npages = "{pages}"\n')
        (root / "ssekg.toml").write_text(changed, encoding="utf-8")
        checked = check_project(read_project(root))
        assert isinstance(checked, CheckedGraph)
        publish(checked, folder / pages)
    return folder / "files", folder / "on-demand"


@pytest.fixture(scope="module")
def on_demand(releases: tuple[Path, Path]) -> Iterator[Served]:
    with serving(releases[1], releases[1].parent / "log") as server:
        yield server


def test_a_page_that_is_made_is_the_one_that_would_be_a_file(releases: tuple[Path, Path], on_demand: Served) -> None:
    files, without = ({p.relative_to(each).as_posix() for p in each.rglob("*.html")} for each in releases)
    made = sorted(files - without)
    assert len(made) > 20
    for path in made:
        answer = on_demand.ask(path, Accept=BROWSER)
        assert (answer.status, answer.content) == (200, (releases[0] / path).read_bytes()), path
        assert answer.headers["content-language"] == path.partition("/")[0]
    again = on_demand.ask(made[0], Accept=BROWSER)
    assert on_demand.ask(made[0], If_None_Match=again.headers["etag"]).status == 304
    assert on_demand.ask(made[0], "HEAD").headers["etag"] == again.headers["etag"]
    assert on_demand.ask(f"fr/{made[0].partition('/')[2]}x").status == 404


def test_what_has_a_page_leads_to_it(releases: tuple[Path, Path], on_demand: Served) -> None:
    lead = on_demand.ask("id/quay/kayar", Accept=BROWSER, Accept_Language="wo")
    assert (lead.status, lead.headers["location"]) == (303, "../../wo/quay/kayar.html")
    assert 'hreflang="fr"' in on_demand.ask("id/quay/kayar.ttl").headers["link"]
    # The folder for w3id.org is for any web space, and there leads to documents.
    rules = (releases[1] / "w3id" / ".htaccess").read_text(encoding="utf-8")
    assert "%{ENV:LANG}/$1.html" not in rules
    assert (releases[1] / "id" / "quay" / "kayar.jsonld").is_file()
