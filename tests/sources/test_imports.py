"""A project that stands on the release of another: it links to the records there, which stay where they are."""

import gzip
import hashlib
import json
import shutil
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ssekg.base.errors import CannotRunError
from ssekg.base.findings import Finding
from ssekg.base.messages import hint, text
from ssekg.checks.run import CheckedGraph, check_project, report_of
from ssekg.graph.changes.compare import compare
from ssekg.graph.released import released_graph
from ssekg.graph.store import build_graph
from ssekg.project.released_settings import read_released
from ssekg.project.settings import read_project
from ssekg.publish.release import publish
from ssekg.sources.release_content import ReleaseContent
from tests.conftest import Cli
from tests.published import store_of

BASE = "https://data.littoral.example/id/"
NEAR = ox.NamedNode("https://example.org/wells#near")
ONTOLOGY = "ontology/wells.ttl"


def stand_on(folder: Path, release: Path, digest: str | None = None, base: str = BASE) -> None:
    """Have the project of wells import a release, and have a column for the quay that a well is near to."""
    kept = release / "manifest.json" if release.is_dir() else release
    digest = digest or hashlib.sha256(kept.read_bytes()).hexdigest()
    with (folder / "ssekg.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[imports.coast]\nrelease = "{release}"\nsha256 = "{digest}"\nbase = "{base}"\n')
    description: Any = json.loads((folder / "data/wells.csv-metadata.json").read_text(encoding="utf-8"))
    column = {"name": "near", "separator": "|", "propertyUrl": NEAR.value, "valueUrl": "quay/{near}"}
    description["tableSchema"]["columns"].insert(4, column)
    (folder / "data/wells.csv-metadata.json").write_text(json.dumps(description), encoding="utf-8")
    link(folder, "kayar", "guet-ndar")
    ontology = (folder / ONTOLOGY).read_text(encoding="utf-8")
    near = '\nw:near a owl:ObjectProperty ;\n  rdfs:label "near"@en, "karibu na"@sw .\n'
    (folder / ONTOLOGY).write_text(ontology + near, encoding="utf-8")
    shape = """
rules:Well-near a sh:NodeShape ; sh:targetClass w:Well ; sh:property rules:Well-near-class .
rules:Well-near-class a sh:PropertyShape ;
  sh:path w:near ;
  sh:class <https://data.littoral.example/vocab#Quai> ;
  sh:severity sh:Violation ;
  sh:message "It is near a quay."@en, "Iko karibu na gati."@sw .
"""
    shapes = folder / "shapes/wells.ttl"
    shapes.write_text(shapes.read_text(encoding="utf-8") + shape, encoding="utf-8")


def link(folder: Path, *near: str) -> None:
    """Have the wells be near to these quays."""
    rows = [f"market,Market well,Kisima cha soko,12.5,{near[0]}", f"school,School well,Kisima cha shule,8,{near[-1]}"]
    lines = ["id,name_en,name_sw,depth,near", *rows]
    (folder / "data/wells.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def say(folder: Path, *iris: str) -> None:
    """Have the well at the market be near to what has these IRIs."""
    text = "".join(f"<well/market> <{NEAR.value}> <{iri}> .\n" for iri in iris)
    (folder / "data/near.ttl").write_text(text, encoding="utf-8")


def found(folder: Path) -> list[Finding]:
    return [each for each in report_of(check_project(read_project(folder))).findings if each.severity.rank < 2]


def said(finding: Finding) -> str:
    """The message and the hint of a finding."""
    return text(finding.code, "en", finding.arguments) + (hint(finding.code, "en", finding.arguments) or "")


def packed(release: Path, folder: Path, suffix: str) -> Path:
    """A release in an archive, in a folder of its own there."""
    path = folder / f"coast{suffix}"
    files = [each for each in release.rglob("*") if each.is_file()]
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for each in files:
                archive.write(each, Path("public") / each.relative_to(release))
    else:
        with tarfile.open(path, "w:gz", compresslevel=1) as tar:
            tar.add(release.resolve(), "public")
    return path


def test_its_records_are_linked_shown_and_not_published(wells: Path, other_release: Path, cli: Cli) -> None:
    stand_on(wells, other_release)
    checked = check_project(read_project(wells))
    assert isinstance(checked, CheckedGraph)
    assert [each for each in checked.report.findings if each.severity.rank < 2] == []
    links = {triple.object for triple in checked.graph.data if triple.predicate == NEAR}
    assert links == {ox.NamedNode(f"{BASE}quay/kayar"), ox.NamedNode(f"{BASE}quay/guet-ndar")}
    publish(checked, wells / "public")
    shown = cli("--lang", "en", "describe", "well/market", cwd=wells)
    assert "Quai de Kayar" in shown.stdout
    page = (wells / "public/en/well/market.html").read_text(encoding="utf-8")
    assert f'href="{BASE}quay/kayar"' in page
    assert "Quai de Kayar" in page
    both = store_of(wells / "public/wells.nt", other_release / "littoral.nt")
    ours, theirs = (len(store_of(each)) for each in (wells / "public/wells.nt", other_release / "littoral.nt"))
    assert len(both) == ours + theirs
    subjects = {str(quad.subject) for quad in store_of(wells / "public/wells.nt")}
    assert not [each for each in subjects if not each.startswith("<https://example.org/")]
    assert not (wells / "public/id/quay").exists()
    assert (wells / "public/ontology/imports/coast.ttl").is_file()
    # The release is opened without the one that it stands on.
    alone = released_graph(read_released(wells / "public"), "wells")
    assert alone.label(ox.NamedNode(f"{BASE}quay/kayar"), "fr") == "Quai de Kayar"


def test_what_is_known_of_an_import_is_no_change_of_ours(wells: Path, other_release: Path) -> None:
    stand_on(wells, other_release)
    link(wells, "kayar")
    before = build_graph(read_project(wells))
    link(wells, "kayar", "guet-ndar")
    after = build_graph(read_project(wells))
    assert [each.entity for each in compare(before, after).changes] == ["https://example.org/id/well/school"]
    assert after.label(ox.NamedNode(f"{BASE}quay/guet-ndar"), "fr") == "Quai de Guet Ndar"


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_archives(suffix: str, wells: Path, other_release: Path, tmp_path: Path) -> None:
    stand_on(wells, packed(other_release, tmp_path, suffix))
    graph = build_graph(read_project(wells))
    assert graph.label(ox.NamedNode(f"{BASE}quay/kayar"), "fr") == "Quai de Kayar"


def test_a_compressed_archive_is_unpacked_once(
    other_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the middle of it could be reached only from its beginning, each time."""
    content = ReleaseContent(packed(other_release, tmp_path, ".tar.gz"))

    def again(*_: object) -> bytes:
        raise AssertionError("unpacked again")

    monkeypatch.setattr(gzip.GzipFile, "read", again)
    assert json.loads(content.read("settings.json"))["project"]["id"] == "littoral"


def test_what_is_not_the_release_that_is_named(wells: Path, other_release: Path, tmp_path: Path, cli: Cli) -> None:
    settings = (wells / "ssekg.toml").read_text(encoding="utf-8")
    copy = Path(shutil.copytree(other_release, tmp_path / "copy"))
    for dump in ("littoral-sans-agents.nq.gz", "littoral-sans-agents.nq"):
        (copy / dump).write_bytes((copy / dump).read_bytes()[:-9])
    (tmp_path / "file.zip").write_bytes(b"no archive")
    kayar = ("kayar", "kayar")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"release": tmp_path / "nowhere", "digest": "0" * 64}, "import-not-there"),
        ({"release": tmp_path / "file.zip"}, "no-release"),
        ({"release": other_release, "digest": "0" * 64}, "import-changed"),
        ({"release": other_release, "base": "https://else.example/id/"}, "import-other-base"),
        ({"release": copy}, "import-damaged"),
        ({"release": other_release, "digest": "12"}, "broken-project-file"),
    ]
    for case, code in cases:
        (wells / "ssekg.toml").write_text(settings, encoding="utf-8")
        stand_on(wells, **case)
        with pytest.raises(CannotRunError) as refused:
            build_graph(read_project(wells))
        assert refused.value.code == code
        link(wells, *kayar)
    done = cli("--lang", "fr", "validate", cwd=wells)
    assert (done.returncode, done.stdout) == (3, "")
    assert "imports.coast" in done.stderr


def test_links_to_what_is_missing_withheld_or_withdrawn(wells: Path, other_release: Path) -> None:
    stand_on(wells, other_release)
    link(wells, "kayar", "kayarr")
    dangling = found(wells)
    assert {each.code for each in dangling} == {"shacl-class"}
    assert "Quai de Kayar" in said(dangling[0])
    link(wells, "kayar")
    say(wells, f"{BASE}quay/kayarr", f"{BASE}officer/1", f"{BASE}group/gie-yoff")
    wrong = {each.value: each for each in found(wells) if each.code.startswith("import-")}
    missing, withheld, withdrawn = (
        wrong[ox.NamedNode(BASE + each)] for each in ("quay/kayarr", "officer/1", "group/gie-yoff")
    )
    assert (missing.code, withheld.code, withdrawn.code) == ("import-no-record", "import-no-record", "import-withdrawn")
    assert missing.place is not None
    assert (missing.place.file, missing.place.line) == ("data/near.ttl", 1)
    assert "quay/kayar" in said(missing)
    assert "officer" in said(withheld)
    assert "Bokk Jom" in said(withdrawn)


def test_a_record_of_ours_goes_first_and_is_reported_if_it_is_called_the_same(wells: Path, other_release: Path) -> None:
    stand_on(wells, other_release)
    label = '<http://www.w3.org/2004/02/skos/core#prefLabel> "Quai de Kayar"@fr .\n'
    (wells / "data/quays.ttl").write_text(f"<quay/kayar> {label}", encoding="utf-8")
    assert "import-same-record" in {each.code for each in found(wells)}
    graph = build_graph(read_project(wells))
    assert ox.NamedNode("https://example.org/id/quay/kayar") in {triple.object for triple in graph.data}
