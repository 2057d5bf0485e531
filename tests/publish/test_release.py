"""The release: complete, the same every time, the same graph in every format, whole or not at all."""

import csv
import hashlib
import io
import json
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyld import jsonld

from ssekg.checks.run import CheckedGraph, check_project
from ssekg.errors import CannotRunError
from ssekg.graph.compare import canonical_hash
from ssekg.project import Project, read_project
from ssekg.publish.release import publish, release_files
from tests.conftest import Cli


def triples(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=path)}


@pytest.mark.parametrize("name", ["ssekg", "ssekg-without-persons"])
def test_formats_hold_the_same_graph(release: Path, name: str) -> None:
    hashes = {canonical_hash(triples(release / f"{name}{suffix}")) for suffix in (".ttl", ".nt", ".jsonld")}
    assert len(hashes) == 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # inside PyLD
def test_jsonld_says_the_same_to_another_reader(release: Path) -> None:
    document = json.loads((release / "ssekg.jsonld").read_text(encoding="utf-8"))
    nquads = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": refuse})
    read = {quad.triple for quad in ox.parse(nquads, ox.RdfFormat.N_QUADS)}
    assert canonical_hash(read) == canonical_hash(triples(release / "ssekg.nt"))


def refuse(url: str, _options: object) -> None:
    raise AssertionError(f"the document asks for {url}")


def test_jsonld_is_compact(release: Path, project: Project) -> None:
    document = json.loads((release / "ssekg.jsonld").read_text(encoding="utf-8"))
    region = next(node for node in document["@graph"] if node["id"] == "place/fes-meknes")
    assert region["skos:prefLabel"]["ar"] == "فاس-مكناس"
    assert "Region" in region["type"]
    assert region["within"] == "place/morocco"
    assert document["@context"]["@base"] == project.base


def test_dump_without_persons_holds_nothing_of_them(release: Path, project: Project) -> None:
    names = {
        str(triple.object.value)
        for triple in triples(release / "ssekg.nt")
        if triple.subject.value.startswith(f"{project.base}person/")  # type: ignore[union-attr]
        and isinstance(triple.object, ox.Literal)
        and triple.object.language
    }
    assert names
    parts = {part for name in names for part in name.split() if len(part) > 3}
    for suffix in (".ttl", ".nt", ".jsonld"):
        text = (release / f"ssekg-without-persons{suffix}").read_text(encoding="utf-8")
        assert "person/" not in text
        assert not {part for part in parts if part in text}
    assert triples(release / "ssekg-without-persons.nt") < triples(release / "ssekg.nt")


def test_lexical_forms_are_those_of_the_tables(release: Path) -> None:
    text = (release / "ssekg.nt").read_text(encoding="utf-8")
    for latitude in ("POINT(-2.660 33.675)", '"01"', '"2023-03"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'):
        assert latitude in text


def test_manifest_names_every_file_with_its_sum(release: Path, project: Project) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry for entry in manifest["files"]}
    present = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    assert present == set(listed) | {"manifest.json"}
    for name, entry in listed.items():
        content = (release / name).read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert manifest["version"] == project.version
    assert manifest["date"] == project.date.isoformat()
    assert manifest["counts"]["triples"] == len(triples(release / "ssekg.nt"))
    assert manifest["counts"]["instances"]["place"] == 98
    expected = {"ontology/ssekg.ttl", "ontology/context.jsonld", "tables/institution.csv", "DATA-LICENSE"}
    assert expected <= set(listed)
    assert any(name.startswith("shapes/") for name in listed)
    assert any(name.startswith("queries/") for name in listed)


def test_published_ontology_shapes_and_queries_stand_alone(release: Path, project: Project) -> None:
    for path in [*release.glob("ontology/**/*.ttl"), *release.glob("shapes/*.ttl")]:
        assert triples(path)
    concepts = triples(release / "ontology/concepts/law.ttl")
    assert any(t.subject.value.startswith(f"{project.base}concept/") for t in concepts)  # type: ignore[union-attr]
    store = ox.Store()
    store.bulk_load(path=release / "ssekg.nt")
    store.bulk_load(path=release / "ontology/ssekg.ttl")
    for path in release.glob("queries/*.rq"):
        assert list(store.query(path.read_text(encoding="utf-8"))) is not None  # type: ignore[arg-type]
    rows = store.query((release / "queries/structuring-projects.rq").read_text(encoding="utf-8"))
    assert list(rows)  # type: ignore[arg-type]


def test_tables_open_in_a_spreadsheet(release: Path) -> None:
    content = (release / "tables/place.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
    assert rows["place/fes-meknes"]["skos:prefLabel@ar"] == "فاس-مكناس"
    assert rows["place/fes-meknes"]["sse:isoCode"] == "MA-03"
    assert not any(cell.startswith(("=", "+", "@")) for row in rows.values() for cell in row.values())


def test_same_input_same_bytes(checked: CheckedGraph, project: Project) -> None:
    report, again = check_project(project)
    again.data.reverse()
    assert release_files(CheckedGraph(project, again, report)) == release_files(checked)


def test_nothing_is_taken_from_the_clock(checked: CheckedGraph, copy: Path) -> None:
    settings = (copy / "ssekg.toml").read_text(encoding="utf-8")
    settings = re.sub(r"date = .*", "date = 1999-12-31", settings).replace('"0.1.0"', '"9.9.9"')
    (copy / "ssekg.toml").write_text(settings, encoding="utf-8")
    other = read_project(copy)
    manifest = json.loads(release_files(CheckedGraph(other, checked.graph, checked.report))["manifest.json"])
    assert (manifest["date"], manifest["version"]) == ("1999-12-31", "9.9.9")


def test_a_second_release_replaces_the_first_in_one_step(checked: CheckedGraph, tmp_path: Path) -> None:
    target = tmp_path / "public"
    first = publish(checked, target)
    reader = (target / "manifest.json").open("rb")
    (first / "manifest.json").write_bytes(b"tampered")
    second = publish(checked, target)
    assert target.is_symlink()
    assert target.resolve() == second.resolve()
    assert json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    reader.close()


def test_a_failure_while_writing_leaves_the_old_release(
    checked: CheckedGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "public"
    before = publish(checked, target).resolve()
    shutil.copytree(before, tmp_path / "kept")
    (before / "ssekg.nt").write_bytes(b"")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotRunError) as caught:
        publish(checked, target)
    assert caught.value.exit_code == 3
    assert target.resolve() == before
    assert not list(tmp_path.glob(".public-releases/.writing-*"))


def test_a_folder_of_somebody_else_is_not_touched(checked: CheckedGraph, tmp_path: Path) -> None:
    target = tmp_path / "public"
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CannotRunError, match="not a release"):
        publish(checked, target)
    assert [path.name for path in target.iterdir()] == ["mine.txt"]


def test_publish_refuses_violations_and_leaves_what_is_published(copy: Path, cli: Cli) -> None:
    done = cli("publish", cwd=copy)
    assert done.returncode == 0, done.stderr
    before = {path: path.read_bytes() for path in (copy / "public").rglob("*") if path.is_file()}
    places = copy / "data" / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace(",MA-03,", ",MA-13,"), encoding="utf-8")
    refused = cli("--lang", "en", "publish", cwd=copy)
    assert refused.returncode == 1
    assert "data/places.csv:" in refused.stdout
    assert "untouched" in refused.stderr
    assert {path: path.read_bytes() for path in (copy / "public").rglob("*") if path.is_file()} == before
