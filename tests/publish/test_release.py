"""The release: complete, the same every time, refused where it has to be."""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError, RefusedError
from ssekg.base.namespaces import OWL
from ssekg.catalogue.kinds import kinds_of
from ssekg.graph.canonical_hash import canonical_hash
from ssekg.graph.public import Public
from ssekg.graph.store import Graph
from ssekg.graph.versions import MANIFEST
from ssekg.project.released_settings import read_released
from ssekg.project.settings import Project
from ssekg.publish.manifest import BUILD, Manifest
from ssekg.publish.parts.changelog import CHANGES
from ssekg.publish.release import publish
from tests.conftest import ROOT, Cli
from tests.publish.small import SETTINGS, small


def triples(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=path)}


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a release but for the one that tells of the machine."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: content for name, content in files.items() if name != BUILD}


def test_manifest_names_every_file_with_its_sum(release: Path, project: Project) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry for entry in manifest["files"]}
    present = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert present == set(listed) | {MANIFEST, BUILD}
    for name, entry in listed.items():
        content = (release / name).read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert manifest["version"] == project.version
    assert manifest["date"] == project.date.isoformat()
    assert manifest["counts"]["triples"] == len(triples(release / "ssekg.nt"))
    tables = [(ROOT / "data" / f"{name}.csv").read_text("utf-8").splitlines() for name in ("places", "communes")]
    assert manifest["counts"]["instances"]["place"] == sum(len(list(csv.DictReader(lines))) for lines in tables)
    assert manifest["sources"]["source/hcp-rgph-2024"] > 100
    assert manifest["canonical_hash"]["value"] == canonical_hash(triples(release / "ssekg.nt"))
    assert json.loads((release / BUILD).read_bytes())["tools"].keys() >= {"python", "pyoxigraph", "pyarrow", "zlib"}
    expected = {"ontology/ssekg.ttl", "ontology/context.jsonld", "tables/institutions.csv", "DATA-LICENSE"}
    assert expected <= set(listed)
    assert any(name.startswith("shapes/") for name in listed)
    assert any(name.startswith("queries/") for name in listed)


def test_what_changed_counts_the_records_of_the_catalogue(any_release: Path, any_whole: Graph) -> None:
    newest = json.loads((any_release / CHANGES).read_text(encoding="utf-8"))["releases"][0]
    project = read_released(any_release)
    kinds = kinds_of(Public(any_whole, project.privacy), project.worded_languages)
    assert newest["records"] == {name: kind.records for name, kind in kinds.items()}


def test_the_manifest_does_not_count_what_was_withdrawn(tmp_path: Path) -> None:
    tombstone = f'<law/gone> <{OWL}deprecated> true ; sse:withdrawnOn "2026-11-01" ; sse:withdrawalReason <concept/c> .'
    publish(small(tmp_path / "project", more=tombstone), tmp_path / "public")
    counts = Manifest.read(tmp_path / "public").instances
    assert counts["place"] == 2
    assert "law" not in counts


def test_it_is_told_where_the_content_of_what_was_withdrawn_still_is(small_project: Path, cli: Cli) -> None:
    assert "--rollback" not in cli("--lang", "en", "publish", cwd=small_project).stderr
    with (small_project / "data" / "small.ttl").open("a", encoding="utf-8") as file:
        file.write(
            f'<law/gone> <{OWL}deprecated> true ; sse:withdrawnOn "2026-11-01" ; sse:withdrawalReason <concept/c> .'
        )
    settings = small_project / "ssekg.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('version = "', 'version = "1'), encoding="utf-8")
    done = cli("--lang", "en", "publish", cwd=small_project)
    assert done.returncode == 0, done.stdout
    assert f"{small_project / '.public-releases'}, which --rollback would restore" in done.stderr
    assert "--rollback" not in cli("--lang", "en", "publish", cwd=small_project).stderr, "nothing is withdrawn anew"


def test_published_ontology_shapes_and_queries_stand_alone(release: Path, project: Project) -> None:
    for path in [*release.glob("ontology/**/*.ttl"), *release.glob("shapes/**/*.ttl")]:
        assert triples(path)
    concepts = triples(release / "ontology/concepts/core/law.ttl")
    assert any(t.subject.value.startswith(f"{project.base}concept/") for t in concepts)  # type: ignore[union-attr]
    store = ox.Store()
    store.bulk_load(path=release / "ssekg.nt")
    store.bulk_load(path=release / "ontology/ssekg.ttl")
    for path in release.glob("queries/**/*.rq"):
        assert list(store.query(path.read_text(encoding="utf-8"))) is not None  # type: ignore[arg-type]
    rows = store.query((release / "queries/core/structuring-projects.rq").read_text(encoding="utf-8"))
    assert list(rows)  # type: ignore[arg-type]


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """The folder of a small project with the real ontology, so that it passes the checks."""
    small(tmp_path / "project")
    (tmp_path / "project" / "ontology").mkdir()
    for path in (ROOT / "ontology").glob("*.ttl"):
        shutil.copy(path, tmp_path / "project" / "ontology")
    return tmp_path / "project"


WRITE = """
import sys
from pathlib import Path
from ssekg.publish.release import publish
from tests.publish.small import SETTINGS, small
publish(small(Path(sys.argv[1]) / "project"), Path(sys.argv[1]) / "public")
"""


def test_three_hash_seeds_and_two_time_zones_give_the_same_bytes(tmp_path: Path) -> None:
    releases = []
    for seed, zone in (("0", "UTC"), ("1", "Africa/Casablanca"), ("2", "UTC")):
        folder = tmp_path / seed
        folder.mkdir()
        path = os.pathsep.join([str(ROOT), *sys.path])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": path}
        subprocess.run([sys.executable, "-c", WRITE, str(folder)], env=environment, check=True)
        releases.append(contents(folder / "public"))
    assert len(releases[0]) > 30
    assert all(other == releases[0] for other in releases)


def test_the_order_of_the_data_does_not_matter(tmp_path: Path) -> None:
    for name in ("one", "other"):
        checked = small(tmp_path / "project")
        if name == "other":
            checked.graph.data = checked.graph.data[::-1]
        publish(checked, tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_nothing_is_taken_from_the_clock(tmp_path: Path) -> None:
    publish(small(tmp_path / "project", version="9.9.9"), tmp_path / "public")
    manifest = Manifest.read(tmp_path / "public")
    assert (manifest.date, manifest.version) == ("2026-11-23", "9.9.9")
    dates = {
        date
        for name, content in contents(tmp_path / "public").items()
        if not name.endswith((".gz", ".parquet"))
        for date in re.findall(rb"20\d\d-\d\d-\d\d", content)
    }
    assert dates == {b"2026-11-23", b"2024-09-01", b"2024-09-30"}, "the others are the period of the data"


@pytest.mark.parametrize(
    ("before", "after"), [("1.10.0", "1.9.0"), ("2.0.0", "2.0.0-rc.1"), ("1.0.0-beta.11", "1.0.0-beta.2")]
)
def test_a_version_that_goes_backwards_is_refused(tmp_path: Path, before: str, after: str) -> None:
    target = tmp_path / "public"
    publish(small(tmp_path / "project", version=before), target)
    with pytest.raises(RefusedError) as caught:
        publish(small(tmp_path / "project", version=after, more="<place/fes> sse:communeCount 1 ."), target)
    assert caught.value.exit_code == 1
    assert Manifest.read(target).version == before
    publish(small(tmp_path / "project", version=after), target)
    assert Manifest.read(target).version == after, "the same graph may"


MORE = "<place/fes> sse:communeCount 1 ."
NEW = '<law/new> skos:prefLabel "Neuve"@fr .'


@pytest.mark.parametrize(("more", "wanted"), [(MORE, "1.0.1"), (NEW, "1.1.0"), ("<person/p1> sse:rank 1 .", "1.0.1")])
def test_other_data_under_the_same_version_are_refused(tmp_path: Path, more: str, wanted: str) -> None:
    target = tmp_path / "public"
    publish(small(tmp_path / "project"), target)
    before = contents(target)
    with pytest.raises(RefusedError) as caught:
        publish(small(tmp_path / "project", more=more), target)
    assert (caught.value.code, caught.value.exit_code) == ("version-taken", 1)
    said = caught.value.message("en")
    line = 1 + SETTINGS.splitlines().index('version = "VERSION"')
    assert f"version {wanted}: set it in ssekg.toml, line {line}." in said
    assert contents(target) == before
    outcome = publish(small(tmp_path / "project", more=more), target, dry_run=True)
    assert outcome.warning is not None
    assert outcome.warning.message("en") == said
    assert contents(target) == before
    publish(small(tmp_path / "project", version=wanted, more=more), target)
    assert Manifest.read(target).version == wanted


def test_other_data_than_those_of_the_release_before_are_refused_wherever_it_is(tmp_path: Path) -> None:
    publish(small(tmp_path / "project"), tmp_path / "before")
    with pytest.raises(RefusedError) as caught:
        publish(small(tmp_path / "project", more=MORE), tmp_path / "public", previous=tmp_path / "before")
    assert caught.value.code == "version-taken"
    assert not (tmp_path / "public").exists()


def test_the_same_graph_with_other_files_replaces_the_release_in_place(tmp_path: Path) -> None:
    publish(small(tmp_path / "project"), tmp_path / "public")
    checked = small(tmp_path / "project")
    query = tmp_path / "project" / "queries" / "all.rq"
    query.write_text(query.read_text(encoding="utf-8") + "LIMIT 5\n", encoding="utf-8")
    publish(checked, tmp_path / "public")
    assert "LIMIT 5" in (tmp_path / "public" / "queries" / "all.rq").read_text(encoding="utf-8")


def test_a_refused_version_from_the_command_line(small_project: Path, cli: Cli) -> None:
    assert cli("publish", cwd=small_project).returncode == 0
    data = small_project / "data" / "small.ttl"
    data.write_text(data.read_text(encoding="utf-8") + NEW, encoding="utf-8")
    refused = cli("--lang", "en", "publish", cwd=small_project)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "already published with other data. Your changes call for version 1.1.0" in refused.stderr
    tried = cli("--lang", "en", "publish", "--dry-run", cwd=small_project)
    assert tried.returncode == 1
    assert "call for version 1.1.0" in tried.stderr


def test_a_dry_run_does_all_but_the_last_step(tmp_path: Path) -> None:
    target = tmp_path / "public"
    outcome = publish(small(tmp_path / "project"), target, dry_run=True)
    assert {"ssekg.ttl", "ssekg.ttl.gz", MANIFEST} <= {file.path for file in outcome.files}
    assert not target.exists()
    assert [path.name for path in (tmp_path / ".public-releases").iterdir()] == [".lock"]


def test_the_release_before_has_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(CannotRunError, match="is not a release") as caught:
        publish(small(tmp_path / "project"), tmp_path / "public", previous=tmp_path)
    assert caught.value.exit_code == 3


def test_publishing_from_the_command_line(littoral: Path, cli: Cli) -> None:
    done = cli("--lang", "fr", "publish", cwd=littoral)
    assert done.returncode == 0, done.stderr
    before = contents(littoral / "public")

    quays = littoral / "data" / "quais.csv"
    quays.write_text(quays.read_text(encoding="utf-8").replace(",grande-cote,", ",nulle-part,"), encoding="utf-8")
    refused = cli("--lang", "en", "publish", cwd=littoral)
    assert refused.returncode == 1
    assert "data/quais.csv:" in refused.stdout
    assert "untouched" in refused.stderr
    assert contents(littoral / "public") == before

    rolled_back = cli("--lang", "en", "publish", "--rollback", cwd=littoral)
    assert rolled_back.returncode == 3
    assert "no release before" in rolled_back.stderr


def test_a_base_url_that_does_not_suit_is_asked_wrongly(cli: Cli) -> None:
    url = "https://example.org/?page=1"
    done = cli("--lang", "en", "publish", "--base-url", url)
    assert (done.returncode, done.stdout) == (2, "")
    assert url in done.stderr


def test_a_dry_run_says_what_would_be_published(small_project: Path, cli: Cli) -> None:
    done = cli("--lang", "en", "publish", "--dry-run", cwd=small_project)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^ +\d+  ssekg\.ttl$", done.stdout, re.MULTILINE)
    assert re.search(r"^ +\d+  tables/$", done.stdout, re.MULTILINE)
    assert "would be published" in done.stderr
    assert not (small_project / "public").exists()


def test_the_base_url_goes_before_the_project(small_project: Path, cli: Cli) -> None:
    done = cli("publish", "--base-url", "http://127.0.0.1:8000/", cwd=small_project)
    assert done.returncode == 0, done.stdout
    assert Manifest.read(small_project / "public").site == "http://127.0.0.1:8000/"
